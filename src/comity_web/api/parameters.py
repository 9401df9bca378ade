"""What an address may ask: each parameter with its meaning, its schema and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_noop

from comity.kernel.dates import parse_day, parse_moment
from comity.kernel.errors import DataError, Fault, Place, UnknownName, check_known, did_you_mean
from comity.register.register import OrganisationRecord
from comity_web.register.questions import LONGEST, Question

DAY: Mapping[str, object] = {"type": "string", "format": "date"}
TEXT: Mapping[str, object] = {"type": "string", "minLength": 1, "maxLength": LONGEST}
MOMENT: Mapping[str, object] = {
    **TEXT,
    "pattern": r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z)?$",
}
_FAULTS_TOLD = 20
_SHOWN = 60


def _text(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; ``read`` gives its value from the text, or raises `DataError`.

    ``find`` looks up what it names in the organisation asked, and raises `UnknownName`.
    """

    name: str
    about: str
    schema: Mapping[str, object] = field(default_factory=lambda: TEXT)
    read: Callable[[str], Any] = _text
    required: bool = False
    find: Callable[[OrganisationRecord, str], object] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: the question, and the values of an operation's own parameters.

    ``given`` has their texts, in the order in which the operation declares them.
    """

    question: Question
    own: Mapping[str, Any]
    given: tuple[tuple[str, str], ...]

    @property
    def suffix(self) -> str:
        """What an address has to end in to ask the same again."""
        return self.other()

    def other(self, **changes: str) -> str:
        """Return the end of an address that asks the same but for ``changes``."""
        given = {**dict(self.given), **changes}
        return "?" + urlencode(given) if given else ""

    def text(self, name: str) -> str:
        """Return a parameter that is text; ``""`` where it is not given."""
        return str(self.own.get(name, ""))


def one_of(*words: str) -> tuple[Mapping[str, object], Callable[[str], str]]:
    """Return schema and reading of a parameter that is one of a few words."""

    def read(text: str) -> str:
        if text not in words:
            near = did_you_mean(text, words)
            found = f'"{text[:_SHOWN]}"'
            raise DataError(Fault("not_offered", found, f"one of {', '.join(words)}", near))
        return text

    return {"type": "string", "enum": list(words)}, read


def number(least: int, most: int) -> tuple[Mapping[str, object], Callable[[str], int]]:
    """Return schema and reading of a parameter that is a whole number."""

    def read(text: str) -> int:
        digits = len(str(most))
        if re.fullmatch(rf"\d{{1,{digits}}}", text, re.ASCII) and least <= int(text) <= most:
            return int(text)
        found, expected = f'"{text[:_SHOWN]}"', f"a whole number from {least} to {most}"
        raise DataError(Fault("not_a_number", found, expected))

    return {"type": "integer", "minimum": least, "maximum": most}, read


ON = Parameter(
    "on",
    gettext_noop("The day of legal effect; left out: today in UTC."),
    DAY,
    parse_day,
)
KNOWN_AT = Parameter(
    "known_at",
    gettext_noop(
        "A day, or an instant in UTC: acts recorded later are left aside. Left out: all that is "
        "recorded."
    ),
    MOMENT,
    parse_moment,
)
BASIS = Parameter(
    "basis",
    gettext_noop("A basis of counting that the rules define; left out: their default."),
    find=lambda record, name: check_known("basis", name, record.charter.bases),
)
QUESTION = (ON, KNOWN_AT, BASIS)


def read(
    query: QueryDict,
    declared: Iterable[Parameter],
    today: date,
    record: OrganisationRecord | None = None,
) -> Asked:
    """Read what an address asks; raises `DataError` with all that is wrong, each in its place.

    Names are looked up in ``record``, the organisation asked, where there is one.
    """
    known = {each.name: each for each in declared}
    faults = [_unknown(name, known) for name in query if name not in known]
    values: dict[str, Any] = {}
    for name, each in known.items():
        try:
            if name in query or each.required:
                values[name] = _value(each, query.getlist(name), record)
        except (DataError, UnknownName) as error:
            faults += [replace(fault, place=Place(name)) for fault in error.faults]
    if faults:
        raise DataError(*faults[:_FAULTS_TOLD])
    given = tuple((name, str(query[name])) for name in known if name in query)
    return Asked(_question(values, given, today), values, given)


def _unknown(name: str, known: Iterable[str]) -> Fault:
    names = sorted(known)
    expected = f"one of {', '.join(names)}" if names else "no parameter"
    found = f'no parameter "{name[:_SHOWN]}" here'
    near = did_you_mean(name[:LONGEST], names)
    return Fault("unknown_parameter", found, expected, near, Place(name[:_SHOWN]))


def _value(parameter: Parameter, texts: list[str], record: OrganisationRecord | None) -> Any:
    if not texts:
        raise DataError(Fault("missing_parameter", "it is not given", parameter.about))
    if len(texts) > 1:
        raise DataError(Fault("repeated_parameter", f"it is given {len(texts)} times", "once"))
    if not texts[0]:
        raise DataError(Fault("empty_value", "nothing after =", "a value, or no such parameter"))
    if len(texts[0]) > LONGEST:
        found = f"{len(texts[0])} characters"
        raise DataError(Fault("too_long", found, f"at most {LONGEST} characters"))
    if parameter.find and record:
        parameter.find(record, texts[0])
    return parameter.read(texts[0])


def _question(
    values: Mapping[str, Any], given: tuple[tuple[str, str], ...], today: date
) -> Question:
    names = [each.name for each in QUESTION]
    return Question(
        on=values.get("on", today),
        today=today,
        known_at=values.get("known_at"),
        basis=values.get("basis"),
        given=tuple((name, text) for name, text in given if name in names),
    )
