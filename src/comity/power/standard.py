"""The standard form of a game: tests of integer sums along a few axes.

Thresholds with the same weights up to a factor share an axis, whatever their quotas. Weights and
quotas are brought to integers by the common denominator and divided by what the weights have in
common; "more than" becomes "at least the next". What holds always or never is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, lcm
from operator import and_, or_
from typing import Any, TypeAlias

from comity.power.game import AllOf, AnyOf, Formula, Game, Threshold

Axis: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """The sum along an axis is at least what is needed."""

    __test__ = False

    axis: int
    needed: int


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of the parts holds."""

    parts: tuple[Rule, ...]


Rule: TypeAlias = bool | Test | Every | Some


@dataclass(frozen=True, slots=True)
class Standard:
    """Axes of integer weights, one for each player, and the rule that tests sums along them."""

    axes: tuple[Axis, ...]
    rule: Rule

    @property
    def totals(self) -> tuple[int, ...]:
        """The sum of all weights along each axis."""
        return tuple(sum(axis) for axis in self.axes)

    @property
    def dual(self) -> Standard:
        """The standard form of the dual game, with the same axes."""
        return Standard(self.axes, _dual(self.rule, self.totals))

    def column(self, player: int) -> tuple[int, ...]:
        """Return the weights of one player, along each axis."""
        return tuple(axis[player] for axis in self.axes)


def standard(game: Game) -> Standard:
    """Return the standard form of a game.

    >>> seats = (Fraction(1, 2), Fraction(1, 2), 1)
    >>> standard(Game(("A", "B", "C"), Threshold(seats, Fraction(5, 4))))
    Standard(axes=((1, 1, 2),), rule=Test(axis=0, needed=3))
    """
    axes: dict[Axis, int] = {}
    rule = _read(game.formula, axes)
    totals = [sum(axis) for axis in axes]
    rule = simplified(rule, [0] * len(totals), totals)
    used = sorted(_axes(rule))
    renumbered = {axis: number for number, axis in enumerate(used)}
    return Standard(tuple(list(axes)[axis] for axis in used), _renumbered(rule, renumbered))


def holds(rule: Rule, sums: Sequence[Any]) -> Any:
    """Return whether the rule holds for sums along each axis: integers, or arrays of them."""
    if isinstance(rule, bool):
        return rule
    if isinstance(rule, Test):
        return sums[rule.axis] >= rule.needed
    together = and_ if isinstance(rule, Every) else or_
    return reduce(together, (holds(part, sums) for part in rule.parts))


def simplified(rule: Rule, low: Sequence[int], high: Sequence[int]) -> Rule:
    """Return what is left of a rule where the sums are known to lie between two bounds.

    >>> simplified(Every((Test(0, 3), Test(1, 5))), [4, 0], [6, 9])
    Test(axis=1, needed=5)
    """
    if isinstance(rule, bool):
        return rule
    if isinstance(rule, Test):
        return _decided(rule, low, high)
    parts = [simplified(part, low, high) for part in rule.parts]
    if isinstance(rule, Every):
        return _together(parts, Every, neutral=True, of_one_axis=max)
    return _together(parts, Some, neutral=False, of_one_axis=min)


def alike(form: Standard) -> list[list[int]]:
    """Return the players in groups that differ in no weight: exchanging them changes nothing."""
    groups: dict[tuple[int, ...], list[int]] = {}
    count = len(form.axes[0]) if form.axes else 0
    for player in range(count):
        groups.setdefault(form.column(player), []).append(player)
    return list(groups.values())


def _decided(test: Test, low: Sequence[int], high: Sequence[int]) -> Rule:
    if low[test.axis] >= test.needed:
        return True
    return test if high[test.axis] >= test.needed else False


def _together(
    parts: list[Rule],
    made: type[Every] | type[Some],
    *,
    neutral: bool,
    of_one_axis: Callable[[int, int], int],
) -> Rule:
    """Return parts put together: constants resolved, nests flattened, one test for each axis."""
    needed: dict[int, int] = {}
    others: dict[Rule, None] = {}
    for part in _flat(parts, made):
        if isinstance(part, bool):
            if part is not neutral:
                return part
        elif isinstance(part, Test):
            earlier = needed.get(part.axis, part.needed)
            needed[part.axis] = of_one_axis(earlier, part.needed)
        else:
            others[part] = None
    left = (*(Test(axis, amount) for axis, amount in needed.items()), *others)
    if not left:
        return neutral
    return left[0] if len(left) == 1 else made(left)


def _flat(parts: list[Rule], made: type[Every] | type[Some]) -> list[Rule]:
    flat: list[Rule] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, made) else (part,))
    return flat


def _read(formula: Formula, axes: dict[Axis, int]) -> Rule:
    if isinstance(formula, AllOf):
        return Every(tuple(_read(part, axes) for part in formula.parts)) if formula.parts else True
    if isinstance(formula, AnyOf):
        return Some(tuple(_read(part, axes) for part in formula.parts)) if formula.parts else False
    return _read_threshold(formula, axes)


def _read_threshold(threshold: Threshold, axes: dict[Axis, int]) -> Rule:
    common = lcm(*(Fraction(each).denominator for each in threshold.weights))
    whole = [int(each * common) for each in threshold.weights]
    factor = gcd(*whole)
    if factor == 0:
        return threshold.quota < 0 if threshold.strict else threshold.quota <= 0
    quota = Fraction(threshold.quota) * common / factor
    needed = floor(quota) + 1 if threshold.strict else ceil(quota)
    axis = tuple(each // factor for each in whole)
    return Test(axes.setdefault(axis, len(axes)), needed)


def _dual(rule: Rule, totals: Sequence[int]) -> Rule:
    if isinstance(rule, bool):
        return not rule
    if isinstance(rule, Test):
        return Test(rule.axis, totals[rule.axis] - rule.needed + 1)
    parts = tuple(_dual(part, totals) for part in rule.parts)
    return Some(parts) if isinstance(rule, Every) else Every(parts)


def _axes(rule: Rule) -> set[int]:
    if isinstance(rule, bool):
        return set()
    if isinstance(rule, Test):
        return {rule.axis}
    return {axis for part in rule.parts for axis in _axes(part)}


def _renumbered(rule: Rule, numbers: dict[int, int]) -> Rule:
    if isinstance(rule, bool):
        return rule
    if isinstance(rule, Test):
        return Test(numbers[rule.axis], rule.needed)
    return type(rule)(tuple(_renumbered(part, numbers) for part in rule.parts))
