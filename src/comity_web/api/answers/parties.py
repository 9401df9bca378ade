"""The parties of an organisation, and all that is known of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta, field

from comity.membership.history import Spell
from comity_web.api.answers.parts import (
    ActLine,
    Because,
    Ground,
    Names,
    OfOrganisation,
    Part,
    When,
)
from comity_web.api.answers.reader import Reader, written


class PartyLine(Because):
    """A party in the list of all, with its status in the first facet."""

    code: str
    names: Names
    kind: str
    status: str | None
    since: When | None
    url: str


class Parties(OfOrganisation):
    """Every party that the organisation’s data names, in the order of States."""

    parties: list[PartyLine]


class NamesHeld(Because):
    """Names with the act that gave them; a first name rests on no act."""

    names: Names


class StatusHeld(Because):
    """The status in a facet, or that there is none, and why."""

    facet: str
    status: str | None
    since: Annotated[
        When | None,
        Meta(description=gettext_noop("From when the status counts: its seniority.")),
    ]
    present_spell_from: Annotated[
        When | None,
        Meta(description=gettext_noop("From when it is held without interruption.")),
    ]


class Suspension(Because):
    """The suspension in force, or that there is none, and why."""

    suspended: bool
    since: When | None
    until: When | None
    rights: Annotated[
        list[str],
        Meta(description=gettext_noop("The rights taken away; “all” is every right.")),
    ]


class DepartureOrNone(Because):
    """The day on which a notice of withdrawal takes effect, or that there is none, and why."""

    on: date | None


class InBase(Because):
    """Whether the party counts in the base of a decision."""

    value: bool


class StageReached(Because):
    """A status that the party is on its way to, and the last stage it has reached."""

    status: str
    stage: str


class SpellHeld(Part):
    """A status held for a time, and the acts by which it began and ended."""

    facet: str
    status: str
    start: When = field(name="from")
    until: When | None
    since: When
    ended_as: str | None
    began_by: list[Ground]
    ended_by: list[Ground]


class Party(OfOrganisation):
    """All that is known of one party."""

    code: str
    former_codes: list[str]
    kind: str
    note: Names
    names: NamesHeld
    formal_names: NamesHeld
    represented_by: NamesHeld
    statuses: list[StatusHeld]
    suspension: Suspension
    departure: DepartureOrNone
    in_base: InBase
    under_way: list[StageReached]
    history: list[SpellHeld]
    acts: list[ActLine]


def parties(reader: Reader) -> Parties:
    """Return every party with its status."""
    return Parties(
        **reader.frame("parties", page="parties"),
        parties=[_line(reader, each) for each in reader.parties_in_order],
    )


def _line(reader: Reader, code: str) -> PartyLine:
    finding = reader.situation.status(code)
    spell = reader.situation.spell(code)
    return PartyLine(
        code=code,
        names=reader.party_names(code),
        kind=reader.charter.parties[code].kind,
        status=finding.value,
        since=written(spell.since if spell else None),
        url=reader.url("parties", code),
        **reader.because(finding),
    )


def party(reader: Reader, party: str) -> Party:
    """Return a party, named by its code, a former one, or its name."""
    code = reader.record.party(party)
    declared, situation = reader.charter.parties[code], reader.situation
    in_base = situation.in_base(code)
    return Party(
        **reader.frame("parties", code, page="party", party=code),
        code=code,
        former_codes=list(declared.former_codes),
        kind=declared.kind,
        note=dict(declared.note),
        names=_names(reader, code, formal=False),
        formal_names=_names(reader, code, formal=True),
        represented_by=_represented(reader, code),
        statuses=[_status(reader, code, each) for each in reader.charter.facets],
        suspension=_suspension(reader, code),
        departure=_departure(reader, code),
        in_base=InBase(value=in_base.value, **reader.because(in_base)),
        under_way=_under_way(reader, code),
        history=_history(reader, code),
        acts=_acts(reader, code),
    )


def _names(reader: Reader, code: str, *, formal: bool) -> NamesHeld:
    finding = reader.situation.names(code, formal=formal)
    return NamesHeld(names=dict(finding.value), **reader.because(finding))


def _represented(reader: Reader, code: str) -> NamesHeld:
    finding = reader.situation.representation(code)
    return NamesHeld(names=dict(finding.value), **reader.because(finding))


def _status(reader: Reader, code: str, facet: str) -> StatusHeld:
    finding = reader.situation.status(code, facet)
    spell = reader.situation.spell(code, facet)
    return StatusHeld(
        facet=facet,
        status=finding.value,
        since=written(spell.since if spell else None),
        present_spell_from=written(spell.start if spell else None),
        **reader.because(finding),
    )


def _suspension(reader: Reader, code: str) -> Suspension:
    finding = reader.situation.suspension(code)
    running = finding.value
    return Suspension(
        suspended=running is not None,
        since=written(running.start if running else None),
        until=written(running.end if running else None),
        rights=list(running.rights) if running else [],
        **reader.because(finding),
    )


def _departure(reader: Reader, code: str) -> DepartureOrNone:
    finding = reader.situation.pending_departure(code)
    return DepartureOrNone(on=finding.value, **reader.because(finding))


def _under_way(reader: Reader, code: str) -> list[StageReached]:
    return [
        StageReached(status=status, stage=finding.value or "", **reader.because(finding))
        for status, finding in reader.situation.under_way(code)
    ]


def _history(reader: Reader, code: str) -> list[SpellHeld]:
    return [
        _spell(reader, spell)
        for facet in reader.charter.facets
        for spell in reader.situation.history(code, facet)
    ]


def _spell(reader: Reader, spell: Spell) -> SpellHeld:
    return SpellHeld(
        facet=spell.facet,
        status=spell.status,
        start=str(spell.start),
        until=written(spell.end),
        since=str(spell.since),
        ended_as=spell.ended_as or None,
        began_by=[reader.ground(each) for each in spell.began_by],
        ended_by=[reader.ground(each) for each in spell.ended_by],
    )


def _acts(reader: Reader, code: str) -> list[ActLine]:
    known = reader.situation.known
    recorded = reader.record.acts_of(code, known=known)
    return reader.lines(reader.act(each.id) for each in recorded)
