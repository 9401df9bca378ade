"""A map without borders: the parties as points at their capitals, marked by status.

Land has a coastline and nothing else. A name that has no room gives way to the number of the party
in the list beside the map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity_web.drawing.fills import mark
from comity_web.drawing.lettering import text_width
from comity_web.drawing.placement import Box, Placed, Wanted, placed
from comity_web.drawing.plate import Caption, Plate, plate
from comity_web.drawing.projection import Degrees
from comity_web.drawing.sheet import Format, Sheet, graticule_path, land_path, sheet_for
from comity_web.drawing.svg import Element, el, group, number

PAGE = Format(1000, 460, 680)
PHONE = Format(360, 300, 430)
NAME_SIZE = 12.5
_EDGE = 4.0
_REACH = 7.0


@dataclass(frozen=True, slots=True)
class Point:
    """A party: where its capital lies, its status, and its number in the list.

    ``suspended`` is drawn as a ring around the mark; ``label`` says all in a line.
    """

    at: Degrees
    number: int
    status: int
    name: str
    url: str
    label: str
    suspended: bool = False


def map_of(
    points: Sequence[Point],
    *,
    caption: Caption,
    around: Sequence[Degrees] = (),
    shape: Format = PAGE,
) -> Plate:
    """Return the map; its frame holds the points and what else is to lie within it.

    ``around`` keeps the frame the same when points come and go.
    """
    sheet = sheet_for(sorted({*around, *(each.at for each in points)}), shape)
    places = [sheet.at(each.at) for each in points]
    wanted = [_wanted(each, *at) for each, at in zip(points, places, strict=True)]
    frame = Box(_EDGE, _EDGE, sheet.width - _EDGE, sheet.height - _EDGE)
    found = placed(wanted, size=NAME_SIZE, frame=frame, reach=_REACH)
    drawn = [
        _ground(sheet, caption.id),
        *(_point(each, at, where) for each, at, where in zip(points, places, found, strict=True)),
        el("rect", class_="frame", width=sheet.width, height=sheet.height),
    ]
    view = f"0 0 {number(sheet.width)} {number(sheet.height)}"
    return plate(caption, drawn, sheet.height, class_="map", viewBox=view)


def _wanted(point: Point, x: float, y: float) -> Wanted:
    texts = (point.name, str(point.number))
    return Wanted(x, y, tuple(text_width(each, NAME_SIZE) + 2 for each in texts))


def _ground(sheet: Sheet, drawing: str) -> Element:
    """Return sea, graticule and land, cut off at the frame."""
    window = el("rect", width=sheet.width, height=sheet.height)
    land = land_path(sheet)
    return group(
        [
            el("defs", el("clipPath", window, id=f"{drawing}-window")),
            el("rect", class_="sea", width=sheet.width, height=sheet.height),
            el("path", class_="graticule", d=graticule_path(sheet)),
            *([el("path", class_="land", d=land, fill_rule="evenodd")] if land else []),
        ],
        clip_path=f"url(#{drawing}-window)",
        aria_hidden="true",
    )


def _point(point: Point, at: tuple[float, float], where: Placed | None) -> Element:
    drawn = [
        el("title", point.label),
        *(_lettering(point, at, where) if where else ()),
        el("circle", class_="hit", r=12),
        *([el("circle", class_="suspended", r=8)] if point.suspended else []),
        mark(point.status),
    ]
    move = f"translate({number(at[0])} {number(at[1])})"
    if not point.url:
        return group(drawn, class_="point", transform=move)
    return el("a", *drawn, class_="point", href=point.url, transform=move)


def _lettering(point: Point, at: tuple[float, float], where: Placed) -> list[Element]:
    """Write the name or the number of a point, from the point's own place."""
    x, y = where.x - at[0], where.y - at[1]
    kind, text = ("name", point.name) if where.choice == 0 else ("key-number", str(point.number))
    written = el("text", text, class_=kind, x=x, y=y, text_anchor=where.anchor)
    if not where.away:
        return [written]
    return [el("line", class_="leader", x2=x, y2=y - NAME_SIZE * 0.36), written]
