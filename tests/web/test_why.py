"""Every answer on the site opens its grounds, and there they are the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comity_web.public.pages.reasons import QUESTIONS
from comity_web.register.selectors import record
from comity_web.serving.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("published")

LANGUAGES = ("en", "ru", "zh")
DAY = "on=2023-12-14"
# Every page that answers something, and days on which something else than today is the answer.
ANSWERING = (
    "",
    f"sco/?{DAY}",
    f"sco/?{DAY}&basis=decision",
    "sco/?on=2025-09-01",
    "sco/?on=1999-01-01",
    f"sco/offices/?{DAY}",
    f"sco/articles/charter__art_14__relations/?{DAY}",
    f"sco/parties/BY/?{DAY}",
    "sco/parties/TR/?on=2012-09-01",
    "sco/parties/TM/",
    "sco/parties/CN/?on=2005-08-01",
    f"sco/parties/?{DAY}",
    f"sco/bodies/?{DAY}",
    "sco/bodies/chs/?on=2002-01-01",
    "sco/bodies/rats/?on=2003-10-01",
    f"sco/rights/?{DAY}",
    "sco/rights/?body=chg",
    "sco/rights/?body=universal_centre",
    f"sco/timeline/?{DAY}",
    f"sco/growth/?{DAY}&basis=decision",
    f"sco/map/?{DAY}",
    "au/timeline/?on=2022-06-01",
    "opec/timeline/?on=2018-12-01",
    "opec/growth/",
    "sco/acts/2017-06-09-in-member/",
    "sco/compare/?on=2025-09-02&with=2017-06-10",
    f"sco/disagreements/?{DAY}",
    "eu/?on=2019-06-01",
    "eu/parties/GB/?on=2019-06-01",
    "eu/parties/HR/?on=2023-06-01",
    "eu/parties/DK/?on=1990-01-01",
    "eu/rights/?on=2019-06-01&body=council",
    "au/?on=2022-06-01",
    "au/parties/ML/?on=2022-06-01",
    "opec/?on=2018-12-01",
    "opec/parties/QA/?on=2018-12-20",
    "opec/parties/ID/",
)
ASKED = {
    "status": ("BY", "BY/shanghai_five", "TM"),
    "since": ("BY", "TM"),
    "suspension": ("BY",),
    "departure": ("BY",),
    "stage": ("BY/member", "BY/observer"),
    "base": ("BY", "KZ"),
    "right": ("BY/attend/chg", "BY/attend", "KZ/decide", "TM/attend"),
    "name": ("BY", "KZ"),
    "formal_name": ("BY",),
    "represented": ("BY",),
    "territory": (),
    "count": ("member", "family"),
    "suspended": ("",),
    "order": ("",),
    "grant": ("observer/attend/chg", "observer/attend", "observer/propose/chg", "partner/decide"),
    "body": ("rats", "universal_centre"),
    "seat": ("chs/BY", "chs/KZ"),
    "office": ("secretary_general", "chair", "rats_director"),
    "next": ("chair", "chg_chair"),
    "article": ("charter__art_14__relations",),
}


def get(path: str) -> Any:
    return Client().get(path, headers={"accept": "application/json"})


def data(path: str) -> dict[str, Any]:
    response = get(path)
    assert response.status_code == 200, path
    found: dict[str, Any] = response.json()
    return found


def answers_in(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "grounds" in value or "why" in value:
            yield value
        for each in value.values():
            yield from answers_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from answers_in(each)


def ids_of(answer: dict[str, Any]) -> list[str]:
    return [each["id"] for each in answer["grounds"]]


def why(asked: str, names: str) -> str:
    return f"/en/sco/why/{asked}/{names}/?{DAY}".replace("//?", "/?")


@pytest.mark.parametrize("page", ANSWERING)
def test_every_answer_leads_to_the_same_grounds(page: str) -> None:
    answers = list(answers_in(data(f"/en/{page}")))
    assert answers
    for answer in answers:
        opened = data(answer["why"])
        assert opened["answer"]
        if "grounds" in answer:
            assert ids_of(opened) == ids_of(answer), answer["why"]
            codes = {each["code"] for each in answer["doubts"]}
            assert {each["code"] for each in opened["doubts"]} == codes, answer["why"]


def test_every_question_is_tried_and_documented() -> None:
    assert set(ASKED) == set(QUESTIONS)
    manual = (Path(__file__).parents[2] / "docs" / "reference" / "site.md").read_text("utf-8")
    table = manual.partition("## Why?")[2].partition("## Settings")[0]
    assert {each for each in QUESTIONS if f"`{each}`" not in table} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("asked", ASKED)
def test_every_question_is_answered_in_every_language(asked: str, language: str) -> None:
    for names in ASKED[asked]:
        path = why(asked, names).replace("/en/", f"/{language}/")
        text = Client().get(path).content.decode()
        assert re.findall(r"%\(\w+\)s|\{\{|\{%|None<", text) == [], path
        page = data(path)
        assert page["asks"] in text
        assert page["answer"] in text
        for each in (*page["more"], *page["doubts"]):
            if each["url"]:
                assert Client().get(each["url"]).status_code == 200, each


def test_a_territory_is_asked_of_its_state() -> None:
    before, after = (
        data(f"/en/eu/why/territory/GL/?on={day}") for day in ("1980-01-01", "1990-01-01")
    )
    assert (before["answer"], after["answer"]) == ("Covered", "Not covered")
    assert "Denmark" in before["asks"]


def test_the_page_says_what_each_ground_is() -> None:
    page = data(why("status", "BY"))
    assert (page["asks"], page["answer"]) == ("Status of Belarus on 14 December 2023", "Observer")
    article, act, correction = page["grounds"]
    assert article["label"] == "Charter of the SCO, Article 14"
    assert article["text"].startswith("The SCO may interact")
    assert (article["from_in_words"], article["until_in_words"]) == ("19 September 2003", "")
    assert article["confidence"] == "high"
    assert act["label"].startswith("Belarus: the status “observer” begins")
    recorded = Client().get("/acts.jsonl").content.splitlines()
    assert json.loads(recorded[act["position"]])["id"] == act["id"]
    assert correction["label"].startswith("Correction of the act of 10 July 2015 (Belarus:")
    for ground in (article, act, correction):
        assert all(each["title"] for each in ground["sources"])


def test_other_dates_that_sources_give_are_told_with_their_source() -> None:
    acts = data(why("count", "family"))["grounds"]
    others = [other for act in acts for other in act.get("alternatives", ())]
    assert others
    assert all(each["on_in_words"] and each["sources"] for each in others)


def test_a_doubt_leads_to_what_another_basis_answers() -> None:
    page = data("/en/sco/why/status/TR/?on=2012-09-01")
    (doubt,) = (each for each in page["doubts"] if each["code"] == "other_basis")
    assert page["answer"] == "No status"
    assert "Dialogue partner" in doubt["text"]
    assert data(doubt["url"])["answer"] == "Dialogue partner"


@pytest.mark.parametrize(
    ("path", "answer", "because"),
    [
        ("why/status/BY/?on=2005-01-01", "No status", "observer_regulations__granting"),
        ("why/status/MN/?on=1990-01-01", "No status", "2004-06-17-mn-observer"),
        ("why/grant/observer/propose/chg/?on=2023-12-14", "No rule says so",
         "observer_regulations__granting"),
        ("why/grant/observer/sign/?on=2023-12-14", "No", "observer_regulations__limits"),
        ("why/body/universal_centre/?on=2026-01-01", "In formation",
         "2025-09-01-universal-centre-in-formation"),
        ("why/body/universal_centre/?on=2020-01-01", "Not yet begun",
         "universal_centre_agreement__entry_into_force"),
        ("why/seat/chs/MN/?on=2023-12-14", "No seat", "charter__art_5__summits"),
    ],
)  # fmt: skip
def test_a_no_has_its_grounds_too(path: str, answer: str, because: str) -> None:
    page = data(f"/en/sco/{path}")
    assert page["answer"] == answer
    assert because in ids_of(page)


def test_what_ended_a_status_is_its_no() -> None:
    page = data("/en/eu/why/status/GB/?on=2021-01-01")
    assert page["answer"] == "No status"
    assert any("Earlier" in each["label"] for each in page["more"])
    kinds = [each["kind"] for each in page["grounds"]]
    assert (kinds[0], kinds[-1]) == ("article", "act")


def test_a_citation_answers_the_same_whatever_is_recorded_later() -> None:
    page = data(why("status", "BY"))
    address = re.search(r"/en/sco/why/status/BY/\?\S+(?=\. )", page["cite"])
    assert address
    for fixed in ("on=2023-12-14", "known_at=", "basis=memorandum"):
        assert fixed in address[0]
    again = data(address[0])
    assert (again["answer"], ids_of(again)) == (page["answer"], ids_of(page))
    assert page["log"]["root"] in page["cite"]
    assert page["log"]["origin"] in page["cite"]


@pytest.mark.parametrize(
    ("path", "code", "meant"),
    [
        ("status/Belarrus/", "unknown_party", "/en/sco/why/status/BY/"),
        ("status/BY/shanghai_fiv/", "unknown_facet", "/en/sco/why/status/BY/shanghai_five/"),
        ("grant/obsever/attend/chg/", "unknown_status", "/en/sco/why/grant/observer/attend/chg/"),
        ("grant/observer/atend/chg/", "unknown_right", "/en/sco/why/grant/observer/attend/chg/"),
        ("grant/observer/attend/chgg/", "unknown_body", "/en/sco/why/grant/observer/attend/chg/"),
        ("body/Secretariate/", "unknown_body", "/en/sco/why/body/secretariat/"),
        ("office/chairr/", "unknown_office", "/en/sco/why/office/chair/"),
        ("article/charter__art_14/", "unknown_article",
         "/en/sco/why/article/charter__art_14__relations/"),
        ("count/famly/", "unknown_status", "/en/sco/why/count/family/"),
        ("statuss/BY/", "unknown_question", "/en/sco/why/status/BY/"),
    ],
)  # fmt: skip
def test_a_wrong_name_leads_to_the_nearest(path: str, code: str, meant: str) -> None:
    path = f"/en/sco/why/{path}"
    response = get(path)
    assert (response.status_code, response.json()["faults"][0]["code"]) == (404, code)
    page = Client().get(path).content.decode()
    assert f'href="{meant}"' in page
    assert Client().get(meant).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["status/", "status/BY/membership/more/", "order/BY/", "status/BY//", "x/", "grant/observer/",
     "right/BY/", "status/%00/", "seat/chs/", "status//BY/"],
)  # fmt: skip
def test_what_cannot_be_asked_is_not_found(path: str) -> None:
    assert get(f"/en/sco/why/{path}").status_code == 404
    assert Client().get(f"/zh/sco/why/{path}").status_code == 404


@pytest.mark.parametrize("asked", ["status/BY", "count/family"])
def test_a_page_of_grounds_costs_two_queries(asked: str) -> None:
    path = f"/en/sco/why/{asked}/?{DAY}"
    Client().get(path)
    ANSWERS.clear()
    with CaptureQueriesContext(connection) as queries:
        Client().get(path)
    assert len(queries) == 2


@pytest.mark.parametrize("organisation", ["sco", "eu", "au", "opec"])
def test_every_party_and_every_right_of_a_status_has_its_grounds(organisation: str) -> None:
    charter = record(organisation).charter
    paths = [f"status/{party}/{facet}" for party in charter.parties for facet in charter.facets]
    paths += [f"territory/{each}" for each in charter.territories]
    paths += [f"office/{each}" for each in charter.offices]
    bodies = cycle(charter.bodies)
    paths += [
        f"grant/{status}/{right}/{next(bodies)}"
        for status in charter.statuses
        for right in charter.rights
    ]
    for each in paths:
        assert data(f"/en/{organisation}/why/{each}/")["answer"]
