"""Checkpoints (C2SP tlog-checkpoint): how large the log is, and its root, signed by the log."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass

from comity.kernel.errors import Fault, IntegrityError
from comity.tlog import note as notes
from comity.tlog.hashing import HASH_SIZE
from comity.tlog.note import Signature, SigningKey, VerifierKey
from comity.tlog.tree import Frontier

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_MAX_SIZE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: whose it is, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_lines((self.origin, *self.extensions))
        if not 0 <= self.size <= _MAX_SIZE or len(self.root) != HASH_SIZE:
            raise _malformed(
                f"size {self.size} with a root of {len(self.root)} bytes",
                f"a size of at most 63 bits and a root of {HASH_SIZE} bytes",
            )

    @classmethod
    def of(cls, origin: str, frontier: Frontier) -> Checkpoint:
        """Return the checkpoint of a log whose right edge is ``frontier``."""
        return cls(origin, frontier.size, frontier.root())

    def text(self) -> str:
        """Write the checkpoint as the lines that are signed."""
        root = base64.b64encode(self.root).decode()
        return "".join(f"{each}\n" for each in (self.origin, self.size, root, *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read those lines, without asking who signed them."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "":
            raise _malformed("fewer than three whole lines", "origin, size and root, each a line")
        origin, size, root, *extensions = lines
        if not _SIZE.fullmatch(size):
            raise _malformed(f'the size "{size[:40]}"', "a decimal number without leading zeros")
        return cls(origin, int(size), _parse_root(root), tuple(extensions))

    def sign(self, *keys: SigningKey) -> str:
        """Return the checkpoint as a note signed by the keys."""
        return notes.sign(self.text(), *keys)

    @classmethod
    def open(cls, signed: str | bytes, *log_keys: VerifierKey, origin: str = "") -> Checkpoint:
        """Check a signed checkpoint of the log that owns the keys; one signature suffices.

        Several keys are for a log that changed its key. The key of a witness is not for here: it
        would let the witness speak for the log (see `cosignatures`). Origin and name of the key
        must agree unless ``origin`` says otherwise, so that one log is not taken for another.
        """
        opened = notes.open_note(signed, log_keys)
        checkpoint = cls.parse(opened.text)
        expected = {origin} if origin else {each.name for each in opened.signatures}
        if checkpoint.origin not in expected:
            raise IntegrityError(
                Fault(
                    "wrong_origin",
                    f'a checkpoint of the log "{checkpoint.origin}"',
                    f'one of "{", ".join(sorted(expected))}"',
                )
            )
        return checkpoint


def cosign(signed: str, key: SigningKey, *, timestamp: int) -> str:
    """Return the signed checkpoint with a witness's cosignature made at ``timestamp`` (POSIX).

    It is for the witness to have checked that the log only grew since it last cosigned.
    """
    Checkpoint.parse(notes.unverified_text(signed))
    return notes.add_signature(signed, key, timestamp=timestamp)


def cosignatures(
    signed: str | bytes, witnesses: Iterable[VerifierKey], *, at_least: int = 1
) -> tuple[Signature, ...]:
    """Return the verified signatures of known witnesses; raises if they are fewer than needed."""
    known = tuple(witnesses)
    found = notes.open_note(signed, known).signatures if at_least or known else ()
    if len(found) < at_least:
        raise IntegrityError(
            Fault(
                "too_few_witnesses",
                f"{len(found)} of {len(known)} witnesses signed the checkpoint",
                f"at least {at_least}",
            )
        )
    return found


def _parse_root(text: str) -> bytes:
    try:
        root = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if base64.b64encode(root).decode() != text or len(root) != HASH_SIZE:
        raise _malformed(f'the root "{text[:60]}"', f"the base64 of {HASH_SIZE} bytes")
    return root


def _check_lines(lines: Iterable[str]) -> None:
    for line in lines:
        if not line or any(each < " " for each in line):
            raise _malformed(f'the line "{line[:60]}"', "a line that is not empty")


def _malformed(found: str, expected: str) -> IntegrityError:
    return IntegrityError(Fault("malformed_checkpoint", found, expected))
