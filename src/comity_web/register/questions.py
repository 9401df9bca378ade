"""What a reader asks, read from the address.

Every page takes the day, the moment of knowledge and the basis; a page may take more of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from urllib.parse import quote_plus, urlencode

from comity.kernel.dates import parse_day, parse_moment
from comity.kernel.errors import DataError, Fault

NAMES = ("on", "known_at", "basis")
LONGEST = 200

_quoted = lru_cache(maxsize=4096)(quote_plus)  # a page repeats what it was asked in every link


@dataclass(frozen=True, slots=True)
class Question:
    """A day, the moment of knowledge and a basis; ``given`` are those that the address names.

    ``today`` is the day of the request: one for all that is said in the answer. ``own`` is what
    the address gives of the page's own parameters; other pages do not take them.
    """

    on: date
    today: date
    known_at: date | datetime | None = None
    basis: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    own: tuple[tuple[str, str], ...] = ()

    @property
    def suffix(self) -> str:
        """What the address of another page has to end in to ask the same of it."""
        return "?" + urlencode(self.given) if self.given else ""

    @property
    def whole(self) -> str:
        """All that is asked of this page, in one order."""
        return urlencode([*self.given, *self.own])

    def other(self, **changes: str) -> str:
        """Return the end of an address that asks this page the same but for ``changes``.

        What is changed to nothing is left out.
        """
        given = {**dict(self.given), **dict(self.own), **changes}
        names = dict.fromkeys([*NAMES, *given])
        fields = [f"{_quoted(each)}={_quoted(given[each])}" for each in names if given.get(each)]
        return "?" + "&".join(fields)


class BadQuestion(DataError):
    """A question that cannot be read; ``name`` is the field of the form, ``text`` what it held."""

    def __init__(self, name: str, text: str, fault: Fault) -> None:
        super().__init__(fault)
        self.name = name
        self.text = text


def today() -> date:
    """Return the present day in UTC, which is what a question without a day is about."""
    return datetime.now(UTC).date()


def asked(
    parameters: Mapping[str, str], names: Iterable[str] = NAMES
) -> tuple[tuple[str, str], ...]:
    """Return what an address asks by these names, in their order, without what says nothing."""
    texts = ((name, parameters.get(name, "").strip()) for name in names)
    return tuple((name, text) for name, text in texts if text)


def read(parameters: Mapping[str, str], today: date, own: Iterable[str] = ()) -> Question:
    """Read a question to a page that takes parameters of its ``own``; raises `BadQuestion`."""
    given, of_the_page = asked(parameters), asked(parameters, own)
    for name, text in (*given, *of_the_page):
        if len(text) > LONGEST:
            found = f'"{name}" has {len(text)} characters'
            fault = Fault("too_long", found, f"at most {LONGEST} characters")
            raise BadQuestion(name, text, fault)
    texts = dict(given)
    return Question(
        on=read_day("on", texts["on"]) if "on" in texts else today,
        today=today,
        known_at=_moment("known_at", texts["known_at"]) if "known_at" in texts else None,
        basis=texts.get("basis"),
        given=given,
        own=of_the_page,
    )


def page_number(text: str) -> int:
    """Read the number of a page of a list, the first where none is given; raises `BadQuestion`."""
    if not text:
        return 1
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        fault = Fault("not_a_page", f'"{text}" is not the number of a page', "1 to 999999")
        raise BadQuestion("page", text, fault)
    return int(text)


def one_of(name: str, text: str, offered: Iterable[str]) -> str:
    """Return a parameter that is one of those ``offered``, or nothing; raises `BadQuestion`."""
    known = list(offered)
    if text and text not in known:
        fault = Fault("not_offered", f'"{name}" is "{text}"', f"one of {', '.join(known)}")
        raise BadQuestion(name, text, fault)
    return text


def read_day(name: str, text: str) -> date:
    """Read a day from the field ``name``; raises `BadQuestion`."""
    try:
        return parse_day(text)
    except DataError as error:
        raise BadQuestion(name, text, error.faults[0]) from error


def _moment(name: str, text: str) -> date | datetime:
    try:
        return parse_moment(text)
    except DataError as error:
        raise BadQuestion(name, text, error.faults[0]) from error
