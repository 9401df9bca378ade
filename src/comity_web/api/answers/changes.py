"""What changed between two days: statuses, all else of parties and bodies, and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta, field

from comity.charter.queries import Rule, rules_changed
from comity.kernel.errors import DataError, Fault, Place
from comity.membership.bodies import Tenure
from comity.register.changes import Change, all_changes, changes_until
from comity.register.situation import Situation
from comity.register.threads import Aspect
from comity_web.api.answers.parts import Because, Ground, Names, OfOrganisation, Part
from comity_web.api.answers.reader import Reader
from comity_web.api.parameters import Asked
from comity_web.register.selectors import Present

Value = bool | str | dict[str, str] | None
Status = Annotated[str | None, Meta(description=gettext_noop("null: no status in the facet."))]


class StatusChange(Because):
    """A party whose status changed on a day, and why it is what it is since."""

    facet: str
    party: str
    names: Names
    on: date
    before: Status
    after: Status


class OtherChange(Because):
    """Something else that changed on a day, and why it is as it is since."""

    aspect: Aspect
    of: Annotated[str, Meta(description=gettext_noop("The party, office or body that changed."))]
    part: Annotated[
        str | None, Meta(description=gettext_noop("The status or territory that it is about."))
    ]
    on: date
    before: Value
    after: Value


class RuleVersion(Part):
    """A rule as it holds for a time."""

    start: date | None = field(name="from")
    until: date | None
    names: Names
    grounds: list[Ground]


class RuleChange(Part):
    """A rule that began, ended or was replaced; null on the day on which it does not hold."""

    section: str
    id: str
    before: RuleVersion | None
    after: RuleVersion | None


class Changes(OfOrganisation):
    """What changed after one day, up to and including another."""

    start: date = field(name="from")
    end: date = field(name="to")
    statuses: list[StatusChange]
    others: list[OtherChange]
    rules: list[RuleChange]


def changes(present: Present, asked: Asked, organisation: str) -> Changes:
    """Return what changed between two days; the question is then about the second."""
    start: date = asked.own["from"]
    end: date = asked.own.get("to", asked.question.today)
    if end < start:
        found = f"{start} is later than {end}"
        advice = "The earlier day first."
        raise DataError(Fault("days_out_of_order", found, "from, then to", advice, Place("from")))
    given = (("on", str(end)), *asked.question.given)
    question = replace(asked.question, on=end, given=given)
    reader = Reader(present, organisation, replace(asked, question=question))
    return Changes(
        **reader.frame("changes", page="compare"),
        start=start,
        end=end,
        statuses=_statuses(reader, start),
        others=_others(reader, start),
        rules=_rules(reader, start),
    )


def _statuses(reader: Reader, start: date) -> list[StatusChange]:
    found = [
        (facet, change)
        for facet in reader.charter.facets
        for change in changes_until(reader.situation, start, facet=facet)
    ]
    found.sort(key=lambda each: each[1].on)
    return [_status(reader, *each) for each in found]


def _others(reader: Reader, start: date) -> list[OtherChange]:
    return [
        OtherChange(
            aspect=each.aspect,
            of=each.of,
            part=each.part or None,
            on=each.on,
            before=_value(each.before),
            after=_value(each.after),
            **reader.because(each.finding),
        )
        for each in all_changes(reader.situation, start)
        if each.aspect != "status"
    ]


def _value(value: object) -> Value:
    """Write what something was: whether, a word, a day, texts by language, who held an office."""
    if isinstance(value, Tenure):
        return {"party": value.party, "person": value.person}
    if isinstance(value, Mapping):
        return {str(key): str(text) for key, text in value.items()}
    return value if value is None or isinstance(value, bool) else str(value)


def _status(reader: Reader, facet: str, change: Change[str | None]) -> StatusChange:
    then = reader.situation
    on_the_day = Situation(reader.record, on=change.on, known=then.known, basis=then.basis)
    return StatusChange(
        facet=facet,
        party=change.party,
        names=dict(on_the_day.names(change.party).value),
        on=change.on,
        before=change.before,
        after=change.after,
        **reader.because(change.finding),
    )


def _rules(reader: Reader, start: date) -> list[RuleChange]:
    return [
        RuleChange(
            section=each.section,
            id=each.id,
            before=_version(reader, each.before),
            after=_version(reader, each.after),
        )
        for each in rules_changed(reader.charter, start, reader.question.on)
    ]


def _version(reader: Reader, rule: Rule | None) -> RuleVersion | None:
    if rule is None:
        return None
    return RuleVersion(
        start=rule.period.start,
        until=rule.period.end,
        names=dict(rule.names),
        grounds=reader.under(rule.article),
    )
