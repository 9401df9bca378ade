"""What other rules would have made of the same positions, and which of them cannot be asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.decision.counting import units_asked
from comity.decision.deciding import Decision, decide, decide_tallied
from comity.decision.model import ALL, HEADS, Rule
from comity.decision.question import Question
from comity.decision.rules import Rules
from comity.decision.tallies import Tally
from comity.kernel.errors import DataError
from comity.kernel.finding import Finding

Kind = Literal[
    "earlier_decision", "election", "positions", "groups", "weights", "electorate", "tallies"
]


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a rule cannot be asked.

    ``election``: it is put to candidates. ``names`` are the rule of the earlier decision on which
    it depends, positions that it does not know, groups or weights that it needs and nobody gave.
    Without names: ``weights`` that some members lack, ``tallies`` that do not answer its tests or
    count another ``electorate``.
    """

    kind: Kind
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherRule:
    """Another rule, or another version, with what it makes of the positions or why it cannot."""

    rule: Rule
    finding: Finding[Decision] | None = None
    missing: Missing | None = None

    @property
    def outcome(self) -> str | None:
        """The outcome under this rule, if it can be asked."""
        return self.finding.value.outcome if self.finding else None


def other_rules(
    rules: Rules, rule: Rule, question: Question, positions: Mapping[str, str]
) -> tuple[OtherRule, ...]:
    """Return what other versions of a rule, and all others on the day, make of the same positions.

    Whoever said nothing has the position that each table names as silent, and nobody is in a role
    that the question does not name. What cannot be asked says why. Raises `UnknownName` for a
    position of somebody who is no member.
    """

    def put(other: Rule) -> Finding[Decision]:
        return decide(other, question, positions)

    def missing(other: Rule) -> Iterator[Missing]:
        groups = {group for group, _ in units_asked(other)} | {other.electorate.among}
        yield from _named("positions", _unknown(other, {*positions.values()}))
        yield from _named("groups", groups - {ALL} - question.groups.keys())
        yield from _named("weights", _weights_missing(other, question))

    return tuple(
        _asked(each, missing, put, "weights") for each in _others(rules, rule, question.on)
    )


def other_rules_tallied(
    rules: Rules,
    rule: Rule,
    tallies: Iterable[Tally | Mapping[str, object]],
    *,
    on: date | None = None,
) -> tuple[OtherRule, ...]:
    """Return the same for tallies; raises `DataError` for one that cannot be right."""
    read = [each if isinstance(each, Tally) else Tally.of(each) for each in tallies]
    words = {word for each in read for word in each.counts}

    def put(other: Rule) -> Finding[Decision]:
        return decide_tallied(other, read)

    def missing(other: Rule) -> Iterator[Missing]:
        yield from _named("positions", _unknown(other, words))
        if other.electorate != rule.electorate:
            yield Missing("electorate")

    return tuple(_asked(each, missing, put, "tallies") for each in _others(rules, rule, on))


def _others(rules: Rules, rule: Rule, on: date | None) -> Iterator[Rule]:
    """Yield the other versions of a rule, then every other rule in force on the day."""
    yield from (each for each in rules.versions.get(rule.id, ()) if each.period != rule.period)
    for name, versions in rules.versions.items():
        if name != rule.id:
            yield from (
                versions[-1:] if on is None else (each for each in versions if on in each.period)
            )


def _asked(
    rule: Rule,
    missing: Callable[[Rule], Iterator[Missing]],
    put: Callable[[Rule], Finding[Decision]],
    not_given: Kind,
) -> OtherRule:
    if rule.chosen_by is not None:
        return OtherRule(rule, missing=Missing("earlier_decision", (rule.chosen_by.rule,)))
    if rule.elects is not None:
        return OtherRule(rule, missing=Missing("election"))
    lacking = next(missing(rule), None)
    if lacking is not None:
        return OtherRule(rule, missing=lacking)
    try:
        return OtherRule(rule, put(rule))
    except DataError as error:
        if error.code not in ("weights_missing", "tally_incomplete"):
            raise
        return OtherRule(rule, missing=Missing(not_given))


def _named(kind: Kind, names: Collection[str]) -> Iterator[Missing]:
    if names:
        yield Missing(kind, tuple(sorted(names)))


def _unknown(rule: Rule, words: Collection[str]) -> set[str]:
    return {*words} - rule.positions.positions.keys()


def _weights_missing(rule: Rule, question: Question) -> set[str]:
    named = {weight for _, weight in units_asked(rule)} - {HEADS}
    return {each for each in named if not _has_weights(rule, each, question)}


def _has_weights(rule: Rule, weight: str, question: Question) -> bool:
    declared = rule.weights.get(weight)
    return weight in question.weights or bool(declared and declared.on(question.on))
