"""Which text binds a party, and what two parties owe one another.

An amendment binds those for whom it is in force; two parties are bound by what is in force for both
(Vienna Convention on the Law of Treaties, arts. 30 and 40). A reservation changes what two parties
owe one another unless the other objected: then the provisions do not apply to the extent of the
reservation, and where the objection opposes entry into force, nothing does (arts. 20 and 21).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from comity.kernel.errors import DataError, Fault
from comity.kernel.finding import Finding, unique
from comity.treaty.record import Act
from comity.treaty.status import Bound, Party, Status


@dataclass(frozen=True, slots=True)
class Relation:
    """What is in force between two parties: since when, with which amendments.

    ``modified``: reservations that apply between them. ``excluded``: those objected to, to whose
    extent the provisions do not apply.
    """

    since: date
    amendments: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """A treaty and its amendments, each with its status on one day."""

    base: Status
    amendments: Mapping[str, Status]

    @property
    def day(self) -> date:
        """The day on which it is asked."""
        return self.base.on

    def binding(self, party: str) -> Finding[tuple[str, ...] | None]:
        """Return the amendments that bind a party, the first in force first.

        The value is ``None`` where the treaty itself does not bind it.
        """
        bond = self._bond(self.base, party)
        if bond is None:
            return Finding(None, _grounds(self.base, None))
        bonds = {name: self._amended(each, party, bond) for name, each in self.amendments.items()}
        there = {name: each for name, each in bonds.items() if each is not None}
        names = sorted(there, key=lambda name: (self.amendments[name].enters_on or date.max, name))
        grounds = [*_grounds(self.base, bond)]
        for name in names:
            grounds += _grounds(self.amendments[name], there[name])
        return Finding(tuple(names), unique(tuple(grounds)))

    def between(self, one: str, other: str) -> Finding[Relation | None]:
        """Return what is in force between two; raises `DataError` for one and the same."""
        if one == other:
            raise DataError(Fault("one_party", f"{one} twice", "two parties"))
        bonds = [self._bond(self.base, each) for each in (one, other)]
        grounds = unique(tuple(g for each in bonds for g in _grounds(self.base, each)))
        if bonds[0] is None or bonds[1] is None:
            return Finding(None, grounds)
        since = max(_towards(bonds[0], other), _towards(bonds[1], one))
        if since > self.day:
            return Finding(None, grounds)
        refusing = self._refusing(one, other)
        if refusing:
            return Finding(None, unique((*grounds, *refusing)))
        texts = [self.binding(each) for each in (one, other)]
        common = tuple(each for each in texts[0].value or () if each in (texts[1].value or ()))
        modified, excluded = self._reservations(one, other)
        relation = Relation(since, common, modified, excluded)
        return Finding(
            relation, unique((*texts[0].grounds, *texts[1].grounds, *modified, *excluded))
        )

    def _bond(self, status: Status, party: str) -> Bound | None:
        found = status.parties.get(party)
        if found is None or _suspended(found, self.day):
            return None
        return found.bond(self.day)

    def _amended(self, status: Status, party: str, base: Bound) -> Bound | None:
        own = self._bond(status, party)
        if own is not None or not status.treaty.binds_newcomers or not status.in_force:
            return own
        enters = status.enters_on
        came_after = enters is not None and base.since >= enters
        return Bound(base.since, article=_article(status)) if came_after else None

    def _refusing(self, one: str, other: str) -> tuple[str, ...]:
        """Return the acts by which one of the two wants nothing to be in force between them."""
        pairs = ((one, other), (other, one))
        against = [
            act.id
            for who, of in pairs
            for act in self.base.record.of_kind("objected_to_accession")
            if act.party == who and act.of == of
        ]
        for who, of in pairs:
            against += [each.id for each in self._objections(who, of) if each.opposes_entry]
        return tuple(against)

    def _reservations(self, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        modified: list[str] = []
        excluded: list[str] = []
        for who, of in ((one, other), (other, one)):
            objected = {each.to for each in self._objections(of, who)}
            for name in self.base.parties[who].reservations:
                (excluded if name in objected else modified).append(name)
        return tuple(modified), tuple(excluded)

    def _objections(self, who: str, of: str) -> list[Act]:
        """Return the objections of a party to reservations of another that stand."""
        refused = {each.act for each in self.base.refused}
        reserved = self.base.parties[of].reservations
        made = self.base.record.by(who)
        return [
            e for e in made if e.kind == "objected" and e.to in reserved and e.id not in refused
        ]


def _towards(bond: Bound, other: str) -> date:
    """Return from when a bond holds towards another party."""
    return bond.since if bond.towards is None else bond.towards.get(other, date.max)


def _suspended(party: Party, day: date) -> bool:
    return any(day in each for each in party.suspended)


def _article(status: Status) -> str:
    return status.treaty.entry.article if status.treaty.entry else ""


def _grounds(status: Status, bond: Bound | None) -> tuple[str, ...]:
    return (_article(status), *((bond.article, *bond.acts) if bond else ()))
