"""The benchmark of the site: what it says of figures, and that it sees what a server does."""

from __future__ import annotations

import doctest
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from benchmarks import figures, load, pages, processes
from benchmarks.figures import Figure, of_figures
from benchmarks.instance import days
from benchmarks.measure import TASKS, Measured, Task, load_table

SAID = b"a page"


class _Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404 if "missing" in self.path else 200)
        self.send_header("Content-Length", str(len(SAID)))
        self.end_headers()
        self.wfile.write(SAID)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[str]:
    _Server.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.mark.parametrize("module", [figures, pages])
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limit", "held"),
    [(None, True), (("<", 10.0), True), (("<", 9.9), False), ((">", 10.1), False)],
)
def test_a_figure_says_whether_it_holds(limit: figures.Limit | None, held: bool) -> None:
    figure = Figure("a page", 10.0, "ms", limit)
    assert figure.held is held
    assert ("MISSED" in "".join(of_figures([figure]))) is not held


def test_the_ratio_is_to_the_peer_of_the_same_round() -> None:
    own = [load.Load(rate, 1, 2, 3, 4) for rate in (100, 60)]
    peer = [load.Load(rate, 1, 2, 3, 4) for rate in (10, 10)]
    task = Task("a page", "/page", "/other", times=9)
    assert "8 ×" in (line := load_table([Measured(task, own, peer)])[2])
    assert line.rstrip(" |").endswith("MISSED")


def test_no_day_is_asked_for_twice() -> None:
    every = days()
    assert len(every) == len(set(every)) > 20_000
    assert sum("{day}" in task.path for task in TASKS) >= 3


def test_each_address_of_a_list_is_asked_once(server: str) -> None:
    found = load._with_threads(server, ["/once"], 1)
    assert (found["failed"], found["bytes"]) == (0, len(SAID) * found["requests"])
    _Server.asked.clear()
    with pytest.raises(load.Failed, match="too few"):
        load._with_threads(server, [f"/{number}" for number in range(20)], 5)
    assert sorted(_Server.asked) == sorted(f"/{number}" for number in range(20))


def test_an_answer_that_is_none_is_not_measured(server: str) -> None:
    with pytest.raises(load.Failed, match="not answered"):
        load.put_under_load(server, ["/missing"], 1, os.getpid())


def test_a_tree_of_processes_is_seen() -> None:
    pid = os.getpid()
    assert pid in processes.tree(os.getppid())
    assert processes.cpu_seconds(pid) > 0
    assert processes.memory(pid) > 1
