"""Who is, was, and will be in an organisation, and what the page of each says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from comity_web.register.selectors import situation

pytestmark = pytest.mark.usefixtures("published")

DAY = "2023-12-14"


def data(path: str) -> dict[str, Any]:
    response = Client().get(path, headers={"accept": "application/json"})
    assert response.status_code == 200, path
    found: dict[str, Any] = response.json()
    return found


def index(organisation: str, on: str, more: str = "") -> dict[str, Any]:
    return data(f"/en/{organisation}/parties/?on={on}{more}")


def groups(page: dict[str, Any]) -> dict[str, list[str]]:
    return {group["id"]: [each["code"] for each in group["parties"]] for group in page["groups"]}


def lines(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["code"]: each for group in page["groups"] for each in group["parties"]}


# All of them


def test_everyone_stands_in_the_order_of_states_with_status_and_path() -> None:
    page = index("sco", DAY)
    present = groups(page)["present"]
    assert len(present) == 26
    assert present[:4] == ["AZ", "AM", "AF", "BH"]
    belarus = lines(page)["BY"]
    assert [each["status"] for each in belarus["statuses"]] == ["observer"]
    assert belarus["statuses"][0]["since"] == "2015-07-10"
    steps = [(each["status"], each["from"], each["to_come"]) for each in belarus["path"]]
    assert steps == [
        ("dialogue_partner", 2010, False),
        ("observer", 2015, False),
        ("member", 2024, True),
    ]
    (way,) = belarus["under_way"]
    assert way["status"] == "member State"


def test_numbers_are_those_of_the_counts_whose_grounds_they_lead_to() -> None:
    for choice in index("sco", DAY)["choices"]:
        if "why" in choice:
            assert data(choice["why"])["answer"] == str(choice["count"])


@pytest.mark.parametrize("status", ["member", "observer", "dialogue_partner"])
def test_the_list_is_filtered_by_a_status(status: str) -> None:
    page = index("sco", DAY, f"&status={status}")
    held = {each.party for each in situation("sco", on=date.fromisoformat(DAY)).roster(status)}
    assert set(lines(page)) == held
    assert [each["id"] for each in page["choices"] if each["current"]] == [status]
    assert index("sco", DAY)["all"]["current"]


def test_who_is_on_the_way_can_be_asked_for_alone() -> None:
    assert list(lines(index("sco", DAY, "&status=under_way"))) == ["BY"]


def test_who_left_stands_apart_with_the_years() -> None:
    page = index("eu", "2021-01-01")
    assert groups(page)["former"] == ["GB"]
    assert lines(page)["GB"]["statuses"] == []
    assert [(e["from"], e["until"]) for e in lines(page)["GB"]["path"]] == [(1973, 2020)]
    assert list(lines(index("eu", "2021-01-01", "&status=former"))) == ["GB"]


def test_who_comes_later_stands_apart_too() -> None:
    before = groups(index("sco", "2003-01-01"))
    assert "MN" in before["later"]
    assert "KZ" in before["present"]
    assert "former" not in before


def test_a_word_that_finds_nobody_is_refused() -> None:
    for status in ("membr", "partner"):  # the second is a status, which nobody holds on the day
        response = Client().get(f"/en/sco/parties/?on={DAY}&status={status}&format=json")
        assert response.status_code == 422
        assert response.json()["faults"][0]["code"] == "not_offered"


def test_before_anything_was_known_there_is_nobody() -> None:
    page = index("sco", DAY, "&known_at=2020-01-01")
    assert (page["groups"], page["choices"], page["total"]) == ([], [], 0)


@pytest.mark.parametrize("organisation", ["sco", "eu", "au", "opec"])
def test_every_party_with_a_history_is_listed_once_on_any_day(organisation: str) -> None:
    everyone = situation(organisation, on=date.fromisoformat(DAY))
    known = {each for each in everyone.record.parties() if everyone.folded(each).spells}
    for on in ("1950-01-01", "1999-06-01", DAY, "2030-01-01"):
        found = [code for group in groups(index(organisation, on)).values() for code in group]
        assert len(found) == len(set(found))
        assert known <= set(found)


# One of them


def party(code: str, on: str = DAY, organisation: str = "sco") -> dict[str, Any]:
    return data(f"/en/{organisation}/parties/{code}/?on={on}")


def test_a_party_is_named_in_the_other_languages_as_well() -> None:
    names = {each["language"]: each["name"] for each in party("BY")["party"]["other_names"]}
    assert names == {"ru": "Беларусь", "zh": "白俄罗斯"}
    russian = data(f"/ru/sco/parties/BY/?on={DAY}")["party"]["other_names"]
    assert [each["language"] for each in russian] == ["en", "zh"]


def test_what_is_under_way_is_said_with_its_ground() -> None:
    (way,) = party("BY")["under_way"]
    assert (way["status"], way["stage"]) == ("member", "national_approval")
    assert "2023-11-29-by-member-approval" in [each["id"] for each in way["grounds"]]
    assert party("BY", "2024-07-04")["under_way"] == []


def test_the_history_says_what_began_and_what_ended_each_spell() -> None:
    spells = party("BY")["history"]
    assert [each["status"] for each in spells] == ["dialogue_partner", "observer", "member"]
    assert [each["holds"] for each in spells] == [False, True, False]
    assert [each["to_come"] for each in spells] == [False, False, True]
    began = [[ground["id"] for ground in each["began_by"]] for each in spells]
    assert began[2] == ["2024-07-04-by-member"]
    assert all(each["ended_by"] == [] for each in spells)  # by what began the next one
    left = party("GB", "2021-01-01", "eu")["history"]
    (membership,) = (each for each in left if each["status"] == "member")
    assert membership["ended_by"]
    for spell in spells:
        asked = spell["why"]
        assert data(asked)["answer"].lower() == spell["name"].lower()


def test_chairmanships_and_posts_are_told_by_tenure() -> None:
    held = party("CN", "2023-12-14")["offices"]
    chairs = [each["start_in_words"] for each in held if each["id"] == "chair"]
    assert chairs == ["5 July 2005", "15 June 2011", "9 June 2017"]
    assert [each["person"] for each in held if each["holds"]] == ["Zhang Ming"]


def test_meetings_hosted_by_the_day_are_told() -> None:
    places = [(each["number"], each["place"]) for each in party("CN", "2012-12-31")["meetings"]]
    assert (1, "Shanghai") in places
    assert (12, "Beijing") in places
    assert (18, "Qingdao") not in places


def test_instruments_are_told_with_each_step() -> None:
    instruments = {each["id"]: each for each in party("BY")["instruments"]}
    steps = instruments["memoranda_of_obligations"]["steps"]
    assert [each["label"] for each in steps] == ["Signature"]
    assert party("BY", "2020-01-01")["instruments"] == []


def test_territories_are_told_with_whether_they_are_covered() -> None:
    before, after = (party("DK", on, "eu")["territories"] for on in ("1980-01-01", "1990-01-01"))
    covered = {each["code"]: each["covered"] for each in before}
    assert covered["GL"] is True
    assert {each["code"]: each["covered"] for each in after}["GL"] is False


def test_a_suspension_says_what_it_takes() -> None:
    page = party("ML", "2022-06-01", "au")
    assert page["suspension"]["rights"] == ["all"]
    assert page["base"]["counts"] is False


def test_acts_lead_to_all_of_them_in_the_register() -> None:
    page = party("CN")
    assert len(page["acts"]) < page["acts_recorded"]
    found = data(page["all_acts"])
    assert found["total"] == page["acts_recorded"]


# What a party may do


def lines_of(page: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every right by the body it is told in, ``""`` in general."""
    return {
        (body, right["id"]): {**line, "why": right["why"]}
        for group in page["rights"]
        for body in ([each["id"] for each in group["bodies"]] or [""])
        for line in group["lines"]
        for right in line["rights"]
    }


@pytest.mark.parametrize(
    ("organisation", "code", "on"),
    [("sco", "BY", DAY), ("sco", "CN", DAY), ("sco", "MN", "2026-01-01"),
     ("eu", "GB", "2019-06-01"), ("au", "ML", "2022-06-01"), ("opec", "VE", "2020-01-01"),
     ("opec", "ID", "2018-01-01")],
)  # fmt: skip
def test_rights_in_general_and_where_they_differ_say_all_that_the_core_says(
    organisation: str, code: str, on: str
) -> None:
    told = lines_of(party(code, on, organisation))
    asked = situation(organisation, on=date.fromisoformat(on))
    for right in asked.charter.rights:
        general = told["", right]
        for body in asked.charter.bodies:
            if asked.body(body).value == "active":
                found = asked.may(code, right, body).value
                said = told.get((body, right), general)
                unsaid = said["answer"] == "unsaid" or (said is general and _depends(general))
                assert (said["answer"] == found.answer) or (unsaid and found.answer == "no")
                assert (said["condition"] == "") == (not found.condition)


def _depends(line: dict[str, Any]) -> bool:
    return bool(line["answer_in_words"] == "Depends on the body")


def test_each_right_leads_to_its_grounds() -> None:
    for right in lines_of(party("BY")).values():
        opened = data(right["why"])
        if right["rule"]:
            assert right["rule"]["id"] in [each["id"] for each in opened["grounds"]]


def test_who_holds_nothing_has_no_rights_to_tell() -> None:
    assert party("TM")["rights"] == []


# A way whose status is no more


@pytest.mark.parametrize(
    ("language", "left", "into"),
    [
        ("en", "Not yet reached: memorandum signed.", "now “SCO partner”"),
        ("ru", "Ещё не пройдено: меморандум подписан.", "теперь «партнёр ШОС»"),
        ("zh", "尚未完成：签署备忘录。", "现为“上合组织伙伴”"),
    ],
)
def test_what_is_pending_and_what_ended_is_said(language: str, left: str, into: str) -> None:
    for path in ("", "parties/", "parties/LA/", "why/status/LA/", "why/stage/LA/dialogue_partner/"):
        text = Client().get(f"/{language}/sco/{path}?on=2026-01-01").content.decode()
        assert left in text, path
        assert into in text, path


def test_of_a_status_that_can_be_held_nothing_is_said() -> None:
    (way,) = data("/en/sco/parties/BH/?on=2023-07-04")["under_way"]
    assert way["ended"] == ""


def test_who_holds_what_the_status_became_is_not_on_the_way_to_it() -> None:
    page = data("/en/sco/parties/LA/?on=2026-01-01&basis=decision")
    assert [each["status"] for each in page["statuses"] if each["main"]] == ["partner"]
    assert page["under_way"] == []
