"""The pages on power: every example gives what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = ("docs/reference/algorithms/power.md", "docs/reference/python-api.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_example_gives_what_the_page_says(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / page), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried >= 10
