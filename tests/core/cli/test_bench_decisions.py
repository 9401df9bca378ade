"""The measurement of decisions runs, in small, and says what was asked for."""

from __future__ import annotations

import pytest

from comity.cli.benchmark import decisions


def test_it_measures_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "PROFILES", 100)
    monkeypatch.setattr(decisions, "TIMES", 2)
    monkeypatch.setattr(decisions, "SMALLER", 5)
    figures = {each.name: each for each in decisions.measure(seed=1)}
    asked = {name: each.limit for name, each in figures.items() if each.limit}
    assert sorted(asked.values()) == [1, 1]
    assert all(each.value > 0 for each in figures.values())
