"""Which tests would have had to come out otherwise for an outcome: the smallest sets of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from comity.decision.deciding import QUORUM
from comity.decision.model import Condition, Not, Rule, Test, needed

Tests = frozenset[Test]

WAYS = 3000  # that are compared at once; where there are more, smaller sets only are looked for


@dataclass(frozen=True, slots=True)
class FlipSets:
    """Sets of tests none of which holds another: those of at most ``most`` tests, or all."""

    sets: tuple[Tests, ...]
    most: int
    complete: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """Tests that come out otherwise, and those that must not because it stands on them as well."""

    turned: Tests
    kept: Tests

    def within(self, other: _Way) -> bool:
        return self.turned <= other.turned and self.kept <= other.kept


def flip_sets(
    rule: Rule,
    entries: Iterable[int],
    *,
    met: Mapping[Test, bool],
    flippable: Collection[Test],
    most: int,
) -> FlipSets:
    """Return the smallest sets of flippable tests that lead to one of the entries of a rule.

    ``met`` says how each test came out; no way stands on a test that is not in it.
    """
    wanted = [*entries]
    found = FlipSets((), 0, False)
    for size in range(most + 1):
        search = _Search(rule, met, flippable, size)
        ways = search.least([way for each in wanted for way in search.to(each)])
        if search.stopped:
            break
        found = search.result(ways)
        if found.complete:
            break
    return found


class _Search:
    """The search for sets of at most so many tests."""

    def __init__(
        self, rule: Rule, met: Mapping[Test, bool], flippable: Collection[Test], size: int
    ) -> None:
        self.rule = rule
        self.met = met
        self.flippable = flippable
        self.size = size
        every = [*rule.tests()]
        self.repeated = {each for each in every if every.count(each) > 1}
        self.too_large: set[Tests] = set()
        self.unknown = False
        self.stopped = False

    def to(self, entry: int) -> list[_Way]:
        """Return the ways to an entry: the quorum holds, what is before it fails, it holds."""
        rule = self.rule
        if entry == QUORUM:
            return self._ways(rule.quorum.when, False) if rule.quorum else []
        wanted = [(rule.quorum.when, True)] if rule.quorum else []
        wanted += [(each.when, False) for each in rule.decide[:entry] if each.when is not None]
        last = rule.decide[entry].when
        wanted += [(last, True)] if last is not None else []
        return self._together(self._ways(condition, value) for condition, value in wanted)

    def result(self, ways: Iterable[_Way]) -> FlipSets:
        least = _least(_Way(each.turned, frozenset()) for each in ways)
        sets = tuple(each.turned for each in least)
        beyond = any(not any(each <= larger for each in sets) for larger in self.too_large)
        return FlipSets(sets, self.size, not (beyond or self.unknown))

    def _ways(self, condition: Condition, wanted: bool) -> list[_Way]:
        if isinstance(condition, Not):
            return self._ways(condition.condition, not wanted)
        if isinstance(condition, Test):
            return self._of_test(condition, wanted)
        each = [self._ways(below, wanted) for below in condition.conditions]
        number = needed(condition, wanted)
        if math.comb(len(each), number) > WAYS:
            self.stopped = True
            return []
        some = (self._together(below) for below in combinations(each, number))
        return self.least([way for ways in some for way in ways])

    def _of_test(self, test: Test, wanted: bool) -> list[_Way]:
        alone = frozenset((test,))
        nothing: Tests = frozenset()
        if test not in self.met:
            self.unknown = True
            return []
        if self.met[test] == wanted:
            return [_Way(nothing, alone if test in self.repeated else nothing)]
        return self._fitting([_Way(alone, nothing)]) if test in self.flippable else []

    def _together(self, each: Iterable[list[_Way]]) -> list[_Way]:
        found = [_Way(frozenset(), frozenset())]
        for ways in each:
            if len(found) * len(ways) > WAYS:
                self.stopped = True
                return []
            pairs = product(found, ways)
            joined = (_Way(a.turned | b.turned, a.kept | b.kept) for a, b in pairs)
            found = _least(self._fitting(way for way in joined if not way.turned & way.kept))
        return found

    def least(self, ways: Sequence[_Way]) -> list[_Way]:
        """Return the ways within which there is no other; none where they are too many."""
        self.stopped = self.stopped or len(ways) > WAYS
        return [] if self.stopped else _least(ways)

    def _fitting(self, ways: Iterable[_Way]) -> list[_Way]:
        """Return the ways that are not too large, and remember that there are larger ones."""
        fitting = []
        for way in ways:
            if len(way.turned) <= self.size:
                fitting.append(way)
            else:
                self.too_large.add(way.turned)
        return fitting


def _least(ways: Iterable[_Way]) -> list[_Way]:
    """Return the ways within which there is no other."""
    found: list[_Way] = []
    for way in sorted(dict.fromkeys(ways), key=lambda each: len(each.turned) + len(each.kept)):
        if not any(each.within(way) for each in found):
            found.append(way)
    return found
