"""Search over everything public in the register."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from comity_web.register.selectors import Present
from comity_web.search.finding import CALLED, Found, find
from comity_web.search.keeping import index_of
from comity_web.search.reading import read
from comity_web.search.results import Results
from comity_web.search.showing import Showing
from comity_web.search.suggesting import suggestions
from comity_web.search.things import KINDS, Kind


def search(
    present: Present,
    text: str,
    language: str,
    *,
    organisation: str | None = None,
    only: str | None = None,
    kinds: Collection[Kind] = (),
    limit: int = 20,
    offset: int = 0,
    each: int | None = None,
    on: date = date.max,
    known_at: date | datetime | None = None,
) -> Results:
    """Return what a text finds in the register, best first.

    Of things found equally well those of ``organisation`` come first; ``only`` leaves out all
    others, and ``kinds`` all other kinds. ``limit`` and ``offset`` cut the list; ``each`` makes an
    overview instead, with at most so many of every kind. Names are those of the day ``on`` (left
    out: the latest), and nothing is found that was recorded after ``known_at``.

    Raises `QueryTooLong`, and `UnknownName` with the nearest organisation.
    """
    for named in filter(None, (organisation, only)):
        present.register.organisation(named)
    index, sought = index_of(present), read(text)
    known = _known(present, known_at)
    every = find(index, sought, known)
    chosen = _among(every, only, kinds)
    preferred = index.of_organisation.get(organisation or "", set())
    nodes = (
        chosen.first(limit + offset, preferred)[offset:]
        if each is None
        else _overview(chosen, each, preferred)
    )
    showing = Showing(present, every, language, on, known_at)
    return Results(
        sought.text,
        tuple(showing.hit(node) for node in nodes),
        len(chosen.every),
        _by_kind(_among(every, only, ())),
        index.by_organisation(_among(every, None, kinds).every),
        () if every.every else suggestions(index, sought, known),
        bool(every.every) and any(each.only_near for each in every.evidence),
    )


def _known(present: Present, known_at: date | datetime | None) -> Mapping[str, int]:
    """Return how many acts of each organisation were known at a moment, up to this head."""
    if known_at is None:
        return present.known
    return {
        each.charter.id: min(each.known_count(known_at), present.acts(each.charter.id))
        for each in present.register.organisations
    }


def _among(found: Found, only: str | None, kinds: Collection[Kind]) -> Found:
    if only:
        found = found.within(found.index.of_organisation.get(only, set()))
    if kinds:
        found = found.within(set().union(*(found.index.of_kind[each] for each in kinds)))
    return found


def _by_kind(found: Found) -> dict[Kind, int]:
    every = found.every
    counts = {kind: len(every & found.index.of_kind[kind]) for kind in KINDS}
    return {kind: count for kind, count in counts.items() if count}


def _overview(found: Found, each: int, preferred: set[int]) -> list[int]:
    """Return the first things of every kind: first the kinds of what is called as asked."""
    index = found.index
    groups = [found.within(index.of_kind[kind]).first(each, preferred) for kind in KINDS]
    groups.sort(key=lambda nodes: not any(_is_called(found, node) for node in nodes[:1]))
    return [node for nodes in groups for node in nodes]


def _is_called(found: Found, node: int) -> bool:
    return node in found.named and found.named[node].rank[0] == CALLED
