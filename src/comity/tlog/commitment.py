"""Commitments: of a closed act the public log shows that it is there, and nothing of its content.

The salt is 32 secret random bytes, new for each act. Without it a short content could be guessed
and compared; with it the commitment says nothing until salt and content are shown together.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime

from comity.kernel import canonical
from comity.kernel.dates import format_instant
from comity.kernel.errors import DataError, Fault

SALT_SIZE = 32
_DOMAIN = b"comity-commitment/1\n"
_FORM = re.compile(r"sha256:[0-9a-f]{64}")


def commit(content: bytes, salt: bytes) -> str:
    """Return the commitment to ``content`` under a salt of 32 bytes.

    >>> commit(b"content", bytes(32))[:20]
    'sha256:b29f89321bf87'
    """
    if len(salt) != SALT_SIZE:
        raise DataError(
            Fault("wrong_salt", f"a salt of {len(salt)} bytes", f"{SALT_SIZE} secret random bytes")
        )
    return "sha256:" + hashlib.sha256(_DOMAIN + salt + content).hexdigest()


def opens(commitment: str, content: bytes, salt: bytes) -> bool:
    """Whether ``content`` and ``salt`` are what was committed to."""
    if len(salt) != SALT_SIZE or not _FORM.fullmatch(commitment):
        return False
    return hmac.compare_digest(commit(content, salt), commitment)


def closed_leaf(commitment: str, *, organisation: str, recorded_at: datetime) -> bytes:
    """Return the entry that stands in the public log for a closed act.

    It tells the organisation and the instant of recording, which the order of the log would
    reveal roughly in any case; kind, parties, dates and authority stay closed.
    """
    if not _FORM.fullmatch(commitment):
        raise DataError(
            Fault(
                "malformed_commitment",
                f'the commitment "{commitment[:80]}"',
                "sha256: and 64 hexadecimal digits, as commit() returns",
            )
        )
    return canonical.encode(
        {
            "commitment": commitment,
            "organisation": organisation,
            "recorded_at": format_instant(recorded_at),
        }
    )
