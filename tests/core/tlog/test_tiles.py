"""Tiles: the same tree cut into files, and everything computed back from the files alone."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.errors import DataError, IntegrityError
from comity.tlog.hashing import leaf_hash
from comity.tlog.proofs import verify_consistency, verify_inclusion
from comity.tlog.tile_reader import TileReader
from comity.tlog.tiles import (
    ENTRIES,
    TileId,
    TileStream,
    bundle_ids,
    check_tile,
    decode_bundle,
    encode_bundle,
    entry_bundles,
    tile_ids,
    tiles,
)
from comity.tlog.tree import Tree

SIZE = 66_000
ALL = [f"entry {number}".encode() for number in range(SIZE)]
TREE = Tree(leaf_hash(each) for each in ALL)
FILES = dict(tiles(TREE)) | dict(entry_bundles(ALL))

sizes = st.one_of(
    st.integers(0, SIZE), st.sampled_from([0, 1, 255, 256, 257, 511, 512, 65_535, 65_536, 65_537])
)


def test_a_log_of_66000_entries_has_these_files() -> None:
    partial = sorted(path for path in FILES if ".p/" in path)
    assert partial == [
        "tile/0/257.p/208",
        "tile/1/001.p/1",
        "tile/2/000.p/1",
        "tile/entries/257.p/208",
    ]
    assert len(FILES) == 258 + 2 + 1 + 258


@settings(deadline=None)
@given(sizes, sizes)
def test_new_tiles_on_top_of_old_ones_are_the_whole_log(one: int, other: int) -> None:
    old, new = sorted((one, other))
    files = dict(tiles(TREE, old)) | dict(tiles(TREE, new, old_size=old))
    for path, raw in tiles(TREE, new):
        assert files[path] == raw
    changed = {each.path for each in tile_ids(new, old)}
    kept = {each.path for each in tile_ids(new)} & {each.path for each in tile_ids(old)}
    assert changed == {each.path for each in tile_ids(new)} - kept


@settings(deadline=None, max_examples=30)
@given(sizes, st.integers(1, 3000))
def test_a_stream_makes_the_same_tiles(size: int, lot: int) -> None:
    stream, files = TileStream(), {}
    hashes = TREE.hashes(0, 0, size)
    for start in range(0, len(hashes), 32 * lot):
        for tile, raw in stream.add(hashes[start : start + 32 * lot]):
            files[tile.path] = raw
    files |= {tile.path: raw for tile, raw in stream.unfinished()}
    assert files == dict(tiles(TREE, size))
    assert stream.frontier() == TREE.frontier(size)


@settings(deadline=None)
@given(sizes, st.data())
def test_root_and_proofs_come_from_the_tiles_alone(size: int, data: st.DataObject) -> None:
    reader = TileReader(size, dict(tiles(TREE, size)).__getitem__)
    assert reader.root() == TREE.root(size)
    assert reader.stream().frontier() == TREE.frontier(size)
    old = data.draw(st.integers(0, size))
    proof = reader.consistency_proof(old)
    verify_consistency(old, TREE.root(old), size, TREE.root(size), proof)
    assert reader.root(old) == TREE.root(old)
    if size:
        index = data.draw(st.integers(0, size - 1))
        path = reader.inclusion_proof(index)
        verify_inclusion(reader.leaf_hash(index), index, size, TREE.root(size), path)
        assert path == TREE.inclusion_proof(index, size)


def test_entries_are_read_back() -> None:
    reader = TileReader(SIZE, FILES.__getitem__)
    assert reader.entry(0) == b"entry 0"
    assert reader.entry(SIZE - 1) == ALL[-1]
    assert list(reader.entries(65_700)) == ALL[65_700:]


def test_a_full_tile_stands_in_for_a_partial_one_cleared_away() -> None:
    reader = TileReader(300, FILES.__getitem__)
    assert reader.root() == TREE.root(300)


def test_bundles_from_a_start_replace_the_last_one() -> None:
    old = dict(entry_bundles(ALL[:300]))
    new = dict(entry_bundles(ALL[256:600], start=256))
    assert list(new) == [each.path for each in bundle_ids(600, 300)]
    assert {**old, **new} == {
        **dict(entry_bundles(ALL[:600])),
        "tile/entries/001.p/44": old["tile/entries/001.p/44"],
    }
    with pytest.raises(DataError) as caught:
        list(entry_bundles([], start=300))
    assert caught.value.code == "unaligned_start"


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_reads_back(entries: list[bytes]) -> None:
    tile = TileId(ENTRIES, 0, len(entries))
    raw = encode_bundle(entries)
    assert decode_bundle(raw, tile) == entries
    for wrong in (raw[:-1], raw + b"\0"):
        with pytest.raises(IntegrityError) as caught:
            decode_bundle(wrong, tile)
        assert caught.value.code in ("truncated_tile", "malformed_bundle")


def test_the_largest_entry_and_one_byte_more() -> None:
    assert encode_bundle([b"x" * 65_535])[:2] == b"\xff\xff"
    with pytest.raises(DataError) as caught:
        list(entry_bundles([b"", b"x" * 65_536], start=512))
    assert caught.value.code == "entry_too_large"
    assert "entry 513 has 65536 bytes" in str(caught.value)


def test_a_truncated_tile_is_named_with_what_was_expected() -> None:
    files = FILES | {"tile/0/257.p/208": FILES["tile/0/257.p/208"][:-1]}
    with pytest.raises(IntegrityError) as caught:
        TileReader(SIZE, files.__getitem__).root()
    assert str(caught.value) == (
        "tile/0/257.p/208: the tile has 6655 bytes. Expected: 6656 bytes, 208 hashes."
    )
    assert caught.value.code == "truncated_tile"


def test_a_tile_with_bytes_too_many_is_refused() -> None:
    with pytest.raises(IntegrityError) as caught:
        check_tile(TileId(0, 0, 1), bytes(33))
    assert caught.value.code == "malformed_tile"


def test_a_truncated_bundle_names_the_leaf() -> None:
    raw = FILES["tile/entries/257.p/208"]
    with pytest.raises(IntegrityError) as caught:
        decode_bundle(raw[:30], TileId.parse("tile/entries/257.p/208"))
    assert str(caught.value) == (
        "tile/entries/257.p/208: leaf 65794 at byte 26 is cut off: the file ends at byte 30. "
        "Expected: 208 whole entries."
    )


def failing(error: Exception) -> Callable[[str], bytes]:
    def read(_path: str) -> bytes:
        raise error

    return read


@pytest.mark.parametrize("error", [KeyError("x"), FileNotFoundError("x")])
@pytest.mark.parametrize("size", [256, 7])
def test_a_missing_tile_is_named(error: Exception, size: int) -> None:
    with pytest.raises(IntegrityError) as caught:
        TileReader(size, failing(error)).tile(0, 0)
    assert caught.value.code == "missing_tile"
    assert str(caught.value).startswith("tile/0/000")


def test_a_wrong_entry_is_named() -> None:
    raw = FILES["tile/entries/000"].replace(b"entry 17", b"entry 71", 1)
    with pytest.raises(IntegrityError) as caught:
        TileReader(SIZE, (FILES | {"tile/entries/000": raw}).__getitem__).entry(3)
    assert caught.value.code == "leaf_differs"
    assert "leaf 17 " in str(caught.value)


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda reader: reader.tile(0, 258), "no_such_tile"),
        (lambda reader: reader.tile(3, 0), "no_such_tile"),
        (lambda reader: reader.tile(0, -1), "no_such_tile"),
        (lambda reader: reader.root(SIZE + 1), "no_such_size"),
        (lambda reader: reader.inclusion_proof(SIZE), "no_such_leaf"),
    ],
)
def test_questions_beyond_the_log_are_refused(
    ask: Callable[[TileReader], object], code: str
) -> None:
    with pytest.raises(DataError) as caught:
        ask(TileReader(SIZE, FILES.__getitem__))
    assert caught.value.code == code


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 700), st.data())
def test_no_flipped_byte_of_a_tile_keeps_the_root(size: int, data: st.DataObject) -> None:
    """Only the partial tiles at the right edge are read for the root; full ones repeat below it."""
    files = dict(tiles(TREE, size))
    path = data.draw(st.sampled_from([each.path for each in tile_ids(size) if not each.is_full]))
    at = data.draw(st.integers(0, len(files[path]) - 1))
    files[path] = files[path][:at] + bytes([files[path][at] ^ 1]) + files[path][at + 1 :]
    assert TileReader(size, files.__getitem__).root() != TREE.root(size)
