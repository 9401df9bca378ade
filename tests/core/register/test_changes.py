"""What changed between two days: statuses, and everything else that acts and rules can change."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from comity.kernel.act import Act
from comity.membership.bodies import Tenure
from comity.register.changes import Change, all_changes, balance, changes_between, moves
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import act, charter, league, member
from tests.core.register.test_properties import DAYS, histories

FIRST, LAST = date(1950, 1, 1), date(2030, 1, 1)


@pytest.fixture
def record() -> OrganisationRecord:
    return league(
        member("AA"),
        member("BB"),
        act("admitted", "CC", "1990-01-01", status="observer"),
        act("admitted", "DD", "1990-01-01", status="observer"),
        act("statuses_merged", (), "2010-01-01", statuses=["observer"], into="partner"),
        act("appointed", "AA", "1961-01-01", office="chair", id="first-chair"),
        act("appointed", "BB", "1962-01-01", office="chair", id="second-chair"),
        act("left_office", "BB", "1963-01-01", office="chair", id="no-chair"),
        act("body_changed", (), "1970-01-01", body="committee", stage="dissolved", id="dissolved"),
        act("renamed", "BB", "1971-01-01", names={"en": "Beta"}, id="new-name"),
        act("representation_changed", "BB", "1972-01-01", represented_by={"en": "Others"}),
        act("suspended", "AA", "1973-01-01", id="suspension"),
        act("suspension_lifted", "AA", "1974-01-01", id="lifting"),
        act("territory_left", "AA", "1975-01-01", territory="ISLE", id="isle-left"),
        act("withdrawal_notified", "BB", "1976-03-01", id="notice"),
    )


def told(changes: tuple[Change[Any], ...]) -> list[tuple[str, str, Any, Any, str]]:
    def plain(value: Any) -> Any:
        return value.holder if isinstance(value, Tenure) else value

    return [(e.aspect, e.of, plain(e.before), plain(e.after), str(e.on)) for e in changes]


def test_everything_that_changes_is_told_in_order(record: OrganisationRecord) -> None:
    found = told(all_changes(record.situation(on=date(1980, 1, 1)), date(1960, 6, 1)))
    assert found == [
        ("office", "chair", None, "AA", "1961-01-01"),
        ("office", "chair", "AA", "BB", "1962-01-01"),
        ("office", "chair", "BB", None, "1963-01-01"),
        ("body", "committee", "active", "dissolved", "1970-01-01"),
        ("name", "BB", {}, {"en": "Beta"}, "1971-01-01"),
        ("represented_by", "BB", {}, {"en": "Others"}, "1972-01-01"),
        ("suspension", "AA", False, True, "1973-01-01"),
        ("suspension", "AA", True, False, "1974-01-01"),
        ("territory", "AA", True, False, "1975-01-01"),
        ("departure", "BB", None, date(1977, 3, 1), "1976-03-01"),
        ("status", "BB", "member", None, "1977-03-01"),
    ]


def test_what_begins_by_a_rule_is_told_as_well(record: OrganisationRecord) -> None:
    found = told(all_changes(record.situation(on=date(1990, 1, 1)), date(1989, 1, 1)))
    assert ("body", "academy", None, "in_formation", "1990-01-01") in found


def test_every_change_says_why(record: OrganisationRecord) -> None:
    changes = all_changes(record.situation(on=LAST), FIRST)
    by_rule = ("committee", "academy")  # whose rules have no article
    assert [each for each in changes if not each.finding.grounds and each.of not in by_rule] == []
    assert all(each.finding.value == each.after for each in changes)


def test_on_the_first_day_itself_nothing_has_changed(record: OrganisationRecord) -> None:
    day = date(1973, 1, 1)
    assert told(all_changes(record.situation(on=day), day)) == []
    assert len(all_changes(record.situation(on=day), date(1972, 12, 31))) == 1


def test_a_merger_is_one_move(record: OrganisationRecord) -> None:
    situation = record.situation(on=LAST)
    changes = changes_between(record, date(2000, 1, 1), LAST)
    merger = moves(changes, situation)
    assert [(e.act, e.parties, e.befores, e.after) for e in merger] == [
        ("2010-01-01-all-statuses_merged", ("CC", "DD"), ("observer",), "partner")
    ]
    assert merger[0].changes == changes


def test_acts_of_one_day_are_moves_apart(record: OrganisationRecord) -> None:
    changes = changes_between(record, date(1959, 1, 1), date(1960, 1, 1))
    found = moves(changes, record.situation(on=date(1960, 1, 1)))
    assert [each.parties for each in found] == [("AA",), ("BB",)]


def test_two_days_are_put_on_balance(record: OrganisationRecord) -> None:
    then, now = (record.situation(on=each) for each in (date(1970, 1, 1), date(2020, 1, 1)))
    found = balance(then, now)
    assert found.counts == (("member", 2, 1), ("partner", 0, 2))
    assert (found.came, found.left, found.moved) == (("CC", "DD"), ("BB",), ())
    merged = balance(record.situation(on=date(2000, 1, 1)), now)
    assert (merged.came, merged.left, merged.moved) == ((), (), ("CC", "DD"))
    assert balance(now, now, "command").counts == ()


@settings(max_examples=40)
@given(histories())
def test_changes_lead_from_what_was_to_what_is(acts: list[Act]) -> None:
    record = Register([charter()], acts).organisation("league")
    start, end = DAYS[10], DAYS[70]
    for basis in record.charter.bases:
        then, now = (record.situation(on=each, basis=basis) for each in (start, end))
        for party in record.parties():
            status = then.status(party).value
            for each in changes_between(record, start, end, basis=basis):
                if each.party == party:
                    assert each.before == status
                    status = each.after
            assert status == now.status(party).value


@settings(max_examples=40)
@given(histories())
def test_every_change_of_status_is_in_one_move(acts: list[Act]) -> None:
    record = Register([charter()], acts).organisation("league")
    changes = changes_between(record, date(1950, 1, 1), DAYS[-1])
    found = moves(changes, record.situation(on=DAYS[-1]))
    assert sorted((each.on, party) for each in found for party in each.parties) == sorted(
        (each.on, each.party) for each in changes
    )
