"""A proof as a file (C2SP tlog-proof): that one entry is in a log, checked without asking anybody.

The file holds the position, the hashes on the way to the root, and the signed checkpoint. What
stands under ``extra`` is not proved by itself; comity writes the entry there, whose hash is.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from comity.kernel.errors import Fault, IntegrityError
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.hashing import HASH_SIZE
from comity.tlog.note import MAX_NOTE_BYTES, VerifierKey
from comity.tlog.proofs import verify_inclusion
from comity.tlog.tiles import MAX_ENTRY_BYTES

VERSION = "c2sp.org/tlog-proof@v1"
MAX_PROOF_BYTES = MAX_NOTE_BYTES + 2 * MAX_ENTRY_BYTES
_MAX_HASHES = 63
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class TlogProof:
    """The proof that entry ``index`` is in the log of the signed ``checkpoint``.

    ``path`` has the hashes from the leaf's neighbour up to the root's child.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def text(self) -> str:
        """Write the file."""
        lines = [VERSION]
        if self.extra:
            lines.append(f"extra {_encoded(self.extra)}")
        lines += [f"index {self.index}", *(_encoded(each) for each in self.path)]
        return "\n".join(lines) + f"\n\n{self.checkpoint}"

    @classmethod
    def parse(cls, raw: bytes) -> TlogProof:
        """Read a file without checking what it proves; raises `IntegrityError`."""
        if len(raw) > MAX_PROOF_BYTES:
            raise _malformed(f"a file of {len(raw)} bytes", f"at most {MAX_PROOF_BYTES}")
        try:
            head, separator, checkpoint = raw.decode().partition("\n\n")
        except UnicodeError as error:
            raise _malformed("bytes that are not UTF-8", "a text in UTF-8") from error
        version, *lines = head.split("\n")
        if version != VERSION or not separator:
            raise _malformed(f'a text that begins "{version[:60]}"', f"{VERSION}, a checkpoint")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = _decoded(lines.pop(0).removeprefix("extra "))
        index = _INDEX.fullmatch(lines[0] if lines else "")
        if not index or len(lines) > _MAX_HASHES + 1:
            raise _malformed(f"{len(lines)} lines after the first", "index N, then hashes")
        path = tuple(_hash(each) for each in lines[1:])
        return cls(int(index[1]), path, checkpoint, extra)

    def verify(self, leaf_hash: bytes, *log_keys: VerifierKey) -> Checkpoint:
        """Check that the leaf is in the log that owns the keys, and return the checkpoint.

        Raises `IntegrityError` if the checkpoint is not the log's or the proof does not show it.
        """
        checkpoint = Checkpoint.open(self.checkpoint, *log_keys)
        verify_inclusion(leaf_hash, self.index, checkpoint.size, checkpoint.root, self.path)
        return checkpoint


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not raw or _encoded(raw) != text:
        raise _malformed(f'the line "{text[:60]}"', "base64")
    return raw


def _hash(text: str) -> bytes:
    raw = _decoded(text)
    if len(raw) != HASH_SIZE:
        raise _malformed(f"a hash of {len(raw)} bytes", f"{HASH_SIZE} bytes each")
    return raw


def _malformed(found: str, expected: str) -> IntegrityError:
    return IntegrityError(Fault("malformed_proof", found, expected))
