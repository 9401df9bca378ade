"""What changed, in words of three languages."""

from __future__ import annotations

from datetime import date

import pytest

from comity.register.changes import all_changes, balance
from comity.register.register import OrganisationRecord
from comity.wording.catalogue import LANGUAGES
from comity.wording.changes import balance_text, value_text
from tests.core.register.league import act, league, member


@pytest.fixture
def record() -> OrganisationRecord:
    return league(
        member(["AA", "BB"]),
        act("stage_reached", "CC", "1990-01-01", status="observer", stage="decided"),
        act("stage_reached", "CC", "1991-01-01", status="observer", stage="signed"),
        act("appointed", "AA", "1961-01-01", office="chair", person="Ann Other"),
        act("left_office", "AA", "1962-01-01", office="chair"),
        act("body_changed", (), "1970-01-01", body="committee", stage="dissolved"),
        act("renamed", "BB", "1971-01-01", names={"en": "Beta", "ru": "Бета"}),
        act("suspended", "AA", "1973-01-01"),
        act("territory_left", "AA", "1975-01-01", territory="ISLE"),
        act("withdrawal_notified", "BB", "1976-03-01"),
    )


def test_every_kind_of_change_is_said_from_what_to_what(record: OrganisationRecord) -> None:
    situation = record.situation(on=date(2000, 1, 1))
    said = {
        (each.aspect, each.of): tuple(
            value_text(each, value, situation, "en") for value in (each.before, each.after)
        )
        for each in all_changes(situation, date(1960, 6, 1))
        if each.of != "academy" and each.after != "decided"
    }
    assert said == {
        ("office", "chair"): ("Ann Other (AA)", "–"),
        ("body", "committee"): ("active", "dissolved"),
        ("name", "BB"): ("", "Beta"),
        ("suspension", "AA"): ("not suspended", "suspended"),
        ("territory", "AA"): ("covered", "not covered"),
        ("departure", "BB"): ("–", "1 March 1977"),
        ("status", "BB"): ("member", "no status"),
        ("status", "CC"): ("no status", "observer"),
        ("stage", "CC"): ("decided", "signed"),
    }


def test_two_days_are_compared_in_a_sentence(record: OrganisationRecord) -> None:
    then, now = (record.situation(on=each) for each in (date(1965, 1, 1), date(2000, 1, 1)))
    found = balance(then, now)
    assert balance_text(found, now, "en") == ("Member 2 → 1; Observer 0 → 1; came: CC; left: Beta")
    assert balance_text(found, now, "zh").count("；") == 3
    for language in LANGUAGES:
        same = balance_text(balance(now, now), now, language)
        assert "→" in same
        assert "CC" not in same


def test_many_parties_are_counted_and_not_named() -> None:
    record = league(member(["AA", "BB", "CC", "DD", "EE"]))
    then, now = (record.situation(on=each) for each in (date(1955, 1, 1), date(2000, 1, 1)))
    found = balance(then, now)
    assert "came: AA, BB, CC, DD, EE" in balance_text(found, now, "en")
    many = type(found)(found.counts, found.came * 3, (), ())
    assert balance_text(many, now, "en").endswith("came: 15")
