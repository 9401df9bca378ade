"""Decide: what a rule makes of positions, with every reckoning, and whom it binds.

The guarantees are in ``docs/reference/algorithms/deciding.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from comity.decision.blocking import blocking, number_blocking
from comity.decision.counting import Counts, Held, count, hold
from comity.decision.model import (
    ALL_MEMBERS,
    EVERYONE,
    NO_QUORUM,
    PARTICIPANTS,
    Condition,
    Next,
    Not,
    Rule,
    Test,
    tests_of,
)
from comity.decision.numbers import Number
from comity.decision.question import Question
from comity.decision.reckoning import Reckoning, holds, holds_noted
from comity.decision.tallies import Tally, count_tallies
from comity.kernel.errors import DataError, Fault
from comity.kernel.finding import Finding, unique

QUORUM = -1


@dataclass(frozen=True, slots=True)
class Decision:
    """An outcome and what follows from it; members stand in order of their names.

    Of tallies nobody's name is known: ``named`` is false, the lists are empty, and ``blocking`` is
    the number of those who block where one test alone says it.
    """

    outcome: str
    carried: bool
    entry: int
    reckonings: tuple[Reckoning, ...]
    blocked_by: tuple[str, ...] = ()
    blocking: Number | None = 0
    outstanding: tuple[str, ...] = ()
    bound: tuple[str, ...] = ()
    not_bound: tuple[str, ...] = ()
    on_record: tuple[str, ...] = ()
    then: Next | None = None
    named: bool = True


def decide(rule: Rule, question: Question, positions: Mapping[str, str]) -> Finding[Decision]:
    """Return the outcome of positions under a rule; a member without one has the silent one.

    Raises `UnknownName` for a member or position that is not there, `DataError` for a weight that
    nobody gave or a rule that another decision selects.
    """
    require_entries(rule)
    held = hold(rule, question, positions)
    counts = count(rule, held)
    found = judge(rule, counts)
    blockers = () if found.carried else blocking(rule, counts, held)
    bound, not_bound = _bound(rule, found.entry, held) if found.carried else ((), ())
    decision = Decision(
        outcome=found.outcome,
        carried=found.carried,
        entry=found.entry,
        reckonings=found.reckonings,
        blocked_by=blockers,
        blocking=len(blockers),
        outstanding=_electors(held, lambda effect: effect.provisional or effect.awaited),
        bound=bound,
        not_bound=not_bound,
        on_record=_holders(held, lambda effect: effect.on_record),
        then=found.then,
    )
    return Finding(decision, _grounds(rule, found.entry))


def decide_tallied(
    rule: Rule, tallies: Iterable[Tally | Mapping[str, object]]
) -> Finding[Decision]:
    """Return the outcome of tallies under a rule.

    Raises `DataError` where a test asks for what no tally says.
    """
    require_entries(rule)
    read = [each if isinstance(each, Tally) else Tally.of(each) for each in tallies]
    counts = count_tallies(rule, read)
    found = judge(rule, counts)
    decision = Decision(
        outcome=found.outcome,
        carried=found.carried,
        entry=found.entry,
        reckonings=found.reckonings,
        blocking=0 if found.carried else number_blocking(rule, counts),
        then=found.then,
        named=False,
    )
    return Finding(decision, _grounds(rule, found.entry))


def require_entries(rule: Rule) -> None:
    """Raise `DataError` for a rule that an earlier decision selects."""
    if rule.chosen_by is not None:
        fault = Fault(
            "rule_not_chosen",
            f'the rule "{rule.id}" is selected by an earlier decision',
            "the rule selected",
            "Name the outcome of that decision.",
        )
        raise DataError(fault)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What counts alone decide."""

    outcome: str
    carried: bool
    entry: int
    reckonings: tuple[Reckoning, ...]
    then: Next | None


def judge(rule: Rule, counts: Counts) -> Judgement:
    """Return the first outcome whose condition holds, with the reckonings on the way to it."""
    trail: list[Reckoning] = []
    if rule.quorum and not holds_noted(rule.quorum.when, counts, QUORUM, trail):
        return Judgement(NO_QUORUM, False, QUORUM, tuple(trail), rule.without_quorum)
    for number, entry in enumerate(rule.decide):
        if entry.when is None or holds_noted(entry.when, counts, number, trail):
            return Judgement(entry.outcome, entry.carries, number, tuple(trail), entry.then)
    raise AssertionError("the last entry of a rule has no condition")


def outcome_of(rule: Rule, counts: Counts) -> int:
    """Return the entry that counts reach, -1 without a quorum, and no reckonings."""
    if rule.quorum and not holds(rule.quorum.when, counts):
        return QUORUM
    return next(
        number
        for number, entry in enumerate(rule.decide)
        if entry.when is None or holds(entry.when, counts)
    )


def _bound(rule: Rule, reached: int, held: Held) -> tuple[tuple[str, ...], tuple[str, ...]]:
    binds = rule.decide[reached].binds or rule.binds
    within = {*held.positions} if binds == ALL_MEMBERS else _within(held, binds)
    bound = tuple(
        member
        for member, position in held.positions.items()
        if member in within and held.effects[position].bound
    )
    without = held.positions.keys() - {*bound}
    return bound, tuple(sorted(without))


def _within(held: Held, binds: tuple[str, ...]) -> set[str]:
    return held.of_classes((EVERYONE,) if PARTICIPANTS in binds else binds)


def _holders(held: Held, wanted: Callable[..., bool]) -> tuple[str, ...]:
    those = {position for position, effect in held.effects.items() if wanted(effect)}
    if not those:
        return ()
    return tuple(member for member, position in held.positions.items() if position in those)


def _electors(held: Held, wanted: Callable[..., bool]) -> tuple[str, ...]:
    those = [position for position in held.electors if wanted(held.effects[position])]
    return tuple(sorted(member for position in those for member in held.electors[position]))


def _grounds(rule: Rule, reached: int) -> tuple[str, ...]:
    """Return the articles of what was put to the positions, up to the outcome."""
    grounds = [rule.article, rule.positions.article]
    if rule.quorum:
        grounds += [rule.quorum.article, *_articles(rule.quorum.when)]
    for entry in rule.decide[: reached + 1]:
        if entry.when is not None:
            grounds += _articles(entry.when)
    if reached != QUORUM:
        grounds.append(rule.decide[reached].article)
    return unique(tuple(grounds))


def _articles(condition: Condition) -> Iterator[str]:
    yield condition.article
    if isinstance(condition, Not):
        yield from _articles(condition.condition)
    elif not isinstance(condition, Test):
        for each in condition.conditions:
            yield from _articles(each)


def all_tests(rule: Rule) -> list[Test]:
    """Return the tests of a rule, each once, the quorum's first."""
    return [*dict.fromkeys(each for below in rule.conditions for each in tests_of(below))]
