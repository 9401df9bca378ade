"""What the rules are written in: articles with their versions, instruments, sources."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop
from msgspec import Meta, field

from comity.charter.model import Article as ArticleRules
from comity.charter.model import Instrument as InstrumentRules
from comity.charter.model import Source as SourceData
from comity.charter.queries import rules_on
from comity.kernel.errors import UnknownName, unknown
from comity_web.api.answers.parts import (
    ActLine,
    Because,
    Confidence,
    Names,
    OfOrganisation,
    Part,
    Said,
    When,
)
from comity_web.api.answers.reader import Reader, written

InOurWords = Annotated[Names, Meta(description=gettext_noop("What it says, in our own words."))]


class ArticleLine(Because):
    """An article in the version of the day, else the last before it, else the first."""

    id: str
    instrument: str | None
    number: str
    title: Names
    in_force: bool
    url: str


class Articles(OfOrganisation):
    """Every article that the rules name, in their order."""

    articles: list[ArticleLine]


class ArticleVersion(Part):
    """One version of an article."""

    number: str
    title: Names
    text: InOurWords
    start: date | None = field(name="from")
    until: date | None
    confidence: Confidence
    sources: list[str]


class RuleLine(Part):
    """A rule in force on the day: its section of the charter, and its name there."""

    section: str
    id: str


class Article(OfOrganisation):
    """An article: its versions, and what rests on it."""

    article: ArticleLine
    versions: list[ArticleVersion]
    rules: list[RuleLine]
    acts: list[ActLine]


class Instrument(Part):
    """A treaty, regulation or decision that articles belong to."""

    id: str
    names: Names
    signed_on: When | None
    adopted_on: When | None
    in_force_on: When | None
    confidence: Confidence
    note: Said | None
    practice: Annotated[
        bool,
        Meta(description=gettext_noop("Whether it is no text in force but what is done.")),
    ]
    sources: list[str]
    articles: list[str]


class Instruments(OfOrganisation):
    """Every instrument that the rules name."""

    instruments: list[Instrument]


class Source(Part):
    """What a statement rests on; ``read`` says how much of it was seen."""

    id: str
    title: Said | None
    url: str | None
    publisher: str
    kind: str
    read: str
    accessed: str


class Sources(OfOrganisation):
    """Every source that rules and acts name."""

    sources: list[Source]


def articles(reader: Reader) -> Articles:
    """Return every article."""
    lines = [_line(reader, each) for each in reader.charter.articles]
    return Articles(**reader.frame("articles", page="charter"), articles=lines)


def _line(reader: Reader, identifier: str) -> ArticleLine:
    found, in_force = reader.situation.article(identifier), reader.situation.rule(identifier)
    return ArticleLine(
        id=identifier,
        instrument=found.instrument or None,
        number=found.number,
        title=dict(found.title),
        in_force=in_force.value,
        url=reader.url("articles", identifier),
        **reader.because(in_force),
    )


def article(reader: Reader, article: str) -> Article:
    """Return an article; raises `UnknownName` with the nearest one."""
    if article not in reader.charter.articles:
        raise UnknownName(unknown("article", article, reader.charter.articles))
    versions = reader.charter.articles[article].items
    return Article(
        **reader.frame("articles", article, page="article", article=article),
        article=_line(reader, article),
        versions=[_version(each) for each in versions],
        rules=_rules(reader, article),
        acts=_acts(reader, article),
    )


def _version(found: ArticleRules) -> ArticleVersion:
    return ArticleVersion(
        number=found.number,
        title=dict(found.title),
        text=dict(found.text),
        start=found.period.start,
        until=found.period.end,
        confidence=found.confidence,
        sources=list(found.sources),
    )


def _rules(reader: Reader, article: str) -> list[RuleLine]:
    rules = rules_on(reader.charter, reader.situation.on)
    named = dict.fromkeys(
        (each.section, each.id)
        for each in rules
        if each.article == article and each.section != "articles"
    )
    return [RuleLine(section=section, id=identifier) for section, identifier in named]


def _acts(reader: Reader, article: str) -> list[ActLine]:
    recorded = reader.record.acts[: reader.situation.known]
    acts = (reader.act(each.id) for each in recorded)
    return reader.lines(each for each in acts if each.authority.article == article)


def instruments(reader: Reader) -> Instruments:
    """Return every instrument, with the articles that belong to it."""
    found = [_instrument(reader, each) for each in reader.charter.instruments.values()]
    return Instruments(**reader.frame("instruments", page="charter"), instruments=found)


def _instrument(reader: Reader, found: InstrumentRules) -> Instrument:
    return Instrument(
        id=found.id,
        names=dict(found.names),
        signed_on=written(found.signed_on),
        adopted_on=written(found.adopted_on),
        in_force_on=written(found.in_force_on),
        confidence=found.confidence,
        note=reader.said(found.note),
        practice=found.practice,
        sources=list(found.sources),
        articles=[
            identifier
            for identifier, versions in reader.charter.articles.items()
            if versions.nearest(reader.situation.on).instrument == found.id
        ],
    )


def sources(reader: Reader) -> Sources:
    """Return every source."""
    found = [_source(reader, each) for each in reader.charter.sources.values()]
    return Sources(**reader.frame("sources", page="sources"), sources=found)


def _source(reader: Reader, found: SourceData) -> Source:
    """Write a source; its address only where a browser may follow it."""
    safe = found.url.startswith(("https://", "http://"))
    return Source(
        id=found.id,
        title=reader.said(found.title),
        url=found.url if safe else None,
        publisher=found.publisher,
        kind=found.kind,
        read=found.read,
        accessed=found.accessed,
    )
