"""Who reads slowly, or not at all, keeps nobody waiting: a real server, one worker, one thread."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from comity_web.serving.whole import Application, at_once
from tests.web.long_answers import LONG, PIECE, PIECES
from tests.web.site import site

READERS = 4
HELD_SECONDS = 1.0
PATIENT_SECONDS = 20.0
HEADERS, SETTINGS, END_OF_ALL = 1, 4, 0x5


@pytest.fixture(autouse=True)
def _asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@contextmanager
def slow_reader(address: str, path: str, times: int = 1) -> Iterator[socket.socket]:
    """Ask for something some times in a row, see the answer begin, and read no more of it."""
    host = urlsplit(address)
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(PATIENT_SECONDS)
        reader.connect((host.hostname, host.port))
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\n\r\n".encode() * times)
        assert reader.recv(12) == b"HTTP/1.1 200"
        yield reader


@contextmanager
def mute_reader(address: str, path: str) -> Iterator[None]:
    """Ask by HTTP/2 with a window of no bytes at all, and see that the answer is there."""
    host = urlsplit(address)
    named = b"".join(bytes([at, len(of)]) + of.encode() for at, of in ((4, path), (1, host.netloc)))
    with socket.create_connection((host.hostname, host.port), PATIENT_SECONDS) as reader:
        no_window = frame(SETTINGS, 0, bytes([0, 4, 0, 0, 0, 0]))
        asked = frame(HEADERS, 1, bytes([0x82, 0x86]) + named, flags=END_OF_ALL)  # GET, http
        reader.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + no_window + asked)
        with reader.makefile("rb") as told:
            while (head := told.read(9))[3] != HEADERS:
                told.read(int.from_bytes(head[:3]))
            yield


def frame(kind: int, stream: int, content: bytes, flags: int = 0) -> bytes:
    """Return a frame of HTTP/2 (RFC 9113, 4.1)."""
    return len(content).to_bytes(3) + bytes([kind, flags]) + stream.to_bytes(4) + content


def read(address: str, patience: float = PATIENT_SECONDS) -> bytes:
    with urllib.request.urlopen(address, timeout=patience) as answer:
        return bytes(answer.read())


def test_in_pieces_one_slow_reader_holds_a_worker(sqlite_url: str) -> None:
    """This is why nothing is streamed; should it fail, the server has become better."""
    with site(sqlite_url, application="tests.web.long_answers:in_pieces", workers=1) as address:
        with slow_reader(address, LONG), pytest.raises(TimeoutError):
            read(address, HELD_SECONDS)
        assert read(address) == PIECE


def test_as_a_whole_slow_readers_hold_nobody(sqlite_url: str) -> None:
    with site(sqlite_url, application="tests.web.long_answers:whole", workers=1) as address:
        with ExitStack() as opened:
            for _ in range(READERS):
                opened.enter_context(slow_reader(address, LONG, times=3))
            assert read(address) == PIECE
        assert len(read(f"{address}{LONG}")) == len(PIECE) * PIECES


def test_slow_readers_of_the_site_hold_nobody(published_sqlite: Path) -> None:
    """Static files come in pieces too, until the site is asked as a whole."""
    script = f"/static/{static_name('ui/site.js')}"
    paths = ("/data/sco/acts.jsonl", "/en/sco/acts.csv", "/en/sco/timeline/", "/acts.csv", script)
    with site(f"sqlite:///{published_sqlite}", workers=1) as address, ExitStack() as opened:
        for path in paths:
            opened.enter_context(slow_reader(address, path, times=50))
            opened.enter_context(mute_reader(address, path))
        assert b"</html>" in read(f"{address}/en/")


def static_name(name: str) -> str:
    [found] = Path(settings.STATIC_ROOT).glob(name.replace(".js", ".*.js"))
    return f"ui/{found.name}"


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", ["/", "/en/", "/data/sco/acts.csv", "/acts.csv", "/nothing"])
def test_an_answer_is_one_piece_and_says_what_it_said(path: str) -> None:
    django = get_wsgi_application()
    plain, whole = (asked(each, path) for each in (django, at_once(django)))
    assert isinstance(whole[1], list)
    assert (whole[0], len(whole[1]), whole[1][0]) == (plain[0], 1, b"".join(plain[1]))


def asked(application: Application, path: str) -> tuple[list[str], Iterable[bytes]]:
    told: list[str] = []
    environ = RequestFactory().get(path).environ
    return told, application(environ, lambda status, _: told.append(status))


def test_what_an_application_opened_is_closed() -> None:
    class Broken:
        closed = False

        def __iter__(self) -> Iterator[bytes]:
            yield b"one"
            raise OSError("no more of it")

        def close(self) -> None:
            self.closed = True

    pieces = Broken()
    with pytest.raises(OSError, match="no more of it"):
        at_once(lambda _, __: pieces)({}, lambda *_: None)
    assert pieces.closed
