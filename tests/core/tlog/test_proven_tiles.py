"""Tiles under a signed checkpoint: what is not of the log is not answered from, and is named."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pytest

from comity.kernel.errors import IntegrityError
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import leaf_hash
from comity.tlog.proofs import verify_consistency, verify_inclusion
from comity.tlog.proven_tiles import ProvenTiles
from comity.tlog.tiles import entry_bundles, tiles
from comity.tlog.tree import Tree

ENTRIES = [b"entry %d" % number for number in range(70_000)]
TREE = Tree(leaf_hash(each) for each in ENTRIES)
SIZES = [0, 1, 255, 256, 257, 700, 65_536, 70_000]


def checkpoint(size: int) -> Checkpoint:
    return Checkpoint("example.org/log", size, TREE.root(size))


@cache
def made(size: int) -> dict[str, bytes]:
    return {**dict(tiles(TREE, size)), **dict(entry_bundles(ENTRIES[:size]))}


@pytest.mark.parametrize("size", SIZES)
def test_proofs_from_them_hold(size: int) -> None:
    chance = random.Random(size)
    found = ProvenTiles(checkpoint(size), files(size).__getitem__)
    for index in {chance.randrange(size) for _ in range(20)} if size else ():
        assert found.entry(index) == ENTRIES[index]
        proof = found.inclusion_proof(index)
        verify_inclusion(leaf_hash(ENTRIES[index]), index, size, TREE.root(size), proof)
        old = chance.randint(0, size)
        grown = found.consistency_proof(old)
        verify_consistency(old, TREE.root(old), size, TREE.root(size), grown)


def files(size: int) -> dict[str, bytes]:
    return dict(made(size))


def reader_of(changed: str, size: int, asked: list[str]) -> Callable[[str], bytes]:
    served = files(size)

    def read(path: str) -> bytes:
        asked.append(path)
        raw = served[path]
        return bytes([raw[0] ^ 1]) + raw[1:] if path == changed else raw

    return read


@pytest.mark.parametrize(
    ("changed", "size"),
    [
        ("tile/0/000.p/255", 255),
        ("tile/1/000.p/1", 256),
        ("tile/0/273.p/112", 70_000),
        ("tile/1/001.p/17", 70_000),
        ("tile/2/000.p/1", 70_000),
    ],
)
def test_a_wrong_tile_at_the_edge_is_found_before_anything_is_answered(
    changed: str, size: int
) -> None:
    with pytest.raises(IntegrityError) as refused:
        ProvenTiles(checkpoint(size), reader_of(changed, size, []))
    assert refused.value.code == "root_differs"
    assert changed in str(refused.value)


@pytest.mark.parametrize("changed", ["tile/0/001", "tile/1/000"])
def test_a_wrong_full_tile_is_named(changed: str) -> None:
    found = ProvenTiles(checkpoint(70_000), reader_of(changed, 70_000, []))
    with pytest.raises(IntegrityError) as refused:
        found.inclusion_proof(300)
    assert refused.value.code == "tile_differs"
    assert str(refused.value).startswith(f"{changed}: ")


def test_a_wrong_entry_names_its_leaf() -> None:
    served = files(700)
    served["tile/entries/001"] = served["tile/entries/001"].replace(b"entry 300", b"entry 3OO")
    found = ProvenTiles(checkpoint(700), served.__getitem__)
    with pytest.raises(IntegrityError, match="tile/entries/001: leaf 300 "):
        found.entry(299)


def test_one_act_takes_few_files() -> None:
    asked: list[str] = []
    found = ProvenTiles(checkpoint(70_000), reader_of("", 70_000, asked))
    found.entry(300)
    found.inclusion_proof(300)
    found.consistency_proof(65_000)
    assert len(asked) == len(set(asked)) <= 7


def test_a_partial_tile_that_was_cleared_away_is_read_from_the_full_one() -> None:
    served = files(700)
    del served["tile/0/002.p/188"]
    served["tile/0/002"] = files(1000)["tile/0/002"]
    found = ProvenTiles(checkpoint(700), served.__getitem__)
    assert found.entry(699) == ENTRIES[699]


def test_a_missing_tile_is_named() -> None:
    served = files(700)
    del served["tile/0/001"]
    found = ProvenTiles(checkpoint(700), served.__getitem__)
    with pytest.raises(IntegrityError) as refused:
        found.inclusion_proof(300)
    assert str(refused.value).startswith("tile/0/001: ")
