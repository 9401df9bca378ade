"""How a party leaves: notice, its period and windows, and what becomes of the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from comity.treaty.binding import own_starts
from comity.treaty.counting import end_of
from comity.treaty.course import Course, Given
from comity.treaty.dates import Starts, dated
from comity.treaty.lines import Spells
from comity.treaty.model import Windows
from comity.treaty.record import Act
from comity.treaty.status import Bound, Refused


def denounce(course: Course, act: Act) -> Refused | None:
    """Take a notice of withdrawal; it ends the bond when its period has run."""
    given, rule = course.binding(act.on), course.treaty.withdrawal
    if given is None or given.bound is None:
        return Refused(act.id, "not_party", str(act.on))
    if rule is None or rule.falls is None:
        return Refused(act.id, "no_withdrawal", str(act.on))
    if given.notice is not None:
        return Refused(act.id, "already_denounced", str(act.on), given.notice.id, rule.article)
    starts = own_starts(course, given).adding("notice", notice=act.on)
    locked = dated(rule.locked, starts) if rule.locked else None
    if locked is not None and act.on < locked.day:
        return Refused(act.id, "locked_in", str(act.on), str(locked.day), rule.article)
    if rule.windows and not _open(rule.windows, starts, act.on):
        return Refused(act.id, "outside_window", str(act.on), "", rule.article)
    ends = dated(rule.falls, starts)
    days = [each for each in (ends.day if ends else None, act.says) if each is not None]
    given.notice, given.ends = act, max(days, default=None)
    return None


def extend(course: Course, act: Act) -> Refused | None:
    """Take a later day for a notice that has not yet had effect."""
    given = _noticed(course, act)
    if given is None or given.ends is None:
        return Refused(act.id, "no_notice", str(act.on))
    if act.until is None or act.until <= given.ends:
        return Refused(act.id, "not_later", str(act.until), str(given.ends))
    given.ends = act.until
    return None


def rescind(course: Course, act: Act) -> Refused | None:
    """Take back a notice that has not yet had effect."""
    given, rule = _noticed(course, act), course.treaty.withdrawal
    if given is None:
        return Refused(act.id, "no_notice", str(act.on))
    if rule is not None and not rule.rescindable:
        return Refused(act.id, "not_rescindable", str(act.on), "", rule.article)
    given.notice = given.ends = None
    return None


def withdraw(course: Course, act: Act) -> Refused | None:
    """Take the end of the bond as the depositary recorded it, whatever a notice gives."""
    given = course.binding(act.on)
    if given is None:
        return Refused(act.id, "not_party", str(act.on))
    given.notice, given.ends = act, act.on
    return None


def ended(course: Course, given: Given) -> Bound | None:
    """Return the bond of a consent with its end, if it has one and ever binds."""
    bound, rule = given.bound, course.treaty.withdrawal
    if bound is None:
        return None
    if given.ends is None and not (rule and rule.with_class) and not _exists(course):
        return bound  # as nearly all
    end = min((each for each in _ends(course, given, bound) if each is not None), default=None)
    if end is None:
        return bound
    if end <= bound.since:
        return None
    acts = (*bound.acts, given.notice.id) if given.notice else bound.acts
    after = rule.survives if rule else ()
    survives = end_of(after, end, course.treaty.counting) if after else None
    return replace(bound, until=end, acts=acts, survives_until=survives)


def _ends(course: Course, given: Given, bound: Bound) -> Iterator[date | None]:
    """Yield when the party leaves, ceases to be in a class that it must be in, and to exist."""
    yield given.ends
    rule, holding = course.treaty.withdrawal, course.gate.holding
    if rule is not None and rule.with_class:
        yield _left(holding.of(rule.with_class, course.name), bound.since)
    if exists := _exists(course):
        yield _left(exists, bound.since)


def _exists(course: Course) -> Spells:
    return course.gate.holding.around.exists.get(course.name, ())


def _noticed(course: Course, act: Act) -> Given | None:
    last = course.last
    if last is None or last.notice is None or last.ends is None or act.on >= last.ends:
        return None
    return last


def _left(spells: Spells, since: date) -> date | None:
    return next((each.end for each in spells if since in each), since)


def _open(windows: Windows, starts: Starts, day: date) -> bool:
    """Whether a day lies in one of the periods in which notice may be given."""
    since, counting = starts.days.get(windows.since), starts.counting
    if since is None:
        return False
    start = end_of((windows.after,), since, counting)
    while start <= day:
        if day < end_of((windows.lasts,), start, counting):
            return True
        later = end_of((windows.every,), start, counting)
        if later <= start:
            return False
        start = later
    return False
