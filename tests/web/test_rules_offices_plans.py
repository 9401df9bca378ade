"""What the rooms of rules, offices and plans say of a real organisation."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("published")


def data(path: str) -> dict[str, Any]:
    response = Client().get(path, headers={"accept": "application/json"})
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def articles(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for group in page["instruments"] for each in group["articles"]}


def test_an_article_is_in_force_from_its_day_on() -> None:
    before, after = (
        articles(data(f"/en/sco/charter/?on={day}"))["charter__art_13__admission"]
        for day in ("2003-09-18", "2003-09-19")
    )
    assert (before["in_force"], before["to_come"]) == (False, True)
    assert (after["in_force"], after["from_in_words"]) == (True, "19 September 2003")


def test_what_differs_between_two_days_is_told_from_the_earlier_one_on() -> None:
    path = "/en/sco/charter/?on={}&against={}"
    forth = data(path.format("2026-01-01", "2025-01-01"))["differences"]
    back = data(path.format("2025-01-01", "2026-01-01"))["differences"]
    assert [_said(each) for each in forth] == [_said(each) for each in back]
    begun = {each["after"]["text"] for each in forth if each["after"]}
    assert any("SCO partner" in each for each in begun)
    same = data(path.format("2024-01-01", "2024-01-01"))
    assert same["differences"] == []


def _said(difference: dict[str, Any]) -> tuple[str, ...]:
    rules = (difference["before"], difference["after"])
    return tuple(each["text"] or each["article"]["label"] if each else "" for each in rules)


def test_a_day_to_compare_with_has_to_be_a_date() -> None:
    response = Client().get("/en/sco/charter/?against=yesterday&format=json")
    assert response.status_code == 422
    assert response.json()["faults"][0]["code"] == "impossible_date"


def test_who_held_the_chair_and_whose_turn_the_rotation_proposes() -> None:
    offices = {each["id"]: each for each in data("/en/sco/offices/?on=2023-12-14")["offices"]}
    chair = offices["chair"]
    assert chair["holder"]["party"]["code"] == "KZ"
    assert chair["next"]["party"]["code"] == "CN"
    held = [each["party"]["code"] for each in chair["tenures"] if each["holds"]]
    assert held == ["KZ"]
    to_come = [each["start"] for each in chair["tenures"] if each["to_come"]]
    assert to_come == ["2024-07-04", "2025-09-01"]


def test_a_plan_stands_under_the_strategy_that_it_carries_out() -> None:
    texts = {each["id"]: each for each in data("/en/sco/plans/?on=2023-12-14")["texts"]}
    strategy = texts["2015-07-10-development-strategy-2025"]
    assert strategy["horizon"] == 2025
    assert [each["id"] for each in strategy["parts"]] == [
        "2016-06-24-development-strategy-2025-action-plan"
    ]
    assert strategy["over"] is False
    later = {each["id"]: each for each in data("/en/sco/plans/?on=2026-01-01")["texts"]}
    assert later["2015-07-10-development-strategy-2025"]["over"] is True


def test_nothing_adopted_after_the_day_is_shown() -> None:
    page = data("/en/sco/plans/?on=2001-01-01")
    assert (page["texts"], page["designations"]) == ([], [])
    assert page["to_come"] > 20
    theme_years = {each["period"] for each in data("/en/sco/plans/?on=2023-12-14")["designations"]}
    assert theme_years >= {"2023", "2024"}
