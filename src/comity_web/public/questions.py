"""What a reader asks: the day, the moment of knowledge and the basis, read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from comity.kernel.dates import parse_day, parse_instant
from comity.kernel.errors import DataError, Fault

NAMES = ("on", "known_at", "basis")


@dataclass(frozen=True, slots=True)
class Question:
    """A day, the moment of knowledge and a basis; ``given`` are those that the address names."""

    on: date
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


def read(parameters: Mapping[str, str]) -> Question:
    """Read a question; raises `BadQuestion` saying what a date looks like."""
    texts = {name: parameters.get(name, "").strip() for name in NAMES}
    return Question(
        on=_day("on", texts["on"]) if texts["on"] else today(),
        known_at=_moment("known_at", texts["known_at"]) if texts["known_at"] else None,
        basis=texts["basis"] or None,
        given=tuple((name, text) for name, text in texts.items() if text),
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
