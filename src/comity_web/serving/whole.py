"""Answers as one piece: none is streamed, and none is larger than a process can hold many of.

Sent piece by piece, a slow reader keeps the worker that makes the pieces; given as a whole, the
server sends it at whatever pace, beside the workers (docs/decisions/0009).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from comity.kernel.errors import DataError, Fault

LARGEST = 16_000_000
"""The most bytes of an answer, as it reads; pages, tables and files of the record alike."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class TooLarge(DataError):
    """An answer that would be larger than any may be."""


def joined(pieces: Iterable[bytes], *, advice: str) -> bytes:
    """Join the pieces of an answer.

    Raises `TooLarge` as soon as they are too much, with ``advice`` on how else to have it.
    """
    parts, size = [], 0
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size > LARGEST:
            raise TooLarge(_too_large(advice))
    return b"".join(parts)


def _too_large(advice: str) -> Fault:
    found = f"this answer has more than {LARGEST} bytes"
    return Fault("too_large", found, f"at most {LARGEST} bytes", advice)


def at_once(application: Application) -> Application:
    """Let an application give each of its answers in one piece, static files too.

    Only a list is sent without the worker by the server (granian); anything else it asks for
    pieces, and waits with it until the reader has taken what came before.
    """

    def whole(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        pieces = application(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            getattr(pieces, "close", lambda: None)()

    return whole
