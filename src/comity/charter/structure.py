"""Check the form of charter files against the published JSON Schema, in sentences of our own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from comity.charter.model import Position
from comity.charter.parts import CODELISTS, RULES, TRANSLATIONS, Part, Parts, Path
from comity.kernel.dates import PartialDate, parse_day, parse_instant
from comity.kernel.errors import DataError, Fault, Place, did_you_mean

DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,6})?", re.ASCII)
MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)
_TYPES = {
    "object": "a mapping of keys to values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}

_QUOTE = "Inside { } a comma begins a new key: put a text with a comma in quotation marks."


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


def parse_position(value: Sequence[str | int]) -> Position:
    """Read latitude and longitude in decimal degrees; raises `DataError`.

    >>> parse_position(["39.9", "-116.39"])
    Position(latitude=Decimal('39.9'), longitude=Decimal('-116.39'))
    """
    degrees = [Decimal(str(each)) for each in value if DEGREES.fullmatch(str(each))]
    if len(value) == len(degrees) == 2 and abs(degrees[0]) <= 90 and abs(degrees[1]) <= 180:
        return Position(*degrees)
    found = ", ".join(str(each)[:20] for each in value[:3])
    expected = "latitude (-90 to 90) and longitude (-180 to 180) in degrees, such as [39.9, 116.39]"
    raise DataError(Fault("impossible_position", f"[{found}] is no point on the globe", expected))


# How a format is read, and which types of value it is about.
_READERS: dict[str, tuple[Callable[[Any], object], tuple[type, ...]]] = {
    "date": (parse_day, (str,)),
    "date-time": (parse_instant, (str,)),
    "partial-date": (lambda value: PartialDate.parse(str(value)), (str, int)),
    "month-day": (parse_month_day, (str,)),
    "position": (parse_position, (list,)),
}


def _checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, (reader, kinds) in _READERS.items():
        checker.checks(name, raises=DataError)(_format_check(reader, kinds))
    return checker


def _format_check(
    reader: Callable[[Any], object], kinds: tuple[type, ...]
) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if type(value) in kinds:  # not isinstance: true is an int as well
            reader(value)
        return True

    return check


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the published JSON Schema of all files of a charter."""
    text = resources.files("comity.charter").joinpath("charter.schema.json").read_text("utf-8")
    result: dict[str, Any] = json.loads(text)
    return result


# Where a part is described by another definition than that of its file.
_ROOTS = {RULES: RULES, TRANSLATIONS: "all_translations"}


@lru_cache(maxsize=8)
def _validator(part: str) -> Draft202012Validator:
    definitions = schema()["$defs"]
    root = definitions[_ROOTS.get(part, f"{part}_file")]
    return Draft202012Validator(_inlined(root, definitions), format_checker=_checker())


def _inlined(value: Any, definitions: Mapping[str, Any]) -> Any:
    """Replace references by what they refer to, which saves a third of the time of checking.

    What the place says about a definition becomes its title: the definition's own description
    says what form the value should have.
    """
    if isinstance(value, list):
        return [_inlined(each, definitions) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" not in value:
        return {key: _inlined(each, definitions) for key, each in value.items()}
    target = _inlined(definitions[value["$ref"].removeprefix("#/$defs/")], definitions)
    return {**target, "title": value["description"]} if "description" in value else target


def faults_of_form(parts: Parts) -> Iterator[Fault]:
    """Yield every fault of form in the rules and the code lists."""
    yield from _faults(RULES, parts.rules)
    for name in CODELISTS:
        part = parts.codelists.get(name)
        if part is not None and not (name == TRANSLATIONS and _good_translations(part.data)):
            yield from _faults(name, part)


def _good_translations(data: Any) -> bool:
    """Whether translations have the right form: the schema takes 25 ms for seven hundred texts."""
    languages = data.get(TRANSLATIONS) if isinstance(data, dict) and len(data) == 1 else None
    return isinstance(languages, dict) and all(
        isinstance(texts, dict)
        and all(key and value and isinstance(value, str) for key, value in texts.items())
        for texts in languages.values()
    )


@dataclass(frozen=True, slots=True)
class Misfit:
    """Where a value does not fit the schema: the keyword it offends and what that asks for."""

    keyword: str
    wanted: Any
    value: Any
    schema: Mapping[str, Any]
    path: Path
    is_key: bool
    cause: BaseException | None
    place: Place

    @property
    def where(self) -> str:
        """The key under which the value stands, as the beginning of a sentence."""
        return f'under "{self.path[-1]}", ' if self.path else ""


def _faults(name: str, part: Part) -> Iterator[Fault]:
    for error in _validator(name).iter_errors(part.data):
        misfit = _misfit(error, part)
        if misfit.keyword == "additionalProperties":
            yield from _unknown_keys(misfit, part)
        elif misfit.is_key:
            yield _malformed(misfit)
        elif misfit.keyword == "required":
            yield _missing_key(misfit, error.message)
        else:
            yield _SENTENCES[misfit.keyword](misfit)


def _misfit(error: ValidationError, part: Part) -> Misfit:
    path = tuple(error.absolute_path)
    is_key = "propertyNames" in error.absolute_schema_path
    at = (*path, str(error.instance)) if is_key else path
    return Misfit(
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        schema=error.schema if isinstance(error.schema, Mapping) else {},
        path=path,
        is_key=is_key,
        cause=error.cause if isinstance(error.cause, BaseException) else None,
        place=part.place(*at),
    )


def _unknown_keys(misfit: Misfit, part: Part) -> Iterator[Fault]:
    known = sorted(misfit.schema["properties"])
    for key in misfit.value:
        if key not in known:
            yield Fault(
                "unknown_key",
                f'the key "{key}"',
                f"one of {', '.join(known)}",
                did_you_mean(key, known),
                place=part.place(*misfit.path, key),
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


def _wrong_type(misfit: Misfit) -> Fault:
    kinds = [misfit.wanted] if isinstance(misfit.wanted, str) else list(misfit.wanted)
    expected = " or ".join(_TYPES[kind] for kind in kinds)
    advice = ""
    if kinds == ["array"] and isinstance(misfit.value, str):
        advice = f"Write [{misfit.value[:80]}]."
    elif kinds == ["string"] and isinstance(misfit.value, int):
        advice = f'Write "{str(misfit.value).lower()}" in quotation marks.'
    found = misfit.where + shown(misfit.value)
    return Fault("wrong_type", found, expected, advice, place=misfit.place)


def _missing_key(misfit: Misfit, message: str) -> Fault:
    # jsonschema reports each missing key by itself: its message begins with the key.
    missing = [key for key in misfit.wanted if key not in misfit.value]
    key = next(each for each in missing if message.startswith(repr(each)))
    value = misfit.schema["properties"][key]
    meaning = str(value.get("title") or value.get("description", ""))
    return Fault("missing_key", f'no key "{key}"', f'the key "{key}"', meaning, place=misfit.place)


def _not_allowed(misfit: Misfit) -> Fault:
    allowed = misfit.wanted if misfit.keyword == "enum" else [misfit.wanted]
    words = [str(each) for each in allowed]
    expected = f"one of {', '.join(words)}" if len(words) > 1 else words[0]
    expected = "a list, or all" if words == ["all"] else expected
    advice = did_you_mean(misfit.value, words) if isinstance(misfit.value, str) else ""
    found = misfit.where + shown(misfit.value)
    return Fault("value_not_allowed", found, expected, advice, place=misfit.place)


def _malformed(misfit: Misfit) -> Fault:
    expected = str(misfit.schema.get("description", "another form"))
    advice = _QUOTE if misfit.is_key and expected.startswith("a language") else ""
    return Fault("malformed_identifier", shown(misfit.value), expected, advice, place=misfit.place)


def _impossible(misfit: Misfit) -> Fault:
    """Say what the reader of the format found; it raises `DataError` and nothing else."""
    assert isinstance(misfit.cause, DataError)
    fault = misfit.cause.faults[0]
    return replace(fault, found=misfit.where + fault.found, place=misfit.place)


def _empty(misfit: Misfit) -> Fault:
    found = misfit.where + "nothing is given"
    return Fault("empty_value", found, "at least one entry", place=misfit.place)


def _repeated(misfit: Misfit) -> Fault:
    twice = next(each for n, each in enumerate(misfit.value) if each in misfit.value[:n])
    found = f"{misfit.where}{shown(twice)} twice"
    return Fault("repeated_value", found, "each entry once", place=misfit.place)


def _out_of_range(misfit: Misfit) -> Fault:
    found = misfit.where + shown(misfit.value)
    bound = "at least" if misfit.keyword == "minimum" else "at most"
    return Fault("out_of_range", found, f"{bound} {misfit.wanted}", place=misfit.place)


_SENTENCES: dict[str, Callable[[Misfit], Fault]] = {
    "type": _wrong_type,
    "enum": _not_allowed,
    "const": _not_allowed,
    "pattern": _malformed,
    "format": _impossible,
    "minItems": _empty,
    "minProperties": _empty,
    "minLength": _empty,
    "uniqueItems": _repeated,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
}
