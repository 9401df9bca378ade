"""Offices and who held them."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext_noop
from msgspec import Meta, field

from comity.charter.model import Rotation
from comity.membership.bodies import Tenure
from comity_web.api.answers.parts import Because, Ground, Names, OfOrganisation, Part, Said, When
from comity_web.api.answers.reader import Reader, written


class OfficeHeld(Part):
    """Who holds an office: a party, or a person and the party whose nationality the person has."""

    party: str | None
    person: Said | None
    start: When = field(name="from")
    until: When | None
    began_by: list[Ground]
    ended_by: list[Ground]


class OfficeLine(Because):
    """An office and who holds it on the day; null where nobody does."""

    id: str
    names: Names
    held_by: Literal["party", "person"]
    body: str | None
    holder: OfficeHeld | None
    url: str


class Offices(OfOrganisation):
    """Every office that the rules name, in their order."""

    offices: list[OfficeLine]


class OfficeRotation(Part):
    """The order in which an office goes round."""

    order: str
    as_a_rule: Annotated[
        bool, Meta(description=gettext_noop("Whether practice may depart from the order."))
    ]
    grounds: list[Ground]


class Proposed(Because):
    """The party that the rotation proposes next: a proposal, not a fact; null where none is."""

    party: str | None


class Office(OfOrganisation):
    """An office: its rules, who holds it, who held it."""

    office: OfficeLine
    term_months: Annotated[int | None, Meta(description=gettext_noop("null: no term is set."))]
    renewable: bool
    rotation: OfficeRotation | None
    rests_on: list[Ground]
    next: Proposed
    tenures: list[OfficeHeld]


def offices(reader: Reader) -> Offices:
    """Return every office with its holder."""
    return Offices(**reader.frame("offices", page="offices"), offices=office_lines(reader))


def office_lines(reader: Reader) -> list[OfficeLine]:
    """Return every office as a line."""
    return [office_line(reader, each) for each in reader.charter.offices]


def office_line(reader: Reader, identifier: str) -> OfficeLine:
    """Return one office as a line; raises `UnknownName` with the nearest one."""
    finding = reader.situation.office(identifier)
    rules = reader.charter.offices[identifier].nearest(reader.situation.on)
    return OfficeLine(
        id=identifier,
        names=dict(rules.names),
        held_by=rules.holder,
        body=rules.body or None,
        holder=_held(reader, finding.value) if finding.value else None,
        url=reader.url("offices", identifier),
        **reader.because(finding),
    )


def office(reader: Reader, office: str) -> Office:
    """Return an office; raises `UnknownName` with the nearest one."""
    line, following = office_line(reader, office), reader.situation.next_office(office)
    rules = reader.charter.offices[office].nearest(reader.situation.on)
    return Office(
        **reader.frame("offices", office, page="offices"),
        office=line,
        term_months=rules.term_months or None,
        renewable=rules.renewable,
        rotation=_rotation(reader, rules.rotation) if rules.rotation else None,
        rests_on=reader.under(rules.article),
        next=Proposed(party=following.value, **reader.because(following)),
        tenures=[_held(reader, each) for each in reader.situation.tenures(office)],
    )


def _rotation(reader: Reader, rotation: Rotation) -> OfficeRotation:
    grounds = reader.under(rotation.article)
    return OfficeRotation(order=rotation.order, as_a_rule=rotation.as_a_rule, grounds=grounds)


def _held(reader: Reader, tenure: Tenure) -> OfficeHeld:
    return OfficeHeld(
        party=tenure.party or None,
        person=reader.said(tenure.person),
        start=str(tenure.start),
        until=written(tenure.end),
        began_by=reader.under(tenure.act),
        ended_by=reader.under(tenure.ended_by),
    )
