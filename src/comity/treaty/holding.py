"""Who is in a class and who weighs what, day by day, as the record and the world around say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.decision.model import HEADS
from comity.decision.numbers import Number
from comity.kernel.dates import Period
from comity.kernel.errors import UnknownName, unknown
from comity.treaty.lines import START, Line, Spells, common, either, outside, together, total_of
from comity.treaty.model import ALL, SIGNATORIES, Class, Having, Largest, Treaty, Weights
from comity.treaty.record import Act, Around, Record

ALWAYS: Spells = (Period(),)
Holders = Mapping[str, Spells]


@dataclass(slots=True)
class Holding:
    """The classes and weights of one treaty under one record; what was asked once is remembered."""

    treaty: Treaty
    record: Record
    around: Around
    _classes: dict[str, Holders] = field(default_factory=dict)
    _fixed: dict[str, Mapping[str, Number] | None] = field(default_factory=dict)
    _weights: dict[tuple[str, str], Line[Number]] = field(default_factory=dict)

    def among(self, name: str) -> Holders | None:
        """Return who is in a class and when; ``None`` for everybody. Raises `UnknownName`."""
        if name == ALL:
            return None
        if name not in self._classes:
            self._classes[name] = self._holders(name)
        return self._classes[name]

    def of(self, name: str, party: str) -> Spells:
        """Return when a party is in a class."""
        holders = self.among(name)
        return ALWAYS if holders is None else holders.get(party, ())

    def size(self, name: str) -> Line[Number]:
        """Return how many are in a class, day by day."""
        known = self.treaty.classes.get(name)
        if known is not None and known.size is not None:
            return Line.always(known.size)
        return total_of(self.among(name) or {})

    def fixed(self, name: str) -> Mapping[str, Number] | None:
        """Return what everybody weighs where that never changes: by one table, and no act."""
        if name not in self._fixed:
            tables = self._unit(name).tables
            one = len(tables) == 1 and tables[0].period == Period()
            acts = (act for act in self.record.acts if name in act.weights or name in act.tables)
            self._fixed[name] = tables[0].values if one and not any(acts) else None
        return self._fixed[name]

    def weight(self, name: str, party: str) -> Line[Number]:
        """Return what a party weighs, day by day; nothing where no table holds."""
        if name == HEADS:
            return Line.always(1)
        found = self._weights.get((name, party))
        if found is None:
            found = self._weights[name, party] = self._weighed(name, party)
        return found

    def total(self, name: str) -> Line[Number]:
        """Return the total of a weight, day by day."""
        changes: list[tuple[date, Number]] = []
        for table in self._unit(name).tables:
            changes.append((table.period.start or START, table.total))
            if table.period.end:
                changes.append((table.period.end, 0))
        changes += [(act.on, sum(act.tables[name].values())) for act in self._certifying(name)]
        return Line.of(_last_of_each_day(changes), 0)

    def _unit(self, name: str) -> Weights:
        found = self.treaty.weights.get(name)
        if found is None:
            raise UnknownName(unknown("weight", name, self.treaty.weights))
        return found

    def _certifying(self, name: str) -> list[Act]:
        return [each for each in self.record.of_kind("certified") if name in each.tables]

    def _weighed(self, name: str, party: str) -> Line[Number]:
        fixed = self.fixed(name)
        if fixed is not None:
            return Line.always(fixed.get(party, 0))
        tables, certifying = self._unit(name).tables, self._certifying(name)
        brought = [act for act in self.record.by(party) if name in act.weights]
        changes: list[tuple[date, Number]] = []
        for table in tables:
            changes.append((table.period.start or START, table.values.get(party, 0)))
            if table.period.end:
                changes.append((table.period.end, 0))
        changes += [(act.on, act.tables[name].get(party, 0)) for act in certifying]
        changes += [(act.on, act.weights[name]) for act in brought]
        return Line.of(_last_of_each_day(changes), 0)

    def _holders(self, name: str) -> Holders:
        if name == SIGNATORIES:
            return self._signatories()
        found = self.treaty.classes.get(name)
        if found is None:
            raise UnknownName(unknown("class", name, (*self.treaty.classes, ALL, SIGNATORIES)))
        holders = self._stated(found)
        for other in found.without:
            left_out = self.among(other) or {}
            holders = {who: outside(held, left_out.get(who, ())) for who, held in holders.items()}
        if found.at is not None:
            holders = self._frozen(holders, found)
        tagged = {
            act.party: (Period(act.on),)
            for act in self.record.of_kind("consented")
            if name in act.tags
        }
        for who, since in tagged.items():
            holders = {**holders, who: either(holders.get(who, ()), since)}
        return {who: held for who, held in holders.items() if held}

    def _signatories(self) -> Holders:
        found: dict[str, Spells] = {}
        for act in self.record.of_kind("signed"):
            found.setdefault(act.party, (Period(act.on),))
        return found

    def _stated(self, found: Class) -> Holders:
        if found.parties_of:
            return dict(self.around.parties.get(found.parties_of, {}))
        if found.members_of:
            return dict(self.around.members.get(found.members_of, {}))
        if found.having:
            return {
                who: self._having(who, found.having) for who in self._weighing(found.having.weight)
            }
        if found.largest:
            return self._largest(found.largest)
        holders: dict[str, Spells] = dict(found.spells)
        for name in found.any_of:
            for who, held in (self.among(name) or {}).items():
                holders[who] = either(holders.get(who, ()), held)
        return holders

    def _weighing(self, name: str) -> tuple[str, ...]:
        named = [who for table in self._unit(name).tables for who in table.values]
        certified = [who for act in self._certifying(name) for who in act.tables[name]]
        brought = [act.party for act in self.record.of_kind("consented") if name in act.weights]
        return tuple(dict.fromkeys((*named, *certified, *brought)))

    def _having(self, who: str, having: Having) -> Spells:
        least, strict = having.number, having.comparator == "more_than"
        line = self.weight(having.weight, who)
        return _spells(together(lambda now: now > least if strict else now >= least, line))

    def _largest(self, largest: Largest) -> Holders:
        candidates = [who for who in self._weighing(largest.weight) if self.of(largest.among, who)]
        lines = [self.weight(largest.weight, who) for who in candidates]
        days = sorted({day for line in lines for day in line.days})
        chosen: dict[str, list[tuple[date, bool]]] = {who: [] for who in candidates}
        for day in days:
            heaviest = sorted(
                candidates, key=lambda who: (-self.weight(largest.weight, who).at(day), who)
            )
            for who in candidates:
                chosen[who].append((day, who in heaviest[: largest.number]))
        return {
            who: common(_spells(Line.of(changes, False)), self.of(largest.among, who))
            for who, changes in chosen.items()
        }

    def _frozen(self, holders: Holders, found: Class) -> Holders:
        day = found.at
        if isinstance(day, str):
            day = self.record.first_day("adopted" if day == "adoption" else "opened")
        if day is None:
            return {}
        return {who: ALWAYS for who, held in holders.items() if any(day in each for each in held)}


def _last_of_each_day(changes: list[tuple[date, Number]]) -> list[tuple[date, Number]]:
    return sorted(dict(sorted(changes, key=lambda each: each[0])).items())


def _spells(line: Line[bool]) -> Spells:
    ends = (*line.days[1:], None)
    return tuple(
        Period(None if start == START else start, end)
        for start, end, holds in zip(line.days, ends, line.values, strict=True)
        if holds
    )
