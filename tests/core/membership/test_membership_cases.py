"""The cases beside this file: each brings its own rules and acts, and reads without Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.register.cases import Outcome, case_files, run_file
from comity.register.register import OrganisationRecord

FILES = case_files(Path(__file__).parent / "cases")


def _no_organisation(name: str, path: Path) -> OrganisationRecord:
    raise AssertionError(f"{path} brings its own rules and needs no organisation, not {name}")


def _outcomes(path: Path) -> list[Outcome]:
    return list(run_file(path, _no_organisation))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_case_is_answered_as_expected(path: Path) -> None:
    outcomes = _outcomes(path)
    assert outcomes
    assert [f"{each.title}: {each.failures}" for each in outcomes if not each.passed] == []
