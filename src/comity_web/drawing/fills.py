"""What tells one status from another without colour: a fill for areas, a shape for points.

Both go by the number of the status, 1 to 6, which is also that of its tint.
"""

from __future__ import annotations

from collections.abc import Iterable

from comity_web.drawing.svg import Element, el, group

FILLS = 6
_TILE = 6
# Inside a tile of 6 by 6. The first fill is solid and the others are drawn on a pale ground; lines
# that slant leave the tile at its corners and come in again at the opposite ones.
_STROKES = {
    2: "M-1.5 1.5L1.5-1.5M0 6L6 0M4.5 7.5L7.5 4.5",
    3: "M1.5 1.5h.01M4.5 4.5h.01",
    4: "M0 1.5H6M0 4.5H6",
    5: "M0 6L6 0M0 0L6 6",
    6: "M1.5 0V6M4.5 0V6",
}
# Around the point 0, 0; a ring has a hole, so that 4 to 6 are 1 to 3 left open.
_SHAPES = {
    1: "M-4.5-4.5h9v9h-9z",
    2: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    3: "M0-6.3L6.3 0L0 6.3L-6.3 0z",
}


def fill(drawing: str, number: int) -> str:
    """Return the value of a ``fill`` attribute; the drawing must hold `patterns`."""
    return f"url(#{drawing}-{number})"


def patterns(drawing: str, numbers: Iterable[int]) -> Element:
    """Return the definitions of fills; ``drawing`` begins their identifiers."""
    return el("defs", *(_pattern(drawing, number) for number in sorted(set(numbers))))


def _pattern(drawing: str, number: int) -> Element:
    tint = f"tint-{number}"
    ground = el("rect", class_=f"{'solid' if number == 1 else 'ground'} {tint}", width=6, height=6)
    strokes = _STROKES.get(number)
    kind = "dots" if number == 3 else "hatch"
    drawn = [el("path", class_=f"{kind} {tint}", d=strokes)] if strokes else []
    return el(
        "pattern",
        ground,
        *drawn,
        id=f"{drawing}-{number}",
        width=_TILE,
        height=_TILE,
        patternUnits="userSpaceOnUse",
    )


def mark(number: int, scale: float = 1) -> Element:
    """Return the shape that stands for a status, around the point 0, 0."""
    open_ = number > 3
    return el(
        "path",
        class_=f"{'ring' if open_ else 'mark'} tint-{number}",
        d=_SHAPES[number - 3 if open_ else number],
        transform=f"scale({scale})" if scale != 1 else None,
    )


def swatch(drawing: str, number: int) -> Element:
    """Return a sample of a fill for a key; to be shown beside the name, so it is not read out."""
    box = el("rect", class_=f"bar tint-{number}", fill=fill(drawing, number), x=0.5, y=0.5)
    sized = Element(box.name, {**box.attributes, "width": 21, "height": 11})
    return el("svg", sized, class_="drawing swatch", width=22, height=12, aria_hidden="true")


def mark_swatch(number: int) -> Element:
    """Return a sample of a mark for a key; to be shown beside the name, so it is not read out."""
    drawn = group([mark(number)], transform="translate(8 8)")
    return el("svg", drawn, class_="drawing swatch", width=16, height=16, aria_hidden="true")
