"""Reading over HTTP: what is served arrives, and every way of misbehaving is told in a sentence."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from comity.cli.http_reader import HttpReader
from comity.kernel.errors import DataError
from tests.core.cli.web_server import Answer, Request, Server, serving

CONTENT = b"some bytes \x00\xff" * 100


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "file").write_bytes(CONTENT)
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def reader(server: Server) -> Iterator[HttpReader]:
    with HttpReader(server.address, timeout=5) as reader:
        yield reader


def told(reader: HttpReader, code: str, *, path: str = "file", most: int = len(CONTENT)) -> str:
    with pytest.raises(DataError) as refused:
        reader.get(path, most)
    assert refused.value.code == code, refused.value
    assert str(refused.value).startswith(reader.address)
    return str(refused.value)


def test_what_is_served_arrives_by_one_connection(server: Server, reader: HttpReader) -> None:
    for _ in range(3):
        assert reader.get("file", len(CONTENT)) == CONTENT
    assert (server.connections, reader.requests) == (1, 3)


def test_threads_have_connections_of_their_own(server: Server, reader: HttpReader) -> None:
    got: list[bytes] = []
    threads = [Thread(target=lambda: got.append(reader.get("file", 10**6))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert got == [CONTENT] * 4
    assert server.connections == 4


@pytest.mark.parametrize("status", [404, 410])
def test_nothing_there_is_no_error_of_the_way(
    server: Server, reader: HttpReader, status: int
) -> None:
    server.special["gone"] = lambda request: request.give(b"", status=status)
    for path in ("gone", "nowhere"):
        with pytest.raises(LookupError):
            reader.get(path, 10)
    assert reader.get("file", len(CONTENT)) == CONTENT


def test_a_server_that_closed_the_connection_is_asked_again(
    server: Server, reader: HttpReader
) -> None:
    def give_and_close(request: Request) -> None:
        request.give(CONTENT)
        request.stop()

    server.special["file"] = give_and_close
    for _ in range(3):
        assert reader.get("file", len(CONTENT)) == CONTENT
    assert server.connections == 3


# How much


def chunked(*chunks: bytes, end: bool = True) -> Answer:
    def answer(request: Request) -> None:
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for each in chunks:
            request.wfile.write(b"%x\r\n%s\r\n" % (len(each), each))
        request.wfile.write(b"0\r\n\r\n") if end else request.stop()

    return answer


def until_closed(body: bytes) -> Answer:
    def answer(request: Request) -> None:
        request.send_response(200)
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(body)

    return answer


def packed(body: bytes) -> Answer:
    return lambda request: request.give(gzip.compress(body), Content_Encoding="gzip")


@pytest.mark.parametrize(
    "answer", [chunked(CONTENT[:5], CONTENT[5:]), until_closed(CONTENT), packed(CONTENT)]
)
def test_however_it_is_sent_it_arrives(server: Server, reader: HttpReader, answer: Answer) -> None:
    server.special["file"] = answer
    for _ in range(2):
        assert reader.get("file", len(CONTENT)) == CONTENT


def endless(request: Request) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    try:
        while not request.server.ended.is_set():
            request.wfile.write(b"8000\r\n" + bytes(0x8000) + b"\r\n")
    except OSError:
        request.close_connection = True


def stated(size: int) -> Answer:
    def answer(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(size))
        request.end_headers()
        request.stop()

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        stated(10**15),
        stated(len(CONTENT) + 1),
        endless,
        until_closed(CONTENT + b"x"),
        chunked(CONTENT, b"x"),
        packed(CONTENT + b"x"),
        packed(bytes(50_000_000)),
    ],
)
def test_an_answer_that_is_too_large_is_not_read(
    server: Server, reader: HttpReader, answer: Answer
) -> None:
    server.special["large"] = answer
    assert f"at most {len(CONTENT)}" in told(reader, "answer_too_large", path="large")
    assert reader.get("file", len(CONTENT)) == CONTENT  # by a new connection


@pytest.mark.parametrize(
    "answer",
    [
        stated(100),
        chunked(CONTENT[:5], end=False),
        lambda request: request.give(gzip.compress(CONTENT)[:-9], Content_Encoding="gzip"),
        lambda request: request.give(CONTENT, Content_Encoding="gzip"),
        lambda request: request.give(CONTENT, Content_Encoding="br"),
    ],
)
def test_an_answer_that_is_not_whole_is_told(
    server: Server, reader: HttpReader, answer: Answer
) -> None:
    server.special["cut"] = answer
    assert "Try again." in told(reader, "answer_cut_off", path="cut")
    assert reader.get("file", len(CONTENT)) == CONTENT


# How long


def silent(request: Request) -> None:
    request.server.ended.wait()


def byte_by_byte(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    while not request.server.ended.wait(0.02):
        try:
            request.wfile.write(b"x")
        except OSError:
            return


def header_by_header(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not request.server.ended.wait(0.02):
        try:
            request.wfile.write(b"X: y\r")
        except OSError:
            return


def closing_and_slow(request: Request) -> None:
    request.send_response(200)
    request.send_header("Connection", "close")
    request.end_headers()
    byte_by_byte(request)


@pytest.mark.parametrize("answer", [silent, byte_by_byte, header_by_header, closing_and_slow])
def test_a_server_that_takes_too_long_is_left(server: Server, answer: Answer) -> None:
    server.special["file"] = answer
    with HttpReader(server.address, timeout=0.05) as reader:
        assert "--timeout" in told(reader, "too_slow")


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


# Other answers


def test_a_server_in_trouble_is_quoted(server: Server, reader: HttpReader) -> None:
    server.special["file"] = lambda request: request.give(
        b"the record cannot\x07 be shown\nmore", status=503, Content_Type="text/plain"
    )
    said = told(reader, "answered_otherwise")
    assert "the answer is 503 Service Unavailable: the record cannot be shown." in said
    server.special["file"] = lambda request: request.give(b"<p>no</p>" * 999, status=500)
    assert "<p>" not in told(reader, "answered_otherwise")
    del server.special["file"]
    assert reader.get("file", len(CONTENT)) == CONTENT


def busy(times: int, after: str) -> Answer:
    left = [times]

    def answer(request: Request) -> None:
        left[0] -= 1
        if left[0] < 0:
            request.give(CONTENT)
        else:
            request.give(b"", status=429, Retry_After=after)

    return answer


def test_a_busy_server_is_asked_again_when_it_says(server: Server, reader: HttpReader) -> None:
    server.special["file"] = busy(2, "0")
    assert reader.get("file", len(CONTENT)) == CONTENT
    assert len(server.asked) == 3


@pytest.mark.parametrize("after", ["121", "-1", "tomorrow", "", "1.5", "²"])
def test_a_busy_server_is_not_waited_for_without_end(
    server: Server, reader: HttpReader, after: str
) -> None:
    server.special["file"] = busy(9, after.encode().decode("latin-1"))
    assert "429" in told(reader, "answered_otherwise")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "said",
    [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a" * 70_000],
)
def test_what_is_no_http_is_told(server: Server, reader: HttpReader, said: bytes) -> None:
    def answer(request: Request) -> None:
        request.wfile.write(said)
        request.stop()

    server.special["file"] = answer
    told(reader, "not_http")


def test_nobody_there_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        with HttpReader(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=5) as reader:
            assert "cannot be reached: Connection refused" in told(reader, "unreachable")


def test_a_certificate_is_asked_for(server: Server) -> None:
    with HttpReader(server.address.replace("http:", "https:"), timeout=5) as reader:
        assert "cannot be reached: " in told(reader, "unreachable")


# Addresses


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
