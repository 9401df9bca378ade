"""The smallest sets of States whose consent would meet a condition, exactly, and why no fewer do.

States that no test of the condition can tell apart are taken together, so that a set of two hundred
is a choice among a few kinds. The search goes up by size; that a size is too small is proved for
each by the best that so many can give (docs/reference/algorithms/entry-into-force.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import combinations, islice

from comity.decision.model import HEADS
from comity.decision.numbers import Number
from comity.treaty.conditions import Conditions, Reckoning
from comity.treaty.model import (
    ALL,
    CONSENTS,
    SIGNATORIES,
    Condition,
    Every,
    Leaf,
    Not,
    Test,
    Together,
)

LIMIT = 100
EFFORT = 200_000  # steps of the search, after which it stops
_BRANCHES = 64


@dataclass(frozen=True, slots=True)
class Choice:
    """So many of those named, whichever they are: no test can tell them apart."""

    among: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why fewer are not enough: the most they could add to a test, and what it lacks."""

    leaf: Leaf
    most: Number
    lacking: Number


@dataclass(frozen=True, slots=True)
class Completing:
    """How few further consents would meet a condition, and which.

    ``size`` is ``None`` where no consents would. ``complete`` is false where there are more ways
    than were asked for, or the search stopped. ``proof``: for each way to meet the condition, a
    test that one consent fewer could not meet, whoever gave it; ``searched``: where no single test
    shows it, every smaller set was looked at. ``waits_for``: tests that no consent can meet.
    """

    size: int | None
    ways: tuple[tuple[Choice, ...], ...] = ()
    complete: bool = True
    proof: tuple[Shortfall, ...] = ()
    searched: bool = False
    waits_for: tuple[Leaf, ...] = ()

    def sets(self, limit: int | None = None) -> Iterator[frozenset[str]]:
        """Yield the sets themselves, at most so many."""
        yield from islice((each for way in self.ways for each in _sets(way)), limit)


def smallest_completing(
    conditions: Conditions,
    condition: Condition,
    day: date,
    candidates: Iterable[str],
    *,
    kind: str = "ratification",
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> Completing:
    """Return the smallest sets of candidates whose consent on a day would meet a condition.

    Classes and weights are those of the day. Whoever has consented already is passed over.
    """
    there = {each.party for each in conditions.standing if any(day in p for p in each.period)}
    free = [each for each in dict.fromkeys(candidates) if each not in there]
    problem = _Problem(conditions, day, kind, free)
    branches = [_Branch(problem, each) for each in _ways(condition)]
    possible = [each for each in branches if each.possible]
    if not possible:
        waits = tuple(dict.fromkeys(leaf for each in branches for leaf in each.fixed))
        return Completing(None, waits_for=waits)
    return _Search(problem, possible, limit, effort).run()


def candidates_of(conditions: Conditions) -> tuple[str, ...]:
    """Return everybody known by name: in a class, in a table of weights, or as signatory."""
    holding = conditions.holding
    names = dict.fromkeys(holding.among(SIGNATORIES) or {})
    for name in holding.treaty.classes:
        names.update(dict.fromkeys(holding.among(name) or {}))
    for weights in holding.treaty.weights.values():
        for table in weights.tables:
            names.update(dict.fromkeys(table.values))
    return tuple(names)


def _sets(way: Sequence[Choice]) -> Iterator[frozenset[str]]:
    if not way:
        yield frozenset()
        return
    for first in combinations(way[0].among, way[0].number):
        for others in _sets(way[1:]):
            yield others.union(first)


def _ways(condition: Condition) -> list[tuple[Leaf, ...]]:
    """Return the sets of tests each of which is enough to meet a condition."""
    if isinstance(condition, Not):
        return []
    if not isinstance(condition, Together):
        return [(condition,)]
    each = [_ways(below) for below in condition.conditions]
    if condition.any:
        return [branch for branches in each for branch in branches]
    found: list[tuple[Leaf, ...]] = [()]
    for branches in each:
        found = [(*one, *other) for one in found for other in branches][:_BRANCHES]
    return found


@dataclass(slots=True)
class _Problem:
    """What each candidate would add to each test, and who is alike."""

    conditions: Conditions
    day: date
    kind: str
    free: list[str]
    gains: dict[Leaf, dict[str, Number]] = field(default_factory=dict)

    def reckoning(self, leaf: Leaf) -> Reckoning:
        return self.conditions.reckonings(leaf, self.day)[0]

    def gain(self, leaf: Leaf) -> dict[str, Number]:
        if leaf not in self.gains:
            self.gains[leaf] = {who: self._gain(leaf, who) for who in self.free}
        return self.gains[leaf]

    def _gain(self, leaf: Leaf, who: str) -> Number:
        if isinstance(leaf, Every):
            return int(who in self.reckoning(leaf).absent)
        if not isinstance(leaf, Test) or (leaf.kinds and self.kind not in leaf.kinds):
            return 0
        holding, day = self.conditions.holding, self.day
        inside = leaf.among == ALL or any(day in each for each in holding.of(leaf.among, who))
        left_out = any(day in each for name in leaf.without for each in holding.of(name, who))
        if not inside or left_out:
            return 0
        own = 1 if leaf.weight == HEADS else holding.weight(leaf.weight, who).at(day)
        if leaf.amount.of != CONSENTS:
            return own
        other = holding.weight(leaf.amount.of_weight or leaf.weight, who).at(day)
        return own - Fraction(leaf.amount.number) * other


@dataclass(slots=True)
class _Branch:
    """Tests all of which are to be met; what they lack, in whole numbers."""

    problem: _Problem
    leaves: tuple[Leaf, ...]
    lacking: list[int] = field(default_factory=list)
    gains: list[dict[str, int]] = field(default_factory=list)
    open: list[Leaf] = field(default_factory=list)
    scales: list[int] = field(default_factory=list)
    fixed: list[Leaf] = field(default_factory=list)

    def __post_init__(self) -> None:
        for leaf in self.leaves:
            found = self.problem.reckoning(leaf)
            if found.met:
                continue
            if not isinstance(leaf, Test | Every):
                self.fixed.append(leaf)
                continue
            self._open(leaf, found)

    def _open(self, leaf: Leaf, found: Reckoning) -> None:
        gains = self.problem.gain(leaf)
        lack = Fraction(found.required - found.counted)
        scale = math.lcm(lack.denominator, *(Fraction(each).denominator for each in gains.values()))
        lacking = int(lack * scale) + found.strict
        scaled = {who: int(each * scale) for who, each in gains.items()}
        self.open.append(leaf)
        self.lacking.append(max(lacking, 1))
        self.gains.append(scaled)
        self.scales.append(scale)
        if self.most(len(scaled))[-1] < self.lacking[-1]:
            self.fixed.append(leaf)

    @property
    def possible(self) -> bool:
        return not self.fixed

    def most(self, size: int) -> list[int]:
        """Return the most that so many could add to each open test."""
        return [
            sum(sorted((each for each in gains.values() if each > 0), reverse=True)[:size])
            for gains in self.gains
        ]

    def shortfall(self, size: int) -> Shortfall | None:
        """Return a test that so many cannot meet, whoever they are."""
        for leaf, most, lacking, scale in zip(
            self.open, self.most(size), self.lacking, self.scales, strict=True
        ):
            if most < lacking:
                return Shortfall(leaf, Fraction(most, scale), Fraction(lacking, scale))
        return None


@dataclass(slots=True)
class _Search:
    problem: _Problem
    branches: list[_Branch]
    limit: int
    effort: int
    found: dict[tuple[Choice, ...], None] = field(default_factory=dict)
    stopped: bool = False

    def run(self) -> Completing:
        for size in range(len(self.problem.free) + 1):
            for branch in self.branches:
                if branch.shortfall(size) is None:
                    self._look(branch, size)
            if self.found or self.stopped:
                short = [each.shortfall(size - 1) for each in self.branches] if size else []
                proof = tuple(each for each in short if each is not None)
                return Completing(
                    size if self.found else None,
                    tuple(self.found),
                    not self.stopped,
                    proof,
                    searched=len(proof) < len(short),
                )
        return Completing(None)

    def _look(self, branch: _Branch, size: int) -> None:
        alike: dict[tuple[int, ...], list[str]] = {}
        for who in self.problem.free:
            alike.setdefault(tuple(each[who] for each in branch.gains), []).append(who)
        kinds = sorted((each for each in alike if any(gain > 0 for gain in each)), reverse=True)
        best = _best(kinds, [len(alike[each]) for each in kinds], len(branch.open), size)
        self._walk(branch, kinds, alike, best, 0, size, (), tuple(branch.lacking))

    def _walk(
        self,
        branch: _Branch,
        kinds: Sequence[tuple[int, ...]],
        alike: dict[tuple[int, ...], list[str]],
        best: Sequence[Sequence[Sequence[int]]],
        at: int,
        left: int,
        taken: tuple[Choice, ...],
        lacking: tuple[int, ...],
    ) -> None:
        self.effort -= 1
        if self.effort < 0 or len(self.found) >= self.limit:
            self.stopped = True
            return
        if left == 0:
            if all(each <= 0 for each in lacking):
                self.found[tuple(sorted(taken, key=lambda each: each.among))] = None
            return
        if at == len(kinds) or any(
            lack > best[test][at][left] for test, lack in enumerate(lacking)
        ):
            return
        members = alike[kinds[at]]
        for number in range(min(left, len(members)), -1, -1):
            if self.stopped:
                return
            less = tuple(
                lack - gain * number for lack, gain in zip(lacking, kinds[at], strict=True)
            )
            more = (*taken, Choice(tuple(members), number)) if number else taken
            self._walk(branch, kinds, alike, best, at + 1, left - number, more, less)


def _best(
    kinds: Sequence[tuple[int, ...]], sizes: Sequence[int], tests: int, size: int
) -> list[list[list[int]]]:
    """Return, for each test, the most that 0, 1, 2 … of the kinds from one on can add."""
    found = []
    for test in range(tests):
        rows = []
        for at in range(len(kinds) + 1):
            gains = [
                each[test]
                for each, number in zip(kinds[at:], sizes[at:], strict=True)
                for _ in range(min(number, size))
            ]
            ranked = sorted((each for each in gains if each > 0), reverse=True)[:size]
            sums = [0]
            for each in ranked:
                sums.append(sums[-1] + each)
            rows.append(sums + [sums[-1]] * (size + 1 - len(sums)))
        found.append(rows)
    return found
