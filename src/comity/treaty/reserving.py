"""Reservations, and objections to them: whether they are taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.treaty.counting import end_of
from comity.treaty.course import Course
from comity.treaty.model import Treaty
from comity.treaty.record import Act, Record
from comity.treaty.status import Refused


def reserve(course: Course, act: Act) -> Refused | None:
    """Take a reservation, where the treaty allows it to the articles that it is about."""
    rule = course.treaty.reservations
    if rule is not None and not rule.allowed:
        return Refused(act.id, "prohibited", act.text, "", rule.article)
    if rule is not None and rule.articles:
        other = sorted(set(act.articles) - set(rule.articles))
        if other or not act.articles:
            found, allowed = ", ".join(other), ", ".join(rule.articles)
            return Refused(act.id, "other_article", found, allowed, rule.article)
    course.reserved[act.id] = act
    return None


def withdraw_reservation(course: Course, act: Act) -> Refused | None:
    """Take back a reservation."""
    if course.reserved.pop(act.to, None) is None:
        return Refused(act.id, "no_such_reservation", act.to, ", ".join(course.reserved))
    return None


def objections_refused(treaty: Treaty, record: Record) -> Iterator[Refused]:
    """Yield the objections that are not taken: to nothing, to one's own, or too late.

    A State may object until it consents itself, where that is later than the period (Vienna
    Convention on the Law of Treaties, art. 20, para. 5).
    """
    made = {act.id: act for act in record.of_kind("reserved")}
    for act in record.of_kind("objected"):
        to = made.get(act.to)
        if to is None:
            yield Refused(act.id, "no_such_reservation", act.to, ", ".join(made))
        elif to.party == act.party:
            yield Refused(act.id, "own_reservation", act.to)
        else:
            last = _last_day(treaty, record, to, act.party)
            if last is not None and act.on > last:
                article = treaty.reservations.article if treaty.reservations else ""
                yield Refused(act.id, "too_late", str(act.on), str(last), article)


def _last_day(treaty: Treaty, record: Record, reservation: Act, party: str) -> date | None:
    rule = treaty.reservations
    if rule is None or not rule.objection_within:
        return None
    consented = [each.on for each in record.by(party) if each.kind == "consented"]
    return max([end_of(rule.objection_within, reservation.on, treaty.counting), *consented[:1]])
