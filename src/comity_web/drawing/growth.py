"""How many held each status from day to day: steps stacked on one another, exact to the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from comity_web.drawing.fills import fill, patterns
from comity_web.drawing.lettering import levels, shortened, still_apart, text_width
from comity_web.drawing.plate import (
    NARROW,
    NUMBER_RADIUS,
    STEP,
    WIDE,
    Caption,
    Plate,
    day_line,
    numbered,
    plate,
    steps_for,
    years,
)
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, el, group, number, percent

LABEL_SIZE, LABEL_STEP = 12, 16
EVENT, EVENT_LEVELS = 25, 3
HEAD, FOOT = 20, 20
LOWEST, HIGHEST, ONE = 72, 240, 16
LEAST_STEP = 28
LEFT = 2
NARROW_BESIDE = 4
"""The steps of room that a phone has for the counts and for the labels together."""


@dataclass(frozen=True, slots=True)
class Band:
    """A status: the number of its fill, a letter and a name for its label."""

    number: int
    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``start`` on, how many held each status, in the order of the bands."""

    start: date
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which the counts changed, by how many parties; ``number`` leads to the list."""

    number: int
    on: date
    changes: int
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where things lie: counts up to ``most`` between ``floor`` and ``top``."""

    scale: Scale
    top: float
    floor: float
    most: int

    def y(self, count: int) -> float:
        return round(self.floor - count * (self.floor - self.top) / self.most, 2)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event, the level of its number, and whether a phone has room for it too."""

    event: Event
    level: int
    on_phones: bool


def growth(
    bands: Sequence[Band],
    stretches: Sequence[Stretch],
    events: Sequence[Event] = (),
    *,
    caption: Caption,
    scale: Scale,
    height: float | None = None,
    day: date | None = None,
    day_label: str = "",
) -> Plate:
    """Return the drawing; the first band lies at the foot, and each is named at its end.

    Without a ``height`` small numbers are drawn low. Events that have no room are left to the list;
    where room is scarce, those come first in which more changed.
    """
    right = _right(bands, stretches)
    placed = _placed(events, scale, WIDE - (LEFT + right) * STEP)
    plot = _plot(stretches, placed, scale, height)
    drawn = [
        patterns(caption.id, (each.number for each in bands)),
        years(scale, label_y=plot.floor + FOOT - 5, top=plot.top, foot=plot.floor),
        _counts(plot),
        *_bands(caption.id, plot, bands, stretches),
        el("line", class_="axis", x2="100%", y1=plot.floor, y2=plot.floor),
        *_events(plot, placed, stretches),
        *(_labels(plot, bands, stretches[-1], right) if stretches else ()),
    ]
    if day and day in scale:
        drawn.append(day_line(scale.at(day), top=HEAD - 6, foot=plot.floor, label=day_label))
    foot = plot.floor + FOOT
    return plate(caption, drawn, foot, class_="growth", left=LEFT, right=right)


def _plot(
    stretches: Sequence[Stretch], placed: Sequence[_Placed], scale: Scale, height: float | None
) -> _Plot:
    most = max((sum(each.counts) for each in stretches), default=0) or 1
    high = height or min(HIGHEST, max(LOWEST, most * ONE))
    top = HEAD + (max((each.level for each in placed), default=-1) + 1) * EVENT
    return _Plot(scale, top, top + high, most)


def _right(bands: Sequence[Band], stretches: Sequence[Stretch]) -> int:
    """Return the room that the labels at the end take, in steps."""
    last = stretches[-1].counts if stretches else ()
    texts = [_label(*each) for each in zip(bands, last, strict=bool(last)) if each[1]]
    return steps_for(texts, LABEL_SIZE)


def _label(band: Band, count: int, room: float = inf) -> str:
    """Return the name of a band and its count; where room is short, the name is cut."""
    tail = f" · {count}"
    return shortened(band.name, room - text_width(tail, LABEL_SIZE), LABEL_SIZE) + tail


def _counts(plot: _Plot) -> Element:
    """Draw hairlines at round counts, with the count to the left of the plot."""
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500)
    room = (plot.floor - plot.top) / LEAST_STEP
    step = next((each for each in steps if plot.most / each <= room), steps[-1])
    drawn = []
    for count in range(step, plot.most + 1, step):
        y = plot.y(count)
        drawn.append(el("line", class_="grid", x2="100%", y1=y, y2=y))
        drawn.append(el("text", str(count), class_="tick", dx=-6, y=y + 4, text_anchor="end"))
    return group(drawn, aria_hidden="true")


def _bands(
    drawing: str, plot: _Plot, bands: Sequence[Band], stretches: Sequence[Stretch]
) -> list[Element]:
    drawn = []
    for index, band in enumerate(bands):
        boxes = [_box(plot, stretches, place, index) for place in range(len(stretches))]
        shown = [each for each in boxes if each is not None]
        drawn.append(group(shown, class_="area", fill=fill(drawing, band.number)))
        drawn.append(_edge(plot, stretches, index))
    return drawn


def _until(plot: _Plot, stretches: Sequence[Stretch], place: int) -> date:
    return stretches[place + 1].start if place + 1 < len(stretches) else plot.scale.last


def _box(plot: _Plot, stretches: Sequence[Stretch], place: int, index: int) -> Element | None:
    """Return what one band takes during one stretch."""
    counts = stretches[place].counts
    if not counts[index]:
        return None
    x, right = plot.scale.at(stretches[place].start), plot.scale.at(_until(plot, stretches, place))
    top, foot = plot.y(sum(counts[: index + 1])), plot.y(sum(counts[:index]))
    return el("rect", x=percent(x), width=percent(right - x), y=top, height=round(foot - top, 2))


def _edge(plot: _Plot, stretches: Sequence[Stretch], index: int) -> Element:
    """Draw the upper edge of a band as one line; its width does not stretch with the plate."""
    steps: list[str] = []
    before = 0
    for place, each in enumerate(stretches):
        x, y = plot.scale.at(each.start), number(plot.y(sum(each.counts[: index + 1])))
        held = each.counts[index]
        if held:
            steps.append(f"H{number(x)}V{y}" if before else f"M{number(x)} {y}")
            steps.append(f"H{number(plot.scale.at(_until(plot, stretches, place)))}")
        before = held
    line = el("path", class_="edge", d="".join(steps), vector_effect="non-scaling-stroke")
    return el(
        "svg",
        *([line] if steps else []),
        viewBox=f"0 0 100 {number(plot.floor)}",
        width="100%",
        height=plot.floor,
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _labels(plot: _Plot, bands: Sequence[Band], last: Stretch, right: int) -> list[Element]:
    """Name each band at its end, moved apart where they would meet."""
    wanted, shown = [], []
    for index, band in enumerate(bands):
        if last.counts[index]:
            middle = (plot.y(sum(last.counts[:index])) + plot.y(sum(last.counts[: index + 1]))) / 2
            wanted.append(middle + 4)
            shown.append((band, last.counts[index]))
    drawn: list[Element] = []
    for (band, count), y in zip(shown, apart(wanted, plot.floor), strict=True):
        full = _label(band, count, right * STEP - 8)
        drawn.append(_end(full, "label wide", y))
        drawn.append(_end(f"{band.letter} {count}", "label narrow", y))
    return drawn


def _end(text: str, kind: str, y: float) -> Element:
    return el("text", text, class_=kind, x="100%", dx=6, y=y, aria_hidden="true")


def apart(wanted: Sequence[float], floor: float) -> list[float]:
    """Move labels up, from the foot on, so that none stands within a line of another.

    >>> apart([100, 96, 40], 120)
    [100, 84, 40]
    """
    found: list[float] = []
    limit = floor
    for y in wanted:
        y = min(y, limit)
        found.append(y)
        limit = y - LABEL_STEP
    return found


def _placed(events: Sequence[Event], scale: Scale, wide: float) -> list[_Placed]:
    """Put the numbers of events on levels on which they do not meet, those of most changes first.

    On a phone there is room for fewer: there some give way, and the list has them.
    """
    order = sorted(range(len(events)), key=lambda each: (-events[each].changes, each))
    found = levels(_boxes(events, scale, wide), EVENT_LEVELS, order)
    narrow = _boxes(events, scale, NARROW - NARROW_BESIDE * STEP)
    stay = still_apart(narrow, found, order)
    return [
        _Placed(event, level, on_phones)
        for event, level, on_phones in zip(events, found, stay, strict=True)
        if level is not None
    ]


def _boxes(events: Sequence[Event], scale: Scale, width: float) -> list[tuple[float, float]]:
    half = EVENT / width * 50
    return [(scale.at(each.on) - half, scale.at(each.on) + half) for each in events]


def _events(plot: _Plot, placed: Sequence[_Placed], stretches: Sequence[Stretch]) -> list[Element]:
    """Return the lines that lead to the steps, and the numbers over them."""
    totals = {each.start: sum(each.counts) for each in stretches}
    leaders = [_leader(each, plot, plot.y(totals[each.event.on])) for each in placed]
    return [*leaders, *(_number(each, plot) for each in placed)]


def _leader(placed: _Placed, plot: _Plot, foot: float) -> Element:
    x = percent(plot.scale.at(placed.event.on))
    y = _number_y(placed, plot) + NUMBER_RADIUS
    wide = "" if placed.on_phones else " wide"
    return el("line", class_=f"leader{wide}", x1=x, x2=x, y1=y, y2=foot)


def _number_y(placed: _Placed, plot: _Plot) -> float:
    return plot.top - placed.level * EVENT - EVENT / 2


def _number(placed: _Placed, plot: _Plot) -> Element:
    event = placed.event
    return numbered(
        event.number,
        event.label,
        event.url,
        x=percent(plot.scale.at(event.on)),
        y=_number_y(placed, plot),
        class_="step" if placed.on_phones else "step wide",
    )
