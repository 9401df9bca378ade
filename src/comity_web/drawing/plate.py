"""What all drawings share: the sheet with its title, years across it, and the line of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from comity_web.drawing.lettering import text_width
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, Value, el, group, percent

WIDE, NARROW = 640, 300
"""The narrowest plates, in pixels, that labels are placed for: of a page, and of a phone."""
TICKS = 12
TICK_SIZE = 11
NUMBER_RADIUS = 9.5
STEP, LEAST_STEPS, MOST_STEPS = 24, 2, 11


@dataclass(frozen=True, slots=True)
class Plate:
    """A finished drawing: its element, how high it is, and what it needs beside it.

    ``left`` and ``right`` are pixels for names that stand outside its frame; the style sheet leaves
    that room by the classes ``left-…`` and ``right-…``, which count steps of 24 pixels.
    """

    element: Element
    height: float
    left: float = 0
    right: float = 0


@dataclass(frozen=True, slots=True)
class Caption:
    """What a drawing is called and what it shows, for those who hear it."""

    id: str
    title: str
    description: str = ""


def plate(
    caption: Caption,
    children: Iterable[Element],
    height: float,
    *,
    class_: str,
    left: int = 0,
    right: int = 0,
    **more: str,
) -> Plate:
    """Return a drawing as wide as its place; what it holds is placed in percent of the width.

    ``left`` and ``right`` are the room beside it, in steps.
    """
    room = [f"left-{left}"] * bool(left) + [f"right-{right}"] * bool(right)
    attributes: dict[str, Value] = {
        "class": " ".join(["drawing", class_, *room]),
        "role": "group",
        "aria-labelledby": f"{caption.id}-title",
        **({"aria-describedby": f"{caption.id}-desc"} if caption.description else {}),
        "width": "100%",
        "height": round(height, 2),
        **more,
    }
    element = Element("svg", attributes, (*_said(caption), *children))
    return Plate(element, height, left * STEP, right * STEP)


def steps_for(texts: Iterable[str], size: float) -> int:
    """Return the room that texts need beside a drawing, in steps."""
    widest = max((text_width(each, size) for each in texts), default=0.0)
    return min(MOST_STEPS, max(LEAST_STEPS, ceil((widest + 12) / STEP)))


def _said(caption: Caption) -> list[Element]:
    title = el("title", caption.title, id=f"{caption.id}-title")
    if not caption.description:
        return [title]
    return [title, el("desc", caption.description, id=f"{caption.id}-desc")]


def anchor(at: float, text: str, size: float = TICK_SIZE) -> str:
    """Return how a text stands at its place, so that it stays on even the narrowest plate."""
    half = text_width(text, size) / 2 / NARROW * 100
    return "start" if at < half else "end" if at > 100 - half else "middle"


def years(scale: Scale, *, label_y: float, top: float, foot: float) -> Element:
    """Return the years across a plot: a hairline and a label each."""
    drawn = []
    for tick in scale.ticks(TICKS):
        x = percent(tick.at)
        drawn.append(el("line", class_="grid", x1=x, x2=x, y1=top, y2=foot))
        drawn.append(
            el(
                "text",
                str(tick.year),
                class_="tick wide" if tick.minor else "tick",
                x=x,
                y=label_y,
                text_anchor=anchor(tick.at, str(tick.year)),
            )
        )
    return group(drawn, aria_hidden="true")


def day_line(at: float, *, top: float, foot: float, label: str = "") -> Element:
    """Return the line of the chosen day, with its label over it where one is given."""
    x = percent(at)
    line = el("line", class_="day-line", x1=x, x2=x, y1=top, y2=foot)
    said = el("text", label, class_="day-label", x=x, y=top - 3, text_anchor=anchor(at, label))
    return group([line, said] if label else [line], aria_hidden="true")


def numbered(
    number: int, label: str, url: str, *, x: str, y: float, class_: str = "step"
) -> Element:
    """Return a number in a ring that leads somewhere; ``label`` says what it stands for."""
    return el(
        "a",
        el("title", label),
        el("circle", class_="number-ring", cx=x, cy=y, r=NUMBER_RADIUS),
        el("text", str(number), class_="number", x=x, y=y + 3.6, text_anchor="middle"),
        class_=class_,
        href=url,
    )
