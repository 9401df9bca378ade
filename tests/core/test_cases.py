"""Every case file of the repository: the organisations' own, and the hard cases of real history."""

from functools import cache
from pathlib import Path

import pytest

from comity.register.cases import case_files, run_file
from comity.register.reading import read_register
from comity.register.register import OrganisationRecord

ROOT = Path(__file__).parents[2]
ORGANISATIONS = ROOT / "organisations"
HARD = ROOT / "tests" / "core" / "cases"
FILES = [*case_files(ORGANISATIONS), *case_files(HARD)]


@cache
def record_of(name: str) -> OrganisationRecord:
    return read_register(ORGANISATIONS, name).organisation(name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_case_is_answered_with_its_grounds(path: Path) -> None:
    outcomes = list(run_file(path, lambda name, _: record_of(name)))

    failed = [f"{each.place} {each.title}: {each.failures}" for each in outcomes if not each.passed]
    assert outcomes
    assert failed == []


def test_the_hard_cases_are_at_least_sixty() -> None:
    outcomes = [
        outcome
        for path in case_files(HARD)
        for outcome in run_file(path, lambda name, _: record_of(name))
    ]

    assert len(outcomes) >= 60
