"""Two days side by side."""

from __future__ import annotations

from html import escape

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.web.test_why import answers_in, data, ids_of

pytestmark = pytest.mark.usefixtures("published")

SUMMITS = "/en/sco/compare/?on=2025-09-01&with=2017-06-09"
LANGUAGES = ("en", "ru", "zh")
COMPARED = (
    SUMMITS,
    f"{SUMMITS}&basis=decision",
    "/en/eu/compare/?on=2021-01-01&with=2016-06-01",
    "/en/au/compare/?on=2012-12-01&with=2012-01-01",
    "/en/opec/compare/?on=2020-06-01&with=2018-06-01",
)


def get(path: str) -> HttpResponse:
    return Client().get(path)


def test_what_changed_between_two_summits_is_said_in_a_sentence_first() -> None:
    (summary,) = [each for each in data(SUMMITS)["summary"] if not each["facet_name"]]
    assert summary["text"].startswith("Member States 8 → 10; Observers 4 → 0; Dialogue partners 6")
    assert {each["code"] for each in summary["came"]} >= {"BH", "EG", "SA"}
    assert summary["left"] == []
    text = get(SUMMITS).content.decode()
    assert text.index("Member States 8 → 10") < text.index("<form")


def test_numbers_stand_side_by_side_on_every_basis() -> None:
    rows = {
        each["id"]: [cell["count"] for cell in each["cells"]] for each in data(SUMMITS)["counts"]
    }
    assert rows["family"] == [18, 18, 26, 27]
    assert rows["member"] == [8, 8, 10, 10]
    assert rows["partner"] == [0, 0, 16, 17]


def test_each_number_opens_its_grounds() -> None:
    for row in data(SUMMITS)["counts"]:
        for cell in row["cells"]:
            assert str(cell["count"]) in data(cell["why"])["answer"]


def test_a_merger_is_one_line_and_who_came_by_itself_another() -> None:
    moves = data(SUMMITS)["moves"]
    merger = moves[-1]
    assert (merger["on"], len(merger["parties"])) == ("2025-09-01", 16)
    assert merger["befores"] == ["dialogue partner", "observer"]
    assert "2025-09-01-partners-merged" in [each["id"] for each in merger["shared"]]
    iran = next(each for each in moves if [p["code"] for p in each["parties"]] == ["IR"])
    assert (iran["befores"], iran["after"], iran["act"]) == (
        ["observer"],
        "member State",
        "2023-07-04-ir-member",
    )


def test_offices_bodies_names_rules_and_texts_are_compared() -> None:
    page = data(SUMMITS)
    offices = {each["id"]: each for each in page["offices"]}
    assert (offices["chair"]["before"], offices["chair"]["after"]) == ("China", "Kyrgyzstan")
    assert offices["secretary_general"]["before"].startswith("Rashid Alimov")
    bodies = {each["of"]: (each["before"], each["after"]) for each in page["bodies"]}
    assert bodies["universal_centre"] == ("Not yet begun", "In formation")
    assert [(e["aspect"], e["before"], e["after"]) for e in page["others"]] == [
        ("name", "Turkey", "Türkiye")
    ]
    assert len(page["rules"]) > 10
    assert {each["kind"] for each in page["texts"]} == {"adopted", "designated"}


def test_suspensions_notices_and_territories_are_compared() -> None:
    def told(path: str) -> set[tuple[str, str, str]]:
        return {(e["of"], e["before"], e["after"]) for e in data(path)["others"]}

    assert ("ML", "Not suspended", "Suspended") in told(COMPARED[3])
    assert ("ML", "Suspended", "Not suspended") in told(COMPARED[3])
    assert ("GB", "–", "30 March 2019") in told(COMPARED[2])
    assert ("DZ", "Covered", "Not covered") not in told(COMPARED[2])
    assert ("FR", "Covered", "Not covered") in told("/en/eu/compare/?on=1963-01-01&with=1960-01-01")


@pytest.mark.parametrize("path", COMPARED)
def test_every_change_opens_the_same_grounds_on_its_day(path: str) -> None:
    page = data(path)
    answers = [each for each in answers_in(page) if "grounds" in each]
    assert answers
    for answer in answers:
        opened = data(answer["why"])
        assert ids_of(opened) == ids_of(answer), answer["why"]
        assert {e["code"] for e in opened["doubts"]} == {e["code"] for e in answer["doubts"]}


def test_acts_between_are_counted_by_kind_and_lead_to_the_register() -> None:
    page = data(SUMMITS)["acts"]
    assert page["total"] == sum(each["count"] for each in page["kinds"])
    for each in page["kinds"]:
        there = data(f"/en/sco/compare/{each['url'].partition('#')[0]}")["acts"]
        assert (there["total"], there["kind"]) == (each["count"], each["kind"])
        assert data(there["register"])["total"] == each["count"]
    assert data(page["register"])["total"] == page["total"]


def test_the_days_can_be_swapped_and_the_changes_are_the_same() -> None:
    page = data(SUMMITS)
    swapped = data(f"/en/sco/compare/{page['swap']}")
    assert [each["on"] for each in swapped["days"]] == ["2025-09-01", "2017-06-09"]
    for one, other in zip(swapped["summary"], page["summary"], strict=True):
        assert one["text"] == other["text"]
    assert [e["id"] for e in swapped["acts"]["list"]] == [e["id"] for e in page["acts"]["list"]]
    assert [each["on"] for each in swapped["moves"]] == [each["on"] for each in page["moves"]]
    assert swapped["swap"].endswith("on=2025-09-01&with=2017-06-09")


def test_meetings_of_the_supreme_body_are_days_to_choose() -> None:
    choices = {each["on"]: each for each in data("/en/sco/compare/")["choices"]}
    assert {"2017-06-09", "2025-09-01"} <= set(choices)
    first = data(f"/en/sco/compare/{choices['2017-06-09']['as_with']}")
    second = {each["on"]: each for each in first["choices"]}["2025-09-01"]["as_on"]
    both = data(f"/en/sco/compare/{second}")
    assert [each["on"] for each in both["days"]] == ["2017-06-09", "2025-09-01"]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/en/sco/compare/?on=2025-08-31", "2024-07-03"),
        ("/en/sco/compare/?on=2025-09-01", "2025-08-31"),
        ("/en/sco/compare/?on=2026-11-01", "2025-08-31"),
        ("/en/eu/compare/?on=2024-02-29", "2020-01-31"),
        ("/en/eu/compare/?on=1952-02-29", "1951-02-28"),
        ("/en/eu/compare/?on=0001-01-01", "0001-01-01"),
    ],
)
def test_left_out_the_other_day_is_the_eve_of_the_last_change_or_a_year_earlier(
    path: str, other: str
) -> None:
    page = data(path)
    assert (page["with"], page["with_left_out"]) == (other, True)
    assert not data(f"{path}&with={other}")["with_left_out"]


@pytest.mark.parametrize("organisation", ["sco", "eu", "au", "opec"])
def test_who_names_no_day_sees_a_change(organisation: str) -> None:
    assert data(f"/en/{organisation}/compare/")["moves"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_party_of_a_merger_has_its_why(language: str) -> None:
    path = f"/{language}/sco/compare/?on=2025-09-01&with=2025-08-31"
    text = get(path).content.decode()
    (merger,) = data(path)["moves"]
    assert len(merger["parties"]) == 16
    for party in merger["parties"]:
        assert f'<a class="why" href="{escape(party["why"])}">{party["name"]}</a>' in text
    assert data(merger["parties"][0]["why"])["answer"]


def test_what_no_page_takes_is_left_aside_here_too() -> None:
    asked, more = data(SUMMITS), data(f"{SUMMITS}&from=1&to=2")
    assert {key for key in asked if asked[key] != more[key]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_changed_is_an_answer(language: str) -> None:
    page = data(f"/{language}/sco/compare/?on=2020-01-01&with=2020-01-01")
    assert (page["moves"], page["acts"]["total"], page["rules"]) == ([], 0, [])
    early = data(f"/{language}/sco/compare/?on=1950-01-01&with=1940-01-01")
    assert (early["moves"], early["counts"]) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ["with=tomorrow", "with=2023-02-30", "with=2023", "kind=party"])
def test_what_cannot_be_compared_is_refused(language: str, asked: str) -> None:
    assert get(f"/{language}/sco/compare/?{asked}").status_code == 422
