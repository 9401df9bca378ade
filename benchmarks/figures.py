"""Figures of the site, what was asked of them, and the tables they are printed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Limit = tuple[str, float]
"""``("<", most)`` or ``(">", least)``, the limit itself included."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, in a unit, and the limit that was asked for."""

    name: str
    value: float
    unit: str
    limit: Limit | None = None

    @property
    def held(self) -> bool:
        """Whether the figure is within its limit."""
        if self.limit is None:
            return True
        side, bound = self.limit
        return self.value <= bound if side == "<" else self.value >= bound

    @property
    def asked(self) -> str:
        """The limit in words."""
        if self.limit is None:
            return ""
        side, bound = self.limit
        return f"{'at most' if side == '<' else 'at least'} {shown(bound)} {self.unit}".rstrip()


def shown(value: float) -> str:
    """Write a number with three figures that count.

    >>> shown(1234.5), shown(12.34), shown(0.1234), shown(5)
    ('1,234', '12.3', '0.123', '5')
    """
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"


def of_figures(figures: Iterable[Figure]) -> list[str]:
    """Return figures as the lines of a table in Markdown."""
    rows = [
        (each.name, f"{shown(each.value)} {each.unit}", each.asked, "" if each.held else "MISSED")
        for each in figures
    ]
    return table(("figure", "measured", "asked for", ""), rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table in Markdown, its columns as wide as what stands in them."""
    every = [heads, *rows]
    widths = [max(len(row[column]) for row in every) for column in range(len(heads))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in every
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return lines
