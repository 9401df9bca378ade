"""What happened to matters, and what a lawyer expects: every case of every file."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    ],
)
def test_a_case_that_is_wrong_says_how(written: str, instead: str, says: str) -> None:
    assert written in CASE
    failures = run(CASE.replace(written, instead))
    assert says.replace("no time", "is not a time") in " ".join(failures)


@pytest.mark.parametrize("text", ["cases: 3", "cases: [{}]"])
def test_a_file_without_cases_or_procedures_is_refused(text: str) -> None:
    with pytest.raises(DataError) as refused:
        list(run_document(documents.parse(text, "case.yaml")))
    assert refused.value.code == "malformed_cases"
