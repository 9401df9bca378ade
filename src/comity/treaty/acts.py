"""Read acts about a treaty as they are written: one by one, or many in short.

What every field means is in ``docs/reference/treaties.md``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, cast, get_args

from comity.decision.numbers import Number, exact
from comity.decision.tree import texts
from comity.kernel.dates import Period, end_of_day, parse_day, parse_moment
from comity.kernel.errors import DataError, Fault, unknown
from comity.treaty.lines import Spells
from comity.treaty.model import KINDS as KINDS_OF_CONSENT
from comity.treaty.record import KINDS, Act, Mode, Record

FRAME = ("id", "act", "on", "known_at", "party", "source", "note", "confidence")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "signed": ("mode",),
    "consented": ("kind", "tags", "weights", "parts", "succeeds", "effective_from"),
    "accepted_accession": ("of",),
    "objected_to_accession": ("of",),
    "denounced": ("says",),
    "extended": ("until",),
    "reserved": ("text", "articles"),
    "reservation_withdrawn": ("to",),
    "objected": ("to", "opposes_entry"),
    "declared": ("topic",),
    "declaration_withdrawn": ("topic",),
    "certified": ("what", "weights"),
    "determined": ("day",),
}
DEPOSIT = (*(each for each in FRAME if each != "act"), *FIELDS["consented"])
SHORT = ("adopted", "opened", "signed", "deposits", "acts")

_DAYS = ("day", "says", "until", "effective_from")
_TEXTS = ("party", "of", "to", "text", "what", "topic", "succeeds")
_LISTS = ("tags", "parts", "articles")


def read_record(data: Mapping[str, Any]) -> Record:
    """Read what happened to a treaty from the keys of `SHORT`; raises `DataError`."""
    acts = [*_acts(data)]
    seen = set[str]()
    for each in acts:
        if each.id in seen:
            found = f'two acts called "{each.id}"'
            raise DataError(Fault("repeated_identifier", found, "an id for each act"))
        seen.add(each.id)
    return Record.of(acts)


def _acts(data: Mapping[str, Any]) -> Iterator[Act]:
    for key in ("adopted", "opened"):
        if data.get(key):
            yield Act(key, key, day_of(data[key]))
    for on, parties in mapping_of(data, "signed").items():
        for party in texts(parties):
            yield Act(f"signed_{party}", "signed", day_of(on), party)
    for number, each in enumerate(list_of(data, "deposits"), 1):
        check_keys(each, DEPOSIT, "a deposit", ("on",))
        yield read_act({"id": f"deposit_{number}", **each, "act": "consented"})
    for number, each in enumerate(list_of(data, "acts"), 1):
        check_keys(each, (), "an act", ("act", "on"), strict=False)
        yield read_act({"id": f"act_{number}", **each})


def check_keys(
    data: Any, known: Collection[str], what: str, needed: Collection[str], *, strict: bool = True
) -> None:
    """Raise `DataError` unless something is a mapping with the keys it needs, and no others."""
    if not isinstance(data, dict):
        raise DataError(Fault("malformed_cases", f"{what} that is no set of fields", "fields"))
    unknown_keys = [str(key) for key in data if strict and key not in known]
    if unknown_keys:
        raise DataError(unknown("field", unknown_keys[0], known))
    missing = [key for key in needed if data.get(key) is None]
    if missing:
        found, expected = f'{what} without "{missing[0]}"', f'the key "{missing[0]}"'
        raise DataError(Fault("missing_key", found, expected))


def read_act(data: Mapping[str, Any]) -> Act:
    """Read one act from its fields; raises `DataError`.

    >>> read_act({"id": "a", "act": "denounced", "party": "AA", "on": "2030-01-01"}).kind
    'denounced'
    """
    kind = str(data["act"])
    if kind not in KINDS:
        raise DataError(unknown("act", kind, KINDS))
    what = f'the act "{data["id"]}" ({kind})'
    check_keys(data, (*FRAME, *FIELDS.get(kind, ())), what, KINDS[kind].needs)
    fields: dict[str, Any] = {key: str(data[key]) for key in _TEXTS if data.get(key) is not None}
    fields |= {key: tuple(texts(data.get(key))) for key in _LISTS}
    fields |= {key: day_of(data[key]) for key in _DAYS if data.get(key)}
    fields["tables" if kind == "certified" else "weights"] = _weights(data, kind == "certified")
    return Act(
        id=str(data["id"]),
        kind=kind,
        on=day_of(data["on"]),
        consent=_word(data.get("kind", ""), ("", *KINDS_OF_CONSENT), "kind of consent"),
        mode=cast(Mode, _word(data.get("mode", "simple"), get_args(Mode), "mode")),
        known_at=instant_of(data.get("known_at"), end=False),
        opposes_entry=data.get("opposes_entry") is True,
        **fields,
    )


def _word(value: Any, known: Collection[str], what: str) -> str:
    if value not in known:
        raise DataError(unknown(what, str(value), [each for each in known if each]))
    return str(value)


def _weights(data: Mapping[str, Any], several: bool) -> dict[str, Any]:
    """Return numbers by weight, or where there are ``several`` by weight and party."""
    found = mapping_of(data, "weights")
    return {
        name: _numbers(mapping_of(found, name)) if several else exact(each)
        for name, each in found.items()
    }


def _numbers(data: Mapping[str, Any]) -> dict[str, Number]:
    return {who: exact(each) for who, each in data.items()}


def mapping_of(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return what a key holds as a mapping, empty where it is left out; raises `DataError`."""
    found = data.get(key)
    if found is not None and not isinstance(found, dict):
        raise DataError(Fault("malformed_cases", f'"{key}" that is no set of fields', "fields"))
    return {str(name): each for name, each in (found or {}).items()}


def list_of(data: Mapping[str, Any], key: str) -> list[Any]:
    """Return what a key holds as a list, empty where it is left out; raises `DataError`."""
    found = data.get(key)
    if found is not None and not isinstance(found, list):
        raise DataError(Fault("malformed_cases", f'"{key}" that is no list', "a list"))
    return found or []


def day_of(value: Any) -> date:
    """Read a day; raises `DataError`."""
    return parse_day(str(value))


def instant_of(value: Any, *, end: bool) -> datetime | None:
    """Read an instant, or a day as its beginning or its end; raises `DataError`."""
    if value is None:
        return None
    found = parse_moment(str(value))
    if isinstance(found, datetime):
        return found
    return end_of_day(found) if end else datetime.combine(found, time.min, tzinfo=UTC)


def read_spells(data: Any) -> dict[str, Spells]:
    """Read who is in something and when: names, or a period or several by name.

    Raises `DataError`.

    >>> read_spells({"AA": {"from": "2030-01-01"}})["AA"][0].start
    datetime.date(2030, 1, 1)
    """
    if not isinstance(data, dict):
        return {who: (Period(),) for who in texts(data)}
    return {
        str(who): tuple(_period(each) for each in (held if isinstance(held, list) else [held]))
        for who, held in data.items()
    }


def _period(data: Any) -> Period:
    check_keys(data or {}, ("from", "until"), "a period", ())
    found = data or {}
    return Period(*(day_of(found[key]) if found.get(key) else None for key in ("from", "until")))
