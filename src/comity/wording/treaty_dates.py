"""Dates of a treaty in words: pipelines, choices between dates, and how periods are counted.

A date is said in one of two ways: ``when`` something happens, and as the ``day`` itself, from which
another period runs or before which nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comity.treaty.counting import Reckoned
from comity.treaty.model import (
    After,
    Case,
    Cases,
    Counting,
    Date,
    Fixed,
    NotBefore,
    Of,
    Start,
    Step,
    Steps,
    Treaty,
)
from comity.wording.catalogue import text
from comity.wording.treaty_names import Voice

_LONG = ("days", "months", "years")
_ANY_YEAR = 2000  # a leap year: every day of the calendar is in it


def when(falls: Date, default: Start, voice: Voice) -> str:
    """Return when something happens: "30 days after the day of the notice".

    ``default`` is the day from which a pipeline runs that does not say.
    """
    match falls:
        case Fixed(day):
            return voice.say("at", day=voice.day(day))
        case After():
            return pipeline(falls.steps, start_of(falls, default, voice), voice)
        case Of(dates, latest):
            said = (_inner(each, default, voice, apart=True) for each in dates)
            return voice.say(_key(latest, "at"), dates=_joined(said, voice))
        case Cases(cases):
            return voice.series(_case(each, default, voice) for each in cases)
        case NotBefore(own, others):
            bounds = voice.say("nor_before").join(day_of(each, default, voice) for each in others)
            return voice.say("not_before", date=_inner(own, default, voice), others=bounds)


def _case(case: Case, default: Start, voice: Voice) -> str:
    said = _inner(case.falls, default, voice)
    if case.met_by is None:
        return voice.say("case_else", date=said)
    return voice.say("case", date=said, day=voice.day(case.met_by))


def _inner(falls: Date, default: Start, voice: Voice, *, apart: bool = False) -> str:
    """Return when something happens as a part of another date, in brackets where it must be."""
    said = when(falls, default, voice)
    composed = isinstance(falls, Cases | NotBefore) or (apart and isinstance(falls, Of))
    return voice.shared("bracket", condition=said) if composed else said


def day_of(falls: Date, default: Start, voice: Voice) -> str:
    """Return the day on which something happens: "the end of 30 days after the day of …"."""
    match falls:
        case Fixed(day):
            return voice.day(day)
        case After():
            start = start_of(falls, default, voice)
            return _day(falls.steps, start, voice)
        case Of(dates, latest):
            said = voice.series(day_of(each, default, voice) for each in dates)
            return voice.say(_key(latest, "of"), dates=said)
        case Cases() | NotBefore():
            return voice.say("determined_of", date=when(falls, default, voice))


def pipeline(steps: Steps, start: str, voice: Voice) -> str:
    """Return when a pipeline ends that runs from a day, given as `started` gives it."""
    if not steps:
        return voice.say("day_at", start=start)
    before, last = _day(steps[:-1], start, voice), steps[-1]
    if last.unit not in _LONG:
        return voice.say("at", day=_step(last, before, voice))
    said = voice.say("after_at", count=length(last, "after", voice), start=before)
    return said + _month_end(last, voice)


def day_after(steps: Steps, start: str, voice: Voice) -> str:
    """Return the day on which a pipeline ends that runs from a day."""
    return _day(steps, started(start, voice), voice)


def started(start: str, voice: Voice, **values: str) -> str:
    """Return which day a period runs from, to be put after "the day"."""
    return text(voice.language, f"treaty_start.{start}", **values)


def start_of(falls: After, default: Start, voice: Voice) -> str:
    """Return from which day a pipeline runs."""
    if falls.treaty:
        return started("in_force", voice, treaty=voice.title(falls.treaty))
    return started(falls.since or default, voice)


def length(step: Step, case: str, voice: Voice) -> str:
    """Return how long a step is, in words that say how it is counted: "30 clear days"."""
    counting = step.counting or voice.treaty.counting
    if step.unit == "days":
        return voice.counted(case, "clear_days" if counting.clear_days else "days", step.number)
    prefix = "full_" if counting.day_after else ""
    return voice.counted(case, prefix + step.unit, step.number)


def calendar_day(day: tuple[int, int], voice: Voice) -> str:
    """Return a day of the calendar without its year."""
    found = date(_ANY_YEAR, *day)
    month = text(voice.language, f"month_in_date.m{found.month}")
    return voice.say("day_month", day=found.day, month=month)


def taken(step: Reckoned, voice: Voice) -> str:
    """Return one step as it was taken: "5 October 2016, plus 30 days: 4 November 2016"."""
    own = step.step
    days = {"start": voice.day(step.start), "end": voice.day(step.end)}
    if own.unit in _LONG:
        values, key = {"count": length(own, "after", voice)}, "after"
    elif own.gap:
        values, key = {"count": voice.counted("span", "days", own.gap)}, "gap"
    else:
        key = _name(own)
        values = _values(own, key, voice)
    return text(voice.language, f"treaty_status.step_{key}", **days, **values)


def counting_sentences(treaty: Treaty, steps: Iterable[Step], voice: Voice) -> Iterator[str]:
    """Yield how the periods of a treaty are counted, as far as it has such periods."""
    every = tuple(steps)
    days = {_counting(each, treaty).clear_days for each in every if each.unit == "days"}
    longer = [_counting(each, treaty) for each in every if each.unit in ("months", "years")]
    yield from (
        voice.say(key)
        for key, clear in (("days_nth", False), ("days_clear", True))
        if clear in days
    )
    after = {each.day_after for each in longer}
    keys = (("months_anniversary", False), ("months_day_after", True))
    yield from (voice.say(key) for key, full in keys if full in after)
    ends = {each.roll_over for each in longer}
    if len(ends) == 1:
        yield voice.say("month_end_roll_over" if ends == {True} else "month_end_clamp")


def _counting(step: Step, treaty: Treaty) -> Counting:
    return step.counting or treaty.counting


def _day(steps: Steps, start: str, voice: Voice) -> str:
    said = voice.say("day_of", start=start)
    for each in steps:
        said = _step(each, said, voice)
    return said


def _step(step: Step, start: str, voice: Voice) -> str:
    if step.unit in _LONG:
        said = voice.say("after_of", count=length(step, "span", voice), start=start)
        return said + _month_end(step, voice)
    key = _name(step)
    said = voice.say(key, start=start, **_values(step, key, voice))
    gap = voice.counted("span", "days", step.gap)
    return said + (voice.say("gap", count=gap) if step.gap else "")


def _name(step: Step) -> str:
    """Return the key of a step that leads to a day of the calendar."""
    if step.unit == "next":
        return "next_same" if step.or_same else "next"
    unit = "first" if step.unit == "first_of_month" else "year"
    return unit + {0: "_same", 1: ""}.get(step.number, "_nth")


def _values(step: Step, key: str, voice: Voice) -> dict[str, str]:
    if step.unit == "next":
        return {"day": calendar_day(step.day, voice)}
    return {"ordinal": voice.ordinal(step.number)} if key.endswith("_nth") else {}


def _month_end(step: Step, voice: Voice) -> str:
    """Return what becomes of a day that the month has not, where this step has its own rule."""
    whole = voice.treaty.counting
    if step.unit == "days" or (step.counting or whole).roll_over == whole.roll_over:
        return ""
    return voice.say("rolled" if (step.counting or whole).roll_over else "clamped")


def _joined(said: Iterable[str], voice: Voice) -> str:
    return text(voice.language, "list.last_or").join(said)


def _key(latest: bool, way: str) -> str:
    return f"{'latest' if latest else 'earliest'}_{way}"
