"""What is decided about: who the members are, their groups, weights and roles, on which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from comity.decision.model import Rule
from comity.decision.numbers import Number, not_negative
from comity.kernel.errors import DataError, Fault, UnknownName, unknown

Sets = Mapping[str, frozenset[str]]
Values = Mapping[str, Number]


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Question:
    """The members asked, and what a rule may have to know about them.

    ``weights`` go before those that the rule has for the day. `Question.of` reads numbers and
    checks names; whoever makes a question directly answers for both.
    """

    members: tuple[str, ...]
    groups: Sets = field(default_factory=_nothing)
    weights: Mapping[str, Values] = field(default_factory=_nothing)
    roles: Sets = field(default_factory=_nothing)
    on: date | None = None

    @staticmethod
    def of(
        members: Iterable[str],
        *,
        groups: Mapping[str, Iterable[str]] = MappingProxyType({}),
        weights: Mapping[str, Mapping[str, object]] = MappingProxyType({}),
        roles: Mapping[str, Iterable[str]] = MappingProxyType({}),
        on: date | None = None,
    ) -> Question:
        """Return a question; raises `UnknownName` where a group or role holds no member.

        Weights are numbers or texts such as ``58.10``; those of who are no members are left out.
        Raises `DataError` for what is no number, or less than 0.
        """
        who = tuple(dict.fromkeys(members))
        known = frozenset(who)
        return Question(
            members=who,
            groups=_sets(groups, known),
            weights={
                name: {
                    member: not_negative(each, f'the weight "{name}" of {member}')
                    for member, each in values.items()
                    if member in known
                }
                for name, values in weights.items()
            },
            roles=_sets(roles, known),
            on=on,
        )

    def group(self, name: str) -> frozenset[str]:
        """Return the members of a group; raises `UnknownName`."""
        if name not in self.groups:
            raise UnknownName(unknown("group", name, self.groups))
        return frozenset(self.groups[name])

    def known_weights(self, name: str, rule: Rule) -> Values | None:
        """Return what members weigh in a unit on the day, or ``None`` where nobody said."""
        if name in self.weights:
            return self.weights[name]
        declared = rule.weights.get(name)
        table = declared.on(self.on) if declared else None
        return table.values if table else None

    def with_weights(self, given: Mapping[str, Values], rule: Rule) -> Question:
        """Return the question with weights of some members before those known of a unit."""
        joined = {
            name: {**(self.known_weights(name, rule) or {}), **values}
            for name, values in given.items()
        }
        return replace(self, weights={**self.weights, **joined})

    def weight(self, name: str, rule: Rule) -> Values:
        """Return what members weigh in a unit on the day; raises `DataError` where nobody said."""
        values = self.known_weights(name, rule)
        if values is None:
            day = f" on {self.on}" if self.on else ""
            fault = Fault(
                "weights_missing",
                f'no weights "{name}"{day}',
                "weights with the question, or a table in force",
            )
            raise DataError(fault)
        return values


def _sets(named: Mapping[str, Iterable[str]], members: frozenset[str]) -> Sets:
    sets = {name: frozenset(each) for name, each in named.items()}
    for each in sets.values():
        for member in sorted(each - members):
            raise UnknownName(unknown("member", member, members))
    return sets
