"""Method ``counting``: coalitions of the opposed are counted by their sums, exactly.

Counts may have hundreds of digits. They are found modulo 2**64 and, where that is not enough,
modulo a few primes, and put together by the Chinese remainder theorem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import prod
from typing import Any

import numpy as np

from comity.power.layout import Layout
from comity.power.reading import Reading, reading
from comity.power.table import Cells, filled, totals, unbounded

MOST_PLACES = 2**23
"""Places along the long axis, so that sums of residues stay below 2**63."""

_WORD = 2**64
_PRIME_BITS = 40
_UNSETTLED = 20  # players after which residues are brought below the prime again


@dataclass(frozen=True, slots=True)
class Tally:
    """Exact numbers: ``swings[kind][row]`` of one player of each kind, and winning coalitions."""

    swings: tuple[tuple[int, ...], ...]
    winning: int


@dataclass(frozen=True, slots=True)
class _Residues:
    """Whole numbers modulo 2**64 (which the machine takes care of) or a prime below 2**40."""

    modulus: int
    ratio: float = field(default=1.0, init=False)

    def empty(self, rows: int, places: int) -> Cells:
        """Return a table of zeros."""
        return np.zeros((rows, places), dtype=np.uint64)

    def settle(self, cells: Cells, players: int) -> None:
        """Reduce the cells before they could pass 2**64."""
        if self.modulus != _WORD and players % _UNSETTLED == 0:
            self.reduce(cells)

    def reduce(self, cells: Cells) -> None:
        """Bring numbers below the modulus, in place."""
        if self.modulus != _WORD:
            np.remainder(cells, np.uint64(self.modulus), out=cells)


def passes(players: int) -> int:
    """Return how often the table has to be filled for a game of so many players.

    >>> passes(27), passes(190)
    (1, 5)
    """
    return len(_moduli(players))


def count_swings(layout: Layout) -> Tally:
    """Return the exact swings of each kind and row."""
    ranges = reading(layout, most_powers=layout.cap + layout.rows + 1)
    order = np.argsort(ranges.row, kind="stable")
    ranges = ranges.chosen(order)
    players = sum(len(kind.players) for kind in layout.kinds)
    moduli = _moduli(players)
    residues = [_sums(layout, ranges, _Residues(modulus)) for modulus in moduli]
    found = _lifted(residues, moduli)
    if all_rows := totals(layout, ratio=1, kind=object):
        for answer, (rows, numbers, _) in enumerate(unbounded(layout, all_rows)):
            found[answer, rows] += numbers
    swings = tuple(tuple(row) for row in found[:-1].tolist())
    return Tally(swings, sum(found[-1].tolist()))


def by_size(layout: Layout, tally: Tally, players: int) -> tuple[tuple[int, ...], ...]:
    """Return for every player its swings by the size of the coalition before it joins."""
    assert layout.size_axis is not None
    sizes = layout.digits[layout.size_axis].tolist()
    found = [(0,) * players] * players
    for kind, counts in zip(layout.kinds, tally.swings, strict=True):
        row = [0] * players
        for opposed, count in zip(sizes, counts, strict=True):
            if count:
                row[players - 1 - opposed] += count
        for player in kind.players:
            found[player] = tuple(row)
    return tuple(found)


def _sums(layout: Layout, ranges: Reading, numbers: _Residues) -> Cells:
    """Return the signed sums of ranges, by answer and row, modulo the modulus."""
    cells = filled(layout, numbers)
    numbers.reduce(cells)
    found = np.zeros((len(layout.kinds) + 1, layout.rows), dtype=np.int64)
    edges = np.searchsorted(ranges.row, np.arange(layout.rows + 1))
    sums = np.zeros(layout.cap + 2, dtype=np.uint64)
    for row, (first, last) in enumerate(pairwise(edges)):
        if first == last:
            continue
        np.cumsum(cells[row], out=sums[1:])
        here = slice(first, last)
        counts = sums[ranges.end[here] + 1] - sums[ranges.start[here] + 1]
        numbers.reduce(counts)
        odd = (ranges.power[here] + ranges.less[here]) % 2
        signed = np.where(odd, -counts.view(np.int64), counts.view(np.int64))
        np.add.at(found, (ranges.answer[here], ranges.of_row[here]), signed)
    return found


def _lifted(residues: list[Cells], moduli: list[int]) -> Cells:
    """Return the numbers of least size that have the residues, as integers of Python."""
    whole = prod(moduli)
    found: Any = 0
    for residue, modulus in zip(residues, moduli, strict=True):
        rest = whole // modulus
        found = found + residue.astype(object) * (rest * pow(rest, -1, modulus))
    found = found % whole
    return np.asarray(np.where(found > whole // 2, found - whole, found))


def _moduli(players: int) -> list[int]:
    """Return moduli whose product is more than twice any count of coalitions."""
    needed = players + 2
    primes = -(-max(0, needed - 64) // (_PRIME_BITS - 1))
    return [_WORD, *islice(_primes_below(2**_PRIME_BITS), primes)]


def _primes_below(bound: int) -> Iterator[int]:
    for number in range(bound - 1, 2, -2):
        if _is_prime(number):
            yield number


def _is_prime(number: int) -> bool:
    """Return whether an odd number below 3,474,749,660,383 is prime (Miller-Rabin, six bases)."""
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(number, base, odd, twos) for base in (2, 3, 5, 7, 11, 13))


def _passes(number: int, base: int, odd: int, twos: int) -> bool:
    power = pow(base, odd, number)
    if power in (1, number - 1):
        return True
    return any(pow(power, 2**each, number) == number - 1 for each in range(1, twos))
