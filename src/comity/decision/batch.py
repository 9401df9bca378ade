"""Decide many profiles of positions at once, exactly as `decide` does one by one.

A profile is a row of small numbers, one for each member of a question in its order: the place of
its position in the table of positions, or one more than the last for whoever has said nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any as Anything
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from comity.decision.counting import Held, fewest_members, outside, units_of, unweighed
from comity.decision.deciding import QUORUM, require_entries
from comity.decision.kinds import belongs
from comity.decision.model import (
    ALL,
    EVERYONE,
    HEADS,
    MEMBERS,
    NO_QUORUM,
    Comparator,
    Condition,
    Effect,
    FewestWith,
    Not,
    Rule,
    Test,
    needed,
)
from comity.decision.question import Question
from comity.kernel.errors import DataError, Fault

Codes: TypeAlias = NDArray[np.integer[Anything]]
Sums: TypeAlias = NDArray[Anything]  # int64, or Python integers where those are too small
Truth: TypeAlias = NDArray[np.bool_]

# A product of at most so many terms at a time: it fits the caches, and a library that would start
# threads for larger ones does not; waiting for them took several times what they saved.
_TERMS = 200_000
# Whole numbers up to here are exact as floats, which multiply fastest; the shorter ones faster.
_EXACT, _EXACT_IF_SHORT = 2**53, 2**24
_LARGEST = 2**62

_COMPARE: Mapping[Comparator, Callable[[Anything, Anything], Anything]] = {
    "at_least": np.greater_equal,
    "more_than": np.greater,
    "at_most": np.less_equal,
    "less_than": np.less,
}


@dataclass(frozen=True, slots=True)
class Decisions:
    """The entry of ``decide`` that each profile reaches, -1 without a quorum."""

    rule: Rule
    entries: NDArray[np.int8]

    def outcome(self, number: int) -> str:
        """Return the outcome of one profile."""
        entry = int(self.entries[number])
        return NO_QUORUM if entry == QUORUM else self.rule.decide[entry].outcome

    @property
    def carried(self) -> Truth:
        """Whether each profile carries."""
        # The last one stands for the quorum: -1 finds it.
        carries = np.array([*(entry.carries for entry in self.rule.decide), False])
        return carries[self.entries]

    def numbers(self) -> dict[str, int]:
        """Return how many profiles have each outcome."""
        found: dict[str, int] = {}
        for entry, number in zip(*np.unique(self.entries, return_counts=True), strict=True):
            outcome = NO_QUORUM if entry == QUORUM else self.rule.decide[int(entry)].outcome
            found[outcome] = found.get(outcome, 0) + int(number)
        return found


def codes(rule: Rule) -> dict[str, int]:
    """Return the number that stands for each position; ``""`` for whoever has said nothing."""
    words = [*rule.positions.positions, ""]
    return {word: number for number, word in enumerate(words)}


def decide_many(rule: Rule, question: Question, profiles: Codes) -> Decisions:
    """Return the outcomes of profiles, shape (profiles, members), under a rule.

    Raises `DataError` for profiles of another shape or with numbers that stand for no position.
    """
    require_entries(rule)
    every = codes(rule)
    if profiles.ndim != 2 or profiles.shape[1] != len(question.members):
        found = f"profiles of the shape {profiles.shape}"
        expected = f"one row for each profile, of {len(question.members)} members"
        raise DataError(Fault("malformed_profiles", found, expected))
    if profiles.size and (profiles.min() < 0 or profiles.max() >= len(every)):
        found = f"numbers from {profiles.min()} to {profiles.max()}"
        raise DataError(Fault("malformed_profiles", found, f"numbers from 0 to {len(every) - 1}"))
    batch = _Batch(rule, question)
    entries = np.empty(len(profiles), np.int8)
    for start in range(0, len(profiles), batch.rows):
        rows = slice(start, start + batch.rows)
        entries[rows] = _Part(batch, profiles[rows]).entries()
    return Decisions(rule, entries)


class _Batch:
    """What is the same for all profiles: effects, who may decide, and scaled weights."""

    def __init__(self, rule: Rule, question: Question) -> None:
        self.rule = rule
        self.question = question
        never = outside(rule, question)
        self.columns = [n for n, each in enumerate(question.members) if each not in never]
        self.members = [question.members[each] for each in self.columns]
        effects: list[Effect | None] = [*rule.positions.positions.values()]
        silent = rule.positions.effect(rule.positions.silent)
        self.effects = [*effects, None if rule.electorate.only_participants else silent]
        self.scales: dict[str, int] = {}
        self.columns_of = {unit: n for n, unit in enumerate(sorted(units_of(rule)))}
        self.weights = self._weights()
        self.rows = max(1, _TERMS // max(1, len(self.columns) * len(self.weights)))
        self.all_members = {unit: self._all(*unit) for unit in self.columns_of}
        self.floats: type[np.floating[Anything]] | None = None
        self.whole: type[Anything] = object
        sums = [sum(each) for each in self.weights]
        self.largest = max([*sums, *self.all_members.values()], default=0)
        for floats, exact in ((np.float64, _EXACT), (np.float32, _EXACT_IF_SHORT)):
            if self.largest < exact:
                self.floats, self.whole = floats, np.int64

    def _weights(self) -> list[list[int]]:
        return [
            [self._scaled(weight)[each] if self._within(each, group) else 0
             for each in self.members]
            for group, weight in self.columns_of
        ]  # fmt: skip

    def _scaled(self, weight: str) -> Mapping[str, int]:
        members = self.question.members
        if weight == HEADS:
            self.scales[HEADS] = 1
            return dict.fromkeys(members, 1)
        values = self.question.weight(weight, self.rule)
        if lacking := unweighed(self.rule, self.question).get(weight):
            found = f'no weight "{weight}" of {lacking[0]}'
            raise DataError(Fault("weights_missing", found, "a weight for every member"))
        scale = math.lcm(*(values[each].denominator for each in members if each in values))
        self.scales[weight] = scale
        return {each: int(values[each] * scale) for each in members if each in values}

    def _within(self, member: str, group: str) -> bool:
        return group == ALL or member in self.question.group(group)

    def _all(self, group: str, weight: str) -> int:
        scaled = self._scaled(weight)
        return sum(scaled.get(each, 0) for each in self.question.members
                   if self._within(each, group))  # fmt: skip


class _Part:
    """Some of the profiles: sums and tests are worked out once for all of them."""

    def __init__(self, batch: _Batch, profiles: Codes) -> None:
        self.batch = batch
        everyone = len(batch.columns) == profiles.shape[1]
        self.profiles = profiles if everyone else profiles[:, batch.columns]
        self.sums: dict[tuple[str, ...], Sums] = {}
        self.tests: dict[Test, Truth] = {}

    def entries(self) -> NDArray[np.int8]:
        rule = self.batch.rule
        found = np.full(len(self.profiles), len(rule.decide) - 1, np.int8)
        open_ = np.ones(len(self.profiles), bool)
        if rule.quorum:
            open_ = self.holds(rule.quorum.when)
            found[~open_] = QUORUM
        for number, entry in enumerate(rule.decide):
            if entry.when is not None:
                reached = open_ & self.holds(entry.when)
                found[reached] = number
                open_ &= ~reached
        return found

    def holds(self, condition: Condition) -> Truth:
        if isinstance(condition, Test):
            if condition not in self.tests:
                self.tests[condition] = self.test(condition)
            return self.tests[condition]
        if isinstance(condition, Not):
            return ~self.holds(condition.condition)
        each = [self.holds(below) for below in condition.conditions]
        number = needed(condition, True)
        if number in (1, len(each)):
            found: Truth = (np.logical_or if number == 1 else np.logical_and).reduce(each)
            return found
        return np.asarray(np.sum(each, axis=0) >= number, bool)

    def amount(self, names: tuple[str, ...], weight: str, group: str) -> Sums:
        """Return what those of some classes weigh in each profile, scaled to whole numbers."""
        unit = self.batch.columns_of[group, weight]
        if MEMBERS in names:
            return np.full(len(self.profiles), self.batch.all_members[group, weight])
        if names not in self.sums:
            self.sums[names] = self._weigh(names)
        found: Sums = self.sums[names][:, unit]
        return found

    def _weigh(self, names: tuple[str, ...]) -> Sums:
        which = [code for code, each in enumerate(self.batch.effects) if belongs(each, names)]
        weights = self.batch.weights
        if len(which) == len(self.batch.effects):
            whole = [sum(each) for each in weights]
            return np.broadcast_to(
                np.array(whole, self.batch.whole), (len(self.profiles), len(whole))
            )
        held = np.zeros(self.profiles.shape, bool)
        for code in which:
            held |= self.profiles == code
        if self.batch.floats is None:
            exact: Sums = np.dot(held.astype(object), np.array(weights, object).T)
            return exact
        floats = np.array(weights, self.batch.floats).T
        found: Sums = np.matmul(held.astype(self.batch.floats), floats).astype(np.int64)
        return found

    def test(self, test: Test) -> Truth:
        counted = self.amount(test.votes, test.weight, test.group)
        if test.excluding:
            counted = self.amount((EVERYONE,), test.weight, test.group) - counted
        amount = test.amount
        scale = self.batch.scales[test.weight]
        if amount.fewest_with is not None:
            required = np.array([*self.fewest(amount.fewest_with)])
            return self.compare(test, counted, required, Fraction(1), Fraction(amount.plus))
        if not amount.of:
            nothing = np.zeros(len(counted), np.int64)
            whole = Fraction(amount.number + amount.plus) * scale
            return self.compare(test, counted, nothing, Fraction(1), whole)
        base = self.amount(amount.of, test.weight, test.base_group)
        share = Fraction(amount.number)
        if amount.rounded:
            rounded = _rounded(base, share / scale, amount.rounded)
            met = self.compare(
                test, counted, rounded, Fraction(scale), Fraction(amount.plus) * scale
            )
        else:
            met = self.compare(test, counted, base, share, Fraction(amount.plus) * scale)
        return met & ((base != 0) | (counted != 0)) if test.from_below else met

    def compare(
        self, test: Test, counted: Sums, base: Sums, share: Fraction, plus: Fraction
    ) -> Truth:
        """Compare what is counted with a share of a base and something more, in whole numbers."""
        scale = math.lcm(share.denominator, plus.denominator)
        terms = (scale, int(share * scale), int(plus * scale))
        if max(map(abs, terms)) * (self.batch.largest + 1) * 4 >= _LARGEST:
            counted, base = counted.astype(object), base.astype(object)
        found = _COMPARE[test.comparator](counted * terms[0], base * terms[1] + terms[2])
        return np.asarray(found, bool)

    def fewest(self, fewest: FewestWith) -> Iterator[int]:
        """Yield for each profile how few members weigh as much, once for all with equal bases."""
        if fewest.of == (EVERYONE,):
            relevant = np.array([belongs(each, (EVERYONE,)) for each in self.batch.effects])
        else:
            relevant = np.arange(len(self.batch.effects))
        seen: dict[bytes, int] = {}
        for row, kinds in zip(self.profiles, relevant[self.profiles], strict=True):
            key = kinds.tobytes()
            if key not in seen:
                seen[key] = fewest_members(self.batch.rule, self._held(row), fewest)
            yield seen[key]

    def _held(self, row: Codes) -> Held:
        batch = self.batch
        effects = {str(code): each for code, each in enumerate(batch.effects) if each is not None}
        electors: dict[str, list[str]] = {}
        for member, code in zip(batch.members, row, strict=True):
            effect = effects.get(str(code))
            if effect is not None and effect.takes_part:
                electors.setdefault(str(code), []).append(member)
        decided = {code: tuple(each) for code, each in electors.items()}
        return Held(batch.question, {}, effects, decided)


def _rounded(base: Sums, share: Fraction, way: str) -> Sums:
    over, under = share.numerator, share.denominator
    numbers = base.astype(object) if over * int(base.max(initial=0)) * 2 >= _LARGEST else base
    if way == "up":
        return -((-over * numbers) // under)
    if way == "down":
        return (over * numbers) // under
    return (2 * over * numbers + under) // (2 * under)
