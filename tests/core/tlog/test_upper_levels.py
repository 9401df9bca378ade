"""The tree above the leaves: the same tiles and the same root as the whole tree has."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.tlog.hashing import HASH_SIZE
from comity.tlog.tiles import TILE_WIDTH, tile_ids
from comity.tlog.tree import Tree
from comity.tlog.upper_levels import TILE_BYTES, UpperLevels

MOST = 70_000
EDGES = [0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537, MOST]
sizes = st.one_of(st.integers(0, 700), st.integers(0, MOST), st.sampled_from(EDGES))


@cache
def whole() -> Tree:
    return Tree(hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(MOST))


def leaves(start: int, end: int) -> bytes:
    return whole().hashes(0, start, end)


def edge(size: int) -> bytes:
    return leaves(size // TILE_WIDTH * TILE_WIDTH, size)


@given(st.lists(sizes, min_size=1, max_size=4).map(sorted))
def test_however_they_grow_they_are_those_of_the_whole_tree(steps: list[int]) -> None:
    levels, known = UpperLevels(), 0
    for size in steps:
        levels, known = levels.extended(leaves(known, size)), size
        assert (levels.size, levels.frontier()) == (size, whole().frontier(size))
    for tile in tile_ids(levels.size):
        start = tile.index * TILE_WIDTH
        expected = whole().hashes(tile.level * 8, start, start + tile.width)
        assert tile.level == 0 or levels.tile(tile) == expected
    assert levels.edge == edge(levels.size)


@given(sizes, sizes)
def test_what_they_were_at_an_earlier_size_can_be_had_again(one: int, other: int) -> None:
    small, large = sorted((one, other))
    levels = UpperLevels().extended(leaves(0, large)).shortened(small, edge(small))
    assert levels == UpperLevels().extended(leaves(0, small))
    assert levels.frontier() == whole().frontier(small)


@pytest.mark.parametrize("size", [1, 255, 256, 300, 1000])
def test_leaves_are_told_from_others(size: int) -> None:
    levels = UpperLevels().extended(leaves(0, size))
    for index in range(-(-size // TILE_WIDTH)):
        mine = leaves(index * TILE_WIDTH, min(size, (index + 1) * TILE_WIDTH))
        assert levels.are_leaves(index, mine)
        for changed in (bytes([mine[0] ^ 1]) + mine[1:], mine[HASH_SIZE:], mine + mine[:HASH_SIZE]):
            assert not levels.are_leaves(index, changed)


def test_they_take_32_bytes_for_256_entries() -> None:
    levels = UpperLevels().extended(leaves(0, 65_536))
    assert [len(row) for row in levels.rows] == [TILE_BYTES, HASH_SIZE]
