"""Decisions of the past, as case files record them: the rule, the question and every position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from comity.decision.cases import (
    cases_of,
    check_fields,
    day_of,
    differences,
    question_of,
    rule_of,
    rules_of,
)
from comity.decision.deciding import Decision, decide
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.rules import Rules
from comity.kernel.dates import Period
from comity.kernel.documents import Document
from comity.kernel.errors import ComityError, DataError, Fault, Place


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as it was taken: ``name`` is the rule named, ``rule`` the one that then held.

    ``decision`` is what the rule made of the positions, and agrees with what was recorded.
    """

    title: str
    name: str
    rule: Rule
    question: Question
    positions: Mapping[str, str]
    decision: Decision
    prior: str = ""
    source: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class NotReplayable:
    """A decision that cannot be put to another rule, and why: ``fault.code`` sorts the reasons.

    Of the file: ``constructed`` (it never was), ``tally_only`` (no positions by name),
    ``differs_from_record`` (the rule does not give what the case expects), ``no_day`` (asked about
    a period).
    """

    title: str
    name: str
    fault: Fault
    place: Place | None = None
    on: date | None = None


def between(
    decisions: Iterable[Past | NotReplayable], period: Period
) -> Iterator[Past | NotReplayable]:
    """Yield the decisions of a period; of whatever has no day it is not known (``no_day``)."""
    for each in decisions:
        day = each.question.on if isinstance(each, Past) else each.on
        if day is None:
            fault = Fault("no_day", "no day is recorded", f"a day in {period}")
            yield NotReplayable(each.title, each.name, fault, each.place)
        elif day in period:
            yield each


def past_in(document: Document, given: Rules | None = None) -> Iterator[Past | NotReplayable]:
    """Yield the decisions that a case file records, in its order.

    Rules are those of the document, of the file it names, or those given. Raises `DataError` where
    the document or a case cannot be read, with its place.
    """
    cases = cases_of(document)
    rules = rules_of(document, given)
    for case, place in cases:
        try:
            yield _read(case, rules, place)
        except ComityError as error:
            raise DataError(
                *(replace(each, place=each.place or place) for each in error.faults)
            ) from None


def _read(case: Any, rules: Rules, place: Place) -> Past | NotReplayable:
    if not isinstance(case, dict):
        raise DataError(Fault("malformed_cases", "a case that is not a set of fields", "fields"))
    check_fields(case)
    title, name = str(case.get("title", "")), str(case["rule"])
    rule = rule_of(case, rules)
    if case.get("constructed"):
        fault = Fault("constructed", "a case that never was", "a decision that was taken")
        return NotReplayable(title, name, fault, place, day_of(case))
    if "positions" not in case:
        found = "only numbers are recorded, and not who took which position"
        fault = Fault("tally_only", found, "positions of members")
        return NotReplayable(title, name, fault, place, day_of(case))
    question, positions = question_of(case)
    finding = decide(rule, question, positions)
    if wrong := differences(case["expect"], finding):
        fault = Fault("differs_from_record", "; ".join(wrong), "a decision as it is recorded")
        return NotReplayable(title, name, fault, place, question.on)
    return Past(
        title=title,
        name=name,
        rule=rule,
        question=question,
        positions=positions,
        decision=finding.value,
        prior=str(case.get("prior") or ""),
        source=str(case.get("source") or ""),
        note=str(case.get("note") or ""),
        place=place,
    )
