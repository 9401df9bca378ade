"""The public record as files, at addresses that programs ask: the log, its key, rules and acts.

An address is the path of the file in an export. So a copy of the addresses is an export, and an
export on any web server answers like this site. Nothing is given out but under a checkpoint that
this instance signed; errors are a sentence, and JSON where the address ends in ``.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

import comity
from comity.kernel.errors import (
    ComityError,
    DataError,
    Fault,
    IntegrityError,
    UnknownName,
)
from comity.tlog.tiles import TileId
from comity.wording.data import fault_data
from comity_web.register.log_files import acts_lines, acts_table, charter_bytes, tile_bytes
from comity_web.register.log_tree import TREE
from comity_web.register.proofs import ActProof, inclusion_proof, proof_of
from comity_web.register.selectors import SignedHead, present, signed_head
from comity_web.register.signing import verifier_key

_TEXT = "text/plain; charset=utf-8"
_BINARY = "application/octet-stream"
_JSON = "application/json"
_LINES = "application/jsonl; charset=utf-8"
_TABLE = "text/csv; charset=utf-8; header=present"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"
_NOT_FOUND, _UNAVAILABLE = 404, 503


@dataclass(frozen=True, slots=True)
class File:
    """What is given out under an ``ETag``; its bytes are made only if they are to be sent."""

    content: Callable[[], bytes]
    kind: str
    etag: str
    never_changes: bool = False

    @classmethod
    def of(cls, content: bytes, kind: str, *, never_changes: bool = False) -> File:
        """Return a file whose bytes are at hand, and name it by them."""
        return cls(lambda: content, kind, hashlib.sha256(content).hexdigest()[:32], never_changes)


def record_file(answer: Callable[..., File]) -> Callable[..., HttpResponse]:
    """Make a view of a function that returns a file of the record."""

    @require_safe
    @wraps(answer)
    def view(request: HttpRequest, **names: str) -> HttpResponse:
        try:
            return _respond(request, answer(**names))
        except IntegrityError as error:
            return _told(request, error, _UNAVAILABLE)
        except (DataError, UnknownName) as error:
            return _told(request, error, _NOT_FOUND)

    return view


def _respond(request: HttpRequest, file: File) -> HttpResponse:
    etag = f'"{file.etag}"'
    response = get_conditional_response(request, etag=etag)
    response = response or HttpResponse(file.content(), content_type=file.kind)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = _FOR_EVER if file.never_changes else _ASK_AGAIN
    return response


def _told(request: HttpRequest, error: ComityError, status: int) -> HttpResponse:
    if request.path.endswith(".json"):
        faults = {"faults": [fault_data(each) for each in error.faults]}
        response: HttpResponse = JsonResponse(faults, status=status)
    else:
        response = HttpResponse(f"{error}\n", content_type=_TEXT, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@record_file
def checkpoint() -> File:
    """Give the signed checkpoint of the log as it stands."""
    return File.of(_head().note.encode(), _TEXT)


@record_file
def key() -> File:
    """Give the verifier key that checks the checkpoint."""
    return File.of(f"{verifier_key()}\n".encode(), _TEXT)


@record_file
def tile(name: str) -> File:
    """Give a tile of hashes."""
    return _tile(name)


@gzip_page
@record_file
def bundle(name: str) -> File:
    """Give an entry bundle."""
    return _tile(f"entries/{name}")


@gzip_page
@record_file
def charter(name: str) -> File:
    """Give an edition of an organisation's rules, named by its digest."""
    return File.of(charter_bytes(TREE.at(_head().frontier), name), _JSON, never_changes=True)


@gzip_page
@record_file
def lines() -> File:
    """Give all entries, one a line."""
    head = _head()
    return File(lambda: acts_lines(TREE.at(head.frontier)), _LINES, _mark(head))


@gzip_page
@record_file
def table() -> File:
    """Give all acts as a table."""
    head = _head()
    return File(lambda: acts_table(TREE.at(head.frontier)), _TABLE, _mark(head))


@record_file
def proof_data(organisation: str, act: str, **_: str) -> File:
    """Give the proof that an act is in the log, as JSON."""
    data = _proof(organisation, act).data() | {"key": str(verifier_key())}
    return File.of(json.dumps(data, ensure_ascii=False, indent=1).encode(), _JSON)


@record_file
def proof_text(organisation: str, act: str, **_: str) -> File:
    """Give the proof that an act is in the log, as a file that proves it offline."""
    return File.of(_proof(organisation, act).text().encode(), _TEXT)


@record_file
def no_file(name: str = "") -> File:
    """Say which addresses there are below ``/log/``."""
    raise DataError(
        Fault(
            "no_such_file",
            f'"log/{name[:120]}" is no file of the record',
            "log/checkpoint, log/key, log/tile/<level>/<index> or log/tile/entries/<index>",
            "The layout is C2SP tlog-tiles; to prove the whole: comity verify --url <this site>",
        )
    )


def _head() -> SignedHead:
    head = signed_head()
    if head is None:
        found = "the register holds nothing yet"
        raise DataError(Fault("nothing_recorded", found, "at least one act"))
    return head


def _mark(head: SignedHead) -> str:
    return f"{comity.__version__}-{head.frontier.size}-{head.frontier.root().hex()[:32]}"


def _tile(name: str) -> File:
    tile = TileId.parse(f"tile/{name}")
    raw = tile_bytes(TREE.at(_head().frontier), tile)
    return File.of(raw, _BINARY, never_changes=tile.is_full)


def _proof(organisation: str, act: str) -> ActProof:
    """Return the proof of an act, without the register; that is asked for names that are near."""
    plain = (organisation + act).isprintable()
    size = _head().frontier.size
    proof = inclusion_proof(organisation, act, size=size) if plain else None
    return proof or proof_of(present(), organisation, act)
