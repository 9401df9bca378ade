"""What happened to matters, and what a lawyer expects: every case of every file."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.cases import Result
from comity.kernel import documents
from comity.kernel.errors import DataError
from comity.procedure.cases import run_document, run_file
from comity.procedure.read import read_file

HERE = Path(__file__).parent
RESULTS = [each for path in sorted((HERE / "cases").glob("*.yaml")) for each in run_file(path)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.title[:70])
def test_the_matter_stands_as_expected(result: Result) -> None:
    assert result.failures == (), result.place


def test_there_are_as_many_cases_as_were_written() -> None:
    assert len(RESULTS) >= 32


ASSEMBLY = read_file(HERE / "data" / "assembly.yaml")
CASE = """
cases:
  - procedure: silence
    matter: {members: [AA], roles: {chair: AA}}
    events: [{at: 2030-06-03 09:00, event: tabled, by: AA}]
    questions: [{at: 2030-06-03 09:00, stage: prepared}]
"""


def run(text: str) -> tuple[str, ...]:
    (result,) = run_document(documents.parse(text, "case.yaml"), ASSEMBLY)
    return result.failures


def test_the_case_by_itself_passes() -> None:
    assert run(CASE) == ()


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        ("stage: prepared", "stage: silence", "expected silence, found prepared"),
        ("procedure: silence", "procedure: silense", 'Did you mean "silence"?'),
        ("event: tabled", "event: tabeld", 'Did you mean "tabled"?'),
        ("by: AA}", "buy: AA}", 'no field "buy"'),
        (", by: AA}", "}", 'an event without "by"'),
        ("stage: prepared", "stge: prepared", 'Did you mean "stage"?'),
        ("at: 2030-06-03 09:00, event", "at: 2030-06-03, event", "no time"),
        ("at: 2030-06-03 09:00, event", "at: 2030-06-03 09:00, zone: Mars, event", '"Mars"'),
        ("members: [AA]", "member: [AA]", 'Did you mean "members"?'),
        ("members: [AA]", "members: {AA: {from: 2030}}", "not a date"),
        ("matter: {members: [AA], roles: {chair: AA}}", "matter: AA", "no set of fields"),
        ("members: [AA]", "members: true", "under members, true"),
        ("members: [AA]", "members: [[AA]]", "names in a list"),
        ("members: [AA]", "members: {AA: {until: 2030, upto: 1}}", "periods by name"),
        ("roles: {chair: AA}", "roles: [AA]", "holders by role"),
        ("roles: {chair: AA}", "bodies: {council: true}", "members by body"),
        ("roles: {chair: AA}", "groups: {big: AA}", "lists of members by group"),
        ("roles: {chair: AA}", "weights: {dues: 3}", "weights of members by unit"),
        (", by: AA}", ", by: [AA]}", "under by, a list"),
        (", by: AA}", ", by: AA, positions: {AA: 3}}", "positions by member"),
        ("questions: [{at: 2030-06-03 09:00, stage: prepared}]", "questions: 3", "a list"),
        ("questions: [{at", "questions: [3, {at", "no set of fields"),
        ("stage: prepared", "outcome: [adopted]", "expected ['adopted'], found None"),
    ],
)
def test_a_case_that_is_wrong_says_how(written: str, instead: str, says: str) -> None:
    assert written in CASE
    failures = run(CASE.replace(written, instead))
    assert says.replace("no time", "is not a time") in " ".join(failures)


def test_what_is_null_is_as_if_it_were_left_out() -> None:
    nothing = ", by: AA, position: null, until: null, text: null, id: null, positions: null}"
    assert run(CASE.replace(", by: AA}", nothing).replace("stage:", "refused: {}, stage:")) == ()


def nested() -> st.SearchStrategy[Any]:
    scalars = st.none() | st.booleans() | st.integers() | st.sampled_from(["", "AA", "tabled"])
    keys = st.sampled_from(["members", "roles", "at", "event", "by", "AA", "until", "positions"])
    return st.recursive(
        scalars,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=4),
        max_leaves=8,
    )


@given(
    key=st.sampled_from(
        ["matter", "events", "questions", "on", "zone", "constructed", "event", "members"]
    ),
    value=nested(),
)
def test_whatever_a_case_holds_it_passes_or_fails(key: str, value: Any) -> None:
    data = copy.deepcopy(documents.parse(CASE, "case.yaml").data)
    (case,) = data["cases"]
    if key == "event":
        case["events"] = [value]
    elif key == "members":
        case["matter"] = {"members": value, "roles": value}
    else:
        case[key] = value
    (result,) = run_document(documents.Document("case.yaml", data, {}), ASSEMBLY)
    assert isinstance(result.passed, bool)


@pytest.mark.parametrize("text", ["cases: 3", "cases: [{}]"])
def test_a_file_without_cases_or_procedures_is_refused(text: str) -> None:
    with pytest.raises(DataError) as refused:
        list(run_document(documents.parse(text, "case.yaml")))
    assert refused.value.code == "malformed_cases"
