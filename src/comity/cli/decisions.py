"""How decisions look on a terminal, and as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity.cli.members import NOBODY_SAID, Deciding, by_tables
from comity.cli.needed import (
    Needs,
    needs_data,
    needs_of_positions,
    needs_of_tallies,
    show_needs,
)
from comity.cli.premises import (
    NOT_SAID,
    Selected,
    electorate_data,
    electorate_lines,
    selection_data,
    selection_line,
)
from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.changes import Changes, Step, Way
from comity.decision.deciding import Decision
from comity.decision.model import Rule
from comity.decision.numbers import text_of
from comity.decision.question import Question
from comity.kernel.canonical import JSON
from comity.kernel.finding import Finding
from comity.wording.catalogue import capital, listed, text
from comity.wording.dates import date_text
from comity.wording.decision_names import position_name, rule_name
from comity.wording.decisions import named, outcome_name, reckoning_sentence

WAYS_SHOWN = 10  # of the smallest changes
NAMED = 60  # more holders of one position are all others, beside those of another


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision with the question it answers; of tallies there is no question by name.

    ``deciding`` says from which tables of weights the members were taken, if they were.
    """

    rule: Rule
    finding: Finding[Decision]
    question: Question | None = None
    positions: Mapping[str, str] | None = None
    changes: Changes | None = None
    deciding: Deciding = NOBODY_SAID
    selected: Selected = NOT_SAID
    needs: Needs | None = None


def needs_of(book: Rulebook, answer: Answer, asked: Mapping[str, Any]) -> Needs:
    """Return what another outcome would have needed, or only ``to``."""
    rule, question, to = answer.rule, answer.question, asked["to"]
    if question is None:
        return needs_of_tallies(book, rule, asked["tallies"], to)
    return needs_of_positions(book, rule, question, asked["positions"], to)


# One decision, for people


def show_answer(page: Page, book: Rulebook, answer: Answer) -> None:
    """Print a decision: the outcome, what was counted, who is who, and the grounds."""
    decision = answer.finding.value
    _title(page, book, answer.rule)
    for line in _premises(book, answer, page.language):
        page.line(line, indent=2)
    _positions(page, book, answer)
    page.heading(_say(page, "outcome", outcome=_outcome(page, book, decision.outcome)))
    for each in decision.reckonings:
        page.line(reckoning_sentence(each, answer.rule, book.rules, page.language), indent=2)
    if decision.then is not None:
        page.line(_then(page, book, decision), indent=2)
    for line in _who(page, book, answer):
        page.line(line, indent=2)
    if answer.changes is not None:
        _changes(page, book, answer, answer.changes)
    if answer.needs is not None:
        show_needs(page, book, answer.rule, decision.outcome, answer.needs)
    grounds = [*book.ground_lines(answer.finding.grounds, page.language)]
    if grounds:
        page.heading(page.word("rests_on"))
    for summary, body in grounds:
        page.line(summary, indent=2)
        if body:
            page.line(body, indent=6)


def _premises(book: Rulebook, answer: Answer, language: str) -> Iterator[str]:
    """Yield what the answer takes for granted, before any position."""
    rule, question, positions = answer.rule, answer.question, answer.positions
    if line := selection_line(book, rule, answer.selected, language):
        yield line
    if line := by_tables(book, rule, answer.deciding, language):
        yield line
    if question is not None and positions is not None:
        yield from electorate_lines(book, rule, question, positions, language)


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"decide.{key}", **values)


def _outcome(page: Page, book: Rulebook, outcome: str) -> str:
    return outcome_name(outcome, book.rules, page.language)


def _title(page: Page, book: Rulebook, rule: Rule) -> None:
    name = f"{rule_name(rule.id, book.rules, page.language)} – {book.title(page.language)}"
    page.line(page.word("on", name=name, date=date_text(book.on, page.language)), style="bold")


def _positions(page: Page, book: Rulebook, answer: Answer) -> None:
    if answer.question is None or answer.positions is None:
        return
    table = answer.rule.positions
    by_position: dict[str, list[str]] = {}
    for member in answer.question.members:
        by_position.setdefault(answer.positions.get(member, table.silent), []).append(member)
    most = max(by_position, key=lambda each: len(by_position[each]), default="")
    for position in sorted(by_position, key=[*table.positions].index):
        who = by_position[position]
        name = capital(position_name(position, table, page.language))
        if position == most and len(by_position) > 1 and len(who) > NAMED:
            members = _say(page, "all_others")
        else:
            members = _members(page, book, answer, who)
        page.line(_say(page, "holders", name=name, number=len(who), members=members), indent=2)


def _members(page: Page, book: Rulebook, answer: Answer, members: Iterable[str]) -> str:
    """Return what members are called, in the order in which they decide."""
    who = {*members}
    order = answer.question.members if answer.question else ()
    return listed(page.language, (book.name(each, page.language) for each in order if each in who))


def _then(page: Page, book: Rulebook, decision: Decision) -> str:
    then = decision.then
    assert then is not None
    if then.rule:
        return _say(page, "then_rule", name=rule_name(then.rule, book.rules, page.language))
    name = named(book.rules.bodies.get(then.body, {}), page.language, then.body)
    return _say(page, "then_body", name=name)


def _who(page: Page, book: Rulebook, answer: Answer) -> Iterable[str]:
    decision = answer.finding.value
    if not decision.named:
        if decision.blocking:
            yield _say(page, "blocking", number=text_of(decision.blocking))
        return
    every = len(decision.bound) + len(decision.not_bound)
    for key, members in (
        ("blocked_by", decision.blocked_by),
        ("outstanding", decision.outstanding),
        ("on_record", decision.on_record),
    ):
        if members:
            yield _say(page, key, members=_members(page, book, answer, members))
    if decision.carried and len(decision.bound) == every:
        yield _say(page, "binds_all")
    elif decision.carried:
        yield _say(page, "binds", members=_members(page, book, answer, decision.bound))
        yield _say(page, "not_bound", members=_members(page, book, answer, decision.not_bound))


def _changes(page: Page, book: Rulebook, answer: Answer, changes: Changes) -> None:
    page.heading(_say(page, "changes"))
    if changes.size is None:
        page.line(_say(page, "no_change" if changes.complete else "none_found"), indent=2)
        return
    if changes.size == 0:
        page.line(_say(page, "already"), indent=2)
        return
    page.line(_say(page, "size", number=changes.size), indent=2)
    ways = _together(changes.ways)
    for way in ways[:WAYS_SHOWN]:
        steps = "; ".join(_step(page, book, answer, each) for each in way.steps)
        page.line(f"{steps} → {_outcome(page, book, way.outcome)}", indent=4)
    if len(ways) > WAYS_SHOWN:
        page.line(_say(page, "more_ways", number=len(ways) - WAYS_SHOWN), indent=4)
    if not changes.complete:
        page.line(_say(page, "incomplete"), indent=2)


def _together(ways: Iterable[Way]) -> list[Way]:
    """Return ways with those as one that are the same change of any one of several members."""
    alone: dict[tuple[str, tuple[str, ...], str], list[str]] = {}
    others = []
    for way in ways:
        first = way.steps[0]
        if len(way.steps) == len(first.after) == 1:
            alone.setdefault((first.before, first.after, way.outcome), []).extend(first.among)
        else:
            others.append(way)
    return [
        *(
            Way((Step(tuple(among), before, after),), outcome)
            for (before, after, outcome), among in alone.items()
        ),
        *others,
    ]


def _step(page: Page, book: Rulebook, answer: Answer, step: Step) -> str:
    rule = answer.rule
    return _say(
        page,
        _step_key(step),
        number=len(step.after),
        among=_members(page, book, answer, step.among),
        before=position_name(step.before, rule.positions, page.language),
        after=listed(
            page.language,
            (position_name(each, rule.positions, page.language) for each in Counter(step.after)),
        ),
    )


def _step_key(step: Step) -> str:
    if len(step.after) == len(step.among):
        return "step_all"
    return "step_one" if len(step.after) == 1 else "step"


# One decision, for machines


def answer_data(book: Rulebook, answer: Answer, language: str) -> dict[str, JSON]:
    """Return a decision as plain data."""
    decision = answer.finding.value
    data: dict[str, JSON] = {
        "organisation": book.id,
        "on": book.on.isoformat(),
        "language": language,
        "rule": answer.rule.id,
        "rule_name": rule_name(answer.rule.id, book.rules, language),
        **selection_data(answer.selected),
        "members": list(answer.question.members) if answer.question else None,
        "members_by": list(answer.deciding.by),
        "without": electorate_data(book, answer.rule, answer.question, language),
        "outcome": decision.outcome,
        "outcome_name": outcome_name(decision.outcome, book.rules, language),
        "carried": decision.carried,
        "reckonings": [
            {
                "sentence": reckoning_sentence(each, answer.rule, book.rules, language),
                "counted": text_of(each.counted),
                "required": text_of(each.required),
                "base": None if each.base is None else text_of(each.base),
                "met": each.met,
            }
            for each in decision.reckonings
        ],
        "blocked_by": list(decision.blocked_by) if decision.named else None,
        "blocking": None if decision.blocking is None else text_of(decision.blocking),
        "outstanding": list(decision.outstanding),
        "on_record": list(decision.on_record),
        "bound": list(decision.bound),
        "not_bound": list(decision.not_bound),
        "then": (decision.then.rule or decision.then.body) if decision.then else None,
        "grounds": book.grounds(answer.finding.grounds, language),
    }
    if answer.changes is not None:
        data["changes"] = _changes_data(answer.changes)
    if answer.needs is not None:
        data |= needs_data(book, answer.rule, answer.needs, language)
    return data


def _changes_data(changes: Changes) -> dict[str, JSON]:
    return {
        "size": changes.size,
        "complete": changes.complete,
        "ways": [
            {
                "outcome": way.outcome,
                "steps": [
                    {"among": list(each.among), "before": each.before, "after": list(each.after)}
                    for each in way.steps
                ],
            }
            for way in changes.ways
        ],
    }
