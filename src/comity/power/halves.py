"""Method ``meet_in_the_middle``: coalitions of the two halves of the players are matched.

Both halves are sorted by size and sum. For each coalition of one half, the coalitions of the other
that make it win are counted by looking up a rank; where several tests remain, by sets of bits, one
bit for each coalition of the other half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.power.standard import Rule, Standard, Test, holds, simplified
from comity.power.swings import Sums, Swings, subset_sums

MOST_PLAYERS = 36
_BLOCK = 2048  # coalitions in one set of bits
_QUERIES = 8192  # coalitions asked about at a time

Counts = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Layer:
    """The coalitions of one size in one half: their places, and their sums along each axis."""

    size: int
    places: npt.NDArray[np.int64]
    sums: tuple[Sums, ...]

    @property
    def bounds(self) -> tuple[list[int], list[int]]:
        """The lowest and highest sum along each axis."""
        return [int(each.min()) for each in self.sums], [int(each.max()) for each in self.sums]


def match_halves(form: Standard, players: int) -> Swings:
    """Return the swings of a game of at most `MOST_PLAYERS` players."""
    middle = players // 2
    halves = [range(middle), range(middle, players)]
    layers = [list(_layers(form, half)) for half in halves]
    held = np.zeros((players, players + 1), dtype=np.int64)
    winning = np.zeros(players + 1, dtype=np.int64)
    for first in layers[0]:
        for second in layers[1]:
            rule = _left_over(form.rule, first, second)
            if rule is False:
                continue
            size = first.size + second.size
            ones = _winning_with_each(rule, first, second)
            others = _winning_with_each(rule, second, first)
            winning[size] += ones.sum()
            held[halves[0], size] += _by_member(ones, first, len(halves[0]))
            held[halves[1], size] += _by_member(others, second, len(halves[1]))
    return _swings(held, winning)


def _swings(held: Counts, winning: Counts) -> Swings:
    """Return swings from the winning coalitions by size, all and those with each player.

    Of the coalitions with the player that win, those are swings that without it do not.
    """
    without = winning[:-1] - held[:, :-1]
    return Swings(tuple(tuple(row) for row in (held[:, 1:] - without).tolist()), int(winning.sum()))


def _layers(form: Standard, half: range) -> Iterator[_Layer]:
    places = np.arange(2 ** len(half), dtype=np.int64)
    sums = [subset_sums(axis[half.start : half.stop]) for axis in form.axes]
    sizes = np.bitwise_count(places)
    for size in range(len(half) + 1):
        chosen = places[sizes == size]
        yield _Layer(size, chosen, tuple(each[chosen] for each in sums))


def _left_over(rule: Rule, first: _Layer, second: _Layer) -> Rule:
    lows, highs = zip(first.bounds, second.bounds, strict=True)
    low = [one + other for one, other in zip(*lows, strict=True)]
    high = [one + other for one, other in zip(*highs, strict=True)]
    return simplified(rule, low, high)


def _by_member(counts: Counts, layer: _Layer, members: int) -> Counts:
    shifts = np.arange(members, dtype=np.int64)
    return (layer.places[:, None] >> shifts & 1).T @ counts


def _winning_with_each(rule: Rule, asked: _Layer, others: _Layer) -> Counts:
    """Return for each coalition asked about how many of the others it wins with."""
    if rule is True:
        return np.full(len(asked.places), len(others.places), dtype=np.int64)
    if isinstance(rule, Test):
        ordered = np.sort(others.sums[rule.axis])
        return len(ordered) - np.searchsorted(ordered, rule.needed - asked.sums[rule.axis])
    found = np.zeros(len(asked.places), dtype=np.int64)
    tests = list(dict.fromkeys(_tests(rule)))
    for start in range(0, len(others.places), _BLOCK):
        block = [each[start : start + _BLOCK] for each in others.sums]
        lookups = {test: _Lookup.of(block[test.axis], test.needed) for test in tests}
        for first in range(0, len(found), _QUERIES):
            part = slice(first, first + _QUERIES)
            sets = [lookups[test].sets(asked.sums[test.axis][part]) for test in tests]
            found[part] += np.bitwise_count(_combined(rule, tests, sets)).sum(
                axis=1, dtype=np.int64
            )
    return found


@dataclass(frozen=True, slots=True)
class _Lookup:
    """One test over one block: sums in order, and the set of the highest ``k`` for every ``k``."""

    ordered: Sums
    highest: Bits
    needed: int

    @classmethod
    def of(cls, sums: Sums, needed: int) -> _Lookup:
        order = np.argsort(sums, kind="stable")
        words = -(-len(sums) // 64)
        single = np.zeros((len(sums) + 1, words), dtype=np.uint64)
        falling = order[::-1]
        rows = np.arange(1, len(sums) + 1)
        single[rows, falling // 64] = np.uint64(1) << (falling % 64).astype(np.uint64)
        return cls(sums[order], np.bitwise_or.accumulate(single, axis=0), needed)

    def sets(self, asked: Sums) -> Bits:
        """Return the set of those that meet the test together with each coalition asked about."""
        return self.highest[len(self.ordered) - np.searchsorted(self.ordered, self.needed - asked)]


def _tests(rule: Rule) -> Iterator[Test]:
    if isinstance(rule, Test):
        yield rule
    elif not isinstance(rule, bool):
        for part in rule.parts:
            yield from _tests(part)


@dataclass(frozen=True, slots=True)
class _Set:
    """Stands for a sum in a rule: comparing it with what is needed gives the set of bits."""

    by_needed: dict[int, Bits]

    def __ge__(self, needed: int) -> Bits:
        return self.by_needed[needed]


def _combined(rule: Rule, tests: Sequence[Test], sets: Sequence[Bits]) -> Bits:
    by_axis: dict[int, dict[int, Bits]] = {}
    for test, bits in zip(tests, sets, strict=True):
        by_axis.setdefault(test.axis, {})[test.needed] = bits
    axes = max(by_axis) + 1
    combined: Bits = holds(rule, [_Set(by_axis.get(axis, {})) for axis in range(axes)])
    return combined
