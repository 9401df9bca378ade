"""Work out a date from the days it starts from, and keep every step that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from comity.treaty.counting import Reckoned, reckon
from comity.treaty.lines import Line
from comity.treaty.model import (
    After,
    Cases,
    Counting,
    Date,
    Fixed,
    NotBefore,
    Of,
    Start,
    Steps,
    nothing,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day and the steps that led to it; ``held_back``: it would have been earlier."""

    day: date
    steps: tuple[Reckoned, ...] = ()
    held_back: date | None = None


@dataclass(frozen=True, slots=True)
class Starts:
    """The days that dates may start from; a day not yet known is missing.

    ``default`` is where a pipeline starts that does not say.
    """

    counting: Counting
    default: Start
    days: Mapping[str, date] = field(default_factory=nothing)
    in_force: Mapping[str, Line[bool]] = field(default_factory=nothing)

    def adding(self, default: Start, **days: date | None) -> Starts:
        """Return these starts with further days, and another default."""
        known = {name: day for name, day in days.items() if day is not None}
        return Starts(self.counting, default, {**self.days, **known}, self.in_force)


def dated(wanted: Date, starts: Starts) -> Dated | None:
    """Return the day that a date comes to; ``None`` while a day it starts from is not known."""
    match wanted:
        case Fixed(day):
            return Dated(day)
        case After():
            return _after(wanted, starts)
        case Of(dates, latest):
            return _of([dated(each, starts) for each in dates], latest)
        case Cases(cases):
            met = starts.days.get("met")
            for case in cases:
                if case.met_by is None or (met is not None and met <= case.met_by):
                    return dated(case.falls, starts)
            return None
        case NotBefore(own, others):
            found = dated(own, starts)
            bounds = [dated(each, starts) for each in others]
            if found is None:
                return None
            last = _of([found, *bounds], latest=True)
            return (
                last
                if last is None or last.day == found.day
                else replace(last, held_back=found.day)
            )


def later(steps: Steps, start: date, counting: Counting) -> Dated:
    """Return the day to which steps lead from another."""
    taken = reckon(steps, start, counting)
    return Dated(taken[-1].end if taken else start, taken)


def _after(wanted: After, starts: Starts) -> Dated | None:
    if wanted.treaty:
        line = starts.in_force.get(wanted.treaty, Line.always(False))
        start = line.first(True)
    else:
        start = starts.days.get(wanted.since or starts.default)
    if start is None:
        return None
    return later(wanted.steps, start, starts.counting)


def _of(found: list[Dated | None], latest: bool) -> Dated | None:
    known = [each for each in found if each is not None]
    if not known or (latest and len(known) < len(found)):
        return None
    choose = max if latest else min
    return choose(known, key=lambda each: each.day)
