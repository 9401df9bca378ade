"""Reading a record over HTTP: the one module of comity that uses the network.

Only ``comity verify --url`` comes here. The rest of the core is given a function that returns
bytes, and knows nothing of where they are from. Whoever answers is trusted in nothing: an answer
has a limit in bytes and in time, and an address on another host is not followed.
"""

from __future__ import annotations

import base64
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from socket import SHUT_RDWR, socket
from threading import Event, Timer, local
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from comity import __version__
from comity.kernel.errors import DataError, Fault, Place

WHOLE_ANSWER = 10
"""An answer may take as many times as long as a server may be silent."""
_MOST_TURNS = 6
_LONGEST_WAIT = 120  # seconds that a server may ask to be left alone for
_SHOWN = 300
_HEADERS = {"User-Agent": f"comity/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip"}
_OK, _TOO_MANY = 200, 429
_NOTHING_THERE = (404, 410)
_ELSEWHERE = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    reason: str
    headers: Any
    body: bytes


class HttpReader:
    """Reads what is served below an address; several threads may, each by its own connection."""

    def __init__(self, address: str, *, timeout: float) -> None:
        """Name the address; ``timeout`` is how many seconds a server may be silent.

        Raises `DataError` for what is no address of a site.
        """
        self.address = _site(address)
        self.requests = 0
        self._timeout = timeout
        self._mine = local()
        self._connections: list[HTTPConnection] = []

    def __enter__(self) -> HttpReader:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._connections:
            each.close()

    def get(self, path: str, most: int) -> bytes:
        """Return the bytes at a path below the address, at most ``most`` of them.

        Raises `LookupError` where nothing is there, `DataError` for any other answer or none.
        """
        url = self.address + path
        for _ in range(_MOST_TURNS):
            answer = self._ask(url, most)
            if answer.status == _OK:
                return _unpacked(url, answer, most)
            if answer.status in _NOTHING_THERE:
                raise LookupError(url)
            if answer.status in _ELSEWHERE:
                url = _same_site(url, answer.headers.get("Location", ""))
                self._moved(url, path)
            elif answer.status == _TOO_MANY and (wait := _wait(answer)) is not None:
                time.sleep(wait)
            else:
                break
        raise DataError(_refused(url, answer))

    def _moved(self, url: str, path: str) -> None:
        """Ask at the new address from now on, where it is the same path on it."""
        if url.endswith(f"/{path}"):
            self.address = url.removesuffix(path)

    def _ask(self, url: str, most: int) -> _Answer:
        parts = urlsplit(url)
        connection = self._connection(parts)
        was_open = connection.sock is not None
        self.requests += 1
        try:
            if not was_open:
                connection.connect()
            with _ended_after(connection.sock, self._timeout * WHOLE_ANSWER):
                return _answered(connection, url, most)
        except (OSError, HTTPException, UnicodeError) as error:
            connection.close()
            if was_open and isinstance(error, ConnectionError):
                return self._ask(url, most)  # the server had closed it after the last answer
            raise DataError(_failed(url, error, self._timeout)) from error
        except BaseException:
            connection.close()  # with the rest of an answer in it
            raise

    def _connection(self, parts: SplitResult) -> HTTPConnection:
        mine = self._mine.__dict__
        key = f"{parts.scheme}://{parts.netloc}"
        if key not in mine:
            mine[key] = _connection(parts, self._timeout)
            self._connections.append(mine[key])
        return mine[key]  # type: ignore[no-any-return]


def _connection(parts: SplitResult, timeout: float) -> HTTPConnection:
    """Return a connection not yet opened, through the proxy that the environment names."""
    kind, port = (HTTPSConnection, 443) if parts.scheme == "https" else (HTTPConnection, 80)
    host, port = parts.hostname or "", parts.port or port
    named = getproxies().get(parts.scheme)
    if not named or proxy_bypass(host):
        return kind(host, port, timeout=timeout)
    proxy = urlsplit(named if "://" in named else f"http://{named}")
    connection = kind(proxy.hostname or "", proxy.port, timeout=timeout)
    allowed = f"{unquote(proxy.username or '')}:{unquote(proxy.password or '')}"
    basic = base64.b64encode(allowed.encode()).decode()
    headers = {"Proxy-Authorization": f"Basic {basic}"} if proxy.username else {}
    connection.set_tunnel(host, port, headers)
    return connection


@contextmanager
def _ended_after(opened: socket, seconds: float) -> Iterator[None]:
    """Cut an answer off that is not whole in time, also one that comes byte by byte."""

    late = Event()

    def end() -> None:
        late.set()
        with suppress(OSError):
            opened.shutdown(SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, HTTPException):
        if not late.is_set():
            raise
    finally:
        timer.cancel()
    if late.is_set():  # what was cut off may look whole
        raise TimeoutError


def _answered(connection: HTTPConnection, url: str, most: int) -> _Answer:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request("GET", target, headers=_HEADERS)
    with connection.getresponse() as response:
        wanted = response.status == _OK
        if wanted and response.length is not None and response.length > most:
            raise DataError(_too_large(url, f"{response.length} bytes", most))
        body = _body(response, most + 1 if wanted else _SHOWN)
    if len(body) > most and wanted:
        raise DataError(_too_large(url, f"more than {most} bytes", most))
    if not wanted:
        connection.close()  # what else it said does not matter
    return _Answer(response.status, response.reason, response.headers, body)


def _body(response: HTTPResponse, most: int) -> bytes:
    raw = response.read(most)
    if response.length and len(raw) < most:
        raise IncompleteRead(raw, response.length)
    return raw


def _unpacked(url: str, answer: _Answer, most: int) -> bytes:
    """Return the bytes as they were before they were compressed for the way."""
    how = answer.headers.get("Content-Encoding", "identity").strip().casefold()
    if how in ("", "identity"):
        return answer.body
    unpacking = zlib.decompressobj(wbits=31)
    try:
        raw = unpacking.decompress(answer.body, most + 1) if how == "gzip" else b""
    except zlib.error:
        raw = b""
    if len(raw) > most:
        raise DataError(_too_large(url, f"more than {most} bytes, unpacked", most))
    if not unpacking.eof:
        found = f'the answer cannot be unpacked, or ends too early (compressed: "{how[:40]}")'
        raise DataError(_told("answer_cut_off", url, found, "whole, by gzip or not", "Try again."))
    return raw


# Addresses


def _site(address: str) -> str:
    """Return the address of a site with a slash at its end; ``https`` where no scheme is given."""
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        plain = not (parts.username or parts.query or parts.fragment)
        whole = address.isprintable() and " " not in address
    except ValueError:
        good = plain = whole = False
    if not (good and plain and whole):
        found = f'"{address[:120]}" is no address of a site'
        expected = "https://host or https://host/path, without user, query or fragment"
        raise DataError(Fault("malformed_url", found, expected))
    path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
    return f"{parts.scheme}://{parts.netloc}{path}/"


def _same_site(url: str, location: str) -> str:
    """Return where an answer sends us, if that is the same host, by no less safe a way."""
    try:
        old, new = urlsplit(url), urlsplit(urljoin(url, location))
        same = (old.scheme, old.netloc) == (new.scheme, new.netloc)
        safer = (old.scheme, new.scheme) == ("http", "https")
        allowed = same or (safer and old.netloc == new.netloc and old.port is None)
    except ValueError:
        allowed = False
    if not location or not allowed:
        raise DataError(
            _told(
                "redirected",
                url,
                f'the answer leads to "{location[:_SHOWN]}"',
                "an answer of this host",
                "If that is the same record, name its address: --url …",
            )
        )
    return new.geturl()


def _wait(answer: _Answer) -> int | None:
    """Return how many seconds the server wants to be left alone for, if that is bearable."""
    text = str(answer.headers.get("Retry-After", ""))
    good = text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= _LONGEST_WAIT
    return int(text) if good else None


# What went wrong


def _refused(url: str, answer: _Answer) -> Fault:
    plain = str(answer.headers.get("Content-Type", "")).startswith("text/plain")
    lines = answer.body.decode(errors="replace").splitlines() if plain else []
    said = "".join(each for each in (lines[0] if lines else "") if each.isprintable())
    reason = "".join(each for each in answer.reason[:60] if each.isprintable())
    found = f"the answer is {answer.status} {reason}" + (f": {said}" if said else "")
    return _told("answered_otherwise", url, found, "200", "Try again later, or ask its keeper.")


def _failed(url: str, error: Exception, seconds: float) -> Fault:
    if isinstance(error, TimeoutError):
        limit = f"{seconds:g} s of silence, or {seconds * WHOLE_ANSWER:g} s in all"
        advice = "Try again, or be more patient: --timeout."
        return _told("too_slow", url, "no whole answer in time", f"at most {limit}", advice)
    if isinstance(error, IncompleteRead):
        found = f"the answer ends after {len(error.partial)} bytes"
        return _told("answer_cut_off", url, found, "a whole answer", "Try again.")
    if isinstance(error, HTTPException) and not isinstance(error, OSError):
        return _told("not_http", url, f"the answer is no HTTP ({type(error).__name__})", "HTTP")
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    advice = "Check the address and the connection."
    return _told("unreachable", url, f"cannot be reached: {why}", "a server", advice)


def _too_large(url: str, found: str, most: int) -> Fault:
    return _told("answer_too_large", url, f"the answer has {found}", f"at most {most}")


def _told(code: str, url: str, found: str, expected: str, advice: str = "") -> Fault:
    return Fault(code, found, expected, advice, place=Place(url))
