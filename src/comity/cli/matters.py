"""A matter and its events from a file, completed with what the record of an organisation says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from comity.cli.rulebook import Rulebook
from comity.kernel import documents
from comity.kernel.dates import parse_day
from comity.kernel.documents import Document
from comity.kernel.errors import ComityError, DataError, Fault, UnknownName, unknown
from comity.procedure.cases import MATTER, event_of, matter_of
from comity.procedure.events import Event, Matter
from comity.procedure.model import Procedure, Procedures
from comity.procedure.zones import local_time, zone_of

KEYS = ("title", "on", "zone", "matter", "events", "source", "note")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Followed:
    """What is followed: a version of a procedure, a matter, its events, whose clocks, and when."""

    procedure: Procedure
    matter: Matter
    events: tuple[Event, ...]
    zone: str
    at: datetime


def read_followed(
    path: Path,
    procedures: Procedures,
    name: str,
    book: Rulebook,
    instant: Callable[[str], datetime],
) -> Followed:
    """Read a matter and its events; ``instant`` gives the one asked about, by the clocks of a zone.

    The version of the procedure is that of the day the file names, else of its first event. Raises
    `DataError` with all faults of the file, each with its place, and `UnknownName` where there is
    no such procedure.
    """
    calendar = procedures.on(name).calendar
    document = documents.read(path)
    data, faults = _keys(document, path)
    zone = _attempt(document, faults, lambda: _zone(data, calendar.zone), "zone") or "UTC"
    events = _events(document, data, zone, faults)
    faults += _misspelt(document, data, procedures)
    day = _attempt(document, faults, lambda: _day(data), "on")
    if faults:
        raise DataError(*faults)
    at = instant(zone)
    first = min((each.at for each in events), default=at)
    procedure = procedures.on(name, day or local_time(first, calendar.zone).date())
    book = replace(book, on=local_time(at, calendar.zone).date())
    given = data.get("matter")
    id = str(data.get("title") or path.stem)
    matter = _attempt(document, faults, lambda: _matter(given, procedure, book, id), "matter")
    if matter is None:
        raise DataError(*faults)
    return Followed(procedure, matter, tuple(_coded(each, book) for each in events), zone, at)


def _keys(document: Document, path: Path) -> tuple[Mapping[str, Any], list[Fault]]:
    data = document.data
    if not isinstance(data, dict):
        expected = f"some of {', '.join(KEYS)}"
        raise DataError(Fault("malformed_question", f"no keys in {path}", expected))
    given = data.get("matter")
    faults = [
        unknown("key", str(key), KEYS, place=document.place(str(key)))
        for key in data
        if key not in KEYS
    ]
    if isinstance(given, dict):
        faults += [
            unknown("key", str(key), MATTER, place=document.place("matter", str(key)))
            for key in given
            if key not in MATTER
        ]
    return data, faults


def _attempt(
    document: Document, faults: list[Fault], read: Callable[[], T], *path: str | int
) -> T | None:
    """Return what can be read, or note its faults with the place of a value."""
    try:
        return read()
    except ComityError as error:
        place = document.place(*path)
        faults += [replace(each, place=each.place or place) for each in error.faults]
        return None


def _zone(data: Mapping[str, Any], otherwise: str) -> str:
    zone = str(data.get("zone") or otherwise)
    zone_of(zone)
    return zone


def _day(data: Mapping[str, Any]) -> date | None:
    return parse_day(str(data["on"])) if data.get("on") else None


def _events(
    document: Document, data: Mapping[str, Any], zone: str, faults: list[Fault]
) -> list[Event]:
    listed = data.get("events") or []
    if not isinstance(listed, list):
        place = document.place("events")
        faults.append(Fault("wrong_type", "events that are no list", "a list", place=place))
        return []
    read = (
        _attempt(document, faults, partial(event_of, each, number, zone), "events", number - 1)
        for number, each in enumerate(listed, 1)
    )
    return [each for each in read if each is not None]


def _misspelt(
    document: Document, data: Mapping[str, Any], procedures: Procedures
) -> Iterator[Fault]:
    """Yield the positions that no table has: they would be refused, and not counted."""
    known = {word for table in procedures.rules.tables.values() for word in table.positions}
    listed = data.get("events")
    for number, event in enumerate(listed if isinstance(listed, list) else ()):
        word = event.get("position") if isinstance(event, dict) else None
        if isinstance(word, str) and word not in known:
            place = document.place("events", number, "position")
            yield unknown("position", word, known, place=place)


# What the record knows


def _matter(given: Any, procedure: Procedure, book: Rulebook, id: str) -> Matter:
    """Return the matter; members and holders of roles whom it does not name are of the record."""
    data = dict(given) if isinstance(given, dict) else {} if given is None else given
    if isinstance(data, dict):
        data = {key: _names(key, each, book) for key, each in data.items()}
        if not data.get("members"):
            data["members"] = list(book.members())
        if not data["members"]:
            found = f"no members of {book.id} on {book.on}"
            raise DataError(Fault("no_members", found, "matter: {members: [A, B]}"))
        roles = data.get("roles") or {}
        if isinstance(roles, dict):
            data["roles"] = dict(_of_the_record(procedure, book)) | roles
    return matter_of(data, id=id)


def _of_the_record(procedure: Procedure, book: Rulebook) -> Iterator[tuple[str, list[str]]]:
    """Yield who holds the offices and statuses that a procedure gives a part, on the day.

    An office held by a person is held by its own name: persons are not named here.
    """
    situation = book.situation
    if situation is None:
        return
    takes = [take for stage in procedure.stages.values() for take in stage.takes]
    named = {name for take in takes for name in (*take.by, *take.without)}
    named |= {each.word for take in takes for each in take.when if each.kind == "count"}
    for name in sorted(named & {*situation.charter.offices}):
        tenure = situation.office(name).value
        yield name, [tenure.party if tenure and not tenure.person else name]
    for name in sorted(named & {*situation.charter.statuses}):
        yield name, [each.party for each in situation.roster(name)]


def _names(key: str, value: Any, book: Rulebook) -> Any:
    """Return members by their codes, wherever a matter names some."""
    if key == "members":
        return _seats(value, book)
    if key in ("bodies", "roles", "groups") and isinstance(value, dict):
        return {name: _seats(each, book) for name, each in value.items()}
    if key == "weights" and isinstance(value, dict):
        return {unit: _seats(each, book) for unit, each in value.items()}
    return value


def _seats(value: Any, book: Rulebook) -> Any:
    if isinstance(value, dict):
        return {_code(str(who), book): each for who, each in value.items()}
    if isinstance(value, list):
        return [_code(str(who), book) for who in value]
    return _code(value, book) if isinstance(value, str) else value


def _coded(event: Event, book: Rulebook) -> Event:
    positions = {_code(who, book): word for who, word in event.positions.items()}
    return replace(event, by=_code(event.by, book), positions=positions)


def _code(name: str, book: Rulebook) -> str:
    """Return the code of a party; who is none (a chair, a secretariat) is called as it is."""
    try:
        return book.code(name)
    except UnknownName:
        return name
