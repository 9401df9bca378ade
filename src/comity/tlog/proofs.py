"""Checking that an entry is in a log, and that a log only grew (RFC 9162 §2.1.3.2, §2.1.4.2).

A proof is a list of hashes. Whoever holds two roots and a proof needs nothing else: no entry of
anybody, no tree, no trust in the one who sent it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.kernel.errors import Fault, IntegrityError
from comity.tlog.hashing import EMPTY_ROOT, HASH_SIZE, node_hash


@dataclass(frozen=True, slots=True)
class Step:
    """One step up: a node and its ``sibling`` (``on_left`` of it or on the right) make ``result``.

    ``level`` is the height of the result above the leaves.
    """

    sibling: bytes
    on_left: bool
    level: int
    result: bytes


def verify_inclusion(
    leaf_hash: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the leaf stands at ``index`` in the log of this size and root.

    Raises `IntegrityError` if the proof does not show it.
    """
    if not 0 <= index < size:
        raise _refused("no_such_leaf", f"there is no leaf {index} in a log of {size} entries")
    _check_hashes((leaf_hash, root, *proof))
    _check_length(proof, _climb_length(index, size - 1))
    steps = climb(leaf_hash, index, size, proof)
    result = steps[-1].result if steps else leaf_hash
    if result != root:
        raise _refused(
            "not_included",
            f"the proof for leaf {index} leads to the root {result.hex()}",
            f"{root.hex()}, the root of the log of {size} entries",
        )


def climb(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> tuple[Step, ...]:
    """Return the way from a leaf up to the root that a proof leads to, step by step.

    The length of the proof must be that of the way; `verify_inclusion` checks it.
    """
    steps: list[Step] = []
    result, position, last, level = leaf_hash, index, size - 1, 0
    for sibling in proof:
        # A node that is the last of an odd row has no sibling there and rises unchanged.
        while position == last and not position & 1:
            position, last, level = position >> 1, last >> 1, level + 1
        on_left = bool(position & 1)
        result = node_hash(sibling, result) if on_left else node_hash(result, sibling)
        position, last, level = position >> 1, last >> 1, level + 1
        steps.append(Step(sibling, on_left, level, result))
    return tuple(steps)


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the newer log begins with every entry of the older one, unchanged.

    Raises `IntegrityError` if the proof does not show it.
    """
    if not 0 <= old_size <= new_size:
        raise _refused(
            "log_shrank", f"a log of {new_size} entries cannot continue one of {old_size}"
        )
    _check_hashes((old_root, new_root, *proof))
    if old_size in (0, new_size):
        _check_length(proof, 0)
        _check_same_root(old_size, old_root, new_root if old_size == new_size else EMPTY_ROOT)
        return
    old, new = _roots_from_proof(old_size, old_root, new_size, proof)
    _check_same_root(old_size, old_root, old)
    _check_same_root(new_size, new_root, new)


def _roots_from_proof(
    old_size: int, old_root: bytes, new_size: int, proof: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """Rebuild both roots, climbing from the right edge of the older tree."""
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    # A whole older tree is itself a node of the newer one, and known to the verifier.
    given = 0 if position == 0 else 1
    _check_length(proof, given + _climb_length(position, last))
    old = new = proof[0] if given else old_root
    for sibling in proof[given:]:
        while position == last and not position & 1:
            position, last = position >> 1, last >> 1
        if position & 1:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return old, new


def _climb_length(position: int, last: int) -> int:
    """Return how many siblings are met on the way up from ``position`` in a row up to ``last``."""
    # Below the level where the two paths meet every node has a sibling; above it only those
    # which are right children, as there the path runs along the right edge.
    meeting = (position ^ last).bit_length()
    return meeting + (position >> meeting).bit_count()


def _check_hashes(hashes: Sequence[bytes]) -> None:
    for each in hashes:
        if len(each) != HASH_SIZE:
            raise _refused(
                "malformed_proof", f"a hash of {len(each)} bytes", f"{HASH_SIZE} bytes each"
            )


def _check_length(proof: Sequence[bytes], expected: int) -> None:
    if len(proof) != expected:
        raise _refused(
            "malformed_proof", f"a proof of {len(proof)} hashes", f"exactly {expected} hashes"
        )


def _check_same_root(size: int, stated: bytes, computed: bytes) -> None:
    if stated != computed:
        raise _refused(
            "not_consistent",
            f"the root of the log of {size} entries is {computed.hex()} by the proof",
            f"{stated.hex()}, as was stated",
        )


def _refused(code: str, found: str, expected: str = "") -> IntegrityError:
    return IntegrityError(Fault(code, found, expected))
