"""What one act changed, what rests on it, and what corrections made of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from comity.kernel.act import Act
from comity.kernel.errors import UnknownName
from comity.membership.bodies import Tenure
from comity.register.changes import changes_between
from comity.register.effects import corrections_of, effects, parties_of, resting_on
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import act, annul, charter, correct, league, member, recorded
from tests.core.register.test_properties import DAYS, histories

BOTH = ("signature", "decision")


def told(record: OrganisationRecord, act_id: str, on: date = date(2020, 1, 1)) -> list[Any]:
    def plain(value: Any) -> Any:
        return value.holder if isinstance(value, Tenure) else value

    return [
        (e.change.aspect, e.change.of, plain(e.change.before), plain(e.change.after), e.bases)
        for e in effects(record.situation(on=on), act_id)
    ]


def test_a_stage_may_change_a_status_on_one_basis_only() -> None:
    record = league(
        act("stage_reached", "CC", "1990-01-01", status="observer", stage="decided", id="decided"),
        act("stage_reached", "CC", "1991-01-01", status="observer", stage="signed", id="signed"),
    )
    assert told(record, "decided") == [
        ("status", "CC", None, "observer", ("decision",)),
        ("stage", "CC", None, "decided", BOTH),
    ]
    assert told(record, "signed") == [
        ("status", "CC", None, "observer", ("signature",)),
        ("stage", "CC", "decided", "signed", BOTH),
    ]


def test_a_notice_changes_the_status_when_it_has_run() -> None:
    record = league(member("AA"), act("withdrawal_notified", "AA", "1980-01-01", id="notice"))
    found = effects(record.situation(on=date(2020, 1, 1)), "notice")
    assert [(each.change.aspect, str(each.change.on)) for each in found] == [
        ("departure", "1980-01-01"),
        ("status", "1981-01-01"),
    ]


def test_a_merger_changes_all_and_a_meeting_nothing() -> None:
    record = league(
        member("AA"),
        act("admitted", ["BB", "CC"], "1990-01-01", status="observer"),
        act("statuses_merged", (), "2010-01-01", statuses=["observer"], into="partner", id="one"),
        act("met", (), "2011-01-01", body="council", id="meeting"),
    )
    assert told(record, "one") == [
        ("status", "BB", "observer", "partner", BOTH),
        ("status", "CC", "observer", "partner", BOTH),
    ]
    assert told(record, "meeting") == []


def test_offices_and_bodies_are_changed() -> None:
    record = league(
        member("AA"),
        act("appointed", "AA", "1961-01-01", office="chair", id="chair"),
        act("left_office", "AA", "1962-01-01", office="chair", id="leaving"),
        act("body_changed", (), "1970-01-01", body="academy", stage="active", id="begun"),
    )
    assert told(record, "chair") == [("office", "chair", None, "AA", BOTH)]
    assert told(record, "leaving") == [("office", "chair", "AA", None, BOTH)]
    assert told(record, "begun") == [("body", "academy", None, "active", BOTH)]


def test_an_unknown_act_is_refused() -> None:
    with pytest.raises(UnknownName, match="aa-member"):
        effects(league(member("AA", id="aa-member")).situation(on=date(2000, 1, 1)), "aa-membre")


def test_answers_of_the_day_rest_on_an_act() -> None:
    record = league(
        member("AA", id="aa"),
        act("appointed", "AA", "1961-01-01", office="chair", id="chair"),
        act("suspended", "AA", "1990-01-01", id="suspension"),
    )

    def resting(act_id: str, on: date) -> list[tuple[str, str]]:
        found = resting_on(record.situation(on=on), act_id)
        assert all(act_id in each.finding.grounds for each in found)
        return [(each.question, each.of) for each in found]

    day = date(1980, 1, 1)
    assert resting("aa", day) == [
        ("status", "AA"),
        ("covers", "ISLE"),
        ("count", "member"),
        ("count", "family"),
    ]
    assert resting("chair", day) == [("office", "chair")]
    assert resting("suspension", day) == []
    assert resting("suspension", date(2000, 1, 1)) == [("suspension", "AA")]
    assert resting("aa", date(1955, 1, 1)) == []


def test_the_parties_of_an_act_are_those_it_is_about() -> None:
    record = league(
        member(["AA", "BB"], id="two"),
        act("succeeded", (), "1970-01-01", id="one",
            predecessors=["AA"], successor="CC", mode="succession"),
    )  # fmt: skip
    situation = record.situation(on=date(1980, 1, 1))
    assert parties_of(record.act("two"), situation) == ("AA", "BB")
    assert parties_of(record.act("one"), situation) == ("AA", "CC")


def test_corrections_are_told_field_by_field() -> None:
    record = recorded(
        member("AA", id="aa", note="first"),
        correct(2027, "aa", note="second", confidence="low"),
        correct(2028, "aa", note=None),
    )
    found = corrections_of(record.situation(on=date(2000, 1, 1)), "aa")
    assert [(each.by, each.fields) for each in found] == [
        ("correction-2027", ("note", "confidence")),
        ("correction-2028", ("note",)),
    ]
    assert [(each.before.note, each.after.note) for each in found] == [
        ("first", "second"),
        ("second", ""),
    ]
    then = record.situation(on=date(2000, 1, 1), known_at=date(2027, 12, 31))
    assert [each.by for each in corrections_of(then, "aa")] == ["correction-2027"]


def test_details_are_compared_one_by_one() -> None:
    record = recorded(
        act("adopted", (), "2000-01-01", id="text", title={"en": "A"}, form="plan"),
        correct(2027, "text", details={"title": {"en": "B"}, "form": "plan"}),
    )
    (found,) = corrections_of(record.situation(on=date(2000, 1, 1)), "text")
    assert found.fields == ("details.title",)


def test_a_correction_that_was_annulled_changed_nothing() -> None:
    record = recorded(
        member("AA", id="aa"), correct(2027, "aa", note="x"), annul(2028, "correction-2027")
    )
    assert corrections_of(record.situation(on=date(2000, 1, 1)), "aa") == ()


@settings(max_examples=30)
@given(histories())
def test_every_change_of_status_is_the_effect_of_an_act(acts: list[Act]) -> None:
    """Suspensions and terms run out by themselves: those changes rest on the act that set them."""
    record = Register([charter()], acts).organisation("league")
    situation = record.situation(on=DAYS[-1])
    made = {
        (each.change.party, each.change.on, each.change.after)
        for act in record.acts
        for each in effects(situation, act.id)
        if each.change.aspect == "status" and situation.basis in each.bases
    }
    changes = changes_between(record, date(1950, 1, 1), DAYS[-1])
    assert {(each.party, each.on, each.after) for each in changes} <= made
