"""The tree above the leaves in memory: with it a keeper of leaves can give any tile of the log.

It takes 32 bytes for every 256 entries, 125 kB for a million, and says of any tile of leaves
whether it is the one that the root was computed from.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.tlog.hashing import HASH_SIZE, complete_root
from comity.tlog.tiles import TILE_HEIGHT, TILE_WIDTH, TileId
from comity.tlog.tree import Frontier

TILE_BYTES = TILE_WIDTH * HASH_SIZE


@dataclass(frozen=True, slots=True)
class UpperLevels:
    """All tiles of a log but those of its leaves, and of these the unfinished one.

    ``edge`` holds the hashes of the last ``size % 256`` leaves, ``rows[n]`` all complete hashes of
    level ``n + 1``, one behind the other.
    """

    size: int = 0
    edge: bytes = b""
    rows: tuple[bytes, ...] = ()

    def extended(self, leaves: bytes) -> UpperLevels:
        """Return the levels after further leaves, given by their hashes one behind the other."""
        edge, risen = _risen(self.edge + leaves)
        rows, level = list(self.rows), 0
        while risen:
            if level == len(rows):
                rows.append(b"")
            unfinished = rows[level][_full(rows[level]) :]
            rows[level] += risen
            _, risen = _risen(unfinished + risen)
            level += 1
        return UpperLevels(self.size + len(leaves) // HASH_SIZE, edge, tuple(rows))

    def shortened(self, size: int, edge: bytes) -> UpperLevels:
        """Return the levels as they were at ``size``, given the hashes of its unfinished tile."""
        counts = (size >> TILE_HEIGHT * level for level in range(1, len(self.rows) + 1))
        rows = (row[: count * HASH_SIZE] for row, count in zip(self.rows, counts, strict=True))
        return UpperLevels(size, edge, tuple(row for row in rows if row))

    def frontier(self) -> Frontier:
        """Return the right edge of the tree."""
        nodes: list[bytes] = []
        for row in (*reversed(self.rows), self.edge):
            unfinished = row[_full(row) :]
            starts = range(0, len(unfinished), HASH_SIZE)
            each = (unfinished[start : start + HASH_SIZE] for start in starts)
            nodes += Frontier().extend(each).nodes
        return Frontier(self.size, tuple(nodes))

    def tile(self, tile: TileId) -> bytes:
        """Return the bytes of a tile above the leaves, which a log of this size must have."""
        start = tile.index * TILE_BYTES
        return self.rows[tile.level - 1][start : start + tile.width * HASH_SIZE]

    def are_leaves(self, index: int, hashes: bytes) -> bool:
        """Whether these are the hashes of all leaves that the tile ``index`` of level 0 has."""
        if index == self.size // TILE_WIDTH:
            return hashes == self.edge
        start = index * HASH_SIZE
        above = self.rows[0][start : start + HASH_SIZE]
        return len(hashes) == TILE_BYTES and complete_root(hashes) == above


def _risen(row: bytes) -> tuple[bytes, bytes]:
    """Return the unfinished tile at the end of a row, and the hashes above the full ones."""
    full = _full(row)
    starts = range(0, full, TILE_BYTES)
    above = (complete_root(row[start : start + TILE_BYTES]) for start in starts)
    return row[full:], b"".join(above)


def _full(row: bytes) -> int:
    """Return how many bytes of a row are in full tiles."""
    return len(row) // TILE_BYTES * TILE_BYTES
