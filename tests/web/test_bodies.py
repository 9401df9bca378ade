"""What the pages say of bodies: their stage on the day, who sits in them, when they met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from comity.kernel.act import Act
from comity.register.records import from_record
from comity_web.register.selectors import HEAD, situation
from comity_web.register.services import append

pytestmark = pytest.mark.usefixtures("published")

DAY = "2023-12-14"
ORGANISATIONS = ("sco", "eu", "au", "opec")


def data(path: str) -> dict[str, Any]:
    response = Client().get(path, headers={"accept": "application/json"})
    assert response.status_code == 200, path
    found: dict[str, Any] = response.json()
    return found


def body(name: str, on: str = DAY, organisation: str = "sco") -> dict[str, Any]:
    return data(f"/en/{organisation}/bodies/{name}/?on={on}")


def by_stage(on: str) -> dict[str, list[str]]:
    groups = data(f"/en/sco/bodies/?on={on}")["groups"]
    return {group["stage"]: [each["id"] for each in group["bodies"]] for group in groups}


def test_bodies_stand_by_the_stage_of_their_life() -> None:
    before, after = by_stage("2024-12-31"), by_stage("2026-01-01")
    assert "universal_centre" in before[""]
    assert "universal_centre" in after["in_formation"]
    assert "chs" in before["active"]
    assert list(after) == ["active", "in_formation"]


def test_each_stands_under_the_one_that_it_reports_to() -> None:
    groups = data(f"/en/sco/bodies/?on={DAY}")["groups"]
    depths = {each["id"]: each["depth"] for group in groups for each in group["bodies"]}
    assert (depths["chs"], depths["cmfa"], depths["cnc"], depths["rats"]) == (0, 1, 2, 0)
    order = list(depths)
    assert order.index("chs") < order.index("cmfa") < order.index("cnc")


@pytest.mark.parametrize("organisation", ORGANISATIONS)
def test_every_body_is_listed_and_has_a_page(organisation: str) -> None:
    charter = situation(organisation, on=date.fromisoformat(DAY)).charter
    groups = data(f"/en/{organisation}/bodies/?on={DAY}")["groups"]
    assert {each["id"] for group in groups for each in group["bodies"]} == set(charter.bodies)
    for language, on in (("en", DAY), ("ru", "1990-01-01"), ("zh", "2030-01-01")):
        for each in charter.bodies:
            path = f"/{language}/{organisation}/bodies/{each}/?on={on}"
            assert Client().get(path).status_code == 200, path


def test_meetings_are_counted_to_the_day() -> None:
    groups = data(f"/en/sco/bodies/?on={DAY}")["groups"]
    number = {each["id"]: each["meetings"] for group in groups for each in group["bodies"]}
    page = body("chg")
    assert number["chg"] == len(page["meetings"]) == 22
    assert page["meetings"][0]["number"] == 22
    assert page["meetings_to_come"] == 2
    assert [host["code"] for host in page["meetings"][0]["hosts"]] == ["KG"]


@pytest.fixture
def forgotten() -> Iterator[None]:
    """Let what is recorded here be gone from memory with the copy of the database."""
    yield
    HEAD.forget()


@pytest.mark.usefixtures("forgotten")
def test_a_meeting_annulled_is_not_told() -> None:
    annulment = recorded(
        "no-meeting",
        kind="annulled",
        details={"act": "2023-10-26-chg-22", "reason": "Test."},
    )
    assert "2023-10-26-chg-22" in [each["id"] for each in body("chg")["meetings"]]
    append([annulment], head=HEAD, acting_user="officer", acting_for="secretariat")
    assert "2023-10-26-chg-22" not in [each["id"] for each in body("chg")["meetings"]]


def recorded(name: str, **fields: Any) -> Act:
    common = {"id": name, "organisation": "sco", "effective_on": "2026-01-01"}
    return from_record({**common, "recorded_at": "2026-11-22T00:00:00Z", **fields})


def test_who_sits_in_it_stands_in_the_order_of_states_with_why() -> None:
    page = body("chs")
    assert [each["code"] for each in page["composition"]] == [
        "IN", "IR", "KZ", "CN", "KG", "PK", "RU", "TJ", "UZ"]  # fmt: skip
    for each in page["composition"]:
        opened = data(each["why"])
        assert opened["answer"] == "A full seat"
        assert opened["grounds"]


def test_who_is_suspended_is_marked() -> None:
    seats = body("assembly", "2022-06-01", "au")["composition"]
    assert "ML" in [each["code"] for each in seats if each["suspended"]]
    assert not all(each["suspended"] for each in seats)


def test_the_chair_and_other_offices_of_a_body_are_told() -> None:
    assert body("chg")["offices"][0]["party"]["code"] == "PK"
    secretariat = {each["id"]: each["person"] for each in body("secretariat")["offices"]}
    assert secretariat["secretary_general"] == "Zhang Ming"


def test_a_body_in_formation_says_so_and_gives_no_rights() -> None:
    page = body("universal_centre", "2026-01-01")
    assert page["stage"]["stage"] == "in_formation"
    assert [each["id"] for each in page["stage"]["grounds"]][-1].startswith("2025-09-01")
    assert (page["matrix"]["statuses"], page["by_status"]) == ([], [])
    text = Client().get("/en/sco/bodies/universal_centre/?on=2026-01-01").content.decode()
    assert "in formation: signed or decided, not yet at work" in text


def test_before_it_began_a_body_has_nobody_in_it() -> None:
    page = body("universal_centre", "2020-01-01")
    assert (page["stage"]["stage"], page["composition"]) == ("none", [])
    text = Client().get("/ru/sco/bodies/universal_centre/?on=2020-01-01").content.decode()
    assert "В этот день органа ещё не было." in text


def test_its_life_is_told_past_and_to_come() -> None:
    life = body("rats", "2003-10-01")["life"]
    stages = [(each["stage"], each["on"], each["to_come"]) for each in life]
    assert stages == [("in_formation", "2003-09-19", False), ("active", "2003-11-14", True)]
    for each in life:
        assert [g["id"] for g in data(each["why"])["grounds"]] == [g["id"] for g in each["grounds"]]


def test_the_mandate_is_the_article_in_the_version_of_the_day() -> None:
    mandate = body("chs")["mandate"]
    assert mandate["id"] == "charter__art_5__summits"
    assert mandate["text"].startswith("The supreme body.")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("bodies/chss/", "/en/sco/bodies/chs/"),
        ("bodies/Secretariate/", "/en/sco/bodies/secretariat/"),
        ("rights/?body=chss", "/en/sco/bodies/chs/"),
    ],
)
def test_an_unknown_body_leads_to_the_nearest(path: str, meant: str) -> None:
    response = Client().get(f"/en/sco/{path}")
    assert response.status_code == 404
    assert f'href="{meant}"' in response.content.decode()
