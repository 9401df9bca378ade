"""Where an HTTP reader asks: addresses as meant, redirections, proxies, and nobody there."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from comity.cli.http_reader import HttpReader
from comity.kernel.errors import DataError
from tests.core.cli.web_reader import CONTENT, told
from tests.core.cli.web_server import Answer, Server

pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("register.example", "https://register.example/"),
        ("https://register.example", "https://register.example/"),
        ("https://register.example/", "https://register.example/"),
        ("http://register.example:8000/a b/", None),
        (
            "https://register.example/a/совет",
            "https://register.example/a/%D1%81%D0%BE%D0%B2%D0%B5%D1%82/",
        ),
        ("https://register.example/a%20b", "https://register.example/a%20b/"),
        ("[::1]:8000/x", "https://[::1]:8000/x/"),
        ("https://совет.example", "https://совет.example/"),
        ("ftp://register.example", None),
        ("https://", None),
        ("https://user:password@register.example", None),
        ("https://register.example/?q=1", None),
        ("https://register.example/#part", None),
        ("https://register.example:port", None),
        ("https://register.example:99999", None),
        ("https://[::1", None),
        ("https://register.example/\nHost: other", None),
        ("", None),
    ],
)
def test_an_address_is_read_as_meant_or_refused(given: str, meant: str | None) -> None:
    if meant:
        assert HttpReader(given, timeout=1).address == meant
    else:
        with pytest.raises(DataError) as refused:
            HttpReader(given, timeout=1)
        assert refused.value.code == "malformed_url"


@pytest.mark.parametrize("host", ["x" * 70 + ".example", "a..b"])
def test_a_name_that_no_host_can_have_is_told(host: str) -> None:
    with HttpReader(f"http://{host}", timeout=5) as reader:
        told(reader, "unreachable")


# Elsewhere


def leading(location: str, status: int = 302) -> Answer:
    return lambda request: request.give(b"", status=status, Location=location)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_answer_may_lead_elsewhere_on_the_same_host(
    server: Server, reader: HttpReader, status: int
) -> None:
    server.special["here"] = leading("/there", status)
    server.special["there"] = leading(f"{server.address}/file", status)
    assert reader.get("here", len(CONTENT)) == CONTENT


def test_a_site_that_moved_is_asked_there_from_then_on(server: Server, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "one").write_bytes(b"1")
    (tmp_path / "new" / "two").write_bytes(b"2")
    server.special["one"] = leading("/new/one")
    with HttpReader(server.address, timeout=5) as reader:
        assert (reader.get("one", 1), reader.get("two", 1)) == (b"1", b"2")
        assert reader.address == f"{server.address}/new/"
    assert server.asked == ["one", "new/one", "new/two"]


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2/file",
        "http://127.0.0.1:1/file",
        "http://localhost/file",
        "//elsewhere.example/file",
        "https://127.0.0.1/file",
        "ftp://127.0.0.1/file",
        "file:///etc/passwd",
        "http://[/file",
        "",
    ],
)
def test_no_answer_leads_to_another_host(server: Server, reader: HttpReader, location: str) -> None:
    server.special["file"] = leading(location)
    assert "--url" in told(reader, "redirected")
    assert server.asked == ["file"]


def test_a_circle_ends(server: Server, reader: HttpReader) -> None:
    server.special["file"] = leading("/file")
    assert "the answer is 302" in told(reader, "answered_otherwise")
    assert len(server.asked) < 10


def test_nobody_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        with HttpReader(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=5) as reader:
            assert "cannot be reached: Connection refused" in told(reader, "unreachable")


def test_a_certificate_is_asked_for(server: Server) -> None:
    with HttpReader(server.address.replace("http:", "https:"), timeout=5) as reader:
        assert "cannot be reached: " in told(reader, "unreachable")


# Through a proxy


@pytest.fixture
def proxy(server: Server) -> Iterator[Callable[[], list[bytes]]]:
    """A proxy that makes tunnels; gives what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            near, _ = listening.accept()
            with near, socket.create_connection(("127.0.0.1", server.server_port)) as far:
                asked.append(near.recv(4096))
                near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                far.sendall(near.recv(4096))
                while some := far.recv(4096):
                    near.sendall(some)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield lambda: [str(listening.getsockname()[1]).encode(), *asked]


def test_the_proxy_of_the_environment_is_used(
    proxy: Callable[[], list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = proxy()[0].decode()
    monkeypatch.setenv("http_proxy", f"http://officer:secret@127.0.0.1:{port}")
    with HttpReader("http://register.example", timeout=5) as reader:
        assert reader.get("file", len(CONTENT)) == CONTENT
    [request] = proxy()[1:]
    assert request.startswith(b"CONNECT register.example:80 HTTP/1.")
    assert b"Proxy-Authorization: Basic b2ZmaWNlcjpzZWNyZXQ=\r\n" in request


def test_a_host_without_proxy_is_asked_itself(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with HttpReader(server.address, timeout=5) as reader:
        assert reader.get("file", len(CONTENT)) == CONTENT
