"""The map without borders: who holds which status on the day, at the capitals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from comity.charter.model import Capital
from comity.kernel.tables import csv_table
from comity.register.situation import RosterLine
from comity.wording import names
from comity_web.drawing.alone import Part
from comity_web.drawing.fills import mark_swatch
from comity_web.drawing.map import PAGE, PHONE, Point, map_of
from comity_web.drawing.plate import Caption, Plate
from comity_web.drawing.sheet import Format
from comity_web.drawing.svg import Element, text_of
from comity_web.public.pages.capitals import capital_of, place_of
from comity_web.public.pages.drawn import (
    File,
    Statuses,
    address_of,
    as_file,
    as_markup,
    files,
    grounds_of_row,
    notes,
)
from comity_web.public.pages.reader import Page, Reader, capital

COLUMNS = [
    *("number", "party", "name", "status", "status_name", "suspended"),
    *("capital", "latitude", "longitude", "sources", "grounds", "why"),
]


@dataclass(frozen=True, slots=True)
class _Held:
    """A line of the roster with its number and the capital, where one is known."""

    number: int
    line: RosterLine
    capital: Capital | None


def map_page(reader: Reader) -> Page:
    """Return the page: who holds which status in the main facet, and where the capital lies."""
    title = gettext("Map")
    held = _held(reader)
    statuses = Statuses(reader, reader.charter.main_facet)
    return {
        **reader.frame(title, (title, reader.address("map")), section="map"),
        "groups": _groups(reader, held, statuses),
        "without_capital": [reader.party(e.line.party) for e in held if e.capital is None],
        "sources": _sources(reader, held),
        "files": files(reader, "map"),
        "drawing": _drawings(reader, held, statuses),
    }


def map_file(reader: Reader, base: str) -> bytes:
    """Return the drawing as a file."""
    held = _held(reader)
    statuses = Statuses(reader, reader.charter.main_facet)
    plate = _plate(reader, held, statuses, "map", PAGE)
    key = tuple((each, name) for _, each, name in _key(held, statuses))
    said = notes(reader, address_of(reader, base, "map"), _about())
    return as_file(reader, File("map", _title(reader), (Part("", (plate,)),), key, said))


def map_table(reader: Reader, base: str) -> Iterator[bytes]:
    """Yield the parties and their capitals as CSV, in the order of the page."""
    held = _held(reader)
    statuses = Statuses(reader, reader.charter.main_facet)
    rows = (row for group in _groups(reader, held, statuses) for row in _rows(group, base))
    return csv_table(COLUMNS, rows)


def _sources(reader: Reader, held: list[_Held]) -> list[Page]:
    """Return what the capitals and their places rest on, each source once."""
    named = (source for each in held if each.capital for source in each.capital.sources)
    return reader.sources(dict.fromkeys(named))


def _title(reader: Reader) -> str:
    text = gettext("The parties on %(day)s, at their capitals")
    return text % {"day": reader.day(reader.question.on)}


def _about() -> str:
    """Say what the map shows and what it does not."""
    return gettext(
        "The map has coastlines and no borders. A point is a capital as the organisation’s data "
        "give it, and says nothing about territory."
    )


def _held(reader: Reader) -> list[_Held]:
    statuses = list(reader.charter.statuses)
    lines = sorted(reader.situation.roster(), key=lambda line: statuses.index(line.status))
    return [_Held(n, each, capital_of(reader, each.party)) for n, each in enumerate(lines, 1)]


# Drawn


def _drawings(reader: Reader, held: list[_Held], statuses: Statuses) -> Page:
    placed = [each for each in held if each.capital]
    shapes = {"map-wide": PAGE, "map-narrow": PHONE} if placed else {}
    return {
        "about": _about(),
        "plates": [
            {"class": name, "svg": as_markup([_plate(reader, held, statuses, name, shape)])[0]}
            for name, shape in shapes.items()
        ],
        "key": [
            {"sample": mark_safe(text_of(sample)), "letter": "", "name": name}
            for _, sample, name in _key(placed, statuses)
        ],
        "suspended": any(each.line.suspended for each in placed),
    }


def _key(held: list[_Held], statuses: Statuses) -> list[tuple[str, Element, str]]:
    return [
        (each, mark_swatch(statuses.shades[each]), capital(statuses.names[each]))
        for each in statuses.among(e.line.status for e in held)
    ]


def _plate(reader: Reader, held: list[_Held], statuses: Statuses, id: str, shape: Format) -> Plate:
    capitals = (capital_of(reader, each) for each in reader.record.parties())
    around = [place_of(each) for each in capitals if each]
    points = [_point(reader, each, each.capital, statuses) for each in held if each.capital]
    text = gettext(
        "Points: %(number)s, each at a capital. The table with the drawing says the same."
    )
    caption = Caption(id, _title(reader), text % {"number": len(points)})
    return map_of(points, caption=caption, around=around, shape=shape)


def _point(reader: Reader, held: _Held, place: Capital, statuses: Statuses) -> Point:
    line = held.line
    party, status = reader.party(line.party), statuses.names[line.status]
    if line.suspended:
        status = gettext("%(status)s, suspended") % {"status": status}
    label = gettext("%(party)s (%(capital)s): %(status)s") % {
        "party": party["name"],
        "capital": reader.text(place.names),
        "status": status,
    }
    return Point(
        place_of(place),
        held.number,
        statuses.shades[line.status],
        party["name"],
        party["url"],
        label,
        line.suspended,
    )


# As data


def _groups(reader: Reader, held: list[_Held], statuses: Statuses) -> list[Page]:
    return [
        {
            "status": status,
            "name": capital(reader.status_heading(status)),
            "status_name": statuses.names[status],
            "shade": statuses.shades[status],
            "lines": [_facts(reader, each) for each in held if each.line.status == status],
        }
        for status in statuses.among(each.line.status for each in held)
    ]


def _facts(reader: Reader, held: _Held) -> Page:
    return {
        "number": held.number,
        **reader.party(held.line.party),
        "suspended": held.line.suspended,
        "capital": _capital(reader, held.capital) if held.capital else None,
        **reader.reasons(held.line.finding, "status", held.line.party),
    }


def _capital(reader: Reader, place: Capital) -> Page:
    return {
        "name": reader.text(place.names),
        "latitude": str(place.at.latitude),
        "longitude": str(place.at.longitude),
        "confidence": place.confidence,
        "confidence_in_words": names.confidence_name(place.confidence, reader.language),
        "sources": list(place.sources),
    }


def _rows(group: Page, base: str) -> Iterator[Page]:
    for line in group["lines"]:
        place = line["capital"] or {"name": ""}
        yield {
            **place,
            **line,
            "capital": place["name"],
            "party": line["code"],
            "status": group["status"],
            "status_name": group["status_name"],
            **grounds_of_row(line, base),
        }
