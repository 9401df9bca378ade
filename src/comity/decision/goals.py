"""What an outcome still lacks, as sums that changes of position have to reach."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from comity.decision.counting import Counts, Held
from comity.decision.deciding import QUORUM
from comity.decision.kinds import Alike, Option, belongs, moves_fewest
from comity.decision.model import EVERYONE, Condition, Not, Rule, Test, needed
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
    least: int  # fewer changes than these cannot reach it


@dataclass(frozen=True, slots=True)
class Asked:
    """What one test lacks, what each option gives, and how few changes could be enough."""

    lacking: int
    gains: tuple[int, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Situation:
    """What is so now, and what could change; what tests ask for is worked out once."""

    rule: Rule
    held: Held
    counts: Counts
    alike: list[Alike]
    options: list[Option]
    asked: dict[Literal, Asked] = field(default_factory=dict)


def goals(now: Situation, entry: int, size: int) -> Iterator[Goal]:
    """Yield every way to an outcome that ``size`` changes may be enough for."""
    for branch in ways_to(now.rule, entry):
        asked = [_asked(now, each) for each in branch if _is_sum(now, each, size)]
        least = max((each.least for each in asked), default=0)
        if least <= size:
            lacking, gains = [each.lacking for each in asked], [each.gains for each in asked]
            yield Goal(tuple(lacking), tuple(gains), least)


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
    number = needed(condition, wanted)
    if math.comb(len(each), number) > _BRANCHES:
        return [()]
    return [branch for some in combinations(each, number) for branch in _together([*some])]


def _together(each: list[list[tuple[Literal, ...]]]) -> list[tuple[Literal, ...]]:
    found: list[tuple[Literal, ...]] = [()]
    for branches in each:
        if len(found) * len(branches) <= _BRANCHES:
            found = [(*one, *other) for one in found for other in branches]
    return found


def _is_sum(now: Situation, literal: Literal, size: int) -> bool:
    """Whether changes add up towards a test: not where they move a count of members or a base."""
    test, wanted = literal
    if any(moves_fewest(test, each, now.alike[each.alike]) for each in now.options):
        return False
    leaps = test.amount.of and test.from_below and not wanted
    return not (leaps and _can_be_empty(now, test, size))


def _asked(now: Situation, literal: Literal) -> Asked:
    if literal not in now.asked:
        now.asked[literal] = _ask(now, *literal)
    return now.asked[literal]


def _ask(now: Situation, test: Test, wanted: bool) -> Asked:
    sign = 1 if test.from_below == wanted else -1
    surplus = sign * _surplus(now, test)
    gains = [sign * _gain(now, test, each) for each in now.options]
    scale = math.lcm(surplus.denominator, *(each.denominator for each in gains))
    strict = (test.comparator in ("more_than", "less_than")) == wanted
    lacking = int(-surplus * scale) + (1 if strict else 0)
    if test.amount.rounded:
        lacking -= scale  # rounding moves an amount by less than one
    scaled = tuple(int(each * scale) for each in gains)
    return Asked(lacking, scaled, _least(now, lacking, scaled))


def _least(now: Situation, lacking: int, gains: tuple[int, ...]) -> int:
    """Return how many changes are needed at least, the best first; more than all if none do."""
    best: dict[int, int] = {}
    for option, gain in zip(now.options, gains, strict=True):
        best[option.alike] = max(gain, best.get(option.alike, 0))
    number = 0
    for who, gain in sorted(best.items(), key=lambda each: -each[1]):
        members = len(now.alike[who].members)
        if gain > 0 and lacking <= gain * members:
            return number + max(0, -(-lacking // gain))
        lacking -= gain * members
        number += members
    return number + 1 if lacking > 0 else 0


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
