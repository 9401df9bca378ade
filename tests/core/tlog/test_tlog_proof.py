"""Proofs as files: what is written is read back, and what proves nothing is refused."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.errors import IntegrityError
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tlog_proof import MAX_PROOF_BYTES, TlogProof
from comity.tlog.tree import Tree

KEY = SigningKey.from_seed("example.org/log", bytes(range(32)))
OTHER = SigningKey.from_seed("example.org/log", bytes(range(1, 33)))
ENTRIES = [b"entry %d" % number for number in range(300)]
TREE = Tree(leaf_hash(each) for each in ENTRIES)


def proof(index: int, size: int, *, extra: bytes = b"") -> TlogProof:
    signed = Checkpoint(KEY.name, size, TREE.root(size)).sign(KEY)
    return TlogProof(index, tuple(TREE.inclusion_proof(index, size)), signed, extra)


@given(st.data())
def test_a_proof_is_read_back_and_holds(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(ENTRIES)))
    index = data.draw(st.integers(0, size - 1))
    written = proof(index, size, extra=data.draw(st.sampled_from([b"", ENTRIES[index]])))
    found = TlogProof.parse(written.text().encode())
    assert found == written
    checkpoint = found.verify(leaf_hash(ENTRIES[index]), KEY.verifier)
    assert (checkpoint.size, checkpoint.root) == (size, TREE.root(size))


def test_the_file_is_that_of_the_specification() -> None:
    root = base64.b64encode(TREE.root(2)).decode()
    neighbour = base64.b64encode(leaf_hash(ENTRIES[1])).decode()
    lines = proof(0, 2, extra=b"age-v1.2.1").text().split("\n")
    assert lines[:5] == [
        "c2sp.org/tlog-proof@v1",
        "extra YWdlLXYxLjIuMQ==",
        "index 0",
        neighbour,
        "",
    ]
    assert lines[5:9] == ["example.org/log", "2", root, ""]
    assert lines[9].startswith("— example.org/log ")


@pytest.mark.parametrize("size", [1, 2, 300])
def test_another_leaf_is_not_proved(size: int) -> None:
    with pytest.raises(IntegrityError) as refused:
        proof(0, size).verify(leaf_hash(b"another"), KEY.verifier)
    assert refused.value.code == "not_included"


def test_another_log_is_refused() -> None:
    with pytest.raises(IntegrityError) as refused:
        proof(0, 2).verify(leaf_hash(ENTRIES[0]), OTHER.verifier)
    assert refused.value.code == "no_known_signature"


@given(st.data())
def test_one_flipped_byte_is_noticed(data: st.DataObject) -> None:
    raw = bytearray(proof(77, 300).text().encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(IntegrityError):
        TlogProof.parse(bytes(raw)).verify(leaf_hash(ENTRIES[77]), KEY.verifier)


WHOLE = proof(0, 2).text()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\n\n",
        WHOLE.replace("@v1", "@v2"),
        WHOLE.replace("index 0", "index 00"),
        WHOLE.replace("index 0", "index -1"),
        WHOLE.replace("index 0", "index"),
        WHOLE.replace("index 0", "extra \nindex 0"),
        WHOLE.replace("index 0", "extra AA=\nindex 0"),
        WHOLE.replace("index 0", "index 0\nAAAA"),
        WHOLE.replace("index 0\n", "index 0\n" + "A" * 43 + "=\n" * 64),
        WHOLE.replace("index 0\n", "index 0\n" + ("A" * 43 + "=\n") * 64),
        WHOLE.replace("\n\n", "\n", 1),
    ],
)
def test_what_is_no_proof_is_refused(text: str) -> None:
    with pytest.raises(IntegrityError):
        TlogProof.parse(text.encode()).verify(leaf_hash(ENTRIES[0]), KEY.verifier)


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"x" * (MAX_PROOF_BYTES + 1)])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(IntegrityError) as refused:
        TlogProof.parse(raw)
    assert refused.value.code == "malformed_proof"
