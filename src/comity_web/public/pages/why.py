"""The page of grounds: one question, its answer in words, and all that the answer rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext

from comity.kernel.dates import format_instant
from comity.kernel.finding import Doubt
from comity.wording.grounds import doubt_sentence
from comity_web.public import words
from comity_web.public.pages.grounds import in_full
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.pages.reason import Link, Reason
from comity_web.public.pages.reasons import reason
from comity_web.register.selectors import Leaf


def why(
    reader: Reader, asked: str, names: tuple[str, ...], found: Reason, leaves: Mapping[str, Leaf]
) -> Page:
    """Return the page of an answer; ``leaves`` are where the acts among its grounds are logged."""
    here = reader.why(asked, *names)
    return {
        **reader.frame(found.asks, *found.trail, (found.asks, here), section=found.section),
        "asks": found.asks,
        "answer": found.answer,
        "more": [_link(each) for each in found.more],
        "among": [_link(each) for each in found.among],
        "grounds": in_full(reader, found.finding.grounds, leaves),
        "doubts": [_doubt(reader, each, asked, names) for each in found.finding.doubts],
        "why": here,
        "cite": _citation(reader, asked, names, found),
    }


def acts_among(reader: Reader, found: Reason) -> list[str]:
    """Return the acts among the grounds of an answer."""
    return [each for each in found.finding.grounds if each in reader.record]


def _link(link: Link) -> Page:
    label, url = link
    return {"label": label, "url": url}


def _doubt(reader: Reader, doubt: Doubt, asked: str, names: tuple[str, ...]) -> Page:
    """Say a doubt in a sentence; where another basis answers otherwise, lead to that answer."""
    said = {"code": doubt.code, "ground": doubt.ground}
    if doubt.code == "other_basis":
        there = reader.counting(doubt.ground)
        basis = reader.text(reader.charter.bases[doubt.ground].names) or doubt.ground
        text = words.doubt(doubt, detail=reason(there, asked, names).answer, basis=basis)
        return {**said, "text": text, "url": there.why(asked, *names)}
    ground = reader.ground(doubt.ground)
    named = replace(doubt, ground=ground["label"])
    text = doubt_sentence(named, reader.situation, reader.language)
    return {**said, "text": text, "url": ground["url"]}


def _citation(reader: Reader, asked: str, names: tuple[str, ...], found: Reason) -> str:
    """Return a line of plain text by which the answer can be found and checked again.

    Its address names the day, the moment of knowledge and the basis, so it answers the same
    whatever is recorded later.
    """
    situation, present = reader.situation, reader.present
    last = reader.record.acts[situation.known - 1].recorded_at if situation.known else None
    fixed = {"on": situation.on.isoformat(), "basis": situation.basis}
    known = {"known_at": format_instant(last)} if last else {}
    line = gettext(
        "%(organisation)s. %(asks)s: %(answer)s. %(address)s. Known: %(known)s. "
        "Log %(origin)s, %(size)s entries, root %(root)s."
    )
    return line % {
        "organisation": reader.text(reader.charter.names) or reader.charter.id,
        "asks": found.asks,
        "answer": found.answer.rstrip("."),
        "address": settings.ADDRESS + reader.asking(**fixed, **known).why(asked, *names),
        "known": reader.moment(last) if last else "–",
        "origin": settings.LOG_ORIGIN,
        "size": present.size,
        "root": present.frontier.root().hex(),
    }
