"""Answers as plain data for machines, with every ground resolved (docs/reference/cli.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from comity.charter.model import Charter, Source
from comity.kernel.act import Act
from comity.kernel.canonical import JSON
from comity.kernel.dates import format_instant
from comity.kernel.errors import Fault
from comity.kernel.finding import Doubt, Finding
from comity.register.records import to_record
from comity.register.situation import Situation, in_language
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.grounds import article_heading, doubt_sentence, sources_of

T = TypeVar("T")


def finding_data(
    finding: Finding[T],
    situation: Situation,
    language: str,
    *,
    value: Callable[[T], JSON] | None = None,
) -> dict[str, JSON]:
    """Return value, grounds and doubts of a finding; ``value`` writes what is not plain."""
    plain: Any = value(finding.value) if value else finding.value
    return {
        "value": plain,
        "grounds": grounds_data(finding.grounds, situation, language),
        "doubts": [doubt_data(each, situation, language) for each in finding.doubts],
    }


def grounds_data(grounds: Iterable[str], situation: Situation, language: str) -> list[JSON]:
    """Return grounds as articles and acts; an identifier of neither keeps its name alone."""
    every = tuple(grounds)
    return [_ground_data(each, every, situation, language) for each in every]


def _ground_data(
    ground: str, grounds: tuple[str, ...], situation: Situation, language: str
) -> dict[str, JSON]:
    if ground in situation.charter.articles:
        return article_data(ground, situation, language, grounds=grounds)
    if ground in situation.record:
        return act_data(situation.record.act(ground, known=situation.known), situation, language)
    return {"id": ground, "type": "unknown"}


def article_data(
    article: str, situation: Situation, language: str, *, grounds: Iterable[str] = ()
) -> dict[str, JSON]:
    """Return an article in one language, in the version that an answer on ``grounds`` rests on."""
    charter = situation.charter
    found = situation.article(article, grounds)
    return {
        "id": article,
        "type": "article",
        "heading": article_heading(charter, found, language),
        "instrument": found.instrument,
        "number": found.number,
        "title": in_language(found.title, language),
        "text": in_language(found.text, language),
        "from": _day(found.period.start),
        "until": _day(found.period.end),
        "confidence": found.confidence,
        "sources": [source_data(each) for each in sources_of(charter, found.sources, language)],
    }


def act_data(act: Act, situation: Situation, language: str) -> dict[str, JSON]:
    """Return an act as its record, with its sentence and its sources resolved."""
    data: dict[str, JSON] = {"id": act.id, "type": "act"}
    data["sentence"] = act_sentence(act, situation, language)
    data |= {key: value for key, value in to_record(act).items() if key not in ("id", "sources")}
    data["confidence"] = act.confidence
    sources = sources_of(situation.charter, act.sources, language)
    data["sources"] = [source_data(each) for each in sources]
    data["translated"] = _translated(act, situation.charter, language)
    data["revised_by"] = list(situation.record.revisions_of(act.id, known=situation.known))
    return data


def _translated(act: Act, charter: Charter, language: str) -> dict[str, JSON]:
    """Return place and note in the language: the record itself says them in its own words."""
    given = {"place": act.place, "note": act.note}
    return {name: charter.in_language(each, language) for name, each in given.items() if each}


def source_data(source: Source) -> dict[str, JSON]:
    """Return a source without the fields that say nothing."""
    fields = ("id", "title", "url", "publisher", "kind", "read", "accessed")
    return {each: getattr(source, each) for each in fields if getattr(source, each)}


def doubt_data(doubt: Doubt, situation: Situation, language: str) -> dict[str, JSON]:
    """Return a doubt with its sentence."""
    return {
        "code": doubt.code,
        "ground": doubt.ground,
        "detail": doubt.detail,
        "sentence": doubt_sentence(doubt, situation, language),
    }


def situation_data(situation: Situation, language: str) -> dict[str, JSON]:
    """Return what was asked about: organisation, day, knowledge and basis."""
    known = situation.record.acts[situation.known - 1].recorded_at if situation.known else None
    return {
        "organisation": situation.charter.id,
        "name": names.organisation_name(situation.charter, language),
        "on": situation.on.isoformat(),
        "basis": situation.basis,
        "known_acts": situation.known,
        "last_recorded_at": format_instant(known) if known else None,
        "language": language,
    }


def fault_data(fault: Fault) -> dict[str, JSON]:
    """Return a fault with its place; its sentence is in English."""
    place = fault.place
    where: JSON = (
        {"file": place.file, "line": place.line, "column": place.column} if place else None
    )
    return {
        "code": fault.code,
        "found": fault.found,
        "expected": fault.expected,
        "advice": fault.advice,
        "place": where,
        "rule": fault.rule,
        "act": fault.act,
        "sentence": str(fault),
    }


def _day(day: object) -> str | None:
    return str(day) if day else None
