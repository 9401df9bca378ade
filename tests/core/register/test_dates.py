"""Dates that cannot stand in the relation in which an act puts them, and calendars' ends."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from comity.kernel.act import Act
from comity.kernel.errors import DataError, Refusal
from comity.register.register import Register
from tests.core.register.league import act, charter, league, member

NOTICE = act("withdrawal_notified", "AA", "1990-01-01", id="notice")

# what is odd, the act refused, its code, the act admitted in its place
REVERSED: dict[str, tuple[Act, Act]] = {
    "a suspension that ends before it begins": (
        act("suspended", "AA", "1980-01-01", until="1979-01-01"),
        act("suspended", "AA", "1980-01-01", until="1980-01-02"),
    ),
    "a suspension that ends on the day it begins": (
        act("suspended", "AA", "1980-01-01", until="1980-01-01"),
        act("suspended", "AA", "1980-01-01", until="1981-01-01"),
    ),
    "a term that ends before it begins": (
        act("admitted", "BB", "1980-01-01", status="member", until="1979-12-31"),
        act("admitted", "BB", "1980-01-01", status="member", until="1980-12-31"),
    ),
    "an extension to a day already past": (
        act("notice_extended", "AA", "1990-06-01", notice="notice", until="1990-05-01"),
        act("notice_extended", "AA", "1990-06-01", notice="notice", until="1992-01-01"),
    ),
    "an appointment that ends before it begins": (
        act("appointed", "AA", "1990-06-01", office="chair", until="1990"),
        act("appointed", "AA", "1990-06-01", office="chair", until="1990-09"),
    ),
}


@pytest.mark.parametrize("what", REVERSED)
def test_an_end_that_is_not_after_the_beginning_is_refused(what: str) -> None:
    register = Register([charter()])
    register.append([member("AA"), NOTICE])
    wrong, right = REVERSED[what]
    with pytest.raises(DataError) as error:
        register.append([wrong])
    assert [fault.code for fault in error.value.faults] == ["period_reversed"]
    assert register.organisation("league").faults([right]) == ()


def test_a_decision_after_its_effect_is_refused() -> None:
    with pytest.raises(DataError) as error:
        league(member("AA", "1960-01-01", decided_on="1960-01-02"))
    assert error.value.code == "impossible_date"
    assert len(league(member("AA", "1960-01-01", decided_on="1959")).acts) == 1


def test_an_extension_to_the_day_computed_already_is_admitted() -> None:
    same = act("notice_extended", "AA", "1990-06-01", notice="notice", until="1991-01-01")
    situation = league(member("AA"), NOTICE, same).situation(on=date(1990, 7, 1))
    assert situation.pending_departure("AA").value == date(1991, 1, 1)


def test_after_a_notice_was_rescinded_another_may_be_given() -> None:
    back = act("notice_rescinded", "AA", "1990-03-01", notice="notice")
    again = act("withdrawal_notified", "AA", "1990-04-01", id="again")
    situation = league(member("AA"), NOTICE, back, again).situation(on=date(1990, 7, 1))
    assert situation.pending_departure("AA").value == date(1991, 4, 1)
    with pytest.raises(Refusal):
        league(member("AA"), NOTICE, again)


def test_a_notice_beyond_the_calendar_is_refused_and_does_not_stop_the_fold() -> None:
    late = act("withdrawal_notified", "AA", "9999-06-01", id="late")
    with pytest.raises(DataError) as error:
        league(member("AA"), late)
    assert (error.value.code, error.value.faults[0].act) == ("impossible_date", "late")
    unchecked = Register([charter()], [member("AA"), late]).organisation("league")
    assert unchecked.situation(on=date(9999, 12, 31)).status("AA").value == "member"


def test_a_moment_of_knowledge_without_a_time_zone_is_refused() -> None:
    with pytest.raises(DataError, match="time zone"):
        league(member("AA")).situation(on=date(2000, 1, 1), known_at=datetime(2026, 1, 1))  # noqa: DTZ001
