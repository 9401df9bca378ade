"""A naive model of silence and of periods: time is walked through minute by minute.

It is written from the rules of the Assembly as a reader would apply them by hand, and shares no
line with the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def clock(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def when_clocks_show(wanted: datetime, zone: str) -> datetime:
    """Return the last minute at which clocks show a time, else the first at which it is past."""
    first_past, last_shown = None, None
    instant = wanted.replace(tzinfo=UTC) - 27 * timedelta(hours=1)
    for _ in range(54 * 60):
        shown = clock(instant, zone)
        if shown == wanted:
            last_shown = instant
        if shown > wanted and first_past is None:
            first_past = instant
        instant += MINUTE
    if last_shown is not None:
        return last_shown
    assert first_past is not None
    return first_past


@dataclass
class Office:
    """A calendar as a list of the days on which the office is closed."""

    zone: str
    closed: frozenset[date]
    closes: time = time(18)

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.closed


def end(
    start: datetime, number: int, unit: str, ends: str | time, falls: str, office: Office
) -> datetime:
    if unit == "clock_hours":
        instant = start
        for _ in range(number * 60):
            instant += MINUTE
        shown = clock(instant, office.zone)
        moved = move(shown.date(), falls, office)
        if moved == shown.date():
            return instant
        return when_clocks_show(datetime.combine(moved, shown.time()), office.zone)
    shown = clock(start, office.zone)
    day = shown.date()
    if unit == "days":
        for _ in range(number):
            day += DAY
    elif unit == "office_days":
        counted = 0
        while counted < number:
            day += DAY
            counted += office.works(day)
    else:
        day = months_later(day, number)
    day = move(day, falls, office)
    if ends == "end_of_day":
        return when_clocks_show(datetime.combine(day + DAY, time()), office.zone)
    at = {"same_time": shown.time(), "close_of_office": office.closes}.get(str(ends), ends)
    assert isinstance(at, time)
    return when_clocks_show(datetime.combine(day, at), office.zone)


def months_later(day: date, number: int) -> date:
    year, month = day.year, day.month
    for _ in range(number):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError


def move(day: date, falls: str, office: Office) -> date:
    step = {"next_office_day": DAY, "previous_office_day": -DAY}.get(falls)
    while step is not None and not office.works(day):
        day += step
    return day


@dataclass
class Silence:
    """Where a matter stands under rule 6 of the Assembly, and how it got there."""

    members: tuple[str, ...]
    chair: str
    office: Office
    stage: str = "prepared"
    deadline: datetime | None = None
    kept: datetime | None = None
    proposer: str = ""
    text: str = ""
    tabled: int = 0
    extended: int = 0
    objectors: dict[str, str] = field(default_factory=dict)
    positions: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    adopted_at: datetime | None = None
    refused: set[str] = field(default_factory=set)

    def walk(self, events: list[Any], start: datetime, until: datetime) -> Silence:
        """Go through every minute up to an instant."""
        by_minute: dict[datetime, list[Any]] = {}
        for each in events:
            by_minute.setdefault(each.at, []).append(each)
        order = ["withdrawn", "amended", "position_given", "objection_withdrawn"]
        minute = start
        while minute <= until:
            self.expire(minute)
            todays = by_minute.get(minute, ())
            ranked = [(order.index(e.kind) if e.kind in order else 9, e.id, e) for e in todays]
            for _, _, event in sorted(ranked, key=lambda each: each[:2]):
                if not self.take(event):
                    self.refused.add(event.id)
                self.expire(minute)
            minute += MINUTE
        return self

    def expire(self, minute: datetime) -> None:
        if self.deadline is None or minute < self.deadline:
            return
        if self.stage == "silence":
            self.stage, self.adopted_at, self.deadline = "adopted", minute, None
        elif self.stage == "broken":
            self.stage, self.deadline = "lapsed", None

    def take(self, event: Any) -> bool:
        taken: bool = getattr(self, f"in_{self.stage}")(event)
        return taken

    def in_prepared(self, event: Any) -> bool:
        if event.kind == "tabled" and event.by in self.members:
            self.tabled += 1
            self.proposer, self.text = event.by, event.text or event.id
            return True
        if event.kind != "silence_opened" or event.by != self.chair or not self.tabled:
            return False
        ends = event.until or event.at + 72 * 60 * MINUTE
        if ends < event.at + 72 * 60 * MINUTE:
            return False
        self.stage, self.deadline = "silence", ends
        return True

    def in_silence(self, event: Any) -> bool:
        if event.by not in self.members:
            return False
        if event.kind == "position_given":
            return self.position(event)
        if event.kind == "amended":
            if not event.text or event.text == self.text:
                return False
            self.text, self.positions, self.deadline = event.text, {}, None
            self.stage = "prepared"
            return True
        if event.kind == "extended":
            return self.extend(event)
        if event.kind == "withdrawn" and event.by == self.proposer:
            self.stage, self.deadline = "withdrawn", None
            return True
        return False

    def position(self, event: Any) -> bool:
        if event.text and event.text != self.text:
            return False
        taken = (event.position, event.text or self.text, event.reason)
        if self.positions.get(event.by) == taken:
            return False
        if event.position == "objects":
            if not event.reason:
                return False
            self.positions[event.by] = taken
            self.kept, self.stage = self.deadline, "broken"
            self.deadline = end(event.at, 10, "days", "end_of_day", "as_it_is", self.office)
            return True
        if event.position != "joins_consensus":
            return False
        self.positions[event.by] = taken
        return True

    def extend(self, event: Any) -> bool:
        assert self.deadline is not None
        if event.by != self.chair or self.extended == 1 or event.until is None:
            return False
        latest = end(self.deadline, 5, "office_days", "same_time", "as_it_is", self.office)
        if not self.deadline < event.until <= latest:
            return False
        self.deadline, self.extended = event.until, 1
        return True

    def in_broken(self, event: Any) -> bool:
        if event.by not in self.members:
            return False
        held = self.positions.get(event.by, ("", "", ""))
        if event.kind == "objection_withdrawn" and held[0] == "objects":
            del self.positions[event.by]
            if not any(each[0] == "objects" for each in self.positions.values()):
                self.stage, self.deadline = "silence", self.kept
            return True
        if event.kind == "amended" and event.text and event.text != self.text:
            self.stage, self.deadline, self.text, self.positions = "prepared", None, event.text, {}
            return True
        if event.kind == "withdrawn" and event.by == self.proposer:
            self.stage, self.deadline = "withdrawn", None
            return True
        return False

    def in_adopted(self, event: Any) -> bool:
        assert self.adopted_at is not None
        shown = clock(self.adopted_at, self.office.zone)
        latest = when_clocks_show(shown + 7 * DAY, self.office.zone)
        return event.kind == "statement_filed" and event.by in self.members and event.at < latest

    def in_lapsed(self, _: Any) -> bool:
        return False

    in_withdrawn = in_lapsed
