"""Check the form of charter files against the published JSON Schema, in sentences of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from comity.charter.parts import CODELISTS, Part, Parts
from comity.kernel.dates import PartialDate, parse_day, parse_instant
from comity.kernel.errors import DataError, Fault, Place, did_you_mean

MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
_TYPES = {
    "object": "a mapping of keys to values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}


def parse_month_day(text: str) -> tuple[int, int]:
    """Read ``MM-DD``; raises `DataError`. The day must exist in every year.

    >>> parse_month_day("07-01")
    (7, 1)
    """
    try:
        if MONTH_DAY.fullmatch(text):
            day = parse_day(f"2001-{text}")
            return day.month, day.day
    except DataError:
        pass
    expected = "a day that every year has, as month and day, such as 07-01"
    raise DataError(Fault("impossible_date", f'"{text[:80]}" is not a month and a day', expected))


_READERS: dict[str, Callable[[str], object]] = {
    "date": parse_day,
    "date-time": parse_instant,
    "partial-date": PartialDate.parse,
    "month-day": parse_month_day,
}


def _checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, reader in _READERS.items():
        kinds = (str, int) if name == "partial-date" else (str,)
        checker.checks(name, raises=DataError)(_format_check(reader, kinds))
    return checker


def _format_check(
    reader: Callable[[str], object], kinds: tuple[type, ...]
) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if type(value) in kinds:  # not isinstance: true is an int as well
            reader(str(value))
        return True

    return check


@lru_cache(maxsize=8)
def schema_of(part: str) -> dict[str, Any]:
    """Return the JSON Schema of a part: ``charter``, or a code list such as ``parties``."""
    text = resources.files("comity.charter").joinpath("charter.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    name = part if part == "charter" else f"{part}_file"
    return schema | {"$id": f"urn:comity:{part}:1", "$ref": f"#/$defs/{name}"}


@lru_cache(maxsize=8)
def _validator(part: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(part), format_checker=_checker())


def faults_of_form(parts: Parts) -> Iterator[Fault]:
    """Yield every fault of form in the rules and the code lists."""
    yield from _faults("charter", parts.rules)
    for name in CODELISTS:
        if name in parts.codelists:
            yield from _faults(name, parts.codelists[name])


def _faults(name: str, part: Part) -> Iterator[Fault]:
    for error in _validator(name).iter_errors(part.data):
        yield from _translate(error, part)


def _translate(error: ValidationError, part: Part) -> Iterator[Fault]:
    path = tuple(error.absolute_path)
    place = part.place(*path)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, part, path)
    elif "propertyNames" in error.absolute_schema_path:
        yield _malformed(error, part.place(*path, str(error.instance)))
    else:
        yield _SENTENCES.get(str(error.validator), _other)(error, place)


def _unknown_keys(
    error: ValidationError, part: Part, path: tuple[str | int, ...]
) -> Iterator[Fault]:
    known = sorted(error.schema["properties"])
    for key in error.instance:
        if key not in known:
            yield Fault(
                "unknown_key",
                f'the key "{key}"',
                f"one of {', '.join(known)}",
                did_you_mean(key, known),
                place=part.place(*path, key),
            )


def shown(value: object) -> str:
    """Say what a value is, shortly: ``the text "abc"``, ``a list``, ``nothing``."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the text "{value[:80]}"'
    return "a list" if isinstance(value, list) else "a mapping"


def _key(error: ValidationError) -> str:
    path = error.absolute_path
    return f'under "{path[-1]}", ' if path else ""


def _wrong_type(error: ValidationError, place: Place) -> Fault:
    wanted = error.validator_value
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    expected = " or ".join(_TYPES[kind] for kind in kinds)
    advice = ""
    if kinds == ["array"] and isinstance(error.instance, str):
        advice = f"Write [{error.instance[:80]}]."
    elif kinds == ["string"] and isinstance(error.instance, int):
        advice = f'Write "{str(error.instance).lower()}" in quotation marks.'
    return Fault("wrong_type", _key(error) + shown(error.instance), expected, advice, place=place)


def _missing_key(error: ValidationError, place: Place) -> Fault:
    missing = [key for key in error.validator_value if key not in error.instance]
    # jsonschema reports each missing key by itself: its message begins with the key.
    key = next(each for each in missing if error.message.startswith(repr(each)))
    meaning = error.schema["properties"][key].get("description", "")
    return Fault("missing_key", f'no key "{key}"', f'the key "{key}"', meaning, place=place)


def _not_allowed(error: ValidationError, place: Place) -> Fault:
    allowed = error.validator_value if error.validator == "enum" else [error.validator_value]
    words = [str(each) for each in allowed]
    expected = f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    expected = "a list, or all" if words == ["all"] else expected
    advice = did_you_mean(error.instance, words) if isinstance(error.instance, str) else ""
    return Fault(
        "value_not_allowed", _key(error) + shown(error.instance), expected, advice, place=place
    )


def _malformed(error: ValidationError, place: Place) -> Fault:
    expected = str(error.schema.get("description", "another form"))
    return Fault("malformed_identifier", shown(error.instance), expected, place=place)


def _impossible_date(error: ValidationError, place: Place) -> Fault:
    cause = error.cause
    found = cause.faults[0] if isinstance(cause, DataError) else Fault("", error.message)
    return Fault("impossible_date", _key(error) + found.found, found.expected, place=place)


def _empty(error: ValidationError, place: Place) -> Fault:
    return Fault("empty_value", _key(error) + "nothing is given", "at least one entry", place=place)


def _repeated(error: ValidationError, place: Place) -> Fault:
    items = error.instance
    twice = next(each for n, each in enumerate(items) if each in items[:n])
    return Fault(
        "repeated_value", f"{_key(error)}{shown(twice)} twice", "each entry once", place=place
    )


def _out_of_range(error: ValidationError, place: Place) -> Fault:
    found = _key(error) + shown(error.instance)
    return Fault("out_of_range", found, f"at least {error.validator_value}", place=place)


def _other(error: ValidationError, place: Place) -> Fault:
    return Fault("malformed_value", _key(error) + error.message[:200], place=place)


_SENTENCES: dict[str, Callable[[ValidationError, Place], Fault]] = {
    "type": _wrong_type,
    "required": _missing_key,
    "enum": _not_allowed,
    "const": _not_allowed,
    "pattern": _malformed,
    "format": _impossible_date,
    "minItems": _empty,
    "minProperties": _empty,
    "minLength": _empty,
    "uniqueItems": _repeated,
    "minimum": _out_of_range,
}
