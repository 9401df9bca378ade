"""Calendars and the end of a period: an exact instant, reckoned and never looked up on a clock.

The guarantees are in ``docs/reference/algorithms/silence.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Literal

from comity.kernel.dates import Period, add_months
from comity.kernel.finding import Doubt, Finding
from comity.procedure.zones import FIRST, LAST, instant_of, local_time

Unit = Literal["clock_hours", "days", "office_days", "months"]
UNITS: tuple[Unit, ...] = ("clock_hours", "days", "office_days", "months")
Falls = Literal["as_it_is", "next_office_day", "previous_office_day"]
FALLS: tuple[Falls, ...] = ("as_it_is", "next_office_day", "previous_office_day")
MonthEnd = Literal["clamp", "roll_over"]
Then = Literal["same_day", "first_of_next_month", "first_of_next_year"]
THENS: tuple[Then, ...] = ("same_day", "first_of_next_month", "first_of_next_year")
AfterHours = Literal["same_day", "next_office_day"]

SAME_TIME, END_OF_DAY, CLOSE_OF_OFFICE = "same_time", "end_of_day", "close_of_office"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
UNLIMITED = Period()

Names = Mapping[str, str]


def _nothing() -> Names:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A holiday, or a day at the weekend on which the office works."""

    on: date
    names: Names = field(default_factory=_nothing)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where an office is, when it works, and which days it keeps.

    ``covers`` are the days whose holidays are known; an end reckoned beyond them is in doubt.
    ``after_hours`` says of which day an act is that comes when the office is closed.
    """

    id: str
    zone: str = "UTC"
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    working_days: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    opens: time = time(9)
    closes: time = time(18)
    covers: Period = UNLIMITED
    after_hours: AfterHours = "same_day"
    names: Names = field(default_factory=_nothing)

    def is_office_day(self, day: date) -> bool:
        """Whether the office works on a day; a working day goes before a holiday."""
        if day in self.working_days:
            return True
        return day.weekday() not in self.weekend and day not in self.holidays

    def day_of(self, instant: datetime) -> date:
        """Return the day that the office has at an instant."""
        return local_time(instant, self.zone).date()

    def counted_from(self, local: datetime) -> date:
        """Return the day of which an act is, for periods in days."""
        day = local.date()
        if self.after_hours == "same_day":
            return day
        if self.is_office_day(day):
            return day if local.time() < self.closes else self.next_office_day(day + DAY)
        return self.next_office_day(day)

    def next_office_day(self, day: date) -> date:
        """Return the day itself if the office works on it, else the next on which it does."""
        return self._office_day(day, 1)

    def previous_office_day(self, day: date) -> date:
        """Return the day itself if the office works on it, else the last on which it did."""
        return self._office_day(day, -1)

    def _office_day(self, day: date, step: int) -> date:
        while not self.is_office_day(day) and FIRST.date() < day < LAST.date():
            day += step * DAY
        return day

    def after_office_days(self, day: date, number: int) -> date:
        """Return the last of ``number`` office days that follow a day."""
        for _ in range(number):
            if day >= LAST.date():
                return LAST.date()
            day = self.next_office_day(day + DAY)
        return day


NO_CALENDAR = Calendar("utc", weekend=frozenset(), closes=time(23, 59))


@dataclass(frozen=True, slots=True)
class Span:
    """A period: how many of which unit, at what time of its last day it ends, where that may fall.

    The day on which a period begins is not counted. ``ends``: ``same_time``, ``end_of_day``,
    ``close_of_office`` or a time of day. ``then``: the day on which it ends is not its last, but
    the first of the month or year after that.
    """

    number: int
    unit: Unit = "clock_hours"
    ends: str | time = SAME_TIME
    falls: Falls = "as_it_is"
    month_end: MonthEnd = "clamp"
    then: Then = "same_day"


def end_of(
    start: datetime, span: Span, calendar: Calendar, *, received: bool = False
) -> Finding[datetime]:
    """Return the instant at which a period ends that begins at ``start``.

    ``received``: it begins with something that the office receives, which may come after hours.
    Nothing is reckoned beyond the year 9999: such a period ends there.
    """
    begins = local_time(start, calendar.zone)
    if span.unit == "clock_hours":
        exact = _later(start, timedelta(hours=min(span.number, 90_000_000)))
        local = local_time(exact, calendar.zone)
        day = local.date()
    else:
        exact = None
        first = calendar.counted_from(begins) if received else begins.date()
        day = _then(_last_day(first, span, calendar), span.then)
        local = _at_end(day, begins.time(), span, calendar)
    moved = _on_office_day(day, span.falls, calendar)
    if exact is None or moved != day:
        exact = instant_of(local + (moved - day), calendar.zone)
    doubts = _doubts((begins.date(), day, moved), span, calendar)
    return Finding(min(exact, LAST), (), doubts)


def _later(start: datetime, by: timedelta) -> datetime:
    return start + by if by < LAST - start else LAST


def _last_day(day: date, span: Span, calendar: Calendar) -> date:
    if span.unit == "days":
        return day + span.number * DAY if span.number < (LAST.date() - day).days else LAST.date()
    if span.unit == "office_days":
        return calendar.after_office_days(day, span.number)
    if day.year + span.number // 12 + 1 >= LAST.year:
        return LAST.date()
    return add_months(day, span.number, roll_over=span.month_end == "roll_over")


def _then(day: date, then: Then) -> date:
    if then == "same_day" or day.year == LAST.year:
        return day
    if then == "first_of_next_year" or day.month == 12:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def _at_end(day: date, same: time, span: Span, calendar: Calendar) -> datetime:
    if span.ends == END_OF_DAY:
        return datetime.combine(day + DAY, time())  # midnight: the first instant of the next
    if span.ends == CLOSE_OF_OFFICE:
        return datetime.combine(day, calendar.closes)
    return datetime.combine(day, span.ends if isinstance(span.ends, time) else same)


def _on_office_day(day: date, falls: Falls, calendar: Calendar) -> date:
    if falls == "next_office_day":
        return calendar.next_office_day(day)
    return calendar.previous_office_day(day) if falls == "previous_office_day" else day


def _doubts(days: Iterable[date], span: Span, calendar: Calendar) -> tuple[Doubt, ...]:
    """Return a doubt for the first day on which nobody said whether the office works."""
    of_office = span.unit == "office_days" or span.falls != "as_it_is"
    unknown = [each for each in days if each not in calendar.covers]
    if not of_office or not unknown:
        return ()
    return (Doubt("holidays_unknown", calendar.id, unknown[0].isoformat()),)


def special_days(days: Iterable[SpecialDay]) -> Mapping[date, SpecialDay]:
    """Return special days by their date."""
    return MappingProxyType({each.on: each for each in days})
