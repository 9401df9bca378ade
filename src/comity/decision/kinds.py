"""Members whom a rule cannot tell apart, and the other positions that they could take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from comity.decision.counting import Held, Sums, add, outside, units_asked
from comity.decision.model import ALL, EVERYONE, HEADS, MEMBERS, PRESENT, Effect, Rule, Test
from comity.decision.numbers import Number


@dataclass(frozen=True, slots=True)
class Alike:
    """Members with the same position, groups and weights; ``effect`` is none if out of count."""

    members: tuple[str, ...]
    position: str
    effect: Effect | None
    groups: frozenset[str]
    weights: Mapping[str, Number]

    def weighed(self, group: str, weight: str) -> Number:
        """Return what one of them weighs in a group, 0 outside it."""
        return self.weights[weight] if group == ALL or group in self.groups else 0


@dataclass(frozen=True, slots=True)
class Option:
    """Those alike (by their number), and another position that they could take."""

    alike: int
    after: str
    effect: Effect


def moves_fewest(test: Test, option: Option, alike: Alike) -> bool:
    """Whether a change moves whom ``fewest_with`` counts, or what they have to weigh."""
    fewest = test.amount.fewest_with
    return fewest is not None and any(
        belongs(option.effect, names) != belongs(alike.effect, names)
        for names in ((EVERYONE,), fewest.of)
    )


def alike_members(rule: Rule, held: Held) -> list[Alike]:
    """Put members together whom a rule cannot tell apart; those it never asks are left out."""
    units = units_asked(rule)
    weights = sorted({weight for _, weight in units})
    groups = sorted({group for group, _ in units} - {ALL})
    values = {each: held.question.weight(each, rule) for each in weights if each != HEADS}
    within = {each: held.question.group(each) for each in groups}
    deciding = {*held.electorate()}
    never = outside(rule, held.question)
    together: dict[tuple[object, ...], list[str]] = {}
    for member, position in held.positions.items():
        if member not in never:
            key = (
                position,
                member in deciding,
                *(member in within[each] for each in groups),
                *(values[each].get(member, 0) for each in weights if each != HEADS),
            )
            together.setdefault(key, []).append(member)
    return [
        Alike(
            members=tuple(members),
            position=held.positions[members[0]],
            effect=held.effects[held.positions[members[0]]] if members[0] in deciding else None,
            groups=frozenset(each for each in groups if members[0] in within[each]),
            weights={
                each: 1 if each == HEADS else values[each].get(members[0], 0) for each in weights
            },
        )
        for members in together.values()
    ]


def options(rule: Rule, alike: list[Alike]) -> Iterator[Option]:
    """Yield for each kind of member every position that the tests of the rule see as another."""
    asked = _asked(rule)
    apart = told_apart(rule)
    for number, who in enumerate(alike):
        now = _seen(who.effect, asked)
        for position in apart:
            effect = rule.positions.effect(position)
            if _seen(effect, asked) != now:
                yield Option(number, position, effect)


def told_apart(rule: Rule, positions: Iterable[str] = ()) -> tuple[str, ...]:
    """Return of positions (left out: all) the first of each sort that the tests tell apart."""
    asked = _asked(rule)
    first: dict[tuple[int, ...], str] = {}
    for position in positions or rule.positions.positions:
        first.setdefault(_seen(rule.positions.effect(position), asked), position)
    return tuple(first.values())


def _asked(rule: Rule) -> list[tuple[str, ...]]:
    """Return the classes and bases that the tests of a rule count."""
    named = [names for test in rule.tests() for names in (test.votes, test.amount.of) if names]
    if any(test.excluding or test.amount.fewest_with for test in rule.tests()):
        named.append((EVERYONE,))
    named += [test.amount.fewest_with.of for test in rule.tests() if test.amount.fewest_with]
    return [*dict.fromkeys(named)]


def _seen(effect: Effect | None, asked: list[tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(belongs(effect, names) for names in asked)


def belongs(effect: Effect | None, names: tuple[str, ...]) -> int:
    """Return 1 if whoever has a position is counted in one of the classes or bases, else 0."""
    if MEMBERS in names:
        return 1
    if effect is None or not effect.takes_part:
        return 0
    return int(
        effect.counts_as in names or EVERYONE in names or (PRESENT in names and effect.present)
    )


def shift(sums: Sums, before: Effect | None, after: Effect, weighed: Number) -> None:
    """Move a weight from what one position counts as to what another does."""
    if before is not None:
        add(sums, before, -weighed)
    if after.takes_part:
        add(sums, after, weighed)
