"""The fold: what stands of a matter at an instant, from what happened up to it.

The guarantees are in ``docs/reference/algorithms/silence.md``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from comity.kernel.errors import DataError, Fault
from comity.kernel.finding import Finding, unique
from comity.procedure.admitting import admitted, possible_instant, refused
from comity.procedure.conditions import Reason
from comity.procedure.course import Course
from comity.procedure.events import Event, Matter
from comity.procedure.following import Cause, begun, followed, opened
from comity.procedure.model import Procedure
from comity.procedure.next_steps import possible
from comity.procedure.standing import Refused, Standing


def state_of(
    procedure: Procedure, matter: Matter, events: Iterable[Event], at: datetime
) -> Finding[Standing]:
    """Return what stands of a matter at an instant, and why.

    Events up to the instant count, that instant included, in order of time whatever the order in
    which they come; a deadline takes effect at its own instant. An event that is not taken is in
    ``refused`` and changes nothing. Raises `DataError` where ``at`` is no instant, and never over
    an event.
    """
    if not possible_instant(at):
        found, expected = (
            f'"{at}" is no instant',
            "an instant with its zone, in the years 1 to 9999",
        )
        raise DataError(Fault("impossible_instant", found, expected))
    course = Course(procedure, matter)
    standing = begun(course)
    events = tuple(events)
    known: dict[str, Event] = {}
    for event in _in_order(procedure, events, at):
        standing = _expired(course, standing, event.at)
        if event.id in known:
            standing = _repeated(standing, event, known[event.id])
            continue
        known[event.id] = event
        standing = _taken(course, standing, event)
    standing = _expired(course, standing, at)
    standing = _with_impossible(standing, events_without_instant(events))
    standing = replace(standing, at=at, next=possible(course, standing, at))
    grounds = unique((*standing.grounds, *(each.event for each in standing.positions.values())))
    return Finding(standing, grounds, standing.doubts)


def _in_order(procedure: Procedure, events: Iterable[Event], at: datetime) -> list[Event]:
    """Return the events up to an instant, in order of time, kind, identifier and content."""
    ties = {kind: number for number, kind in enumerate(procedure.ties)}

    def key(event: Event) -> tuple[datetime, int, str, tuple[str, ...]]:
        return (event.at, ties.get(event.kind, len(ties)), event.id, event.content)

    return sorted((each for each in events if possible_instant(each.at) and each.at <= at), key=key)


def events_without_instant(events: Iterable[Event]) -> list[Event]:
    """Return the events of which nobody can say when they were."""
    found = [each for each in events if not possible_instant(each.at)]
    return sorted(found, key=lambda event: (event.id, event.content))


def _expired(course: Course, standing: Standing, at: datetime) -> Standing:
    """Return what stands once the deadlines that have passed at an instant took effect.

    A deadline kept from before, and passed meanwhile, takes effect when the stage is entered again.
    """
    while standing.deadline is not None and standing.deadline.passed(at):
        rule = course.stage(standing).deadline
        assert rule is not None, "only a stage with a deadline sets one"
        since = standing.since or standing.deadline.at
        cause = Cause(max(standing.deadline.at, since), None, rule.article)
        before = standing
        standing = followed(course, standing, rule.step, cause)
        if standing.deadline is before.deadline:
            standing = replace(standing, deadline=None)
    return standing


def _taken(course: Course, standing: Standing, event: Event) -> Standing:
    found = admitted(course, standing, event)
    if isinstance(found, Refused):
        return replace(standing, refused=(*standing.refused, found))
    taken = (*standing.taken, (event.kind, event.at, event.id))
    after = found.after if standing.taken else opened(course, found.after, event)
    standing = replace(after, taken=taken)
    return followed(course, standing, found.take.step, Cause(event.at, event, found.take.article))


def _repeated(standing: Standing, event: Event, first: Event) -> Standing:
    """Return what stands after a second event of one identifier; the very same counts once."""
    if event == first and event.content == first.content:
        return standing
    refusal = refused(event, standing, Reason("repeated_identifier", event.id))
    return replace(standing, refused=(*standing.refused, refusal))


def _with_impossible(standing: Standing, events: list[Event]) -> Standing:
    """Return what stands with the events refused of which nobody can say when they were."""
    beginning = datetime.min.replace(tzinfo=UTC)
    refusals = tuple(
        refused(replace(each, at=beginning), standing, Reason("impossible_instant", str(each.at)))
        for each in events
    )
    return replace(standing, refused=refusals + standing.refused) if refusals else standing
