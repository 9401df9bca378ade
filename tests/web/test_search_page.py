"""The page of the search: what a reader sees, filters and follows, with a script and without."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urlencode, urljoin

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("published")

SCRIPT = {"HX-Request": "true"}
LANGUAGES = ("en", "ru", "zh")


def ask(path: str, headers: dict[str, str] | None = None, **asked: str) -> HttpResponse:
    joined = "&" if "?" in path else "?"
    return Client().get(f"{path}{joined}{urlencode(asked)}", headers=headers or {})


def data(path: str, **asked: str) -> Any:
    return ask(path, format="json", **asked).json()


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def links(page: str) -> list[str]:
    return re.findall(r'<a [^>]*href="([^"]+)"', page)


def test_what_is_found_is_marked_with_the_name_that_matched() -> None:
    page = text(ask("/en/search/", q="Свазиленда"))
    assert re.search(r'<a class="hit-label" href="/en/au/parties/SZ/">Eswatini</a>', page)
    assert '<span lang="ru"><mark>Свазиленд</mark></span>' in page
    assert "former name" in page
    assert "<mark>Kazak</mark>hstan</a>" in text(ask("/en/search/", q="kazak"))


def test_the_page_is_data_too() -> None:
    page = data("/zh/sco/search/", q="Kazakhstan", on="2023-12-14")
    hit = page["groups"][0]["hits"][0]
    assert (page["q"], page["total"]) == ("Kazakhstan", sum(g["total"] for g in page["groups"]))
    assert hit["url"] == "/zh/sco/parties/KZ/?on=2023-12-14"
    assert hit["label"] == {
        "text": "哈萨克斯坦",
        "language": "",
        "parts": [{"text": "哈萨克斯坦", "found": False}],
    }
    assert hit["match"]["language"] == "en"
    assert hit["match"]["parts"] == [{"text": "Kazakhstan", "found": True}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "question",
    [
        "Kazakhstan",
        "совет",
        "CHS",
        "article 13",
        "member",
        "Secretary",
        "to attend",
        "Charter",
        "中国",
    ],
)
def test_every_hit_leads_to_a_page_that_has_it(language: str, question: str) -> None:
    seen = 0
    for group in data(f"/{language}/search/", q=question)["groups"]:
        for hit in group["hits"]:
            path, part = urldefrag(hit["url"])
            there = ask(path)
            assert there.status_code == 200, hit["url"]
            if part and group["kind"] != "status":  # held by nobody, it is not on the page
                assert f'id="{part}"' in there.content.decode(), hit["url"]
            seen += 1
    assert seen


def test_every_link_of_the_page_leads_somewhere_and_keeps_the_question() -> None:
    start = "/ru/sco/search/?q=Казахстан&on=2023-12-14&basis=decision"
    content = text(ask(start)).partition('id="content"')[2].partition("</main>")[0]
    for link in links(content):
        assert ask(urljoin(start, link)).status_code == 200, link
    everywhere = start.replace("/sco/", "/")
    hits = [hit for group in data(everywhere)["groups"] for hit in group["hits"]]
    by_organisation = {hit["organisation"]["id"]: hit["url"] for hit in hits}
    assert "basis=decision" in by_organisation["sco"]
    assert "basis" not in by_organisation["opec"]  # it has no such basis
    assert all("on=2023-12-14" in each for each in by_organisation.values())


def test_kinds_and_organisations_are_filters_with_numbers() -> None:
    every = data("/en/search/", q="Kazakhstan")
    counts = {each["kind"]: each["count"] for each in every["kinds"]}
    assert counts[""] == every["total"] == sum(counts.values()) - counts[""]
    assert [group["kind"] for group in every["groups"]] == [each for each in counts if each]
    assert all(len(group["hits"]) <= 5 for group in every["groups"])
    acts = data("/en/search/", q="Kazakhstan", kind="act")
    assert ([g["kind"] for g in acts["groups"]], acts["total"]) == (["act"], counts["act"])
    assert len(acts["groups"][0]["hits"]) == 20
    only = data("/en/search/", q="Kazakhstan", organisation="opec")
    assert {h["organisation"]["id"] for g in only["groups"] for h in g["hits"]} == {"opec"}
    assert {each["id"] for each in only["organisations"]} == {"opec", "sco"}


def test_pages_of_a_kind_are_one_list() -> None:
    first = data("/en/search/", q="Kazakhstan", kind="act")
    second = data("/en/search/" + first["after"])
    assert (first["before"], second["before"]) == ("", "?q=Kazakhstan&kind=act")
    ids = [hit["id"] for page in (first, second) for hit in page["groups"][0]["hits"]]
    assert len(ids) == len(set(ids)) == first["total"]
    assert second["after"] == ""


def test_an_organisation_s_own_search_finds_its_own_and_leads_to_all() -> None:
    every = data("/en/search/", q="Kazakhstan")
    sco, opec = (data(f"/en/{each}/search/", q="Kazakhstan") for each in ("sco", "opec"))
    for organisation, page in {"sco": sco, "opec": opec}.items():
        hits = [hit for group in page["groups"] for hit in group["hits"]]
        assert {each["organisation"]["id"] for each in hits} == {organisation}
        assert page["all_organisations"] == "/en/search/?q=Kazakhstan"
    assert sco["total"] + opec["total"] == every["total"]
    assert sco["elsewhere"] == opec["total"]
    urls = {each["id"]: each["url"] for each in sco["organisations"]}
    assert urls["opec"] == "/en/search/?q=Kazakhstan&organisation=opec"


@pytest.mark.parametrize(
    ("language", "link"),
    [("en", "Search everywhere"), ("ru", "Искать везде"), ("zh", "搜索全部组织")],
)
def test_what_is_only_elsewhere_is_told_where_it_is_not_found(language: str, link: str) -> None:
    page = data(f"/{language}/opec/search/", q="Kyrgyzstan")
    assert page["total"] == 0
    assert page["elsewhere"] > 0
    content = text(ask(f"/{language}/opec/search/", q="Kyrgyzstan"))
    assert f'<a href="/{language}/search/?q=Kyrgyzstan">{link}</a>' in content


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Nothing is called “Kazahstan”"), ("ru", "Ничто не называется «Kazahstan»"),
     ("zh", "没有名为“Kazahstan”的条目")],
)  # fmt: skip
def test_what_is_only_near_is_said_to_be(language: str, said: str) -> None:
    assert said in text(ask(f"/{language}/search/", q="Kazahstan"))
    for exact in ("Kazakhstan", "kazak", "Казахстана"):
        assert not data(f"/{language}/search/", q=exact)["only_near"]


def test_names_are_those_of_the_day_asked_about() -> None:
    page = data("/en/search/", q="Eswatini", on="2010-01-01")
    hit = page["groups"][0]["hits"][0]
    assert (hit["label"]["text"], hit["match"]["by"]) == ("Swaziland", "later_name")


def test_nothing_is_found_that_was_not_known() -> None:
    page = data("/en/search/", q="Kazakhstan", known_at="2020-01-01")
    assert "act" not in {group["kind"] for group in page["groups"]}
    assert "As known on 1 January 2020." in text(
        ask("/en/search/", q="Kazakhstan", known_at="2020-01-01")
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("where", ["", "sco/"])
def test_before_anything_is_asked_the_register_gives_examples(language: str, where: str) -> None:
    page = data(f"/{language}/{where}search/")
    assert (page["q"], page["groups"], page["kinds"]) == ("", [], [])
    assert len(page["examples"]) >= 5
    for each in page["examples"]:
        assert data(urljoin(f"/{language}/{where}search/", each["url"]))["total"], each


def test_where_nothing_is_found_it_says_what_would_be() -> None:
    page = data("/en/search/", q="Kazakhstan xyzzy")
    assert (page["total"], [each["text"] for each in page["suggestions"]]) == (0, ["Kazakhstan"])
    found = data("/en/search/" + page["suggestions"][0]["url"])
    assert found["everywhere"] == page["suggestions"][0]["total"]
    assert "Nothing holds all of “Kazakhstan xyzzy”." in text(
        ask("/en/search/", q="Kazakhstan xyzzy")
    )


def test_what_is_typed_is_only_text() -> None:
    page = ask("/en/search/", q='<script>alert("1")</script> Mali').content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;" in page


# Refusals


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"q": "x" * 201}, 422, "too_long"),
        ({"q": " ".join(f"w{each}" for each in range(31))}, 422, "too_many_words"),
        ({"q": "a", "kind": "person"}, 422, "not_offered"),
        ({"q": "a", "page": "two"}, 422, "not_a_page"),
        ({"q": "Mali", "page": "2"}, 422, "no_such_page"),
        ({"q": "Mali", "kind": "act", "page": "99"}, 422, "no_such_page"),
        ({"q": "Mali", "organisation": "scoo"}, 404, "unknown_organisation"),
        ({"q": "Mali", "on": "soon"}, 422, "impossible_date"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(
    language: str, asked: dict[str, str], status: int, code: str
) -> None:
    path = f"/{language}/search/"
    assert (
        ask(path, **asked).status_code == ask(path, headers=SCRIPT, **asked).status_code == status
    )
    assert data(path, **asked)["faults"][0]["code"] == code
    assert re.search(r'<p class="text">\S.+</p>', text(ask(path, **asked)))


def test_an_unknown_organisation_is_refused_in_the_address_too() -> None:
    page = ask("/en/scoo/search/", q="Mali")
    assert page.status_code == 404
    assert "/en/sco/" in links(text(page))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.text(max_size=60),
    st.sampled_from(["", "act", "party", "x"]),
    st.sampled_from(["", "1", "2", "0"]),
    st.booleans(),
)
def test_no_question_breaks_the_page(q: str, kind: str, page: str, part: bool) -> None:
    headers = SCRIPT if part else {}
    response = ask("/ru/search/", headers=headers, q=q, kind=kind, page=page)
    assert response.status_code in (200, 422)


# With a script


def test_a_script_gets_what_is_found_and_what_else_changes() -> None:
    page, part = ask("/en/search/", q="Mali"), ask("/en/search/", headers=SCRIPT, q="Mali")
    found = text(part)
    assert "<html" not in found
    assert "<form" not in found
    assert "<title>Search: Mali – comity</title>" in found
    for changed in ("search-status", "languages", "colophon"):
        assert re.search(rf'id="{changed}"[^>]* hx-swap-oob="true"', found)
        assert re.search(rf'id="{changed}"(?![^>]*hx-swap-oob)', text(page))
    assert "/ru/search/?q=Mali" in links(found)
    assert next(each for each in links(found) if "/parties/" in each) == "/en/au/parties/ML/"


def test_page_and_part_are_kept_apart() -> None:
    page, part = ask("/en/search/", q="Mali"), ask("/en/search/", headers=SCRIPT, q="Mali")
    assert page.headers["ETag"] != part.headers["ETag"]
    assert "HX-Request" in page.headers["Vary"]
    assert "HX-Request" in part.headers["Vary"]
    again = ask("/en/search/", headers={**SCRIPT, "If-None-Match": page.headers["ETag"]}, q="Mali")
    assert (again.status_code, text(again)) == (200, text(part))


def test_the_field_asks_as_it_is_typed_into() -> None:
    page = text(ask("/en/sco/search/", q="Mali", kind="act", on="2023-12-14"))
    field = re.search(r"<input [^>]*type=\"search\"[^>]*>", page)
    assert field
    for attribute in (
        'hx-get="/en/sco/search/"',
        'hx-trigger="input changed delay:150ms, search"',
        'hx-target="#found"',
        'hx-include="closest form"',
    ):
        assert attribute in field[0]
    assert '<div id="found">' in page
    assert 'role="search"' in page
    for name, value in (("kind", "act"), ("on", "2023-12-14")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


@pytest.mark.parametrize("path", ["/en/", "/en/about/", "/en/sco/", "/en/sco/acts/"])
def test_the_search_is_offered_on_every_page(path: str) -> None:
    where = "/en/sco/search/" if "sco" in path else "/en/search/"
    assert where in links(text(ask(path)))
