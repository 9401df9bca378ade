"""Values that change on days: a number of consents, a sum of weights, whether a test is met."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from comity.decision.numbers import Number
from comity.kernel.dates import Period

T = TypeVar("T")
U = TypeVar("U")
Spells = tuple[Period, ...]

START = date.min


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """A value on every day: ``values[n]`` holds from ``days[n]`` on, the first since ever."""

    days: tuple[date, ...]
    values: tuple[T, ...]

    @staticmethod
    def always(value: U) -> Line[U]:
        """Return a value that never changes."""
        return Line((START,), (value,))

    @staticmethod
    def of(changes: Iterable[tuple[date, U]], before: U) -> Line[U]:
        """Return a value that becomes another on given days, in their order; one change a day."""
        days, values = [START], [before]
        for day, value in changes:
            if day == days[-1]:
                values[-1] = value
            elif value != values[-1]:
                days.append(day)
                values.append(value)
        return Line(tuple(days), tuple(values))

    def at(self, day: date) -> T:
        """Return the value on a day."""
        return self.values[bisect_right(self.days, day) - 1]

    def until(self, day: date) -> Line[T]:
        """Return the line as it is known on a day: nothing changes after it."""
        kept = bisect_right(self.days, day)
        return Line(self.days[:kept], self.values[:kept])

    def first(self, wanted: T, since: date = START) -> date | None:
        """Return the first day, from ``since`` on, on which the value is the one wanted."""
        if self.at(since) == wanted:
            return since
        later = zip(self.days, self.values, strict=True)
        return next((day for day, value in later if day > since and value == wanted), None)


def together(join: Callable[..., U], *lines: Line[Any]) -> Line[U]:
    """Return what several lines give together, day by day.

    >>> one = Line.of([(date(2030, 1, 1), 3)], 0)
    >>> together(lambda a, b: a >= b, one, Line.always(2)).first(True)
    datetime.date(2030, 1, 1)
    """
    days = sorted({day for line in lines for day in line.days})
    changes = ((day, join(*(each.at(day) for each in lines))) for day in days)
    return Line.of(changes, join(*(each.values[0] for each in lines)))


def total_of(
    spells: Mapping[str, Spells], weigh: Callable[[str], Line[Number] | Number] | None = None
) -> Line[Number]:
    """Return what those who hold weigh together, day by day; without ``weigh`` each counts one.

    A weight that never changes may be given as a number.
    """
    changes: dict[date, Number] = {}
    for who, held in spells.items():
        weight = 1 if weigh is None else weigh(who)
        found = _changing(held, weight) if isinstance(weight, Line) else _changes(held, weight)
        for day, change in found:
            changes[day] = changes.get(day, 0) + change
    return Line.of(_sums(changes), 0)


def _changes(held: Spells, weight: Number) -> Iterator[tuple[date, Number]]:
    for period in held:
        yield period.start or START, weight
        if period.end is not None:
            yield period.end, -weight


def _changing(held: Spells, weight: Line[Number]) -> Iterator[tuple[date, Number]]:
    for period in held:
        start = period.start or START
        now = weight.at(start)
        yield start, now
        for day, value in zip(weight.days, weight.values, strict=True):
            if start < day < _end(period):
                yield day, value - now
                now = value
        if period.end is not None:
            yield period.end, -now


def _sums(changes: Mapping[date, Number]) -> Iterator[tuple[date, Number]]:
    total: Number = 0
    for day in sorted(changes):
        total += changes[day]
        yield day, total


def common(one: Spells, other: Spells) -> Spells:
    """Return the periods in which both hold."""
    pairs = ((each, beside) for each in one for beside in other)
    bounds = ((max(_start(a), _start(b)), min(_end(a), _end(b))) for a, b in pairs)
    return tuple(sorted(_period(start, end) for start, end in bounds if start < end))


def outside(one: Spells, other: Spells) -> Spells:
    """Return the periods in which the first holds and the other does not."""
    return common(one, gaps(other)) if other else one


def either(one: Spells, other: Spells) -> Spells:
    """Return the periods in which at least one of the two holds."""
    return gaps(common(gaps(one), gaps(other)))


def gaps(spells: Spells) -> Spells:
    """Return the periods in which nothing holds.

    >>> [str(each) for each in gaps((Period(date(2030, 1, 1), date(2031, 1, 1)),))]
    ['…/2030-01-01', '2031-01-01/…']
    """
    found, reached = [], START
    for each in sorted(spells):
        if _start(each) > reached:
            found.append(_period(reached, _start(each)))
        reached = max(reached, _end(each))
    if reached < date.max:
        found.append(_period(reached, date.max))
    return tuple(found)


def _start(period: Period) -> date:
    return period.start or START


def _end(period: Period) -> date:
    return period.end or date.max


def _period(start: date, end: date) -> Period:
    return Period(None if start == START else start, None if end == date.max else end)
