"""How an answer is sent: not at all if the reader has it, from memory if it is kept, compressed.

An answer is named by all that it depends on. The name is its ``ETag`` and its place in memory, so
nothing is ever stale. Compressed and plain it says the same: the one has the name as a weak tag,
the other as a strong one.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from comity_web.serving.build import build
from comity_web.serving.kept import Kept
from comity_web.serving.whole import joined

ANSWERS = Kept(limit=8 * 1024 * 1024)  # in each process: some 1,000 pages, compressed
ASK_FOR_LESS = "Ask for less of it. All tables are files under /data/."
_REFUSED = re.compile(r"q=0(\.0*)?")
Render = Callable[[], bytes | Iterable[bytes]]


def answered(
    request: HttpRequest,
    depends_on: Iterable[str],
    render: Render,
    *,
    content_type: str,
    vary: Iterable[str] = (),
    advice: str = ASK_FOR_LESS,
) -> HttpResponse:
    """Answer with what ``render`` makes, unless it is kept, or the reader has it already.

    ``depends_on`` is all that the answer depends on but the build of the site; ``vary`` are the
    headers of the request among it. What ``render`` makes may come in pieces; the answer is one.
    Raises `TooLarge`, with ``advice`` on how else to have it, where they are more than 16 MB.
    """

    def made() -> bytes:
        content = render()
        return joined([content] if isinstance(content, bytes) else content, advice=advice)

    name, packed, held = name_of(depends_on), accepts_gzip(request), _held(request)
    content = None
    if f'"{name}"' not in held:
        content = _packed(name, made) if packed else _plain(name, made)
    if content is None or "*" in held:  # the star: whatever there is, and there is something
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=content_type)
    return _named(response, name, packed, vary)


def _named(response: HttpResponse, name: str, packed: bool, vary: Iterable[str]) -> HttpResponse:
    """Say which answer it is, how it is sent, and on what of the request that depends."""
    if packed and response.status_code == 200:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["ETag"] = f'W/"{name}"' if packed else f'"{name}"'
    # Ask again each time, and get 304: an answer is never older than the record.
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, [*vary, "Accept-Encoding"])
    return response


def name_of(depends_on: Iterable[str]) -> str:
    """Return one short name for all that an answer depends on."""
    parts = (*depends_on, build(), settings.ADDRESS, settings.LOG_ORIGIN)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the reader takes an answer compressed."""
    return _names_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=64)
def _names_gzip(header: str) -> bool:
    weights: dict[str, str] = {}
    for each in header.split(","):
        coding, _, weight = each.partition(";")
        weights[coding.strip().lower()] = "".join(weight.split())
    weight = weights.get("gzip", weights.get("*", "q=0"))
    return not _REFUSED.fullmatch(weight)


def _held(request: HttpRequest) -> set[str]:
    """Return the tags of the answers that the reader has, as strong ones."""
    tags = parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))
    return {each.removeprefix("W/") for each in tags}


def _plain(name: str, render: Callable[[], bytes]) -> bytes:
    content = ANSWERS.get(name)
    if content is None:
        content = render()
        ANSWERS.keep(name, content)
    return content


def _packed(name: str, render: Callable[[], bytes]) -> bytes:
    """Compress an answer once; who takes it so has no use for the plain one being kept."""
    content = ANSWERS.get(f"{name} gzip")
    if content is None:
        content = gzip.compress(ANSWERS.get(name) or render(), compresslevel=6, mtime=0)
        ANSWERS.keep(f"{name} gzip", content)
    return content
