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

from comity.kernel.errors import (
    ComityError,
    DataError,
    Fault,
    IntegrityError,
    UnknownName,
)
from comity.tlog.tiles import TileId
from comity.tlog.upper_levels import UpperLevels
from comity.wording.data import fault_data
from comity_web.register.log_files import acts_lines, acts_table, charter_bytes, tile_bytes
from comity_web.register.log_tree import TREE
from comity_web.register.proofs import ActProof, inclusion_proof, proof_of
from comity_web.register.selectors import SignedHead, present, signed_head
from comity_web.register.signing import verifier_key
from comity_web.serving.answers import answered

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
    """What is small, made each time it is asked for, and named by what it holds."""

    content: bytes
    kind: str
    never_changes: bool = False

    def sent(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a request for it."""
        etag = f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'
        response = get_conditional_response(request, etag=etag)
        response = response or HttpResponse(self.content, content_type=self.kind)
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = _FOR_EVER if self.never_changes else _ASK_AGAIN
        return response


@dataclass(frozen=True, slots=True)
class WholeLog:
    """What is made of every entry below a head, and therefore once, and kept as pages are."""

    make: Callable[[UpperLevels], bytes]
    kind: str
    head: SignedHead

    def sent(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a request for it."""
        frontier = self.head.frontier
        depends_on = (request.path, str(frontier.size), frontier.root().hex())
        return answered(
            request, depends_on, lambda: self.make(TREE.at(frontier)), content_type=self.kind
        )


def record_file(answer: Callable[..., File | WholeLog]) -> Callable[..., HttpResponse]:
    """Make a view of a function that returns a file of the record."""

    @require_safe
    @wraps(answer)
    def view(request: HttpRequest, **names: str) -> HttpResponse:
        try:
            return answer(**names).sent(request)
        except IntegrityError as error:
            return _told(request, error, _UNAVAILABLE)
        except (DataError, UnknownName) as error:
            return _told(request, error, _NOT_FOUND)

    return view


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
    return File(_head().note.encode(), _TEXT)


@record_file
def key() -> File:
    """Give the verifier key that checks the checkpoint."""
    return File(f"{verifier_key()}\n".encode(), _TEXT)


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
    return File(charter_bytes(TREE.at(_head().frontier), name), _JSON, never_changes=True)


@record_file
def lines() -> WholeLog:
    """Give all entries, one a line."""
    return WholeLog(acts_lines, _LINES, _head())


@record_file
def table() -> WholeLog:
    """Give all acts as a table."""
    return WholeLog(acts_table, _TABLE, _head())


@record_file
def proof_data(organisation: str, act: str, **_: str) -> File:
    """Give the proof that an act is in the log, as JSON."""
    data = _proof(organisation, act).data() | {"key": str(verifier_key())}
    return File(json.dumps(data, ensure_ascii=False, indent=1).encode(), _JSON)


@record_file
def proof_text(organisation: str, act: str, **_: str) -> File:
    """Give the proof that an act is in the log, as a file that proves it offline."""
    return File(_proof(organisation, act).text().encode(), _TEXT)


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


def _tile(name: str) -> File:
    tile = TileId.parse(f"tile/{name}")
    raw = tile_bytes(TREE.at(_head().frontier), tile)
    return File(raw, _BINARY, never_changes=tile.is_full)


def _proof(organisation: str, act: str) -> ActProof:
    """Return the proof of an act, without the register; that is asked for names that are near."""
    plain = (organisation + act).isprintable()
    size = _head().frontier.size
    proof = inclusion_proof(organisation, act, size=size) if plain else None
    return proof or proof_of(present(), organisation, act)
