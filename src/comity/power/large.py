"""Method ``large``: the table of the opposed in floating point, with a bound for every error.

All cells are sums and products of positive numbers, so each is right to some units in its last
place. Leaving a player out again takes differences; how much they lose is known from the size of
what was added and taken away, and stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, comb, fsum, log2

import numpy as np
import numpy.typing as npt

from comity.power.layout import Layout
from comity.power.reading import Reading, reading
from comity.power.table import Cells, filled, totals, unbounded

MOST_PLAYERS = 1000
"""So that a count of coalitions, at most 2**players, is a number of floating point."""

UNIT = 2.0**-53
_NEGLIGIBLE_BITS = 75
_QUADRATURE = 2.0**-55

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Swings of one player of each kind by row, last the winning coalitions; and error bounds."""

    found: Floats
    error: Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value for each kind, and how far it may be from the truth."""

    values: tuple[float, ...]
    errors: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Floating:
    """Floating point; who opposes counts ``ratio`` (at most 1), who does not counts 1."""

    ratio: float

    def empty(self, rows: int, places: int) -> Cells:
        """Return a table of zeros."""
        return np.zeros((rows, places), dtype=np.float64)

    def settle(self, cells: Cells, players: int) -> None:
        """Leave the cells as they are: there is no bound to bring them under."""


def weigh_swings(layout: Layout, *, ratio: float = 1.0) -> Weighed:
    """Return the swings by kind and row, where each of the opposed counts ``ratio``."""
    ranges = reading(layout, most_powers=_powers_that_matter(ratio, layout.cap + layout.rows + 1))
    cells = filled(layout, _Floating(ratio))
    sums = np.empty(len(ranges.row))
    order = np.argsort(ranges.row, kind="stable")
    edges = np.searchsorted(ranges.row[order], np.arange(layout.rows + 1))
    for row, (first, last) in enumerate(pairwise(edges)):
        if first != last:
            here = order[first:last]
            sums[here] = _range_sums(cells[row], ranges.start[here], ranges.end[here])
    found, size = _signed_sums(layout, ranges, sums * ratio**ranges.power)
    if all_rows := totals(layout, ratio=ratio, kind=np.float64):
        for answer, (rows, numbers, magnitude) in enumerate(unbounded(layout, all_rows)):
            found[answer, rows] += numbers
            size[answer, rows] += magnitude
    return Weighed(found, size * _units(layout) * UNIT)


def shapley_by_size(layout: Layout, weighed: Weighed, players: int) -> Estimate:
    """Return the Shapley-Shubik index of each kind from swings by size of the opposed."""
    assert layout.size_axis is not None
    shares = [float(Fraction(1, players * comb(players - 1, size))) for size in range(players)]
    share = np.array(shares)[np.minimum(layout.digits[layout.size_axis], players - 1)]
    values = (weighed.found[:-1] * share).sum(axis=1)
    errors = (weighed.error[:-1] * share).sum(axis=1) + values * (layout.rows + 4) * UNIT
    return Estimate(tuple(values.tolist()), tuple(errors.tolist()))


def shapley_by_nodes(sides: Sequence[Layout]) -> Estimate:
    """Return the Shapley-Shubik index of each kind of the first side by Owen's integral.

    The sides are a game and its dual, without sizes. Where everyone agrees with probability ``t``,
    a player decides with the probability ``P(t)``, a polynomial; its integral from 0 to 1 is the
    index. Nodes below one half are taken in the dual game, where those who oppose are again fewer
    than those who agree.
    """
    joined = [kind.players for kind in sides[0].kinds]
    players = sum(len(each) for each in joined)
    nodes = nodes_needed(players - 1)
    points, weights = np.polynomial.legendre.leggauss(nodes)
    values, errors = np.zeros(len(joined)), np.zeros(len(joined))
    for number in range(nodes // 2, nodes):  # the upper half: its mirror image has the same weights
        agree = float(points[number] + 1) / 2
        middle = nodes % 2 and number == nodes // 2
        for side in sides[:1] if middle else sides:
            chance, error = _chances(side, joined, 0.5 if middle else agree, players)
            values += weights[number] / 2 * chance
            errors += weights[number] / 2 * error
    errors += quadrature_error(players - 1, nodes) + values * (nodes + 8 * players) * UNIT
    return Estimate(tuple(values.tolist()), tuple(errors.tolist()))


def nodes_needed(degree: int) -> int:
    """Return how many nodes integrate the chance to decide, a polynomial of this degree.

    >>> nodes_needed(14), nodes_needed(189)
    (8, 60)
    """
    return next(
        nodes for nodes in range(1, degree + 3) if quadrature_error(degree, nodes) <= _QUADRATURE
    )


def quadrature_error(degree: int, nodes: int) -> float:
    """Bound the error of Gauss-Legendre nodes for the chance to decide; 0 where they are exact.

    See docs/reference/algorithms/power.md for the proof.
    """
    if 2 * nodes - 1 >= degree:
        return 0.0
    rho = 1 + np.linspace(0.01, 4, 400)
    grown = degree * np.log((rho + 1 / rho) / 2) - (2 * nodes - 1) * np.log(rho)
    return float(np.exp((np.log(4 / (rho - 1)) + grown).min()))


def _chances(
    side: Layout, joined: list[tuple[int, ...]], agree: float, players: int
) -> tuple[Floats, Floats]:
    """Return for each group of players the chance to decide, and its error."""
    weighed = weigh_swings(side, ratio=(1 - agree) / agree)
    scale = agree ** (players - 1)
    by_players = {kind.players: number for number, kind in enumerate(side.kinds)}
    order = [by_players[each] for each in joined]
    return weighed.found.sum(axis=1)[order] * scale, weighed.error.sum(axis=1)[order] * scale


def _powers_that_matter(ratio: float, most: int) -> int:
    """Return after how many terms of an alternating sum the rest cannot be noticed."""
    if ratio == 1:
        return most
    return min(most, ceil(_NEGLIGIBLE_BITS / -log2(ratio)) + 1)


def _units(layout: Layout) -> int:
    """Return how often the parts of a range were rounded: see the page on power for the count."""
    players = sum(len(kind.players) for kind in layout.kinds)
    return 5 * players + 4 * ceil(log2(layout.cap + 2)) + layout.rows.bit_length() + 24


def _signed_sums(layout: Layout, ranges: Reading, terms: Floats) -> tuple[Floats, Floats]:
    """Return the sums of the terms by answer and row, with their signs and without."""
    shape = (len(layout.kinds) + 1, layout.rows)
    key = ranges.answer * layout.rows + ranges.of_row
    order = np.argsort(key, kind="stable")
    edges = np.flatnonzero(np.diff(key[order], prepend=-1, append=-1)).tolist()
    odd = (ranges.power + ranges.less) % 2 == 1
    listed = np.where(odd, -terms, terms)[order].tolist()
    keys = key[order]
    found, size = np.zeros(shape), np.zeros(shape)
    for first, last in pairwise(edges):
        parts = listed[first:last]
        found.flat[keys[first]] = fsum(parts)
        size.flat[keys[first]] = fsum(map(abs, parts))
    return found, size


def _range_sums(row: Floats, start: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> Floats:
    """Return the sums of ranges of a row (after start, up to end) from sums of pairs of pairs.

    No difference is taken, so that a short range is as exact as a long one.
    """
    found = np.zeros(len(start))
    low, high, level = start + 1, end + 1, row
    open_ = np.flatnonzero(low < high)
    while len(open_):
        first, last = low[open_], high[open_]
        odd = open_[first % 2 == 1]
        found[odd] += level[low[odd]]
        low[odd] += 1
        odd = open_[last % 2 == 1]
        high[odd] -= 1
        found[odd] += np.where(low[odd] <= high[odd], level[high[odd]], 0)
        low[open_] //= 2
        high[open_] //= 2
        open_ = open_[low[open_] < high[open_]]
        level = _pairs(level)
    return found


def _pairs(level: Floats) -> Floats:
    paired = level[0::2].copy()
    odd = level[1::2]
    paired[: len(odd)] += odd
    return paired
