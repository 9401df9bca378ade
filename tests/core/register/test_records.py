"""An act as bytes and back; everything that is not quite a record is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.act import Act, Alternative, Authority
from comity.kernel.dates import PartialDate
from comity.kernel.errors import DataError, Place
from comity.register.records import (
    MAX_RECORD_BYTES,
    from_bytes,
    from_record,
    to_bytes,
    to_record,
)

PLACE = Place("acts.jsonl", 7)
MINIMAL = {
    "id": "a",
    "organisation": "league",
    "kind": "noted",
    "effective_on": "1990",
    "recorded_at": "2026-01-01T00:00:00Z",
}

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
WORD = TEXT.filter(bool)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc_", min_size=1, max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
ACTS = st.builds(
    Act,
    id=WORD,
    organisation=WORD,
    kind=WORD,
    effective_on=st.dates().map(PartialDate.of),
    recorded_at=st.datetimes(timezones=st.just(UTC)),
    parties=st.lists(TEXT, max_size=3).map(tuple),
    authority=st.builds(Authority, body=TEXT, article=TEXT),
    details=st.dictionaries(st.text("abc_", min_size=1, max_size=5), VALUES, max_size=4),
    decided_on=st.none()
    | st.sampled_from(["1962", "2009-01", "2017-06-09"]).map(PartialDate.parse),
    place=TEXT,
    sources=st.lists(TEXT, max_size=3).map(tuple),
    confidence=st.sampled_from(["high", "medium", "low"]),
    alternatives=st.lists(
        st.builds(
            Alternative,
            effective_on=st.sampled_from(["1962", "2009-01"]).map(PartialDate.parse),
            sources=st.lists(TEXT, max_size=2).map(tuple),
            note=TEXT,
        ),
        max_size=2,
    ).map(tuple),
    note=TEXT,
)


@given(ACTS)
def test_an_act_survives_its_record(act: Act) -> None:
    raw = to_bytes(act)
    assert from_bytes(raw) == act
    assert to_bytes(from_bytes(raw)) == raw
    assert from_record(to_record(act)) == act


def test_what_says_nothing_is_left_out_so_that_an_act_has_one_record() -> None:
    act = from_record(MINIMAL)
    assert to_record(act) == MINIMAL
    spelt_out: dict[str, Any] = {
        **MINIMAL, "parties": [], "details": {}, "authority": {"body": ""}, "place": "",
        "note": "", "confidence": "high", "sources": [], "alternatives": [], "decided_on": "",
    }  # fmt: skip
    assert to_bytes(from_record(spelt_out)) == to_bytes(act)


def _with(**changes: Any) -> dict[str, Any]:
    return {**MINIMAL, **changes}


MALFORMED: list[tuple[str, object, str]] = [
    ("a list", [], "malformed_act"),
    ("a text", "act", "malformed_act"),
    ("nothing", None, "malformed_act"),
    *((f"no {key}", {k: v for k, v in MINIMAL.items() if k != key}, "missing_field")
      for key in MINIMAL),
    *((f"{key} empty", _with(**{key: ""}), "wrong_type") for key in MINIMAL),
    *((f"{key} a number", _with(**{key: 7}), "wrong_type") for key in MINIMAL),
    ("a field that is not there", _with(knid="noted"), "unknown_field"),
    ("parties a text", _with(parties="AA"), "wrong_type"),
    ("a party a number", _with(parties=["AA", 1]), "wrong_type"),
    ("sources a mapping", _with(sources={}), "wrong_type"),
    ("details a list", _with(details=[]), "wrong_type"),
    ("details nothing", _with(details=None), "wrong_type"),
    ("place a list", _with(place=[]), "wrong_type"),
    ("authority a text", _with(authority="council"), "wrong_type"),
    ("authority with more", _with(authority={"chair": "AA"}), "wrong_type"),
    ("authority with a list", _with(authority={"body": []}), "wrong_type"),
    ("another confidence", _with(confidence="certain"), "unknown_confidence"),
    ("alternatives texts", _with(alternatives=["1990"]), "wrong_type"),
    ("an alternative without date", _with(alternatives=[{"note": "x"}]), "wrong_type"),
    ("an alternative with more", _with(alternatives=[{"effective_on": "1990", "x": 1}]),
     "wrong_type"),
    ("an alternative of no date", _with(alternatives=[{"effective_on": "19"}]), "impossible_date"),
    ("a month 13", _with(effective_on="1990-13"), "impossible_date"),
    ("an instant without zone", _with(recorded_at="2026-01-01T00:00:00"), "impossible_date"),
    ("no such decision", _with(decided_on="1990-02-30"), "impossible_date"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "code"), [r[1:] for r in MALFORMED], ids=[r[0] for r in MALFORMED]
)
def test_a_malformed_record_is_refused_with_its_place(record: object, code: str) -> None:
    with pytest.raises(DataError) as error:
        from_bytes(json.dumps(record).encode(), place=PLACE)
    assert code in {fault.code for fault in error.value.faults}
    assert all(fault.place == PLACE for fault in error.value.faults)


def test_all_faults_of_form_are_found_at_once_and_name_the_act() -> None:
    with pytest.raises(DataError) as error:
        from_record({"id": "a", "parties": 1, "knid": "noted"})
    codes = [fault.code for fault in error.value.faults]
    assert sorted(codes) == ["missing_field"] * 4 + ["unknown_field", "wrong_type"]
    assert {fault.act for fault in error.value.faults} == {"a"}


def _raw(details: str) -> bytes:
    return (json.dumps(MINIMAL)[:-1] + f', "details": {details}}}').encode()


NOT_RECORDS: list[tuple[str, bytes, str]] = [
    ("no JSON", b"{", "malformed_json"),
    ("bytes that are not UTF-8", b'{"id": "\xff"}', "malformed_json"),
    ("two records", b"{} {}", "malformed_json"),
    ("a key twice", b'{"id": "a", "id": "b"}', "duplicate_key"),
    ("a key twice, deep down", _raw('{"terms": {"x": 1, "x": 1}}'), "duplicate_key"),
    ("a fraction", _raw('{"x": 0.5}'), "not_canonical"),
    ("an exponent", _raw('{"x": 1e3}'), "not_canonical"),
    ("not a number", _raw('{"x": NaN}'), "not_canonical"),
    ("infinity", _raw('{"x": -Infinity}'), "not_canonical"),
    ("54 bits", _raw('{"x": 9007199254740992}'), "integer_too_large"),
    ("ten thousand digits", _raw('{"x": ' + "9" * 10_000 + "}"), "integer_too_large"),
    ("half a character", _raw('{"x": "\\ud800"}'), "not_canonical"),
    ("NUL", _raw('{"x": "a\\u0000b"}'), "not_canonical"),
    ("NUL after a backslash", _raw('{"x": "\\\\\\u0000"}'), "not_canonical"),
    ("nesting", _raw("[" * 30_000 + "]" * 30_000), "malformed_json"),
    ("ten megabytes", _raw('"' + "x" * 10_000_000 + '"'), "record_too_large"),
]


@pytest.mark.parametrize(
    ("raw", "code"), [r[1:] for r in NOT_RECORDS], ids=[r[0] for r in NOT_RECORDS]
)
def test_what_no_two_readers_would_read_alike_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(DataError) as error:
        from_bytes(raw, place=PLACE)
    assert [(fault.code, fault.place) for fault in error.value.faults] == [(code, PLACE)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("\\\\u0000", "\\u0000"),
        ("\\ud83d\\ude00", "😀"),
        ("\\u00e9", "é"),
        ("\\\\ud800", "\\ud800"),
    ],
)
def test_escapes_that_are_characters_are_read(text: str, value: str) -> None:
    assert from_bytes(_raw(f'{{"x": "{text}"}}')).detail("x") == value


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("details", "code"),
    [
        ({"x": 0.5}, "not_canonical"),
        ({"x": "\ud800"}, "not_canonical"),
        ({"x": "\0"}, "not_canonical"),
        ({"x": 2**53}, "not_canonical"),
        ({"x": _nested(5_000)}, "too_deep"),
        ({"x": "x" * MAX_RECORD_BYTES}, "record_too_large"),
    ],
    ids=["a fraction", "half a character", "NUL", "54 bits", "nesting", "size"],
)
def test_an_act_that_has_no_record_is_not_written(details: dict[str, Any], code: str) -> None:
    with pytest.raises(DataError) as error:
        to_bytes(from_record({**MINIMAL, "details": details}))
    assert error.value.code == code


def test_a_record_may_fill_a_leaf_to_the_last_byte() -> None:
    room = MAX_RECORD_BYTES - len(to_bytes(from_record({**MINIMAL, "note": "x"})))
    make: Callable[[int], Act] = lambda size: from_record({**MINIMAL, "note": "x" * size})  # noqa: E731
    assert len(to_bytes(make(room + 1))) == MAX_RECORD_BYTES
    with pytest.raises(DataError):
        to_bytes(make(room + 2))


def test_microseconds_are_kept() -> None:
    act = from_record({**MINIMAL, "recorded_at": "2026-01-01T00:00:00.000001Z"})
    assert act.recorded_at == datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)
    assert b"00:00:00.000001Z" in to_bytes(act)
