"""Reading a log of which a signed checkpoint is known: every tile is checked on its way in."""

from __future__ import annotations

from collections.abc import Callable

from comity.kernel.errors import Fault, IntegrityError, Place
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import complete_root
from comity.tlog.tile_reader import TileReader
from comity.tlog.tiles import TILE_HEIGHT, TILE_WIDTH, TileId


class ProvenTiles(TileReader):
    """The tiles of the log that a checkpoint stands for, and no others.

    The unfinished tiles at the right edge have the signed root between them, and are read first.
    The hash over a full tile stands in the tile above it, which was checked before. So what is
    answered from here needs no further proof, and a tile that is wrong is named.
    """

    def __init__(self, checkpoint: Checkpoint, read: Callable[[str], bytes]) -> None:
        """Read the right edge; raises `IntegrityError` if it has not the root of the checkpoint."""
        super().__init__(checkpoint.size, read)
        self.checkpoint = checkpoint
        self._edge: dict[TileId, bytes] = {}
        root = self.stream().frontier().root()
        if root != checkpoint.root:
            raise IntegrityError(self._wrong_edge(root))

    def _wrong_edge(self, root: bytes) -> Fault:
        names = ", ".join(each.path for each in self._edge)
        return Fault(
            "root_differs",
            f"the root is {root.hex()}",
            f"{self.checkpoint.root.hex()}, which was signed",
            "One of these tiles is not the log's: take them from another mirror.",
            place=Place(names),
        )

    def _fetch_tile(self, tile: TileId) -> bytes:
        if not tile.is_full:
            if tile not in self._edge:  # only while the right edge is read, before it is checked
                self._edge[tile] = super()._fetch_tile(tile)
            return self._edge[tile]
        raw = super()._fetch_tile(tile)
        above = self.node(TILE_HEIGHT * (tile.level + 1), tile.index)
        if complete_root(raw) != above:
            parent = self._id(tile.level + 1, tile.index // TILE_WIDTH)
            raise IntegrityError(
                Fault(
                    "tile_differs",
                    f"the hash over the tile is {complete_root(raw).hex()}",
                    f"{above.hex()}, which stands in {parent.path}",
                    "Take the tile from another mirror.",
                    place=Place(tile.path),
                )
            )
        return raw
