"""Decisions of the past under another rule or another membership.

Positions keep their words. Whoever joins has no position that anybody knows: the outcome is open
where it hangs on it. Normative: docs/reference/algorithms/deciding.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from comity.decision.counting import outside
from comity.decision.deciding import Decision, decide
from comity.decision.model import Rule
from comity.decision.outlook import BOUND, Outlook, outlook
from comity.decision.past import NotReplayable, Past
from comity.decision.question import Question, Values
from comity.decision.rules import Rules
from comity.kernel.errors import ComityError, DataError, Fault

Verdict = Literal["same", "other_outcome", "now_carried", "now_fails", "open", "not_known"]
VERDICTS: tuple[Verdict, ...] = (
    "same", "other_outcome", "now_carried", "now_fails", "open", "not_known",
)  # fmt: skip


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be other than it was.

    ``under`` names the rule (``""``: the one of then), ``prior`` the outcome of the decision that
    selects it, ``on`` the day whose version of the rule and whose weights are taken (``None``: the
    day of each decision). Whoever joins was no member, or was not asked: a role of then that kept
    it out is over. Groups and roles are added to those of then, weights go before those of then.
    """

    joining: tuple[str, ...] = ()
    leaving: tuple[str, ...] = ()
    under: str = ""
    prior: str = ""
    on: date | None = None
    groups: Mapping[str, Iterable[str]] = field(default_factory=_nothing)
    roles: Mapping[str, Iterable[str]] = field(default_factory=_nothing)
    weights: Mapping[str, Values] = field(default_factory=_nothing)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a decision.

    ``joining`` are those who were not asked then, ``leaving`` those who were members; ``decision``
    is there where every position is known. Each of ``turned_by``, and the rule if ``by_rule``,
    turned it: without that one change, and with all others, it would not have turned. Where nothing
    is named, several would each have been enough, or groups, roles or weights turned it.
    """

    past: Past
    rule: Rule
    joining: tuple[str, ...]
    leaving: tuple[str, ...]
    outlook: Outlook
    decision: Decision | None = None
    by_rule: bool = False
    turned_by: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """How the outcome differs from that of then; ``other_outcome``: carried as little."""
        state, then = self.outlook.state, self.past.decision
        if state in ("open", "not_known"):
            return "open" if state == "open" else "not_known"
        if (state == "carried") != then.carried:
            return "now_carried" if state == "carried" else "now_fails"
        if self.outlook.outcomes == (then.outcome,):
            return "same"
        return "open" if then.outcome in self.outlook.outcomes else "other_outcome"


@dataclass(frozen=True, slots=True)
class Replay:
    """Decisions put to a change, and those that could not be; each in the order given."""

    decisions: tuple[Replayed, ...]
    not_replayable: tuple[NotReplayable, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many decisions there are of each verdict, in the order of `VERDICTS`."""
        found = Counter(each.verdict for each in self.decisions)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many could not be replayed, by the code of the reason."""
        return Counter(each.fault.code for each in self.not_replayable)


def replay(
    decisions: Iterable[Past | NotReplayable], rules: Rules, change: Change, *, bound: int = BOUND
) -> Replay:
    """Put decisions of the past to another rule or membership.

    What one of them cannot be put to (a position that the rule does not know, a rule that was not
    in force, a weight or group that nobody gave) is among the reasons why it is not replayable.
    Raises `DataError` where the change says nothing, and `UnknownName` for a rule that is none.
    """
    require_change(change)
    if change.under:
        rules.on(change.under)
    done: list[Replayed] = []
    left: list[NotReplayable] = []
    for each in decisions:
        if isinstance(each, NotReplayable):
            left.append(each)
            continue
        try:
            done.append(replayed(each, rules, change, bound=bound))
        except ComityError as error:
            fault = error.faults[0]
            left.append(NotReplayable(each.title, each.name, fault, each.place, each.question.on))
    return Replay(tuple(done), tuple(left))


def replayed(past: Past, rules: Rules, change: Change, *, bound: int = BOUND) -> Replayed:
    """Put one decision to another rule or membership; raises what `decide` and the rules raise."""
    rule, question = rule_now(past, rules, change), question_now(past, rules, change)
    positions = _kept(past, question, change)
    joining = _joining(past, change)
    leaving = tuple(each for each in past.question.members if each not in question.members)
    seen = outlook(rule, question, positions, joining, bound=bound)
    decision = decide(rule, question, positions).value if seen.how == "known" else None
    found = Replayed(past, rule, joining, leaving, seen, decision)
    if found.verdict not in ("now_carried", "now_fails"):
        return found
    by_rule = rule != past.rule or question.on != past.question.on
    without_rule = replace(change, under="", on=None)
    return replace(
        found,
        by_rule=by_rule and _turns_back(found, rules, without_rule, bound),
        turned_by=tuple(
            member
            for member in (*leaving, *joining)
            if _turns_back(found, rules, _without(change, member), bound)
        ),
    )


def rule_now(past: Past, rules: Rules, change: Change) -> Rule:
    """Return the rule that a decision is put to; raises `UnknownName` where none was in force."""
    if not change.under and change.on is None:
        return past.rule
    day = change.on or past.question.on
    return rules.chosen(change.under or past.name, day, prior=change.prior or past.prior)


def question_now(past: Past, rules: Rules, change: Change) -> Question:
    """Return the question with the members of the change, their groups, roles and weights."""
    then = past.question
    members = [each for each in then.members if each not in change.leaving]
    members += [each for each in dict.fromkeys(change.joining) if each not in members]
    question = Question(
        members=tuple(members),
        groups=_joined(then.groups, change.groups, members),
        weights=then.weights,
        roles=_joined(_over(then.roles, _joining(past, change)), change.roles, members),
        on=change.on or then.on,
    )
    return question.with_weights(change.weights, rule_now(past, rules, change))


def asked_then(past: Past) -> frozenset[str]:
    """Return the members whom the rule of then asked: they cannot join."""
    return frozenset(past.question.members) - outside(past.rule, past.question)


def require_change(change: Change) -> None:
    """Raise `DataError` where a change says nothing."""
    if not (change.joining or change.leaving or change.under or change.on):
        expected = "another rule, another day, or who joins or leaves"
        raise DataError(Fault("no_change", "a replay in which nothing differs", expected))


def _joined(
    then: Mapping[str, frozenset[str]], given: Mapping[str, Iterable[str]], members: Iterable[str]
) -> dict[str, frozenset[str]]:
    known = frozenset(members)
    return {
        name: known & (then.get(name, frozenset()) | {*given.get(name, ())})
        for name in dict.fromkeys((*then, *given))
    }


def _joining(past: Past, change: Change) -> tuple[str, ...]:
    asked = asked_then(past)
    return tuple(each for each in dict.fromkeys(change.joining) if each not in asked)


def _over(roles: Mapping[str, frozenset[str]], members: Iterable[str]) -> dict[str, frozenset[str]]:
    return {name: who.difference(members) for name, who in roles.items()}


def _kept(past: Past, question: Question, change: Change) -> dict[str, str]:
    """Return the positions of then of those who are members still."""
    members = {*question.members}.difference(_joining(past, change))
    return {member: each for member, each in past.positions.items() if member in members}


def _without(change: Change, member: str) -> Change:
    return replace(
        change,
        joining=tuple(each for each in change.joining if each != member),
        leaving=tuple(each for each in change.leaving if each != member),
    )


def _turns_back(found: Replayed, rules: Rules, change: Change, bound: int) -> bool:
    """Whether under a lesser change the decision is not turned for certain."""
    past = found.past
    try:
        rule, question = rule_now(past, rules, change), question_now(past, rules, change)
        positions, unknown = _kept(past, question, change), _joining(past, change)
        seen = outlook(rule, question, positions, unknown, bound=bound)
    except ComityError:
        return False  # what cannot be asked is not claimed
    return seen.state != found.outlook.state
