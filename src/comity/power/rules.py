"""A decision rule as a simple game: who supports holds one position, everybody else another.

Between two positions every test is a comparison of a sum with a number: the start, when nobody
supports, and what each supporter changes. Normative: docs/reference/algorithms/power.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from comity.decision.counting import fewest_members, hold, outside
from comity.decision.deciding import require_entries
from comity.decision.model import (
    ALL,
    EVERYONE,
    HEADS,
    MEMBERS,
    Condition,
    Entry,
    FewestWith,
    Not,
    PositionTable,
    Rule,
    Test,
    needed,
)
from comity.decision.monotony import monotony
from comity.decision.numbers import Number, rounded
from comity.decision.question import Question, Values
from comity.decision.space import Signature, belongs
from comity.kernel.errors import DataError, Fault
from comity.power.game import AllOf, AnyOf, Formula, Game, Threshold

_WAYS = 10_000  # in which conditions may hold together

YES, NO = AllOf(()), AnyOf(())
Sides: TypeAlias = tuple[str, str]


def game_of(rule: Rule, question: Question, *, support: str = "", otherwise: str = "") -> Game:
    """Return the game that supporters win where the outcome of the rule carries.

    The players are those who decide, in the order of the question. ``support`` and ``otherwise``
    are positions, by default those of `sides_of`. Raises `DataError` for a rule that an earlier
    decision selects, a missing weight, positions of one effect, and a rule whose form does not show
    that more support never defeats a proposal; `UnknownName` for a position or group that is none.
    """
    require_entries(rule)
    sides = sides_of(rule, support=support, otherwise=otherwise)
    reading = _Reading(rule, question, sides)
    formula = reading.of_entries(rule.decide)
    if rule.quorum:
        formula = _joined(AllOf, [reading.of(rule.quorum.when, True), formula])
    reading.require_monotone(formula)
    return Game(reading.players, formula)


def sides_of(rule: Rule, *, support: str = "", otherwise: str = "") -> Sides:
    """Return the position of supporters and that of all others.

    By default the former is the last in the order of the table, of most support, and the latter the
    first whose holder is present.
    """
    require_entries(rule)
    table = rule.positions
    sides = support or _most(rule), otherwise or _least(rule)
    if len({table.effect(each).signature for each in sides}) == 1:
        fault = Fault(
            "positions_alike",
            f'in the rule "{rule.id}" the positions "{sides[0]}" and "{sides[1]}" count alike',
            "one position of supporters and another of all others",
            "Name two positions that are counted differently.",
        )
        raise DataError(fault)
    return sides


def _most(rule: Rule) -> str:
    if not rule.positions.order:
        raise DataError(_no_order(rule))
    return rule.positions.order[-1]


def _least(rule: Rule) -> str:
    table: PositionTable = rule.positions
    present = [each for each in table.order if table.effect(each).present]
    if not present:
        raise DataError(_no_order(rule))
    return present[0]


def _no_order(rule: Rule) -> Fault:
    return Fault(
        "no_order",
        f'the table of positions of the rule "{rule.id}" does not say which is of more support',
        "an order of positions, or the position of supporters and that of all others",
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """What is counted: at the start nobody supports, and each player that does adds its gain."""

    start: Number
    gains: tuple[Number, ...]

    @property
    def moves(self) -> bool:
        return any(self.gains)

    def plus(self, other: _Sum) -> _Sum:
        return self.less(other, -1)

    def less(self, other: _Sum, share: Number = 1) -> _Sum:
        pairs = zip(self.gains, other.gains, strict=True)
        return _Sum(
            self.start - share * other.start, tuple(own - share * each for own, each in pairs)
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A rule read for one question; ``tests`` remembers where a threshold came from."""

    rule: Rule
    question: Question
    sides: Sides
    players: tuple[str, ...] = ()
    tests: dict[Threshold, Test] = field(default_factory=dict)

    def __post_init__(self) -> None:
        never = outside(self.rule, self.question)
        players = tuple(each for each in self.question.members if each not in never)
        object.__setattr__(self, "players", players)

    def of_entries(self, entries: tuple[Entry, ...]) -> Formula:
        """Return when the first entry whose condition holds is one that carries."""
        found: Formula = YES if entries[-1].carries else NO
        for entry in reversed(entries[:-1]):
            assert entry.when is not None
            if entry.carries and found != YES:
                found = _joined(AnyOf, [self.of(entry.when, True), found])
            elif not entry.carries and found != NO:
                found = _joined(AllOf, [self.of(entry.when, False), found])
        return found

    def of(self, condition: Condition, wanted: bool) -> Formula:
        """Return when a condition holds, or does not."""
        if isinstance(condition, Test):
            return self._of_test(condition, wanted)
        if isinstance(condition, Not):
            return self.of(condition.condition, not wanted)
        each = [self.of(below, wanted) for below in condition.conditions]
        number = needed(condition, wanted)
        if math.comb(len(each), number) > _WAYS:
            raise DataError(self._too_many_ways(number, len(each)))
        return _joined(AnyOf, (_joined(AllOf, some) for some in combinations(each, number)))

    def _of_test(self, test: Test, wanted: bool) -> Formula:
        over = self._excess(test)
        strict = test.comparator in ("more_than", "less_than")
        held = self._line(over, test, upward=test.from_below, strict=strict, wanted=wanted)
        if not (test.amount.of and test.from_below):
            return held
        somebody = self._counted(test).plus(self._sum(test.amount.of, test.base_group, test.weight))
        there = self._line(somebody, test, upward=True, strict=True, wanted=wanted)
        return _joined(AllOf if wanted else AnyOf, [held, there])

    def _line(
        self, found: _Sum, test: Test, *, upward: bool, strict: bool, wanted: bool
    ) -> Formula:
        """Return when a sum is above (or below) nothing, or the contrary."""
        if upward != wanted:
            found = _Sum(0, (0,) * len(self.players)).less(found)
        threshold = Threshold(found.gains, -found.start, strict == wanted)
        least = sum(each for each in found.gains if each < 0)
        most = sum(each for each in found.gains if each > 0)
        if _reaches(least, threshold):
            return YES
        if not _reaches(most, threshold):
            return NO
        self.tests[threshold] = test
        return threshold

    def _excess(self, test: Test) -> _Sum:
        """Return by how much what is counted exceeds what it is compared with."""
        counted = self._counted(test)
        amount = test.amount
        if amount.fewest_with is not None:
            needed: Number = self._fewest(amount.fewest_with, test)
        elif not amount.of:
            needed = amount.number
        else:
            base = self._sum(amount.of, test.base_group, test.weight)
            if not (base.moves and amount.rounded):
                needed = 0 if base.moves else rounded(amount.number * base.start, amount.rounded)
                counted = counted.less(base, amount.number) if base.moves else counted
            else:
                raise DataError(self._not_simple(test, "rounds a share of what support changes"))
        return _Sum(counted.start - needed - amount.plus, counted.gains)

    def _counted(self, test: Test) -> _Sum:
        counted = self._sum(test.votes, test.group, test.weight)
        if test.excluding:
            return self._sum((EVERYONE,), test.group, test.weight).less(counted)
        return counted

    def _fewest(self, fewest: FewestWith, test: Test) -> int:
        electors = self._sum((EVERYONE,), fewest.group, HEADS)
        if electors.moves or self._sum(fewest.of, fewest.group, fewest.weight).moves:
            raise DataError(
                self._not_simple(test, "asks for a number of members that support changes")
            )
        held = hold(self.rule, self.question, dict.fromkeys(self.players, self.sides[0]))
        return fewest_members(self.rule, held, fewest)

    def _sum(self, names: tuple[str, ...], group: str, weight: str) -> _Sum:
        among = None if group == ALL else self.question.group(group)
        weigh = self._weights(weight)
        supporting, other = (self._counts(each, names) for each in self.sides)
        start: Number = 0
        if MEMBERS in names:
            others = {*self.question.members} - {*self.players}
            start = sum(weigh(each) for each in others if among is None or each in among)
        weights = [weigh(each) if among is None or each in among else 0 for each in self.players]
        start += sum(weights) if other else 0
        return _Sum(start, tuple((supporting - other) * each for each in weights))

    def _counts(self, position: str, names: tuple[str, ...]) -> bool:
        signature: Signature = self.rule.positions.effect(position).signature
        return belongs((frozenset(), signature), names, ALL)

    def _weights(self, weight: str) -> _Weigh:
        return _Weigh(weight, None if weight == HEADS else self.question.weight(weight, self.rule))

    def require_monotone(self, formula: Formula) -> None:
        """Raise `DataError` where support may count against a proposal."""
        for threshold in _thresholds(formula):
            if min(threshold.weights, default=0) < 0:
                raise DataError(self._not_monotone(threshold))

    def _not_monotone(self, threshold: Threshold) -> Fault:
        worst = next(n for n, each in enumerate(threshold.weights) if each < 0)
        test = self.tests[threshold]
        known = monotony(self.rule).verdict == "not_monotone"
        return Fault(
            "not_monotone",
            f'in the rule "{self.rule.id}" the test of {", ".join(test.votes)} may count against a '
            f'proposal that "{self.players[worst]}" comes to support ("{self.sides[1]}" to '
            f'"{self.sides[0]}")',
            "a rule whose form shows that no supporter defeats a proposal",
            "More support can undo a decision under this rule: it has no power index."
            if known
            else "Name other positions of supporters and of all others.",
        )

    def _too_many_ways(self, number: int, of: int) -> Fault:
        return Fault(
            "not_a_simple_game",
            f'in the rule "{self.rule.id}" {number} of {of} conditions can hold in too many ways',
            f"conditions that can hold in {_WAYS} ways at most",
        )

    def _not_simple(self, test: Test, what: str) -> Fault:
        return Fault(
            "not_a_simple_game",
            f'in the rule "{self.rule.id}" the test of {", ".join(test.votes)} {what}',
            "a test that compares a sum with a number",
            "Name as position of all others one that is counted in the base as support is.",
        )


@dataclass(frozen=True, slots=True)
class _Weigh:
    """What a member weighs in a unit."""

    name: str
    values: Values | None

    def __call__(self, member: str) -> Number:
        if self.values is None:
            return 1
        if member not in self.values:
            found = f'no weight "{self.name}" of {member}'
            raise DataError(Fault("weights_missing", found, "a weight for every member"))
        return self.values[member]


def _reaches(found: Number, threshold: Threshold) -> bool:
    return found > threshold.quota if threshold.strict else found >= threshold.quota


def _joined(kind: type[AllOf] | type[AnyOf], parts: Iterable[Formula]) -> Formula:
    """Put formulas together, without those that are always or never met."""
    nothing, everything = (YES, NO) if kind is AllOf else (NO, YES)
    kept = [each for each in parts if each != nothing]
    if everything in kept:
        return everything
    return kept[0] if len(kept) == 1 else kind(tuple(kept))


def _thresholds(formula: Formula) -> Iterator[Threshold]:
    if isinstance(formula, Threshold):
        yield formula
        return
    for each in formula.parts:
        yield from _thresholds(each)
