"""Where the names of points stand, so that no name lies over another or over a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Anchor = Literal["start", "middle", "end"]
_CELL_X, _CELL_Y = 60.0, 20.0
# Where a name is tried, in this order: right, left, above, below, then the corners.
_SIDES: tuple[tuple[int, int], ...] = (
    (1, 0),
    (-1, 0),
    (0, -1),
    (0, 1),
    (1, -1),
    (1, 1),
    (-1, -1),
    (-1, 1),
)
_NEAR, _FARTHER = 10.0, (24.0, 40.0)


class Box(NamedTuple):
    """A rectangle: its edges. A plain tuple, because thousands are tried."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share any of their areas."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A point, and the widths of what may stand beside it, the one wanted first."""

    x: float
    y: float
    widths: tuple[float, ...]


class Placed(NamedTuple):
    """Where a text stands: which of those wanted, its anchor and foot, and the box it fills.

    ``away`` is whether it stands so far off that a line has to lead to it.
    """

    choice: int
    x: float
    y: float
    anchor: Anchor
    box: Box
    away: bool


class _Taken:
    """Boxes already taken, found by the cells of a grid that they lie in."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[int, int], list[Box]] = defaultdict(list)

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self._cells[cell].append(box)

    def meets(self, box: Box) -> bool:
        return any(box.meets(each) for cell in _cells(box) for each in self._cells.get(cell, ()))


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    rows = range(int(box.top // _CELL_Y), int(box.bottom // _CELL_Y) + 1)
    for column in range(int(box.left // _CELL_X), int(box.right // _CELL_X) + 1):
        for row in rows:
            yield column, row


def placed(
    wanted: Sequence[Wanted], *, size: float, frame: Box, reach: float
) -> list[Placed | None]:
    """Place the texts of points, in their order; one that has no room anywhere is left out.

    Every text is ``size`` high and stays inside the frame; ``reach`` is how far a point's own mark
    extends. All the first choices are tried at a point, near it and then farther away, before a
    second choice is.
    """
    taken = _Taken()
    for each in wanted:
        taken.add(Box(each.x - reach, each.y - reach, each.x + reach, each.y + reach))
    found: list[Placed | None] = []
    for each in wanted:
        choices = _candidates(each, size)
        fitting = (c for c in choices if _inside(c.box, frame) and not taken.meets(c.box))
        best = next(fitting, None)
        if best:
            taken.add(best.box)
        found.append(best)
    return found


def _inside(box: Box, frame: Box) -> bool:
    return (
        frame.left <= box.left
        and box.right <= frame.right
        and frame.top <= box.top
        and box.bottom <= frame.bottom
    )


def _candidates(wanted: Wanted, size: float) -> Iterable[Placed]:
    for choice, width in enumerate(wanted.widths):
        for distance in (_NEAR, *_FARTHER):
            for side in _SIDES:
                yield _beside(wanted, choice, width, size, side, distance)


def _beside(
    wanted: Wanted, choice: int, width: float, size: float, side: tuple[int, int], distance: float
) -> Placed:
    """Return a text beside a point: on a side, at a distance; corners count as a little nearer."""
    across, down = side
    corner = 0.72 if across and down else 1
    x, middle = wanted.x + across * distance * corner, wanted.y + down * distance * corner
    middle += down * size * 0.3
    anchor: Anchor = "start" if across > 0 else "end" if across < 0 else "middle"
    left = x - width * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    box = Box(left, middle - size * 0.6, left + width, middle + size * 0.6)
    return Placed(choice, x, middle + size * 0.36, anchor, box, distance > _NEAR)
