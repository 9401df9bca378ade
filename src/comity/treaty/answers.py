"""What a status answers to the questions of a case, in the form in which cases expect it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.decision.numbers import exact, text_of
from comity.kernel.errors import DataError, Fault
from comity.treaty.status import Bound, Status


@dataclass(frozen=True, slots=True)
class Found:
    """The status asked about, and those of the treaties around it."""

    status: Status
    others: Mapping[str, Status]


@dataclass(frozen=True, slots=True)
class Answer:
    """How an answer is found, where need be for what is ``named``, and how it is written."""

    find: Callable[[Found, Any], Any]
    write: Callable[[Any], Any] = lambda value: value


def differences(found: Found, wanted: Mapping[str, Any]) -> Iterator[str]:
    """Yield how answers differ from those wanted."""
    for key, each in wanted.items():
        answer = EXPECTED[key]
        got, expected = answer.write(answer.find(found, each)), answer.write(each)
        if got != expected:
            yield f"{key}: expected {expected}, found {got}"


def _listed(value: Any) -> list[str]:
    return sorted(str(each) for each in _items(value))


def _items(value: Any) -> tuple[Any, ...]:
    if value is not None and not isinstance(value, list | tuple):
        raise DataError(Fault("malformed_cases", f'"{value}" where there can be several', "a list"))
    return tuple(value or ())


def _amounts(value: Any) -> list[str | list[str]]:
    """Write what is missing: names in alphabetical order, numbers as exact text."""
    return [
        _listed(each) if isinstance(each, list | tuple) else text_of(exact(each))
        for each in _items(value)
    ]


def _days(value: Any) -> dict[str, str | None]:
    return {who: str(day) if day else None for who, day in _by_name(value).items()}


def _by_name(value: Any) -> dict[str, Any]:
    if value is not None and not isinstance(value, dict):
        expected = "a value for each one named"
        raise DataError(Fault("malformed_cases", f'"{value}" about several', expected))
    return {str(name): each for name, each in (value or {}).items()}


def _day(value: Any) -> str | None:
    return str(value) if value else None


def _last(found: Found, wanted: Any) -> Iterator[tuple[str, Bound | None]]:
    """Yield for each one named what binds it last."""
    for who in _by_name(wanted):
        party = found.status.parties.get(who)
        yield who, party.bound[-1] if party and party.bound else None


def _since(found: Found, wanted: Any) -> dict[str, date | None]:
    return {
        who: bound.since if bound and not _ended(bound, found.status.on) else None
        for who, bound in _last(found, wanted)
    }


def _ended(bound: Bound, on: date) -> bool:
    return bound.until is not None and bound.until <= on


def _until(found: Found, wanted: Any) -> dict[str, date | None]:
    return {who: bound.until if bound else None for who, bound in _last(found, wanted)}


def _applying(found: Found, _: Any) -> list[str]:
    on = found.status.on
    everybody = found.status.parties.values()
    return [each.party for each in everybody if any(on in spell for spell in each.provisional)]


EXPECTED: Mapping[str, Answer] = {
    "in_force": Answer(lambda found, _: found.status.in_force),
    "stage": Answer(lambda found, _: found.status.stage),
    "met_on": Answer(lambda found, _: found.status.met_on, _day),
    "enters_on": Answer(lambda found, _: found.status.enters_on, _day),
    "because": Answer(lambda found, _: found.status.because, _listed),
    "parties": Answer(_since, _days),
    "number": Answer(lambda found, _: len(found.status.now_bound)),
    "until": Answer(_until, _days),
    "missing": Answer(lambda found, _: found.status.missing, _amounts),
    "provisional": Answer(_applying, _listed),
    "refused": Answer(
        lambda found, _: {each.act: each.code for each in found.status.refused}, _by_name
    ),
    "doubts": Answer(lambda found, _: [each.code for each in found.status.doubts], _listed),
}
