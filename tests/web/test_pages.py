"""What readers see: every page, in every language, as a page and as data."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity.kernel.act import Act
from comity.register.records import from_record
from comity.tlog.tiles import TILE_WIDTH
from comity_web.public import answering
from comity_web.register.models import Entry
from comity_web.register.selectors import HEAD
from comity_web.register.services import append
from comity_web.serving.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("published")

ACT = "2017-06-09-in-member"
PAGES_OF_SCO = {
    "organisation": "sco/?on=2023-12-14",
    "party": "sco/parties/BY/?on=2023-12-14",
    "act": f"sco/acts/{ACT}/",
    "article": "sco/articles/charter__art_14__relations/",
    "acts": "sco/acts/?on=2023-12-14&kind=stage_reached&q=decision",
    "acts of no kind": "sco/acts/?q=nothing",
    "merger": "sco/acts/2025-09-01-partners-merged/?on=2025-12-01",
    "compare": "sco/compare/?on=2025-09-01&with=2017-06-09",
    "sources": "sco/sources/",
    "source": "sco/sources/interview-2025/",
    "disagreements": "sco/disagreements/?on=2023-07-04",
    "charter": "sco/charter/?on=2024-01-01&against=2005-01-01",
    "offices": "sco/offices/?on=2023-12-14",
    "plans": "sco/plans/?on=2023-12-14",
    "parties": "sco/parties/?on=2023-12-14",
    "bodies": "sco/bodies/?on=2023-12-14",
    "body": "sco/bodies/chg/?on=2023-12-14",
    "body in formation": "sco/bodies/universal_centre/?on=2026-01-01",
    "rights": "sco/rights/?on=2023-12-14",
    "rights in a body": "sco/rights/?on=2023-12-14&body=chg",
    "grounds": "sco/why/status/BY/?on=2023-12-14",
    "timelines": "sco/timeline/?on=2023-12-14",
    "growth": "sco/growth/?on=2023-12-14",
    "map": "sco/map/?on=2023-12-14",
    "search": "sco/search/?q=India&on=2023-12-14",
    "search everywhere": "search/?q=%E5%8D%B0%E5%BA%A6",
    "search for nothing yet": "search/",
    "all organisations": "",
    "another organisation": "eu/?on=2020-01-31",
    "a party that left": "eu/parties/GB/",
    "suspended parties": "au/?on=2022-06-01",
}
LANGUAGES = ("en", "ru", "zh")


@pytest.fixture
def client() -> Client:
    return Client()


def get(client: Client, path: str, **headers: str) -> HttpResponse:
    return client.get(path, headers=headers)


class _Collector(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag == "a" and named.get("href"):
            self.links.append(str(named["href"]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES_OF_SCO)
def test_every_page_answers_in_every_language(client: Client, language: str, page: str) -> None:
    response = get(client, f"/{language}/{PAGES_OF_SCO[page]}")
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="ltr">' in text
    assert re.findall(r"%\(\w+\)s|\{\{|\{%|[>\"=]None[<\"]", text) == []
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="/{other}/' in text


@pytest.mark.parametrize("page", PAGES_OF_SCO)
def test_every_page_is_data_at_the_same_address(client: Client, page: str) -> None:
    path = f"/en/{PAGES_OF_SCO[page]}"
    by_header = get(client, path, accept="application/json")
    joined = "&" if "?" in path else "?"
    by_parameter = get(client, f"{path}{joined}format=json")
    assert by_header.headers["Content-Type"] == "application/json"
    assert by_header.json()["log"]["size"] == Entry.objects.count()
    assert {**by_header.json(), "x": 0}.keys() == {**by_parameter.json(), "x": 0}.keys()


def test_the_roster_says_who_holds_which_status_and_why(client: Client) -> None:
    page = get(client, "/en/sco/?on=2023-12-14&format=json").json()
    numbers = {each["status"]: each["count"] for each in page["groups"]}
    assert numbers == {"member": 9, "observer": 3, "dialogue_partner": 14}
    lines = {line["code"]: line for group in page["groups"] for line in group["lines"]}
    assert [each["id"] for each in lines["IN"]["grounds"]] == ["charter__art_13__admission", ACT]
    for line in lines.values():
        assert {each["kind"] for each in line["grounds"]} == {"article", "act"}


def test_the_basis_of_counting_can_be_chosen(client: Client) -> None:
    path = "/en/sco/?on=2022-10-01&format=json"
    counts = {
        basis: sum(g["count"] for g in get(client, f"{path}&basis={basis}").json()["groups"])
        for basis in ("memorandum", "decision")
    }
    assert counts["decision"] > counts["memorandum"]


def test_nothing_is_known_before_it_was_recorded(client: Client) -> None:
    page = get(client, "/en/sco/?on=2023-12-14&known_at=2020-01-01&format=json").json()
    assert (page["question"]["acts_known"], page["groups"]) == (0, [])


def test_the_page_of_an_act_names_its_leaf(client: Client) -> None:
    page = get(client, f"/en/sco/acts/{ACT}/?format=json").json()
    row = Entry.objects.get(organisation="sco", act_id=ACT)
    assert page["proof"]["position"] == row.position
    assert page["proof"]["leaf_hash"] == bytes(row.leaf_hash).hex()
    assert page["record"]["id"] == ACT


def test_every_link_of_a_page_leads_somewhere_and_keeps_the_question(client: Client) -> None:
    start = "/en/sco/?on=2023-12-14&basis=decision"
    links = set(_Collector(get(client, start).content.decode()).links)
    inside = sorted(each for each in links if each.startswith("/") and "format=json" not in each)
    assert len(inside) > 60
    for path in inside:
        assert get(client, path).status_code == 200, path
    about = [each for each in inside if "/parties/" in each or "/acts/" in each]
    assert all("on=2023-12-14" in each and "basis=decision" in each for each in about)


# Errors


@pytest.mark.parametrize("text", ["14.12.2023", "2023-02-30", "yesterday", "2023", "9999999-01-01"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_date_says_what_a_date_looks_like(client: Client, language: str, text: str) -> None:
    response = get(client, f"/{language}/sco/?on={text}")
    assert response.status_code == 422
    assert text in response.content.decode()
    assert re.search(r"20\d\d-\d\d-\d\d", response.content.decode())


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/en/sco/parties/Belarrus/", "/en/sco/parties/BY/"),
        ("/ru/sco/parties/Беларусс/", "/ru/sco/parties/BY/"),
        ("/en/scoo/", "/en/sco/"),
        (f"/en/sco/acts/{ACT}s/", f"/en/sco/acts/{ACT}/"),
        ("/en/sco/articles/charter__art_13/", "/en/sco/articles/charter__art_13__admission/"),
    ],
)
def test_an_unknown_name_leads_to_the_nearest_one(client: Client, path: str, meant: str) -> None:
    response = get(client, path)
    assert response.status_code == 404
    assert meant in _Collector(response.content.decode()).links


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_too_long_is_said_and_not_repeated(client: Client, language: str) -> None:
    field = get(client, f"/{language}/sco/?basis={'x' * 201}")
    assert field.status_code == 422
    address = get(client, f"/{language}/sco/parties/{'x' * 2000}/")
    assert address.status_code == 414
    name = get(client, f"/{language}/sco/parties/{'x' * 1900}/")
    assert name.status_code == 404
    for response in (field, address):
        assert "xxx" not in response.content.decode()
    for response, most in ((field, "200"), (address, "2000")):
        assert most in response.content.decode()
    shown = re.search(r'<p class="text">.*?</p>', name.content.decode())
    assert shown
    assert len(shown[0]) < 200


def test_a_field_that_is_too_long_is_told_as_data_too(client: Client) -> None:
    response = get(client, f"/en/sco/?on={'1' * 201}&format=json")
    assert (response.status_code, response.json()["faults"][0]["code"]) == (422, "too_long")


def test_the_same_page_is_kept_once_whatever_host_and_parameters_are_named(client: Client) -> None:
    plain = get(client, "/en/sco/?on=2023-12-14")
    pages = [
        get(client, "/en/sco/?on=2023-12-14&utm_source=elsewhere"),
        get(client, "/en/sco/?evil=1&on=+2023-12-14+", host="localhost:4711"),
    ]
    for other in pages:
        assert other.headers["ETag"] == plain.headers["ETag"]
        assert other.content == plain.content
    assert "testserver" not in plain.content.decode()
    assert len(ANSWERS) == 1
    other_day = get(client, "/en/sco/?on=2023-12-15")
    assert other_day.headers["ETag"] != plain.headers["ETag"]


def test_one_day_is_today_throughout_an_answer(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def midnight() -> date:
        asked.append(1)
        return date(2026, 12, 30) + timedelta(days=len(asked))

    monkeypatch.setattr(answering, "today", midnight)
    page = get(client, "/en/sco/?format=json").json()
    assert (page["question"]["on"], len(asked)) == ("2026-12-31", 1)
    assert get(client, "/en/sco/?on=x").status_code == 422


def test_errors_are_data_too(client: Client) -> None:
    wrong_day = get(client, "/en/sco/?on=x", accept="application/json")
    assert wrong_day.status_code == 422
    assert wrong_day.json()["faults"][0]["code"] == "impossible_date"
    nobody = get(client, "/en/sco/parties/QQ/?format=json")
    assert (nobody.status_code, nobody.json()["faults"][0]["code"]) == (404, "unknown_party")
    basis = get(client, "/en/sco/?basis=x&format=json")
    assert (basis.status_code, basis.json()["faults"][0]["code"]) == (422, "unknown_basis")
    page = get(client, "/en/sco/?basis=x").content.decode()
    assert 'href="/en/sco/?basis=decision">by decision</a>' in page


@pytest.mark.parametrize("path", ["/xx/", "/en/sco/nothing/here/", "/ru/nowhere/at/all/", "/x.php"])
def test_other_addresses_are_not_found_politely(client: Client, path: str) -> None:
    response = get(client, path)
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


def test_a_name_that_looks_like_markup_is_only_text(client: Client) -> None:
    response = get(client, "/en/sco/?on=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>" not in response.content.decode()
    assert "&lt;script&gt;" in response.content.decode()


# Language, cache, safety


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("zh-CN,zh;q=0.9", "zh"),
        ("de,zh;q=0.5,ru;q=0.7", "ru"),
        ("de-DE", "en"),
        ("", "en"),
        ("%%%", "en"),
    ],
)
def test_the_first_address_follows_the_browser(client: Client, accepts: str, language: str) -> None:
    response = get(client, "/", **({"accept-language": accepts} if accepts else {}))
    assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
    assert "Accept-Language" in response.headers["Vary"]


def test_a_page_asked_for_again_is_not_sent_again(client: Client) -> None:
    first = get(client, "/en/sco/?on=2023-12-14")
    again = get(client, "/en/sco/?on=2023-12-14", **{"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = get(client, "/ru/sco/?on=2023-12-14", **{"if-none-match": first.headers["ETag"]})
    assert other.status_code == 200


def test_a_new_act_makes_a_new_page(client: Client) -> None:
    path = "/en/sco/?on=2023-12-14"
    first = get(client, path)
    note = record_of_a_note()
    append([note], head=HEAD, acting_user="officer", acting_for="secretariat")
    again = get(client, path, **{"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert again.headers["ETag"] != first.headers["ETag"]
    assert get(client, f"/en/sco/acts/{note.id}/").status_code == 200


def record_of_a_note() -> Act:
    return from_record(
        {
            "id": "test-note",
            "organisation": "sco",
            "kind": "noted",
            "effective_on": "2026-01-01",
            "recorded_at": "2026-11-21T00:00:00Z",
            "details": {"topic": "test", "text": {"en": "A remark <b>with</b> marks."}},
        }
    )


@pytest.mark.parametrize(
    ("page", "queries"),
    [
        ("organisation", 1),
        ("party", 1),
        ("acts", 1),
        ("article", 1),
        ("compare", 1),
        ("sources", 1),
        ("source", 1),
        ("disagreements", 1),
        ("search", 1),
        ("parties", 1),
        ("bodies", 1),
        ("body", 1),
        ("rights", 1),
        ("rights in a body", 1),
        ("grounds", 2),
        ("all organisations", 1),
    ],
)
def test_a_page_costs_one_query(client: Client, page: str, queries: int) -> None:
    assert costs(client, f"/en/{PAGES_OF_SCO[page]}") == (queries, 1)


@pytest.mark.parametrize("act", ["first", "last"])
def test_the_page_of_an_act_costs_its_proof_too(client: Client, act: str) -> None:
    """The head, a checkpoint, the entry, and its tile: but the last tile is kept in memory."""
    in_full_tiles = Entry.objects.count() // TILE_WIDTH * TILE_WIDTH
    entry = Entry.objects.order_by("position" if act == "first" else "-position")[0]
    path = f"/en/{entry.organisation}/acts/{entry.act_id}/"
    assert costs(client, path) == (4 if entry.position < in_full_tiles else 3, 1)


def costs(client: Client, path: str) -> tuple[int, int]:
    """Return how often the database is asked for a page, and for the same page once it is kept."""
    assert get(client, path).status_code == 200
    ANSWERS.clear()
    with CaptureQueriesContext(connection) as first:
        get(client, path)
    with CaptureQueriesContext(connection) as kept:
        get(client, path)
    return len(first), len(kept)


@pytest.mark.parametrize("path", ["/en/", "/en/sco/", "/en/sco/?on=x", "/nothing/", "/"])
def test_readers_carry_no_cookie_and_pages_are_safe(client: Client, path: str) -> None:
    response = get(client, path)
    assert response.cookies == {}
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name in ("Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"):
        assert response.headers[name]


@pytest.mark.parametrize("page", PAGES_OF_SCO)
def test_pages_hold_no_inline_script_no_inline_style_and_nothing_from_elsewhere(
    client: Client, page: str
) -> None:
    tags = _Collector(get(client, f"/en/{PAGES_OF_SCO[page]}").content.decode()).tags
    assert {tag for tag, _ in tags}.isdisjoint({"style", "iframe", "img"})
    run = [each for tag, each in tags if tag == "script" and "json" not in str(each.get("type"))]
    assert [set(each) for each in run] == [{"src", "defer"}]
    inline = re.compile(r"style|on\w+")
    assert [attrs for _, attrs in tags if any(inline.fullmatch(each) for each in attrs)] == []
    links = [attrs for tag, attrs in tags if tag == "link"]
    loaded = [str(each["href"]) for each in links if each["rel"] in ("stylesheet", "icon")]
    assert loaded
    assert all(each.startswith("/static/") for each in loaded)


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/en/sco/").status_code == 405


def test_nothing_is_shown_from_a_record_that_is_not_the_log_s(client: Client) -> None:
    with connection.cursor() as cursor:  # what an owner of the database can do
        cursor.execute("DROP TRIGGER register_entry_no_UPDATE")
        cursor.execute(
            "UPDATE register_entry SET leaf = CAST(replace(leaf, 'Astana', 'Almaty') AS BLOB) "
            "WHERE act_id = %s",
            [ACT],
        )
    HEAD.forget()
    page = get(client, "/ru/sco/")
    assert page.status_code == 503
    assert "Индия" not in page.content.decode()
    data = get(client, "/en/sco/?format=json")
    assert data.status_code == 503
    assert data.json()["faults"][0]["code"] == "entries_not_in_log"


# Words and their marks


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_organisation_leads_to_all_there_are(client: Client, language: str) -> None:
    response = get(client, f"/{language}/nothing-like-it/")
    assert response.status_code == 404
    links = _Collector(response.content.decode()).links
    assert {f"/{language}/{each}/" for each in ("au", "eu", "opec", "sco")} <= set(links)


@pytest.mark.parametrize("path", PAGES_OF_SCO.values())
def test_no_sentence_ends_twice(client: Client, path: str) -> None:
    text = get(client, f"/ru/{path}").content.decode()
    assert re.findall(r".{30}г\.\.(?!\.)", text) == []


@pytest.mark.parametrize("path", PAGES_OF_SCO.values())
def test_chinese_lists_have_chinese_commas(client: Client, path: str) -> None:
    text = get(client, f"/zh/{path}").content.decode().partition('id="colophon"')[0]
    seen = re.sub(r"<(script|style|pre)\b.*?</\1>|<[^>]*>", "", text, flags=re.DOTALL)
    assert re.findall(r"[\u4e00-\u9fff]{1,8}[,;] ?[\u4e00-\u9fff]{1,8}", seen) == []


@pytest.mark.parametrize(
    ("language", "note"),
    [("en", "by the Russian alphabet"), ("ru", "по русскому алфавиту"), ("zh", "依俄文字母排列")],
)
def test_the_order_is_told_where_the_roster_begins(
    client: Client, language: str, note: str
) -> None:
    text = get(client, f"/{language}/sco/?on=2023-12-14").content.decode()
    assert note in text.partition('class="roster"')[0]
    assert 'href="#order"' in text
    assert 'id="order"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_open_data_shows_how_to_ask_and_what_comes(
    client: Client, language: str
) -> None:
    text = unescape(get(client, f"/{language}/data/").content.decode())
    (address,) = re.findall(r'curl "https://…([^"]+)"', text)
    table = get(client, address).content.decode().splitlines()
    assert "\n".join(table[:2]) in text


# The first page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_to_three_answers(client: Client, language: str) -> None:
    page = get(client, f"/{language}/?format=json").json()
    assert len(page["questions"]) == 3
    assert len({each["organisation"] for each in page["questions"]}) == 3
    text = unescape(get(client, f"/{language}/").content.decode())
    for each in page["questions"]:
        assert f'href="{each["url"]}">{each["asks"]}</a>' in text
        opened = get(client, f"{each['url']}&format=json").json()
        assert opened["asks"] == each["asks"]
        assert opened["grounds"]
