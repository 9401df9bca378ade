"""Rights from a standing beside membership; suspension that changes the status or does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from comity.register.cases import Outcome, run_file
from comity.register.register import OrganisationRecord

FILES = ("standing_beside_membership.yaml", "suspension_beside_status.yaml")


def _no_organisation(name: str, path: Path) -> OrganisationRecord:
    raise AssertionError(f"{path} brings its own rules and needs no organisation, not {name}")


def _outcomes() -> Iterator[Outcome]:
    for name in FILES:
        yield from run_file(Path(__file__).parent / "cases" / name, _no_organisation)


@pytest.mark.parametrize("outcome", list(_outcomes()), ids=lambda each: each.title)
def test_case(outcome: Outcome) -> None:
    assert outcome.passed, outcome.failures
