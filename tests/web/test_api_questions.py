"""How the read API is asked: parameters, refusals, methods, other origins, what is kept."""

from __future__ import annotations

import gzip
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from comity.register.records import from_record
from comity_web.api import views
from comity_web.api.examples import examples
from comity_web.api.operations import OPERATIONS, Operation
from comity_web.config.middleware import FairShares
from comity_web.register.selectors import HEAD, present
from comity_web.register.services import append
from comity_web.serving.answers import ANSWERS
from comity_web.serving.limits import LONGEST_PATH, MOST_FIELDS
from tests.web.api import ROOT, ask, data, refused

pytestmark = pytest.mark.usefixtures("published")

BY_ID = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.id)


def example(operation: Operation) -> str:
    return examples(present()).of[operation.id].address.removeprefix(f"{ROOT}/")


@BY_ID
def test_every_answer_says_what_it_answers_and_where(operation: Operation) -> None:
    found = data(example(operation))
    assert found["log"] == data("log")["log"]
    assert found["links"]["self"] == f"{ROOT}/{example(operation)}"
    names = {each.name for each in operation.parameters}
    if "on" in names:
        assert found["question"]["on"] == "2015-07-10"
        assert found["question"]["known_at"] is None
    if "basis" in names:
        assert found["question"]["basis"] == "memorandum"


@BY_ID
def test_an_answer_costs_a_constant_number_of_queries(operation: Operation) -> None:
    """One for the head of the log; one more where the place of acts in it is told."""
    more = {"acts": 1, "act": 1, "log": 1}.get(operation.id, 0)
    path = example(operation)
    ask(path)
    ANSWERS.clear()
    with CaptureQueriesContext(connection) as made:
        ask(path)
    with CaptureQueriesContext(connection) as kept:
        ask(path)
    assert (len(made), len(kept)) == (1 + more, 1)


@BY_ID
def test_what_an_operation_does_not_take_is_refused_by_name(operation: Operation) -> None:
    joined = "&" if "?" in example(operation) else "?"
    problem = refused(f"{example(operation)}{joined}onn=2016-06-01&x=", 422)
    faults = {each["where"]: each for each in problem["faults"]}
    assert {each["code"] for each in problem["faults"]} == {"unknown_parameter"}
    assert set(faults) == {"onn", "x"}
    if "on" in {each.name for each in operation.parameters}:
        assert faults["onn"]["advice"] == 'Did you mean "on"?'


# Bad questions


@pytest.mark.parametrize(
    ("query", "code", "where"),
    [
        ("on=14.12.2023", "impossible_date", "on"),
        ("on=2023-02-30", "impossible_date", "on"),
        ("on=2023", "impossible_date", "on"),
        ("on=", "empty_value", "on"),
        ("on=2020-01-01&on=2020-01-02", "repeated_parameter", "on"),
        ("known_at=yesterday", "impossible_date", "known_at"),
        ("known_at=2020-01-01T00:00:00%2B03:00", "impossible_date", "known_at"),
        ("basis=signature", "unknown_basis", "basis"),
        (f"basis={'x' * 201}", "too_long", "basis"),
        ("format=json", "unknown_parameter", "format"),
    ],
)
def test_a_bad_question_is_refused_where_it_is_bad(query: str, code: str, where: str) -> None:
    problem = refused(f"organisations/sco?{query}", 422)
    assert [(each["code"], each["where"]) for each in problem["faults"]] == [(code, where)]
    assert problem["faults"][0]["expected"]
    assert problem["detail"].startswith(f"{where}: ")


def test_all_that_is_bad_is_told_at_once() -> None:
    problem = refused("organisations/sco?on=x&known_at=y&basis=&z=1", 422)
    assert [each["where"] for each in problem["faults"]] == ["z", "on", "known_at", "basis"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("organisations/sco?on=x&basis=signature", ["on", "basis"]),
        ("organisations/sco/rights?on=x&basis=no&status=membr&right=atend&body=chz",
         ["on", "basis", "status", "right", "body"]),
        ("organisations/sco/acts?kind=admited&party=QQ&body=chz&from=x&after=nothing",
         ["kind", "party", "body", "from", "after"]),
        ("organisations/sco/changes?basis=no&to=x", ["from", "to", "basis"]),
    ],
)  # fmt: skip
def test_names_that_are_not_there_are_told_with_all_else(query: str, where: list[str]) -> None:
    faults = refused(query, 422)["faults"]
    assert [each["where"] for each in faults] == where
    assert all(each["expected"] for each in faults)


def test_a_table_tells_a_wrong_basis_with_all_else() -> None:
    response = Client().get("/data/sco/statuses.csv?on=x&basis=signature")
    assert response.status_code == 422
    assert [each["where"] for each in response.json()["faults"]] == ["on", "basis"]


def test_where_the_organisation_is_not_there_what_can_be_read_is_told_first() -> None:
    assert refused("organisations/nowhere?on=x&basis=no", 422)["faults"][0]["where"] == "on"
    assert refused("organisations/nowhere?basis=no", 404)["faults"][0]["where"] == "organisation"


def test_of_many_faults_some_are_told() -> None:
    many = "&".join(f"p{n}=1" for n in range(90))
    assert len(refused(f"organisations?{many}", 422)["faults"]) == 20


def test_more_fields_than_anything_takes_are_not_looked_at() -> None:
    too_many = "&".join(f"p{n}=1" for n in range(MOST_FIELDS + 1))
    assert refused(f"organisations?{too_many}", 414)["faults"][0]["code"] == "too_many"


@pytest.mark.parametrize(
    ("path", "code", "near"),
    [
        ("organisations/scoo", "unknown_organisation", "organisations/sco"),
        ("organisations/Шанхай", "unknown_organisation", None),
        ("organisations/sco/parties/Belarrus", "unknown_party", "organisations/sco/parties/BY"),
        ("organisations/eu/parties/Франци/rights", "unknown_party", "organisations/eu/parties/FR"),
        ("organisations/sco/bodies/chz", "unknown_body", "organisations/sco/bodies/chs"),
        ("organisations/sco/offices/chairr", "unknown_office", "organisations/sco/offices/chair"),
        (
            "organisations/sco/articles/charter__art_13",
            "unknown_article",
            "organisations/sco/articles/charter__art_13__admission",
        ),
        (
            "organisations/sco/acts/2017-06-09-in-membr",
            "unknown_act",
            "organisations/sco/acts/2017-06-09-in-member",
        ),
        ("organisations/sco/parties/%00", "unknown_party", None),
        ("organisations/sco/acts/%F0%9F%99%82", "unknown_act", None),
    ],
)  # fmt: skip
def test_an_unknown_name_leads_to_the_nearest(path: str, code: str, near: str | None) -> None:
    problem = refused(path, 404)
    assert problem["faults"][0]["code"] == code
    assert problem["faults"][0]["where"] == code.removeprefix("unknown_")
    urls = [each["url"] for each in problem["near"]]
    assert near is None or f"{ROOT}/{near}" in urls
    assert [Client().get(each).status_code for each in urls] == [200] * len(urls)


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("organisations/sco/parties/BY/rights?body=chz", "body"),
        ("organisations/sco/parties/BY/rights?right=atend", "right"),
        ("organisations/sco/rights?status=membr", "status"),
        ("organisations/sco/acts?party=QQ", "party"),
        ("organisations/sco/acts?body=chz", "body"),
        ("organisations/sco/acts?kind=admited", "kind"),
        ("organisations/sco/acts?after=nothing", "after"),
        ("organisations/sco/acts?order=colour", "order"),
        ("organisations/sco/acts?limit=0", "limit"),
        ("organisations/sco/acts?limit=1001", "limit"),
        ("organisations/sco/acts?limit=٣", "limit"),
        ("organisations/sco/acts?from=2020", "from"),
    ],
)
def test_a_name_in_a_parameter_is_refused_there(path: str, where: str) -> None:
    fault = refused(path, 422)["faults"][0]
    assert (fault["where"], bool(fault["expected"])) == (where, True)


@pytest.mark.parametrize("path", ["", "nothing", "organisations/", "organisations/sco/", "x/y/z"])
def test_other_addresses_are_said_not_to_be_there(path: str) -> None:
    assert refused(path, 404)["faults"][0]["code"] == "unknown_address"


def test_an_address_that_is_too_long_is_not_looked_for() -> None:
    problem = refused(f"organisations/{'x' * LONGEST_PATH}", 414)
    assert "xxx" not in str(problem)


@override_settings(WORK_LIMITS={"burst": 0.0, "rate": 1.0})
def test_who_asks_too_much_is_told_when_to_come_back() -> None:
    def unreached(_: object) -> HttpResponse:
        raise AssertionError("nothing is worked out")

    request = Client().get(f"{ROOT}/log", REMOTE_ADDR="198.51.100.7").wsgi_request
    response = FairShares(unreached)(request)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["organisations", "log", "openapi.json", "organisations/sco/acts"])
def test_nothing_is_told_from_a_record_that_is_not_the_log_s(path: str) -> None:
    with connection.cursor() as cursor:  # what an owner of the database can do
        cursor.execute("DROP TRIGGER register_entry_no_UPDATE")
        cursor.execute("UPDATE register_entry SET leaf = CAST('{}' AS BLOB) WHERE position = 7")
    HEAD.forget()
    assert refused(path, 503)["faults"][0]["code"] == "entries_not_in_log"
    HEAD.forget()


# Methods, other origins


def test_head_is_get_without_the_content() -> None:
    got, headed = ask("organisations/sco"), Client().head(f"{ROOT}/organisations/sco")
    assert (headed.status_code, headed.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Vary"):
        assert headed.headers[name] == got.headers[name]


@pytest.mark.parametrize("path", ["organisations", "organisations/nowhere", "openapi.json", "x"])
def test_a_page_of_another_origin_may_ask_first(path: str) -> None:
    response = Client().options(f"{ROOT}/{path}")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["organisations", "nothing", "openapi.json"])
def test_only_reading_is_allowed(method: str, path: str) -> None:
    response = getattr(Client(), method)(f"{ROOT}/{path}")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["faults"][0]["code"] == "only_reading"


@pytest.mark.parametrize("path", ["organisations", "organisations/x", "organisations?on=x", "y"])
def test_every_answer_may_be_read_by_any_page_and_sets_no_cookie(path: str) -> None:
    response = ask(path)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.cookies == {}


@pytest.mark.parametrize("path", ["/en/", "/en/sco/", "/nothing/"])
def test_pages_are_not_shared_with_other_origins(path: str) -> None:
    response = Client().get(path)
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


# What is kept


def note(name: str) -> None:
    fields: dict[str, Any] = {
        "id": name,
        "organisation": "sco",
        "kind": "noted",
        "effective_on": "2026-11-21",
        "recorded_at": "2026-11-21T00:00:00Z",
        "details": {"topic": "test", "text": {"en": "A remark"}},
    }
    append([from_record(fields)], head=HEAD, acting_user="officer", acting_for="registry")


@BY_ID
def test_the_same_record_is_not_sent_again_and_a_new_act_is(operation: Operation) -> None:
    path = example(operation)
    tag = ask(path).headers["ETag"]
    again = ask(path, **{"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    note("new")
    after = ask(path, **{"if-none-match": tag})
    assert after.status_code == 200
    assert after.headers["ETag"] != tag


def test_what_is_asked_makes_the_answer_and_how_it_is_asked_does_not() -> None:
    one = ask("organisations/sco/acts?kind=admitted&party=RU").headers["ETag"]
    other_order = ask("organisations/sco/acts?party=RU&kind=admitted").headers["ETag"]
    other_host = ask("organisations/sco/acts?kind=admitted&party=RU", host="localhost:4711")
    assert one == other_order == other_host.headers["ETag"]
    assert ask("organisations/sco/acts?kind=admitted").headers["ETag"] != one
    assert "testserver" not in ask("organisations/sco").content.decode()


def test_a_named_day_is_kept_from_day_to_day(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ("organisations/sco", "organisations/sco?on=2020-01-01")
    before = [ask(path).headers["ETag"] for path in paths]
    monkeypatch.setattr(views, "today", lambda: date(2027, 1, 1))
    after = [ask(path).headers["ETag"] for path in paths]
    assert (before[0] != after[0], before[1] == after[1]) == (True, True)
    assert data(paths[0])["question"]["on"] == "2027-01-01"


def test_an_answer_is_compressed_for_who_accepts_it() -> None:
    plain = ask("organisations/sco")
    packed = ask("organisations/sco", **{"accept-encoding": "gzip"})
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3


# Page by page


def all_acts(organisation: str) -> list[str]:
    now = present()
    return [
        act.id for act in now.register.organisation(organisation).acts[: now.acts(organisation)]
    ]


def pages(query: str) -> list[list[str]]:
    """Follow a list from page to page; returns the acts of each."""
    found, url = [], f"{ROOT}/organisations/sco/acts?{query}"
    while url:
        answer = Client().get(url).json()
        found.append([each["id"] for each in answer["acts"]])
        url = answer["links"]["next"]
    return found


@pytest.mark.parametrize("order", ["recorded", "-recorded", "effective", "-effective"])
@pytest.mark.parametrize("limit", [7, 100, 1000])
def test_paging_visits_every_act_once(order: str, limit: int) -> None:
    found = pages(f"order={order}&limit={limit}")
    every = all_acts("sco")
    told = [each for page in found for each in page]
    assert sorted(told) == sorted(every)
    assert len(told) == len(set(told)) == data("organisations/sco/acts")["total"]
    assert all(len(page) == limit for page in found[:-1])
    if order.endswith("recorded"):
        assert told == (every[::-1] if order.startswith("-") else every)


def test_acts_by_effect_are_in_that_order() -> None:
    found = data("organisations/sco/acts?order=effective&limit=1000")["acts"]
    days = [each["effective_on"][:4] for each in found]
    assert days == sorted(days)
    backwards = data("organisations/sco/acts?order=-effective&limit=1000")["acts"]
    assert [each["id"] for each in backwards] == [each["id"] for each in found][::-1]


def test_what_is_recorded_between_two_pages_moves_nothing() -> None:
    first = data("organisations/sco/acts?limit=10")
    note("between")
    second = Client().get(first["links"]["next"]).json()
    told = [each["id"] for each in first["acts"] + second["acts"]]
    assert told == all_acts("sco")[:20]


def suspends(act: dict[str, Any], party: str) -> bool:
    return act["kind"] == "suspended" and party in act["parties"]


def words(act: dict[str, Any]) -> str:
    said = [act[name] for name in ("id", "details", "place", "note")]
    return str([said, [each["note"] for each in act["alternatives"]]]).casefold()


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ("kind=suspended", lambda act: act["kind"] == "suspended"),
        ("party=ML", lambda act: "ML" in act["parties"]),
        ("from=2010-01-01", lambda act: act["effective_on"] >= "2010"),
        ("to=2010-12-31", lambda act: act["effective_on"] < "2011"),
        ("kind=suspended&party=ML", lambda act: suspends(act, "ML")),
        ("text=MOROCCO", lambda act: "morocco" in words(act) or "MA" in act["parties"]),
        ("recorded_since=2026-01-01", lambda act: act["recorded_at"] >= "2026"),
    ],
)  # fmt: skip
def test_acts_are_found_by_what_they_say(query: str, passes: Any) -> None:
    every = data("organisations/au/acts?limit=1000")["acts"]
    found = data(f"organisations/au/acts?{query}&limit=1000")
    assert [each["id"] for each in found["acts"]] == [each["id"] for each in every if passes(each)]
    assert found["total"] == len(found["acts"]) > 0


def test_acts_of_a_body_are_those_by_it_and_about_it() -> None:
    found = data("organisations/sco/acts?body=chs&limit=1000")["acts"]
    assert {each["kind"] for each in found} >= {"met", "adopted"}
    for each in found:
        assert "chs" in (each["body"], each["details"].get("body"))


def test_nothing_is_found_before_anything_was_recorded() -> None:
    found = data("organisations/sco/acts?known_at=2020-01-01")
    assert (found["total"], found["acts"], found["links"]["next"]) == (0, [], None)
    later = data("organisations/sco/acts?recorded_since=2030-01-01T00:00:00Z")
    assert later["total"] == 0
