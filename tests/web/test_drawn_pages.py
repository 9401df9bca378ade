"""The drawn pages: what is drawn is what the record says, and the table says the same."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from comity.register.situation import Situation
from comity_web.public.pages.day import day_control
from comity_web.public.pages.growth import small_growth
from comity_web.public.pages.life import life_axis
from comity_web.public.pages.path import party_path
from comity_web.public.pages.reader import Reader
from comity_web.public.pages.strips import office_holders
from comity_web.register.questions import Question
from comity_web.register.selectors import present

pytestmark = pytest.mark.usefixtures("published")

DAY = date(2023, 12, 14)
ORGANISATIONS = ("sco", "eu", "au", "opec")
LANGUAGES = ("en", "ru", "zh")
FILES = [f"{page}.{kind}" for page in ("timeline", "growth", "map") for kind in ("svg", "csv")]
SVG = "{http://www.w3.org/2000/svg}"


def get(path: str) -> HttpResponse:
    return Client().get(path)


def data(path: str) -> dict[str, Any]:
    joined = "&" if "?" in path else "?"
    found: dict[str, Any] = get(f"{path}{joined}format=json").json()
    return found


def situation(organisation: str, day: date = DAY) -> Situation:
    return present().situation(organisation, on=day)


def reader(organisation: str, day: date = DAY, language: str = "en") -> Reader:
    return Reader(present(), organisation, Question(day, date(2026, 11, 22)), language)


# The facts


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_spell_is_in_the_table_and_in_the_drawing(organisation: str) -> None:
    path = f"/en/{organisation}/timeline/?on={DAY}"
    page = data(path)
    asked = situation(organisation)
    drawn = unescape(get(path).content.decode())
    for facet in page["facets"]:
        for group in facet["groups"]:
            for line in group["lines"]:
                spells = asked.history(line["code"], facet["facet"])
                shown = [(each["status"], each["start"], each["end"]) for each in line["spells"]]
                told = [(e.status, str(e.start), str(e.end) if e.end else "") for e in spells]
                assert shown == told
                assert line["status"] == asked.status(line["code"], facet["facet"]).value
    parties = {line["code"] for f in page["facets"] for g in f["groups"] for line in g["lines"]}
    ever = {
        party
        for party in asked.record.parties()
        if any(asked.history(party, facet) for facet in asked.charter.facets)
    }
    assert parties == ever
    lines = [line for facet in page["facets"] for g in facet["groups"] for line in g["lines"]]
    drawn = re.sub(r'<svg class="drawing swatch".*?</svg>', "", drawn)
    assert len(re.findall(r'<a class="row"', drawn)) == len(lines)
    bars = re.findall(r'<rect class="bar tint-\d" fill="url\(#timeline', drawn)
    assert len(bars) == sum(len(line["spells"]) for line in lines)


def test_a_party_stands_under_its_status_on_the_day() -> None:
    groups = {
        group["group"]: {line["code"] for line in group["lines"]}
        for group in data("/en/eu/timeline/?on=2021-01-01")["facets"][0]["groups"]
    }
    assert groups["former"] == {"GB"}
    assert len(groups["member"]) == 27
    before = data("/en/eu/timeline/?on=1960-01-01")["facets"][0]["groups"]
    assert [each["group"] for each in before] == ["member", "to_come"]


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_counts_are_those_of_the_record_on_every_day_of_change(organisation: str) -> None:
    for facet in data(f"/en/{organisation}/growth/")["facets"]:
        assert facet["changes"]
        for change in facet["changes"]:
            then = situation(organisation, date.fromisoformat(change["on"]))
            for each in change["counts"]:
                assert each["count"] == then.count(each["status"]).value, change["on"]
            assert change["total"] == len(then.roster(facet=facet["facet"]))


def test_those_who_moved_alike_by_one_act_stand_together() -> None:
    changes = data("/en/sco/growth/")["facets"][0]["changes"]
    merged = next(each for each in changes if each["on"] == "2025-09-01")
    moves = {(each["before"], each["after"]): len(each["parties"]) for each in merged["moves"]}
    assert moves == {("observer", "partner"): 2, ("dialogue_partner", "partner"): 14}


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_map_has_everybody_who_holds_a_status(organisation: str) -> None:
    path = f"/en/{organisation}/map/?on={DAY}"
    page = data(path)
    held = Counter(line.status for line in situation(organisation).roster())
    assert {each["status"]: len(each["lines"]) for each in page["groups"]} == held
    lines = [line for group in page["groups"] for line in group["lines"]]
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    placed = [line for line in lines if line["capital"]]
    assert len(placed) + len(page["without_capital"]) == len(lines)
    html = get(path).content.decode()
    assert len(re.findall(r'class="point"', html)) == 2 * len(placed)  # of a page, and of a phone
    assert page["sources"]


def test_a_capital_is_that_of_the_day() -> None:
    def of_kazakhstan(day: str) -> str:
        lines = [e for g in data(f"/en/sco/map/?on={day}")["groups"] for e in g["lines"]]
        name: str = next(e["capital"]["name"] for e in lines if e["code"] == "KZ")
        return name

    assert (of_kazakhstan("2020-01-01"), of_kazakhstan("2024-01-01")) == ("Nur-Sultan", "Astana")


def test_a_party_without_a_capital_is_named_and_not_placed() -> None:
    page = data(f"/en/sco/map/?on={DAY}")
    assert page["without_capital"] == []
    assert "no capital is recorded" not in get(f"/en/sco/map/?on={DAY}").content.decode()


@pytest.mark.parametrize("page", ["timeline", "growth", "map"])
def test_nothing_is_drawn_before_anything_was_known(page: str) -> None:
    path = f"/en/sco/{page}/?known_at=2020-01-01"
    response = get(path)
    assert response.status_code == 200
    assert not re.search(r'class="(row|point|step)', response.content.decode())


@pytest.mark.parametrize("day", ["0001-01-01", "1800-01-01", "2100-01-01", "9999-12-31"])
@pytest.mark.parametrize("page", ["timeline/", "growth/", "map/", "timeline.svg", "growth.svg"])
def test_any_day_is_answered(page: str, day: str) -> None:
    response = get(f"/en/opec/{page}?on={day}")
    assert response.status_code == 200
    assert ("day-line" in response.content.decode()) is False or page.endswith("/")


def test_the_basis_and_the_day_stay_in_every_link() -> None:
    html = unescape(get(f"/en/sco/timeline/?on={DAY}&basis=decision").content.decode())
    links = re.findall(r'<a class="row" href="([^"]+)"', html)
    assert links
    assert all(each.endswith(f"?on={DAY}&basis=decision") for each in links)
    growth = unescape(get(f"/en/sco/growth/?on={DAY}&basis=decision").content.decode())
    steps = re.findall(r'<a class="step[^"]*" href="([^"]+)"', growth)
    assert steps
    assert all(re.search(r"\?on=\d{4}-\d\d-\d\d&basis=decision$", each) for each in steps)


# The drawings


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("organisation", ORGANISATIONS)
@pytest.mark.parametrize("page", ["timeline", "growth", "map"])
def test_every_drawing_is_titled_and_its_identifiers_are_its_own(
    page: str, organisation: str, language: str
) -> None:
    html = get(f"/{language}/{organisation}/{page}/?on={DAY}").content.decode()
    drawings = re.findall(
        r'<svg class="drawing (?:timelines|growth|map)[ "](.{600})', html, re.DOTALL
    )
    assert drawings
    assert all('role="group"' in each and "<title id=" in each for each in drawings)
    assert all("<desc id=" in each for each in drawings)
    ids = re.findall(r' id="([^"]+)"', html)
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    assert set(re.findall(r"url\(#([^)]+)\)", html)) <= set(ids)
    assert not re.search(r'%\(\w+\)s|[>"=]None[<"]', html)


def test_drawings_are_no_data() -> None:
    assert "drawing" not in data("/en/sco/timeline/")
    assert "<svg" not in get("/en/sco/growth/?format=json").content.decode()


# Files


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", FILES)
def test_a_file_has_its_kind_and_names_its_source(file: str, language: str) -> None:
    response = get(f"/{language}/sco/{file}?on={DAY}")
    assert response.status_code == 200
    kinds = {"svg": "image/svg+xml", "csv": "text/csv; charset=utf-8; header=present"}
    assert response.headers["Content-Type"] == kinds[file[-3:]]
    assert response.headers["ETag"]
    text = response.content.decode()
    assert f"http://testserver/{language}/sco/" in text
    assert file.endswith("csv") or f"{file[:-4]}/?on={DAY}" in text


@pytest.mark.parametrize("file", [each for each in FILES if each.endswith("svg")])
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_a_drawing_stands_alone(organisation: str, file: str) -> None:
    root = ET.fromstring(get(f"/en/{organisation}/{file}?on={DAY}").content)
    assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
    for each in root.iter():
        assert each.tag.removeprefix(SVG) not in ("a", "style", "script", "image", "use")
        assert {"class", "style", "href"}.isdisjoint(each.attrib)


@pytest.mark.parametrize("page", ["timeline", "growth", "map"])
def test_a_table_has_a_row_for_each_fact(page: str) -> None:
    rows = list(
        csv.DictReader(get(f"/en/au/{page}.csv?on=2022-06-01").content.decode().splitlines())
    )
    found = data(f"/en/au/{page}/?on=2022-06-01")
    if page == "map":
        facts = [line for group in found["groups"] for line in group["lines"]]
    elif page == "growth":
        changes = [change for facet in found["facets"] for change in facet["changes"]]
        facts = [party for e in changes for move in e["moves"] for party in move["parties"]]
    else:
        lines = [line for f in found["facets"] for g in f["groups"] for line in g["lines"]]
        facts = [each for line in lines for each in (*line["spells"], *line["suspensions"])]
    assert len(rows) == len(facts) > 50
    assert all(row["why"].startswith("http://testserver/en/au/why/") for row in rows)
    assert all(row["grounds"] for row in rows)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_cannot_be_made_says_why(file: str) -> None:
    wrong_day = get(f"/en/sco/{file}?on=tomorrow")
    assert wrong_day.status_code == 422
    assert "tomorrow" in wrong_day.content.decode()
    nobody = get(f"/en/scoo/{file}")
    assert nobody.status_code == 404
    assert "/en/sco/" in nobody.content.decode()


# What other pages show


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_party_has_a_path_or_nothing_to_draw(organisation: str) -> None:
    asking = reader(organisation)
    for code in asking.charter.parties:
        found = party_path(asking, code)
        assert [each["number"] for each in found["steps"]] == list(
            range(1, len(found["steps"]) + 1)
        )
        held = any(asking.situation.history(code, facet) for facet in asking.charter.facets)
        assert len(found["plates"]) == int(held or bool(found["steps"]))
        for plate in found["plates"]:
            ET.fromstring(plate)


def test_a_departure_that_is_announced_is_drawn() -> None:
    asking = reader("eu", date(2019, 6, 1))
    assert 'class="pending"' in party_path(asking, "GB")["plates"][0]
    assert 'class="pending"' not in party_path(reader("eu", date(2021, 6, 1)), "GB")["plates"][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_the_strips_and_the_small_growth_are_drawn(organisation: str, language: str) -> None:
    with translation.override(language):
        asking = reader(organisation, language=language)
        ET.fromstring(life_axis(asking, day_control(asking)))
        assert len(small_growth(asking)["plates"]) == 1
        for office in asking.charter.offices:
            drawn = office_holders(asking, office)
            assert len(drawn) == int(bool(asking.situation.tenures(office)))
            for each in drawn:
                assert each.count('class="tenure"') == len(asking.situation.tenures(office))
                ET.fromstring(each)
