"""A status held for a time, drawn as a bar: its fill, a letter, soft ends, suspensions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.kernel.dates import PartialDate
from comity_web.drawing.fills import fill
from comity_web.drawing.lettering import text_width
from comity_web.drawing.plate import NARROW, WIDE
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, el, percent

LETTER_SIZE = 10
_PADDING = 4
_SLIVER = 0.01  # percent of the width: what lasts for a day is still a line


@dataclass(frozen=True, slots=True)
class Bar:
    """A status held from ``start`` up to ``end``; ``None`` where it goes on.

    ``number`` is that of its fill, ``letter`` stands on it, or ``name`` where one is given and has
    room; ``label`` says all in a line.
    """

    start: PartialDate
    end: PartialDate | None
    number: int
    letter: str
    label: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A suspension while a status is held, drawn as a slot in its bar."""

    start: PartialDate
    end: PartialDate | None
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Where bars lie: the scale, the upper edge and the height, and how much of a plate is plot.

    ``titled`` is whether each bar says what it is; where the row does, it need not.
    """

    drawing: str
    scale: Scale
    top: float
    height: float
    share: float = 1.0
    titled: bool = True


def bars(strip: Strip, spells: Sequence[Bar]) -> list[Element]:
    """Return the bars of one row, oldest first; a date not known to the day gives a soft end."""
    room = [*(each.start.first for each in spells[1:]), strip.scale.last]
    return [
        part for each, free in zip(spells, room, strict=False) for part in _bar(strip, each, free)
    ]


def _bar(strip: Strip, bar: Bar, free: date) -> list[Element]:
    """Draw what is certain in full, and softly what an imprecise date leaves open.

    Up to ``free`` no other bar follows: what might be the end of this one and the beginning of the
    next belongs to the next, because a status counts from the first day that its date can mean.
    """
    end = bar.end.first if bar.end else strip.scale.last
    certain = min(bar.start.last, end)
    last = min(bar.end.last, free) if bar.end else end
    parts = [
        _rect(strip, bar, "bar", certain, end),
        *([] if bar.start.exact else [_rect(strip, bar, "soft", bar.start.first, certain)]),
        *([_rect(strip, bar, "soft", end, last)] if end < last else []),
    ]
    return [*parts, *_lettered(strip, bar, end)]


def _rect(strip: Strip, bar: Bar, kind: str, start: date, end: date) -> Element:
    x, right = strip.scale.at(start), strip.scale.at(end)
    return el(
        "rect",
        *_titled(strip, bar.label),
        class_=f"{kind} tint-{bar.number}",
        fill=fill(strip.drawing, bar.number),
        x=percent(x),
        width=percent(max(right - x, _SLIVER)),
        y=strip.top,
        height=strip.height,
    )


def _titled(strip: Strip, label: str) -> list[Element]:
    return [el("title", label)] if strip.titled else []


def _lettered(strip: Strip, bar: Bar, end: date) -> list[Element]:
    """Write the name where it fits on the narrowest page, else the letter where that fits."""
    x = strip.scale.at(bar.start.first)
    share = (strip.scale.at(end) - x) / 100 * strip.share
    text = bar.name if bar.name and _fits(bar.name, share * WIDE) else bar.letter
    if not _fits(text, share * WIDE):
        return []
    narrow = _fits(text, share * NARROW / strip.share)
    written = [_text(strip, bar, text, x, "" if narrow else " wide")]
    if not narrow and text != bar.letter and _fits(bar.letter, share * NARROW / strip.share):
        written.append(_text(strip, bar, bar.letter, x, " narrow"))
    return written


def _fits(text: str, room: float) -> bool:
    return text_width(text, LETTER_SIZE) + 2 * _PADDING <= room


def _text(strip: Strip, bar: Bar, text: str, x: float, width: str) -> Element:
    on = " on" if bar.number == 1 else ""
    y = strip.top + strip.height / 2 + LETTER_SIZE * 0.36
    return el("text", text, class_=f"letter{on}{width}", x=percent(x), dx=_PADDING, y=y)


def slots(strip: Strip, suspensions: Iterable[Slot]) -> list[Element]:
    """Return suspensions as slots along the middle of the bars."""
    return [_slot(strip, each) for each in suspensions]


def _slot(strip: Strip, slot: Slot) -> Element:
    x = strip.scale.at(slot.start.first)
    right = strip.scale.at(slot.end.first) if slot.end else 100.0
    return el(
        "rect",
        *_titled(strip, slot.label),
        class_="slot",
        x=percent(x),
        width=percent(right - x),
        y=strip.top + strip.height / 3,
        height=strip.height / 3,
    )
