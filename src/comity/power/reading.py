"""What to read from a table of the opposed, so that one player is left out of it again.

Who leaves takes part of every sum with it: the coalitions without a player are those of all, less
those without it shifted by its weight. Written out, that is an alternating sum of few ranges.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from comity.power.layout import ANY, NONE, Kind, Layout, Places


@dataclass(frozen=True, slots=True)
class Reading:
    """Ranges of a table, one for each place of the arrays.

    ``answer`` says to which kind a range belongs (one beyond the last: to the count of winning
    coalitions), ``of_row`` to which sums along the short axes. The range lies in ``row`` after
    ``start`` up to ``end``, and counts ``(-ratio) ** power``, taken away where ``less``.
    """

    answer: Places
    of_row: Places
    row: Places
    start: Places
    end: Places
    power: Places
    less: Places

    def chosen(self, places: Places) -> Reading:
        """Return the ranges at some places."""
        return Reading(*(getattr(self, name)[places] for name in self.__slots__))


def reading(layout: Layout, *, most_powers: int) -> Reading:
    """Return all ranges that the swings of every kind, and the winning coalitions, take.

    Of a series longer than ``most_powers`` the rest is left out.
    """
    parts = [
        *_of_winning(layout),
        *(
            part
            for number, kind in enumerate(layout.kinds)
            for part in _of_kind(layout, number, kind, most_powers)
        ),
    ]
    joined = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Reading(*joined)


def swing_rows(layout: Layout, kind: Kind) -> tuple[Places, Places, Places]:
    """Return the rows in which a player of this kind may decide, and between which two limits.

    In such a row the opposed without the player weigh more than the first limit and no more than
    the second.
    """
    rows = np.arange(layout.rows, dtype=np.int64)
    with_player = rows + layout.offset(kind)
    shift = np.array(kind.shift, dtype=np.int64).reshape(-1, 1)
    box = np.array(layout.box, dtype=np.int64).reshape(-1, 1)
    within = np.all(layout.digits + shift <= box, axis=0)
    beyond = np.full(layout.rows, NONE, dtype=np.int64)
    beyond[within] = layout.limits[with_player[within]]
    start = np.where(beyond == ANY, ANY, np.maximum(beyond - kind.length, NONE))
    decides = start < layout.limits
    return rows[decides], start[decides], layout.limits[decides]


def _of_winning(layout: Layout) -> Iterator[tuple[Places, ...]]:
    rows = np.flatnonzero((layout.limits != NONE) & (layout.limits != ANY))
    same = np.zeros_like(rows)
    yield same + len(layout.kinds), rows, rows, same + NONE, layout.limits[rows], same, same


def _of_kind(
    layout: Layout, number: int, kind: Kind, most_powers: int
) -> Iterator[tuple[Places, ...]]:
    rows, start, end = swing_rows(layout, kind)
    unbounded = end == ANY  # all less those below: the totals are known apart
    end = np.where(unbounded, start, end)
    start = np.where(unbounded, NONE, start)
    powers = np.arange(min(most_powers, _powers(layout, kind)), dtype=np.int64)
    last = end[:, None] - powers * kind.length
    here = (last > NONE) & _has_stepped(layout, kind, rows, powers)
    at, power = np.nonzero(here)
    yield (
        np.full(len(at), number, dtype=np.int64),
        rows[at],
        rows[at] - power * layout.offset(kind),
        np.maximum(start[at] - power * kind.length, NONE),
        last[at, power],
        power,
        unbounded[at].astype(np.int64),
    )


def _powers(layout: Layout, kind: Kind) -> int:
    """Return how many times a player may be taken out at most before nothing is left."""
    steps = [most // step for most, step in zip(layout.box, kind.shift, strict=True) if step]
    if kind.length:
        steps.append(layout.cap // kind.length)
    return min(steps) + 1


def _has_stepped(layout: Layout, kind: Kind, rows: Places, powers: Places) -> npt.NDArray[np.bool_]:
    """Return (rows, powers) whether a row is at least so many steps of the player from none."""
    found = np.ones((len(rows), len(powers)), dtype=np.bool_)
    for sums, step in zip(layout.digits, kind.shift, strict=True):
        found &= sums[rows][:, None] >= powers * step
    return found
