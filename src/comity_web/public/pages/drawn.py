"""What all drawn pages share: the scale, names and letters of statuses, the key, what is hidden.

A drawn page has its facts as data and, under ``drawing``, what is drawn of them, which data leaves
out. A drawing is made of the very values that the table beside it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from comity.kernel.dates import PartialDate
from comity.membership.history import Spell, Suspension
from comity.wording import names
from comity_web.drawing.alone import Part, alone
from comity_web.drawing.bars import Bar, Slot
from comity_web.drawing.fills import swatch
from comity_web.drawing.lettering import letters
from comity_web.drawing.plate import Plate
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import Element, document, text_of
from comity_web.public.pages.reader import Page, Reader, capital

Pages = list[Page]
_FARTHEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class File:
    """A drawing with its key, ready to be a file: title, notes, and what stands under them."""

    id: str
    title: str
    parts: tuple[Part, ...]
    key: tuple[tuple[Element, str], ...]
    notes: tuple[str, ...]


def as_markup(plates: Iterable[Plate]) -> list[SafeString]:
    """Return drawings as markup for a page; the drawing has escaped all text."""
    return [mark_safe(text_of(each.element)) for each in plates]


def as_file(reader: Reader, file: File) -> bytes:
    """Return a drawing as a file that stands alone, headed by the organisation."""
    title = f"{reader.short_name} – {file.title}"
    drawing = alone(file.parts, id=file.id, title=title, notes=file.notes, key=file.key)
    return document(drawing).encode()


class DrawnFacet(Protocol):
    """What is drawn of one facet: its name, its statuses and those of them that are used."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def statuses(self) -> Statuses: ...  # noqa: D102
    @property
    def used(self) -> Iterable[str]: ...  # noqa: D102


def file_of_facets(
    reader: Reader,
    name: str,
    title: str,
    drawn: Sequence[tuple[DrawnFacet, tuple[Plate, ...]]],
    base: str,
) -> bytes:
    """Return the drawings of facets as one file, with the key of all of them."""
    parts = tuple(Part(facet.name, plates) for facet, plates in drawn)
    key = tuple(item for each, _ in drawn for item in each.statuses.samples(each.id, each.used))
    said = notes(reader, address_of(reader, base, name))
    return as_file(reader, File(name, title, parts, key, said))


def facet_name(reader: Reader, facet: str) -> str:
    """Return what a facet is called above its drawing; the main one needs no name."""
    if facet == reader.charter.main_facet:
        return ""
    return capital(reader.text(reader.charter.facets[facet].names) or facet)


def files(reader: Reader, name: str) -> list[Page]:
    """Return the files of a page: the drawing and its table."""
    kinds = {"svg": gettext("Drawing (SVG)"), "csv": gettext("Table (CSV)")}
    return [
        {"name": label, "url": reader.file(f"{name}.{kind}"), "kind": kind}
        for kind, label in kinds.items()
    ]


def notes(reader: Reader, address: str, *said: str) -> tuple[str, ...]:
    """Return what stands under a drawing in a file: how it is to be read, and where it is from."""
    name = reader.text(reader.charter.names) or reader.charter.id
    text = gettext("%(name)s. From a record of %(size)s entries, root %(root)s.")
    root = reader.present.frontier.root().hex()[:16]
    source = text % {"name": name, "size": reader.present.size, "root": root}
    return tuple(each for each in (*said, " ".join(reader.reading()), source, address) if each)


def address_of(reader: Reader, base: str, page: str) -> str:
    """Return the address of a page as it can be cited: the day is in it, even if it is today."""
    path = reader.address(page).partition("?")[0]
    return base + path + reader.question.other(on=reader.question.on.isoformat())


def scale(reader: Reader, days: Iterable[date], *, goes_on: bool = True) -> Scale:
    """Return the years from the first of the days to the last, and to the present if it goes on.

    A chosen day in the near future lies on it; one far away does not, for it would press all that
    is known into a corner.
    """
    today, chosen = reader.question.today, reader.question.on
    known = sorted(days) or [chosen]
    last = max(known[-1], today) if goes_on else known[-1]
    if goes_on and last < chosen <= last + _FARTHEST:
        last = chosen
    return Scale(date(min(known[0], last).year, 1, 1), last)


def days_of(spells: Iterable[Spell]) -> list[date]:
    """Return the days by which spells begin and end at the earliest and at the latest."""
    found = []
    for each in spells:
        found += [each.start.first, each.start.last]
        found += [each.end.first, each.end.last] if each.end else []
    return found


def day_label(reader: Reader) -> str:
    """Return the chosen day in words."""
    return reader.day(reader.question.on)


class Statuses:
    """The statuses of one facet: their names, numbers of fills, and letters.

    A letter stands for one status in the whole organisation, whatever its facet.
    """

    def __init__(self, reader: Reader, facet: str) -> None:
        charter = reader.charter
        self._reader = reader
        self.ids = [each for each in charter.statuses if charter.facet_of(each) == facet]
        self.names = {each: reader.status_name(each) for each in charter.statuses}
        self.letters = dict(zip(self.names, letters(self.names.values()), strict=True))
        self.shades = {each: reader.shade(each) for each in self.ids}

    def key(self, drawing: str, used: Iterable[str]) -> list[Page]:
        """Return the key of a drawing: a sample of each fill used, its letter, its name."""
        return [
            {
                "sample": mark_safe(text_of(swatch(drawing, self.shades[each]))),
                "letter": self.letters[each],
                "name": capital(self.names[each]),
            }
            for each in self.among(used)
        ]

    def samples(self, drawing: str, used: Iterable[str]) -> tuple[tuple[Element, str], ...]:
        """Return the same key for a file that stands alone."""
        return tuple(
            (
                swatch(drawing, self.shades[each]),
                f"{self.letters[each]} · {capital(self.names[each])}",
            )
            for each in self.among(used)
        )

    def among(self, used: Iterable[str]) -> list[str]:
        """Return those of the statuses that are used, in the order of the charter."""
        wanted = set(used)
        return [each for each in self.ids if each in wanted]

    def bar(self, spell: Spell, *, named: bool = False) -> Bar:
        """Return a spell as a bar, with its name on it where it is to be named."""
        return Bar(
            spell.start,
            spell.end,
            self.shades[spell.status],
            self.letters[spell.status],
            said(self._reader, self.names[spell.status], spell.start, spell.end),
            capital(self.names[spell.status]) if named else "",
        )


def goes_on(spells: Iterable[Spell]) -> bool:
    """Whether any of the spells has no end."""
    return any(each.end is None for each in spells)


def slot(reader: Reader, suspension: Suspension) -> Slot:
    """Return a suspension as a slot."""
    label = said(reader, gettext("suspended"), suspension.start, suspension.end)
    return Slot(suspension.start, suspension.end, label)


def slots(reader: Reader, suspensions: Sequence[Suspension]) -> tuple[Slot, ...]:
    """Return the suspensions that leave the status what it is; the others are spells themselves."""
    return tuple(slot(reader, each) for each in suspensions if not each.rule.becomes)


def said(reader: Reader, what: str, start: PartialDate, end: PartialDate | None) -> str:
    """Say what held from when to when."""
    until = reader.day(end) if end else gettext("present")
    text = gettext("%(what)s, %(start)s – %(end)s")
    return text % {"what": what, "start": reader.day(start), "end": until}


def spell_facts(reader: Reader, statuses: Statuses, party: str, spells: Sequence[Spell]) -> Pages:
    """Return spells as data: what, from when to when, and why, as asked of the days of change.

    Where the next spell begins on the day on which one ends, the reason is given with the next.
    """
    starts = {each.start for each in spells}
    return [
        {
            "status": spell.status,
            "name": statuses.names[spell.status],
            "start": str(spell.start),
            "start_in_words": reader.day(spell.start),
            "end": str(spell.end) if spell.end else "",
            "end_in_words": reader.day(spell.end),
            "ended_as": ended_as(reader, spell),
            **status_reasons(reader, party, spell.facet, spell.start.first),
            "ended": status_reasons(reader, party, spell.facet, spell.end.first)
            if spell.end and spell.end not in starts
            else None,
        }
        for spell in spells
    ]


def ended_as(reader: Reader, spell: Spell) -> str:
    """Return in a word how a spell ended."""
    return names.manner_name(spell.ended_as, reader.language) if spell.ended_as else ""


def status_reasons(reader: Reader, party: str, facet: str, day: date) -> Page:
    """Return why a party has the status that it has on a day, or none."""
    then = reader.on(day)
    finding = then.situation.status(party, facet)
    return then.reasons(finding, "status", party, *then.in_facet(facet))


def suspension_facts(reader: Reader, party: str, suspension: Suspension) -> Page:
    """Return a suspension as data, and why it began and ended."""
    end = suspension.end
    return {
        "start": str(suspension.start),
        "start_in_words": reader.day(suspension.start),
        "end": str(end) if end else "",
        "end_in_words": reader.day(end),
        "becomes": suspension.rule.becomes,
        **_suspension_reasons(reader, party, suspension.start.first),
        "ended": _suspension_reasons(reader, party, end.first) if end else None,
    }


def _suspension_reasons(reader: Reader, party: str, day: date) -> Page:
    then = reader.on(day)
    return then.reasons(then.situation.suspension(party), "suspension", party)


def grounds_of_row(answer: Page, base: str) -> Page:
    """Return for a row of a table the grounds of an answer by name, and where it opens them."""
    grounds = [each["id"] for each in answer["grounds"]]
    return {"grounds": grounds, "why": base + answer["why"]}
