"""Whether more support can ever turn a decision taken into one not taken.

A *step* is one member changing to a position of more support, as the table of positions orders
them; somebody who is nowhere in that order gives more support by taking the last position of it.
A rule is monotone if no step undoes a decision (docs/reference/algorithms/deciding.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from comity.decision.deciding import judge
from comity.decision.model import ALL, EVERYONE, HEADS, Condition, Not, Rule, Test
from comity.decision.numbers import Number
from comity.decision.space import (
    OUTSIDE,
    Branch,
    Cell,
    Move,
    Signature,
    Space,
    either,
    profiles,
    together,
)
from comity.decision.space import belongs as cell_counts

Verdict = Literal["monotone", "not_monotone", "unknown"]
Direction = Literal["up", "down", "none", "both"]

TRIES = 4000
ANYHOW: list[Branch] = [()]
_LARGEST = 12


@dataclass(frozen=True, slots=True)
class Counterexample:
    """How many members of each kind there are, and the step by which one undoes the decision.

    Every member weighs the same. A kind is the groups it is in and the position it holds.
    """

    members: tuple[tuple[tuple[str, ...], str, int], ...]
    groups: tuple[str, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Monotony:
    """The verdict and how it was reached: by the form, by a proof, or by a search."""

    verdict: Verdict
    method: Literal["form", "proof", "search", "no_order"]
    example: Counterexample | None = None


def monotony(rule: Rule, *, tries: int = TRIES) -> Monotony:
    """Return whether a rule is monotone.

    First each condition is read by its form; where that does not suffice, that a step undoes a
    decision is refuted in exact arithmetic; where that fails too, a counterexample is looked for,
    the same ones every time, and none found proves nothing.
    """
    if rule.chosen_by is not None or len(rule.positions.order) < 2:
        return Monotony("unknown", "no_order")
    steps = [*_steps(rule)]
    space = Space(rule)
    if all(_sound(rule, space, step) for step in steps):
        return Monotony("monotone", "form")
    if space.small and not any(_can_undo(space, move) for move in _moves(space, steps)):
        return Monotony("monotone", "proof")
    example = _search(rule, space, steps, tries)
    return Monotony("not_monotone" if example else "unknown", "search", example)


def _steps(rule: Rule) -> Iterator[tuple[str, str]]:
    """Yield every least step; of steps put together the same is so."""
    table = rule.positions
    yield from pairwise(table.order)
    for position in table.positions:
        if position not in table.order:
            yield position, table.order[-1]


def _signature(rule: Rule, position: str) -> Signature:
    return rule.positions.effect(position).signature


def _moves(space: Space, steps: list[tuple[str, str]]) -> Iterator[Move]:
    patterns = dict.fromkeys(groups for groups, _ in space.cells)
    for groups in patterns:
        for before, after in steps:
            yield Move(groups, _signature(space.rule, before), _signature(space.rule, after))
        if space.rule.electorate.only_participants:
            yield Move(groups, OUTSIDE, _signature(space.rule, space.rule.positions.order[-1]))


def _sound(rule: Rule, space: Space, step: tuple[str, str]) -> bool:
    """Whether a step moves every condition the right way, by its form alone."""
    if rule.electorate.only_participants and rule.positions.silent == step[0]:
        return False  # whoever said nothing did not take part: the form does not show that
    inside = frozenset(space.groups)
    move = Move(inside, _signature(rule, step[0]), _signature(rule, step[1]))
    if rule.quorum and _direction(rule.quorum.when, move) not in ("up", "none"):
        return False
    carries = [entry.carries for entry in rule.decide]
    for number, entry in enumerate(rule.decide):
        if entry.when is None or all(each == carries[number] for each in carries[number:]):
            break  # from here on it makes no difference which entry it is
        if _direction(entry.when, move) not in ("none", "up" if entry.carries else "down"):
            return False
    return True


_TURNED: Mapping[Direction, Direction] = {"up": "down", "down": "up"}


def _direction(condition: Condition, move: Move) -> Direction:
    if isinstance(condition, Test):
        return _of_test(condition, move)
    if isinstance(condition, Not):
        found = _direction(condition.condition, move)
        return _TURNED.get(found, found)
    ways = {_direction(each, move) for each in condition.conditions} - {"none"}
    return ("none" if not ways else "both") if len(ways) != 1 else ways.pop()


def _of_test(test: Test, move: Move) -> Direction:
    """Return which way a test can turn when one member who is in every group moves.

    A member in fewer groups moves less: the same way, or not at all, as long as what is counted
    and its base are counted in the same group.
    """
    counted = _change(test.votes, test.group, move)
    if test.excluding:
        counted = _change((EVERYONE,), test.group, move) - counted
    base = _change(test.amount.of, test.base_group, move) if test.amount.of else 0
    if base and not _steady(test):
        return "both"
    fewest = test.amount.fewest_with
    if fewest and (_change((EVERYONE,), ALL, move) or _change(fewest.of, ALL, move)):
        return "both"
    gain: Number = counted - test.amount.number * base
    if base and gain == 0:
        return "both"  # a base that was empty may be so no longer
    if not gain:
        return "none"
    return "up" if (gain > 0) == test.from_below else "down"


def _steady(test: Test) -> bool:
    """Whether a changing base turns a test no other way than what is counted does.

    Where nobody is counted nor in the base, no share is reached. That is no leap against a step: a
    member who alone is counted or in the base meets no more before a step up, and no less after it.
    """
    amount = test.amount
    if amount.rounded or test.base_group != test.group:
        return False
    return not test.from_below or (amount.number > 0 and amount.plus >= 0)


def _change(names: tuple[str, ...], group: str, move: Move) -> int:
    after = cell_counts((move.groups, move.after), names, group)
    return after - cell_counts((move.groups, move.before), names, group)


def _can_undo(space: Space, move: Move) -> bool:
    """Whether a decision could be taken before a move and not after it, in exact arithmetic."""
    ways = together([_carried(space, True, None), _carried(space, False, move)])
    if ways is None:
        return True
    moving = tuple(space.moving(move))
    return space.can_hold([(*moving, *each) for each in ways])


def _carried(space: Space, wanted: bool, move: Move | None) -> list[Branch] | None:
    """Return the ways in which a decision is taken, or not taken."""
    quorum = space.rule.quorum
    held = space.condition(quorum.when, True, move) if quorum else ANYHOW
    ways: list[list[Branch] | None] = []
    if quorum and not wanted:
        ways.append(space.condition(quorum.when, False, move))
    before: list[list[Branch] | None] = [held]
    for entry in space.rule.decide:
        own = ANYHOW if entry.when is None else space.condition(entry.when, True, move)
        if entry.carries == wanted:
            ways.append(together([*before, own]))
        elif entry.when is not None:
            before.append(space.condition(entry.when, False, move))
    return either(ways)


def _search(
    rule: Rule, space: Space, steps: list[tuple[str, str]], tries: int
) -> Counterexample | None:
    words = {OUTSIDE: rule.positions.silent}  # whoever said nothing, where another has no word
    words |= {signature: word for word, signature in reversed([*_words(rule)])}
    for numbers in _electorates(space, tries):
        if not judge(rule, space.counts(numbers)).carried:
            continue
        for (groups, signature), number in numbers.items():
            for before, after in steps:
                if number and _signature(rule, before) == signature:
                    moved = dict(numbers)
                    moved[groups, signature] -= 1
                    cell = (groups, _signature(rule, after))
                    moved[cell] = moved.get(cell, 0) + 1
                    if not judge(rule, space.counts(moved)).carried:
                        return _example(numbers, words, groups, before, after)
    return None


def _words(rule: Rule) -> Iterator[tuple[str, Signature]]:
    for word, effect in rule.positions.positions.items():
        yield word, effect.signature


def _example(
    numbers: Mapping[Cell, int],
    words: Mapping[Signature, str],
    groups: frozenset[str],
    before: str,
    after: str,
) -> Counterexample:
    members = sorted(
        (tuple(sorted(in_groups)), words[signature], number)
        for (in_groups, signature), number in numbers.items()
        if number
    )
    return Counterexample(tuple(members), tuple(sorted(groups)), before, after)


def _electorates(space: Space, tries: int) -> Iterator[dict[Cell, int]]:
    """Yield simple electorates, then such as a fixed sequence of numbers gives."""
    yield from profiles(space)
    numbers = _sequence()
    sizes = _sizes(space.rule)
    for _ in range(tries):
        size = sizes[next(numbers) % len(sizes)]
        found: dict[Cell, int] = {}
        for _ in range(size):
            cell = space.cells[next(numbers) % len(space.cells)]
            found[cell] = found.get(cell, 0) + 1
        yield found


def _sizes(rule: Rule) -> list[int]:
    """Return numbers of members: the small ones, and those around the numbers in tests."""
    asked = {
        int(test.amount.number)
        for test in rule.tests()
        if test.weight == HEADS and not test.amount.of and test.amount.number < 60
    }
    return sorted({*range(1, _LARGEST), *(each + n for each in asked for n in range(8))} - {0})


def _sequence() -> Iterator[int]:
    """Yield numbers without evident order, the same every time (Knuth's MMIX generator)."""
    state = 1
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state >> 33
