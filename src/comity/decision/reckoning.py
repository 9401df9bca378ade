"""Put tests and conditions to counts, and keep what was reckoned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt

from comity.decision.counting import Counts
from comity.decision.model import Comparator, Condition, Not, Test, needed
from comity.decision.numbers import Number, plain, rounded

COMPARE: Mapping[Comparator, Callable[[Number, Number], bool]] = {
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "less_than": lt,
}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A test as it was put: what was counted, what it is compared with, and of how much.

    ``entry`` is the place in ``decide``, -1 the quorum. ``base`` is ``None`` where the test
    compares with a number.
    """

    test: Test
    counted: Number
    required: Number
    base: Number | None
    met: bool
    entry: int


def reckon(test: Test, counts: Counts, entry: int = 0) -> Reckoning:
    """Put a test to counts. Where nobody is counted nor in the base, no share is reached."""
    counted = counts.counted(test)
    base = counts.base(test)
    required = _required(test, base, counts)
    met = COMPARE[test.comparator](counted, required)
    if base == 0 and counted == 0 and test.from_below:
        met = False
    return Reckoning(test, plain(counted), plain(required), base, met, entry)


def _required(test: Test, base: Number | None, counts: Counts) -> Number:
    amount = test.amount
    if amount.fewest_with is not None:
        return counts.fewest(amount.fewest_with) + amount.plus
    if base is None:
        return amount.number + amount.plus
    return rounded(amount.number * base, amount.rounded) + amount.plus


def holds_noted(condition: Condition, counts: Counts, entry: int, trail: list[Reckoning]) -> bool:
    """Whether a condition holds; every test in it is reckoned, decisive or not."""
    if isinstance(condition, Test):
        trail.append(reckon(condition, counts, entry))
        return trail[-1].met
    if isinstance(condition, Not):
        return not holds_noted(condition.condition, counts, entry, trail)
    each = [holds_noted(below, counts, entry, trail) for below in condition.conditions]
    return sum(each) >= needed(condition, True)


def holds(condition: Condition, counts: Counts) -> bool:
    """Whether a condition holds."""
    if isinstance(condition, Test):
        return reckon(condition, counts).met
    if isinstance(condition, Not):
        return not holds(condition.condition, counts)
    each = (holds(below, counts) for below in condition.conditions)
    return sum(each) >= needed(condition, True)
