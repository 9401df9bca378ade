"""Who held an office when: a strip of tenures, each with its holder written along it or up it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from comity.kernel.dates import PartialDate
from comity_web.drawing.lettering import text_width
from comity_web.drawing.plate import NARROW, WIDE, Caption, Plate, day_line, plate, years
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, el, group, percent

HEAD, FOOT = 20, 20
NAME_SIZE = 11.5
_LOW, _HIGH = 30, 190
_PADDING = 6
_DROP = NAME_SIZE * 0.36
_FINGER = 24


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held from ``start`` up to ``end``; ``code`` stands where the name has no room."""

    start: PartialDate
    end: PartialDate | None
    name: str
    code: str
    label: str
    url: str


def holders(
    tenures: Sequence[Tenure],
    *,
    caption: Caption,
    scale: Scale,
    day: date | None = None,
    day_label: str = "",
) -> Plate:
    """Return the strip, oldest first; names stand upright where they do not fit lying down.

    Tenures are links only where the shortest of them can be hit with a finger on a phone.
    """
    linked = all(_width(each, scale) / 100 * NARROW >= _FINGER for each in tenures)
    upright = [each for each in tenures if not _fits(each.name, _width(each, scale) / 100 * NARROW)]
    height = _height(upright)
    foot = HEAD + height
    drawn = [
        years(scale, label_y=foot + FOOT - 5, top=foot, foot=foot + 5),
        *(_tenure(each, _Look(scale, height, linked)) for each in tenures),
    ]
    if day and day in scale:
        line = day_line(scale.at(day), top=HEAD - 6, foot=foot + 5, label=day_label)
        drawn.append(line)
    return plate(caption, drawn, foot + FOOT, class_="holders")


def _fits(text: str, room: float) -> bool:
    return text_width(text, NAME_SIZE) + 2 * _PADDING <= room


def _height(upright: Sequence[Tenure]) -> float:
    """Return how high the strip is for the names that stand upright in it."""
    longest = max((text_width(each.name, NAME_SIZE) for each in upright), default=0)
    return ceil(min(_HIGH, max(_LOW, longest + 2 * _PADDING)))


def _width(tenure: Tenure, scale: Scale) -> float:
    end = scale.at(tenure.end.first) if tenure.end else 100.0
    return end - scale.at(tenure.start.first)


@dataclass(frozen=True, slots=True)
class _Look:
    scale: Scale
    height: float
    linked: bool


def _tenure(tenure: Tenure, look: _Look) -> Element:
    x = percent(look.scale.at(tenure.start.first))
    width = percent(_width(tenure, look.scale))
    box = el("rect", class_="tenure", x=x, y=HEAD, width=width, height=look.height)
    content = [el("title", tenure.label), box, *_named(tenure, look)]
    if not look.linked or not tenure.url:
        return group(content)
    return el("a", *content, class_="step", href=tenure.url)


def _named(tenure: Tenure, look: _Look) -> list[Element]:
    """Return the name along the tenure where it fits, else up it; on a phone too, if it can be."""
    share = _width(tenure, look.scale) / 100
    along, narrow = _fits(tenure.name, share * WIDE), _fits(tenure.name, share * NARROW)
    if narrow:
        return [_lying(tenure, look, "label")]
    standing = share * NARROW >= NAME_SIZE
    if along:
        return [
            _lying(tenure, look, "label wide"),
            *([_upright(tenure, look, "label narrow")] if standing else []),
        ]
    if share * WIDE < NAME_SIZE:
        return []
    return [_upright(tenure, look, "label" if standing else "label wide")]


def _middle(tenure: Tenure, look: _Look) -> str:
    return percent(look.scale.at(tenure.start.first) + _width(tenure, look.scale) / 2)


def _lying(tenure: Tenure, look: _Look, kind: str) -> Element:
    x, y = _middle(tenure, look), HEAD + look.height / 2 + _DROP
    return el("text", tenure.name, class_=kind, x=x, y=y, text_anchor="middle")


def _upright(tenure: Tenure, look: _Look, kind: str) -> Element:
    """Write up the tenure; a name that is too long even so gives way to the code."""
    text = tenure.name if _fits(tenure.name, look.height) else tenure.code
    turned = el("text", text, class_=kind, transform="rotate(-90)", x=_PADDING, y=_DROP)
    x, y = _middle(tenure, look), HEAD + look.height
    return el("svg", turned, x=x, y=y)
