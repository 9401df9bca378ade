"""Check the form of data against a JSON Schema, in sentences of our own, with places."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from comity.kernel.errors import DataError, Fault, Place, did_you_mean
from comity.kernel.trees import Part, Path

# How a format is read, and which types of value it is about; the reader raises `DataError`.
Readers = Mapping[str, tuple[Callable[[Any], object], tuple[type, ...]]]

_TYPES = {
    "object": "a mapping of keys to values",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
}

_QUOTE = "Inside { } a comma begins a new key: put a text with a comma in quotation marks."


def format_checker(readers: Readers) -> FormatChecker:
    """Return a checker that asks the readers, each for the formats it is named for."""
    checker = FormatChecker(formats=())
    for name, (reader, kinds) in readers.items():
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


@dataclass(frozen=True)
class Form:
    """The published JSON Schema of a format, which lies in a package, and how it is checked."""

    package: str
    file: str
    readers: Readers

    @cached_property
    def schema(self) -> dict[str, Any]:
        """The schema itself."""
        text = resources.files(self.package).joinpath(self.file).read_text("utf-8")
        result: dict[str, Any] = json.loads(text)
        return result

    @cached_property
    def _validator(self) -> Draft202012Validator:
        return Draft202012Validator(self.schema, format_checker=format_checker(self.readers))

    def faults(self, part: Part) -> Iterator[Fault]:
        """Yield every fault of form in a part."""
        yield from faults_of(part, self._validator)


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


def faults_of(part: Part, validator: Draft202012Validator) -> Iterator[Fault]:
    """Yield every misfit of a part with its schema."""
    for error in validator.iter_errors(part.data):
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
    if isinstance(value, int | float):
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
    elif "string" in kinds and isinstance(misfit.value, int | float):
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
