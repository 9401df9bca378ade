"""What the record rests on, and where its sources disagree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from comity.register.disagreements import TOPICS
from comity_web.register.selectors import present, record
from tests.web.registers import acts_of
from tests.web.test_why import answers_in, data, ids_of

pytestmark = pytest.mark.usefixtures("published")

ORGANISATIONS = ("sco", "eu", "au", "opec")
LANGUAGES = ("en", "ru", "zh")
DAY = "on=2023-07-04"


def get(path: str) -> HttpResponse:
    return Client().get(path)


def sources_of(act: Any) -> set[str]:
    return {*act.sources, *(each for other in act.alternatives for each in other.sources)}


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_source_is_listed_with_what_rests_on_it(organisation: str) -> None:
    page = data(f"/en/{organisation}/sources/")
    listed = {each["id"]: each for group in page["groups"] for each in group["sources"]}
    charter = record(organisation).charter
    assert set(listed) == set(charter.sources)
    for name, each in listed.items():
        assert each["acts"] == sum(name in sources_of(act) for act in acts_of(organisation))
        articles = charter.articles.values()
        assert each["articles"] == sum(
            any(name in version.sources for version in versions.items) for versions in articles
        )
        assert each["read_in_words"]
    assert sum(each["count"] for each in page["read"]) == page["total"] == len(listed)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_source_has_a_page(organisation: str) -> None:
    for name in record(organisation).charter.sources:
        page = data(f"/en/{organisation}/sources/{name}/")
        resting = {each["id"] for each in page["resting"]}
        assert resting == {act.id for act in acts_of(organisation) if name in sources_of(act)}


def test_the_page_of_a_source_says_where_it_gives_another_date() -> None:
    page = data("/en/sco/sources/china-portal-chg/")
    other = {each["id"]: each["other_dates"] for each in page["resting"]}
    assert other["2012-12-05-chg-11"] == ["29 November 2013"]
    text = get("/en/sco/sources/china-portal-chg/").content.decode()
    assert "it gives another date: 29 November 2013" in text


def test_an_unknown_source_leads_to_the_nearest_one() -> None:
    response = get("/ru/sco/sources/interview-2052/")
    assert response.status_code == 404
    assert "/ru/sco/sources/interview-2025/" in response.content.decode()


# Disagreements


def test_how_many_the_family_counted_and_why_sources_differ() -> None:
    page = data(f"/en/sco/disagreements/?{DAY}")
    family = next(each for each in page["counts"] if each["id"] == "family")
    assert [(each["basis"], each["count"]) for each in family["cells"]] == [
        ("memorandum", 25),
        ("decision", 26),
    ]
    (bahrain,) = family["because"]
    assert (bahrain["code"], [each["status"] for each in bahrain["on_bases"]]) == (
        "BH",
        [None, "dialogue_partner"],
    )
    grounds = ids_of(bahrain["on_bases"][0])
    assert "2023-07-14-bh-dialogue-partner-memorandum" in grounds
    (now,) = [each for each in family["periods"] if each["chosen"]]
    assert (now["start"], now["end"]) == ("2023-05-05", "2023-07-14")
    counting = [each for each in page["statements"] if "Bahrain" in each["text"]]
    assert counting[0]["sources"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_day_without_difference_it_says_so(language: str) -> None:
    page = data(f"/{language}/sco/disagreements/?on=2024-01-01")
    assert [each["differs"] for each in page["counts"]] == [False, False]
    assert page["counts"][0]["because"] == []


def test_the_periods_are_the_days_on_which_the_counts_differ() -> None:
    for count in data(f"/en/sco/disagreements/?{DAY}")["counts"]:
        for period in count["periods"]:
            there = data(f"/en/sco/disagreements/{period['url']}")
            same = next(each for each in there["counts"] if each["id"] == count["id"])
            assert [e["count"] for e in same["cells"]] == [e["count"] for e in period["numbers"]]
            assert same["differs"]
            if period["end"]:
                after = data(f"/en/sco/disagreements/?on={period['end']}")
                later = next(each for each in after["counts"] if each["id"] == count["id"])
                assert later["because"] != same["because"]


@pytest.mark.parametrize("path", [f"sco/disagreements/?{DAY}", "au/disagreements/?on=2011-08-01"])
def test_every_answer_opens_the_same_grounds(path: str) -> None:
    for answer in answers_in(data(f"/en/{path}")["counts"]):
        opened = data(answer["why"])
        if "grounds" in answer:
            assert ids_of(opened) == ids_of(answer)


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_nothing_in_doubt_is_left_out(organisation: str) -> None:
    page = data(f"/en/{organisation}/disagreements/?on=2026-01-01")
    acts = acts_of(organisation)
    assert {each["id"] for each in page["dates"]} == {act.id for act in acts if act.alternatives}
    for each in page["dates"]:
        assert each["alternatives"]
        assert each["followed"]["on"]
    noted = {act.id for act in acts if act.kind == "noted" and act.detail("topic") in TOPICS}
    assert {each["id"] for each in page["statements"]} == noted
    now = present().situation(organisation, on=date(2026, 1, 1))
    read = [now.act(act.id) for act in acts]
    for group in page["doubtful"]:
        assert group["total"] == sum(act.confidence == group["confidence"] for act in read)
        assert data(group["register"])["total"] == group["total"]
    articles = record(organisation).charter.articles
    now = {name: each.nearest(date(2026, 1, 1)) for name, each in articles.items()}
    doubtful = {name for name, each in now.items() if each.confidence != "high"}
    assert {each["id"] for each in page["articles"]} == doubtful


def figure(page: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in page["counts"] if each["id"] == name)


def test_beside_two_figures_stands_who_makes_the_difference() -> None:
    (doubt,) = figure(data(f"/en/sco/?{DAY}"), "family")["doubts"]
    (others,) = doubt["others"]
    assert others["label"] == "Counted there as well:"
    (bahrain,) = others["parties"]
    assert bahrain["code"] == "BH"
    assert data(bahrain["why"])["answer"] == "Dialogue partner"


def test_on_the_other_basis_the_same_party_is_the_one_not_counted() -> None:
    (doubt,) = figure(data(f"/en/sco/?{DAY}&basis=decision"), "family")["doubts"]
    (others,) = doubt["others"]
    assert others["label"] == "Not counted there:"
    assert [each["code"] for each in others["parties"]] == ["BH"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_party_is_named_on_the_page_and_beside_the_answer(language: str) -> None:
    party = data(f"/{language}/sco/parties/BH/?{DAY}")["party"]["name"]
    text = get(f"/{language}/sco/?{DAY}").content.decode()
    figures = text.partition('class="figures"')[2].partition("</figure>")[0]
    assert f">{party}</a>" in figures
    more = data(f"/{language}/sco/why/count/family/?{DAY}")["more"]
    assert [each["label"].endswith(party) for each in more] == [True]


def test_where_every_basis_agrees_nobody_is_named() -> None:
    assert figure(data("/en/sco/?on=2024-01-01"), "family")["doubts"] == []
    assert data("/en/sco/why/count/family/?on=2024-01-01")["more"] == []
