"""Roots and proofs from the hashes of complete subtrees, wherever these are kept.

``nodes(level, index)`` is the hash over the leaves ``index * 2**level`` up to
``(index + 1) * 2**level``. A tree in memory answers it, and so does a set of tiles; what is made
of the answers is the same for both, and follows the recursion of RFC 6962 §2.1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from comity.kernel.errors import DataError, Fault
from comity.tlog.hashing import EMPTY_ROOT, node_hash

Nodes: TypeAlias = Callable[[int, int], bytes]


def root(nodes: Nodes, size: int) -> bytes:
    """Return the root of the first ``size`` leaves."""
    return _range_root(nodes, 0, size) if size else EMPTY_ROOT


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Return the hashes which lead from leaf ``index`` to the root of size ``size``."""
    if not 0 <= index < size:
        raise DataError(
            Fault(
                "no_such_leaf",
                f"there is no leaf {index} in a log of {size} entries",
                f"an index from 0 to {size - 1}" if size else "a log that is not empty",
            )
        )
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_width(end - start)
        if index < middle:
            proof.append(_range_root(nodes, middle, end))
            end = middle
        else:
            proof.append(_range_root(nodes, start, middle))
            start = middle
    return proof[::-1]


def consistency_proof(nodes: Nodes, old: int, new: int) -> list[bytes]:
    """Return the hashes which prove that the log of size ``new`` begins with that of size ``old``.

    Nothing has to be shown where the sizes are equal, or where the old log was empty.
    """
    if not 0 <= old <= new:
        raise DataError(
            Fault(
                "no_such_size",
                f"a log of {new} entries cannot continue one of {old}",
                f"an earlier size from 0 to {new}",
            )
        )
    if old in (0, new):
        return []
    proof: list[bytes] = []
    start, end, is_old_root = 0, new, True
    while end != old:
        middle = start + _left_width(end - start)
        if old <= middle:
            proof.append(_range_root(nodes, middle, end))
            end = middle
        else:
            proof.append(_range_root(nodes, start, middle))
            start, is_old_root = middle, False
    # The verifier knows the old root; anything smaller at the old edge has to be given to it.
    if not is_old_root:
        proof.append(_range_root(nodes, start, end))
    return proof[::-1]


def _range_root(nodes: Nodes, start: int, end: int) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return nodes(level, start >> level)
    middle = start + _left_width(width)
    return node_hash(_range_root(nodes, start, middle), _range_root(nodes, middle, end))


def _left_width(width: int) -> int:
    """Return the largest power of two smaller than ``width``."""
    return 1 << ((width - 1).bit_length() - 1)
