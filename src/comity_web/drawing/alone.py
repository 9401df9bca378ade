"""A drawing as a file of its own: without a style sheet, so each element carries its looks.

The looks are those of the page on light paper. Links lead nowhere from a file, so they are left
out; so is what only a phone shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity_web.drawing.lettering import lines, text_width
from comity_web.drawing.plate import Plate
from comity_web.drawing.svg import Element, Value, el, number

WIDTH = 1000
MARGIN = 24
PAPER, SHEET, INK, QUIET = "#fbfaf5", "#ffffff", "#1b2330", "#586170"
LINE, LINE_STRONG, WASH, FOCUS = "#dcd7c9", "#a9a392", "#f2efe4", "#b3541e"
TINTS = ("#14466f", "#3d8194", "#bd8f3a", "#6f8a4f", "#86648f", "#a25a43")
SANS = "system-ui, 'Noto Sans', 'Liberation Sans', sans-serif"
SERIF = "Palatino, 'Noto Serif', 'Liberation Serif', Georgia, serif"
TITLE_SIZE, HEADING_SIZE, KEY_SIZE, NOTE_SIZE = 22, 16, 12, 12
_ROOM = WIDTH - 2 * MARGIN
_HALO: dict[str, Value] = {"stroke": PAPER, "stroke-width": 3, "paint-order": "stroke"}
_TINT = "tint"

# By class, what the style sheet of the site says of it (`drawing.css`); "tint" is the status's own.
LOOKS: dict[str, dict[str, Value]] = {
    "grid": {"stroke": LINE, "stroke-width": 1},
    "axis": {"stroke": LINE_STRONG, "stroke-width": 1},
    "rule": {"stroke": LINE, "stroke-width": 1},
    "leader": {"stroke": LINE_STRONG, "stroke-width": 1},
    "landmark": {"stroke": INK, "stroke-width": 1},
    "day-line": {"stroke": FOCUS, "stroke-width": 1.5},
    "pending": {"stroke": INK, "stroke-width": 1.5, "stroke-dasharray": "4 3"},
    "pending-end": {"stroke": INK, "stroke-width": 2},
    "area": {"shape-rendering": "crispEdges"},
    "edge": {"stroke": INK, "stroke-width": 1, "fill": "none"},
    "tick": {"fill": QUIET, "font-size": 11},
    "day-label": {"fill": FOCUS, "font-size": 11, "font-weight": 600},
    "heading": {"fill": INK, "font-size": 13, "font-weight": 600, "font-family": SERIF},
    "name": {"fill": INK, "font-size": 12.5},
    "label": {"fill": INK, "font-size": 12},
    "letter": {"fill": INK, "font-size": 10, "font-weight": 600, **_HALO},
    "on": {"fill": PAPER, "stroke": "none"},
    "bar": {"stroke": _TINT, "stroke-width": 1},
    "soft": {"stroke": _TINT, "stroke-width": 1, "stroke-dasharray": "2 2", "opacity": 0.55},
    "slot": {"fill": PAPER, "stroke": INK, "stroke-width": 1},
    "number-ring": {"fill": PAPER, "stroke": INK, "stroke-width": 1},
    "number": {"fill": INK, "font-size": 10.5},
    "stop": {"fill": PAPER, "stroke": INK, "stroke-width": 1.5},
    "tenure": {"fill": WASH, "stroke": LINE_STRONG, "stroke-width": 1},
    "solid": {"fill": _TINT},
    "ground": {"fill": _TINT, "opacity": 0.16},
    "hatch": {"stroke": _TINT, "stroke-width": 1.6, "fill": "none"},
    "dots": {"stroke": _TINT, "stroke-width": 2.4, "stroke-linecap": "round", "fill": "none"},
    "mark": {"fill": _TINT, "stroke": PAPER, "stroke-width": 1},
    "ring": {"fill": PAPER, "stroke": _TINT, "stroke-width": 2.6},
    "suspended": {"fill": "none", "stroke": INK, "stroke-width": 1, "stroke-dasharray": "2 2"},
    "key-number": {"fill": QUIET, "font-size": 11},
    "sea": {"fill": SHEET},
    "graticule": {"stroke": LINE, "stroke-width": 0.75, "fill": "none"},
    "land": {"fill": WASH, "stroke": LINE_STRONG, "stroke-width": 0.75},
    "frame": {"stroke": LINE_STRONG, "stroke-width": 1, "fill": "none"},
    "alone-title": {"fill": INK, "font-size": TITLE_SIZE, "font-family": SERIF},
    "alone-heading": {
        "fill": INK,
        "font-size": HEADING_SIZE,
        "font-weight": 600,
        "font-family": SERIF,
    },
    "alone-note": {"fill": QUIET, "font-size": NOTE_SIZE},
}
# On a map a name stands on land and sea.
_ON_MAPS: dict[str, dict[str, Value]] = {
    each: {**LOOKS[each], **_HALO, "stroke": SHEET} for each in ("name", "key-number")
}
_LEFT_OUT = frozenset({"narrow", "hit"})


@dataclass(frozen=True, slots=True)
class Part:
    """Plates under one heading; the heading may be empty."""

    heading: str
    plates: tuple[Plate, ...]


def alone(
    parts: Sequence[Part],
    *,
    id: str,
    title: str,
    notes: Iterable[str] = (),
    key: Sequence[tuple[Element, str]] = (),
) -> Element:
    """Return plates under one another with a title, a key and notes below, as one drawing."""
    sheet = _Sheet()
    sheet.write(title, "alone-title", size=TITLE_SIZE, below=18)
    sheet.put_key(key)
    for part in parts:
        if part.heading:
            sheet.write(part.heading, "alone-heading", size=HEADING_SIZE, below=8)
        for plate in part.plates:
            sheet.put(plate)
    for line in (line for note in notes for line in lines(note, _ROOM, NOTE_SIZE)):
        sheet.write(line, "alone-note", size=NOTE_SIZE, below=4)
    height = round(sheet.y + MARGIN, 2)
    return dressed(
        el(
            "svg",
            el("title", title, id=f"{id}-alone-title"),
            el("rect", width="100%", height="100%", fill=PAPER),
            *sheet.drawn,
            width=WIDTH,
            height=height,
            viewBox=f"0 0 {WIDTH} {number(height)}",
            role="img",
            aria_labelledby=f"{id}-alone-title",
            font_family=SANS,
        )
    )


class _Sheet:
    """A sheet being filled from the top; ``y`` is how far it is."""

    def __init__(self) -> None:
        self.y = float(MARGIN)
        self.drawn: list[Element] = []

    def write(self, text: str, kind: str, *, size: float, below: float) -> None:
        """Write a line."""
        self.y += size
        self.drawn.append(el("text", text, class_=kind, x=MARGIN, y=self.y))
        self.y += below

    def put(self, plate: Plate) -> None:
        """Put a plate as wide as the sheet."""
        height = height_of(plate)
        element = plate.element
        where = {"x": MARGIN + plate.left, "width": _ROOM - plate.left - plate.right}
        placed = {**element.attributes, **where, "y": self.y, "height": height}
        self.drawn.append(Element(element.name, placed, element.children))
        self.y += height + 16

    def put_key(self, key: Sequence[tuple[Element, str]]) -> None:
        """Put samples and names in a line, as far as it goes, then in the next."""
        x = float(MARGIN)
        for sample, name in key:
            width = 30 + text_width(name, KEY_SIZE)
            if x > MARGIN and x + width > WIDTH - MARGIN:
                x, self.y = float(MARGIN), self.y + 20
            at = {**sample.attributes, "x": x, "y": self.y}
            self.drawn.append(Element(sample.name, at, sample.children))
            self.drawn.append(el("text", name, class_="label", x=x + 30, y=self.y + 10))
            x += width + 24
        self.y += 32 if key else 0


def height_of(plate: Plate) -> float:
    """Return how high a plate is where it is as wide as the file."""
    view = str(plate.element.attributes.get("viewBox", ""))
    if not view:
        return plate.height
    _, _, width, height = (float(each) for each in view.split())
    return round(height * _ROOM / width, 2)


def dressed(element: Element, *, on_map: bool = False) -> Element:
    """Return an element with attributes in the place of classes."""
    classes = str(element.attributes.get("class", "")).split()
    on_map = on_map or "map" in classes
    attributes = {
        name: value for name, value in element.attributes.items() if name not in ("class", "href")
    }
    for each in classes:
        looks = (_ON_MAPS if on_map and each in _ON_MAPS else LOOKS).get(each, {})
        attributes |= {name: _tinted(value, classes) for name, value in looks.items()}
    children = tuple(
        dressed(each, on_map=on_map) if isinstance(each, Element) else each
        for each in element.children
        if isinstance(each, str) or _LEFT_OUT.isdisjoint(_classes(each))
    )
    if element.name == "svg":
        attributes["overflow"] = "visible"  # as on the page
    return Element("g" if element.name == "a" else element.name, attributes, children)


def _classes(element: Element) -> list[str]:
    return str(element.attributes.get("class", "")).split()


def _tinted(value: Value, classes: Iterable[str]) -> Value:
    if value != _TINT:
        return value
    named = next((each for each in classes if each.startswith("tint-")), "tint-1")
    return TINTS[int(named.removeprefix("tint-")) - 1]
