"""Reading a log from its tiles alone, as a client does who has nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from comity.kernel.errors import DataError, Fault, IntegrityError, Place
from comity.tlog import subtrees
from comity.tlog.hashing import HASH_SIZE, complete_root, leaf_hash
from comity.tlog.tiles import (
    ENTRIES,
    TILE_HEIGHT,
    TILE_WIDTH,
    TileId,
    TileStream,
    check_tile,
    decode_bundle,
)

_KEPT_TILES = 64


class TileReader:
    """Computes root and proofs of a log of ``size`` entries from its tiles.

    ``read`` returns the bytes at a path, or raises `LookupError` or `OSError` where there is
    nothing. The tiles are not trusted: compare `root` with a signed checkpoint, and check proofs
    with `verify_inclusion` and `verify_consistency` against its root.
    """

    def __init__(self, size: int, read: Callable[[str], bytes]) -> None:
        """Read a log of ``size`` entries, as its checkpoint says."""
        self.size = size
        self._read = read
        self._kept: dict[TileId, bytes] = {}

    def tile(self, level: int, index: int) -> bytes:
        """Return the hashes of a tile as it is in a log of this size."""
        tile = self._id(level, index)
        if tile not in self._kept:
            if len(self._kept) >= _KEPT_TILES:
                self._kept.pop(next(iter(self._kept)))
            self._kept[tile] = self._fetch_tile(tile)
        return self._kept[tile]

    def node(self, level: int, index: int) -> bytes:
        """Return the hash over the leaves from ``index * 2**level``, a complete subtree."""
        tile_level, height = divmod(level, TILE_HEIGHT)
        first = index << height
        hashes = self.tile(tile_level, first // TILE_WIDTH)
        start = first % TILE_WIDTH * HASH_SIZE
        return complete_root(hashes[start : start + (HASH_SIZE << height)])

    def root(self, size: int | None = None) -> bytes:
        """Return the root now, or as it was when the log had ``size`` entries."""
        return subtrees.root(self.node, self._known(size))

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf ``index`` is in the log of ``size`` entries."""
        return subtrees.inclusion_proof(self.node, index, self._known(size))

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """Return the proof that the log of ``new`` entries continues the one of ``old``."""
        return subtrees.consistency_proof(self.node, old, self._known(new))

    def leaf_hash(self, index: int) -> bytes:
        """Return the hash of an entry, as the tiles have it."""
        return self.node(0, index)

    def bundle(self, index: int) -> list[bytes]:
        """Return the entries of a bundle, each checked against its hash in the tiles."""
        bundle = self._id(ENTRIES, index)
        entries = decode_bundle(self._fetch(bundle), bundle)
        for number, entry in enumerate(entries, bundle.first_leaf):
            if leaf_hash(entry) != self.leaf_hash(number):
                raise IntegrityError(
                    Fault(
                        "leaf_differs",
                        f"leaf {number} does not have the hash that stands in the tiles",
                        self.leaf_hash(number).hex(),
                        place=Place(bundle.path),
                    )
                )
        return entries

    def entry(self, index: int) -> bytes:
        """Return one entry, checked against its hash in the tiles."""
        return self.bundle(index // TILE_WIDTH)[index % TILE_WIDTH]

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """Yield the entries from ``start`` on, each checked against its hash in the tiles."""
        for index in range(start // TILE_WIDTH, -(-self.size // TILE_WIDTH)):
            yield from self.bundle(index)[max(0, start - index * TILE_WIDTH) :]

    def stream(self) -> TileStream:
        """Return what is needed to go on writing this log."""
        rows: list[tuple[int, bytes]] = []
        level = 0
        while self.size >> TILE_HEIGHT * level:
            full, width = divmod(self.size >> TILE_HEIGHT * level, TILE_WIDTH)
            rows.append((full, self.tile(level, full) if width else b""))
            level += 1
        return TileStream.resume(rows)

    def _id(self, level: int, index: int) -> TileId:
        count = self.size >> TILE_HEIGHT * max(level, 0)
        width = min(TILE_WIDTH, count - index * TILE_WIDTH)
        if index < 0 or width <= 0:
            raise DataError(
                Fault(
                    "no_such_tile",
                    f"a log of {self.size} entries has no tile {index} on level {level}",
                    "a tile whose existence follows from the size",
                )
            )
        return TileId(level, index, width)

    def _fetch_tile(self, tile: TileId) -> bytes:
        """Read a tile, or the beginning of the full one if the partial one was cleared away."""
        try:
            return check_tile(tile, self._fetch(tile))
        except IntegrityError as error:
            if tile.is_full or error.code != "missing_tile":
                raise
            try:
                whole = self._fetch(tile.full)
            except IntegrityError:
                raise error from None
            return check_tile(tile.full, whole)[: tile.width * HASH_SIZE]

    def _fetch(self, tile: TileId) -> bytes:
        try:
            return self._read(tile.path)
        except (LookupError, OSError) as error:
            raise IntegrityError(
                Fault("missing_tile", "the file is missing", "a file", place=Place(tile.path))
            ) from error

    def _known(self, size: int | None) -> int:
        if size is None:
            return self.size
        if not 0 <= size <= self.size:
            raise DataError(
                Fault(
                    "no_such_size",
                    f"the log has {self.size} entries, not {size}",
                    f"a size from 0 to {self.size}",
                )
            )
        return size
