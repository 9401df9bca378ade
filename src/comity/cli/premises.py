"""What an answer of ``comity decide`` rests on unsaid: the rule selected, who is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from comity.cli.rulebook import Rulebook
from comity.decision.counting import hold
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.kernel.canonical import JSON
from comity.wording.catalogue import listed, text
from comity.wording.decision_names import rule_name
from comity.wording.decisions import named


@dataclass(frozen=True, slots=True)
class Selected:
    """The rule that was asked about, and the outcome of the decision that selects the one taken."""

    name: str = ""
    prior: str = ""


NOT_SAID = Selected()


def selection_line(book: Rulebook, rule: Rule, selected: Selected, language: str) -> str:
    """Say which rule was taken where no earlier decision was named; else nothing."""
    chosen = book.rules.on(selected.name, book.on).chosen_by if selected.name else None
    if chosen is None or selected.prior:
        return ""
    outcomes = "|".join(chosen.outcomes)
    name = rule_name(rule.id, book.rules, language)
    return text(language, "decide.no_prior", name=name, outcomes=outcomes)


def selection_data(selected: Selected) -> dict[str, JSON]:
    """Return the same as plain data."""
    return {"rule_asked": selected.name, "prior": selected.prior or None}


def electorate_lines(
    book: Rulebook, rule: Rule, question: Question, positions: Mapping[str, str], language: str
) -> Iterator[str]:
    """Say by the roles that a rule leaves out who does not decide, and where nobody was named."""
    number = len(question.members)
    every = len(hold(rule, question, positions).electorate()) == number
    for role in rule.electorate.without:
        name = _role_name(book, role, language)
        if held := _holders(question, role):
            members = listed(language, (book.name(each, language) for each in held))
            yield text(language, "decide.not_deciding", members=members, role=name)
        else:
            key = "decide.all_deciding" if every else "decide.nobody_in_role"
            yield text(language, key, number=number, role=name, id=role)


def electorate_data(
    book: Rulebook, rule: Rule, question: Question | None, language: str
) -> list[JSON] | None:
    """Return the roles that a rule leaves out with their members; of tallies nobody is known."""
    if question is None:
        return None
    return [
        {
            "role": role,
            "role_name": _role_name(book, role, language),
            "members": [*_holders(question, role)],
        }
        for role in rule.electorate.without
    ]


def _role_name(book: Rulebook, role: str, language: str) -> str:
    return named(book.rules.roles.get(role, {}), language, role.replace("_", " "))


def _holders(question: Question, role: str) -> tuple[str, ...]:
    """Return the members in a role, in the order in which they are asked."""
    held = question.roles.get(role, frozenset())
    return tuple(each for each in question.members if each in held)
