"""The register: acts chosen by what they are about, page by page, and the same as files."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.kernel.act import Act
from comity.register.records import from_record
from comity_web.register.selectors import HEAD
from comity_web.register.services import append
from tests.web.registers import acts_of, said_later

pytestmark = pytest.mark.usefixtures("published")

LANGUAGES = ("en", "ru", "zh")
BAHRAIN = "2023-07-14-bh-dialogue-partner-memorandum"


def get(path: str, **asked: str) -> HttpResponse:
    joined = "&" if "?" in path else "?"
    return Client().get(f"{path}{joined}{urlencode(asked)}" if asked else path)


def data(path: str = "/en/sco/acts/", **asked: str) -> dict[str, Any]:
    response = get(path, **asked, format="json")
    assert response.status_code == 200, (path, asked, response.content[:300])
    found: dict[str, Any] = response.json()
    return found


def ids(page: dict[str, Any]) -> list[str]:
    return [each["id"] for each in page["acts"]]


def every_id(organisation: str = "sco", **asked: str) -> list[str]:
    """Turn the pages to the end, as a reader does."""
    found: list[str] = []
    number = 1
    while True:
        page = data(f"/en/{organisation}/acts/", **asked, page=str(number))
        found += ids(page)
        if not page["pages"] or page["pages"][-1]["number"] == number:
            assert len(found) == page["total"]
            return found
        number += 1


def test_everything_recorded_is_there_newest_first() -> None:
    acts = acts_of("sco")
    page = data()
    assert page["total"] == page["recorded"] == len(acts)
    assert len(page["acts"]) == 50
    days = [each["on"] for each in page["acts"]]
    assert days == sorted(days, reverse=True)
    assert Counter(every_id()) == Counter(each.id for each in acts)


def test_acts_can_be_put_in_another_order() -> None:
    entered = [each.id for each in acts_of("sco")]
    assert ids(data(sort="oldest"))[0] == "1996-04-26-cn-shanghai-five"
    assert every_id(sort="entered-first") == entered
    assert every_id(sort="entered") == entered[::-1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "renamed"}, {"2022-06-tr-renamed"}),
        ({"party": "BH"}, None),
        ({"party": "bh", "kind": "stage_reached"}, None),
        ({"body": "chs", "from": "2017-06-09", "to": "2017-06-09"}, None),
        ({"article": "charter__art_13__admission"}, None),
        ({"confidence": "low"}, None),
        ({"source": "interview-2025"}, None),
        ({"from": "2017-06", "to": "2017-06"}, None),
    ],
)
def test_filters_find_what_a_reader_would_find_by_hand(
    asked: dict[str, str], found: set[str] | None
) -> None:
    by_hand = {act.id for act in acts_of("sco") if _has(act, asked)}
    assert by_hand
    assert set(every_id(**asked)) == by_hand
    assert found is None or by_hand == found


def _has(act: Act, asked: dict[str, str]) -> bool:
    first, last = asked.get("from", "0000"), asked.get("to", "9999")
    body = {act.authority.body, act.detail("body")}
    sources = {*act.sources, *(each for other in act.alternatives for each in other.sources)}
    return (
        asked.get("kind", act.kind) == act.kind
        and ("party" not in asked or asked["party"].upper() in act.parties)
        and ("body" not in asked or asked["body"] in body)
        and asked.get("article", act.authority.article) == act.authority.article
        and asked.get("confidence", act.confidence) == act.confidence
        and ("source" not in asked or asked["source"] in sources)
        and str(act.effective_on.last) >= first
        and str(act.effective_on.first)[: len(last)] <= last
    )


@pytest.mark.parametrize(
    "words", ["bahrain memorandum", "Бахрейн меморандум", "巴林 备忘录", "BAHRAIN 2023-07-14"]
)
def test_words_are_found_in_any_language_whatever_that_of_the_page(words: str) -> None:
    for language in LANGUAGES:
        assert BAHRAIN in ids(data(f"/{language}/sco/acts/", q=words))


def test_titles_and_notes_are_searched_as_well() -> None:
    assert "2025-09-01-la-partner" in ids(data(q="how the merger takes effect"))
    assert ids(data(q="beijing opens")) == ["2004-01-15-secretariat-active"]
    assert "2012-12-05-chg-11-date" in ids(data(q="китайский портал"))


def test_a_count_beside_a_filter_is_what_it_leads_to() -> None:
    page = data(party="KZ", **{"from": "2005"})
    assert [each["name"] for each in page["facets"]] == [
        "kind",
        "party",
        "body",
        "article",
        "confidence",
    ]
    followed = 0
    for facet in page["facets"]:
        for value in (*facet["values"], *facet["more"]):
            there = data(f"/en/sco/acts/{value['url']}")
            assert there["total"] == value["count"], value
            assert value["value"] in there["filters"].values()
            followed += 1
    assert followed >= 40


def test_a_filter_that_is_set_can_be_taken_away() -> None:
    page = data(kind="met", party="CN", q="heads", **{"from": "2010", "to": "2020"})
    assert {each["name"] for each in page["chips"]} == {"Kind", "Party", "Words", "From", "To"}
    for chip in page["chips"]:
        there = data(f"/en/sco/acts/{chip['url']}")
        assert len(there["chips"]) == 4
        assert there["total"] >= page["total"]


def test_the_form_asks_again_what_was_asked() -> None:
    text = get(
        "/en/sco/acts/?kind=met&q=heads&from=2010&on=2024-01-01&sort=oldest"
    ).content.decode()
    for field in (
        'name="q" value="heads"',
        'name="from" value="2010-01-01"',
        '<option value="met" selected>',
        '<option value="oldest" selected>',
        '<input type="hidden" name="on" value="2024-01-01">',
    ):
        assert field in text


def test_a_year_leads_to_its_acts_and_away_again() -> None:
    text = get("/en/sco/acts/").content.decode()
    assert 'href="?from=2017&amp;to=2017" aria-label="2017: ' in text
    in_2017 = data(**{"from": "2017", "to": "2017"})
    number = int(text.split('aria-label="2017: ')[1].split('"')[0])
    assert in_2017["total"] == number


def test_pages_are_turned_by_addresses_that_keep_the_filters() -> None:
    page = data(party="", body="chs", sort="oldest")
    assert [each["number"] for each in page["pages"]] == [1, 2, 3]
    assert page["pages"][1]["url"] == "?body=chs&sort=oldest&page=2"
    assert page["pages"][0]["url"] == "?body=chs&sort=oldest"
    larger = data(body="chs", per="100")
    assert (len(larger["acts"]), larger["first"], larger["last"]) == (100, 1, 100)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"kind": "party"}, 422),
        ({"body": "nobody"}, 422),
        ({"article": "art_0"}, 422),
        ({"confidence": "certain"}, 422),
        ({"source": "hearsay"}, 422),
        ({"sort": "random"}, 422),
        ({"per": "1000"}, 422),
        ({"from": "yesterday"}, 422),
        ({"to": "2023-13"}, 422),
        ({"from": "2020", "to": "2019"}, 422),
        ({"page": "0"}, 422),
        ({"page": "7"}, 422),
        ({"kind": "renamed", "page": "2"}, 422),
        ({"q": "x" * 201}, 422),
        ({"party": "QQ"}, 404),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_sentence(
    language: str, asked: dict[str, str], status: int
) -> None:
    response = get(f"/{language}/sco/acts/", **asked)
    assert response.status_code == status
    assert '<p class="text">' in response.content.decode()
    as_data = get(f"/{language}/sco/acts/", **asked, format="json")
    assert (as_data.status_code, len(as_data.json()["faults"])) == (status, 1)


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize(
    "asked", ["kind=party", "sort=random", "from=2020&to=2019", "q=" + "x" * 201]
)
def test_files_are_refused_like_pages(kind: str, asked: str) -> None:
    assert get(f"/en/sco/acts.{kind}?{asked}").status_code == 422


def test_a_page_beyond_the_end_says_how_many_there_are() -> None:
    assert "pages 1–6" in get("/en/sco/acts/", page="99").content.decode()


def test_where_nothing_is_found_advice_is_given() -> None:
    page = get("/en/sco/acts/", q="zebra")
    assert (page.status_code, data(q="zebra")["total"]) == (200, 0)
    assert "Take a filter away" in page.content.decode()


def test_what_was_not_recorded_yet_is_not_found() -> None:
    page = data(known_at="2020-01-01")
    assert (page["total"], page["acts"]) == (0, [])


def test_a_new_act_and_a_correction_are_found_at_once() -> None:
    before = data(q="zebra")["total"]
    append(
        [
            said_later("new-note", "noted", topic="test", text={"en": "A zebra was seen."}),
            said_later("fix", "corrected", act=BAHRAIN, changes={"note": "Zebra."}),
            said_later("undo", "annulled", act="2022-06-tr-renamed"),
        ],
        head=HEAD,
        acting_user="officer",
        acting_for="secretariat",
    )
    found = {each["id"]: each for each in data(q="zebra")["acts"]}
    assert (before, found[BAHRAIN]["revised"]) == (0, "corrected")
    assert {"new-note", BAHRAIN, "fix"} == set(found)
    assert [each["revised"] for each in data(kind="renamed")["acts"]] == ["annulled"]
    assert "undo" in every_id(party="TR")
    text = get("/en/sco/acts/?kind=renamed").content.decode()
    assert '<span class="chip chip-caution">annulled</span>' in text


# Files


def rows_of(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(get(path).content.decode())))


@pytest.mark.parametrize("asked", ["", "party=BH&sort=oldest", "q=heads&kind=met"])
def test_files_hold_what_is_chosen_and_nothing_else(asked: str) -> None:
    page = data(f"/en/sco/acts/?{asked}")
    files = {each["name"]: each["url"] for each in page["files"]}
    on_pages = every_id(**dict(each.split("=") for each in asked.split("&") if each))
    rows = rows_of(files["CSV"])
    lines = [json.loads(each) for each in get(files["JSONL"]).content.splitlines()]
    assert [each["id"] for each in rows] == [each["id"] for each in lines] == on_pages
    assert all(each["address"].startswith("http://testserver/en/sco/acts/") for each in rows)


def test_a_line_of_a_file_is_the_record_with_a_sentence() -> None:
    (line,) = [
        json.loads(each) for each in get("/ru/sco/acts.jsonl?kind=renamed").content.splitlines()
    ]
    (row,) = rows_of("/ru/sco/acts.csv?kind=renamed")
    assert (line["parties"], row["parties"]) == (["TR"], "TR")
    assert line["sentence"] == row["sentence"]
    assert line["sentence"].startswith("Турция")
    assert json.loads(row["details"]) == line["details"]
    assert (row["confidence"], row["effective_on"]) == ("medium", "2022-06")


def test_files_say_what_they_are() -> None:
    table, lines = get("/en/sco/acts.csv"), get("/en/sco/acts.jsonl")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert lines.headers["Content-Type"].startswith("application/jsonl")
    again = Client().get("/en/sco/acts.csv", headers={"if-none-match": table.headers["ETag"]})
    assert (again.status_code, get("/en/scoo/acts.csv").status_code) == (304, 404)


def test_no_cell_is_a_formula() -> None:
    note = from_record(
        {
            "id": "formula",
            "organisation": "sco",
            "kind": "noted",
            "effective_on": "2026-12-01",
            "recorded_at": "2026-12-01T00:00:00Z",
            "note": "=1+1",
            "details": {"topic": "test", "text": {"en": "x"}},
        }
    )
    append([note], head=HEAD, acting_user="officer", acting_for="secretariat")
    (row,) = [each for each in rows_of("/en/sco/acts.csv?kind=noted") if each["id"] == "formula"]
    assert row["note"] == " =1+1"


# Properties

_ASKED = {
    "kind": ["met", "stage_reached", "noted", "appointed"],
    "party": ["KZ", "CN", "BY"],
    "body": ["chs", "chg"],
    "confidence": ["high", "medium"],
    "from": ["2005", "2017-06-09"],
    "to": ["2012-06", "2025"],
    "q": ["heads", "россия"],
    "sort": ["oldest", "entered"],
}


def some_filters() -> st.SearchStrategy[dict[str, str]]:
    optional = {name: st.sampled_from(values) for name, values in _ASKED.items()}
    return st.fixed_dictionaries({}, optional=optional)


def legal(asked: dict[str, str]) -> bool:
    return asked.get("from", "") <= asked.get("to", "9")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_filters().filter(legal))
def test_turning_the_pages_visits_every_act_once(asked: dict[str, str]) -> None:
    found = every_id(**asked)
    in_file = [each["id"] for each in rows_of(f"/en/sco/acts.csv?{urlencode(asked)}")]
    assert found == in_file
    assert len(set(found)) == len(found)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_filters().filter(legal), some_filters().filter(legal))
def test_filters_compose(one: dict[str, str], other: dict[str, str]) -> None:
    both = {**one, **other}
    words = {**both, "q": " ".join([one.get("q", ""), other.get("q", "")]).strip()}
    shared = {name for name in one.keys() & other.keys() if one[name] != other[name]}
    if shared - {"q", "sort"} or not legal(words):
        return
    assert set(chosen(words)) == set(chosen(one)) & set(chosen(other))


def chosen(asked: dict[str, str]) -> Iterable[str]:
    return (each["id"] for each in rows_of(f"/en/sco/acts.csv?{urlencode(asked)}"))
