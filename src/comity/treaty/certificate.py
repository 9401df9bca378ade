"""What somebody needs who wants to check an answer with a program of their own.

A certificate names the consents that were counted, what every test came to on the day the condition
was met and on the day before, and every step of every date. It says nothing that cannot be compared
with the rules and the record (docs/reference/algorithms/entry-into-force.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from comity.decision.model import HEADS
from comity.decision.numbers import Number, text_of
from comity.kernel.canonical import JSON
from comity.treaty.conditions import Conditions, Reckoning
from comity.treaty.counting import Reckoned
from comity.treaty.fold import read
from comity.treaty.model import Test, Treaty
from comity.treaty.record import NOTHING_AROUND, Around, Record
from comity.treaty.status import Bound, Status

FORMAT = "comity-treaty-certificate/1"


def certificate(
    treaty: Treaty,
    record: Record,
    on: date,
    *,
    known_at: datetime | None = None,
    around: Around = NOTHING_AROUND,
) -> dict[str, JSON]:
    """Return the certificate of the status on a day as plain data; raises what `status_of` raises.

    Numbers are exact texts (`comity.decision.numbers.text_of`), days ``YYYY-MM-DD``.
    """
    status, conditions = read(treaty, record, on, known_at=known_at, around=around)
    return {
        "format": FORMAT,
        "treaty": treaty.id,
        "on": on.isoformat(),
        "stage": status.stage,
        "consents": [
            {
                "party": each.party,
                "act": each.act,
                "kind": each.kind,
                "on": _day(each.period[0].start),
                "until": _day(each.period[0].end),
            }
            for each in conditions.standing
        ],
        "met_on": _day(status.met_on),
        "tests": _tests(status.reckonings, conditions, status.met_on or on),
        "tests_before": _tests_before(status, conditions),
        "steps": _steps(status.steps, treaty.counting.id),
        "computed": _day(status.computed_on),
        "held_back": _day(status.held_back),
        "enters_on": _day(status.enters_on),
        "ended_on": _day(status.ended_on),
        "parties": {
            name: [_bound(bound, treaty.counting.id) for bound in each.bound]
            for name, each in status.parties.items()
            if each.bound
        },
        "grounds": list(status.because),
    }


def _tests_before(status: Status, conditions: Conditions) -> list[JSON]:
    entry = status.treaty.entry
    if entry is None or status.met_on is None or status.met_on == date.min:
        return []
    day = status.met_on - timedelta(days=1)
    return _tests(conditions.reckonings(entry.when, day), conditions, day)


def _tests(found: Iterable[Reckoning], conditions: Conditions, day: date) -> list[JSON]:
    return [_test(each, conditions, day) for each in found]


def _test(found: Reckoning, conditions: Conditions, day: date) -> JSON:
    weight = found.leaf.weight if isinstance(found.leaf, Test) else HEADS
    return {
        "test": type(found.leaf).__name__.lower(),
        "article": found.leaf.article,
        "met": found.met,
        "counted": text_of(found.counted),
        "required": text_of(found.required),
        "strictly_more": found.strict,
        "base": _number(found.base),
        "parties": {
            who: text_of(conditions.holding.weight(weight, who).at(day)) for who in found.parties
        },
        "absent": list(found.absent),
        "acts": list(found.acts),
    }


def _bound(bound: Bound, counting: str) -> JSON:
    return {
        "since": _day(bound.since),
        "until": _day(bound.until),
        "determined": bound.determined,
        "steps": _steps(bound.steps, counting),
        "article": bound.article,
        "acts": list(bound.acts),
    }


def _steps(steps: Iterable[Reckoned], own: str) -> list[JSON]:
    return [
        {
            "unit": each.step.unit,
            "number": each.step.number,
            "counting": each.step.counting.id if each.step.counting else own,
            "from": _day(each.start),
            "to": _day(each.end),
        }
        for each in steps
    ]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: Number | None) -> str | None:
    return None if number is None else text_of(number)
