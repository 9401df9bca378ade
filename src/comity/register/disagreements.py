"""Where sources disagree, and where a count depends on the basis: shown, not hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, pairwise

from comity.kernel.act import Act
from comity.membership.history import Spell
from comity.register.situation import Situation

TOPICS = ("conflict", "counting")
"""Topics of statements on the record that are about a disagreement of sources, or of counts."""


_Spells = Mapping[str, list[tuple[str, Spell]]]


@dataclass(frozen=True, slots=True)
class Apart:
    """Days on which a count depends on the basis: from ``start`` up to but not including ``end``.

    ``numbers`` has the count on each basis; ``parties`` has for each basis those who are counted
    on it and not on every other.
    """

    count: str
    start: date
    end: date | None
    numbers: Mapping[str, int]
    parties: Mapping[str, tuple[str, ...]]

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Difference:
    """Who makes a count another on another basis: counted there only, and here only."""

    there: tuple[str, ...]
    here: tuple[str, ...]


def difference(situation: Situation, name: str, basis: str) -> Difference:
    """Return by whom the count of a status, or of a count, differs on another basis.

    Parties stand in the order of States. Equal numbers may be made up of different parties.
    """
    here = set(_holders(situation, name, situation.basis))
    there = set(_holders(situation, name, basis))
    return Difference(situation.order(there - here), situation.order(here - there))


def _holders(situation: Situation, name: str, basis: str) -> Iterator[str]:
    charter = situation.charter
    counted = charter.counts.get(name)
    statuses = counted.nearest(situation.on).statuses if counted else (name,)
    for facet in dict.fromkeys(charter.facet_of(each) for each in statuses):
        held = situation.held(facet, basis).items()
        yield from (party for party, spell in held if spell.status in statuses)


def counted_apart(situation: Situation, name: str) -> tuple[Apart, ...]:
    """Return all days, past and to come, on which a count is another on another basis.

    A period ends where the numbers change, or it is somebody else who makes the difference.
    """
    spells = _spells(situation, name)
    days = sorted(_days(situation, name, spells))
    found: list[Apart] = []
    for day, following in (*pairwise(days), *((day, None) for day in days[-1:])):
        apart = _apart(situation, name, spells, day, following)
        if apart is None:
            continue
        last = found[-1] if found else None
        if last and replace(last, start=day, end=following) == apart and last.end == day:
            found[-1] = replace(last, end=following)
        else:
            found.append(apart)
    return tuple(found)


def _spells(situation: Situation, name: str) -> _Spells:
    """Return on each basis all spells, of every party, that may count on some day."""
    versions = situation.charter.counts[name].items
    ever = {status for each in versions for status in each.statuses}
    facets = {situation.charter.facet_of(each) for each in ever}
    return {
        basis: [
            (party, spell)
            for party in situation.record.parties()
            for facet in facets
            for spell in situation.folded(party, basis).in_facet(facet)
        ]
        for basis in situation.charter.bases
    }


def _days(situation: Situation, name: str, spells: _Spells) -> set[date]:
    """Return the days on which the count may change, on any basis."""
    every = (spell for each in spells.values() for _, spell in each)
    ends = ((each.start.first, each.end.first if each.end else None) for each in every)
    versions = (each.period.start for each in situation.charter.counts[name].items)
    return {day for day in (*chain.from_iterable(ends), *versions) if day}


def _apart(
    situation: Situation, name: str, spells: _Spells, day: date, following: date | None
) -> Apart | None:
    statuses = situation.charter.counts[name].nearest(day).statuses
    counted = {basis: _counted(each, statuses, day) for basis, each in spells.items()}
    common = set.intersection(*counted.values())
    parties = {basis: situation.order(each - common) for basis, each in counted.items()}
    if not any(parties.values()):
        return None
    numbers = {basis: len(each) for basis, each in counted.items()}
    return Apart(name, day, following, numbers, parties)


def _counted(spells: Iterable[tuple[str, Spell]], statuses: Collection[str], day: date) -> set[str]:
    """Return who holds one of the statuses on a day: of two spells in a facet the later counts."""
    held = {(party, each.facet): each.status for party, each in spells if each.holds_on(day)}
    return {party for (party, _), status in held.items() if status in statuses}


def with_other_dates(situation: Situation) -> tuple[Act, ...]:
    """Return the acts to which sources give other dates, in order of their effect."""
    acts = (situation.act(each.id) for each in situation.record.acts[: situation.known])
    return _in_order(act for act in acts if act.alternatives)


def statements(situation: Situation) -> tuple[Act, ...]:
    """Return what is stated on the record about disagreements of sources and of counts."""
    acts = (situation.act(each.id) for each in situation.record.acts[: situation.known])
    return _in_order(a for a in acts if a.kind == "noted" and a.detail("topic") in TOPICS)


def _in_order(acts: Iterator[Act]) -> tuple[Act, ...]:
    return tuple(sorted(acts, key=lambda act: (act.effective_on, act.id)))
