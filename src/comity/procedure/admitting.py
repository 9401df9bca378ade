"""Is an event taken? The way it takes, or the first reason against it in a fixed order.

The order is that of `REFUSALS`. Where a stage takes a kind of event in several ways, the reason is
that of the way on which the event came furthest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from comity.kernel.dates import format_instant
from comity.procedure.conditions import CONDITIONS, Reason, Tried
from comity.procedure.course import Course
from comity.procedure.effects import applied, changes_something
from comity.procedure.events import KINDS, Event
from comity.procedure.model import Take
from comity.procedure.standing import Refused, Standing
from comity.procedure.zones import FIRST, LAST

REFUSALS = (
    "impossible_instant",
    "repeated_identifier",
    "unknown_kind",
    "incomplete_event",
    "unknown_word",
    "not_taken",
    "not_entitled",
    "too_late",
    "too_early",
    "not_suspendable",
    "other_position",
    "other_version",
    "reason_missing",
    "too_short",
    "too_long",
    "too_often",
    "too_few",
    "too_many",
    "nothing_changed",
)
RANK = {code: number for number, code in enumerate(REFUSALS)}


def possible_instant(instant: object) -> bool:
    """Whether something is an instant with a zone, in years that can be reckoned with."""
    if not isinstance(instant, datetime) or instant.utcoffset() is None:
        return False
    return FIRST <= instant <= LAST


def admitted(course: Course, standing: Standing, event: Event) -> Tried | Refused:
    """Return how an event is taken and what stands with it, or why it is refused."""
    reason = next(_reasons_of_form(course, standing, event), None)
    if reason is None:
        tried = [_tried(course, standing, event, take) for take in _ways(course, standing, event)]
        for way, reasons in tried:
            if not reasons:
                return way
        reason = _furthest([reasons for _, reasons in tried])
    if reason is None:
        reason = _not_in_this_stage(course, standing, event)
    stage = reason.stage or standing.stage
    objects = course.objects(event.position, replace(standing, stage=stage), event.at)
    return replace(refused(event, standing, reason), objects=objects)


def refused(event: Event, standing: Standing, reason: Reason) -> Refused:
    """Return the refusal of an event."""
    return Refused(
        event=event.id,
        kind=event.kind,
        by=event.by,
        at=event.at,
        code=reason.code,
        stage=reason.stage or standing.stage,
        article=reason.article,
        found=reason.found,
        required=reason.required,
        deadline=reason.deadline,
    )


def _furthest(reasons: list[list[Reason]]) -> Reason | None:
    first = [min(each, key=lambda reason: RANK[reason.code]) for each in reasons]
    return max(first, key=lambda reason: RANK[reason.code], default=None)


def _ways(course: Course, standing: Standing, event: Event) -> tuple[Take, ...]:
    return course.stage(standing).of_kind(event.kind)


def _reasons_of_form(course: Course, standing: Standing, event: Event) -> Iterator[Reason]:
    if event.kind not in course.procedure.kinds:
        yield Reason("unknown_kind", event.kind, ", ".join(sorted(course.procedure.kinds)))
        return
    needed = [each for each in KINDS[event.kind].needs if not getattr(event, each)]
    if event.until is not None and not possible_instant(event.until):
        needed = ["until"]
    if needed or not event.by:
        yield Reason("incomplete_event", event.kind, ", ".join(needed or ["by"]))
    yield from _unknown_words(course, standing, event)


def _unknown_words(course: Course, standing: Standing, event: Event) -> Iterator[Reason]:
    aside = next((each.step.asked for each in _ways(course, standing, event)), None)
    tables = [
        ({event.position} - {""}, course.table(standing, event.at)),
        (
            {*event.positions.values()},
            course.table(standing, event.at, aside.rule if aside else ""),
        ),
    ]
    for said, table in tables:
        known = table.positions if table else ()
        unknown = sorted(each for each in said if each not in known)
        if unknown:
            yield Reason("unknown_word", unknown[0], ", ".join(sorted(known)))


def _not_in_this_stage(course: Course, standing: Standing, event: Event) -> Reason:
    """Return that the event came too late for a stage left by its deadline, or has no place."""
    for spell in reversed(standing.spells):
        stage = course.procedure.stages[spell.stage]
        takes = stage.of_kind(event.kind)
        if spell.ended_by_deadline and spell.deadline and takes:
            if not any(_entitled(course, standing, event, take) for take in takes):
                return Reason("not_entitled", event.by, _by(takes), takes[0].article, stage.id)
            deadline = spell.deadline
            article = takes[0].article or deadline.article
            return Reason(
                "too_late",
                format_instant(event.at),
                format_instant(deadline.at),
                article,
                stage.id,
                deadline,
            )
    taking = (each.id for each in course.procedure.stages.values() if each.of_kind(event.kind))
    stage = course.stage(standing)
    return Reason("not_taken", stage.id, ", ".join(taking), stage.article)


def _tried(
    course: Course, standing: Standing, event: Event, take: Take
) -> tuple[Tried, list[Reason]]:
    after = applied(course, standing, event, take)
    tried = Tried(course, standing, after, event, take)
    return tried, [*_reasons(tried)]


def _reasons(tried: Tried) -> Iterator[Reason]:
    take, event = tried.take, tried.event
    if not _entitled(tried.course, tried.before, event, take):
        yield Reason("not_entitled", event.by, _by((take,)), take.article)
    if event.kind == "rule_suspended" and event.about not in take.suspends:
        yield Reason("not_suspendable", event.about, ", ".join(take.suspends), take.article)
    for condition in take.when:
        if condition.article and condition.article in tried.before.suspended:
            continue
        yield from CONDITIONS[condition.kind](tried, condition)
    yield from _ends_before_it_begins(tried)
    yield from _never_ends(tried)
    if tried.after is tried.before and changes_something(event.kind):
        yield Reason("nothing_changed", event.kind, "", take.article)


def _entitled(course: Course, standing: Standing, event: Event, take: Take) -> bool:
    if any(event.by in course.actors(each, standing, event.at) for each in take.without):
        return False
    return any(
        each == "anyone" or event.by in course.actors(each, standing, event.at) for each in take.by
    )


def _by(takes: tuple[Take, ...]) -> str:
    return ", ".join(dict.fromkeys(each for take in takes for each in take.by))


def _ends_before_it_begins(tried: Tried) -> Iterator[Reason]:
    """Yield that an end is set that lies before the event, or before the end it would extend."""
    event, pending = tried.event, tried.before.deadline
    if event.until is None:
        return
    earliest = event.at
    if event.kind == "extended" and pending is not None:
        earliest = pending.at
        if event.until == earliest:
            return
    elif not KINDS[event.kind].ends_at:
        return
    if event.until <= earliest:
        found, required = format_instant(event.until), format_instant(earliest)
        yield Reason("too_short", found, required, tried.take.article)


def _never_ends(tried: Tried) -> Iterator[Reason]:
    """Yield that the stage it leads to has no end, where only the event can set it."""
    event, step = tried.event, tried.take.step
    if event.until is not None or not KINDS[event.kind].ends_at or not step.to or step.resumes:
        return
    deadline = tried.course.procedure.stages[step.to].deadline
    if deadline is not None and deadline.span is None:
        yield Reason("incomplete_event", event.kind, "until", tried.take.article)
