"""The life of an organisation as an axis: landmarks that lead to their day, and the chosen day.

The axis takes the whole width, from the first day at the left edge to the last at the right, so
that an ``input`` of type ``range`` can lie over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity_web.drawing.lettering import levels, still_apart, text_width
from comity_web.drawing.plate import (
    NARROW,
    TICKS,
    WIDE,
    Caption,
    Plate,
    anchor,
    plate,
)
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, el, group, percent

LABEL_SIZE, LABEL_STEP, LABEL_LEVELS = 11.5, 17, 2
AXIS, HEIGHT = 54, 90
_GAP = 10
_TARGET = 24


@dataclass(frozen=True, slots=True)
class Landmark:
    """A day to go to: what it is called in a word, all of it in a line, and how much it weighs."""

    on: date
    name: str
    label: str
    url: str
    weight: int


def life(
    landmarks: Sequence[Landmark],
    *,
    caption: Caption,
    scale: Scale,
    day: date | None = None,
    day_label: str = "",
) -> Plate:
    """Return the axis; every landmark is a tick, and those that weigh most are named first.

    Links that would lie too near one another for a finger give way to the weightier one.
    """
    order = sorted(range(len(landmarks)), key=lambda each: (-landmarks[each].weight, each))
    named = levels(_label_boxes(landmarks, scale, WIDE), LABEL_LEVELS, order)
    on_phones = still_apart(_label_boxes(landmarks, scale, NARROW), named, order)
    linked = levels(_target_boxes(landmarks, scale, WIDE), 1, order)
    linked_on_phones = still_apart(_target_boxes(landmarks, scale, NARROW), linked, order)
    drawn = [
        _years(scale),
        el("line", class_="axis", x2="100%", y1=AXIS, y2=AXIS),
        *(_tick(each, scale) for each in landmarks),
    ]
    for index, each in enumerate(landmarks):
        if linked[index] is None:
            continue
        level = named[index]
        name = [] if level is None else _name(each, scale, level, on_phones[index])
        drawn.append(_link(each, scale, name, on_phones=linked_on_phones[index]))
    if day and day in scale:
        drawn.append(_chosen(scale.at(day), day_label))
    return plate(caption, drawn, HEIGHT, class_="life")


def _label_boxes(
    landmarks: Sequence[Landmark], scale: Scale, width: float
) -> list[tuple[float, float]]:
    boxes = []
    for each in landmarks:
        at, room = scale.at(each.on), (text_width(each.name, LABEL_SIZE) + _GAP) / width * 100
        left = at - room * {"start": 0, "middle": 0.5, "end": 1}[_anchor(each, scale)]
        boxes.append((left, left + room))
    return boxes


def _anchor(landmark: Landmark, scale: Scale) -> str:
    return anchor(scale.at(landmark.on), landmark.name, LABEL_SIZE)


def _target_boxes(
    landmarks: Sequence[Landmark], scale: Scale, width: float
) -> list[tuple[float, float]]:
    half = _TARGET / width * 50
    return [(scale.at(each.on) - half, scale.at(each.on) + half) for each in landmarks]


def _years(scale: Scale) -> Element:
    drawn = []
    for tick in scale.ticks(TICKS):
        x, year = percent(tick.at), str(tick.year)
        drawn.append(el("line", class_="grid", x1=x, x2=x, y1=AXIS, y2=AXIS + 6))
        stands = anchor(tick.at, year)
        kind = "tick wide" if tick.minor else "tick"
        drawn.append(el("text", year, class_=kind, x=x, y=AXIS + 20, text_anchor=stands))
    return group(drawn, aria_hidden="true")


def _tick(landmark: Landmark, scale: Scale) -> Element:
    x = percent(scale.at(landmark.on))
    return el("line", class_="landmark", x1=x, x2=x, y1=AXIS - 6, y2=AXIS)


def _link(landmark: Landmark, scale: Scale, named: list[Element], *, on_phones: bool) -> Element:
    x = percent(scale.at(landmark.on))
    return el(
        "a",
        el("title", landmark.label),
        el("circle", class_="hit", cx=x, cy=AXIS, r=_TARGET / 2),
        *named,
        el("circle", class_="stop", cx=x, cy=AXIS, r=4),
        class_="step" if on_phones else "step wide",
        href=landmark.url,
    )


def _name(landmark: Landmark, scale: Scale, level: int, on_phones: bool) -> list[Element]:
    x, y = percent(scale.at(landmark.on)), AXIS - 14 - level * LABEL_STEP
    wide = "" if on_phones else " wide"
    leader = el("line", class_=f"leader{wide}", x1=x, x2=x, y1=y + 3, y2=AXIS - 6)
    stands = _anchor(landmark, scale)
    text = el("text", landmark.name, class_=f"label{wide}", x=x, y=y, text_anchor=stands)
    return [leader, text] if level else [text]


def _chosen(at: float, label: str) -> Element:
    """Return the chosen day as a pointer under the axis."""
    line = el("line", class_="day-line", x1=percent(at), x2=percent(at), y1=AXIS - 8, y2=AXIS + 8)
    said = el(
        "text",
        label,
        class_="day-label",
        x=percent(at),
        y=HEIGHT,
        text_anchor=anchor(at, label),
    )
    return group([line, said], aria_hidden="true")
