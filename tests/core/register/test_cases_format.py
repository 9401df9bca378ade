"""Files of cases: what fails says so, and what cannot be understood is told where and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.kernel import documents
from comity.kernel.errors import DataError
from comity.register.cases import Outcome, case_files, run_document, run_file
from comity.register.register import OrganisationRecord
from tests.core.register.league import league, member

FRAME = """
charter:
  organisation: {id: league}
  articles: {art_1: {}}
  statuses: {member: {article: art_1}}
acts:
  - {id: aa-in, kind: admitted, party: AA, status: member, effective_on: 1960}
cases:
"""
RIGHT = "title: t, ask: status, party: AA, on: 1970-01-01, expect: member"


def _no_organisation(name: str, path: Path) -> OrganisationRecord:
    raise AssertionError(f"{path} brings its own rules and needs no organisation, not {name}")


def run(case: str, frame: str = FRAME) -> Outcome:
    document = documents.parse(f"{frame}  - {case}\n", "cases.yaml")
    (outcome,) = run_document(document, _no_organisation)
    return outcome


def test_a_case_that_is_so_passes() -> None:
    outcome = run("{" + RIGHT + ", because: [aa-in, art_1], doubts: []}")
    assert outcome.passed
    assert (outcome.title, str(outcome.place)) == ("t", "cases.yaml:9:5")


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (RIGHT.replace("expect: member", "expect: null"), "expected nothing, found member"),
        (RIGHT + ", because: [aa-in]", "expected because [aa-in], found [aa-in, art_1]"),
        (RIGHT + ", because: []", "expected because [], found [aa-in, art_1]"),
        (RIGHT + ", because_includes: [bb-in]", "expected among the grounds [bb-in]"),
        (RIGHT + ", doubts: [imprecise_date]", "expected doubts [imprecise_date], found []"),
        (RIGHT.replace("1970-01-01", "1960-07-01") + ", doubts: []",
         "expected doubts [], found [imprecise_date]"),
    ],
)  # fmt: skip
def test_a_case_that_is_not_so_says_what_was_expected_and_found(case: str, says: str) -> None:
    outcome = run("{" + case + "}")
    assert not outcome.passed
    assert says in outcome.failures[0]


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("text", "not a set of fields"),
        ("{" + RIGHT.replace("status", "staus") + "}", 'Did you mean "status"'),
        ("{" + RIGHT.replace("party", "patry") + "}", "the case has no party"),
        ("{" + RIGHT + ", facett: x}", 'Did you mean "facet"'),
        ("{title: t, ask: status, party: AA, on: 1970-01-01}", "the case has no expect"),
        ("{title: t, ask: status, party: AA, expect: member}", "the case has no on"),
        ("{" + RIGHT.replace("1970-01-01", "1970") + "}", '"on" is'),
        ("{" + RIGHT + ", known_at: soon}", '"soon" is not a date'),
        ("{" + RIGHT + ", known_at: 2020-01-01T00:00}", "is not a date"),
        ("{" + RIGHT + ", basis: decision}", 'no basis "decision"'),
        ("{" + RIGHT + ", because: aa-in}", "a list of identifiers"),
        ("{" + RIGHT + ", facet: [x]}", '"facet" is'),
        ("{" + RIGHT.replace("AA", "XX") + "}", 'no party "XX"'),
        ("{title: t, ask: refused, on: 1970-01-01, act: {kind: withdrew}, expect: null}",
         'the act has no "id"'),
        ("{title: t, ask: refused, on: 1970-01-01, act: text, expect: null}", "an act that is"),
        ("{title: t, ask: changes, from: x, on: 1970-01-01, expect: []}", '"x" is not a date'),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_understood_fails_and_the_others_run(case: str, says: str) -> None:
    document = documents.parse(f"{FRAME}  - {case}\n  - {{{RIGHT}}}\n", "cases.yaml")
    wrong, right = run_document(document, _no_organisation)
    assert says in wrong.failures[0]
    assert right.passed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("cases: {}", "malformed_cases"),
        ("[]", "malformed_cases"),
        ("", "malformed_cases"),
        ("cases: []", "malformed_cases"),
        ("organisation: [x]\ncases: []", "malformed_cases"),
        (FRAME.replace("member: {", "membre: {") + "  - {}", "unknown_status"),
        (FRAME.replace("status: member, effective_on", "effective_on") + "  - {}", "missing_field"),
        (FRAME.replace("admitted", "withdrew").replace("status: member, eff", "eff") + "  - {}",
         "nothing_to_end"),
        (FRAME.replace("acts:\n  - ", "acts: ") + "  - {}", "wrong_type"),
        ("charter: []\ncases: []", "wrong_type"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_understood_is_refused_with_its_place(text: str, code: str) -> None:
    with pytest.raises(DataError) as error:
        list(run_document(documents.parse(text, "cases.yaml"), _no_organisation))
    assert error.value.code == code
    assert all(fault.place and fault.place.file == "cases.yaml" for fault in error.value.faults)


def test_a_file_may_name_an_organisation(tmp_path: Path) -> None:
    file = tmp_path / "cases" / "deep" / "one.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("organisation: league\ncases:\n  - {" + RIGHT + "}\n", "utf-8")
    asked: list[tuple[str, Path]] = []

    def organisation(name: str, path: Path) -> OrganisationRecord:
        asked.append((name, path))
        return league(member("AA"))

    assert case_files(tmp_path) == case_files(tmp_path / "cases") == case_files(file) == [file]
    assert [each.passed for each in run_file(file, organisation)] == [True]
    assert asked == [("league", file)]


def test_known_at_may_be_a_day_or_an_instant() -> None:
    frame = FRAME.replace(
        "effective_on: 1960", "effective_on: 1960, recorded_at: 1961-01-01T12:00:00Z"
    )
    unknown = RIGHT.replace("expect: member", "expect: null")
    assert run("{" + RIGHT + ", known_at: 1961-01-01}", frame).passed
    assert run("{" + RIGHT + ", known_at: 1961-01-01T12:00:00Z}", frame).passed
    assert run("{" + unknown + ", known_at: 1961-01-01T11:59:59Z}", frame).passed
    assert run("{" + unknown + ", known_at: 1960-12-31}", frame).passed
