"""How the rules that another outcome would have needed look on a terminal, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.model import Rule
from comity.decision.needed import (
    Needed,
    NeededFor,
    needed_amounts,
    needed_amounts_tallied,
)
from comity.decision.numbers import text_of
from comity.decision.other_rules import OtherRule, other_rules, other_rules_tallied
from comity.decision.question import Question
from comity.kernel.canonical import JSON
from comity.wording.catalogue import listed, text
from comity.wording.dates import period_text
from comity.wording.decision_names import missing_reason, rule_name
from comity.wording.decisions import needed_sentence, outcome_name


@dataclass(frozen=True, slots=True)
class Needs:
    """What another outcome would have needed: amounts of the rule, or another rule."""

    amounts: tuple[NeededFor, ...]
    others: tuple[OtherRule, ...]


def needs_of_positions(
    book: Rulebook, rule: Rule, question: Question, positions: Mapping[str, str], to: str | None
) -> Needs:
    """Return what positions of members would have needed."""
    return Needs(
        needed_amounts(rule, question, positions, to=to),
        other_rules(book.rules, rule, question, positions),
    )


def needs_of_tallies(
    book: Rulebook, rule: Rule, tallies: Iterable[Mapping[str, Any]], to: str | None
) -> Needs:
    """Return what tallies would have needed."""
    counted = [*tallies]
    return Needs(
        needed_amounts_tallied(rule, counted, to=to),
        other_rules_tallied(book.rules, rule, counted, on=book.on),
    )


def show_needs(page: Page, book: Rulebook, rule: Rule, outcome: str, needs: Needs) -> None:
    """Print the amounts of the rule, then what other rules make of the same."""
    page.heading(_say(page, "which_rule"))
    for found in needs.amounts:
        name = outcome_name(found.outcome, book.rules, page.language)
        page.line(_say(page, "needed_for", outcome=name), indent=2)
        _show_sets(page, book, rule, found)
    if needs.others:
        page.heading(_say(page, "other_rules"))
        _show_others(page, book, rule, outcome, needs.others)


def _show_sets(page: Page, book: Rulebook, rule: Rule, found: NeededFor) -> None:
    for several in found.sets:
        if not several:
            page.line(_say(page, "already"), indent=4)
        if len(several) > 1:
            page.line(_say(page, "together"), indent=4)
        for each in several:
            said = needed_sentence(each, rule, book.rules, page.language)
            page.line(said, indent=4 if len(several) == 1 else 6)
    if not found.complete:
        page.line(_say(page, "more_amounts", number=found.most), indent=4)
    elif not found.sets:
        page.line(_say(page, "no_amounts"), indent=4)


def _show_others(
    page: Page, book: Rulebook, rule: Rule, outcome: str, others: Iterable[OtherRule]
) -> None:
    alike: dict[str, list[str]] = {}
    for each in others:
        name = _dated(page, book, rule, each.rule)
        if each.missing is not None:
            reason = missing_reason(each.missing, rule, book.rules, page.language)
            alike.setdefault(reason, []).append(name)
        elif each.outcome == outcome:
            alike.setdefault("", []).append(name)
        else:
            reached = outcome_name(each.outcome or "", book.rules, page.language)
            page.line(_say(page, "other_rule", rule=name, outcome=reached), indent=2)
    for reason, names in sorted(alike.items()):
        rules = listed(page.language, names)
        key = "not_asked" if reason else "same_outcome"
        page.line(_say(page, key, reason=reason, rules=rules), indent=2)


def _dated(page: Page, book: Rulebook, rule: Rule, other: Rule) -> str:
    """Return what a rule is called; another version of the same rule with its period."""
    name = rule_name(other.id, book.rules, page.language)
    if other.id != rule.id:
        return name
    return _say(page, "dated", rule=name, period=period_text(other.period, page.language))


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"decide.{key}", **values)


def needs_data(book: Rulebook, rule: Rule, needs: Needs, language: str) -> dict[str, JSON]:
    """Return the same as plain data."""
    return {
        "needed": [
            {
                "outcome": found.outcome,
                "most": found.most,
                "complete": found.complete,
                "sets": [
                    [_needed_data(book, rule, each, language) for each in several]
                    for several in found.sets
                ],
            }
            for found in needs.amounts
        ],
        "other_rules": [_other_data(book, rule, each, language) for each in needs.others],
    }


def _needed_data(book: Rulebook, rule: Rule, needed: Needed, language: str) -> JSON:
    reckoning = needed.reckoning
    return {
        "sentence": needed_sentence(needed, rule, book.rules, language),
        "counted": text_of(reckoning.counted),
        "required": text_of(reckoning.required),
        "base": None if reckoning.base is None else text_of(reckoning.base),
        "met": reckoning.met,
        "relation": needed.relation,
        "limit": str(needed.limit),
        "comes_to": text_of(needed.comes_to),
    }


def _other_data(book: Rulebook, rule: Rule, other: OtherRule, language: str) -> JSON:
    missing = other.missing
    period = other.rule.period
    return {
        "rule": other.rule.id,
        "rule_name": rule_name(other.rule.id, book.rules, language),
        "from": str(period.start) if period.start else None,
        "until": str(period.end) if period.end else None,
        "outcome": other.outcome,
        "missing": missing.kind if missing else None,
        "names": list(missing.names) if missing else [],
        "reason": missing_reason(missing, rule, book.rules, language) if missing else None,
    }
