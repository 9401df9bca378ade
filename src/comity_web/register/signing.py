"""The key that signs checkpoints: made at the first start, kept in the instance's folder."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from comity.tlog.checkpoint import Checkpoint
from comity.tlog.note import SigningKey, VerifierKey
from comity_web.register.secret_files import read_or_create


def signed_note(size: int, root: bytes) -> str:
    """Return the checkpoint of the log at ``size``, signed by this instance."""
    return Checkpoint(settings.LOG_ORIGIN, size, root).sign(signing_key())


def verifier_key() -> VerifierKey:
    """Return the public key that checks this instance's checkpoints."""
    return signing_key().verifier


def signing_key() -> SigningKey:
    """Return the secret key that signs this instance's checkpoints."""
    return _read_key(settings.LOG_KEY_FILE, settings.LOG_ORIGIN)


@lru_cache(maxsize=4)
def _read_key(path: Path, origin: str) -> SigningKey:
    def make() -> bytes:
        key = SigningKey.from_seed(origin, secrets.token_bytes(32))
        return key.private_text().encode() + b"\n"

    return SigningKey.parse(read_or_create(path, make).decode().strip())
