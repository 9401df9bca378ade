"""What every exact method counts: swings by size of coalition, and winning coalitions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt

Sums = npt.NDArray[Any]
"""Sums of coalitions: 64-bit integers, or Python's own where these would not do."""


@dataclass(frozen=True, slots=True)
class Swings:
    """Exact counts of one game.

    ``by_size[player][size]`` losing coalitions of a size win when the player joins; ``winning``
    coalitions win at all. The player is not counted in the size.
    """

    by_size: tuple[tuple[int, ...], ...]
    winning: int

    @property
    def totals(self) -> tuple[int, ...]:
        """The number of swings of each player."""
        return tuple(sum(counts) for counts in self.by_size)

    @property
    def shapley(self) -> tuple[Fraction, ...]:
        """The share of the orders of joining in which each player is the one that decides."""
        shares = _share_of_orders(len(self.by_size))
        return tuple(
            sum(
                (count * share for count, share in zip(counts, shares, strict=True) if count),
                start=Fraction(0),
            )
            for counts in self.by_size
        )


def _share_of_orders(players: int) -> list[Fraction]:
    """Return by size the share of orders in which exactly a given coalition comes before a player.

    >>> _share_of_orders(3)
    [Fraction(1, 3), Fraction(1, 6), Fraction(1, 3)]
    """
    return [Fraction(1, players * comb(players - 1, size)) for size in range(players)]


def subset_sums(weights: tuple[int, ...]) -> Sums:
    """Return the sum of every coalition; bit ``i`` of its place says if player ``i`` is in it.

    >>> subset_sums((1, 5)).tolist()
    [0, 1, 5, 6]
    """
    kind = np.int64 if sum(weights) < 2**61 else object
    sums = np.zeros(1, dtype=kind)
    for weight in weights:
        sums = np.concatenate((sums, sums + weight))
    return sums
