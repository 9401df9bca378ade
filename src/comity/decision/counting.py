"""Count positions: what each class weighs, in every group and weight that a rule asks about.

Whether members or mere tallies are counted, the result is the same `Counts`, and nothing after it
can tell them apart (docs/reference/algorithms/deciding.md).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from comity.decision.model import (
    ALL,
    BASES,
    EVERYONE,
    HEADS,
    MEMBERS,
    PRESENT,
    Effect,
    FewestWith,
    Rule,
    Test,
)
from comity.decision.numbers import Number
from comity.decision.question import Question, Values
from comity.kernel.errors import DataError, Fault, UnknownName, unknown

Unit = tuple[str, str]  # group and weight
Sums = dict[str, Number]  # by class, and by electorate, members, present


class TallyIncomplete(DataError):
    """A test asks for what no tally says."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums by unit; ``fewest`` answers how few members weigh as much."""

    sums: Mapping[Unit, Sums]
    fewest: Callable[[FewestWith], int]

    def amount(self, names: tuple[str, ...], weight: str, group: str) -> Number:
        """Return what those of some classes, or of a base, weigh."""
        sums = self.sums.get((group, weight))
        if sums is None:
            raise TallyIncomplete(_not_counted(weight, group))
        if names[0] in BASES and names[0] not in sums:
            raise TallyIncomplete(_total_missing(weight, group))
        return sum(sums.get(each, 0) for each in names)

    def counted(self, test: Test) -> Number:
        """Return what a test counts."""
        found = self.amount(test.votes, test.weight, test.group)
        if test.excluding:
            return self.amount((EVERYONE,), test.weight, test.group) - found
        return found

    def base(self, test: Test) -> Number | None:
        """Return the base of the share that a test compares with, if it does."""
        of = test.amount.of
        return self.amount(of, test.weight, test.base_group) if of else None


def _not_counted(weight: str, group: str) -> Fault:
    where = f'in the group "{group}"' if group != ALL else "of all"
    unit = f'by the weight "{weight}"' if weight else "by heads"
    parts = [f"group={group}"] if group != ALL else []
    parts += [f"weight={weight}"] if weight else []
    form = ", ".join([*parts, "and the number of each position"])
    return Fault("tally_incomplete", f"no tally {where} {unit}", f"a tally with {form}")


def _total_missing(weight: str, group: str) -> Fault:
    of = f'of the group "{group}"' if group != ALL else "of all"
    unit = f'by the weight "{weight}"' if weight else "by heads"
    found = f"a tally {of} {unit} that does not say of how many"
    return Fault("tally_incomplete", found, "members=N, or total=N for a weight")


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds which position, and who of them decides; members are in order of their names."""

    question: Question
    positions: Mapping[str, str]
    effects: Mapping[str, Effect]
    electors: Mapping[str, tuple[str, ...]]

    def electorate(self) -> list[str]:
        """Return everybody who decides."""
        return sorted(member for each in self.electors.values() for member in each)

    def of_classes(self, names: tuple[str, ...], group: str = ALL) -> set[str]:
        """Return the members of the electorate that are counted in one of the classes or bases."""
        found = {
            member
            for position, members in self.electors.items()
            if _belongs(self.effects[position], names)
            for member in members
        }
        return found if group == ALL else found & self.question.group(group)


def _belongs(effect: Effect, names: tuple[str, ...]) -> bool:
    return (
        effect.counts_as in names
        or EVERYONE in names
        or MEMBERS in names
        or (PRESENT in names and effect.present)
    )


def hold(rule: Rule, question: Question, positions: Mapping[str, str]) -> Held:
    """Give every member its position, and find who decides; raises `UnknownName`."""
    table = rule.positions
    members = frozenset(question.members)
    if strangers := positions.keys() - members:
        raise UnknownName(unknown("member", min(strangers), members))
    never = outside(rule, question)
    held: dict[str, str] = {}
    electors: dict[str, list[str]] = {}
    for member in sorted(members):
        position = positions.get(member, table.silent)
        held[member] = position
        if member not in never and (member in positions or not rule.electorate.only_participants):
            electors.setdefault(position, []).append(member)
    effects = {position: table.effect(position) for position in {*held.values()}}
    return Held(
        question,
        held,
        effects,
        {
            position: tuple(each)
            for position, each in electors.items()
            if effects[position].takes_part
        },
    )


def outside(rule: Rule, question: Question) -> frozenset[str]:
    """Return the members whom a rule never asks, whatever they say."""
    found: frozenset[str] = frozenset()
    if rule.electorate.among != ALL:
        found = frozenset(question.members) - question.group(rule.electorate.among)
    for role in rule.electorate.without:
        found |= question.roles.get(role, frozenset())
    return found


def units_of(rule: Rule) -> set[Unit]:
    """Return the groups and weights that the tests of a rule ask about."""
    units: set[Unit] = set()
    for test in rule.tests():
        units.add((test.group, test.weight))
        units.add((test.base_group, test.weight))
    return units


def units_asked(rule: Rule) -> set[Unit]:
    """Return all that a rule has to know: what its tests count, and what ``fewest_with`` weighs."""
    fewest = (test.amount.fewest_with for test in rule.tests())
    return units_of(rule) | {(each.group, each.weight) for each in fewest if each}


def unweighed(rule: Rule, question: Question) -> dict[str, tuple[str, ...]]:
    """Return by weight the members of whom nobody said what they weigh, though the rule counts it.

    Raises `UnknownName` for a group that the question does not have.
    """
    never = frozenset() if _asks_members(rule) else outside(rule, question)
    found: dict[str, set[str]] = {}
    for group, weight in units_asked(rule):
        if weight != HEADS:
            asked = question.group(group) if group != ALL else {*question.members}
            known = question.known_weights(weight, rule) or {}
            found.setdefault(weight, set()).update(asked - never - known.keys())
    return {weight: tuple(sorted(who)) for weight, who in sorted(found.items()) if who}


def count(rule: Rule, held: Held) -> Counts:
    """Count what members hold; raises `DataError` where a weight is missing."""
    units = units_of(rule)
    sums = {unit: _sums_of(rule, held, unit) for unit in units}
    return Counts(sums, lambda fewest: fewest_members(rule, held, fewest))


def _sums_of(rule: Rule, held: Held, unit: Unit) -> Sums:
    group, weight = unit
    among = None if group == ALL else held.question.group(group)
    values = held.question.weight(weight, rule) if weight != HEADS else None
    sums: Sums = {EVERYONE: 0, PRESENT: 0}
    for position, electors in held.electors.items():
        members = electors if among is None else [each for each in electors if each in among]
        weighed = _weigh(members, values, weight)
        add(sums, held.effects[position], weighed)
    if _asks_members(rule):
        every = held.positions if among is None else held.positions.keys() & among
        sums[MEMBERS] = _weigh(every, values, weight)
    return sums


def add(sums: Sums, effect: Effect, weighed: Number) -> None:
    """Add what holders of a position weigh to the class and the bases they are in."""
    if effect.counts_as:
        sums[effect.counts_as] = sums.get(effect.counts_as, 0) + weighed
    if effect.present:
        sums[PRESENT] += weighed
    sums[EVERYONE] += weighed


def _asks_members(rule: Rule) -> bool:
    return any(MEMBERS in test.votes or MEMBERS in test.amount.of for test in rule.tests())


def _weigh(members: Iterable[str], values: Values | None, weight: str) -> Number:
    if values is None:
        return len(members) if isinstance(members, list | tuple) else sum(1 for _ in members)
    try:
        return sum(map(values.__getitem__, members))
    except KeyError as error:
        found = f'no weight "{weight}" of {error.args[0]}'
        raise DataError(Fault("weights_missing", found, "a weight for every member")) from None


def fewest_members(rule: Rule, held: Held, fewest: FewestWith) -> int:
    """Return the smallest number of the electorate, or of a group of it, that weighs as much.

    The heaviest come first. Where all together do not weigh as much it is one more than they are:
    no number of them would do.
    """
    reached, base = heaviest(rule, held, fewest)
    find = bisect_left if fewest.comparator == "at_least" else bisect_right
    return find(reached, fewest.share * base) + 1


def heaviest(rule: Rule, held: Held, fewest: FewestWith) -> tuple[list[Number], Number]:
    """Return what the heaviest one, two, three … electors weigh together, and the base."""
    electors = held.of_classes((EVERYONE,), fewest.group)
    values = held.question.weight(fewest.weight, rule)
    base = _weigh(held.of_classes(fewest.of, fewest.group), values, fewest.weight)
    return [*accumulate(sorted((values[each] for each in electors), reverse=True))], base
