"""Put tests and conditions to counts, and keep what was reckoned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt

from comity.decision.counting import Counts, TallyIncomplete
from comity.decision.model import All, Any, Comparator, Condition, Not, Test, needed
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
    """Whether a condition holds; every test in it is reckoned, decisive or not.

    Raises `TallyIncomplete` where that depends on what no tally says.
    """
    if isinstance(condition, Test):
        trail.append(reckon(condition, counts, entry))
        return trail[-1].met
    if isinstance(condition, Not):
        return not holds_noted(condition.condition, counts, entry, trail)
    return _enough(condition, lambda below: holds_noted(below, counts, entry, trail))


def holds(condition: Condition, counts: Counts) -> bool:
    """Whether a condition holds; raises `TallyIncomplete` as `holds_noted` does."""
    if isinstance(condition, Test):
        return reckon(condition, counts).met
    if isinstance(condition, Not):
        return not holds(condition.condition, counts)
    return _enough(condition, lambda below: holds(below, counts))


def _enough(condition: All | Any, held: Callable[[Condition], bool]) -> bool:
    """Whether so many conditions hold as are needed, whatever the rest would say."""
    needs = needed(condition, True)
    met, unknown = 0, None
    open_ = len(condition.conditions)
    for below in condition.conditions:
        try:
            if held(below):
                met += 1
            else:
                open_ -= 1
        except TallyIncomplete as error:
            unknown = unknown or error
    if unknown is not None and met < needs <= open_:
        raise unknown
    return met >= needs
