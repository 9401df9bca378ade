"""The read API says what the core finds: of any party, on any day, as known at any moment."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.kernel.finding import Finding
from comity.register.changes import all_changes, changes_until
from comity.register.situation import Situation
from comity_web.register.selectors import present, record
from tests.web.api import ORGANISATIONS, data, ids

pytestmark = pytest.mark.usefixtures("published")

checked = settings(
    max_examples=40,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
days = st.dates(date(1945, 1, 1), date(2035, 12, 31))
moments = st.sampled_from([None, "2020-01-01", "2026-11-21", "2026-11-21T12:00:00Z"])


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Draw an organisation and a question: a day, a moment of knowledge, one of its bases."""
    organisation = draw(st.sampled_from(ORGANISATIONS))
    basis = draw(st.sampled_from([None, *record(organisation).charter.bases]))
    asked = {"on": str(draw(days)), "known_at": draw(moments), "basis": basis}
    return organisation, {name: text for name, text in asked.items() if text}


def situation(organisation: str, asked: dict[str, str]) -> Situation:
    known_at = asked.get("known_at")
    return present().situation(
        organisation,
        on=date.fromisoformat(asked["on"]),
        known_at=date.fromisoformat(known_at[:10]) if known_at else None,
        basis=asked.get("basis"),
    )


def same(statement: dict[str, Any], finding: Finding[Any]) -> bool:
    doubts = [(each["code"], each["ground"], each["detail"]) for each in statement["doubts"]]
    found = [(each.code, each.ground, each.detail) for each in finding.doubts]
    return (ids(statement), doubts) == (list(finding.grounds), found)


@checked
@given(questions(), st.data())
def test_a_party_is_told_as_it_is_found(
    question: tuple[str, dict[str, str]], choice: st.DataObject
) -> None:
    organisation, asked = question
    code = choice.draw(st.sampled_from(sorted(record(organisation).charter.parties)))
    told = data(f"organisations/{organisation}/parties/{code}?{urlencode(asked)}")
    found = situation(organisation, asked)
    for each in told["statuses"]:
        status = found.status(code, each["facet"])
        since = found.since(code, each["facet"]).value
        assert (each["status"], each["since"]) == (status.value, str(since) if since else None)
        assert same(each, status)
    assert told["names"]["names"] == found.names(code).value
    for name, finding in (
        ("suspension", found.suspension(code)),
        ("departure", found.pending_departure(code)),
        ("in_base", found.in_base(code)),
        ("represented_by", found.representation(code)),
    ):
        assert same(told[name], finding), name
    assert told["suspension"]["suspended"] == bool(found.suspension(code).value)
    spells = [spell for facet in found.charter.facets for spell in found.history(code, facet)]
    assert [each["from"] for each in told["history"]] == [str(each.start) for each in spells]


@checked
@given(questions())
def test_a_situation_is_told_as_it_is_found(question: tuple[str, dict[str, str]]) -> None:
    organisation, asked = question
    told = data(f"organisations/{organisation}/situation?{urlencode(asked)}")
    found = situation(organisation, asked)
    lines = [line for facet in found.charter.facets for line in found.roster(facet=facet)]
    assert [(each["party"], each["status"]) for each in told["roster"]] == [
        (line.party, line.status) for line in lines
    ]
    assert all(same(each, line.finding) for each, line in zip(told["roster"], lines, strict=True))
    for each in told["counts"]:
        count = found.count(each["id"])
        assert (each["value"], same(each, count)) == (count.value, True)
    for each in told["bodies"]:
        assert each["stage"] == found.body(each["id"]).value
    for each in told["offices"]:
        office = found.office(each["id"])
        assert ((each["holder"] or {}).get("party"), same(each, office)) == (
            (office.value.party or None) if office.value else None,
            True,
        )
    assert told["acts"]["known"] == found.known


@checked
@given(questions(), st.data())
def test_rights_are_told_as_they_are_found(
    question: tuple[str, dict[str, str]], choice: st.DataObject
) -> None:
    organisation, asked = question
    charter = record(organisation).charter
    code = choice.draw(st.sampled_from(sorted(charter.parties)))
    right = choice.draw(st.sampled_from(sorted(charter.rights)))
    query = urlencode({**asked, "right": right})
    found = situation(organisation, asked)
    for each in data(f"organisations/{organisation}/parties/{code}/rights?{query}")["rights"]:
        permission = found.may(code, right, each["body"])
        assert (each["answer"], same(each, permission)) == (permission.value.answer, True)
    for each in data(f"organisations/{organisation}/rights?{query}")["rights"]:
        given_to = found.granted(each["status"], right, each["body"])
        assert (each["answer"], each["unsaid"]) == (given_to.value.answer, given_to.value.unsaid)
        assert same(each, given_to)


@checked
@given(st.sampled_from(ORGANISATIONS), st.tuples(days, days).map(sorted))
def test_changes_are_told_as_they_are_found(organisation: str, two_days: list[date]) -> None:
    start, end = two_days
    answer = data(f"organisations/{organisation}/changes?from={start}&to={end}")
    then = situation(organisation, {"on": str(end)})
    found = [
        [facet, each.party, str(each.on), each.before, each.after]
        for facet in then.charter.facets
        for each in changes_until(then, start, facet=facet)
    ]
    names = ("facet", "party", "on", "before", "after")
    told = [[each[name] for name in names] for each in answer["statuses"]]
    assert sorted(map(str, told)) == sorted(map(str, found))
    others = [each for each in all_changes(then, start) if each.aspect != "status"]
    assert [(each["aspect"], each["of"], each["on"]) for each in answer["others"]] == [
        (each.aspect, each.of, str(each.on)) for each in others
    ]
