"""The timelines: the status of all parties over the years, drawn, as a table, and as files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from comity.kernel.finding import Finding
from comity.kernel.tables import csv_table
from comity.membership.history import Spell, Suspension
from comity_web.drawing.plate import Caption, Plate
from comity_web.drawing.scale import Scale
from comity_web.drawing.timelines import Group, Row, timelines
from comity_web.public.pages.drawn import (
    Statuses,
    as_markup,
    day_label,
    days_of,
    facet_name,
    file_of_facets,
    files,
    goes_on,
    grounds_of_row,
    scale,
    slots,
    spell_facts,
    suspension_facts,
)
from comity_web.public.pages.reader import Page, Reader, capital

COLUMNS = [
    *("party", "name", "facet", "kind", "status", "status_name"),
    *("start", "end", "ended_as", "grounds", "why"),
]


@dataclass(frozen=True, slots=True)
class _Line:
    """A party in one facet: its status on the day and why, and all it ever was."""

    party: str
    finding: Finding[str | None]
    spells: tuple[Spell, ...]
    suspensions: tuple[Suspension, ...]


@dataclass(frozen=True, slots=True)
class _Facet:
    """The parties of one facet by group: a status, or ``to_come`` or ``former``."""

    id: str
    facet: str
    name: str
    statuses: Statuses
    groups: dict[str, tuple[_Line, ...]]

    @property
    def spells(self) -> list[Spell]:
        lines = (line for group in self.groups.values() for line in group)
        return [spell for line in lines for spell in line.spells]

    @property
    def used(self) -> set[str]:
        return {each.status for each in self.spells}


def timeline(reader: Reader) -> Page:
    """Return the page: for each facet the parties in groups by their status on the day."""
    title = gettext("Timelines")
    facets = _facets(reader)
    facts = [_facts(reader, each) for each in facets]
    return {
        **reader.frame(title, (title, reader.address("timeline")), section="timeline"),
        "facets": facts,
        "files": files(reader, "timeline"),
        "drawing": [
            _drawing(reader, facet, known) for facet, known in zip(facets, facts, strict=True)
        ],
    }


def timeline_file(reader: Reader, base: str) -> bytes:
    """Return the drawing as a file."""
    drawn = [(each, _plates(reader, each)) for each in _facets(reader)]
    return file_of_facets(reader, "timeline", _title(), drawn, base)


def timeline_table(reader: Reader, base: str) -> Iterator[bytes]:
    """Yield every spell and suspension as CSV, in the order of the page."""
    rows = (row for each in _facets(reader) for row in _rows(_facts(reader, each), base))
    return csv_table(COLUMNS, rows)


def _title() -> str:
    return gettext("Status of the parties over the years")


def _facets(reader: Reader) -> list[_Facet]:
    """Return the facets in which any party ever held a status; the main one in any case."""
    found = [_facet(reader, number, each) for number, each in enumerate(reader.charter.facets)]
    return [each for each in found if each.spells or each.facet == reader.charter.main_facet]


def _facet(reader: Reader, number: int, facet: str) -> _Facet:
    name = facet_name(reader, facet)
    statuses = Statuses(reader, facet)
    return _Facet(f"timeline-{number}", facet, name, statuses, _groups(reader, facet, statuses))


def _groups(reader: Reader, facet: str, statuses: Statuses) -> dict[str, tuple[_Line, ...]]:
    lines = [line for line in _lines(reader, facet) if line.spells]
    by_group: dict[str, list[_Line]] = {each: [] for each in (*statuses.ids, "to_come", "former")}
    for line in lines:
        by_group[_group(reader, line)].append(line)
    return {group: tuple(each) for group, each in by_group.items() if each}


def _lines(reader: Reader, facet: str) -> Iterator[_Line]:
    main = facet == reader.charter.main_facet
    for party in reader.situation.order(reader.record.parties()):
        spells = reader.situation.history(party, facet)
        finding = reader.situation.status(party, facet)
        yield _Line(
            party, finding, spells, reader.situation.folded(party).suspensions if main else ()
        )


def _group(reader: Reader, line: _Line) -> str:
    if line.finding.value is not None:
        return line.finding.value
    past = any(each.start.first <= reader.question.on for each in line.spells)
    return "former" if past else "to_come"


def _group_name(reader: Reader, group: str, number: int) -> str:
    outside = {"to_come": gettext("Later"), "former": gettext("Formerly")}
    return outside.get(group) or capital(reader.status_heading(group, number))


# Drawn


def _drawing(reader: Reader, facet: _Facet, facts: Page) -> Page:
    return {
        "facts": facts,
        "plates": as_markup(_plates(reader, facet)),
        "key": facet.statuses.key(facet.id, facet.used),
        "suspended": any(line.suspensions for group in facet.groups.values() for line in group),
        "dated": reader.question.on in _scale(reader, facet),
    }


def _plates(reader: Reader, facet: _Facet) -> tuple[Plate, ...]:
    years = _scale(reader, facet)
    text = gettext(
        "One row a party (%(number)s), from %(first)s to %(last)s, in groups by status on "
        "%(day)s. The table with the drawing says the same."
    ) % {
        "number": sum(map(len, facet.groups.values())),
        "first": years.first.year,
        "last": years.last.year,
        "day": day_label(reader),
    }
    groups = [_drawn_group(reader, facet, group) for group in facet.groups]
    return timelines(
        groups,
        caption=Caption(facet.id, facet.name or _title(), text),
        scale=years,
        day=reader.question.on,
        day_label=day_label(reader),
    )


def _scale(reader: Reader, facet: _Facet) -> Scale:
    return scale(reader, days_of(facet.spells), goes_on=goes_on(facet.spells))


def _drawn_group(reader: Reader, facet: _Facet, group: str) -> Group:
    lines = facet.groups[group]
    title = f"{_group_name(reader, group, len(lines))} · {len(lines)}"
    return Group(title, tuple(_row(reader, facet.statuses, each) for each in lines))


def _row(reader: Reader, statuses: Statuses, line: _Line) -> Row:
    party = reader.party(line.party)
    spells = tuple(statuses.bar(each) for each in line.spells)
    suspensions = slots(reader, line.suspensions)
    history = reader.in_series([*(s.label for s in spells), *(s.label for s in suspensions)])
    label = gettext("%(party)s: %(history)s") % {"party": party["name"], "history": history}
    return Row(party["name"], party["url"], label, spells, suspensions)


# As data


def _facts(reader: Reader, facet: _Facet) -> Page:
    return {
        "facet": facet.facet,
        "name": facet.name,
        "groups": [
            {
                "group": group,
                "name": _group_name(reader, group, len(lines)),
                "lines": [_line_facts(reader, facet, each) for each in lines],
            }
            for group, lines in facet.groups.items()
        ],
    }


def _line_facts(reader: Reader, facet: _Facet, line: _Line) -> Page:
    party = line.party
    return {
        **reader.party(party),
        "status": line.finding.value,
        "status_name": reader.status_name(line.finding.value),
        "why": reader.why("status", party, *reader.in_facet(facet.facet)),
        "spells": spell_facts(reader, facet.statuses, party, line.spells),
        "suspensions": [suspension_facts(reader, party, each) for each in line.suspensions],
    }


def _rows(facts: Page, base: str) -> Iterator[Page]:
    for group in facts["groups"]:
        for line in group["lines"]:
            party = {"party": line["code"], "name": line["name"], "facet": facts["facet"]}
            for each in line["spells"]:
                kind = {"kind": "status", "status_name": each["name"]}
                yield {**each, **party, **kind, **grounds_of_row(each, base)}
            for each in line["suspensions"]:
                yield {**each, **party, "kind": "suspension", **grounds_of_row(each, base)}
