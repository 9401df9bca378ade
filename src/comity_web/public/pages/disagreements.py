"""Where sources disagree, where a count depends on the basis, and what rests on little."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.register.browsing import Wanted
from comity.register.disagreements import Apart, counted_apart, statements, with_other_dates
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages.grounds import as_recorded
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.indexes import index_of

_SHOWN = 100  # of a confidence; where there are more, the register has them all


def disagreements(reader: Reader) -> Page:
    """Return everything that is in doubt in the record, each with both sides."""
    title = gettext("Disagreements and doubts")
    trail = (gettext("Sources"), reader.address("sources"))
    here = (title, reader.address("disagreements"))
    return {
        **reader.frame(title, trail, here, section="sources"),
        "counts": [_count(reader, name) for name in reader.charter.counts],
        "dates": [_dates(reader, each) for each in with_other_dates(reader.situation)],
        "statements": [_statement(reader, each) for each in statements(reader.situation)],
        "doubtful": [_doubtful(reader, each) for each in ("low", "medium")],
        "articles": _doubtful_articles(reader),
    }


# Counts


def _count(reader: Reader, name: str) -> Page:
    """Return a count on every basis, who makes the difference on the day, and on which others."""
    bases = {basis: reader.counting(basis) for basis in reader.charter.bases}
    cells = [
        {
            "basis": basis,
            "basis_name": names.basis_name(reader.charter, basis, reader.language),
            "count": there.situation.number(name),
            "why": there.why("count", name),
        }
        for basis, there in bases.items()
    ]
    most = max(int(str(each["count"])) for each in cells)
    apart = counted_apart(reader.situation, name) if len(bases) > 1 else ()
    today = next((each for each in apart if reader.question.on in each), None)
    return {
        "id": name,
        "name": reader.count_heading(name, most),
        "cells": cells,
        "differs": today is not None,
        "because": _because(bases, today) if today else [],
        "periods": [_period(reader, each) for each in apart],
    }


def _because(bases: Mapping[str, Reader], apart: Apart) -> list[Page]:
    """Return of each party that makes the difference what it is on every basis, and why."""
    parties = dict.fromkeys(each for found in apart.parties.values() for each in found)
    some = next(iter(bases.values()))
    return [
        {**some.party(each), "on_bases": [_status(there, each) for there in bases.values()]}
        for each in parties
    ]


def _status(reader: Reader, party: str) -> Page:
    finding = reader.situation.status(party)
    return {
        "basis": reader.situation.basis,
        "basis_name": names.basis_name(reader.charter, reader.situation.basis, reader.language),
        "status": finding.value,
        "name": reader.status_name(finding.value),
        **reader.reasons(finding, "status", party),
    }


def _period(reader: Reader, apart: Apart) -> Page:
    return {
        "start": apart.start.isoformat(),
        "start_in_words": reader.day(apart.start),
        "end": apart.end.isoformat() if apart.end else "",
        "end_in_words": reader.day(apart.end),
        "url": reader.question.other(on=apart.start.isoformat()),
        "chosen": reader.question.on in apart,
        "numbers": [
            {
                "basis_name": names.basis_name(reader.charter, basis, reader.language),
                "count": number,
            }
            for basis, number in apart.numbers.items()
        ],
        "parties": [reader.party(p) for p in dict.fromkeys(sum(apart.parties.values(), ()))],
    }


# Dates, statements, confidence


def _dates(reader: Reader, act: Act) -> Page:
    """Return an act with the date that the record follows, and those that others give."""
    return {
        **_line(reader, act),
        "followed": {"on": str(act.effective_on), "on_in_words": reader.day(act.effective_on)},
        **as_recorded(reader, act),
        "confidence_explained": words.confidence(act.confidence),
    }


def _statement(reader: Reader, act: Act) -> Page:
    return {**_line(reader, act), "text": reader.statement(act), **as_recorded(reader, act)}


def _line(reader: Reader, act: Act) -> Page:
    return {
        "id": act.id,
        "label": reader.act_label(act),
        "url": reader.address("acts", act.id),
        "on_in_words": reader.day(act.effective_on),
        "parties": [reader.party_name(e) for e in act.parties if e in reader.charter.parties],
    }


def _doubtful(reader: Reader, confidence: str) -> Page:
    index = index_of(reader.record, reader.situation.known)
    places = index.in_order(index.choose(Wanted({"confidence": confidence})), by="effect")
    joined = "&" if reader.question.suffix else "?"
    return {
        "confidence": confidence,
        "name": capital(names.confidence_name(confidence, reader.language)),
        "explained": words.confidence(confidence),
        "total": len(places),
        "acts": [_line(reader, index.acts[each]) for each in places[:_SHOWN]],
        "register": f"{reader.address('acts')}{joined}confidence={confidence}",
    }


def _doubtful_articles(reader: Reader) -> list[Page]:
    """Return the articles of which less than everything was read, in the version of the day."""
    found = (each.nearest(reader.question.on) for each in reader.charter.articles.values())
    return [
        {
            **reader.ground(each.id),
            "confidence": each.confidence,
            "confidence_in_words": capital(names.confidence_name(each.confidence, reader.language)),
            "sources": reader.sources(each.sources),
        }
        for each in found
        if each.confidence != "high"
    ]
