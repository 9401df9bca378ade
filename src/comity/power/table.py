"""The table of the opposed: filled player by player, in numbers of one sort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from comity.power.layout import ANY, Kind, Layout, Places
from comity.power.reading import swing_rows

Cells = npt.NDArray[Any]

_BLOCK = 16384  # cells that fit into the near memory of a processor
AT_ONCE = 2**18
"""Cells up to which all rows are added to at once."""


class Numbers(Protocol):
    """Numbers of one sort: what a cell is, and what may have to be done after each player."""

    @property
    def ratio(self) -> float:
        """How much one of the opposed counts."""

    def empty(self, rows: int, places: int) -> Cells:
        """Return a table of zeros."""

    def settle(self, cells: Cells, players: int) -> None:
        """Bring the cells back into their bounds, if after so many players it is time."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Coalitions of the opposed by row, whatever they weigh along the long axis."""

    layout: Layout
    cells: Cells
    ratio: Any

    def without(self, kind: Kind, rows: Places) -> tuple[Cells, Cells]:
        """Return the totals in some rows when one player is left out, and the sum of all terms."""
        if not any(kind.shift):
            left = self.cells[rows] // 2 if self.ratio == 1 else self.cells[rows] / (1 + self.ratio)
            return left, left
        found, size = np.zeros_like(self.cells[rows]), np.zeros_like(self.cells[rows])
        power, offset, factor = 0, self.layout.offset(kind), self.ratio**0
        while (here := self.layout.after(kind, power)[rows]).any():
            term = np.where(here, self.cells[np.where(here, rows - power * offset, 0)], 0) * factor
            found = found - term if power % 2 else found + term
            size = size + term
            power, factor = power + 1, factor * self.ratio
        return found, size


def filled(layout: Layout, numbers: Numbers) -> Cells:
    """Return how many coalitions stand at each place (rows, places), in numbers of the sort."""
    cells = numbers.empty(layout.rows, layout.cap + 1)
    cells[0, 0] = 1
    reach, joined = 0, 0
    highest = np.zeros((len(layout.box), 1), dtype=np.int64)
    for kind in layout.kinds:
        step = np.array(kind.shift, dtype=np.int64).reshape(-1, 1)
        for _ in kind.players:
            reach = min(layout.cap, reach + kind.length)
            highest = highest + step
            targets = layout.after(kind) & np.all(layout.digits <= highest, axis=0)
            if reach >= kind.length:
                _join(cells, layout, kind, np.flatnonzero(targets), reach, numbers.ratio)
            joined += 1
            numbers.settle(cells[:, : reach + 1], joined)
    return cells


def totals(layout: Layout, *, ratio: Any, kind: type[Any]) -> Totals | None:
    """Return the totals by row, or ``None`` where no row needs them."""
    if not (layout.limits == ANY).any():
        return None
    cells = np.zeros(layout.rows, dtype=kind)
    cells[0] = ratio**0
    for each in layout.kinds:
        targets = np.flatnonzero(layout.after(each))
        for _ in each.players:
            cells[targets] = cells[targets] + ratio * cells[targets - layout.offset(each)]
    return Totals(layout, cells, ratio)


def unbounded(layout: Layout, all_rows: Totals) -> list[tuple[Places, Cells, Cells]]:
    """Return for each kind, and last for winning, what the rows without a limit add to the swings.

    Rows, the numbers that they add, and the sum of all terms of which these were made.
    """
    found = []
    for kind in layout.kinds:
        rows, _, end = swing_rows(layout, kind)
        rows = rows[end == ANY]
        found.append((rows, *all_rows.without(kind, rows)))
    rows = np.flatnonzero(layout.limits == ANY)
    return [*found, (rows, all_rows.cells[rows], all_rows.cells[rows])]


def _join(
    cells: Cells, layout: Layout, kind: Kind, targets: Places, reach: int, ratio: float
) -> None:
    offset, length = layout.offset(kind), kind.length
    if len(targets) * (reach + 1) <= AT_ONCE:
        joining = cells[targets - offset, : reach + 1 - length]
        cells[targets, length : reach + 1] += joining if ratio == 1 else joining * ratio
        return
    for target in targets[::-1]:
        _join_row(cells[target], cells[target - offset], length, reach, ratio)


def _join_row(row: Cells, other: Cells, length: int, reach: int, ratio: float) -> None:
    """Add one row to another, shifted; from the far end, as it may be the same."""
    scratch = np.empty(_BLOCK, dtype=row.dtype)
    for end in range(reach + 1, length, -_BLOCK):
        start = max(length, end - _BLOCK)
        joining = scratch[: end - start]
        if ratio == 1:
            joining[:] = other[start - length : end - length]
        else:
            np.multiply(other[start - length : end - length], ratio, out=joining)
        row[start:end] += joining
