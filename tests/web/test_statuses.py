"""Every status that the site answers with is documented, and each of these can be provoked."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

import comity_web
from comity_web.api.problems import TITLES
from comity_web.public import views
from comity_web.register.selectors import HEAD
from comity_web.serving import whole

pytestmark = pytest.mark.usefixtures("published")

DOCS = Path(__file__).parents[2] / "docs" / "reference"
SOURCE = Path(comity_web.__file__).parent
DAYS = {365}  # a number of the same size that is no status
ROW = re.compile(r"^\| (\d{3}) \| \S", re.MULTILINE)
Ask = Callable[[pytest.MonkeyPatch], HttpResponse]


def documented(page: str) -> list[int]:
    return [int(each) for each in ROW.findall((DOCS / page).read_text("utf-8"))]


def get(path: str, **headers: str) -> HttpResponse:
    return Client(raise_request_exception=False).get(path, headers=headers)


def held(path: str) -> HttpResponse:
    return get(path, **{"if-none-match": get(path).headers["ETag"]})


def part(span: str) -> HttpResponse:
    [script] = Path(settings.STATIC_ROOT).glob("ui/site.*.js")
    return get(f"/static/ui/{script.name}", range=f"bytes={span}")


def too_large(patch: pytest.MonkeyPatch, path: str) -> HttpResponse:
    patch.setattr(whole, "LARGEST", 100)
    return get(path)


def too_much(patch: pytest.MonkeyPatch, path: str) -> HttpResponse:
    patch.setattr(settings, "WORK_LIMITS", {"burst": 0.0001, "rate": 0.0001})
    client = Client(REMOTE_ADDR="203.0.113.9")
    return [client.get(path) for _ in range(2)][1]


def broken(patch: pytest.MonkeyPatch) -> HttpResponse:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    patch.setattr(views, "about_page", fail)
    return get("/en/about/")


def altered(path: str) -> HttpResponse:
    with connection.cursor() as cursor:  # what an owner of the database can do
        cursor.execute("DROP TRIGGER register_entry_no_UPDATE")
        cursor.execute("UPDATE register_entry SET leaf = CAST('{}' AS BLOB) WHERE position = 7")
    HEAD.forget()
    try:
        return get(path)
    finally:
        HEAD.forget()


PROVOKED: dict[int, dict[str, Ask]] = {
    200: {"page": lambda _: get("/en/"), "table": lambda _: get("/data/sco/acts.csv")},
    204: {"api": lambda _: Client().options("/api/v1/log")},
    206: {"static file": lambda _: part("0-9")},
    301: {"no slash": lambda _: get("/en/sco")},
    302: {"root": lambda _: get("/"), "api": lambda _: get("/api/")},
    304: {"page": lambda _: held("/en/"), "checkpoint": lambda _: held("/log/checkpoint")},
    400: {"host": lambda _: get("/en/", host="elsewhere.example")},
    404: {
        "page": lambda _: get("/en/nowhere/"),
        "api": lambda _: get("/api/v1/nothing"),
        "file": lambda _: get("/log/nothing"),
        "too large": lambda patch: too_large(patch, "/acts.csv"),
    },
    405: {
        "page": lambda _: Client().post("/en/"),
        "api": lambda _: Client().post("/api/v1/log"),
        "file": lambda _: Client().delete("/log/checkpoint"),
        "static file": lambda _: Client().post("/static/ui/mark.svg"),
    },
    414: {
        "long": lambda _: get("/en/" + "a" * 2000),
        "fields": lambda _: get("/api/v1/log?" + "&" * 100),
    },
    416: {"static file": lambda _: part("999999999-")},
    422: {
        "day": lambda _: get("/en/sco/?on=someday"),
        "api": lambda _: get("/api/v1/log?on=someday"),
        "too large": lambda patch: too_large(patch, "/en/sco/acts.csv"),
        "too large table": lambda patch: too_large(patch, "/data/sco/acts.csv"),
    },
    429: {
        "page": lambda patch: too_much(patch, "/en/"),
        "api": lambda patch: too_much(patch, "/api/v1/log"),
    },
    500: {"page": broken},
    503: {
        "page": lambda _: altered("/en/"),
        "api": lambda _: altered("/api/v1/organisations"),
        "file": lambda _: altered("/acts.csv"),
    },
}
WAYS = [(status, way) for status, ways in PROVOKED.items() for way in ways]


def test_the_table_has_every_status_once_and_in_order() -> None:
    assert documented("site.md") == list(PROVOKED)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("status", "way"), WAYS, ids=[f"{s} {way}" for s, way in WAYS])
def test_each_status_can_be_provoked(
    status: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PROVOKED[status][way](monkeypatch).status_code == status


def test_the_interface_tells_of_its_own() -> None:
    assert documented("api.md") == sorted(TITLES)
    assert set(TITLES) <= set(PROVOKED)


def test_no_other_status_stands_in_the_code() -> None:
    texts = [path.read_text("utf-8") for path in SOURCE.rglob("*.py")]
    of_answers = [text for text in texts if "django.http" in text or "UNAVAILABLE" in text]
    nodes = [node for text in of_answers for node in ast.walk(ast.parse(text))]
    told = {each.value for each in nodes if isinstance(each, ast.Constant)}
    found = {each for each in told if type(each) is int and 200 <= each <= 599}
    assert {404, 405, 414, 422, 429, 503} <= found - DAYS <= set(PROVOKED)
