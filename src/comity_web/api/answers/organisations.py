"""All organisations, and the frame of one: what its rules define, and its numbers on the day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta

from comity.charter.model import Charter
from comity.charter.model import Names as Texts
from comity.charter.queries import statuses_on
from comity_web.api.addresses import api_url, html_urls, log_head
from comity_web.api.answers.parts import (
    Answer,
    Because,
    Ground,
    Instant,
    Links,
    Named,
    Names,
    OfOrganisation,
    Part,
    Period,
)
from comity_web.api.answers.reader import Reader, days, question_of
from comity_web.api.parameters import Asked
from comity_web.register.selectors import Present


class ActNumbers(Part):
    """How many acts are recorded, and how many of them were known at the moment asked about."""

    known: int
    recorded: int


class OrganisationLine(Part):
    """An organisation in the list of all."""

    id: str
    names: Names
    short_names: Names
    founded_on: date | None
    dissolved_on: date | None
    acts: ActNumbers
    url: str


class Organisations(Answer):
    """Every organisation in the register."""

    organisations: list[OrganisationLine]


class Rules(Part):
    """The edition of the rules that the answer uses."""

    digest: str
    recorded_at: Instant | None


class LanguageUse(Part):
    """A language of the organisation."""

    code: str
    role: str
    period: Period
    grounds: list[Ground]


class StatusRule(Part):
    """A status that can be held on the day."""

    id: str
    names: Names
    facet: str
    period: Period
    merged_into: str | None
    grounds: list[Ground]


class BasisRule(Named):
    """A way of counting from when a status is held."""

    text: Names
    default: bool


class Count(Because):
    """How many parties hold a status, or one of the statuses counted under a name."""

    id: str
    names: Names
    statuses: list[str]
    value: int


class OrderOfStates(Because):
    """The language whose alphabet orders the list of States."""

    language: str


class Organisation(OfOrganisation):
    """The frame of an organisation."""

    names: Names
    short_names: Names
    note: Names
    founded_on: date | None
    dissolved_on: date | None
    acts: ActNumbers
    rules: Rules
    languages: list[LanguageUse]
    facets: Annotated[
        list[Named],
        Meta(
            description=gettext_noop(
                "What a status is a status of; a party has one in each at most. The first is meant "
                "where none is named."
            )
        ),
    ]
    statuses: list[StatusRule]
    bases: list[BasisRule]
    rights: list[Named]
    counts: list[Count]
    order_of_states: OrderOfStates


def organisations(present: Present, asked: Asked) -> Organisations:
    """Return every organisation in the register."""
    return Organisations(
        question=question_of(asked.question, None),
        log=log_head(present),
        links=Links(
            here=api_url("organisations") + asked.suffix,
            next=None,
            html=html_urls("organisations", asked.question.suffix),
        ),
        organisations=[
            _line(Reader(present, each.charter.id, asked))
            for each in present.register.organisations
        ],
    )


def _line(reader: Reader) -> OrganisationLine:
    charter = reader.charter
    return OrganisationLine(
        id=charter.id,
        names=dict(charter.names),
        short_names=dict(charter.short_names),
        founded_on=charter.founded_on,
        dissolved_on=charter.dissolved_on,
        acts=acts_of(reader),
        url=reader.url(),
    )


def acts_of(reader: Reader) -> ActNumbers:
    """Return how many acts the answer could rest on."""
    recorded = reader.present.acts(reader.charter.id)
    return ActNumbers(known=reader.situation.known, recorded=recorded)


def organisation(reader: Reader) -> Organisation:
    """Return the frame of an organisation."""
    charter, order = reader.charter, reader.situation.order_of_states()
    return Organisation(
        **reader.frame(page="organisation"),
        names=dict(charter.names),
        short_names=dict(charter.short_names),
        note=dict(charter.note),
        founded_on=charter.founded_on,
        dissolved_on=charter.dissolved_on,
        acts=acts_of(reader),
        rules=Rules(digest=charter.digest, recorded_at=charter.recorded_at),
        languages=_languages(reader),
        facets=[Named(id=each.id, names=dict(each.names)) for each in charter.facets.values()],
        statuses=_statuses(reader),
        bases=_bases(charter),
        rights=[Named(id=each.id, names=dict(each.names)) for each in charter.rights.values()],
        counts=counts(reader),
        order_of_states=OrderOfStates(
            language=order.value, **reader.reasons(filter(None, order.grounds))
        ),
    )


def _languages(reader: Reader) -> list[LanguageUse]:
    return [
        LanguageUse(
            code=each.code,
            role=each.role,
            period=days(each.period),
            grounds=reader.under(each.article),
        )
        for each in reader.charter.languages
    ]


def _statuses(reader: Reader) -> list[StatusRule]:
    return [
        StatusRule(
            id=each.id,
            names=dict(each.names),
            facet=each.facet,
            period=days(each.period),
            merged_into=each.merged_into or None,
            grounds=reader.under(each.article),
        )
        for each in statuses_on(reader.charter, reader.situation.on)
    ]


def _bases(charter: Charter) -> list[BasisRule]:
    return [
        BasisRule(
            id=each.id,
            names=dict(each.names),
            text=dict(each.text),
            default=each.id == charter.default_basis,
        )
        for each in charter.bases.values()
    ]


def counts(reader: Reader) -> list[Count]:
    """Return the number for each status of the day, then for each name they are counted under."""
    on, charter = reader.situation.on, reader.charter
    held = {line.status for line in reader.roster}
    statuses = [
        versions.nearest(on)
        for status, versions in charter.statuses.items()
        if versions.on(on) or status in held
    ]
    named = [found for each in charter.counts.values() if (found := each.on(on))]
    return [
        *(_count(reader, each.id, each.names, (each.id,)) for each in statuses),
        *(_count(reader, each.id, each.names, each.statuses) for each in named),
    ]


def _count(reader: Reader, identifier: str, names: Texts, statuses: tuple[str, ...]) -> Count:
    finding = reader.situation.count(identifier)
    return Count(
        id=identifier,
        names=dict(names),
        statuses=list(statuses),
        value=finding.value,
        **reader.because(finding),
    )
