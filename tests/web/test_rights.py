"""The table of rights: each cell is what the core answers, in words and in the table alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.register.register import Register
from comity.tlog.tree import Frontier
from comity_web.public.pages.reader import Reader
from comity_web.public.pages.rights import rights as rights_page
from comity_web.register.questions import Question
from comity_web.register.selectors import Present, situation

pytestmark = pytest.mark.usefixtures("published")

DAY = "2023-12-14"


def data(path: str) -> dict[str, Any]:
    response = Client().get(path, headers={"accept": "application/json"})
    assert response.status_code == 200, path
    found: dict[str, Any] = response.json()
    return found


def rights(on: str = DAY, body: str = "", organisation: str = "sco") -> dict[str, Any]:
    return data(f"/en/{organisation}/rights/?on={on}&body={body}")


def cells(page: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (cell["status"], row["id"]): cell for row in page["matrix"]["rows"] for cell in row["cells"]
    }


def in_words(status: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is said of a status in one body, by right."""
    (group,) = status["groups"]
    return {right["id"]: line for line in group["lines"] for right in line["rights"]}


@pytest.mark.parametrize(
    ("organisation", "on", "body"),
    [
        ("sco", DAY, ""),
        ("sco", DAY, "chg"),
        ("sco", "2026-01-01", "cmfa"),
        ("eu", "2019-06-01", "council"),
        ("au", "2022-06-01", "psc"),
        ("opec", "2020-01-01", "conference"),
    ],
)
def test_every_cell_is_what_the_core_answers(organisation: str, on: str, body: str) -> None:
    page = rights(on, body, organisation)
    asked = situation(organisation, on=date.fromisoformat(on))
    found = cells(page)
    assert found
    assert {right for _, right in found} == set(asked.charter.rights)
    for (status, right), cell in found.items():
        answer = asked.granted(status, right, body or None)
        expected = "unsaid" if answer.value.unsaid else answer.value.answer
        assert cell["answer"] == expected
        assert [each["id"] for each in cell["grounds"]] == list(answer.grounds)
        assert bool(cell["condition"]) == bool(answer.value.condition)


def test_the_same_is_said_in_words_for_one_body() -> None:
    page = rights(body="chg")
    table = cells(page)
    for status in page["by_status"]:
        for right, line in in_words(status).items():
            cell = table[status["id"], right]
            assert (line["answer"], line["condition"]) == (cell["answer"], cell["condition"])
            if line["rule"]:
                assert line["rule"]["id"] in [each["id"] for each in cell["grounds"]]


def test_what_an_observer_may_do_among_the_heads_of_government_and_under_which_rule() -> None:
    (observer,) = (each for each in rights(body="chg")["by_status"] if each["id"] == "observer")
    said = {
        right: (line["answer"], line["rule"]["id"] if line["rule"] else "")
        for right, line in in_words(observer).items()
    }
    assert said["attend"] == ("yes", "secretariat_account__observers")
    assert said["speak"] == ("yes", "secretariat_account__observers")
    assert said["receive_documents"] == ("conditional", "observer_regulations__rights")
    assert said["decide"] == ("no", "observer_regulations__limits")
    assert said["propose"] == ("unsaid", "")


def test_it_is_answered_on_a_day_on_which_there_are_no_observers_any_more() -> None:
    page = rights("2026-11-22", "chg")
    assert "observer" not in [each["id"] for each in page["by_status"]]
    former = {each["id"]: each for each in page["former"]}
    assert former["observer"]["day_in_words"] == "31 August 2025"
    assert in_words(former["observer"])["attend"]["answer"] == "yes"
    asked = in_words(former["observer"])["attend"]["rights"][0]["why"]
    assert data(asked)["answer"] == "Yes"


def test_statuses_of_later_are_named_with_their_day() -> None:
    (partner,) = rights()["coming"]
    assert (partner["id"], partner["on_in_words"]) == ("partner", "1 September 2025")
    assert "partner" in {
        each["id"] for each in data(f"/en/sco/rights/{partner['url']}")["by_status"]
    }


def test_in_general_a_cell_names_the_bodies_in_which_it_is_otherwise() -> None:
    found = cells(rights())
    attend = found["observer", "attend"]
    assert attend["answer_in_words"] == "Depends on the body"
    elsewhere = {each["id"]: each["answer"] for each in attend["elsewhere"]}
    assert elsewhere == {"cmfa": "conditional", "mhm": "yes", "chs": "yes", "chg": "yes"}
    assert found["member", "decide"]["elsewhere"] == []


EXCEPTION = """
charter:
  organisation: {id: league}
  articles: {art_1: {}, art_2: {}}
  statuses: {member: {article: art_1}}
  bodies: {council: {}, committee: {}}
  rights: {speak: {}, vote: {}, attend: {}}
  grants:
    - {statuses: [member], rights: [speak, vote], article: art_1}
    - {statuses: [member], rights: [speak], bodies: [council], answer: no, article: art_2}
    - {statuses: [member], rights: [attend], bodies: [council], article: art_2}
"""


def league() -> Reader:
    charter = load_inline(documents.parse(EXCEPTION, "league"))
    present = Present(Register([charter]), Frontier(), None, {})
    day = date(2020, 1, 1)
    return Reader(present, "league", Question(on=day, today=day), "en")


@pytest.mark.parametrize(("body", "marked"), [("", []), ("council", ["speak"]), ("committee", [])])
def test_an_exception_to_the_rule_for_every_body_is_marked(body: str, marked: list[str]) -> None:
    with translation.override("en"):
        found = cells(rights_page(league(), body))
    assert [right for (_, right), cell in found.items() if cell["exception"]] == marked


def test_in_general_the_exception_is_told_where_it_is() -> None:
    with translation.override("en"):
        found = cells(rights_page(league(), ""))
    (council,) = found["member", "speak"]["elsewhere"]
    assert (council["id"], council["answer"]) == ("council", "no")
    assert found["member", "vote"]["elsewhere"] == []


def test_rules_are_numbered_and_each_cell_has_its_own() -> None:
    matrix = rights(body="chg")["matrix"]
    numbered = {rule["number"]: rule["id"] for rule in matrix["rules"]}
    assert list(numbered) == [*range(1, len(numbered) + 1)]
    for row in matrix["rows"]:
        for cell in row["cells"]:
            ids = [each["id"] for each in cell["grounds"]]
            told = [] if cell["answer"] == "unsaid" else ids
            assert [numbered[each] for each in cell["numbers"]] == told


def test_where_a_body_has_not_begun_nobody_has_rights() -> None:
    page = rights("2026-01-01", "universal_centre")
    assert page["stage"]["stage"] == "in_formation"
    assert page["matrix"] == {"statuses": [], "rows": [], "rules": [], "legend": []}
    assert page["by_status"] == []
    text = Client().get("/en/sco/rights/?on=2026-01-01&body=universal_centre").content.decode()
    assert "nobody has a right in it on this day" in text


def test_before_the_organisation_there_is_no_status_to_ask_about() -> None:
    page = rights("1950-01-01")
    assert [each["id"] for each in page["by_status"] if each["id"] != "guest"] == []
    assert {each["answer"] for each in cells(page).values()} <= {"unsaid", "conditional"}


def test_the_choice_of_a_body_stays_when_the_day_changes() -> None:
    text = Client().get(f"/en/sco/rights/?on={DAY}&body=chg").content.decode()
    assert '<input type="hidden" name="body" value="chg">' in text
    assert 'aria-current="page">CHG</a>' in text.replace('" aria', '" aria')


# How sure an answer is


def codes(answer: dict[str, Any]) -> list[str]:
    return [each["code"] for each in answer["cautions"]]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2016-06-01", ["medium_confidence", "practice"]), (DAY, ["practice"])],
)
def test_a_yes_that_rests_on_practice_or_little_read_says_so(on: str, expected: list[str]) -> None:
    page = rights(on, "chg")
    attend = cells(page)["observer", "attend"]
    assert attend["answer"] == "yes"
    assert codes(attend) == expected
    (observer,) = (each for each in page["by_status"] if each["id"] == "observer")
    assert codes(in_words(observer)["attend"]) == expected
    assert codes(cells(page)["member", "attend"]) == []
    assert {each["code"] for each in page["matrix"]["legend"]} >= set(expected)


def test_in_general_the_bodies_have_marks_of_their_own() -> None:
    attend = cells(rights("2016-06-01"))["observer", "attend"]
    assert codes(attend) == []
    marked = {each["id"]: codes(each) for each in attend["elsewhere"]}
    assert marked["chg"] == ["medium_confidence", "practice"]
    assert marked["cmfa"] == ["medium_confidence"]


def test_no_rule_is_no_practice() -> None:
    guest = {right: cell for (status, right), cell in cells(rights()).items() if status == "guest"}
    assert codes(guest["attend"]) == ["practice"]
    assert guest["sign"]["answer"] == "unsaid"
    assert codes(guest["sign"]) == []


@pytest.mark.parametrize(
    ("language", "mark", "sentence"),
    [
        ("en", "read in part", "Practice: no text in force was found that says so."),
        ("ru", "прочитано частично", "Практика: действующего текста"),
        ("zh", "仅读部分", "惯例：未查到有此规定的现行文本。"),
    ],
)
def test_marks_are_words_in_the_table_the_legend_and_the_lists(
    language: str, mark: str, sentence: str
) -> None:
    text = Client().get(f"/{language}/sco/rights/?on=2016-06-01&body=chg").content.decode()
    table, _, rest = text.partition("</table>")
    assert f'<span class="caution caution-medium_confidence">{mark}</span>' in table
    legend, _, lists = rest.partition("</dl>")
    assert sentence in legend
    assert sentence in lists


@pytest.mark.parametrize("asked", ["right/BY", "grant/observer"])
def test_the_answer_itself_says_that_it_rests_on_practice(asked: str) -> None:
    page = data(f"/en/sco/why/{asked}/attend/chg/?on=2016-06-01")
    assert page["answer"] == "Yes"
    assert "no text in force" in page["more"][0]["label"]
    written = data(f"/en/sco/why/{asked}/receive_documents/chg/?on=2016-06-01")
    assert not [each for each in written["more"] if "no text in force" in each["label"]]
