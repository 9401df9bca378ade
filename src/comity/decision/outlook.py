"""What a decision hangs on where positions of some members are not known.

Every position is tried for each of them, members alike taken together; where that is too much, a
monotone rule needs only the ends (docs/reference/algorithms/deciding.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import Literal

from comity.decision.counting import count, hold
from comity.decision.deciding import QUORUM, outcome_of, require_entries
from comity.decision.kinds import alike_members, told_apart
from comity.decision.model import NO_QUORUM, Rule
from comity.decision.monotony import monotony
from comity.decision.question import Question
from comity.kernel.errors import check_known

BOUND = 1000
"""So many ways of taking positions are tried."""

SILENT = ""  # of whoever takes no position: not the same where only participants decide

State = Literal["carried", "not_carried", "open", "not_known"]
Kind = tuple[str, ...]  # members that the rule cannot tell apart
Way = tuple[tuple[str, ...], ...]  # the positions of each kind


@dataclass(frozen=True, slots=True)
class Outlook:
    """What can become of a decision, whatever positions those take whose position is not known.

    ``outcomes`` are those found, in the order of the rule: all there can be, unless ``how`` is
    ``monotony`` (whether it is carried is then proved) or ``some_positions`` (the ends alone were
    tried: ``open`` is then certain, and ``not_known`` is said where both ends agree). ``hangs_on``
    are the members whose position makes a difference, as far as is known.
    """

    state: State
    outcomes: tuple[str, ...]
    hangs_on: tuple[str, ...]
    how: Literal["known", "every_position", "monotony", "some_positions"]


def outlook(
    rule: Rule,
    question: Question,
    positions: Mapping[str, str],
    unknown: Sequence[str],
    *,
    bound: int = BOUND,
) -> Outlook:
    """Return what can become of a decision when some members may take any position.

    Raises what `decide` raises, and `UnknownName` for one of the ``unknown`` that is no member.

    >>> from comity.decision.read import read_rules
    >>> votes = {"silent": "absent", "positions": {"yes": {"counts_as": "for"}, "absent": {}}}
    >>> two = [{"outcome": "adopted", "when": {"votes": "for", "at_least": 2}}]
    >>> two = {"positions": "votes", "decide": [*two, {"outcome": "not_adopted"}]}
    >>> two = read_rules({"position_tables": {"votes": votes}, "decision_rules": {"two": two}})
    >>> found = outlook(two.on("two"), Question.of("ABC"), {"A": "yes", "B": "absent"}, ["C"])
    >>> found.state, found.outcomes, found.hangs_on
    ('open', ('adopted', 'not_adopted'), ('C',))
    """
    require_entries(rule)
    for each in unknown:
        check_known("member", each, question.members)
    known = {member: each for member, each in positions.items() if member not in unknown}
    trial = _Trial(rule, question, known, _kinds(rule, question, known, unknown))
    words = [*told_apart(rule), *([SILENT] if rule.electorate.only_participants else [])]
    if not trial.kinds or trial.number_of_ways(words) <= bound:
        return _from_every(trial, trial.ways(words))
    return _from_ends(trial, bound)


def _kinds(
    rule: Rule, question: Question, known: Mapping[str, str], unknown: Sequence[str]
) -> list[Kind]:
    """Return those whose position is not known and matters, members alike together."""
    every = alike_members(rule, hold(rule, question, known))
    kinds = (tuple(member for member in each.members if member in unknown) for each in every)
    return [each for each in kinds if each]


@dataclass(frozen=True, slots=True)
class _Trial:
    """A decision with kinds of members that may take any position."""

    rule: Rule
    question: Question
    known: Mapping[str, str]
    kinds: list[Kind]

    @property
    def members(self) -> tuple[str, ...]:
        return tuple(sorted(member for kind in self.kinds for member in kind))

    def number_of_ways(self, words: Sequence[str]) -> int:
        return math.prod(math.comb(len(kind) + len(words) - 1, len(kind)) for kind in self.kinds)

    def ways(self, words: Sequence[str]) -> Iterator[Way]:
        return product(*(combinations_with_replacement(words, len(kind)) for kind in self.kinds))

    def entry(self, way: Way) -> int:
        """Return the entry of the rule that a decision reaches, -1 without a quorum."""
        taken = {
            member: word
            for kind, words in zip(self.kinds, way, strict=True)
            for member, word in zip(kind, words, strict=True)
            if word != SILENT
        }
        held = hold(self.rule, self.question, {**self.known, **taken})
        return outcome_of(self.rule, count(self.rule, held))

    def carries(self, entry: int) -> bool:
        return entry != QUORUM and self.rule.decide[entry].carries

    def outcomes(self, entries: set[int]) -> tuple[str, ...]:
        found = (NO_QUORUM if n == QUORUM else self.rule.decide[n].outcome for n in sorted(entries))
        return tuple(dict.fromkeys(found))

    def state(self, entries: set[int]) -> State:
        ways = {self.carries(each) for each in entries}
        if len(ways) == 2:
            return "open"
        return "carried" if ways == {True} else "not_carried"


def _from_every(trial: _Trial, ways: Iterator[Way]) -> Outlook:
    reached = {way: trial.entry(way) for way in ways}
    entries = {*reached.values()}
    hangs_on = [
        member
        for number, kind in enumerate(trial.kinds)
        if _matters(trial, reached, number)
        for member in kind
    ]
    return Outlook(
        state=trial.state(entries),
        outcomes=trial.outcomes(entries),
        hangs_on=tuple(sorted(hangs_on)),
        how="every_position" if trial.kinds else "known",
    )


def _matters(trial: _Trial, reached: Mapping[Way, int], number: int) -> bool:
    """Whether the outcome differs between ways in which only members of one kind differ."""
    by_others: dict[Way, set[str]] = {}
    for way, entry in reached.items():
        others = (*way[:number], *way[number + 1 :])
        by_others.setdefault(others, set()).update(trial.outcomes({entry}))
    return any(len(each) > 1 for each in by_others.values())


def _from_ends(trial: _Trial, bound: int) -> Outlook:
    """Try the most and the least support that there can be: of a monotone rule that is enough."""
    order = trial.rule.positions.order
    highest = order[-1:] or told_apart(trial.rule)[:1]
    lowest = _lowest(trial.rule)
    enough = trial.number_of_ways(lowest) <= bound
    low = trial.ways(lowest) if enough else (w for word in lowest for w in trial.ways([word]))
    entries = {trial.entry(way) for words in highest for way in trial.ways([words])}
    entries |= {trial.entry(way) for way in low}
    state, outcomes = trial.state(entries), trial.outcomes(entries)
    if state == "open":
        return Outlook("open", outcomes, trial.members, "some_positions")
    if enough and monotony(trial.rule).verdict == "monotone":
        return Outlook(state, outcomes, (), "monotony")
    return Outlook("not_known", outcomes, trial.members, "some_positions")


def _lowest(rule: Rule) -> list[str]:
    """Return the positions below which no step begins: one of them is below any other."""
    table = rule.positions
    ends = [*table.order[:1], *(each for each in table.positions if each not in table.order)]
    silent = [SILENT] if rule.electorate.only_participants else []
    return [*told_apart(rule, ends), *silent]
