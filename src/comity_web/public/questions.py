"""What a reader asks: the day, the moment of knowledge and the basis, read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from comity.kernel.dates import parse_day, parse_instant
from comity.kernel.errors import DataError, Fault

NAMES = ("on", "known_at", "basis")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Question:
    """A day, the moment of knowledge and a basis; ``given`` are those that the address names.

    ``today`` is the day of the request: one for all that is said in the answer.
    """

    on: date
    today: date
    known_at: date | datetime | None = None
    basis: str | None = None
    given: tuple[tuple[str, str], ...] = ()

    @property
    def suffix(self) -> str:
        """What an address has to end in to ask the same again."""
        return "?" + urlencode(self.given) if self.given else ""

    def other(self, **changes: str) -> str:
        """Return the end of an address that asks the same but for ``changes``."""
        given = {**dict(self.given), **changes}
        ordered = [(name, given[name]) for name in NAMES if given.get(name)]
        return "?" + urlencode(ordered)


class BadQuestion(DataError):
    """A question that cannot be read; ``name`` is the field of the form, ``text`` what it held."""

    def __init__(self, name: str, text: str, fault: Fault) -> None:
        super().__init__(fault)
        self.name = name
        self.text = text


def today() -> date:
    """Return the present day in UTC, which is what a question without a day is about."""
    return datetime.now(UTC).date()


def asked(parameters: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what an address asks, in one order and without what no page knows."""
    texts = ((name, parameters.get(name, "").strip()) for name in NAMES)
    return tuple((name, text) for name, text in texts if text)


def read(parameters: Mapping[str, str], today: date) -> Question:
    """Read a question; raises `BadQuestion` saying what a date looks like."""
    given = asked(parameters)
    for name, text in given:
        if len(text) > LONGEST:
            found = f'"{name}" has {len(text)} characters'
            fault = Fault("too_long", found, f"at most {LONGEST} characters")
            raise BadQuestion(name, text, fault)
    texts = dict(given)
    return Question(
        on=_day("on", texts["on"]) if "on" in texts else today,
        today=today,
        known_at=_moment("known_at", texts["known_at"]) if "known_at" in texts else None,
        basis=texts.get("basis"),
        given=given,
    )


def _day(name: str, text: str) -> date:
    try:
        return parse_day(text)
    except DataError as error:
        raise BadQuestion(name, text, error.faults[0]) from error


def _moment(name: str, text: str) -> date | datetime:
    if "T" not in text:
        return _day(name, text)
    try:
        return parse_instant(text)
    except DataError as error:
        raise BadQuestion(name, text, error.faults[0]) from error
