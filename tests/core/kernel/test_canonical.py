"""The same record has the same bytes, and what has no canonical form is refused."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.canonical import MAX_INTEGER, digest, encode
from comity.kernel.errors import DataError

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=15,
)


def turned_over(value: Any) -> Any:
    """Return an equal value whose mappings hold their keys the other way round."""
    if isinstance(value, dict):
        return {key: turned_over(value[key]) for key in reversed(value)}
    return [turned_over(each) for each in value] if isinstance(value, list) else value


@given(values)
def test_the_order_of_keys_is_irrelevant(value: Any) -> None:
    assert encode(turned_over(value)) == encode(value)
    assert digest(turned_over(value)) == digest(value)


@given(values)
def test_what_is_encoded_is_read_back(value: Any) -> None:
    assert json.loads(encode(value)) == value
    assert encode(json.loads(encode(value))) == encode(value)


@given(values, values)
def test_two_values_share_bytes_only_when_they_are_one(one: Any, other: Any) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (encode(one) == encode(other)) == same


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, b"{}"),
        ([], b"[]"),
        ((1, 2), b"[1,2]"),
        ({"b": 1, "B": 2, "a": [True, False, None]}, b'{"B":2,"a":[true,false,null],"b":1}'),
        ('"\\/', b'"\\"\\\\/"'),
        ("\b\t\n\f\r\x0b\x7f", b'"\\b\\t\\n\\f\\r\\u000b\x7f"'),
        ("上海 🕊", '"上海 🕊"'.encode()),
        (MappingProxyType({"a": MappingProxyType({})}), b'{"a":{}}'),
    ],
)
def test_the_bytes_are_those_of_rfc_8785(value: Any, expected: bytes) -> None:
    assert encode(value) == expected


def test_two_spellings_of_one_letter_are_two_texts() -> None:
    assert encode("\u00e9") != encode("e\u0301")


def test_the_digest_names_its_algorithm() -> None:
    assert digest({}) == "sha256:" + hashlib.sha256(b"{}").hexdigest()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        pytest.param(1.0, "value is a float", id="float"),
        pytest.param({"a": [0, float("nan")]}, r"a\[1\] is a float", id="nan-inside"),
        pytest.param({"a": {"b": b"x"}}, "a.b is a bytes", id="bytes"),
        pytest.param({"a": {1, 2}}, "a is a set", id="set"),
        pytest.param([MAX_INTEGER + 1], r"\[0\] is the integer 9007199254740992", id="54-bits"),
        pytest.param(-MAX_INTEGER - 1, "at most 53 bits", id="negative-54-bits"),
        pytest.param({"é": 1}, "keys of ASCII text", id="key-not-ascii"),
        pytest.param({1: 1}, "the key 1", id="key-not-text"),
        pytest.param("\ud800", "a lone surrogate", id="lone-surrogate"),
        pytest.param(object(), "value is a object", id="object"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Any, message: str) -> None:
    with pytest.raises(DataError, match=message) as refused:
        encode(value)
    assert refused.value.code == "not_canonical"


@given(values, st.floats())
def test_a_float_is_refused_wherever_it_hides(value: Any, number: float) -> None:
    with pytest.raises(DataError, match="float"):
        encode({"sound": value, "list": [value, {"unsound": number}]})


def test_a_value_that_contains_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(DataError) as refused:
        encode(loop)
    assert refused.value.code == "too_deep"
