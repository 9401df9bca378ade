"""The growth of the family: how many held each status from day to day, and by which acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from comity.kernel.finding import Finding
from comity.kernel.tables import csv_table
from comity.register.changes import Turn, turns
from comity_web.drawing.growth import Band, Event, Stretch
from comity_web.drawing.growth import growth as drawn_growth
from comity_web.drawing.plate import Caption, Plate
from comity_web.drawing.scale import Scale
from comity_web.public.pages.day import moves_in_words
from comity_web.public.pages.drawn import (
    Statuses,
    as_markup,
    day_label,
    facet_name,
    file_of_facets,
    files,
    grounds_of_row,
    scale,
)
from comity_web.public.pages.reader import Page, Reader, capital

Counts = dict[str, int]
_Move = tuple[str | None, str | None, Finding[str | None]]

SMALL = 120
COLUMNS = ("number", "on", "facet", "party", "name", "before", "after", "grounds", "why")


@dataclass(frozen=True, slots=True)
class _Facet:
    """A facet, the days on which its statuses changed hands, and the counts from each day on."""

    id: str
    facet: str
    name: str
    statuses: Statuses
    turns: tuple[Turn, ...]
    counts: tuple[Counts, ...]

    @property
    def used(self) -> list[str]:
        return self.statuses.among(status for counts in self.counts for status in counts)


def growth(reader: Reader) -> Page:
    """Return the page: for each facet every day on which the counts changed."""
    title = gettext("Growth")
    facets = _facets(reader)
    facts = [_facts(reader, each) for each in facets]
    return {
        **reader.frame(title, (title, reader.address("growth")), section="growth"),
        "facets": facts,
        "files": files(reader, "growth"),
        "drawing": [
            {
                "facts": known,
                "plates": as_markup([_plate(reader, facet)]),
                "key": facet.statuses.key(facet.id, facet.used),
                "dated": reader.question.on in _scale(reader, facet),
            }
            for facet, known in zip(facets, facts, strict=True)
        ],
    }


def small_growth(reader: Reader) -> Page:
    """Return the drawing of the main facet without its events, for another page to show."""
    facet = _facet(reader, 0, reader.charter.main_facet)
    plate = _plate(reader, facet, small=True)
    return {
        "plates": as_markup([plate] if facet.turns else []),
        "key": facet.statuses.key(facet.id, facet.used),
        "url": reader.address("growth"),
    }


def growth_file(reader: Reader, base: str) -> bytes:
    """Return the drawing as a file."""
    drawn = [(each, (_plate(reader, each),)) for each in _facets(reader)]
    return file_of_facets(reader, "growth", _title(), drawn, base)


def growth_table(reader: Reader, base: str) -> Iterator[bytes]:
    """Yield every move from status to status as CSV, in the order of the page."""
    rows = (row for each in _facets(reader) for row in _rows(_facts(reader, each), base))
    return csv_table(COLUMNS, rows)


def _title() -> str:
    return gettext("How many held each status")


def _facets(reader: Reader) -> list[_Facet]:
    found = [_facet(reader, number, each) for number, each in enumerate(reader.charter.facets)]
    return [each for each in found if each.turns or each.facet == reader.charter.main_facet]


def _facet(reader: Reader, number: int, facet: str) -> _Facet:
    name = facet_name(reader, facet)
    found = turns(reader.situation, facet)
    counts = tuple(_counts(found))
    return _Facet(f"growth-{number}", facet, name, Statuses(reader, facet), found, counts)


def _counts(found: tuple[Turn, ...]) -> Iterator[Counts]:
    """Yield how many hold each status from each of the days on."""
    counts: Counts = {}
    for turn in found:
        for _, before, after in turn.moves:
            for status, change in ((before, -1), (after, 1)):
                if status is not None:
                    counts[status] = counts.get(status, 0) + change
        yield {status: number for status, number in counts.items() if number}


# Drawn


def _plate(reader: Reader, facet: _Facet, *, small: bool = False) -> Plate:
    statuses, used = facet.statuses, facet.used
    bands = [
        Band(statuses.shades[each], statuses.letters[each], _heading(reader, facet, each))
        for each in used
    ]
    stretches = [
        Stretch(turn.on, tuple(counts.get(each, 0) for each in used))
        for turn, counts in zip(facet.turns, facet.counts, strict=True)
    ]
    return drawn_growth(
        bands,
        stretches,
        [] if small else [_event(reader, *each) for each in enumerate(facet.turns, 1)],
        caption=_caption(reader, facet),
        scale=_scale(reader, facet),
        day=reader.question.on,
        day_label=day_label(reader),
        **({"height": SMALL} if small else {}),
    )


def _heading(reader: Reader, facet: _Facet, status: str) -> str:
    last = facet.counts[-1] if facet.counts else {}
    return capital(reader.status_heading(status, last.get(status, 0)))


def _scale(reader: Reader, facet: _Facet) -> Scale:
    still = bool(facet.counts and facet.counts[-1])
    return scale(reader, (each.on for each in facet.turns), goes_on=still)


def _caption(reader: Reader, facet: _Facet) -> Caption:
    last = facet.counts[-1] if facet.counts else {}
    counts = [f"{facet.statuses.names[each]} {last.get(each, 0)}" for each in facet.used]
    text = gettext(
        "Steps stacked on one another; at the end: %(counts)s. The table with the drawing says "
        "the same."
    )
    title = f"{facet.name}: {_title()}" if facet.name else _title()
    return Caption(facet.id, title, text % {"counts": reader.listed(counts)})


def _event(reader: Reader, number: int, turn: Turn) -> Event:
    text = gettext("%(number)s. %(day)s – %(label)s") % {
        "number": number,
        "day": reader.day(turn.on),
        "label": moves_in_words(reader, turn),
    }
    return Event(number, turn.on, len(turn.moves), _url(reader, turn), text)


def _url(reader: Reader, turn: Turn) -> str:
    path = reader.address("growth").partition("?")[0]
    return path + reader.question.other(on=turn.on.isoformat())


# As data


def _facts(reader: Reader, facet: _Facet) -> Page:
    return {
        "facet": facet.facet,
        "name": facet.name,
        "statuses": [_named(facet, each) for each in facet.used],
        "changes": [
            _change(reader, facet, number, turn, counts)
            for number, (turn, counts) in enumerate(zip(facet.turns, facet.counts, strict=True), 1)
        ],
    }


def _change(reader: Reader, facet: _Facet, number: int, turn: Turn, counts: Counts) -> Page:
    return {
        "number": number,
        "on": turn.on.isoformat(),
        "on_in_words": reader.day(turn.on),
        "url": _url(reader, turn),
        "chosen": turn.on == reader.question.on,
        "to_come": turn.on > reader.question.on,
        "moves": _moves(reader, facet, turn),
        "counts": [{**_named(facet, e), "count": counts.get(e, 0)} for e in facet.used],
        "total": sum(counts.values()),
    }


def _named(facet: _Facet, status: str) -> Page:
    statuses = facet.statuses
    return {
        "status": status,
        "name": statuses.names[status],
        "letter": statuses.letters[status],
    }


def _moves(reader: Reader, facet: _Facet, turn: Turn) -> list[Page]:
    """Return who moved from what to what; those who moved alike on the same grounds together."""
    then = reader.on(turn.on)
    alike: dict[_Move, list[str]] = {}
    for party, before, after in turn.moves:
        finding = then.situation.status(party, facet.facet)
        alike.setdefault((before, after, finding), []).append(party)
    return [
        {
            "parties": [reader.party(each) for each in reader.situation.order(parties)],
            "before": before,
            "before_name": reader.status_name(before),
            "after": after,
            "after_name": reader.status_name(after),
            **then.reasons(finding, "status", parties[0], *then.in_facet(facet.facet)),
        }
        for (before, after, finding), parties in alike.items()
    ]


def _rows(facts: Page, base: str) -> Iterator[Page]:
    for change in facts["changes"]:
        for move in change["moves"]:
            for party in move["parties"]:
                yield {
                    **move,
                    "number": change["number"],
                    "on": change["on"],
                    "facet": facts["facet"],
                    "party": party["code"],
                    "name": party["name"],
                    **grounds_of_row(move, base),
                }
