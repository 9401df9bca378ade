"""Decide: what a rule makes of positions, with every reckoning, and whom it binds.

The guarantees are in ``docs/reference/algorithms/deciding.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import ge, gt, le, lt

from comity.decision.counting import Counts, Held, count, hold
from comity.decision.model import (
    EVERYONE,
    HEADS,
    NO_QUORUM,
    All,
    Comparator,
    Condition,
    Next,
    Not,
    Rule,
    Test,
    tests_of,
)
from comity.decision.numbers import Number, plain, rounded
from comity.decision.question import Question
from comity.decision.tallies import Tally, count_tallies
from comity.kernel.errors import DataError, Fault
from comity.kernel.finding import Finding, unique

COMPARE: Mapping[Comparator, Callable[[Number, Number], bool]] = {
    "at_least": ge,
    "more_than": gt,
    "at_most": le,
    "less_than": lt,
}
QUORUM = -1


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A test as it was put: what was counted, what it is compared with, and of how much.

    ``entry`` is the place in ``decide``, -1 the quorum. ``base`` is ``None`` where the test
    compares with a number.
    """

    test: Test
    counted: Number
    required: Number
    base: Number | None
    met: bool
    entry: int


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
    blocking = () if found.carried else _blocking(rule, counts, held)
    bound, not_bound = _bound(rule, held) if found.carried else ((), ())
    decision = Decision(
        outcome=found.outcome,
        carried=found.carried,
        entry=found.entry,
        reckonings=found.reckonings,
        blocked_by=blocking,
        blocking=len(blocking),
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
        blocking=0 if found.carried else _number_blocking(rule, counts),
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
    if rule.quorum and not _holds(rule.quorum.when, counts, QUORUM, trail):
        return Judgement(NO_QUORUM, False, QUORUM, tuple(trail), None)
    for number, entry in enumerate(rule.decide):
        if entry.when is None or _holds(entry.when, counts, number, trail):
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


def reckon(test: Test, counts: Counts, entry: int = 0) -> Reckoning:
    """Put a test to counts. Of an empty base no share is reached: nobody's two thirds are none."""
    counted = counts.counted(test)
    base = counts.base(test)
    required = _required(test, base, counts)
    met = COMPARE[test.comparator](counted, required)
    if base == 0 and test.from_below:
        met = False
    return Reckoning(test, plain(counted), plain(required), base, met, entry)


def _required(test: Test, base: Number | None, counts: Counts) -> Number:
    amount = test.amount
    if amount.fewest_with is not None:
        return counts.fewest(amount.fewest_with) + amount.plus
    if base is None:
        return amount.number + amount.plus
    return rounded(amount.number * base, amount.rounded) + amount.plus


def _holds(condition: Condition, counts: Counts, entry: int, trail: list[Reckoning]) -> bool:
    """Whether a condition holds; every test in it is reckoned, decisive or not."""
    if isinstance(condition, Test):
        trail.append(reckon(condition, counts, entry))
        return trail[-1].met
    if isinstance(condition, Not):
        return not _holds(condition.condition, counts, entry, trail)
    each = [_holds(below, counts, entry, trail) for below in condition.conditions]
    return all(each) if isinstance(condition, All) else any(each)


def holds(condition: Condition, counts: Counts) -> bool:
    """Whether a condition holds."""
    if isinstance(condition, Test):
        return reckon(condition, counts).met
    if isinstance(condition, Not):
        return not holds(condition.condition, counts)
    each = (holds(below, counts) for below in condition.conditions)
    return all(each) if isinstance(condition, All) else any(each)


def _bound(rule: Rule, held: Held) -> tuple[tuple[str, ...], tuple[str, ...]]:
    within = {*(held.electorate() if rule.binds == "participants" else held.positions)}
    bound = tuple(
        member
        for member, position in held.positions.items()
        if member in within and held.effects[position].bound
    )
    without = held.positions.keys() - {*bound}
    return bound, tuple(sorted(without))


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


def obstacles(rule: Rule, counts: Counts) -> Iterator[tuple[Test, bool]]:
    """Yield each test that keeps the proposal from being carried, and what it would have to be."""
    before: list[tuple[Condition, bool]] = [(rule.quorum.when, True)] if rule.quorum else []
    for entry in rule.decide:
        if entry.carries:
            wanted = [*before, *([(entry.when, True)] if entry.when is not None else [])]
            for condition, value in wanted:
                yield from _keeping(condition, value, counts)
        elif entry.when is not None:
            before.append((entry.when, False))


def _keeping(condition: Condition, wanted: bool, counts: Counts) -> Iterator[tuple[Test, bool]]:
    """Yield the tests to which it is due that a condition is not as wanted; none if it is."""
    if isinstance(condition, Not):
        yield from _keeping(condition.condition, not wanted, counts)
    elif holds(condition, counts) != wanted:
        if isinstance(condition, Test):
            yield condition, wanted
        else:
            for each in condition.conditions:
                yield from _keeping(each, wanted, counts)


def _blocking(rule: Rule, counts: Counts, held: Held) -> tuple[str, ...]:
    """Return who blocks: of a test that lacks votes the rest of its base, else those counted."""
    found: set[str] = set()
    for test, wanted in obstacles(rule, counts):
        counted = held.of_classes(test.votes, test.group)
        if test.excluding:
            counted = held.of_classes((EVERYONE,), test.group) - counted
        if test.from_below != wanted:
            found |= counted
            continue
        base = held.of_classes(test.amount.of, test.base_group) if test.amount.of else set()
        found |= (base or held.of_classes((EVERYONE,), test.base_group)) - counted
    return tuple(sorted(found))


def _number_blocking(rule: Rule, counts: Counts) -> Number | None:
    found = [*dict.fromkeys((test, wanted) for test, wanted in obstacles(rule, counts))]
    if len(found) != 1 or found[0][0].weight != HEADS:
        return None
    test, wanted = found[0]
    counted = counts.counted(test)
    if test.from_below != wanted:
        return counted
    base = counts.base(test)
    return None if base is None else base - counted


def all_tests(rule: Rule) -> list[Test]:
    """Return the tests of a rule, each once, the quorum's first."""
    return [*dict.fromkeys(each for below in rule.conditions for each in tests_of(below))]
