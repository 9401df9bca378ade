"""Everything that could be put to a rule, as numbers: how many members of each kind, and weights.

A *cell* is a kind of member as the tests of a rule can tell them apart: the groups it is in, and
what its position does. What all members of a cell weigh is a number of at least 0, one for each
weight; every test is then a linear condition over those numbers. Two things are wider here than in
a real electorate: numbers need not be whole, and weights know nothing of heads. So what cannot be
met here can never be met; the contrary does not follow.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from comity.decision.counting import Counts, Sums, units_asked
from comity.decision.linear import (
    Constraint,
    Form,
    at_least,
    feasible,
    more_than,
    negative,
    plus,
)
from comity.decision.model import (
    ALL,
    EVERYONE,
    HEADS,
    MEMBERS,
    PRESENT,
    Condition,
    Electorate,
    FewestWith,
    Not,
    Rule,
    Test,
    needed,
)
from comity.decision.numbers import Number

Signature = tuple[str, bool, bool]  # of `Effect`: class, present, takes part
Cell = tuple[frozenset[str], Signature]
Branch = tuple[Constraint, ...]  # constraints that hold together

OUTSIDE: Signature = ("", False, False)  # of whoever takes no part: silent, or never asked

_BRANCHES = 400  # beyond so many ways for conditions to hold, nothing is said
_GROUPS = 5
_PROOFS = 600  # so many systems are solved for one rule; after that nothing is excluded


@dataclass(frozen=True, slots=True)
class Move:
    """One member of some groups changes what its position does."""

    groups: frozenset[str]
    before: Signature
    after: Signature


class Space:
    """The cells of a rule, its tests as linear conditions, and whether those can be met."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        tests = [*rule.tests()]
        self.groups = sorted({group for group, _ in units_asked(rule)} - {ALL})
        self.weights = sorted({HEADS, *(test.weight for test in tests)})
        self.signatures = [
            *dict.fromkeys(each.signature for each in rule.positions.positions.values())
        ]
        if rule.electorate != Electorate() and OUTSIDE not in self.signatures:
            self.signatures.append(OUTSIDE)
        self.proofs = _PROOFS
        self.small = len(self.groups) <= _GROUPS
        patterns = _subsets(self.groups) if self.small else []
        self.cells: list[Cell] = [*product(patterns, self.signatures)]
        self.variables = {
            each: number for number, each in enumerate(product(self.weights, self.cells))
        }
        self.moved = {
            weight: len(self.variables) + number for number, weight in enumerate(self.weights)
        }

    def form(self, names: tuple[str, ...], test: Test, group: str, move: Move | None) -> Form:
        """Return what those of some classes weigh, in the weight of a test."""
        form: dict[int, int] = {
            self.variables[test.weight, cell]: 1
            for cell in self.cells
            if belongs(cell, names, group)
        }
        if move is not None:
            gained = belongs((move.groups, move.after), names, group)
            lost = belongs((move.groups, move.before), names, group)
            form[self.moved[test.weight]] = gained - lost
        return form

    def test(self, test: Test, wanted: bool, move: Move | None = None) -> list[Branch]:
        """Return the ways in which a test is met, or not met where that is wanted."""
        counted = self.form(test.votes, test, test.group, move)
        if test.excluding:
            counted = plus(self.form((EVERYONE,), test, test.group, move), counted, -1)
        if test.amount.fewest_with is not None:
            least = at_least(counted, 1 + test.amount.plus)  # one member at least is needed
            return [(least,)] if wanted == test.from_below else [()]
        base = self.form(test.amount.of, test, test.base_group, move) if test.amount.of else {}
        difference = plus(counted, base, -test.amount.number) if base else counted
        bound = test.amount.plus + (0 if test.amount.of else test.amount.number)
        branch = self._compared(test, wanted, difference, bound)
        if not (test.amount.of and test.from_below):
            return [(branch,)]
        somebody = plus(counted, base)  # where nobody is counted nor in the base, it is not met
        if wanted:
            return [(branch, more_than(somebody, 0))]
        return [(branch,), (at_least(negative(somebody), 0),)]

    def _compared(self, test: Test, wanted: bool, difference: Form, bound: Number) -> Constraint:
        slack = 1 if test.amount.rounded else 0  # rounding moves an amount by less than one
        above = test.from_below == wanted
        strict = (test.comparator in ("more_than", "less_than")) == wanted and not slack
        sided = difference if above else negative(difference)
        limit = bound if above else -bound
        return Constraint(sided, limit - slack, strict)

    def condition(
        self, condition: Condition, wanted: bool, move: Move | None = None
    ) -> list[Branch] | None:
        """Return the ways in which a condition holds, or does not; ``None`` for too many."""
        if isinstance(condition, Test):
            return self.test(condition, wanted, move)
        if isinstance(condition, Not):
            return self.condition(condition.condition, not wanted, move)
        each = [self.condition(below, wanted, move) for below in condition.conditions]
        number = needed(condition, wanted)
        if math.comb(len(each), number) > _BRANCHES:
            return None
        return either(together(some) for some in combinations(each, number))

    def can_hold(self, branches: Sequence[Branch] | None, members: int | None = None) -> bool:
        """Whether one of the ways may be open to an electorate: what takes too long may be."""
        if branches is None or not self.small:
            return True
        given = self._electorate(members)
        return any(self._feasible((*given, *branch)) for branch in branches)

    def _feasible(self, branch: Branch) -> bool:
        self.proofs -= 1
        return self.proofs < 0 or feasible(branch)

    def _electorate(self, members: int | None) -> list[Constraint]:
        """There is somebody (or so many), and something is weighed in every weight."""
        found = []
        for weight in self.weights:
            whole = {self.variables[weight, cell]: 1 for cell in self.cells}
            if weight == HEADS:
                found.append(at_least(whole, members or 1))
                if members:
                    found.append(at_least(negative(whole), -members))
            else:
                found.append(more_than(whole, 0))
        return found

    def moving(self, move: Move) -> list[Constraint]:
        """One head moves, and what it weighs; it is there before."""
        head = {self.moved[HEADS]: 1}
        found = [at_least(head, 1), at_least(negative(head), -1)]
        for weight in self.weights:
            before = {self.variables[weight, (move.groups, move.before)]: 1}
            found.append(at_least(plus(before, {self.moved[weight]: -1}), 0))
        return found

    def counts(self, numbers: Mapping[Cell, int]) -> Counts:
        """Return the counts of so many members in each cell, all of one weight."""
        units = {(group, weight) for group in (ALL, *self.groups) for weight in self.weights}
        by_group = {group: _sums(numbers, group) for group in (ALL, *self.groups)}
        sums = {unit: by_group[unit[0]] for unit in units}

        def fewest(asked: FewestWith) -> int:
            base = sum(by_group[asked.group].get(each, 0) for each in asked.of)
            wanted = asked.share * base
            strict = asked.comparator == "more_than"
            least = math.floor(wanted) + 1 if strict else max(1, math.ceil(wanted))
            return min(least, int(by_group[asked.group][EVERYONE]) + 1)  # all would not do

        return Counts(sums, fewest)


def together(each: Iterable[list[Branch] | None]) -> list[Branch] | None:
    """Return the ways in which all of several conditions hold."""
    found: list[Branch] = [()]
    for branches in each:
        if branches is None or len(found) * len(branches) > _BRANCHES:
            return None
        found = [(*one, *other) for one in found for other in branches]
    return found


def either(each: Iterable[list[Branch] | None]) -> list[Branch] | None:
    """Return the ways in which one of several conditions holds."""
    found: list[Branch] = []
    for branches in each:
        if branches is None:
            return None
        found += branches
    return found


def _subsets(names: Sequence[str]) -> list[frozenset[str]]:
    chosen = product((False, True), repeat=len(names))
    return [
        frozenset(name for name, taken in zip(names, each, strict=True) if taken) for each in chosen
    ]


def belongs(cell: Cell, names: tuple[str, ...], group: str) -> bool:
    """Whether members of a cell are counted in one of the classes or bases, within a group."""
    groups, (counts_as, present, takes_part) = cell
    if group != ALL and group not in groups:
        return False
    if MEMBERS in names:
        return True
    return takes_part and (
        counts_as in names or EVERYONE in names or (PRESENT in names and present)
    )


def _sums(numbers: Mapping[Cell, int], group: str) -> Sums:
    sums: Sums = {EVERYONE: 0, PRESENT: 0, MEMBERS: 0}
    for (groups, (counts_as, present, takes_part)), number in numbers.items():
        if group == ALL or group in groups:
            sums[MEMBERS] += number
            sums[EVERYONE] += number * takes_part
            sums[PRESENT] += number * (takes_part and present)
            if counts_as and takes_part:
                sums[counts_as] = sums.get(counts_as, 0) + number
    return sums


def profiles(space: Space) -> Iterator[dict[Cell, int]]:
    """Yield simple electorates: of one position, and of two, in groups and outside them."""
    outside, inside = frozenset[str](), frozenset(space.groups)
    for size in (1, 4, 100):
        for signature in space.signatures:
            yield {(inside, signature): size}
            yield {(outside, signature): size}
    for size, few in ((3, 1), (20, 2), (20, 11), (100, 60)):
        for one, other in product(space.signatures, repeat=2):
            if one != other:
                yield {(outside, one): size, (inside, other): few}
                yield {(inside, one): size, (inside, other): few}
