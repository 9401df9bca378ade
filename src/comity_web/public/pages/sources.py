"""What the record rests on: every source, how much of it was read, and what rests on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain

from django.utils.translation import gettext

from comity.charter.model import Source
from comity.kernel.errors import UnknownName, unknown
from comity.register.browsing import Wanted
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.indexes import index_of


def sources(reader: Reader) -> Page:
    """Return every source, kind by kind, those that most rests on first."""
    title = gettext("Sources")
    counted = _counted(reader)
    declared = reader.charter.sources.values()
    kinds = sorted({each.kind for each in declared}, key=list(words.SOURCES).index)
    return {
        **reader.frame(title, (title, reader.address("sources")), section="sources"),
        "total": len(reader.charter.sources),
        "disagreements": reader.address("disagreements"),
        "read": _read(declared_read=[each.read for each in declared]),
        "groups": [
            {
                "kind": kind,
                "name": words.source_kind(kind),
                "sources": _in_kind(reader, kind, counted),
            }
            for kind in kinds
        ],
    }


def _read(declared_read: list[str]) -> list[Page]:
    """Return of how many sources how much was read."""
    counts = Counter(declared_read)
    return [
        {"read": each, "name": words.read(each), "count": n} for each, n in counts.most_common()
    ]


def _in_kind(reader: Reader, kind: str, counted: Mapping[str, Mapping[str, int]]) -> list[Page]:
    found = [
        _source(reader, each, counted)
        for each in reader.charter.sources.values()
        if each.kind == kind
    ]
    return sorted(found, key=lambda each: (-each["acts"] - each["articles"], each["title"]))


def _counted(reader: Reader) -> dict[str, Mapping[str, int]]:
    """Return how many acts and articles rest on each source."""
    index = index_of(reader.record, reader.situation.known)
    versions = chain.from_iterable(each.items for each in reader.charter.articles.values())
    named = {(each.id, source) for each in versions for source in each.sources}
    articles = Counter(source for _, source in named)
    return {"acts": index.choose(Wanted()).counts["source"], "articles": articles}


def _source(reader: Reader, source: Source, counted: Mapping[str, Mapping[str, int]]) -> Page:
    (shown,) = reader.sources([source.id])
    return {
        **shown,
        **{name: counts.get(source.id, 0) for name, counts in counted.items()},
    }


def source(reader: Reader, identifier: str) -> Page:
    """Return the page of a source: what rests on it; raises `UnknownName` with the nearest."""
    charter = reader.charter
    if identifier not in charter.sources:
        raise UnknownName(unknown("source", identifier, charter.sources))
    found = charter.sources[identifier]
    shown = _source(reader, found, _counted(reader))
    trail = (gettext("Sources"), reader.address("sources"))
    here = reader.address("sources", identifier)
    return {
        **reader.frame(shown["title"], trail, (shown["title"], here), section="sources"),
        "source": {**shown, "kind_name": words.source_kind(found.kind)},
        "resting": _acts(reader, identifier),
        "articles": _articles(reader, identifier),
        "instruments": [
            reader.instrument_name(each.id)
            for each in charter.instruments.values()
            if identifier in each.sources
        ],
    }


def _acts(reader: Reader, identifier: str) -> list[Page]:
    """Return the acts that name a source; one may give another date than the record follows."""
    index = index_of(reader.record, reader.situation.known)
    places = index.in_order(index.choose(Wanted({"source": identifier})), by="effect")
    return [
        {
            "id": act.id,
            "label": reader.act_label(act),
            "url": reader.address("acts", act.id),
            "on_in_words": reader.day(act.effective_on),
            "parties": [reader.party_name(e) for e in act.parties if e in reader.charter.parties],
            "confidence": act.confidence,
            "other_dates": [
                reader.day(each.effective_on)
                for each in act.alternatives
                if identifier in each.sources
            ],
        }
        for act in (index.acts[each] for each in places)
    ]


def _articles(reader: Reader, identifier: str) -> list[Page]:
    return [
        reader.ground(name)
        for name, versions in reader.charter.articles.items()
        if any(identifier in each.sources for each in versions.items)
    ]
