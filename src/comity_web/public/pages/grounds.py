"""Grounds in full: an article in the version that counts, an act as it reads, and their sources."""

from __future__ import annotations

from collections.abc import Mapping

from comity.kernel.act import Act
from comity.wording import names
from comity.wording.acts import act_sentence
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.selectors import Leaf

MOST = 100  # grounds told in full; of more than that the others are named


def in_full(reader: Reader, grounds: tuple[str, ...], leaves: Mapping[str, Leaf]) -> list[Page]:
    """Return the grounds of an answer with all that is recorded of them, in their order."""
    told = [_told(reader, each, grounds, leaves) for each in grounds[:MOST]]
    return [*told, *(reader.ground(each, grounds) for each in grounds[MOST:])]


def _told(reader: Reader, ground: str, among: tuple[str, ...], leaves: Mapping[str, Leaf]) -> Page:
    named = reader.ground(ground, among)
    if named["kind"] == "article":
        return {**named, **_article(reader, ground, among)}
    if named["kind"] == "act":
        return {**named, **_act(reader, ground, leaves.get(ground))}
    return named


def _article(reader: Reader, ground: str, among: tuple[str, ...]) -> Page:
    found = reader.situation.article(ground, among)
    return {
        "instrument": reader.instrument_name(found.instrument) if found.instrument else "",
        "number": found.number,
        "title": reader.text(found.title),
        "text": reader.text(found.text),
        "from_in_words": reader.day(found.period.start),
        "until_in_words": reader.day(found.period.end),
        "in_force": reader.situation.rule(ground).value,
        **_rests_on(reader, found.confidence, found.sources),
    }


def _act(reader: Reader, ground: str, leaf: Leaf | None) -> Page:
    act = reader.record.act(ground, known=reader.situation.known)
    return {
        "label": capital(act_sentence(act, reader.situation, reader.language)),
        "on_in_words": reader.day(act.effective_on),
        "recorded_at_in_words": reader.moment(act.recorded_at),
        "position": leaf.position if leaf else None,
        **as_recorded(reader, act),
    }


def as_recorded(reader: Reader, act: Act) -> Page:
    """Return what an act carries beside what it says: note, other dates, confidence, sources."""
    return {
        "note": reader.translated(act.note),
        "alternatives": [
            {
                "on_in_words": reader.day(each.effective_on),
                "sources": reader.sources(each.sources),
                "note": reader.translated(each.note),
            }
            for each in act.alternatives
        ],
        **_rests_on(reader, act.confidence, act.sources),
    }


def _rests_on(reader: Reader, confidence: str, sources: tuple[str, ...]) -> Page:
    return {
        "confidence": confidence,
        "confidence_in_words": capital(names.confidence_name(confidence, reader.language)),
        "sources": reader.sources(sources),
    }
