"""Tiles (C2SP tlog-tiles): the log as a finite set of files, from which any proof can be made.

A tile holds up to 256 neighbouring hashes of one level, an entry bundle up to 256 entries. A full
one never changes. Which files a log of a given size consists of follows from the size alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from comity.kernel.errors import DataError, Fault, IntegrityError, Place
from comity.tlog.hashing import HASH_SIZE, complete_root
from comity.tlog.tree import Frontier, Tree

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
ENTRIES = -1
"""The level, so to speak, of entry bundles."""
MAX_ENTRY_BYTES = 65_535
MAX_BUNDLE_BYTES = TILE_WIDTH * (2 + MAX_ENTRY_BYTES)

_PATH = re.compile(
    r"tile/(entries|0|[1-5]?[0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class TileId:
    """Which tile: level (`ENTRIES` for a bundle), index in the level, number of hashes in it."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path of the file, below the log's prefix.

        >>> TileId(0, 1234067, 5).path
        'tile/0/x001/x234/067.p/5'
        """
        level = "entries" if self.level == ENTRIES else str(self.level)
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        parts = [f"x{each}" for each in groups[:-1]] + groups[-1:]
        suffix = "" if self.is_full else f".p/{self.width}"
        return f"tile/{level}/{'/'.join(parts)}{suffix}"

    @classmethod
    def parse(cls, path: str) -> TileId:
        """Read a path; of several spellings only the one `path` writes is one."""
        match = _PATH.fullmatch(path)
        if match:
            level, index, width = match.groups()
            number = int(index.replace("/", "").replace("x", ""))
            tile = cls(ENTRIES if level == "entries" else int(level), number, int(width or 256))
            if tile.path == path and tile.width <= TILE_WIDTH:
                return tile
        raise DataError(
            Fault(
                "malformed_path",
                f'the path "{path[:120]}"',
                "such as tile/0/x001/234.p/5",
                "The index is written in groups of three digits: 5 is 005, 1234067 is "
                "x001/x234/067. Only a tile that is not full ends in .p/ and its width.",
            )
        )

    @property
    def is_full(self) -> bool:
        """Whether the tile will never change."""
        return self.width == TILE_WIDTH

    @property
    def full(self) -> TileId:
        """The tile as it will be once it is full."""
        return TileId(self.level, self.index)

    @property
    def first_leaf(self) -> int:
        """The first leaf below the tile."""
        return self.index << TILE_HEIGHT * (max(self.level, 0) + 1)


def tile_ids(size: int, old_size: int = 0) -> Iterator[TileId]:
    """Yield the tiles a log of ``size`` entries has and one of ``old_size`` had not, bottom up."""
    level = 0
    while size >> TILE_HEIGHT * level:
        yield from _row(level, size >> TILE_HEIGHT * level, old_size >> TILE_HEIGHT * level)
        level += 1


def bundle_ids(size: int, old_size: int = 0) -> Iterator[TileId]:
    """Yield the entry bundles a log of ``size`` has and one of ``old_size`` had not, in order."""
    return _row(ENTRIES, size, old_size)


def _row(level: int, count: int, old_count: int) -> Iterator[TileId]:
    if count == old_count:
        return
    for index in range(old_count >> TILE_HEIGHT, count >> TILE_HEIGHT):
        yield TileId(level, index)
    if count % TILE_WIDTH:
        yield TileId(level, count >> TILE_HEIGHT, count % TILE_WIDTH)


def tiles(tree: Tree, size: int | None = None, *, old_size: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the tiles of a log; with ``old_size`` only what is new since."""
    for tile in tile_ids(len(tree) if size is None else size, old_size):
        start = tile.index * TILE_WIDTH
        yield (
            tile.path,
            tree.hashes(tile.level * TILE_HEIGHT, start, start + tile.width),
        )


def entry_bundles(entries: Iterable[bytes], *, start: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the bundles that hold ``entries``, the first of which is ``start``.

    A bundle is written whole, so ``start`` is a multiple of 256: to extend a log of ``old_size``
    entries, give those from ``old_size // 256 * 256`` on.
    """
    for index, batch in enumerate_batches(entries, start):
        yield TileId(ENTRIES, index, len(batch)).path, encode_bundle(batch, index * TILE_WIDTH)


def enumerate_batches(
    entries: Iterable[bytes], start: int = 0
) -> Iterator[tuple[int, Sequence[bytes]]]:
    """Yield the entries in lots of 256, each with the index of its bundle."""
    if start % TILE_WIDTH:
        raise DataError(
            Fault("unaligned_start", f"entries from {start} on", f"a multiple of {TILE_WIDTH}")
        )
    rest, index = iter(entries), start // TILE_WIDTH
    while batch := list(islice(rest, TILE_WIDTH)):
        yield index, batch
        index += 1


def encode_bundle(entries: Sequence[bytes], first_leaf: int = 0) -> bytes:
    """Write entries one behind the other, each after its length as two bytes, big-endian."""
    for number, entry in enumerate(entries, first_leaf):
        if len(entry) > MAX_ENTRY_BYTES:
            raise DataError(
                Fault(
                    "entry_too_large",
                    f"entry {number} has {len(entry)} bytes",
                    f"at most {MAX_ENTRY_BYTES} bytes in an entry of the log",
                    "Record the digest of a long text, and keep the text beside the log.",
                )
            )
    return b"".join([len(entry).to_bytes(2, "big") + entry for entry in entries])


def decode_bundle(raw: bytes, bundle: TileId) -> list[bytes]:
    """Read the entries of a bundle; raises `IntegrityError` with leaf and byte where it breaks."""
    entries, at = readable_entries(raw, bundle.width)
    if len(entries) < bundle.width:
        raise IntegrityError(_truncated_bundle(bundle, len(entries), at, len(raw)))
    if at != len(raw):
        last = bundle.first_leaf + bundle.width - 1
        raise IntegrityError(
            Fault(
                "malformed_bundle",
                f"{len(raw) - at} bytes too many after leaf {last}, from byte {at} on",
                f"{bundle.width} entries and nothing else",
                place=Place(bundle.path),
            )
        )
    return entries


def readable_entries(raw: bytes, most: int) -> tuple[list[bytes], int]:
    """Return the entries, ``most`` of them, that can be read, and the byte after the last one."""
    entries: list[bytes] = []
    at, end = 0, len(raw)
    while len(entries) < most and at + 2 <= end:
        after = at + 2 + (raw[at] << 8 | raw[at + 1])
        if after > end:
            break
        entries.append(raw[at + 2 : after])
        at = after
    return entries, at


def _truncated_bundle(bundle: TileId, whole: int, at: int, end: int) -> Fault:
    return Fault(
        "truncated_tile",
        f"leaf {bundle.first_leaf + whole} at byte {at} is cut off: the file ends at byte {end}",
        f"{bundle.width} whole entries",
        place=Place(bundle.path),
    )


def check_tile(tile: TileId, raw: bytes) -> bytes:
    """Return the bytes of a tile; raises `IntegrityError` if they are too few or too many."""
    expected = tile.width * HASH_SIZE
    if len(raw) != expected:
        raise IntegrityError(
            Fault(
                "truncated_tile" if len(raw) < expected else "malformed_tile",
                f"the tile has {len(raw)} bytes",
                f"{expected} bytes, {tile.width} hashes",
                place=Place(tile.path),
            )
        )
    return raw


class TileStream:
    """Makes tiles from leaf hashes as they come, holding one unfinished tile for each level."""

    __slots__ = ("_full", "_rows")

    def __init__(self) -> None:
        """Begin an empty log."""
        self._rows: list[bytearray] = []
        self._full: list[int] = []

    @classmethod
    def resume(cls, rows: Iterable[tuple[int, bytes]]) -> TileStream:
        """Continue a log: for each level the number of full tiles, and the unfinished tile."""
        stream = cls()
        for full, row in rows:
            stream._full.append(full)
            stream._rows.append(bytearray(row))
        return stream

    @property
    def size(self) -> int:
        """The number of leaves so far."""
        if not self._rows:
            return 0
        return self._full[0] * TILE_WIDTH + len(self._rows[0]) // HASH_SIZE

    def add(self, hashes: bytes, level: int = 0) -> list[tuple[TileId, bytes]]:
        """Add hashes, one behind the other, and return the tiles they made full, bottom up."""
        if level == len(self._rows):
            self._rows.append(bytearray())
            self._full.append(0)
        row = self._rows[level]
        row += hashes
        finished: list[tuple[TileId, bytes]] = []
        while len(row) >= TILE_WIDTH * HASH_SIZE:
            tile = bytes(row[: TILE_WIDTH * HASH_SIZE])
            del row[: TILE_WIDTH * HASH_SIZE]
            finished.append((TileId(level, self._full[level]), tile))
            self._full[level] += 1
            finished += self.add(complete_root(tile), level + 1)
        return finished

    def unfinished(self) -> list[tuple[TileId, bytes]]:
        """Return the partial tiles at the right edge, bottom up."""
        return [
            (TileId(level, self._full[level], len(row) // HASH_SIZE), bytes(row))
            for level, row in enumerate(self._rows)
            if row
        ]

    def frontier(self) -> Frontier:
        """Return the right edge of the tree."""
        nodes: list[bytes] = []
        for row in reversed(self._rows):
            each = (bytes(row[at : at + HASH_SIZE]) for at in range(0, len(row), HASH_SIZE))
            nodes += Frontier().extend(each).nodes
        return Frontier(self.size, tuple(nodes))
