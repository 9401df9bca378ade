"""The form of the answers: both indices, and how they were found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = Fraction | float


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How values were found and how far they may be from the truth.

    ``error`` bounds the difference of any value from the true one, ``relative_error`` its share of
    the value; both are 0 where ``exact``. They hold for certain (``confidence`` 1), or after
    ``draws`` random coalitions with the confidence stated, for all values together.
    """

    method: str
    exact: bool
    error: float = 0.0
    relative_error: float = 0.0
    confidence: float = 1.0
    draws: int = 0


@dataclass(frozen=True, slots=True)
class Banzhaf:
    """Penrose-Banzhaf: in what share of the coalitions of the others each player decides.

    ``acting`` is the share of all coalitions that win (Coleman's power to act). ``swings`` and
    ``winning`` are the counts themselves, where they are exact. The bounds of ``how`` are those of
    ``absolute`` and ``acting``; the relative error of ``normalised`` is at most twice theirs.
    """

    players: tuple[str, ...]
    absolute: tuple[Value, ...]
    acting: Value
    how: Reckoning
    swings: tuple[int, ...] = ()
    winning: int | None = None

    @property
    def normalised(self) -> tuple[Value, ...]:
        """The absolute values as shares of their sum; zeros where nobody decides."""
        total = sum(self.absolute)
        return tuple(value / total if total else value for value in self.absolute)

    def of(self, player: str) -> Value:
        """Return the absolute value of one player."""
        return self.absolute[self.players.index(player)]


@dataclass(frozen=True, slots=True)
class Shapley:
    """Shapley-Shubik: in what share of the orders of joining each player is the decisive one."""

    players: tuple[str, ...]
    values: tuple[Value, ...]
    how: Reckoning

    def of(self, player: str) -> Value:
        """Return the value of one player."""
        return self.values[self.players.index(player)]


@dataclass(frozen=True, slots=True)
class Power:
    """Both indices of one game."""

    banzhaf: Banzhaf
    shapley: Shapley
