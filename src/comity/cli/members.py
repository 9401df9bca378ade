"""Who decides, now and after a change, and what options say of members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from comity.cli.questions import names_in, question_of, refused, sets_of
from comity.cli.rulebook import Rulebook
from comity.cli.weights import require_weights, weights_of
from comity.decision.model import Rule
from comity.decision.question import Question, Values
from comity.kernel.errors import DataError, Fault, UnknownName, check_known, unknown
from comity.wording.catalogue import listed, text
from comity.wording.dates import period_text
from comity.wording.decisions import named

Sets = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """Groups, roles and weights that options name."""

    groups: Sets
    roles: Sets
    weights: Mapping[str, Values]

    def question(self, book: Rulebook, rule: Rule, members: Sequence[str]) -> Question:
        """Return the question about some members; raises `DataError` with what is missing."""
        groups, roles = (
            {name: [each for each in named if each in members] for name, named in sets.items()}
            for sets in (self.groups, self.roles)
        )
        asked = {"members": members, "groups": groups, "roles": roles}
        question = question_of(book, rule, asked).with_weights(self.weights, rule)
        require_weights(rule, question)
        return question


def known(
    book: Rulebook,
    members: set[str],
    *,
    groups: Iterable[str],
    roles: Iterable[str],
    weights: Iterable[str],
    **_: Any,
) -> Known:
    """Read what options say of members; raises `UnknownName` for who is none."""
    found = Known(
        sets_of(book, None, "--group", groups),
        sets_of(book, None, "--role", roles),
        weights_of(book, weights),
    )
    for sets in (found.groups, found.roles, found.weights):
        for each in (member for who in sets.values() for member in who):
            check_known("member", each, members)
    return found


def chosen_rule(book: Rulebook, name: str, prior: str) -> Rule:
    """Return the rule; raises `DataError` where an earlier decision selects it and is not given."""
    chosen = book.rules.on(name, book.on).chosen_by
    check_prior(book, name, prior)
    if chosen is not None and not prior:
        fault = Fault(
            "rule_not_chosen",
            f'the rule "{name}" is selected by an earlier decision',
            f"--prior OUTCOME, with {' or '.join(chosen.outcomes)}",
            f'After any other outcome the rule is "{chosen.otherwise}".',
        )
        raise DataError(fault)
    return book.rules.chosen(name, book.on, prior=prior)


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who decides, and the weights in whose tables they stand where nothing else says it."""

    members: tuple[str, ...]
    by: tuple[str, ...] = ()


NOBODY_SAID = Deciding(())


def deciding(book: Rulebook, rule: Rule | None, said: Iterable[str]) -> Deciding:
    """Return who decides: as said, else by the record, else by the weights in which a rule counts.

    Nobody, where none of these says it.
    """
    members = tuple(book.code(each) for each in said) or book.members()
    if members or rule is None:
        return Deciding(tuple(dict.fromkeys(members)))
    tables = book.tables(rule)
    named_there = chain.from_iterable(each.values for each in tables.values())
    return Deciding(tuple(dict.fromkeys(named_there)), (*tables,))


def nobody(book: Rulebook, rule: Rule | None) -> DataError:
    """Return the error where nobody said who decides, and no record or table does."""
    found = f"no members of {book.id} on {book.on}"
    return DataError(Fault("no_members", found, "--members A,B", _why_nobody(book, rule)))


def check_prior(book: Rulebook, name: str, prior: str) -> None:
    """Raise where an outcome is given that selects nothing: the rule would be another unsaid."""
    if not prior:
        return
    check_known("outcome", prior, book.rules.outcomes)
    if book.rules.on(name, book.on).chosen_by is None:
        raise refused(f'--prior {prior} with the rule "{name}"', "it without: nothing selects it")


def _why_nobody(book: Rulebook, rule: Rule | None) -> str:
    if rule is None:
        return "No record says them."
    held = [
        f'"{name}" {each.period}'
        for name in sorted(book.weights(rule))
        for each in rule.weights[name].tables
    ]
    if not held:
        return "No record says them, and no table of weights."
    return f"No record says them, and the tables of weights hold on other days: {', '.join(held)}."


def members_of(book: Rulebook, rule: Rule | None, given: str | None) -> Deciding:
    """Return who decides; raises `DataError` where nobody says it."""
    found = deciding(book, rule, names_in(given) if given else ())
    if not found.members:
        raise nobody(book, rule)
    return found


def by_tables(book: Rulebook, rule: Rule, found: Deciding, language: str) -> str:
    """Say in which tables of weights the members stand; nothing where they were said."""
    if not found.by:
        return ""
    tables = book.tables(rule)
    said = [
        text(
            language,
            "decide.table",
            name=named(rule.weights[each].names, language, each),
            period=period_text(tables[each].period, language),
        )
        for each in found.by
    ]
    number = len(found.members)
    return text(language, "decide.members_by", number=number, tables=listed(language, said))


def changed(
    book: Rulebook, now: Sequence[str], joining: str, leaving: str
) -> tuple[str, ...] | None:
    """Return the members after the change, or ``None`` where none is asked about."""
    come, gone = ([book.code(each) for each in names_in(given)] for given in (joining, leaving))
    if not (come or gone):
        return None
    for each in come:
        if each in now:
            raise refused(f'--joining "{each}", a member already', "somebody who is no member")
    for each in gone:
        if each not in now:
            raise UnknownName(unknown("member", each, now))
    return (*(each for each in now if each not in gone), *dict.fromkeys(come))
