"""The smallest numbers of members who could change an outcome by changing their positions.

Members whom a rule cannot tell apart are taken together; the search is exact, and says so when it
had to stop (docs/reference/algorithms/deciding.md).
"""

from __future__ import annotations

import math
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from comity.decision.counting import Counts, Held, Sums, count, hold
from comity.decision.deciding import QUORUM, outcome_of, require_entries
from comity.decision.goals import Goal, Situation, goals
from comity.decision.kinds import Alike, Option, alike_members, moves_fewest, options, shift
from comity.decision.model import NO_QUORUM, Rule
from comity.decision.question import Question
from comity.kernel.errors import check_known

LIMIT = 100
EFFORT = 200_000  # steps of the search, after which it stops

_DEEPEST = 500  # more changes than that are not looked for

Taken = tuple[tuple[int, int], ...]  # options by their number, and how many take each


@dataclass(frozen=True, slots=True)
class Step:
    """Some of those named, whichever they are, leave a position: one for each in ``after``."""

    among: tuple[str, ...]
    before: str
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that lead to another outcome, and to which."""

    steps: tuple[Step, ...]
    outcome: str

    @property
    def number_of_sets(self) -> int:
        """How many sets of members these steps stand for."""
        return math.prod(math.comb(len(each.among), len(each.after)) for each in self.steps)

    def sets(self) -> Iterator[frozenset[str]]:
        """Yield the sets of members, each once."""
        yield from _sets(self.steps)


def _sets(steps: Sequence[Step]) -> Iterator[frozenset[str]]:
    """Yield the sets one after the other: there may be more than any memory holds."""
    if not steps:
        yield frozenset()
        return
    for first in combinations(steps[0].among, len(steps[0].after)):
        for others in _sets(steps[1:]):
            yield others.union(first)


@dataclass(frozen=True, slots=True)
class Changes:
    """How few members could change the outcome, and every way in which they could.

    ``size`` is ``None`` if nobody was found who could. ``complete`` is false where the search
    stopped early: then there may be further ways, and without a size there may be some.
    """

    size: int | None
    ways: tuple[Way, ...]
    complete: bool

    def sets(self, limit: int | None = None) -> Iterator[frozenset[str]]:
        """Yield the smallest sets of members, at most so many."""
        yield from islice((each for way in self.ways for each in way.sets()), limit)


def smallest_changes(
    rule: Rule,
    question: Question,
    positions: Mapping[str, str],
    *,
    to: str | None = None,
    limit: int = LIMIT,
    effort: int = EFFORT,
) -> Changes:
    """Return the smallest sets of members who could bring about another outcome, or ``to``.

    Every set of that size is in one of the ways, unless there are more than ``limit`` ways or the
    search takes more than ``effort`` steps. Raises `UnknownName` for an outcome that the rule has
    not, and what `decide` raises.
    """
    require_entries(rule)
    reachable = {each.outcome for each in rule.decide} | ({NO_QUORUM} if rule.quorum else set())
    if to is not None:
        check_known("outcome", to, reachable)
    held = hold(rule, question, positions)
    alike = alike_members(rule, held)
    now = Situation(rule, held, count(rule, held), alike, [*options(rule, alike)])
    before = _outcome(rule, now.counts)
    if before == to:
        return Changes(0, (Way((), before),), True)
    wanted = {to} if to else reachable - {before}
    return _Search(now, wanted, limit, effort).run()


def _outcome(rule: Rule, counts: Counts) -> str:
    return _outcome_at(rule, outcome_of(rule, counts))


def _outcome_at(rule: Rule, entry: int) -> str:
    return NO_QUORUM if entry == QUORUM else rule.decide[entry].outcome


class _Search:
    """The search for one question: sizes upwards, and for each every way to a goal."""

    def __init__(self, now: Situation, wanted: set[str], limit: int, effort: int) -> None:
        self.now = now
        self.wanted = wanted
        self.limit = limit
        self.effort = effort
        self.found: dict[Taken, Way] = {}
        self.stopped = False

    def run(self) -> Changes:
        everyone = sum(len(each.members) for each in self.now.alike)
        for size in range(1, everyone + 1):
            self.stopped = size > _DEEPEST
            for goal in self._goals(size):
                reach = _Reach(goal, self.now, size)
                self._walk(reach, 0, size, (), goal.lacking)
            if self.found or self.stopped:
                ways = tuple(self.found.values())
                return Changes(size if ways else None, ways, not self.stopped)
        return Changes(None, (), True)

    def _goals(self, size: int) -> Iterator[Goal]:
        rule = self.now.rule
        for entry in range(QUORUM, len(rule.decide)):
            if _outcome_at(rule, entry) in self.wanted:
                yield from goals(self.now, entry, size)

    def _walk(
        self, reach: _Reach, at: int, left: int, taken: Taken, lacking: Sequence[int]
    ) -> None:
        """Let some take each option in turn, as long as what is lacking can still be reached."""
        if left == 0:
            if reach.can(at, 0, lacking):
                self._arrive(taken)
            return
        for option in range(at, len(self.now.options)):
            self.effort -= 1
            self.stopped = self.stopped or self.effort < 0
            if self.stopped or not reach.can(option, left, lacking):
                return  # what the later ones can give is no more
            for number in range(self._free(option, left, taken), 0, -1):
                less = reach.after(option, number, lacking)
                self._walk(reach, option + 1, left - number, (*taken, (option, number)), less)

    def _free(self, at: int, left: int, taken: Taken) -> int:
        options, alike = self.now.options, self.now.options[at].alike
        used = sum(number for option, number in taken if options[option].alike == alike)
        return min(left, len(self.now.alike[alike].members) - used)

    def _arrive(self, taken: Taken) -> None:
        """Keep a way that leads where it should: rounding and empty bases are looked at here."""
        members: dict[int, int] = {}
        for option, number in taken:
            alike = self.now.options[option].alike
            members[alike] = members.get(alike, 0) + number
        key = tuple(sorted(members.items()))
        if key in self.found:
            return
        outcome = _outcome(self.now.rule, self._counts_after(taken))
        if outcome in self.wanted:
            self.stopped = len(self.found) >= self.limit
            if not self.stopped:
                self.found[key] = Way(tuple(self._steps(taken)), outcome)

    def _steps(self, taken: Taken) -> Iterator[Step]:
        by_alike: dict[int, list[str]] = {}
        for option, number in taken:
            chosen = self.now.options[option]
            by_alike.setdefault(chosen.alike, []).extend([chosen.after] * number)
        for alike, after in by_alike.items():
            who = self.now.alike[alike]
            yield Step(who.members, who.position, tuple(after))

    def _counts_after(self, taken: Taken) -> Counts:
        if any(self._moves_fewest(option) for option, _ in taken):
            return count(self.now.rule, _moved(self.now, taken))
        sums: dict[tuple[str, str], Sums] = {}
        for (group, weight), before in self.now.counts.sums.items():
            after = dict(before)
            for option, number in taken:
                chosen = self.now.options[option]
                who = self.now.alike[chosen.alike]
                if weighed := who.weighed(group, weight):
                    shift(after, who.effect, chosen.effect, weighed * number)
            sums[group, weight] = after
        return Counts(sums, self.now.counts.fewest)

    def _moves_fewest(self, option: int) -> bool:
        chosen = self.now.options[option]
        alike = self.now.alike[chosen.alike]
        return any(moves_fewest(test, chosen, alike) for test in self.now.rule.tests())


def _moved(now: Situation, taken: Taken) -> Held:
    """Return who holds what when the first of those alike have moved."""
    positions = dict(now.held.positions)
    effects = dict(now.held.effects)
    electors = {position: {*each} for position, each in now.held.electors.items()}
    used: dict[int, int] = {}
    for option, number in taken:
        chosen = now.options[option]
        start = used.get(chosen.alike, 0)
        used[chosen.alike] = start + number
        movers = now.alike[chosen.alike].members[start : start + number]
        for each in electors.values():
            each.difference_update(movers)
        positions.update(dict.fromkeys(movers, chosen.after))
        effects[chosen.after] = chosen.effect
        if chosen.effect.takes_part:
            electors.setdefault(chosen.after, set()).update(movers)
    decided = {position: tuple(sorted(each)) for position, each in electors.items()}
    return Held(now.held.question, positions, effects, decided)


class _Reach:
    """How much of what a goal lacks the options from one on can still give, at best."""

    def __init__(self, goal: Goal, now: Situation, size: int) -> None:
        self.gains = goal.gains
        self.best = [_best_from(gains, now.options, now.alike, size) for gains in goal.gains]

    def can(self, at: int, left: int, lacking: Sequence[int]) -> bool:
        return all(lacks <= best[at][left] for lacks, best in zip(lacking, self.best, strict=True))

    def after(self, at: int, number: int, lacking: Sequence[int]) -> Sequence[int]:
        return [
            lacks - gains[at] * number for lacks, gains in zip(lacking, self.gains, strict=True)
        ]


def _best_from(
    gains: Sequence[int], every: Sequence[Option], alike: Sequence[Alike], size: int
) -> list[list[int]]:
    """Return for each option the most that it and those after it give by 0, 1, 2 … changes."""
    best: dict[int, int] = {}
    ranked: list[tuple[int, int]] = []  # the best gain first: its contrary, and whose it is
    found = [_best_sums(ranked, alike, size)]
    for at in range(len(every) - 1, -1, -1):
        who, gain = every[at].alike, gains[at]
        if who not in best or gain > best[who]:
            if who in best:
                ranked.remove((-best[who], who))
            insort(ranked, (-gain, who))
            best[who] = gain
        found.append(_best_sums(ranked, alike, size))
    return found[::-1]


def _best_sums(ranked: Sequence[tuple[int, int]], alike: Sequence[Alike], size: int) -> list[int]:
    """Return the sums of the best gains; beyond all members nothing can be reached."""
    sums = [0]
    for gain, who in ranked:
        left = size + 1 - len(sums)
        if left == 0:
            break
        for _ in range(min(len(alike[who].members), left)):
            sums.append(sums[-1] - gain)
    return sums + [_NEVER] * (size + 1 - len(sums))


_NEVER = -(10**60)
