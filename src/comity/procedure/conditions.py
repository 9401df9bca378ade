"""What must hold for an event to be taken, and the reason where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from comity.kernel.dates import format_instant
from comity.procedure.calendars import Span
from comity.procedure.course import Course
from comity.procedure.events import Event
from comity.procedure.model import Condition, Step, Take
from comity.procedure.standing import Pending, Standing


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an event is not taken: what was found and what would have been required."""

    code: str
    found: str = ""
    required: str = ""
    article: str = ""
    stage: str = ""
    deadline: Pending | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """An event on one of the ways on which a stage takes its kind, as it would stand with it."""

    course: Course
    before: Standing
    after: Standing
    event: Event
    take: Take


Check: TypeAlias = Callable[[Tried, Condition], Iterator[Reason]]


def _counts_as(tried: Tried, condition: Condition) -> Iterator[Reason]:
    table = tried.course.table(tried.before, tried.event.at)
    word = tried.event.position or tried.take.position
    effect = table.positions.get(word) if table else None
    if effect is None or effect.counts_as not in condition.words:
        required = ", ".join(condition.words)
        yield Reason("other_position", word, required, _article(tried, condition))


def _reason_given(tried: Tried, condition: Condition) -> Iterator[Reason]:
    if not tried.event.reason.strip():
        yield Reason("reason_missing", "", "", _article(tried, condition))


def _current_text(tried: Tried, condition: Condition) -> Iterator[Reason]:
    said, current = tried.event.text, tried.before.text
    if said and said != current:
        yield Reason("other_version", said, current, _article(tried, condition))


def _number(tried: Tried, condition: Condition) -> Iterator[Reason]:
    number = tried.course.number(condition.word, tried.after, tried.event.at)
    article = _article(tried, condition)
    if condition.least is not None and number < condition.least:
        yield Reason("too_few", str(number), str(condition.least), article)
    if condition.most is not None and number > condition.most:
        yield Reason("too_many", str(number), str(condition.most), article)


def _times(tried: Tried, condition: Condition) -> Iterator[Reason]:
    number = tried.before.times(condition.word) + (tried.event.kind == condition.word)
    article = _article(tried, condition)
    if condition.most is not None and number > condition.most:
        yield Reason("too_often", str(number), str(condition.most), article)
    if condition.least is not None and number < condition.least:
        yield Reason("too_few", str(number), str(condition.least), article)


def _since(tried: Tried, condition: Condition) -> Iterator[Reason]:
    start = since(condition, tried.before)
    at, article = tried.event.at, _article(tried, condition)
    if condition.span_least is not None:
        earliest = reckoned(tried.course, start, condition.span_least, condition) if start else None
        if earliest is None or at < earliest:
            required = format_instant(earliest) if earliest else condition.word
            yield Reason("too_early", format_instant(at), required, article)
    if condition.span_most is not None and start is not None:
        latest = reckoned(tried.course, start, condition.span_most, condition)
        if at >= latest:
            yield Reason("too_late", format_instant(at), format_instant(latest), article)


def since(condition: Condition, standing: Standing) -> datetime | None:
    """Return when what a condition reckons from was, ``None`` if it never was."""
    if condition.word == "stage":
        return standing.since
    return standing.last(condition.word)


def reckoned(course: Course, start: datetime, span: Span, condition: Condition) -> datetime:
    """Return the end of a period that runs from an event or from the beginning of the stage."""
    return course.end(start, span, received=condition.word != "stage").value


def _length(tried: Tried, condition: Condition) -> Iterator[Reason]:
    event, pending = tried.event, tried.before.deadline
    if event.until is None:
        return
    extends = event.kind == "extended" and pending is not None
    start = pending.at if extends and pending else event.at
    article, found = _article(tried, condition), format_instant(event.until)
    if condition.span_least is not None:
        earliest = tried.course.end(start, condition.span_least, received=not extends).value
        if event.until < earliest:
            yield Reason("too_short", found, format_instant(earliest), article)
    if condition.span_most is not None:
        latest = tried.course.end(start, condition.span_most, received=not extends).value
        if event.until > latest:
            yield Reason("too_long", found, format_instant(latest), article)


def _article(tried: Tried, condition: Condition) -> str:
    return condition.article or tried.take.article


CONDITIONS: Mapping[str, Check] = {
    "counts_as": _counts_as,
    "reason": _reason_given,
    "text": _current_text,
    "count": _number,
    "times": _times,
    "since": _since,
    "length": _length,
}


def conditions_hold(
    conditions: tuple[Condition, ...], course: Course, standing: Standing, at: datetime
) -> bool:
    """Whether the conditions of an answer hold: those that count or ask how much time passed."""
    tried = Tried(course, standing, standing, Event("", "", at), Take("", (), Step()))
    return not any(True for each in conditions for _ in CONDITIONS[each.kind](tried, each))
