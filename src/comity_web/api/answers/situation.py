"""The whole situation of an organisation on a day: who, what, in doubt, and under way."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta

from comity_web.api.answers.bodies import BodyLine, body_lines
from comity_web.api.answers.offices import OfficeLine, office_lines
from comity_web.api.answers.organisations import ActNumbers, Count, acts_of, counts
from comity_web.api.answers.parts import Because, Names, OfOrganisation, When
from comity_web.api.answers.reader import Reader


class RosterEntry(Because):
    """A status that a party holds in a facet."""

    facet: str
    status: str
    party: str
    names: Names
    since: Annotated[
        When,
        Meta(description=gettext_noop("From when the status counts: its seniority.")),
    ]
    suspended: bool


class Suspended(Because):
    """The parties under a suspension."""

    parties: list[str]


class Departure(Because):
    """A notice of withdrawal that takes effect on a day to come."""

    party: str
    names: Names
    on: date


class UnderWay(Because):
    """A party on its way to a status, and the last stage it has reached."""

    party: str
    names: Names
    status: str
    stage: str


class Situation(OfOrganisation):
    """The situation of an organisation on a day."""

    acts: ActNumbers
    roster: list[RosterEntry]
    counts: list[Count]
    suspended: Suspended
    departures: list[Departure]
    under_way: list[UnderWay]
    offices: list[OfficeLine]
    bodies: list[BodyLine]


def situation(reader: Reader) -> Situation:
    """Return the whole situation."""
    suspended = reader.situation.all_suspended()
    return Situation(
        **reader.frame("situation", page="organisation"),
        acts=acts_of(reader),
        roster=_roster(reader),
        counts=counts(reader),
        suspended=Suspended(parties=list(suspended.value), **reader.because(suspended)),
        departures=_departures(reader),
        under_way=_under_way(reader),
        offices=office_lines(reader),
        bodies=body_lines(reader),
    )


def _roster(reader: Reader) -> list[RosterEntry]:
    facet_of = reader.charter.facet_of
    return [
        RosterEntry(
            facet=facet_of(line.status),
            status=line.status,
            party=line.party,
            names=reader.party_names(line.party),
            since=str(line.since),
            suspended=line.suspended,
            **reader.because(line.finding),
        )
        for line in reader.roster
    ]


def _departures(reader: Reader) -> list[Departure]:
    found = ((each, reader.situation.pending_departure(each)) for each in reader.parties_in_order)
    return [
        Departure(
            party=party,
            names=reader.party_names(party),
            on=finding.value,
            **reader.because(finding),
        )
        for party, finding in found
        if finding.value is not None
    ]


def _under_way(reader: Reader) -> list[UnderWay]:
    return [
        UnderWay(
            party=party,
            names=reader.party_names(party),
            status=status,
            stage=finding.value or "",
            **reader.because(finding),
        )
        for party in reader.parties_in_order
        for status, finding in reader.situation.under_way(party)
    ]
