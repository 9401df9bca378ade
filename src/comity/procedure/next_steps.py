"""What may happen next to a matter, who may do it, from when and up to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from comity.kernel.finding import unique
from comity.procedure.conditions import reckoned, since
from comity.procedure.course import Course
from comity.procedure.model import Step, Take
from comity.procedure.standing import Possible, Standing


def possible(course: Course, standing: Standing, at: datetime) -> tuple[Possible, ...]:
    """Return the ways that are open at an instant, in the order of the procedure.

    Ways that nobody can go any more are left out; whether a condition will hold that depends on the
    event itself is not foretold.
    """
    found = (_way(course, standing, take, at) for take in course.stage(standing).takes)
    return tuple(each for each in found if each is not None)


def _way(course: Course, standing: Standing, take: Take, at: datetime) -> Possible | None:
    earliest, latest = _times(course, standing, take)
    if _used_up(standing, take) or (latest is not None and latest <= at):
        return None
    who = _who(course, standing, take, at)
    if not who:
        return None
    stages = unique(tuple(_targets(take.step)))
    if earliest is not None and earliest <= at:
        earliest = None
    limits = [each for each in (latest, _deadline(standing)) if each is not None]
    latest = min(limits, default=None)
    return Possible(take.kind, take.by, who, stages, take.article, earliest, latest)


def _deadline(standing: Standing) -> datetime | None:
    return standing.deadline.at if standing.deadline else None


def _who(course: Course, standing: Standing, take: Take, at: datetime) -> tuple[str, ...]:
    if "anyone" in take.by:
        return ("anyone",)
    found = {who for each in take.by for who in course.actors(each, standing, at)}
    for each in take.without:
        found -= course.actors(each, standing, at)
    return tuple(sorted(found))


def _times(
    course: Course, standing: Standing, take: Take
) -> tuple[datetime | None, datetime | None]:
    """Return between which instants a way is open, by its conditions that reckon time."""
    earliest: list[datetime] = []
    latest: list[datetime] = []
    for each in take.when:
        start = since(each, standing) if each.kind == "since" else None
        if start is None or each.article in standing.suspended:
            continue
        if each.span_least:
            earliest.append(reckoned(course, start, each.span_least, each))
        if each.span_most:
            latest.append(reckoned(course, start, each.span_most, each))
    return max(earliest, default=None), min(latest, default=None)


def _used_up(standing: Standing, take: Take) -> bool:
    return any(
        each.kind == "times"
        and each.word == take.kind
        and each.most is not None
        and standing.times(each.word) >= each.most
        and each.article not in standing.suspended
        for each in take.when
    )


def _targets(step: Step) -> Iterator[str]:
    yield step.to
    for answer in step.asked.answers if step.asked else ():
        yield from _targets(answer.step)
