"""Reading over HTTP: what is served arrives, and every way of misbehaving is told in a sentence."""

from __future__ import annotations

import gzip
from threading import Thread

import pytest

from comity.cli.http_reader import HttpReader
from tests.core.cli.web_reader import CONTENT, told
from tests.core.cli.web_server import Answer, Request, Server

pytestmark = pytest.mark.usefixtures("no_proxy")


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
