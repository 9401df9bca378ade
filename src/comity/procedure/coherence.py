"""Check that conditions, periods, deadlines and calendars say something, and one thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from comity.kernel.dates import Period, parse_day
from comity.kernel.errors import DataError, Fault
from comity.kernel.trees import Path, find, mapping
from comity.procedure.calendars import UNITS, WEEKDAYS
from comity.procedure.events import KINDS
from comity.procedure.tree import Tree, listed, steps, texts, versions

CONDITION_KINDS = ("counts_as", "reason", "text", "count", "times", "since", "length")
# Which conditions are bounded by a number, and which by a period; the others by nothing.
BOUNDED_BY = {"count": int, "times": int, "since": dict, "length": dict}
BOUNDS = ("at_least", "at_most")


def _conditions(tree: Tree) -> Iterator[Fault]:
    for path, procedure in versions(tree):
        for below, step in steps(procedure):
            for number, condition in enumerate(listed(step.get("when"))):
                if isinstance(condition, dict):
                    at = (*path, *below, "when", number)
                    yield from _condition(tree, condition, "outcomes" in below, at)


def _condition(
    tree: Tree, condition: dict[str, Any], of_answer: bool, path: Path
) -> Iterator[Fault]:
    kinds = [each for each in CONDITION_KINDS if each in condition]
    if len(kinds) != 1:
        found = " and ".join(kinds) if kinds else "a condition that says nothing"
        expected = f"one of {', '.join(CONDITION_KINDS)}"
        yield tree.wrong("condition_unclear", found, expected, "Write each by itself.", *path)
        return
    kind = kinds[0]
    if of_answer and kind not in ("count", "times", "since"):
        yield tree.wrong(
            "condition_unclear", f'"{kind}" asked after a decision', "count, times or since",
            "What the event says is asked before the decision.", *path, kind,
        )  # fmt: skip
    bounds = [each for each in BOUNDS if each in condition]
    wanted = BOUNDED_BY.get(kind)
    if wanted is None:
        for each in bounds:
            found, expected = f'"{each}" beside "{kind}"', f'"{kind}" alone'
            yield tree.wrong("condition_unclear", found, expected, "", *path, each)
        return
    if not bounds:
        yield tree.wrong(
            "condition_unclear", f'"{kind}" without a bound', "at_least or at_most", "", *path
        )
    for each in bounds:
        if isinstance(condition[each], int | dict) and not isinstance(condition[each], wanted):
            expected = "a number" if wanted is int else "a period such as {days: 3}"
            found = f'"{kind}" bounded by {"a period" if wanted is int else "a number"}'
            yield tree.wrong("condition_unclear", found, expected, "", *path, each)


def _spans(tree: Tree) -> Iterator[Fault]:
    """Every period has one unit, and says nothing that its unit cannot have."""
    for path, procedure in versions(tree):
        places = [
            *find(procedure, "stages.*.deadline.period"),
            *find(procedure, "stages.*.binds.after"),
        ]
        for below, step in steps(procedure):
            for number, condition in enumerate(listed(step.get("when"))):
                places += [
                    ((*below, "when", number, each), mapping(condition).get(each))
                    for each in BOUNDS
                ]
        for below, span in places:
            if isinstance(span, dict):
                yield from _span(tree, span, (*path, *below))
                if "calendar" not in procedure and not span.keys() <= {"clock_hours"}:
                    yield tree.wrong(
                        "missing_calendar", "a period in days without a calendar",
                        "the key calendar at the procedure", "", *path, *below,
                    )  # fmt: skip


def _span(tree: Tree, span: dict[str, Any], path: Path) -> Iterator[Fault]:
    units = [each for each in UNITS if each in span]
    if len(units) != 1:
        found = " and ".join(units) if units else "a period without a length"
        yield tree.wrong("period_unclear", found, f"one of {', '.join(UNITS)}", "", *path)
        return
    for key, found in (("ends", "end at a time of day"), ("then", "end on another day")):
        if key in span and units == ["clock_hours"]:
            yield tree.wrong(
                "period_unclear", f"hours that {found}", "days, or hours alone", "", *path, key
            )
    if "month_end" in span and units != ["months"]:
        yield tree.wrong(
            "period_unclear", f'"month_end" beside "{units[0]}"', "months", "", *path, "month_end"
        )


def _deadlines(tree: Tree) -> Iterator[Fault]:
    """A deadline leads on, and no chain of deadlines leads back: nothing would ever end it."""
    for path, procedure in versions(tree):
        leads: dict[str, set[str]] = {}
        for below, step in steps(procedure):
            if len(below) < 3 or below[2] != "deadline":
                continue
            leads.setdefault(str(below[1]), set()).add(str(step.get("to", "")))
            if step.get("restarts") is True:
                yield _circle(tree, str(below[1]), (*path, *below, "restarts"))
        for stage in leads:
            if stage in _reached(leads, stage):
                yield _circle(tree, stage, (*path, "stages", stage, "deadline"))
        for name, stage in mapping(procedure.get("stages")).items():
            yield from _deadline_from(tree, mapping(mapping(stage).get("deadline")), procedure,
                                      (*path, "stages", name, "deadline"))  # fmt: skip


def _reached(leads: dict[str, set[str]], start: str) -> set[str]:
    seen, front = set[str](), set(leads.get(start, ()))
    while front - seen:
        seen |= front
        front = {each for name in front for each in leads.get(name, ())}
    return seen


def _circle(tree: Tree, stage: str, path: Path) -> Fault:
    return tree.wrong(
        "endless_deadlines", f'deadlines alone lead from the stage "{stage}" back to it',
        "an event somewhere on the way", "", *path,
    )  # fmt: skip


def _deadline_from(
    tree: Tree, deadline: dict[str, Any], procedure: dict[str, Any], path: Path
) -> Iterator[Fault]:
    taken = {str(each) for _, each in find(procedure, "stages.*.takes.[].event")}
    since = deadline.get("since")
    if isinstance(since, str) and since in KINDS and since not in taken:
        yield tree.wrong(
            "event_never_taken", f'a period since "{since}", which no stage takes',
            f"one of {', '.join(sorted(taken))}", "", *path, "since",
        )  # fmt: skip


def _periods(tree: Tree) -> Iterator[Fault]:
    for path, several in find(tree.sections, "procedures.*"):
        each_version = several if isinstance(several, list) else [several]
        placed = [
            (((*path, n) if isinstance(several, list) else path), _period(each))
            for n, each in enumerate(each_version)
            if isinstance(each, dict)
        ]
        for at, period in placed:
            yield from _reversed(tree, period, at)
        for (_, one), (at, other) in combinations(placed, 2):
            if one.overlaps(other):
                yield tree.wrong(
                    "versions_overlap",
                    f'two versions of "{path[1]}" hold at once: {one} and {other}',
                    "periods that share no day",
                    "Give the older one an until: the day from which the newer one holds.", *at,
                )  # fmt: skip


def _reversed(tree: Tree, period: Period, path: Path) -> Iterator[Fault]:
    if period.start and period.end and period.start >= period.end:
        yield tree.wrong(
            "period_reversed", f"from {period.start} until {period.end}",
            "an until later than from", "", *path, "until",
        )  # fmt: skip


def _period(data: dict[str, Any]) -> Period:
    return Period(_day(data.get("from")), _day(data.get("until")))


def _day(value: object) -> date | None:
    try:
        return parse_day(value) if isinstance(value, str) else None
    except DataError:
        return None


def _calendars(tree: Tree) -> Iterator[Fault]:
    for name, calendar in tree.entries("calendars").items():
        path = ("calendars", name)
        data = mapping(calendar)
        if {*texts(data.get("weekend"))} >= {*WEEKDAYS}:
            yield tree.wrong(
                "never_open", "a weekend of seven days", "a day on which the office works", "",
                *path, "weekend",
            )  # fmt: skip
        opens, closes = data.get("opens", "09:00"), data.get("closes", "18:00")
        if isinstance(opens, str) and isinstance(closes, str) and opens >= closes:
            found, expected = f"open from {opens} to {closes}", "a closing later than the opening"
            yield tree.wrong("never_open", found, expected, "", *path, "closes")
        yield from _reversed(tree, _period(mapping(data.get("covers"))), (*path, "covers"))
        yield from _repeated_days(tree, data, path)


def _repeated_days(tree: Tree, calendar: dict[str, Any], path: Path) -> Iterator[Fault]:
    seen: set[str] = set()
    for section in ("holidays", "working_days"):
        for below, day in find(calendar, f"{section}.[].on"):
            if isinstance(day, str) and day in seen:
                yield tree.wrong(
                    "repeated_day", f"{day} twice", "each day once, as one or the other", "",
                    *path, *below,
                )  # fmt: skip
            seen.add(str(day))


COHERENCE = (
    _conditions,
    _spans,
    _deadlines,
    _periods,
    _calendars,
)
