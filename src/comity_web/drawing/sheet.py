"""The sheet of a map: its frame around the parties, the coastline and the graticule on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import hypot, radians

from comity_web.drawing.land import coastlines
from comity_web.drawing.projection import (
    Azimuthal,
    Degrees,
    EqualEarth,
    Place,
    projection_for,
)

_MARGIN = 12.0
_FINEST = 0.8
_LEAST = 0.16
_PADDING = 0.09
_STEPS = (5, 10, 15, 20, 30)
_MOST_PARALLELS = 7


@dataclass(frozen=True, slots=True)
class Format:
    """How wide a map is in pixels, and how high it may be at least and at most."""

    width: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A projection, and the part of its plane that the map shows: ``unit`` pixels to a radius."""

    projection: Azimuthal | EqualEarth
    left: float
    top: float
    unit: float
    width: float
    height: float

    def at(self, point: Degrees) -> Place:
        """Return where a point of the globe lies on the map, in pixels."""
        return self.pixels(self.projection.place(*point))

    def pixels(self, place: Place) -> Place:
        """Return where a place of the projection's plane lies on the map, in pixels."""
        return (place[0] - self.left) * self.unit, (self.top - place[1]) * self.unit


def sheet_for(points: Sequence[Degrees], shape: Format) -> Sheet:
    """Return the sheet that shows all the points with room around them."""
    projection = projection_for(points)
    places = [projection.place(*each) for each in points] or [(0.0, 0.0)]
    left, right = _padded([x for x, _ in places])
    foot, top = _padded([y for _, y in places])
    width, height = right - left, top - foot
    ratio = min(shape.most, max(shape.least, height / width * shape.width)) / shape.width
    wider, higher = max(width, height / ratio), max(height, width * ratio)
    return Sheet(
        projection,
        round(left - (wider - width) / 2, 3),
        round(top + (higher - height) / 2, 3),
        round(shape.width / wider, 3),
        shape.width,
        round(higher * shape.width / wider, 1),
    )


def _padded(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = max(_LEAST - (high - low) / 2, (high - low) * _PADDING, _LEAST / 4)
    return low - room, high + room


@lru_cache(maxsize=64)
def land_path(sheet: Sheet) -> str:
    """Return the land on the sheet as the data of a path; nothing where there is no coastline."""
    drawn = []
    for ring in coastlines():
        for places in _projected(sheet, ring):
            shown = _thinned(_clipped(places, sheet))
            if len(shown) > 2:
                drawn.append(_path(shown) + "z")
    return "".join(drawn)


def _projected(sheet: Sheet, ring: Sequence[Degrees]) -> Iterator[list[Place]]:
    projection = sheet.projection
    if isinstance(projection, Azimuthal):
        yield [sheet.at(each) for each in ring]
        return
    for turned in _unrolled(_round_the_pole(ring), projection.middle):
        yield [sheet.pixels(projection.unrolled(*each)) for each in turned]


def _round_the_pole(ring: Sequence[Degrees]) -> Sequence[Degrees]:
    """Close a coast that goes round the globe along the pole it surrounds."""
    if abs(ring[-1][0] - ring[0][0]) < 359:
        return ring
    pole = -90.0 if ring[0][1] < 0 else 90.0
    return [*ring, (ring[-1][0], pole), (ring[0][0], pole)]


def _unrolled(ring: Sequence[Degrees], middle: float) -> Iterator[list[Degrees]]:
    """Return the parts of a ring in the turn of the globe around ``middle``, as degrees from it."""
    for shift in (-360, 0, 360):
        turned = [(x - middle + shift, y) for x, y in ring]
        part = _cut(_cut(turned, 0, -180.0, 1), 0, 180.0, -1)
        if part:
            yield part


def _clipped(places: list[Place], sheet: Sheet) -> list[Place]:
    """Return the part of an area on the sheet and a margin; the margin hides where it was cut."""
    for axis, end in ((0, sheet.width), (1, sheet.height)):
        places = _cut(_cut(places, axis, -_MARGIN, 1), axis, end + _MARGIN, -1)
    return places


def _cut(places: list[Place], axis: int, limit: float, sign: int) -> list[Place]:
    """Return the part of an area on one side of a line (Sutherland and Hodgman, 1974)."""
    found: list[Place] = []
    for index, here in enumerate(places):
        before = places[index - 1]
        inside, was_inside = (
            sign * (here[axis] - limit) >= 0,
            sign * (before[axis] - limit) >= 0,
        )
        if inside != was_inside:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            found.append((limit, other) if axis == 0 else (other, limit))
        if inside:
            found.append(here)
    return found


def _thinned(places: Iterable[Place]) -> list[Place]:
    """Leave out points too near the one before to be told apart."""
    kept: list[Place] = []
    for x, y in places:
        if not kept or hypot(x - kept[-1][0], y - kept[-1][1]) >= _FINEST:
            kept.append((x, y))
    return kept


def _path(places: Sequence[Place]) -> str:
    """Write a line by its steps, in tenths of a pixel, so that no rounding adds up."""
    tenths = [(round(x * 10), round(y * 10)) for x, y in places]
    steps = [f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}l"]
    steps += [
        _step(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(tenths)
    ]
    return "".join(steps).replace("l ", "l")


def _step(x: int, y: int) -> str:
    first, second = _tenth(x), _tenth(y)
    space = " " if not first.startswith("-") else ""
    return f"{space}{first}{'' if second.startswith('-') else ' '}{second}"


def _tenth(value: int) -> str:
    text = f"{value / 10:.1f}".removesuffix(".0")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


@lru_cache(maxsize=64)
def graticule_path(sheet: Sheet) -> str:
    """Return the meridians and parallels on the sheet as the data of a path."""
    step = _graticule_step(sheet)
    fine = max(1.0, step / 3)
    drawn = []
    for line in (*_meridians(sheet, step, fine), *_parallels(sheet, step, fine)):
        drawn += [_path(run) for run in _runs(line, sheet) if len(run) > 1]
    return "".join(drawn)


def _graticule_step(sheet: Sheet) -> int:
    height = sheet.height / sheet.unit
    return next((s for s in _STEPS if height / radians(s) <= _MOST_PARALLELS), _STEPS[-1])


def _meridians(sheet: Sheet, step: int, fine: float) -> Iterator[list[Place]]:
    top = 90 - step
    for longitude in _range(-180, 180, step):
        yield [sheet.at((longitude, latitude)) for latitude in _range(-top, top + 0.1, fine)]


def _parallels(sheet: Sheet, step: int, fine: float) -> Iterator[list[Place]]:
    middle = sheet.projection.middle
    for latitude in _range(step - 90, 90, step):
        turns = _range(-179.99, 180, fine)
        yield [sheet.at((middle + turn, latitude)) for turn in turns]


def _range(first: float, last: float, step: float) -> list[float]:
    count = int((last - first) / step + 0.999)
    return [first + index * step for index in range(count)]


def _runs(line: Sequence[Place], sheet: Sheet) -> Iterator[list[Place]]:
    """Return the parts of a line that lie on the sheet, with one point beyond at either end."""
    on = [False, *(_on(sheet, each) for each in line), False]
    run: list[Place] = []
    for index, place in enumerate(line):
        if on[index] or on[index + 1] or on[index + 2]:
            run.append(place)
        elif run:
            yield run
            run = []
    yield run


def _on(sheet: Sheet, place: Place) -> bool:
    x, y = place
    return -_MARGIN <= x <= sheet.width + _MARGIN and -_MARGIN <= y <= sheet.height + _MARGIN
