"""The Merkle tree: its right edge only (`Frontier`), or the whole of it in memory (`Tree`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from comity.kernel.errors import DataError, Fault, IntegrityError
from comity.tlog import subtrees
from comity.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash, parent_hashes


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that appending needs: the roots of the complete subtrees, from the largest down.

    The widths of the subtrees are the binary digits of ``size``. A frontier of a million entries
    takes under 700 bytes, and with it the next entry and the next root cost a few hashes.
    """

    size: int = 0
    nodes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        expected = self.size.bit_count() if 0 <= self.size < 1 << 64 else -1
        if len(self.nodes) != expected or any(len(each) != HASH_SIZE for each in self.nodes):
            raise IntegrityError(
                Fault(
                    "malformed_frontier",
                    f"a frontier of size {self.size} with {len(self.nodes)} hashes",
                    f"{max(expected, 0)} hashes of {HASH_SIZE} bytes",
                )
            )

    def append(self, leaf: bytes) -> Frontier:
        """Return the frontier after one more leaf, given by its hash."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Frontier:
        """Return the frontier after further leaves, given by their hashes."""
        size, nodes = self.size, list(self.nodes)
        for leaf in leaves:
            _check_hash(leaf)
            rising, carry = leaf, size
            while carry & 1:
                rising = sha256(b"\x01" + nodes.pop() + rising).digest()
                carry >>= 1
            nodes.append(rising)
            size += 1
        return Frontier(size, tuple(nodes))

    def root(self) -> bytes:
        """Return the root of the log."""
        if not self.nodes:
            return EMPTY_ROOT
        result = self.nodes[-1]
        for left in self.nodes[-2::-1]:
            result = node_hash(left, result)
        return result

    def to_bytes(self) -> bytes:
        """Write the frontier: the size as eight bytes, big-endian, then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.nodes)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Frontier:
        """Read what `to_bytes` wrote; raises `IntegrityError` if it is not whole."""
        size = int.from_bytes(raw[:8], "big")
        expected = 8 + HASH_SIZE * size.bit_count()
        if len(raw) < 8 or len(raw) != expected:
            raise IntegrityError(
                Fault(
                    "malformed_frontier",
                    f"a frontier of {len(raw)} bytes",
                    f"{expected} bytes for size {size}" if len(raw) >= 8 else "at least 8 bytes",
                )
            )
        return cls(size, tuple(raw[at : at + HASH_SIZE] for at in range(8, expected, HASH_SIZE)))


class Tree:
    """A whole tree in memory: each level one run of bytes, 64 bytes an entry in all."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        """Build the tree over leaves given by their hashes."""
        self._levels: list[bytearray] = [bytearray()]
        self.extend(leaves)

    def __len__(self) -> int:
        return len(self._levels[0]) // HASH_SIZE

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self)

    def append(self, leaf: bytes) -> None:
        """Add one leaf, given by its hash."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves, given by their hashes, and every node they complete."""
        added = list(leaves)
        for leaf in added:
            _check_hash(leaf)
        self._levels[0] += b"".join(added)
        level = 0
        while len(self._levels[level]) >= 2 * HASH_SIZE:
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            children, parents = self._levels[level], self._levels[level + 1]
            completed = parent_hashes(children[2 * len(parents) :])
            if not completed:
                break
            parents += completed
            level += 1

    def node(self, level: int, index: int) -> bytes:
        """Return the hash over the leaves from ``index * 2**level``, a complete subtree."""
        return self.hashes(level, index, index + 1)

    def hashes(self, level: int, start: int, end: int) -> bytes:
        """Return the hashes of a level from ``start`` up to ``end``, one behind the other."""
        known = len(self._levels[level]) // HASH_SIZE if 0 <= level < len(self._levels) else 0
        if not 0 <= start <= end <= known:
            raise DataError(
                Fault(
                    "no_such_node",
                    f"level {level} of the tree has {known} hashes, not {start} to {end}",
                    f"a tree of at least {end << level} leaves",
                )
            )
        return bytes(self._levels[level][start * HASH_SIZE : end * HASH_SIZE])

    def root(self, size: int | None = None) -> bytes:
        """Return the root now, or as it was when the log had ``size`` entries."""
        return subtrees.root(self.node, self._known(size))

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the proof that leaf ``index`` is in the log of ``size`` entries."""
        return subtrees.inclusion_proof(self.node, index, self._known(size))

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """Return the proof that the log of ``new`` entries continues the one of ``old``."""
        return subtrees.consistency_proof(self.node, old, self._known(new))

    def frontier(self, size: int | None = None) -> Frontier:
        """Return the right edge of the tree, from which another process can append."""
        size = self._known(size)
        levels = [level for level in range(size.bit_length())[::-1] if size >> level & 1]
        return Frontier(size, tuple(self.node(each, (size >> each) - 1) for each in levels))

    def _known(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise DataError(
                Fault(
                    "no_such_size",
                    f"the log has {len(self)} entries, not {size}",
                    f"a size from 0 to {len(self)}",
                )
            )
        return size


def _check_hash(leaf: bytes) -> None:
    if len(leaf) != HASH_SIZE:
        raise DataError(
            Fault(
                "not_a_hash",
                f"{len(leaf)} bytes where the hash of a leaf is needed",
                f"{HASH_SIZE} bytes, as leaf_hash() returns",
            )
        )
