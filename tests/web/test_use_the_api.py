"""What the how-to page shows is so: its commands are asked of a server, its programs run.

A block of ``sh`` is a request by curl, and the ``json`` after it is in the answer: ``"…"`` stands
for any value, and as the last of a list for any others. A block of ``python`` runs after those
before it, and prints the ``text`` after it.
"""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-api.md"
SHOWN = "http://127.0.0.1:8000"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Silent(WSGIRequestHandler):
    """A server that writes no log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(published: None) -> Iterator[str]:  # noqa: ARG001
    """Serve the published register; returns its address."""

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        try:
            return [b"".join(WSGIHandler()(environ, start_response))]
        finally:
            connections.close_all()

    server = make_server("127.0.0.1", 0, application, handler_class=Silent)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def holds(shown: object, answer: object) -> bool:
    """Whether an answer holds what is shown of it."""
    if shown == "…":
        return answer is not None
    if isinstance(shown, dict):
        return isinstance(answer, dict) and all(
            name in answer and holds(each, answer[name]) for name, each in shown.items()
        )
    if isinstance(shown, list):
        more = shown[-1:] == ["…"]
        shown = shown[:-1] if more else shown
        if not isinstance(answer, list) or (len(answer) < len(shown) if more else False):
            return False
        of_it = answer[: len(shown)] if more else answer
        return len(of_it) == len(shown) and all(map(holds, shown, of_it))
    return shown == answer


def fetched(command: str, site: str) -> object:
    """Answer a request by curl without it, for who has none."""
    words = shlex.split(command.replace(SHOWN, site))
    assert words[:2] == ["curl", "--silent"]
    try:
        with urlopen(words[2]) as answer:
            return json.load(answer)
    except HTTPError as answer:
        with answer:
            return json.load(answer)


def test_what_the_page_shows_is_so(site: str) -> None:
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    names: dict[str, Any] = {}
    answer: object = None
    for kind, text in blocks:
        if kind == "sh":
            answer = fetched(text.strip(), site)
        elif kind == "json":
            assert holds(json.loads(text), answer), text
        elif kind == "python":
            printed = io.StringIO()
            with redirect_stdout(printed):
                exec(text.replace(SHOWN, site), names)
            answer = printed.getvalue()
        else:
            assert (kind, answer) == ("text", text)
    assert [kind for kind, _ in blocks].count("python") == 4


def test_what_is_not_so_is_found() -> None:
    answer = {"a": [1, 2], "b": {"c": None}, "d": "x"}
    assert holds({"a": [1, "…"], "d": "…"}, answer)
    assert holds({"a": [1, 2], "b": {"c": None}}, answer)
    for wrong in ([1], [2, "…"], [1, 2, 3, "…"], [], {"c": "…"}):
        assert not holds({"a": wrong}, answer)
    assert not holds({"e": "…"}, answer)
    assert not holds({"b": {"c": "…"}}, answer)
