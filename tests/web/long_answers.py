"""Two applications that answer at length: in pieces, and the same as a whole; for a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from comity_web.serving.whole import at_once

LONG = "/long"
PIECE, PIECES = bytes(64 * 1024), 200  # far more than sockets and server keep for a reader


def in_pieces(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/octet-stream")])
    return (PIECE for _ in range(PIECES if environ["PATH_INFO"] == LONG else 1))


whole = at_once(in_pieces)
