"""When a State applies a treaty provisionally, before it is bound by it."""

from __future__ import annotations

from datetime import date

from comity.kernel.dates import Period
from comity.treaty.course import Course
from comity.treaty.dates import Starts, dated
from comity.treaty.lines import Spells
from comity.treaty.model import SIGNATORIES, Provisional

DECLARED = "declared"  # those who declared that they apply it


def provisional(course: Course) -> Spells:
    """Return when the party of a course applies the treaty provisionally."""
    rule = course.treaty.provisional
    if rule is None or not _applies(course, rule):
        return ()
    signed = course.signature.on if course.signature else None
    starts = course.starts.adding("signature", signature=signed)
    since = _since(course, rule, starts)
    if since is None:
        return ()
    ends = [rule.end, _ended_by_notice(course, rule, starts)]
    ends += [each.bound.since for each in course.given if each.bound]
    end = min((each for each in ends if each is not None), default=None)
    return (Period(since, end),) if end is None or since < end else ()


def _applies(course: Course, rule: Provisional) -> bool:
    if rule.unless_declared and "not_provisional" in course.declared:
        return False
    if rule.by == DECLARED:
        return "provisional" in course.declared
    if rule.by == SIGNATORIES:
        return course.signature is not None
    return bool(course.gate.holding.of(rule.by, course.name))


def _since(course: Course, rule: Provisional, starts: Starts) -> date | None:
    if rule.by == DECLARED:
        return course.declared["provisional"].on
    found = dated(rule.falls, starts)
    return found.day if found else None


def _ended_by_notice(course: Course, rule: Provisional, starts: Starts) -> date | None:
    notice = course.declared.get("provisional_ended")
    if notice is None or rule.ended_by_notice is None:
        return None
    found = dated(rule.ended_by_notice, starts.adding("notice", notice=notice.on))
    return found.day if found else None
