"""Who blocks: the tests to which it is due that a proposal is not carried, and who decides them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from comity.decision.counting import Counts, Held, TallyIncomplete
from comity.decision.model import EVERYONE, HEADS, Condition, Not, Rule, Test, needed
from comity.decision.numbers import Number
from comity.decision.reckoning import holds


def obstacles(rule: Rule, counts: Counts) -> Iterator[tuple[Test, bool]]:
    """Yield each test that keeps the proposal from being carried, and what it would have to be.

    What an outcome that carries needs itself is no obstacle to it, though an earlier outcome (a
    veto against enough votes) needs it too.
    """
    before: list[tuple[Condition, bool]] = [(rule.quorum.when, True)] if rule.quorum else []
    for entry in rule.decide:
        if entry.carries:
            wanted = [*before, *([(entry.when, True)] if entry.when is not None else [])]
            for condition, value in wanted:
                for test, met in _keeping(condition, value, counts):
                    if met or entry.when is None or not _needs(entry.when, test):
                        yield test, met
        elif entry.when is not None:
            before.append((entry.when, False))


def _keeping(condition: Condition, wanted: bool, counts: Counts) -> Iterator[tuple[Test, bool]]:
    """Yield the tests to which it is due that a condition is not as wanted; none if it is."""
    if isinstance(condition, Not):
        yield from _keeping(condition.condition, not wanted, counts)
    elif holds(condition, counts) != wanted:
        if isinstance(condition, Test):
            yield condition, wanted
        else:
            for each in condition.conditions:
                yield from _keeping(each, wanted, counts)


def _needs(condition: Condition, test: Test) -> bool:
    """Whether a condition cannot hold unless a test is met, as far as its form shows."""
    if isinstance(condition, Test):
        return _implies(condition, test)
    if isinstance(condition, Not):
        return False
    free = sum(not _needs(below, test) for below in condition.conditions)
    return free < needed(condition, True)


def _implies(one: Test, other: Test) -> bool:
    """Whether meeting one test is meeting the other, which asks no more of the same."""
    if one.from_below != other.from_below or _alike(one) != _alike(other):
        return False
    more = one.amount.number - other.amount.number
    if not one.from_below:
        more = -more
    return more > 0 or (more == 0 and (one.comparator == other.comparator or _strict(one)))


def _alike(test: Test) -> Test:
    return replace(test, comparator="at_least", amount=replace(test.amount, number=0), article="")


def _strict(test: Test) -> bool:
    return test.comparator in ("more_than", "less_than")


def blocking(rule: Rule, counts: Counts, held: Held) -> tuple[str, ...]:
    """Return who blocks: of a test that lacks votes the rest of its base, else those counted."""
    found: set[str] = set()
    for test, wanted in obstacles(rule, counts):
        counted = held.of_classes(test.votes, test.group)
        if test.excluding:
            counted = held.of_classes((EVERYONE,), test.group) - counted
        if test.from_below != wanted:
            found |= counted
            continue
        base = held.of_classes(test.amount.of, test.base_group) if test.amount.of else set()
        found |= (base or held.of_classes((EVERYONE,), test.base_group)) - counted
    return tuple(sorted(found))


def number_blocking(rule: Rule, counts: Counts) -> Number | None:
    """Return how many block, where one test by heads alone says it."""
    try:
        found = [*dict.fromkeys(obstacles(rule, counts))]
    except TallyIncomplete:
        return None
    if len(found) != 1 or found[0][0].weight != HEADS:
        return None
    test, wanted = found[0]
    counted = counts.counted(test)
    if test.from_below != wanted:
        return counted
    base = counts.base(test)
    return None if base is None else base - counted
