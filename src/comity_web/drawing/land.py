"""Coastlines of land, and of nothing else: no border is read, none can be drawn.

The file holds a list of rings of [longitude, latitude], closed or not. Public coastlines are cut
along the 180th meridian; the cuts are taken out here, for they are not coasts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from comity_web.drawing.projection import Degrees

FILE = Path(__file__).parent / "data" / "land.json"
_CUT = 180.0
_NEAR = 0.01

Line = list[Degrees]


@lru_cache(maxsize=4)
def coastlines(file: Path = FILE) -> tuple[tuple[Degrees, ...], ...]:
    """Return the rings of the file, whole across the 180th meridian; none where there is no file.

    Longitudes run on beyond 180 where a ring crosses that meridian. A ring that goes round the
    globe, as that about the South Pole does, comes back as a line: its first point is not its last.
    """
    if not file.exists():
        return ()
    rings = [[(float(x), float(y)) for x, y in ring] for ring in json.loads(file.read_text())]
    whole, pieces = [], []
    for ring in rings:
        lines = _uncut(ring)
        if lines is None:
            whole.append(tuple(ring))
        else:
            pieces += lines
    return (*whole, *(tuple(each) for each in _joined(pieces)))


def _on_cut(point: Degrees) -> bool:
    return abs(abs(point[0]) - _CUT) < _NEAR or point[1] < -90 + _NEAR


def _uncut(ring: Line) -> list[Line] | None:
    """Return the coasts of a ring that was cut, or ``None`` for a ring that was not."""
    points = ring[:-1] if ring[0] == ring[-1] else ring
    count = len(points)
    cut = [_on_cut(points[i]) and _on_cut(points[(i + 1) % count]) for i in range(count)]
    if not any(cut):
        return None
    first = next(i for i in range(count) if cut[i - 1] and not cut[i])
    lines: list[Line] = []
    for step in range(count):
        index = (first + step) % count
        if not cut[index]:
            if cut[index - 1]:
                lines.append([points[index]])
            lines[-1].append(points[(index + 1) % count])
    return lines


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Join coasts that end on either side of the cut at one latitude."""
    open_lines = list(lines)
    found: list[Line] = []
    while open_lines:
        line = open_lines.pop()
        while (following := _following(line, open_lines)) is not None:
            open_lines.remove(following)
            shift = 360 * round((line[-1][0] - following[0][0]) / 360)
            line = line + [(x + shift, y) for x, y in following[1:]]
        found.append(line)
    return found


def _following(line: Line, others: Sequence[Line]) -> Line | None:
    return next((each for each in others if _meet(line[-1], each[0])), None)


def _meet(one: Degrees, other: Degrees) -> bool:
    turns = (one[0] - other[0]) / 360
    return abs(turns - round(turns)) * 360 < _NEAR and abs(one[1] - other[1]) < _NEAR
