"""A measured figure and what was asked of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``limit`` is what was asked for, 0 if nothing was."""

    name: str
    value: float
    unit: str
    limit: float = 0

    @property
    def held(self) -> bool:
        """Whether the figure is within its limit."""
        return not self.limit or self.value <= self.limit
