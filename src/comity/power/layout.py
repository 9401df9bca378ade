"""How coalitions of those who oppose are laid out in a table, and what must be read from it.

A decision stands as long as the opposed do not weigh too much. So it is enough to count coalitions
of the opposed up to a limit: rows for the sums along the short axes, places along the long one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np
import numpy.typing as npt

from comity.power.standard import Every, Rule, Some, Standard, Test, holds

Places = npt.NDArray[np.int64]

NONE = -1
"""Limit of a row in which no decision stands."""

ANY = 2**62
"""Limit of a row in which a decision stands whatever weighs against it along the long axis."""

MOST_ROWS = 2**20


@dataclass(frozen=True, slots=True)
class Kind:
    """Players alike: who, their weight along the long axis, and along each short one."""

    players: tuple[int, ...]
    length: int
    shift: tuple[int, ...]


@dataclass(frozen=True)
class Layout:
    """The table for one game.

    ``kinds`` in order of their length, without players that have no weight. ``box`` is the highest
    sum along each short axis, ``limits`` for each row the highest sum along the long axis with
    which a decision stands (or `NONE`, `ANY`). ``size_axis`` is the short axis of heads, if asked.
    """

    kinds: tuple[Kind, ...]
    box: tuple[int, ...]
    limits: Places
    size_axis: int | None

    @cached_property
    def cap(self) -> int:
        """The highest limit, which is the last place of each row."""
        finite = self.limits[self.limits < ANY]
        return max(0, int(finite.max())) if len(finite) else 0

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.limits)

    @property
    def cells(self) -> int:
        """The number of places in the whole table."""
        return self.rows * (self.cap + 1)

    @cached_property
    def digits(self) -> Places:
        """Sums along the short axes (first dimension) of each row (second)."""
        shape = [most + 1 for most in self.box]
        return np.indices(shape, dtype=np.int64).reshape(len(shape), self.rows)

    @cached_property
    def strides(self) -> Places:
        """How many rows a step along each short axis takes."""
        shape = [most + 1 for most in self.box]
        return np.array([prod(shape[axis + 1 :]) for axis in range(len(shape))], dtype=np.int64)

    @cached_property
    def additions(self) -> int:
        """How many additions fill the table."""
        done, reach, filled = 0, 0, [0] * len(self.box)
        for kind in self.kinds:
            for _ in kind.players:
                reach = min(self.cap, reach + kind.length)
                filled = [
                    min(most, sum_ + step)
                    for most, sum_, step in zip(self.box, filled, kind.shift, strict=True)
                ]
                done += (reach + 1) * prod(each + 1 for each in filled)
        return done

    def offset(self, kind: Kind) -> int:
        """Return how many rows further a coalition stands when a player of this kind joins."""
        return int(
            sum(stride * step for stride, step in zip(self.strides, kind.shift, strict=True))
        )

    def after(self, kind: Kind, times: int = 1) -> npt.NDArray[np.bool_]:
        """Return which rows can hold a coalition that players of this kind have joined."""
        steps = np.array(kind.shift, dtype=np.int64).reshape(-1, 1) * times
        reached: npt.NDArray[np.bool_] = np.all(self.digits >= steps, axis=0)
        return reached


def layout(form: Standard, *, by_size: bool) -> Layout | None:
    """Return the layout for a game that is not decided beforehand; ``None`` if beyond all bounds.

    With ``by_size`` heads are a short axis, whether the rule counts them or not.
    """
    count = len(form.axes[0])
    heads = (1,) * count
    boxes = [_highest(form, axis) for axis in range(len(form.axes))]
    axes, rule = list(form.axes), form.rule
    if by_size and heads not in axes:
        axes.append(heads)
        boxes.append(min(_most_members(*each) for each in zip(axes, boxes, strict=False)))
    size_axis = axes.index(heads) if by_size else None
    candidates = [axis for axis in range(len(axes)) if axis != size_axis]
    long_axis = max(candidates, key=lambda axis: boxes[axis], default=None)
    short = [axis for axis in range(len(axes)) if axis != long_axis]
    box = tuple(boxes[axis] for axis in short)
    if prod(most + 1 for most in box) > MOST_ROWS or max(form.totals) >= ANY // 2:
        return None
    totals = [sum(axis) for axis in axes]
    return Layout(
        kinds=tuple(_kinds(axes, long_axis, short)),
        box=box,
        limits=_limits(rule, totals, long_axis, short, box),
        size_axis=None if size_axis is None else short.index(size_axis),
    )


def tests_of(rule: Rule) -> int:
    """Return how many tests a rule is made of."""
    if isinstance(rule, Every | Some):
        return sum(tests_of(part) for part in rule.parts)
    return int(isinstance(rule, Test))


def thresholds(rule: Rule, axis: int) -> list[int]:
    """Return what the tests of a rule need along an axis, the lowest first."""
    if isinstance(rule, Test):
        return [rule.needed] if rule.axis == axis else []
    if isinstance(rule, Every | Some):
        return sorted({needed for part in rule.parts for needed in thresholds(part, axis)})
    return []


def _highest(form: Standard, axis: int) -> int:
    """Return the highest sum that may oppose along one axis, if none does along the others."""
    sums = list(form.totals)
    for left in [0, *thresholds(form.rule, axis)]:
        sums[axis] = left
        if holds(form.rule, sums):
            break
    return form.totals[axis] - sums[axis]


def _most_members(axis: Sequence[int], highest: int) -> int:
    """Return how many members at most can oppose together within a sum."""
    within = np.cumsum(np.array(sorted(axis), dtype=object)) <= highest
    return int(np.count_nonzero(within))


def _kinds(axes: list[tuple[int, ...]], long_axis: int | None, short: list[int]) -> Iterator[Kind]:
    found: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for player in range(len(axes[0])):
        length = 0 if long_axis is None else axes[long_axis][player]
        shift = tuple(axes[axis][player] for axis in short)
        if length or any(shift):
            found.setdefault((length, shift), []).append(player)
    for (length, shift), players in sorted(found.items()):
        yield Kind(tuple(players), length, shift)


def _limits(
    rule: Rule, totals: list[int], long_axis: int | None, short: list[int], box: tuple[int, ...]
) -> Places:
    rows = prod(most + 1 for most in box)
    digits = np.indices([most + 1 for most in box], dtype=np.int64).reshape(len(box), rows)
    sums: list[object] = list(totals)
    for axis, opposed in zip(short, digits, strict=True):
        sums[axis] = totals[axis] - opposed
    limits = np.full(rows, NONE, dtype=np.int64)
    if long_axis is None:
        limits[np.broadcast_to(holds(rule, sums), rows)] = ANY
        return limits
    for left in reversed([0, *thresholds(rule, long_axis)]):
        sums[long_axis] = left
        limit = totals[long_axis] - left
        limits[np.broadcast_to(holds(rule, sums), rows)] = limit if left else ANY
    return limits
