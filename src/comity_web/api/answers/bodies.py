"""The bodies of an organisation: their life, who sits in them, who chairs them."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta, field

from comity.charter.model import Body as BodyRules
from comity.kernel.act import Act
from comity.kernel.errors import UnknownName, unknown
from comity.kernel.finding import unique
from comity.register.kinds import LIFE_STAGES
from comity_web.api.answers.offices import OfficeLine, office_line
from comity_web.api.answers.parts import Because, Ground, Names, OfOrganisation, Part, When
from comity_web.api.answers.reader import Reader, written

Stage = Annotated[str, Meta(extra_json_schema={"enum": list(LIFE_STAGES)})]


class BodyLine(Because):
    """A body, and the stage of its life on the day; null before it began."""

    id: str
    names: Names
    short_names: Names
    supreme: bool
    reports_to: str | None
    stage: Stage | None
    url: str


class Bodies(OfOrganisation):
    """Every body that the rules name, in their order."""

    bodies: list[BodyLine]


class LifeStage(Part):
    """A stage in the life of a body, and what began it."""

    stage: Stage
    start: When | None = field(name="from")
    until: Annotated[
        When | None, Meta(description=gettext_noop("null: until the next stage, or still."))
    ]
    into: Annotated[
        str | None, Meta(description=gettext_noop("The body that it was transformed into."))
    ]
    grounds: list[Ground]


class Seat(Because):
    """A party that sits in a body."""

    party: str
    names: Names
    capacity: str
    suspended: bool


class Body(OfOrganisation):
    """A body: its place, its life, its composition on the day, its chair."""

    body: BodyLine
    seat: Names
    note: Names
    rests_on: list[Ground]
    life: list[LifeStage]
    composition: list[Seat]
    chair: OfficeLine | None


def bodies(reader: Reader) -> Bodies:
    """Return every body with the stage of its life."""
    return Bodies(**reader.frame("bodies", page="bodies"), bodies=body_lines(reader))


def body_lines(reader: Reader) -> list[BodyLine]:
    """Return every body as a line."""
    return [_line(reader, each) for each in reader.charter.bodies]


def _line(reader: Reader, identifier: str) -> BodyLine:
    rules = reader.charter.bodies[identifier].nearest(reader.situation.on)
    finding = reader.situation.body(identifier)
    return BodyLine(
        id=identifier,
        names=dict(rules.names),
        short_names=dict(rules.short_names),
        supreme=rules.supreme,
        reports_to=rules.reports_to or None,
        stage=finding.value,
        url=reader.url("bodies", identifier),
        **reader.because(finding),
    )


def body(reader: Reader, body: str) -> Body:
    """Return a body; raises `UnknownName` with the nearest one."""
    if body not in reader.charter.bodies:
        raise UnknownName(unknown("body", body, reader.charter.bodies))
    rules = reader.charter.bodies[body].nearest(reader.situation.on)
    return Body(
        **reader.frame("bodies", body, page="body", body=body),
        body=_line(reader, body),
        seat=dict(rules.seat),
        note=dict(rules.note),
        rests_on=reader.under(rules.article),
        life=_life(reader, rules),
        composition=_composition(reader, body),
        chair=office_line(reader, rules.chair) if rules.chair else None,
    )


def _life(reader: Reader, rules: BodyRules) -> list[LifeStage]:
    """Return what rules and acts say of the life of a body, oldest first."""
    acts = reader.record.institutions(reader.situation.known).changes.get(rules.id, ())
    told = [_by_act(reader, each) for each in acts]
    told += [
        LifeStage(
            stage=each.stage,
            start=written(each.period.start),
            until=written(each.period.end),
            into=each.into or None,
            grounds=[
                reader.ground(ground)
                for ground in unique((each.article or rules.article, each.act))
            ],
        )
        for each in rules.life
    ]
    return sorted(told, key=lambda each: each.start or "")


def _by_act(reader: Reader, act: Act) -> LifeStage:
    return LifeStage(
        stage=act.detail("stage"),
        start=str(act.effective_on),
        until=None,
        into=act.detail("into") or None,
        grounds=[reader.ground(each) for each in unique((act.authority.article, act.id))],
    )


def _composition(reader: Reader, body: str) -> list[Seat]:
    return [
        Seat(
            party=line.party,
            names=reader.party_names(line.party),
            capacity=line.capacity,
            suspended=line.suspended,
            **reader.because(reader.situation.seat(body, line.party)),
        )
        for line in reader.situation.composition(body)
    ]
