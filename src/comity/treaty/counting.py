"""Count days, months and years as a depositary does; the conventions are data.

"Thirty days after" a deposit is, by depositary, the thirtieth day or the day after thirty clear
days; "six months after" the anniversary or the day after it; and the day that a month has not is
its last day or the first of the next. Which holds is stated with the treaty, never assumed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from comity.kernel.dates import add_months
from comity.kernel.errors import DataError, Fault
from comity.treaty.model import Counting, Step, Steps


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One step as it was taken: from which day to which."""

    step: Step
    start: date
    end: date


def reckon(steps: Steps, start: date, counting: Counting) -> tuple[Reckoned, ...]:
    """Return every step of a pipeline with the days it leads from and to.

    Raises `DataError` where a step leaves the years 1 to 9999.
    """
    return tuple(_reckoned(steps, start, counting))


def end_of(steps: Steps, start: date, counting: Counting) -> date:
    """Return the day on which a pipeline ends.

    >>> month = Step("first_of_month", 1)
    >>> end_of((Step("months", 3), month), date(2012, 11, 30), Counting())
    datetime.date(2013, 3, 1)
    >>> end_of((Step("days", 30),), date(2019, 4, 29), Counting(clear_days=True))
    datetime.date(2019, 5, 30)
    """
    taken = reckon(steps, start, counting)
    return taken[-1].end if taken else start


def _reckoned(steps: Steps, start: date, counting: Counting) -> Iterator[Reckoned]:
    day = start
    for step in steps:
        end = _after(step, day, step.counting or counting)
        yield Reckoned(step, day, end)
        day = end


def _after(step: Step, day: date, counting: Counting) -> date:
    match step.unit:
        case "days":
            return _later(day, step.number + counting.clear_days)
        case "months" | "years":
            months = step.number * (12 if step.unit == "years" else 1)
            found = add_months(day, months, roll_over=counting.roll_over)
            return _later(found, int(counting.day_after))
        case "first_of_month":
            first = add_months(day.replace(day=1), step.number)
            return first if (first - day).days >= step.gap else add_months(first, 1)
        case "end_of_year":
            return _made(day.year + step.number, (12, 31))
        case "next":
            return _next(step, day)


def _next(step: Step, day: date) -> date:
    found = _made(day.year, step.day)
    reached = found >= day if step.or_same else found > day
    return found if reached else _made(day.year + 1, step.day)


def _made(year: int, day: tuple[int, int]) -> date:
    if not date.min.year <= year <= date.max.year:
        raise DataError(_beyond(f"the year {year}"))
    return date(year, *day)


def _later(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise DataError(_beyond(f"{day} and {days} days")) from None


def _beyond(found: str) -> Fault:
    return Fault("impossible_date", found, "a day in the years 1 to 9999")
