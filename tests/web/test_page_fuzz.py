"""Whatever is asked of any address of the site, it answers politely, and never with a 500.

The addresses are those of the URL resolver, so that a new one is tried without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import product
from urllib.parse import quote, urlencode

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from comity_web.api.addresses import ROOT
from comity_web.register.questions import LONGEST
from comity_web.serving.limits import LONGEST_PATH, MOST_FIELDS
from tests.web.real_addresses import (
    LANGUAGES,
    NOWHERE,
    ORGANISATIONS,
    VALUES,
    offered,
    real_path,
)

pytestmark = pytest.mark.usefixtures("published")

MARK = "<i>x"
# Those that the reference of the site lists; no test asks so much, or breaks the record.
STATUSES = {200, 302, 304, 404, 414, 422}
HEADERS = (
    "Content-Security-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
)
# What stands in an address between its fixed steps: names there are, and names nobody gave.
REAL = [
    "sco",
    "au",
    "eu",
    "opec",
    "BY",
    "GB",
    "chg",
    "observer",
    "attend",
    "family",
    "status",
    "count",
    "right",
    "grant",
    "status/BY",
    "BY/attend",
    "chs",
    "secretary_general",
    "2017-06-09-in-member",
    "charter__art_14__relations",
    "0/000",
    "1",
    "chg/x",
]
HOSTILE = [
    MARK,
    f"{MARK}</i>\"'>",
    "sco" + MARK,
    "\x00",
    "BY\x00",
    "\x1b[2J",
    "\r\nSet-Cookie: a=b",
    "\u202e\u2066BY\u2069",
    "\ufeff",
    "../../etc/passwd",
    "..",
    ".",
    "a//b",
    "\\",
    "%",
    "%00%ff",
    "{{ 7*7 }}",
    "{% url %}",
    "%(name)s",
    "{0.__class__}",
    "x" * (LONGEST + 1),
    "白俄罗斯" * 40,
    "x" * (LONGEST_PATH + 1),
    "-1",
    "0",
    "9" * 30,
    "١٢",
    "1e9",
    "None",
    "’; DROP TABLE register_entry; --",
]
DAYS = [
    "2023-12-14",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2023-02-30",
    "-2023-01-01",
    "２０２３-１２-１４",
    "2023-12-14T00:00:00Z",
    "2023-12-14T25:61:61Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "2023-W50-4",
    "",
]
# Names of parameters anywhere on the site (a test says so), and some that are nowhere.
PARAMETERS = [*VALUES, "status", "until", "evil"]
any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
names = st.sampled_from([*REAL, *HOSTILE]) | any_text
values = st.sampled_from([*DAYS, *REAL, *HOSTILE, "memorandum", "json", "html"]) | any_text
questions = st.lists(st.tuples(st.sampled_from(PARAMETERS) | any_text, values), max_size=5)
# Bytes that are no text at all: a lone surrogate, an overlong zero, half a character, no number.
BROKEN = ["%ED%A0%80", "%C0%80", "%E7%99", "%FF", "%00", "%", "%zz", "%u0041"]
some = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def addresses() -> list[str]:
    """Return the routes of all addresses but those of the API, which its own document tests."""
    return [each for each in _routes(get_resolver(), "") if not each.startswith(ROOT[1:])]


def _routes(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from _routes(each, route)


def filled(route: str, draw: st.DrawFn) -> str:
    """Put something into each place of a route; a language is mostly one there is."""

    def name(match: re.Match[str]) -> str:
        kinds = {"language": st.sampled_from([*LANGUAGES, *LANGUAGES, "xx"])}
        numbers = st.sampled_from(["1", "0", "2", "9" * 30])
        kind = match[1]
        chosen = draw(kinds.get(kind, numbers if kind == "int" else names))
        return quote(chosen, safe=draw(st.sampled_from(["", "/"])))

    return "/" + re.sub(r"<(\w+):\w+>", name, route)


Asked = tuple[str, str]
"""A path, and what follows its question mark."""


@st.composite
def answerable(draw: st.DrawFn, route: str) -> Asked:
    """Draw the address of something there is, and a question that it can answer."""
    organisation = draw(st.sampled_from(ORGANISATIONS))
    known = offered(route, organisation)
    named = draw(st.lists(st.sampled_from(sorted(known)), max_size=4, unique=True))
    question = {each: draw(st.sampled_from(known[each])) for each in named}
    return _path(draw, route, organisation), urlencode(question)


def _path(draw: st.DrawFn, route: str, organisation: str) -> str:
    return quote(real_path(route, organisation, lambda texts: draw(st.sampled_from(texts))))


@st.composite
def anything(draw: st.DrawFn, route: str) -> Asked:
    """Draw any question, of something there is or of any name; some bytes are no text."""
    if route not in NOWHERE and draw(st.booleans()):
        path = _path(draw, route, draw(st.sampled_from(ORGANISATIONS)))
        return path, urlencode(draw(questions))
    return _anywhere(draw, route)


def _anywhere(draw: st.DrawFn, route: str) -> tuple[str, str]:
    """Draw a path and a query, now and then with bytes that are no text."""
    path, query = filled(route, draw), urlencode(draw(questions))
    broken = draw(st.sampled_from([None, None, None, *BROKEN]))
    if broken is None:
        return path, query
    if draw(st.booleans()):
        return path.rstrip("/") + broken + "/", query
    return path, f"{query}&on={broken}&{broken}=1"


class Reading(HTMLParser):
    """Reads a page as a strict clerk would: what opens closes, in order."""

    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ]
    )

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.feed(text)
        self.close()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.append(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def ask(path: str, query: str, **headers: str) -> HttpResponse:
    """Ask as a server does: the path as it stands, its bytes not looked at."""
    client = Client(raise_request_exception=False)
    return client.get(path, QUERY_STRING=query, headers=headers)


def check(path: str, query: str) -> int:
    response = ask(path, query)
    where = f"{path}?{query}"
    assert response.status_code in STATUSES, where
    assert response.cookies == {}, where
    assert [each for each in HEADERS if each not in response.headers] == [], where
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html") and response.status_code != 302:
        text = response.content.decode()
        assert MARK not in text, where
        seen = Reading(text)
        assert seen.open == [], where
        assert [seen.seen.count(each) for each in ("html", "main", "h1")] == [1, 1, 1], where
    if tag := response.headers.get("ETag"):
        assert ask(path, query).headers["ETag"] == tag, where
        again = ask(path, query, **{"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b""), where
    return response.status_code


def test_the_clerk_notices_what_is_not_closed() -> None:
    with pytest.raises(AssertionError):
        Reading("<main><p></main>")
    assert Reading("<main>").open == ["main"]


def test_every_address_of_the_site_is_tried() -> None:
    """Django's own table of the named addresses has no more; a refusal has no name."""
    table = get_resolver().reverse_dict
    named = [each for name in table if isinstance(name, str) for each in table.getlist(name)]
    known = {re.sub(r"%\(\w+\)s", "…", address) for ways, *_ in named for address, _ in ways}
    tried = {re.sub(r"<[\w:]+>", "…", each) for each in addresses()}
    assert {each for each in known - tried if not each.startswith(ROOT[1:])} == set()
    assert tried - known == {re.sub(r"<[\w:]+>", "…", each) for each in NOWHERE}


def test_nothing_but_a_refusal_is_nowhere() -> None:
    assert {*addresses()} > NOWHERE
    for route in NOWHERE:
        path = "/" + re.sub(r"<\w+:\w+>", "sco", route)
        assert ask(path, "").status_code == 404, path


@pytest.mark.parametrize("route", addresses())
def test_whatever_is_asked_is_answered(route: str) -> None:
    @some
    @given(anything(route))
    def ask_anything(question: Asked) -> None:
        check(*question)

    ask_anything()


@pytest.mark.parametrize("route", [each for each in addresses() if each not in NOWHERE])
def test_what_there_is_to_ask_is_found(route: str) -> None:
    @some
    @given(answerable(route))
    def ask_what_there_is(question: Asked) -> None:
        assert check(*question) in (200, 302), question

    ask_what_there_is()


class Noting(QueryDict):
    """The query of an address, which notes the names it is read by."""

    def __init__(self, seen: set[str]) -> None:
        super().__init__()
        self.seen = seen

    def __getitem__(self, name: str) -> str:
        self.seen.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.seen.add(str(name))
        return super().__contains__(name)

    def getlist(self, name: str, default: list[str] | None = None) -> list[str]:
        self.seen.add(name)
        return super().getlist(name, default)


def test_every_parameter_that_a_view_reads_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[str] = set()
    monkeypatch.setattr(WSGIRequest, "GET", property(lambda _: Noting(seen)))
    for route in addresses():
        if route not in NOWHERE:
            assert ask(real_path(route, "sco", lambda texts: texts[0]), "").status_code in (
                200,
                302,
            )
    assert seen == {*PARAMETERS} - {"until", "evil"}


@pytest.mark.parametrize("page", ["", "acts/", "compare/"])
def test_a_hostile_value_alone_is_answered(page: str) -> None:
    values = (f"\x00{MARK}", "9" * 150)
    for parameter, value in product(PARAMETERS, values):
        check(f"/en/sco/{page}", urlencode({parameter: value}))


def test_a_question_asked_twice_at_once_is_one() -> None:
    assert check("/en/sco/", "on=2023-12-14&on=2001-01-01&on=") == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_fields_than_any_page_has_are_refused_in_words(language: str) -> None:
    assert check(f"/{language}/sco/", "&".join(["x=1"] * MOST_FIELDS)) == 200
    for page in (f"/{language}/sco/", "/api/v1/sco/status", "/acts.csv"):
        assert check(page, "&" * MOST_FIELDS) == 414
        assert check(page, "&" * 5000) == 414
    said = ask(f"/{language}/sco/", "&" * MOST_FIELDS).content.decode()
    assert str(MOST_FIELDS) in said
