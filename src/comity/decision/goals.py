"""What an outcome still lacks, as sums that changes of position have to reach."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from comity.decision.counting import Counts, Held
from comity.decision.deciding import QUORUM
from comity.decision.kinds import Alike, Option, belongs
from comity.decision.model import EVERYONE, All, Condition, Not, Rule, Test
from comity.decision.numbers import Number

Literal = tuple[Test, bool]  # a test, and whether it is to be met

_BRANCHES = 64


@dataclass(frozen=True, slots=True)
class Goal:
    """For each test that counts: what is lacking, and what each option gives towards it.

    Whole numbers, scaled: reached where the sum of what is given is as much as is lacking. A goal
    may ask for less than the outcome does, never for more.
    """

    lacking: tuple[int, ...]
    gains: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is so now, and what could change."""

    rule: Rule
    held: Held
    counts: Counts
    alike: list[Alike]
    options: list[Option]


def goals(now: Situation, entry: int, size: int) -> Iterator[Goal]:
    """Yield every way to an outcome by ``size`` changes."""
    for branch in ways_to(now.rule, entry):
        asked = [found for each in branch if (found := _asked(now, *each, size)) is not None]
        yield Goal(tuple(each[0] for each in asked), tuple(each[1] for each in asked))


def ways_to(rule: Rule, entry: int) -> list[tuple[Literal, ...]]:
    """Return what tests have to be for an outcome; nothing is asked where that is too much."""
    if entry == QUORUM:
        return _ways(rule.quorum.when, False) if rule.quorum else []
    wanted = [(rule.quorum.when, True)] if rule.quorum else []
    wanted += [(each.when, False) for each in rule.decide[:entry] if each.when is not None]
    last = rule.decide[entry].when
    wanted += [(last, True)] if last is not None else []
    return _together([_ways(condition, value) for condition, value in wanted])


def _ways(condition: Condition, wanted: bool) -> list[tuple[Literal, ...]]:
    if isinstance(condition, Test):
        return [((condition, wanted),)]
    if isinstance(condition, Not):
        return _ways(condition.condition, not wanted)
    each = [_ways(below, wanted) for below in condition.conditions]
    if isinstance(condition, All) == wanted:
        return _together(each)
    return [branch for branches in each for branch in branches]


def _together(each: list[list[tuple[Literal, ...]]]) -> list[tuple[Literal, ...]]:
    found: list[tuple[Literal, ...]] = [()]
    for branches in each:
        if len(found) * len(branches) <= _BRANCHES:
            found = [(*one, *other) for one in found for other in branches]
    return found


def _asked(
    now: Situation, test: Test, wanted: bool, size: int
) -> tuple[int, tuple[int, ...]] | None:
    """Return what a test lacks to be as wanted and what each option gives; ``None``: no sum."""
    if test.amount.fewest_with and any(
        each.turns_out(now.alike[each.alike]) for each in now.options
    ):
        return None
    if test.amount.of and test.from_below and not wanted and _can_be_empty(now, test, size):
        return None
    sign = 1 if test.from_below == wanted else -1
    surplus = sign * _surplus(now, test)
    gains = [sign * _gain(now, test, each) for each in now.options]
    scale = math.lcm(surplus.denominator, *(each.denominator for each in gains))
    strict = (test.comparator in ("more_than", "less_than")) == wanted
    lacking = int(-surplus * scale) + (1 if strict else 0)
    if test.amount.rounded:
        lacking -= scale  # rounding moves an amount by less than one
    return lacking, tuple(int(each * scale) for each in gains)


def _surplus(now: Situation, test: Test) -> Number:
    amount = test.amount
    counted = now.counts.counted(test)
    if amount.fewest_with is not None:
        return counted - now.counts.fewest(amount.fewest_with) - amount.plus
    base = now.counts.base(test)
    required = amount.number if base is None else Fraction(amount.number) * base
    return counted - required - amount.plus


def _gain(now: Situation, test: Test, option: Option) -> Number:
    alike = now.alike[option.alike]
    counted = _change(alike, option, test.votes)
    if test.excluding:
        counted = _change(alike, option, (EVERYONE,)) - counted
    gain: Number = counted * alike.weighed(test.group, test.weight)
    if test.amount.of:
        base = _change(alike, option, test.amount.of)
        base_weight = alike.weighed(test.base_group, test.weight)
        gain -= Fraction(test.amount.number) * base * base_weight
    return gain


def _change(alike: Alike, option: Option, names: tuple[str, ...]) -> int:
    return belongs(option.effect, names) - belongs(alike.effect, names)


def _can_be_empty(now: Situation, test: Test, size: int) -> bool:
    """Whether so many changes could leave a base empty: then no share of it is reached."""
    alike = (each for each in now.alike if each.weighed(test.base_group, test.weight))
    of = test.amount.of
    return sum(len(each.members) for each in alike if belongs(each.effect, of)) <= size
