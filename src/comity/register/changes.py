"""What changed between two days, and by which act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.kernel.finding import Finding
from comity.membership.history import Spell
from comity.register.register import OrganisationRecord
from comity.register.situation import Situation


@dataclass(frozen=True, slots=True)
class Change:
    """A party whose status differs between two days; ``on`` is when it last changed."""

    party: str
    before: str | None
    after: str | None
    on: date
    finding: Finding[str | None]


def changes_between(
    record: OrganisationRecord,
    start: date,
    end: date,
    *,
    facet: str | None = None,
    known_at: date | None = None,
    basis: str | None = None,
) -> tuple[Change, ...]:
    """Return every change of status after ``start`` up to ``end``, in order of day and party.

    Each step counts: a party that came and left between the two days appears twice.
    """
    then = record.situation(on=end, known_at=known_at, basis=basis)
    found = [
        change
        for party in record.parties()
        for change in _changes_of(record, then, party, start, end, facet)
    ]
    position = {party: n for n, party in enumerate(then.order({each.party for each in found}))}
    return tuple(sorted(found, key=lambda each: (each.on, position[each.party])))


def _changes_of(
    record: OrganisationRecord,
    then: Situation,
    party: str,
    start: date,
    end: date,
    facet: str | None,
) -> list[Change]:
    spells = then.history(party, facet)
    days = {each.start.first for each in spells} | {each.end.first for each in spells if each.end}
    found = []
    before = _held(spells, start)
    for day in sorted(each for each in days if start < each <= end):
        after = _held(spells, day)
        if after != before:
            situation = Situation(record, on=day, known=then.known, basis=then.basis)
            found.append(Change(party, before, after, day, situation.status(party, facet)))
        before = after
    return found


def _held(spells: tuple[Spell, ...], day: date) -> str | None:
    return next((each.status for each in reversed(spells) if each.holds_on(day)), None)
