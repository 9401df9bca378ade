"""The status of all parties over the years: one row a party, in groups by status.

A drawing comes as several plates, because paper has pages: a plate fits on one, and a row is
never cut in two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from comity_web.drawing.bars import Bar, Slot, Strip, bars, slots
from comity_web.drawing.fills import patterns
from comity_web.drawing.lettering import shortened
from comity_web.drawing.plate import STEP, WIDE, Caption, Plate, day_line, plate, steps_for, years
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, el, group

ROWS_ON_A_PLATE = 30
ROW, BAR_TOP, BAR = 28, 13, 12
HEAD, DAY_HEAD = 46, 14
NAME_SIZE = 12.5
_FULL = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A party: its name and address, a line that says all of it, its spells and suspensions."""

    name: str
    url: str
    label: str
    spells: tuple[Bar, ...]
    suspensions: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Parties under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all plates of a drawing share."""

    caption: Caption
    scale: Scale
    column: int
    day: float | None
    day_label: str
    numbers: tuple[int, ...]

    @property
    def aside(self) -> str:
        """Where names stand: to the left of the frame."""
        return f"translate(-{self.column * STEP} 0)"


def timelines(
    groups: Sequence[Group],
    *,
    caption: Caption,
    scale: Scale,
    day: date | None = None,
    day_label: str = "",
) -> tuple[Plate, ...]:
    """Return the plates of a drawing of all parties, a group to a plate or more.

    ``day`` is drawn as a line where it lies on the scale. The identifiers of all plates begin with
    that of the caption.
    """
    sheet = _Sheet(
        caption,
        scale,
        steps_for((row.name for each in groups for row in each.rows), NAME_SIZE),
        scale.at(day) if day and day in scale else None,
        day_label,
        _numbers(groups),
    )
    parts = [part for each in groups for part in _parts(each)]
    return tuple(_plate(sheet, index, part) for index, part in enumerate(parts))


def _numbers(groups: Iterable[Group]) -> tuple[int, ...]:
    rows = (row for each in groups for row in each.rows)
    return tuple(sorted({spell.number for row in rows for spell in row.spells}))


def _parts(of: Group) -> list[Group]:
    """Divide a group into parts of about the same length that each fit on a page."""
    count = max(1, -(-len(of.rows) // ROWS_ON_A_PLATE))
    length = -(-len(of.rows) // count)
    if count == 1:
        return [of]
    return [
        Group(f"{of.title} ({part + 1}/{count})", of.rows[part * length : (part + 1) * length])
        for part in range(count)
    ]


def _plate(sheet: _Sheet, index: int, part: Group) -> Plate:
    first = index == 0
    above = HEAD + (DAY_HEAD if first and sheet.day is not None else 0)
    foot = above + ROW * len(part.rows)
    children = [
        *([patterns(sheet.caption.id, sheet.numbers)] if first else []),
        el("text", part.title, class_="heading", y=above - 26, transform=sheet.aside),
        _rules(above, len(part.rows)),
        years(sheet.scale, label_y=above - 7, top=above, foot=foot),
        *(_row(sheet, row, above + ROW * number) for number, row in enumerate(part.rows)),
    ]
    if sheet.day is not None:
        top = DAY_HEAD + 4 if first else HEAD - 4
        label = sheet.day_label if first else ""
        children.append(day_line(sheet.day, top=top, foot=foot, label=label))
    caption = replace(sheet.caption, id=f"{sheet.caption.id}-p{index + 1}")
    title = f"{caption.title}: {part.title}" if part.title else caption.title
    said = replace(caption, title=title)
    return plate(said, children, foot + 2, class_="timelines", left=sheet.column)


def _rules(above: float, rows: int) -> Element:
    """Return a hairline along each row; its width does not stretch with the plate."""
    middle = BAR_TOP + BAR / 2
    lines = "".join(f"M0 {above + ROW * row + middle:g}H1" for row in range(rows))
    return el(
        "svg",
        el("path", class_="rule", d=lines, vector_effect="non-scaling-stroke"),
        viewBox=f"0 0 1 {_FULL}",
        height=_FULL,
        preserveAspectRatio="none",
        aria_hidden="true",
    )


def _row(sheet: _Sheet, row: Row, y: float) -> Element:
    room = sheet.column * STEP
    share = 1 - room / WIDE
    strip = Strip(sheet.caption.id, sheet.scale, BAR_TOP, BAR, share=share, titled=False)
    name = shortened(row.name, room - 8, NAME_SIZE)
    drawn = [*bars(strip, row.spells), *slots(strip, row.suspensions)]
    return el(
        "a" if row.url else "g",
        el("title", row.label),
        el("rect", class_="hit", width="100%", height=ROW),
        el("text", name, class_="name", y=BAR_TOP + BAR - 2, transform=sheet.aside),
        group(drawn, aria_hidden="true"),
        class_="row",
        href=row.url or None,
        transform=f"translate(0 {y:g})",
    )
