"""The page of an article: what it says in each version, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable

from comity.charter.model import Article
from comity.charter.queries import rules_on
from comity.kernel.errors import UnknownName, unknown
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages import linked
from comity_web.public.pages.reader import Page, Reader, capital


def article(reader: Reader, identifier: str) -> Page:
    """Return the page of an article; raises `UnknownName` with the nearest one."""
    if identifier not in reader.charter.articles:
        raise UnknownName(unknown("article", identifier, reader.charter.articles))
    versions = reader.charter.articles[identifier]
    current = versions.nearest(reader.question.on)
    title = reader.article_label(current)
    here = (title, reader.address("articles", identifier))
    frame = reader.frame(title, here, section="charter")
    return {
        **frame,
        "linked": [*frame["linked"], linked.article(reader, current)],
        "id": identifier,
        "in_force": reader.situation.rule(identifier).value,
        "why": reader.why("article", identifier),
        "instrument": _instrument(reader, current.instrument),
        "versions": [_version(reader, each) for each in versions.items],
        "rules": _rules(reader, identifier),
        "acts": _acts(reader, identifier),
    }


def _instrument(reader: Reader, identifier: str) -> Page | None:
    found = reader.charter.instruments.get(identifier)
    if found is None:
        return None
    return {
        "id": identifier,
        "name": reader.instrument_name(identifier),
        "signed_on_in_words": reader.day(found.signed_on),
        "adopted_on_in_words": reader.day(found.adopted_on),
        "in_force_on_in_words": reader.day(found.in_force_on),
        "note": reader.translated(found.note),
        "practice": words.practice() if found.practice else "",
        "sources": reader.sources(found.sources),
    }


def _version(reader: Reader, found: Article) -> Page:
    return {
        "number": found.number,
        "title": reader.text(found.title),
        "text": reader.text(found.text),
        "from_in_words": reader.day(found.period.start),
        "until_in_words": reader.day(found.period.end),
        "holds": reader.question.on in found.period,
        "confidence": found.confidence,
        "confidence_in_words": capital(names.confidence_name(found.confidence, reader.language)),
        "sources": reader.sources(found.sources),
    }


def _rules(reader: Reader, identifier: str) -> list[Page]:
    """Return the rules in force on the day that rest on the article, each named once."""
    found = (
        each
        for each in rules_on(reader.charter, reader.question.on)
        if each.article == identifier and each.section != "articles"
    )
    named = {(each.section, each.id): _rule_name(reader, each.section, each.id) for each in found}
    return [{"section": section, "id": id, "name": name} for (section, id), name in named.items()]


def _rule_name(reader: Reader, section: str, identifier: str) -> str:
    named: dict[str, Callable[[str], str]] = {
        "statuses": reader.status_name,
        "counts": reader.count_heading,
        "paths": reader.status_name,
        "bodies": reader.body_name,
        "composition": reader.body_name,
        "life": reader.body_name,
        "offices": reader.office_name,
        "languages": words.language,
        "order_of_states": words.language,
    }
    if section in named:
        return named[section](identifier)
    parts = identifier.split(", ")
    known = reader.charter.statuses
    return reader.listed(reader.status_name(each) if each in known else each for each in parts)


def _acts(reader: Reader, identifier: str) -> list[Page]:
    acts = (each for each in reader.record.acts[: reader.situation.known])
    found = [each for each in acts if each.authority.article == identifier]
    found.sort(key=lambda each: (each.effective_on, each.id))
    return [
        {
            **reader.ground(each.id),
            "label": reader.act_label(each),
            "effective_on_in_words": reader.day(each.effective_on),
            "parties": [reader.party_name(code) for code in each.parties],
        }
        for each in found
    ]
