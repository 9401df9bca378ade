"""Chairmanships and offices: who holds them on the day, who held them, and whose turn is next."""

from __future__ import annotations

from django.utils.translation import gettext

from comity.charter.model import Office
from comity.membership.bodies import Tenure
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.pages.strips import office_holders


def offices(reader: Reader) -> Page:
    """Return every office with its holders, oldest first."""
    title = gettext("Chairmanships and offices")
    found = [_office(reader, office) for office in reader.charter.offices]
    return {
        **reader.frame(title, (title, reader.address("offices")), section="offices"),
        "offices": found,
        "drawing": [(each, office_holders(reader, each["id"])) for each in found],
    }


def _office(reader: Reader, office: str) -> Page:
    finding = reader.situation.office(office)
    rules = reader.charter.offices[office].nearest(reader.question.on)
    return {
        "id": office,
        "name": reader.office_name(office),
        "body": reader.body_name(rules.body) if rules.body else "",
        "term_months": rules.term_months,
        "article": reader.ground(rules.article) if rules.article else None,
        "holder": _holder(reader, finding.value) if finding.value else None,
        **reader.reasons(finding, "office", office),
        "next": _next(reader, office, rules),
        "tenures": [_tenure(reader, each) for each in reader.situation.tenures(office)],
    }


def _holder(reader: Reader, tenure: Tenure) -> Page:
    return {
        "person": reader.translated(tenure.person),
        "party": reader.party(tenure.party) if tenure.party else None,
        "since_in_words": reader.day(tenure.start),
    }


def _tenure(reader: Reader, tenure: Tenure) -> Page:
    day = reader.question.on
    return {
        **_holder(reader, tenure),
        "start": str(tenure.start),
        "end": str(tenure.end) if tenure.end else "",
        "end_in_words": reader.day(tenure.end),
        "holds": tenure.holds_on(day),
        "to_come": tenure.start.first > day,
        "began_by": reader.ground(tenure.act),
        "ended_by": reader.ground(tenure.ended_by) if tenure.ended_by else None,
    }


def _next(reader: Reader, office: str, rules: Office) -> Page | None:
    """Return whose turn the rotation proposes; nothing where no rotation is laid down."""
    if rules.rotation is None:
        return None
    finding = reader.situation.next_office(office)
    if finding.value is None:
        return None
    return {
        "party": reader.party(finding.value),
        "as_a_rule": rules.rotation.as_a_rule,
        **reader.reasons(finding, "next", office),
    }
