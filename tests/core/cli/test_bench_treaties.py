"""The measurement of treaties runs, in small, and says what was asked for."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from comity.cli.benchmark import treaties
from tests.core.cli.conftest import Ask

ROWS = """source,treaty_id,treaty,treaty_signed,party,signed,deposited,kind,in_force
made up,1,One,2001-01-01,AA,,2001-02-01,,
made up,1,One,2001-01-01,BB,,2001-03-01,,
made up,1,One,2001-01-01,CC,,,,2001-04
made up,1,One,2001-01-01,DD,,,,
made up,2,Two,2001-01-01,AA,,2001-02-01,,
"""


def test_it_measures_what_is_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(treaties, "PARTIES", 60)
    monkeypatch.setattr(treaties, "TIMES", 2)
    table = tmp_path / "deposits.csv.gz"
    table.write_bytes(gzip.compress(ROWS.encode()))
    folder = tmp_path / "organisations"
    (folder / "club" / "cases").mkdir(parents=True)
    (folder / "club" / "treaties.yaml").write_text(
        "treaties: {one: {enters_into_force: {when: {consents: all, at_least: 1}, after: []}}}"
    )
    (folder / "club" / "cases" / "treaties.yaml").write_text(
        "{treaties: ../treaties.yaml, cases: [{treaty: one, questions: [{on: 2030-01-01}],"
        " deposits: [{party: AA, on: 2029-01-01}]}]}"
    )
    figures = [*treaties.measure(1, folder, table)]
    assert [each.limit for each in figures] == [2, 100, 1, 10]
    assert all(each.value > 0 for each in figures)
    said = figures[-1].name
    assert said == "replay of 5 rows, 2 treaties, 3 parties bound"


def test_the_command_measures_the_shipped_ones(
    monkeypatch: pytest.MonkeyPatch, ask: Ask, tmp_path: Path
) -> None:
    monkeypatch.setattr(treaties, "PARTIES", 60)
    monkeypatch.setattr(treaties, "TIMES", 1)
    monkeypatch.setattr("comity.cli.benchmark.figures.Figure.held", True)
    found = ask("bench", "--treaties", data=tmp_path)
    assert len(found["figures"]) == 3
