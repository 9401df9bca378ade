"""The treaties of the world and of this project: every case of every file here, and the runner."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.cases import Result
from comity.kernel import documents
from comity.kernel.errors import ComityError, DataError
from comity.treaty.cases import holds_treaties, read_case, run_document, run_file
from comity.treaty.read import read_file, read_treaties
from tests.core.tampering import changed, paths_in

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("*.yaml"))
RESULTS = [each for file in FILES for each in run_file(file)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.title[:70])
def test_the_treaty_is_as_a_lawyer_says(result: Result) -> None:
    assert result.failures == (), result.place


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_every_treaty_has_a_case(file: Path) -> None:
    data = documents.read(file).data
    asked = {each["treaty"] for each in data["cases"]}
    asked |= {name for each in data["cases"] for name in each.get("around", {})}
    assert {*data["treaties"]} == asked


def test_there_are_as_many_cases_as_were_given_and_real_ones_say_where_they_are_from() -> None:
    assert len(RESULTS) >= 75
    for name in ("real", "paris"):
        data = documents.read(DATA / f"{name}.yaml").data
        assert all(each.get("source") for each in data["cases"])
        assert all(each.get("source") for each in data["treaties"].values())
        memory = [each for each in data["cases"] if each["source"].startswith("from memory")]
        assert all(each["confidence"] == "low" for each in memory)


TREATIES = """\
classes: {members: {members_of: assembly}}
weights: {shares: {}}
treaties:
  pact:
    enters_into_force: {when: {consents: all, at_least: 2}, after: [{days: 30}], article: art_1}
  other: {}
  ours: {enters_into_force: {when: {consents: all, weight: shares, at_least: 3}, after: []}}
"""
BOTH = (
    "deposits: [{party: AA, on: 2030-01-01, kind: ratification},"
    " {party: BB, on: 2030-02-01, kind: acceptance}]"
)


def run(case: str) -> Result:
    (result,) = run_document(documents.parse(f"{TREATIES}cases:\n  - {case}\n", "cases.yaml"))
    return result


@pytest.mark.parametrize(
    "question",
    [
        "on: 2030-02-01, in_force: false, stage: met, met_on: 2030-02-01, enters_on: 2030-03-03",
        "on: 2030-02-01, because: [deposit_2, art_1, deposit_1]",
        "on: 2030-03-03, parties: {AA: 2030-03-03, ZZ: null}, until: {AA: null, ZZ: null}",
        "on: 2030-03-03, number: 2, missing: null, provisional: [], refused: {}, doubts: []",
        "on: 2030-01-31, missing: [1], note: why, source: where",
    ],
)
def test_a_case_that_is_so_passes(question: str) -> None:
    assert run(f"{{treaty: pact, {BOTH}, questions: [{{{question}}}]}}").failures == ()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("on: 2030-02-01, in_force: true", "2030-02-01, in_force: expected True, found False"),
        ("on: 2030-02-01, enters_on: null", "enters_on: expected None, found 2030-03-03"),
        (
            "on: 2030-02-01, parties: {AA: null}",
            "expected {'AA': None}, found {'AA': '2030-03-03'}",
        ),
        ("on: 2030-02-01, because: [art_1]", "found ['art_1', 'deposit_1', 'deposit_2']"),
        ("on: 2030-01-31, missing: [2]", "missing: expected ['2'], found ['1']"),
        ("on: 2030-02-01, refused: {deposit_1: closed}", "found {}"),
        ("on: 2030-02-01, in_forse: true", 'Did you mean "in_force"?'),
        ("in_force: true", 'without "on"'),
        ("on: 2030-13-01", "is not a date"),
        ("on: 2030-01-01, known_at: yesterday", "is not a date"),
        ("on: 2030-01-01, parties: AA", "a value for each one named"),
        ("on: 2030-01-01, missing: 3", "a list"),
    ],
)
def test_a_question_that_is_not_so_says_what_differs(question: str, says: str) -> None:
    (failure,) = run(f"{{treaty: pact, {BOTH}, questions: [{{{question}}}]}}").failures
    assert says in failure


ACT = "{{treaty: pact, acts: [{}], questions: []}}"


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("{treaty: pcat, questions: []}", 'Did you mean "pact"?'),
        ("{treaty: pact}", 'without "questions"'),
        ("{treaty: pact, question: []}", 'Did you mean "questions"?'),
        ("pact", "no set of fields"),
        ("{treaty: pact, questions: 3}", "a list"),
        ("{treaty: pact, questions: [3]}", "no set of fields"),
        ("{treaty: pact, signed: [AA], questions: []}", '"signed" that is no set of fields'),
        ("{treaty: pact, signed: {soon: [AA]}, questions: []}", "is not a date"),
        ("{treaty: pact, deposits: {AA: 2030-01-01}, questions: []}", "a list"),
        ("{treaty: pact, deposits: [{party: AA}], questions: []}", 'without "on"'),
        ("{treaty: pact, deposits: [{party: AA, on: 2030-01-01, kind: x}], questions: []}",
         'no kind of consent "x"'),
        ("{treaty: pact, deposits: [{party: AA, on: 2030-01-01, act: signed}], questions: []}",
         'no field "act"'),
        ("{treaty: pact, signed: {2030-01-01: [AA], 2030-01-02: [AA]}, questions: []}",
         'two acts called "signed_AA"'),
        ("{treaty: pact, around: {othr: {}}, questions: []}", 'Did you mean "other"?'),
        ("{treaty: pact, around: {othr: {in_force: 2030-01-01}}, questions: []}", '"other"?'),
        ("{treaty: pact, around: {other: {questions: []}}, questions: []}", "no field"),
        ("{treaty: pact, members: {assembly: {AA: {since: 2030-01-01}}}, questions: []}",
         'no field "since"'),
        (ACT.format("{act: signs, on: 2030-01-01}"), 'Did you mean "signed"?'),
        (ACT.format("{act: signed, on: 2030-01-01}"), 'the act "act_1" (signed) without "party"'),
        (ACT.format("{act: signed, on: 2030-01-01, party: AA, mode: quick}"), 'no mode "quick"'),
        (ACT.format("{act: signed, on: 2030-01-01, party: AA, kind: x}"), 'no field "kind"'),
        (ACT.format("{act: reserved, on: 2030-01-01, party: AA}"), 'without "text"'),
        (ACT.format("{on: 2030-01-01}"), 'without "act"'),
        (ACT.format("{act: certified, on: 2030-01-01, what: x, weights: {shares: 3}}"),
         '"shares" that is no set of fields'),
        (ACT.format("{act: consented, kind: accession, on: 2030-01-01, party: AA, "
                    "weights: {shares: few}}"), '"few" is not a number'),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_read_says_why(case: str, says: str) -> None:
    (failure,) = run(case).failures
    assert says in failure


def test_every_field_of_an_act_is_read() -> None:
    text = """
    treaty: pact
    questions: []
    adopted: 2030-01-01
    opened: 2030-01-02
    signed: {2030-01-03: AA}
    exists: {AA: {from: 2000-01-01}}
    members: {assembly: {AA: [{until: 2001-01-01}, {from: 2002-01-01}], BB: {}}}
    deposits:
      - {id: d, party: AA, on: 2030-01-04, kind: succession, tags: [x], weights: {shares: "1.5"},
         parts: [one], succeeds: ZZ, effective_from: 2030-01-01, known_at: 2030-02-01}
    acts:
      - {id: w, act: certified, on: 2030-01-05, what: it, weights: {shares: {AA: 1, BB: 2/3}}}
      - {id: o, act: objected, on: 2030-01-06, party: BB, to: r, opposes_entry: true}
      - {id: r, act: reserved, on: 2030-01-05, party: AA, text: No., articles: ["3"]}
      - {id: n, act: denounced, on: 2030-01-07, party: AA, says: 2031-01-01}
      - {id: e, act: extended, on: 2030-01-08, party: AA, until: 2032-01-01}
    """
    case = read_case(documents.parse(text).data, read_treaties(documents.parse(TREATIES)))
    acts = {each.id: each for each in case.record.acts}
    assert [*acts] == ["adopted", "opened", "signed_AA", "d", "w", "r", "o", "n", "e"]
    deposit = acts["d"]
    assert (deposit.consent, deposit.tags, deposit.parts) == ("succession", ("x",), ("one",))
    assert (deposit.succeeds, str(deposit.effective_from)) == ("ZZ", "2030-01-01")
    assert (str(deposit.weights["shares"]), deposit.known_at) == (
        "3/2", datetime(2030, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    assert str(acts["w"].tables["shares"]["BB"]) == "2/3"
    assert acts["o"].opposes_entry
    assert (acts["r"].articles, str(acts["n"].says)) == (("3",), "2031-01-01")
    assert str(acts["e"].until) == "2032-01-01"
    assert [str(each) for each in case.members["assembly"]["AA"]] == [
        "…/2001-01-01",
        "2002-01-01/…",
    ]
    assert [str(each) for each in case.exists["AA"]] == ["2000-01-01/…"]


def test_cases_need_treaties(tmp_path: Path) -> None:
    for text, says in (
        ("cases: []", "cases without treaties"),
        ("treaties: x", "no list of cases"),
    ):
        with pytest.raises(DataError, match=says):
            list(run_document(documents.parse(text)))
    (tmp_path / "treaties.yaml").write_text(TREATIES)
    cases = tmp_path / "cases.yaml"
    cases.write_text("treaties: treaties.yaml\ncases: [{treaty: pact, questions: []}]\n")
    assert [each.passed for each in run_file(cases)] == [True]
    given = read_file(tmp_path / "treaties.yaml")
    text = "cases: [{treaty: other, questions: [{on: 2030-01-01, stage: negotiated}]}]"
    assert [each.failures for each in run_document(documents.parse(text), given)] == [()]


def test_a_file_of_cases_is_known_by_its_treaties() -> None:
    assert holds_treaties({"treaties": "treaties.yaml"})
    assert holds_treaties({"treaties": {}})
    assert not holds_treaties({"treaties": {}, "charter": {}})
    assert not holds_treaties({"treaties": []})
    assert not holds_treaties([])


WHOLE: Any = documents.parse(
    f"""
treaty: pact
title: t
adopted: 2030-01-01
signed: {{2030-01-03: [AA]}}
exists: {{AA: {{}}}}
members: {{assembly: [AA, BB]}}
around:
  other: {{deposits: [{{party: AA, on: 2030-01-01, kind: accession}}]}}
  ours: {{in_force: 2030-01-01}}
{BOTH}
acts: [{{act: certified, on: 2030-01-05, what: it, weights: {{shares: {{AA: 1}}}}}}]
questions:
  - {{on: 2030-01-01, known_at: 2030-01-01, because: [a], parties: {{AA: null}},
     until: {{AA: null}}, missing: [1, [AA]], refused: {{a: b}}, number: 3, doubts: []}}
"""
).data


@given(
    st.sampled_from(paths_in(WHOLE)),
    st.sampled_from([None, 7, "x", "2030-01-01", [], {}, [[]], [{}], ["x"], {"AA": 3}, True]),
)
def test_whatever_is_written_is_run_or_told(path: tuple[Any, ...], value: object) -> None:
    """A case that cannot be read fails with a sentence; only errors of our own are raised."""
    text = {**documents.parse(TREATIES).data, "cases": [changed(WHOLE, path, value)]}
    with suppress(ComityError):
        assert list(run_document(documents.Document("cases", text, {})))
