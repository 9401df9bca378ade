"""Decisions that case files record, and whether a change can be put to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from comity.cli.questions import refused
from comity.cli.rulebook import Rulebook
from comity.cli.weights import missing
from comity.decision.cases import holds_decisions
from comity.decision.counting import unweighed
from comity.decision.model import ALWAYS
from comity.decision.past import NotReplayable, Past, between, past_in
from comity.decision.replay import Change, Replay, asked_then, question_now, replay, rule_now
from comity.kernel import documents
from comity.kernel.dates import Period
from comity.kernel.errors import ComityError, DataError, Fault, UnknownName, check_known, unknown
from comity.register.cases import case_files

Recorded = Past | NotReplayable


@dataclass(frozen=True, slots=True)
class Asked:
    """Decisions under a rule (by its name), during a period, of a file or of the organisation."""

    name: str
    period: Period = ALWAYS
    file: str = ""


def decisions_of(book: Rulebook, asked: Asked) -> tuple[Recorded, ...]:
    """Return the decisions under a rule in the order of their days; raises `DataError` for none."""
    check_known("rule", asked.name, book.rules.versions)
    files = _files(book, asked.file)
    every = [each for file in files for each in _read(book, file, asked.file)]
    found = [each for each in every if asked.name in _names(each)]
    if asked.period != ALWAYS:
        found = [*between(found, asked.period)]
    if not found:
        named = sorted({each.name for each in every})
        fault = Fault(
            "no_decisions",
            f'no decision under "{asked.name}" in {len(files)} files of cases of {book.id}',
            f"one of {', '.join(named)}" if named else "--replay CASES.yaml",
            "Or another period." if asked.period != ALWAYS else "",
        )
        raise DataError(fault)
    return tuple(sorted(found, key=lambda each: _day_of(each) or date.max))


def members_of(decisions: Iterable[Recorded]) -> Iterator[str]:
    """Yield the members of decisions, as they are named there."""
    for each in decisions:
        if isinstance(each, Past):
            yield from each.question.members


def replay_of(book: Rulebook, decisions: Sequence[Recorded], change: Change) -> Replay:
    """Put decisions to a change.

    Raises `DataError` where a weight of who joins is missing, or stands beside tables that may be
    in different units; `UnknownName` for who is no member.
    """
    named = [each for each in decisions if isinstance(each, Past)]
    _check_members(named, change)
    _check_weights(book, named, change)
    return replay(decisions, book.rules, change)


def _day_of(each: Recorded) -> date | None:
    return each.question.on if isinstance(each, Past) else each.on


def _names(each: Recorded) -> set[str]:
    return {each.name, each.rule.id} if isinstance(each, Past) else {each.name}


def _files(book: Rulebook, file: str) -> list[Path]:
    if file:
        return [Path(file)]
    if book.folder is None:
        raise refused("--replay without cases, of rules in a file", "--replay CASES.yaml")
    return case_files(book.folder)


def _read(book: Rulebook, file: Path, named: str) -> Iterator[Recorded]:
    document = documents.read(file)
    if named or holds_decisions(document.data):
        yield from past_in(document, book.rules)


def _check_members(decisions: list[Past], change: Change) -> None:
    if not decisions:
        return
    then = {*members_of(decisions)}
    now = then | {*change.joining}
    for kind in (change.groups, change.roles, change.weights):
        for member in (each for members in kind.values() for each in members):
            if member not in now:
                raise UnknownName(unknown("member", member, now))
    for member in change.leaving:
        if member not in then:
            raise UnknownName(unknown("member", member, then))
    for member in change.joining:
        if all(member in asked_then(each) for each in decisions):
            found = f'--joining "{member}", who took part in each of these decisions'
            raise refused(found, "somebody who was no member, or was not asked")


def _check_weights(book: Rulebook, decisions: list[Past], change: Change) -> None:
    """Refuse a weight of who joins that is missing, or that may be in the unit of another table."""
    faults: dict[str, Fault] = {}
    tables: dict[str, set[object]] = {name: set() for name in change.weights}
    for past in decisions:
        try:
            rule, question = (
                rule_now(past, book.rules, change),
                question_now(past, book.rules, change),
            )
            lacking = unweighed(rule, question)
        except ComityError:
            continue  # it is not replayable, and that is told with the reason
        of_joining = {
            weight: tuple(each for each in who if each in change.joining)
            for weight, who in lacking.items()
        }
        for fault in missing(rule, of_joining, question.on):
            faults.setdefault(fault.expected, fault)
        for weight in change.weights.keys() & rule.weights.keys():
            table = rule.weights[weight].on(question.on)
            own = past.question.weights.get(weight)
            tables[weight].add(tuple(own.items()) if own else table.period if table else None)
    faults |= {each: _several(each) for each, known in tables.items() if len(known) > 1}
    if faults:
        raise DataError(*faults.values())


def _several(weight: str) -> Fault:
    return Fault(
        "weights_of_several_days",
        f'--weight {weight}=…, and the tables of "{weight}" of several days',
        "--on DATE, whose table then holds for all, or --from and --until within one table",
        "Tables may be in different units.",
    )
