"""Dates as the record knows them: a day, a month or a year; and instants in UTC."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from comity.kernel.errors import DataError, Fault

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):\d{2}:\d{2}(?:\.\d{1,6})?Z", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date known to the day, the month or the year.

    Written as in ISO 8601: ``2017-06-09``, ``2009-01``, ``1962``. ``first`` and ``last`` bound
    what it can mean. Where one day is needed the first is used, and an answer that falls between
    the two carries a doubt.

    >>> PartialDate.parse("2009-01").last
    datetime.date(2009, 1, 31)
    """

    first: date
    last: date

    @staticmethod
    def parse(text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; raises `DataError` for anything else."""
        return _parse_partial(text)

    @staticmethod
    def of(day: date) -> PartialDate:
        """Return the partial date that is exactly ``day``."""
        return PartialDate(day, day)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return self.first.isoformat()
        for length in (7, 4):
            shortened = self.first.isoformat()[:length]
            if _parse_partial(shortened) == self:
                return shortened
        return f"{self.first}/{self.last}"  # narrowed by other acts: an interval of ISO 8601


@lru_cache(maxsize=65536)
def _parse_partial(text: str) -> PartialDate:
    match = _DATE.fullmatch(text)
    if match:
        # A part that is missing is None, and one that is "00" is an error: hence no truth tests.
        year, month, day = (None if each is None else int(each) for each in match.groups())
        assert year is not None
        try:
            if month is None:
                return PartialDate(date(year, 1, 1), date(year, 12, 31))
            if day is None:
                last = calendar.monthrange(year, month)[1]
                return PartialDate(date(year, month, 1), date(year, month, last))
            return PartialDate.of(date(year, month, day))
        except ValueError:
            pass
    raise DataError(_not_a_date(text, "a date such as 2017-06-09, 2009-01 or 1962"))


def _not_a_date(text: str, expected: str) -> Fault:
    return Fault(code="impossible_date", found=f'"{text[:80]}" is not a date', expected=expected)


def parse_day(text: str) -> date:
    """Read ``YYYY-MM-DD``; raises `DataError` with what a date looks like."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise DataError(_not_a_date(text, "a day such as 2017-06-09"))


def parse_instant(text: str) -> datetime:
    """Read an instant in UTC, ``2026-11-21T09:30:00Z``; raises `DataError`."""
    if _INSTANT.fullmatch(text):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    raise DataError(_not_a_date(text, "an instant in UTC such as 2026-11-21T09:30:00Z"))


def parse_moment(text: str) -> date | datetime:
    """Read a day, or an instant in UTC; raises `DataError`."""
    return parse_instant(text) if "T" in text else parse_day(text)


def format_instant(instant: datetime) -> str:
    """Write an instant in UTC, with microseconds only where there are some.

    An instant without a time zone is refused: it would be read in the zone of the machine.
    """
    if instant.utcoffset() is None:
        raise DataError(_not_a_date(str(instant), "an instant with its time zone"))
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def end_of_day(day: date) -> datetime:
    """Return the last instant of ``day`` in UTC: what was known *on* a day includes that day."""
    return datetime.combine(day, time.max, tzinfo=UTC)


def add_months(day: date, months: int, *, roll_over: bool = False) -> date:
    """Return the same day ``months`` later; a day the month has not is clamped or rolls over.

    Depositaries differ: UNESCO clamps 30 November + 3 months to 28 February, the STCW Convention
    rolls over to 1 March.

    >>> add_months(date(2021, 11, 30), 3), add_months(date(2021, 11, 30), 3, roll_over=True)
    (datetime.date(2022, 2, 28), datetime.date(2022, 3, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise DataError(_not_a_date(f"{day} and {months} months", "a day in the years 1 to 9999"))
    last = calendar.monthrange(year, month + 1)[1]
    if day.day <= last:
        return date(year, month + 1, day.day)
    clamped = date(year, month + 1, last)
    return clamped + timedelta(days=1) if roll_over else clamped


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` up to but not including ``end``; ``None`` means without limit."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def __lt__(self, other: Period) -> bool:
        return self._sort_key() < other._sort_key()

    def overlaps(self, other: Period) -> bool:
        """Whether the two periods share at least one day."""
        start = max(self.start or date.min, other.start or date.min)
        ends = [each for each in (self.end, other.end) if each is not None]
        return not ends or start < min(ends)

    def _sort_key(self) -> tuple[date, bool, date]:
        return (self.start or date.min, self.end is None, self.end or date.max)

    def __str__(self) -> str:
        return f"{self.start or '…'}/{self.end or '…'}"
