"""The key that signs checkpoints: made at the first start, kept in the instance's folder."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from comity.kernel.errors import Fault, IntegrityError
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.note import SigningKey, VerifierKey
from comity.tlog.tree import Frontier
from comity_web.register.secret_files import read_or_create


@dataclass(frozen=True, slots=True)
class _Known:
    """A note whose signature needs no further check: this process verified it, or made it."""

    note: str
    key: VerifierKey
    checkpoint: Checkpoint


class _Last:
    """The last such note. Threads may replace it at any time, always by another whole value."""

    known: _Known | None = None


_LAST = _Last()


def signed_note(size: int, root: bytes) -> str:
    """Return the checkpoint of the log at ``size``, signed by this instance."""
    checkpoint = Checkpoint(settings.LOG_ORIGIN, size, root)
    note = checkpoint.sign(signing_key())
    _LAST.known = _Known(note, verifier_key(), checkpoint)
    return note


def check_head(note: str, frontier: Frontier) -> None:
    """Raise `IntegrityError` unless this instance signed the note, and it covers the frontier."""
    signed = _opened(note)
    if (signed.size, signed.root) != (frontier.size, frontier.root()):
        raise IntegrityError(
            Fault(
                "checkpoint_differs",
                f"size {frontier.size} and root {frontier.root().hex()} beside the checkpoint",
                f"size {signed.size} and root {signed.root.hex()}, which were signed",
                "Restore the database from a copy that verifies.",
            )
        )


def _opened(note: str) -> Checkpoint:
    """Return a checkpoint with its signature verified: once, as long as it is the same one."""
    key, known = verifier_key(), _LAST.known
    if known is None or known.note != note or known.key != key:
        known = _Known(note, key, Checkpoint.open(note, key))
        _LAST.known = known
    return known.checkpoint


def verifier_key() -> VerifierKey:
    """Return the public key that checks this instance's checkpoints."""
    return _verifier(signing_key())


def signing_key() -> SigningKey:
    """Return the secret key that signs this instance's checkpoints."""
    return _read_key(settings.LOG_KEY_FILE, settings.LOG_ORIGIN)


@lru_cache(maxsize=4)
def _verifier(key: SigningKey) -> VerifierKey:
    return key.verifier  # derived from the secret: too slow for every append


@lru_cache(maxsize=4)
def _read_key(path: Path, origin: str) -> SigningKey:
    def make() -> bytes:
        key = SigningKey.from_seed(origin, secrets.token_bytes(32))
        return key.private_text().encode() + b"\n"

    return SigningKey.parse(read_or_create(path, make).decode().strip())
