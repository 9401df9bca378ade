"""Grounds and doubts in words: articles with instrument and number, acts as sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from comity.charter.model import Article, Charter, Source
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import DataError
from comity.kernel.finding import Doubt, Finding
from comity.register.situation import Situation, in_language
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.catalogue import catalogue, text
from comity.wording.dates import date_text

_BARE_NUMBER = re.compile(r"(?:\d|[A-Z]\b|[IVXLC]+\b)")


@dataclass(frozen=True, slots=True)
class GroundLine:
    """One ground in words.

    ``summary`` is the article's heading or the act's sentence; ``body`` the article's text, or the
    act's note; ``sources`` what it rests on.
    """

    id: str
    type: Literal["article", "act"]
    summary: str
    body: str
    sources: tuple[Source, ...]
    confidence: str = "high"


def grounds_lines(
    finding: Finding[Any], situation: Situation, language: str, *, about: str | None = None
) -> tuple[GroundLine, ...]:
    """Return the grounds of a finding in words, in their order."""
    return lines_of(finding.grounds, situation, language, about=about)


def lines_of(
    grounds: Iterable[str], situation: Situation, language: str, *, about: str | None = None
) -> tuple[GroundLine, ...]:
    """Return grounds, given by their identifiers, in words; what is neither is left out."""
    every = tuple(grounds)
    lines = (_line(each, every, situation, language, about) for each in every)
    return tuple(line for line in lines if line)


def _line(
    ground: str, grounds: tuple[str, ...], situation: Situation, language: str, about: str | None
) -> GroundLine | None:
    charter = situation.charter
    if ground in charter.articles:
        article = situation.article(ground, grounds)
        heading = article_heading(charter, article, language)
        body = in_language(article.text, language)
        sources = sources_of(charter, article.sources, language)
        return GroundLine(ground, "article", heading, body, sources, article.confidence)
    if ground in situation.record:
        act = situation.record.act(ground, known=situation.known)
        sentence = act_sentence(act, situation, language, about=about)
        sources = sources_of(charter, act.sources, language)
        note = charter.in_language(act.note, language)
        return GroundLine(ground, "act", sentence, note, sources, act.confidence)
    return None


def article_heading(charter: Charter, article: Article, language: str) -> str:
    """Return instrument, number and title of an article, as far as the charter gives them."""
    heading = article_reference(charter, article, language)
    title = in_language(article.title, language)
    return text(language, "ground.titled", article=heading, title=title) if title else heading


def article_reference(charter: Charter, article: Article, language: str) -> str:
    """Return instrument and number of an article: ``Model Charter, Article 13``."""
    if not article.instrument:
        return article.number or article.id
    instrument = names.instrument_name(charter, article.instrument, language)
    if not article.number:
        return instrument
    key = "ground.article" if _BARE_NUMBER.match(article.number) else "ground.provision"
    return text(language, key, instrument=instrument, number=article.number)


def sources_of(charter: Charter, sources: Iterable[str], language: str) -> tuple[Source, ...]:
    """Return the sources with these identifiers, their titles and publishers in the language.

    One that is not declared has no more than its identifier.
    """
    found = (charter.sources.get(each, Source(each)) for each in sources)
    return tuple(
        replace(
            each,
            title=charter.in_language(each.title, language),
            publisher=charter.in_language(each.publisher, language),
        )
        for each in found
    )


def source_text(source: Source, language: str) -> str:
    """Return title and publisher of a source."""
    title = source.title or source.id
    if not source.publisher:
        return title
    return text(language, "ground.source", title=title, publisher=source.publisher)


def doubt_sentence(doubt: Doubt, situation: Situation, language: str) -> str:
    """Return why an answer should be read with care."""
    key = f"doubt.{doubt.code}"
    if key not in catalogue(language):
        return " ".join(each for each in (doubt.code, doubt.ground, doubt.detail) if each)
    ground = doubt.ground
    detail = _date(doubt.detail, language)
    if doubt.code == "other_basis":
        ground = names.basis_name(situation.charter, doubt.ground, language)
        detail = elsewhere_text(doubt.detail, situation, language)
    return text(language, key, ground=ground, detail=detail)


def _date(detail: str, language: str) -> str:
    try:
        return date_text(PartialDate.parse(detail), language)
    except DataError:
        return detail


def elsewhere_text(detail: str, situation: Situation, language: str) -> str:
    """Say what another basis answers: a status, ``none``, yes or no, a date, an act, a number."""
    charter = situation.charter
    if detail == "none" or detail in charter.statuses:
        status = detail if detail in charter.statuses else None
        return names.status_name(charter, status, situation.on, language)
    if detail in situation.record:
        act = situation.record.act(detail, known=situation.known)
        return act_sentence(act, situation, language, brief=True)
    if detail.isdigit():  # how many; a year stands for itself as well
        return detail
    answer = {"true": "yes", "false": "no"}.get(detail, detail)
    return _date(names.answer_name(answer, language), language)


def alternatives_text(act: Act, charter: Charter, language: str) -> tuple[str, ...]:
    """Return the other dates that sources give for an act, each with those sources."""
    lines = []
    for other in act.alternatives:
        day = date_text(other.effective_on, language)
        sources = sources_of(charter, other.sources, language)
        said = (source_text(each, language) for each in sources)
        note = charter.in_language(other.note, language)
        remarks = "; ".join(each for each in (*said, note) if each)
        lines.append(f"{day} ({remarks})" if remarks else day)
    return tuple(lines)
