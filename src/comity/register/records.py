"""An act as a canonical JSON record and back; the record is what the log holds.

Fields that say nothing are left out, so that an act has one record and one hash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any, get_args

from comity.kernel.act import NOTHING, Act, Alternative, Authority, Confidence
from comity.kernel.canonical import JSON, MAX_INTEGER, encode
from comity.kernel.dates import PartialDate, format_instant, parse_instant
from comity.kernel.errors import DataError, Fault, Place, did_you_mean

CONFIDENCES: tuple[str, ...] = get_args(Confidence)
_NO_AUTHORITY = Authority()
_REQUIRED = ("id", "organisation", "kind", "effective_on", "recorded_at")
_LISTS = ("parties", "sources", "alternatives")
_TEXTS = ("place", "note", "confidence", "decided_on")
FIELDS = (*_REQUIRED, *_LISTS, *_TEXTS, "authority", "details")
MAX_RECORD_BYTES = 65_535
_TYPES: Mapping[object, type] = {
    **dict.fromkeys((*_REQUIRED, *_TEXTS), str),
    **dict.fromkeys(("parties", "sources"), list),
    **dict.fromkeys(("authority", "details"), dict),
}


def to_record(act: Act) -> dict[str, JSON]:
    """Return the act as plain data, without the fields that say nothing."""
    record: dict[str, JSON] = {
        "id": act.id,
        "organisation": act.organisation,
        "kind": act.kind,
        "effective_on": str(act.effective_on),
        "recorded_at": format_instant(act.recorded_at),
        "parties": list(act.parties),
        "authority": _authority_record(act.authority),
        "details": dict(act.details),
        "decided_on": str(act.decided_on) if act.decided_on else "",
        "place": act.place,
        "sources": list(act.sources),
        "confidence": "" if act.confidence == "high" else act.confidence,
        "alternatives": [_alternative_record(each) for each in act.alternatives],
        "note": act.note,
    }
    return {key: value for key, value in record.items() if value not in ("", [], {})}


def to_bytes(act: Act) -> bytes:
    """Return the canonical bytes of the act: the content of its leaf in the log.

    Raises `DataError` where they are more than a leaf may hold (65,535).
    """
    raw = encode(to_record(act))
    if len(raw) > MAX_RECORD_BYTES:
        raise DataError(replace(_too_large(raw), act=act.id))
    _refuse_nul(raw)
    return raw


def encoding_faults(act: Act) -> tuple[Fault, ...]:
    """Return why an act has no record: a value without canonical form, or too many bytes."""
    try:
        to_bytes(act)
    except DataError as error:
        return tuple(replace(fault, act=act.id) for fault in error.faults)
    return ()


def from_bytes(raw: bytes, *, place: Place | None = None) -> Act:
    """Read a record; raises `DataError` with its place for anything that is not one.

    What a record cannot hold is refused here already: a key twice, a fraction, a number of more
    than 53 bits, half a character, NUL, and more bytes than a leaf has.
    """
    try:
        record = _parsed(raw)
    except DataError as error:
        raise DataError(*(replace(fault, place=place) for fault in error.faults)) from error
    except (ValueError, RecursionError) as error:
        fault = Fault("malformed_json", f"not a JSON record: {error}", "one act", place=place)
        raise DataError(fault) from error
    return from_record(record, place=place)


def _parsed(raw: bytes) -> object:
    if len(raw) > MAX_RECORD_BYTES:
        raise DataError(_too_large(raw))
    _refuse_nul(raw)
    record = _DECODER.decode(raw.decode())
    if _SURROGATE.search(raw):
        encode(record)  # refuses half of a pair
    return record


def _too_large(raw: bytes) -> Fault:
    found = f"the record has {len(raw)} bytes"
    return Fault("record_too_large", found, f"at most {MAX_RECORD_BYTES}")


def _refuse_nul(raw: bytes) -> None:
    """NUL ends a text for many readers, and databases refuse it."""
    if b"\\u0000" in raw and _NUL.search(raw):
        raise DataError(Fault("not_canonical", "text with the character NUL", "text without it"))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two readers might each take another of two values; so neither gets one."""
    result = dict(pairs)
    if len(result) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DataError(Fault("duplicate_key", f'the key "{twice:.60}" stands twice', "each once"))
    return result


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > MAX_INTEGER:
        raise DataError(Fault("integer_too_large", f"the integer {text:.20}", "at most 53 bits"))
    return int(text)


def _no_fraction(text: str) -> float:
    raise DataError(Fault("not_canonical", f"the number {text:.20}", "a whole number, or text"))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once,
    parse_int=_integer,
    parse_float=_no_fraction,
    parse_constant=_no_fraction,
)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def from_record(record: object, *, place: Place | None = None) -> Act:
    """Read plain data as an act; raises `DataError` listing every fault of its form."""
    if not isinstance(record, dict) or not _is_plainly_well_formed(record):
        faults = form_faults(record, place)
        if faults or not isinstance(record, dict):
            raise DataError(*faults)
    try:
        return _build(record)
    except DataError as error:
        act = str(record["id"])
        raise DataError(
            *(replace(fault, place=place, act=act) for fault in error.faults)
        ) from error


def _is_plainly_well_formed(record: dict[Any, Any]) -> bool:
    """Tell quickly that an ordinary record has no fault; what fails here is looked at closely."""
    for key, value in record.items():
        if type(value) is not _TYPES.get(key):
            return False
        if value.__class__ is list and not all(isinstance(each, str) for each in value):
            return False
    return all(record.get(each) for each in _REQUIRED) and "confidence" not in record


def form_faults(record: object, place: Place | None) -> list[Fault]:
    """Return what is wrong with the form of a record: its fields and their types."""
    if not isinstance(record, dict):
        found = f"a {type(record).__name__}"
        return [Fault("malformed_act", found, "an object with the fields of an act", place=place)]
    name = record.get("id")
    act = name if isinstance(name, str) else ""
    faults = [
        Fault("missing_field", f'the act has no "{each}"', "text", place=place, act=act)
        for each in _REQUIRED
        if each not in record
    ]
    for key, value in record.items():
        expected = _expected_type(key)
        if not expected:
            near = did_you_mean(str(key), FIELDS)
            found = f'unknown field "{key}"'
            expected_fields = ", ".join(FIELDS)
            faults.append(Fault("unknown_field", found, expected_fields, near, place, act=act))
        elif not _is(value, expected):
            found = f'"{key}" is {_shown(value)}'
            faults.append(Fault("wrong_type", found, expected, place=place, act=act))
    confidence = record.get("confidence", "high")
    if isinstance(confidence, str) and confidence not in CONFIDENCES:
        found = f'the confidence "{confidence}"'
        expected = ", ".join(CONFIDENCES)
        faults.append(Fault("unknown_confidence", found, expected, place=place, act=act))
    return faults


def _expected_type(key: object) -> str:
    if key in _REQUIRED:
        return "text that is not empty"
    if key in _TEXTS:
        return "text"
    if key in ("parties", "sources"):
        return "a list of texts"
    if key == "alternatives":
        return "a list of objects"
    return "an object" if key in ("authority", "details") else ""


def _is(value: object, expected: str) -> bool:
    if expected.startswith("text"):
        return isinstance(value, str) and (expected == "text" or bool(value))
    if expected == "an object":
        return isinstance(value, dict)
    inner = str if expected == "a list of texts" else dict
    return isinstance(value, list) and all(isinstance(each, inner) for each in value)


def _shown(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except RecursionError:
        text = f"a {type(value).__name__} nested without end"
    return text if len(text) <= 60 else text[:57] + "..."


def _build(record: Mapping[str, Any]) -> Act:
    decided_on = record.get("decided_on")
    return Act(
        id=record["id"],
        organisation=intern(record["organisation"]),
        kind=intern(record["kind"]),
        effective_on=PartialDate.parse(record["effective_on"]),
        recorded_at=_instant(record["recorded_at"]),
        parties=_interned(tuple(record.get("parties", ()))),
        authority=_authority(record.get("authority")),
        details=record.get("details") or NOTHING,
        decided_on=PartialDate.parse(decided_on) if decided_on else None,
        place=record.get("place", ""),
        sources=_interned(tuple(record.get("sources", ()))),
        confidence=record.get("confidence", "high"),
        alternatives=tuple(_alternative(each) for each in record.get("alternatives", ())),
        note=record.get("note", ""),
    )


@lru_cache(maxsize=65536)
def _interned(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Many acts name the same parties and sources; one tuple serves them all."""
    return texts


@lru_cache(maxsize=65536)
def _instant(text: str) -> datetime:
    return parse_instant(text)


def _authority_record(authority: Authority) -> dict[str, JSON]:
    both = {"body": authority.body, "article": authority.article}
    return {key: value for key, value in both.items() if value}


def _authority(value: Mapping[str, Any] | None) -> Authority:
    if not value:
        return _NO_AUTHORITY
    unknown = set(value) - {"body", "article"}
    body, article = value.get("body", ""), value.get("article", "")
    if unknown or not isinstance(body, str) or not isinstance(article, str):
        raise DataError(Fault("wrong_type", f"the authority {_shown(value)}", "body and article"))
    return _known_authority(body, article)


@lru_cache(maxsize=4096)
def _known_authority(body: str, article: str) -> Authority:
    return Authority(intern(body), intern(article))


def _alternative_record(alternative: Alternative) -> dict[str, JSON]:
    record: dict[str, JSON] = {
        "effective_on": str(alternative.effective_on),
        "sources": list(alternative.sources),
        "note": alternative.note,
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


def _alternative(value: Mapping[str, Any]) -> Alternative:
    on, sources, note = value.get("effective_on"), value.get("sources", []), value.get("note", "")
    known = set(value) <= {"effective_on", "sources", "note"}
    if not known or not isinstance(on, str) or not _is(sources, "a list of texts"):
        expected = "effective_on, sources, note"
        raise DataError(Fault("wrong_type", f"the alternative {_shown(value)}", expected))
    return Alternative(PartialDate.parse(on), tuple(sources), str(note))
