"""How a rule elects: the stages of ballots, and how many candidates each of them leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stage:
    """So many ballots, among those with the most votes in the ballot before.

    ``candidates`` is how many take part at most; 0: all who did before.
    """

    ballots: int = 1
    candidates: int = 0


@dataclass(frozen=True, slots=True)
class Elects:
    """That a rule is put to each candidate of a ballot, and how ballot follows ballot.

    Whoever votes for a candidate has the position ``supporting`` towards it, and ``other`` towards
    every other one. ``weight`` is the unit in which candidates are ranked,
    if not by heads. When no ballot is left,
    the outcome is ``otherwise``.
    """

    supporting: str
    other: str
    stages: tuple[Stage, ...]
    otherwise: str
    weight: str = ""

    @staticmethod
    def of(data: Mapping[str, Any]) -> Elects:
        """Build it from data that has passed the checks."""
        return Elects(
            supporting=data["supporting"],
            other=data["other"],
            stages=tuple(Stage(**each) for each in data["stages"]),
            otherwise=data["otherwise"],
            weight=data.get("weight", ""),
        )
