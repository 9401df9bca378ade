"""Commitments to closed acts: they open with content and salt, and with nothing else."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.errors import DataError
from comity.tlog.commitment import closed_leaf, commit, is_closed, is_closed_entry, opens

salts = st.binary(min_size=32, max_size=32)


@given(st.binary(max_size=200), salts)
def test_a_commitment_opens_with_what_it_was_made_of(content: bytes, salt: bytes) -> None:
    assert opens(commit(content, salt), content, salt)


@given(st.binary(max_size=50), salts, st.binary(max_size=50), salts)
def test_and_with_nothing_else(content: bytes, salt: bytes, other: bytes, pepper: bytes) -> None:
    same = (content, salt) == (other, pepper)
    assert opens(commit(content, salt), other, pepper) is same


@given(salts)
def test_the_border_of_salt_and_content_cannot_be_moved(salt: bytes) -> None:
    assert not opens(commit(b"x" + b"content", salt), b"content", (salt + b"x")[1:])


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_has_32_bytes(length: int) -> None:
    with pytest.raises(DataError) as caught:
        commit(b"content", bytes(length))
    assert caught.value.code == "wrong_salt"
    assert not opens(commit(b"content", bytes(32)), b"content", bytes(length))


@pytest.mark.parametrize("text", ["", "sha256:", "sha256:" + "A" * 64, "md5:" + "0" * 64])
def test_malformed_commitments(text: str) -> None:
    assert not opens(text, b"", bytes(32))
    with pytest.raises(DataError) as caught:
        closed_leaf(text, organisation="club", recorded_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert caught.value.code == "malformed_commitment"


def test_a_closed_leaf_is_canonical() -> None:
    leaf = closed_leaf(
        "sha256:" + "0" * 64, organisation="club", recorded_at=datetime(2030, 1, 2, 3, tzinfo=UTC)
    )
    assert leaf == (
        b'{"commitment":"sha256:' + b"0" * 64 + b'","organisation":"club",'
        b'"recorded_at":"2030-01-02T03:00:00Z"}'
    )


CLOSED = closed_leaf(
    commit(b"content", bytes(32)), organisation="club", recorded_at=datetime(2030, 1, 1, tzinfo=UTC)
)


def test_a_closed_leaf_is_known_as_one() -> None:
    assert is_closed_entry(CLOSED)
    assert is_closed(json.loads(CLOSED))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "x"},
        {"kind": "admitted"},
        {"commitment": "ab"},
        {"commitment": 5},
        {"commitment": "sha256:" + "0" * 64 + "\n"},
        {"organisation": ""},
        {"organisation": []},
        {"recorded_at": "yesterday"},
        {"recorded_at": "2030-01-01"},
        {"recorded_at": None},
    ],
    ids=str,
)
def test_nothing_else_passes_for_closed(change: dict[str, object]) -> None:
    record = {**json.loads(CLOSED), **change}
    assert not is_closed(record)
    assert not is_closed_entry(json.dumps(record, separators=(",", ":")).encode())


@pytest.mark.parametrize(
    "entry",
    [b"", b"[]", b'{"commitment":', b'{"commitment":"ab"}', b'{"commitment":' + b"[" * 9999],
)
def test_what_cannot_be_read_is_not_closed(entry: bytes) -> None:
    assert not is_closed_entry(entry)
    assert not is_closed([entry])
