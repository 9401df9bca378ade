"""Commitments: of a closed act the public log shows that it is there, and nothing of its content.

The salt is 32 secret random bytes, new for each act. Without it a short content could be guessed
and compared; with it the commitment says nothing until salt and content are shown together.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from datetime import datetime

from comity.kernel import canonical
from comity.kernel.dates import format_instant, parse_instant
from comity.kernel.errors import DataError, Fault

SALT_SIZE = 32
_DOMAIN = b"comity-commitment/1\n"
_FORM = re.compile(r"sha256:[0-9a-f]{64}")
_FIELDS = {"commitment", "organisation", "recorded_at"}


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


def is_closed(record: object) -> bool:
    """Whether a record is that of a closed act: exactly the three fields, each in its form.

    Whatever else has a field ``commitment`` is no closed act: else an act could hide as one.
    """
    if not isinstance(record, dict) or record.keys() != _FIELDS:
        return False
    commitment, organisation = record["commitment"], record["organisation"]
    return (
        isinstance(commitment, str)
        and _FORM.fullmatch(commitment) is not None
        and isinstance(organisation, str)
        and organisation != ""
        and _is_instant(record["recorded_at"])
    )


def is_closed_entry(entry: bytes) -> bool:
    """Whether an entry of the log is that of a closed act, as `closed_leaf` writes it.

    >>> is_closed_entry(b'{"commitment":"nothing","kind":"admitted"}')
    False
    """
    if not entry.startswith(b'{"commitment":'):
        return False  # an act: its keys are in order, and it has none of this name
    try:
        record = json.loads(entry)
    except (ValueError, RecursionError):
        return False
    return is_closed(record)


def _is_instant(value: object) -> bool:
    try:
        return isinstance(value, str) and format_instant(parse_instant(value)) == value
    except DataError:
        return False
