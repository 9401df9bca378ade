"""From when a consent binds its party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.treaty.acceding import acceptances
from comity.treaty.course import Course, Given
from comity.treaty.dates import Dated, Starts, dated, later
from comity.treaty.model import ALL, After, Way
from comity.treaty.status import Bound


def bond_of(course: Course, given: Given) -> Bound | None:
    """Return from when a consent binds; ``None`` while that is not known.

    Who consented by the day the condition was met is bound on the day of entry into force, all
    others as the first way says that fits, and not before the treaty is in force unless that way
    does not wait.
    """
    treaty, enters = course.treaty, course.entering.enters_on
    founder = _founder(course, given)
    way = _way(course, given)
    if founder and enters is not None and (way is None or way.consented is None):
        return Bound(
            enters, acts=(given.act.id,), article=treaty.entry.article if treaty.entry else ""
        )
    waits = way is None or way.waits
    if waits and treaty.entry is not None and enters is None:
        return None
    found = _dated(course, given, way)
    if found is None:
        return None
    since = max(found.day, enters) if waits and enters is not None else found.day
    return Bound(
        since,
        steps=found.steps,
        acts=(given.act.id, *_accepting(course, given)),
        article=way.article if way else "",
        towards=_towards(course, given, way) if way and way.towards_accepting else None,
    )


def _way(course: Course, given: Given) -> Way | None:
    return next((each for each in course.treaty.ways if _fits(course, each, given)), None)


def _dated(course: Course, given: Given, way: Way | None) -> Dated | None:
    falls = way.falls if way else After()
    if isinstance(falls, After) and falls.since in (None, "consent") and not falls.treaty:
        consent = course.counts_from(given)  # as nearly always: no other day is asked for
        return later(falls.steps, consent, course.treaty.counting) if consent else None
    return dated(falls, own_starts(course, given))


def own_starts(course: Course, given: Given) -> Starts:
    """Return the days that dates about this consent may start from."""
    return course.starts.adding(
        "consent",
        consent=course.counts_from(given),
        succession=given.act.effective_from or given.act.on,
        signature=course.signature.on if course.signature else None,
        effect=given.bound.since if given.bound else None,
    )


def _founder(course: Course, given: Given) -> bool:
    met, accepted = course.entering.met_on, course.counts_from(given)
    return met is not None and accepted is not None and accepted <= met


def _fits(course: Course, way: Way, given: Given) -> bool:
    day = given.act.on
    if way.kinds and given.kind not in way.kinds:
        return False
    if way.among != ALL and not course.is_in(way.among, day):
        return False
    if way.without and any(course.is_in(each, day) for each in way.without):
        return False
    return way.consented is None or _moment(course, given, way.consented)


def _moment(course: Course, given: Given, moment: str) -> bool:
    side, _, of = moment.partition("_")
    enters = course.entering.enters_on
    before = _founder(course, given) if of == "met" else enters is None or given.act.on < enters
    return before == (side == "before")


def _accepting(course: Course, given: Given) -> tuple[str, ...]:
    way = given.way
    return (
        tuple(each.id for each in acceptances(course.record, given.act))
        if way and way.accepted_by
        else ()
    )


def _towards(course: Course, given: Given, way: Way) -> Mapping[str, date]:
    """Return towards whom an accession is in force, and from when: each accepts for itself."""
    found = {}
    for each in acceptances(course.record, given.act):
        start = own_starts(course, given).adding("consent", consent=max(given.act.on, each.on))
        day = dated(way.falls, start)
        if day is not None:
            found[each.party] = day.day
    return found
