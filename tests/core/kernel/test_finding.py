"""An answer and why."""

from __future__ import annotations

import dataclasses

import pytest

from comity.kernel.finding import Doubt, Finding, unique


def test_a_changed_value_keeps_its_grounds_and_doubts() -> None:
    doubt = Doubt("imprecise_date", "2009-001")
    finding = Finding(3, ("art_1", "2009-001"), (doubt,))
    assert finding.map(lambda value: value > 2) == Finding(True, ("art_1", "2009-001"), (doubt,))


def test_grounds_are_added_once_and_in_order() -> None:
    finding = Finding(None, ("art_1", "a")).because("b", "art_1", "", "b", "c")
    assert finding.grounds == ("art_1", "a", "b", "c")
    assert finding.value is None


def test_unique_keeps_the_first_of_each_and_no_empty_one() -> None:
    assert unique(("b", "", "a", "b")) == ("b", "a")
    assert unique(()) == ()


def test_an_answer_cannot_be_changed_afterwards() -> None:
    finding = Finding(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        finding.value = 2  # type: ignore[misc]
