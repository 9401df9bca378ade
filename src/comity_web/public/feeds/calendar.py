"""Meetings, and the days on which a status began or begins, as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext
from icalendar import Calendar, Event

from comity.kernel.act import Act
from comity.register.changes import Turn, turns
from comity.wording.acts import act_sentence
from comity_web.public.feeds.atom import tag
from comity_web.public.pages.day import moves_in_words
from comity_web.public.pages.reader import Reader, capital

ONE_DAY = timedelta(days=1)


def calendar(reader: Reader, base: str) -> bytes:
    """Return an organisation's calendar, past and to come."""
    found = Calendar()
    found.add("prodid", "-//comity//register//EN")
    found.add("version", "2.0")
    found.add("name", reader.text(reader.charter.names) or reader.charter.id)
    found.add("x-wr-calname", reader.text(reader.charter.names) or reader.charter.id)
    for act in _meetings(reader):
        found.add_component(_meeting(reader, act, base))
    for turn in turns(reader.situation):
        found.add_component(_turn(reader, turn, base))
    return bytes(found.to_ical())


def _meetings(reader: Reader) -> Iterator[Act]:
    known = reader.situation.known
    recorded = reader.record.acts[:known]
    annulled = {act.detail("act") for act in recorded if act.kind == "annulled"}
    for act in recorded:
        if act.kind == "met" and act.id not in annulled:
            yield reader.record.act(act.id, known=known)


def _meeting(reader: Reader, act: Act, base: str) -> Event:
    last = act.effective_on.last
    opened = act.detail("opened_on")
    first = min(date.fromisoformat(opened) if opened else act.effective_on.first, last)
    uid = tag(reader, act.id, act.recorded_at.date())
    event = _event(uid, act.recorded_at, base + reader.address("acts", act.id))
    event.add("summary", reader.act_label(act))
    event.add("description", capital(act_sentence(act, reader.situation, reader.language)))
    event.add("dtstart", first)
    event.add("dtend", last + ONE_DAY)
    event.add("categories", [gettext("Meeting")])
    if act.place:
        event.add("location", reader.translated(act.place))
    return event


def _turn(reader: Reader, turn: Turn, base: str) -> Event:
    day = turn.on.isoformat()
    stamped = reader.present.recorded_at or datetime.combine(turn.on, time(), UTC)
    url = f"{base}/{reader.language}/{reader.charter.id}/?on={day}"
    event = _event(tag(reader, f"statuses/{day}", turn.on), stamped, url)
    event.add("summary", moves_in_words(reader, turn))
    event.add("dtstart", turn.on)
    event.add("dtend", turn.on + ONE_DAY)
    event.add("categories", [gettext("Status")])
    return event


def _event(uid: str, stamped: datetime, url: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamped)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
