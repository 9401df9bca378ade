"""Whether a condition is met, day by day, and what is counted and missing on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor

from comity.decision.model import HEADS
from comity.decision.numbers import Number, plain, rounded
from comity.treaty.holding import Holding
from comity.treaty.lines import Line, Spells, common, outside, together, total_of
from comity.treaty.model import (
    ALL,
    CONSENTS,
    TOTAL,
    Certified,
    Condition,
    Every,
    InForce,
    Leaf,
    Not,
    Test,
    Together,
    leaves_of,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A consent that counts: whose, of which kind, by which act and in which period."""

    party: str
    kind: str
    act: str
    period: Spells


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a test comes to on a day.

    ``counted`` and ``required`` are numbers of parties or sums of a weight; ``strict``: more than
    ``required`` is needed. ``parties`` are those counted; ``absent`` are those missing, where it is
    a matter of names, or what is still to be certified, or the treaty not in force. ``acts`` are
    the grounds.
    """

    leaf: Leaf
    met: bool
    counted: Number = 0
    required: Number = 0
    strict: bool = False
    base: Number | None = None
    parties: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()

    @property
    def missing(self) -> Number | tuple[str, ...]:
        """What is missing: names, or the smallest number of heads or least weight; 0 if nothing."""
        if self.met:
            return 0
        if self.absent:
            return self.absent
        lack = self.required - self.counted
        heads = isinstance(self.leaf, Test) and self.leaf.weight == HEADS
        if not heads:
            return plain(lack)
        return floor(lack) + 1 if self.strict or lack.denominator != 1 else lack


@dataclass(slots=True)
class Conditions:
    """The tests of a treaty put to the consents that stand."""

    holding: Holding
    standing: tuple[Standing, ...]
    _lines: dict[Condition, Line[bool]] = field(default_factory=dict)
    _counts: dict[Test, Mapping[str, Spells]] = field(default_factory=dict)

    def line(self, condition: Condition) -> Line[bool]:
        """Return whether a condition holds, day by day."""
        found = self._lines.get(condition)
        if found is None:
            found = self._lines[condition] = self._line(condition)
        return found

    def _line(self, condition: Condition) -> Line[bool]:
        if isinstance(condition, Together):
            lines = (self.line(each) for each in condition.conditions)
            return together(_any if condition.any else _all, *lines)
        if isinstance(condition, Not):
            return together(lambda holds: not holds, self.line(condition.condition))
        if isinstance(condition, Every):
            return self._every(condition)
        if isinstance(condition, Certified):
            acts = (each for each in self._certifying(condition))
            return Line.of(((each, True) for each in acts), False)
        if isinstance(condition, InForce):
            return self.holding.around.in_force.get(condition.treaty, Line.always(False))
        required = self._required(condition)
        counted = total_of(self._counted(condition), self._weigh(condition.weight))
        strict = condition.comparator == "more_than"
        reached = together(lambda have, need: _reached(have, need, strict), counted, required)
        base = self._base(condition)
        # Of an empty base no share is reached.
        return (
            reached
            if base is None
            else together(lambda is_so, whole: is_so and whole > 0, reached, base)
        )

    def reckonings(self, condition: Condition, day: date) -> tuple[Reckoning, ...]:
        """Return what every test of a condition comes to on a day, in the order written."""
        return tuple(self._reckoning(leaf, day) for leaf in leaves_of(condition))

    def _reckoning(self, leaf: Leaf, day: date) -> Reckoning:
        met = self.line(leaf).at(day)
        if isinstance(leaf, Test):
            return self._reckoned(leaf, day, met)
        if isinstance(leaf, Every):
            wanted = self._wanted(leaf, day)
            there = {each.party: each for each in self._consenting(leaf.kinds, day)}
            acts = tuple(there[who].act for who in wanted if who in there)
            absent = tuple(who for who in wanted if who not in there)
            present = tuple(who for who in wanted if who in there)
            return Reckoning(
                leaf, met, len(present), len(wanted), parties=present, absent=absent, acts=acts
            )
        if isinstance(leaf, Certified):
            acts = tuple(
                act.id
                for act in self.holding.record.of_kind("certified")
                if act.what == leaf.what and act.on <= day
            )
            return Reckoning(leaf, met, absent=() if met else (leaf.what,), acts=acts)
        return Reckoning(leaf, met, absent=() if met else (leaf.treaty,))

    def _reckoned(self, test: Test, day: date, met: bool) -> Reckoning:
        counted = self._counted(test)
        there = {each.party: each for each in self.standing if _holds(each.period, day)}
        parties = tuple(who for who, held in counted.items() if _holds(held, day))
        total = sum(self._weighs(test.weight, who, day) for who in parties)
        base = self._base(test)
        return Reckoning(
            test,
            met,
            counted=plain(total),
            required=plain(self._required(test).at(day)),
            strict=test.comparator == "more_than",
            base=None if base is None else plain(base.at(day)),
            parties=parties,
            acts=tuple(there[who].act for who in parties),
        )

    def _counted(self, test: Test) -> Mapping[str, Spells]:
        found = self._counts.get(test)
        if found is None:
            found = self._counts[test] = self._counting(test)
        return found

    def _counting(self, test: Test) -> Mapping[str, Spells]:
        found: dict[str, Spells] = {}
        for each in self.standing:
            if test.kinds and each.kind not in test.kinds:
                continue
            held = self._within(each, test.among, test.without)
            if held:
                found[each.party] = (*found.get(each.party, ()), *held)
        return found

    def _within(self, consent: Standing, among: str, without: tuple[str, ...]) -> Spells:
        held = consent.period
        if among != ALL:
            held = common(held, self.holding.of(among, consent.party))
        for name in without:
            held = outside(held, self.holding.of(name, consent.party))
        return held

    def _weigh(self, weight: str) -> Callable[[str], Line[Number] | Number] | None:
        if weight == HEADS:
            return None
        fixed = self.holding.fixed(weight)
        if fixed is not None:
            return lambda who: fixed.get(who, 0)
        return lambda who: self.holding.weight(weight, who)

    def _weighs(self, weight: str, who: str, day: date) -> Number:
        if weight == HEADS:
            return 1
        fixed = self.holding.fixed(weight)
        return self.holding.weight(weight, who).at(day) if fixed is None else fixed.get(who, 0)

    def _base(self, test: Test) -> Line[Number] | None:
        amount = test.amount
        if not amount.of:
            return None
        if amount.of == TOTAL:
            return self.holding.total(test.weight)
        if amount.of == CONSENTS:
            return total_of(self._counted(test), self._weigh(amount.of_weight or test.weight))
        if test.weight == HEADS and (not test.without or self._counts_itself(amount.of)):
            return self.holding.size(amount.of)
        members = self.holding.among(amount.of) or {}
        kept = {
            who: held
            for who, spells in members.items()
            if (held := _left(spells, [self.holding.of(each, who) for each in test.without]))
        }
        return total_of(kept, self._weigh(test.weight))

    def _counts_itself(self, name: str) -> bool:
        """Whether only the size of a class is known, so that nobody can be taken from it."""
        found = self.holding.treaty.classes.get(name)
        return found is not None and found.size is not None

    def _required(self, test: Test) -> Line[Number]:
        amount = test.amount
        base = self._base(test)
        if base is None:
            return Line.always(amount.number + amount.plus)
        return together(
            lambda whole: rounded(plain(whole * amount.number), amount.rounded) + amount.plus, base
        )

    def _every(self, test: Every) -> Line[bool]:
        members = self.holding.among(test.among) or {}
        wanted = {
            who: held
            for who, spells in members.items()
            if (held := _left(spells, [self.holding.of(each, who) for each in test.without]))
        }
        there: dict[str, Spells] = {}
        for each in self.standing:
            if each.party in wanted and (not test.kinds or each.kind in test.kinds):
                held = common(each.period, wanted[each.party])
                there[each.party] = (*there.get(each.party, ()), *held)
        size = total_of(wanted)
        return together(lambda have, need: have >= need > 0, total_of(there), size)

    def _wanted(self, test: Every, day: date) -> tuple[str, ...]:
        members = self.holding.among(test.among) or {}
        left_out = [self.holding.among(each) or {} for each in test.without]
        return tuple(
            who
            for who, held in members.items()
            if _holds(held, day) and not any(_holds(each.get(who, ()), day) for each in left_out)
        )

    def _consenting(self, kinds: tuple[str, ...], day: date) -> Iterator[Standing]:
        for each in self.standing:
            if _holds(each.period, day) and (not kinds or each.kind in kinds):
                yield each

    def _certifying(self, test: Certified) -> list[date]:
        acts = self.holding.record.of_kind("certified")
        return [act.on for act in acts if act.what == test.what][:1]


def _all(*values: bool) -> bool:
    return all(values)


def _any(*values: bool) -> bool:
    return any(values)


def _reached(have: Number, need: Number, strict: bool) -> bool:
    # Nobody reaches nothing.
    return (have > need if strict else have >= need) and have > 0


def _left(spells: Spells, others: list[Spells]) -> Spells:
    for each in others:
        spells = outside(spells, each)
    return spells


def _holds(spells: Spells, day: date) -> bool:
    return any(day in each for each in spells)
