"""One party's path: what it has been, the steps on the way, and what is still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from comity_web.drawing.bars import Bar, Slot, Strip, bars, slots
from comity_web.drawing.fills import patterns
from comity_web.drawing.lettering import levels
from comity_web.drawing.plate import (
    NARROW,
    NUMBER_RADIUS,
    Caption,
    Plate,
    day_line,
    numbered,
    plate,
    years,
)
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, el, group, percent

HEAD, BAR, BETWEEN = 20, 24, 10
LANE_NAME = 18
STEP = 26
MOST_LEVELS = 6
FOOT = 20


@dataclass(frozen=True, slots=True)
class Lane:
    """Spells that follow one another; several lanes have names."""

    name: str
    spells: tuple[Bar, ...]
    suspensions: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened on the way; ``number`` is its place in the list."""

    number: int
    on: date
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Pending:
    """A change announced on one day that takes effect on another."""

    announced_on: date
    effect_on: date
    label: str


def path(
    lanes: Sequence[Lane],
    steps: Sequence[Step],
    *,
    caption: Caption,
    scale: Scale,
    day: date | None = None,
    day_label: str = "",
    pending: Pending | None = None,
) -> Plate:
    """Return the drawing of a party's path; steps that have no room are left to the list."""
    children: list[Element] = [patterns(caption.id, (b.number for e in lanes for b in e.spells))]
    named = len(lanes) > 1
    height = (LANE_NAME if named else 0) + BAR + BETWEEN
    lanes_foot = HEAD + height * len(lanes)
    placed = _placed(steps, scale)
    used = max((level for _, level in placed), default=-1) + 1
    foot = lanes_foot + used * STEP
    children.append(years(scale, label_y=foot + FOOT - 5, top=HEAD - 6, foot=foot + 4))
    for index, lane in enumerate(lanes):
        top = HEAD + height * index
        children += _lane(caption.id, scale, lane, top, named=named)
    if pending:
        children.append(_pending(pending, scale, HEAD + height - BETWEEN))
    children += [_leader(step, scale, lanes_foot, level) for step, level in placed]
    children += [_step(step, scale, lanes_foot, level) for step, level in placed]
    if day and day in scale:
        line = day_line(scale.at(day), top=HEAD - 6, foot=lanes_foot - 4, label=day_label)
        children.append(line)
    return plate(caption, children, foot + FOOT, class_="path")


def _lane(drawing: str, scale: Scale, lane: Lane, top: float, *, named: bool) -> list[Element]:
    bar_top = top + (LANE_NAME if named else 0)
    strip = Strip(drawing, scale, bar_top, BAR)
    name = [el("text", lane.name, class_="heading", y=bar_top - 5)] if named else []
    middle = bar_top + BAR / 2
    rule = el("line", class_="rule", x2="100%", y1=middle, y2=middle)
    return [rule, *bars(strip, lane.spells), *slots(strip, lane.suspensions), *name]


def _placed(steps: Sequence[Step], scale: Scale) -> list[tuple[Step, int]]:
    """Put the numbers of steps on levels on which they do not meet, even on a phone."""
    half = STEP / NARROW * 50
    boxes = []
    for step in steps:
        at = _inside(scale.at(step.on))
        boxes.append((at - half, at + half))
    found = levels(boxes, MOST_LEVELS)
    return [(s, level) for s, level in zip(steps, found, strict=True) if level is not None]


def _inside(at: float) -> float:
    """Keep a number on the plate where its day lies at the edge."""
    half = STEP / NARROW * 50
    return min(100 - half, max(half, at))


def _leader(step: Step, scale: Scale, top: float, level: int) -> Element:
    at = scale.at(step.on)
    y = _step_y(top, level) - NUMBER_RADIUS
    return el(
        "line", class_="leader", x1=percent(at), x2=percent(_inside(at)), y1=top - BETWEEN, y2=y
    )


def _step_y(top: float, level: int) -> float:
    return top + level * STEP + STEP / 2


def _step(step: Step, scale: Scale, top: float, level: int) -> Element:
    x = percent(_inside(scale.at(step.on)))
    return numbered(step.number, step.label, step.url, x=x, y=_step_y(top, level))


def _pending(pending: Pending, scale: Scale, y: float) -> Element:
    """Draw a dashed line from the announcement to the day of effect, which ends in a stop."""
    x1, x2 = percent(scale.at(pending.announced_on)), percent(scale.at(pending.effect_on))
    return group(
        [
            el("title", pending.label),
            el("line", class_="pending", x1=x1, x2=x2, y1=y + 3, y2=y + 3),
            el("line", class_="pending-end", x1=x2, x2=x2, y1=y - BAR, y2=y + 6),
        ]
    )
