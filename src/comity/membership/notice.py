"""When a notice of withdrawal takes effect (``docs/reference/algorithms/notice.md``)."""

from __future__ import annotations

from datetime import date, timedelta

from comity.charter.model import Notice
from comity.kernel.dates import add_months
from comity.kernel.errors import DataError, Fault


def takes_effect_on(
    received: date, *, notice: Notice, held_since: date, says: date | None = None
) -> date:
    """Return the first day on which a status no longer holds after a notice received that day.

    A later day named in the notice is respected, an earlier one is of no effect. A notice given
    before the status may be left counts from the first day on which it may. Raises `DataError`
    where the calendar has no such day.

    >>> takes_effect_on(date(2016, 10, 27), notice=Notice(months=12), held_since=date(2004, 12, 1))
    datetime.date(2017, 10, 27)
    """
    try:
        computed = _computed(received, notice, held_since)
    except (OverflowError, ValueError) as error:  # what Python says of years after 9999
        found = f"a notice received on {received} takes effect after the year 9999"
        raise DataError(Fault("impossible_date", found, "a notice of our time")) from error
    return max(computed, says) if says else computed


def _computed(received: date, notice: Notice, held_since: date) -> date:
    start = received
    if notice.not_within_months:
        start = max(start, add_months(held_since, notice.not_within_months))
    if notice.notice_by and notice.effect:
        return _next_cutoff(start, notice.notice_by, notice.effect)
    return _after_period(start, notice)


def _after_period(start: date, notice: Notice) -> date:
    end = add_months(start, notice.months, roll_over=notice.roll_over)
    end += timedelta(days=notice.days)
    if notice.then == "next_day":
        return end + timedelta(days=1)
    if notice.then == "first_of_next_month":
        return add_months(end.replace(day=1), 1)
    if notice.then == "first_of_next_year":
        return date(end.year + 1, 1, 1)
    return end


def _next_cutoff(start: date, notice_by: tuple[int, int], effect: tuple[int, int]) -> date:
    """A notice on or before the cut-off day of a year takes effect on the next day of effect."""
    year = start.year if (start.month, start.day) <= notice_by else start.year + 1
    return date(year if effect > notice_by else year + 1, *effect)
