"""The two hashes of a Merkle log: of a leaf and of a node (RFC 6962 §2.1, RFC 9162 §2.1.1).

A leaf is hashed behind a zero byte and a node behind a one, so that nobody can present the bytes
of a node as if they were an entry.
"""

from __future__ import annotations

import hashlib

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of the log that has no entry."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of one entry.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def parent_hashes(children: bytes | bytearray | memoryview) -> bytes:
    """Return the parents of neighbouring hashes; one left over at the end has no parent yet."""
    sha256 = hashlib.sha256
    whole = bytes(children)
    paired = len(whole) // (2 * HASH_SIZE) * (2 * HASH_SIZE)
    return b"".join(
        [
            sha256(b"\x01" + whole[start : start + 2 * HASH_SIZE]).digest()
            for start in range(0, paired, 2 * HASH_SIZE)
        ]
    )


def complete_root(hashes: bytes) -> bytes:
    """Return the root above concatenated hashes whose number is a power of two."""
    while len(hashes) > HASH_SIZE:
        hashes = parent_hashes(hashes)
    return hashes
