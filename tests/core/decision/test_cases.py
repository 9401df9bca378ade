"""The decisions of the world and of this project: every case of every file here."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.decision.cases import Result, run_file

DATA = Path(__file__).parent / "data"
RESULTS = [each for file in ("cases.yaml",) for each in run_file(DATA / file)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.title[:60])
def test_the_decision_is_as_it_was(result: Result) -> None:
    assert result.failures == (), result.place


def test_there_are_as_many_cases_as_were_given() -> None:
    assert len(RESULTS) >= 82
