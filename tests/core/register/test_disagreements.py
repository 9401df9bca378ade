"""Where a count depends on the basis, and what the sources do not agree on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from comity.kernel.act import Act
from comity.register.disagreements import (
    Apart,
    counted_apart,
    difference,
    statements,
    with_other_dates,
)
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import act, charter, correct, league, member, recorded
from tests.core.register.test_properties import DAYS, histories


@pytest.fixture
def record() -> OrganisationRecord:
    return league(
        member("AA"),
        act("stage_reached", "BB", "1990-01-01", status="observer", stage="decided"),
        act("stage_reached", "CC", "1991-01-01", status="observer", stage="decided"),
        act("stage_reached", "BB", "1992-01-01", status="observer", stage="signed"),
        act("stage_reached", "CC", "1993-01-01", status="observer", stage="signed"),
        act("stage_reached", "DD", "1995-01-01", status="observer", stage="decided"),
    )


def apart(record: OrganisationRecord, on: date = date(2000, 1, 1)) -> tuple[Apart, ...]:
    return counted_apart(record.situation(on=on), "family")


def test_a_count_differs_while_a_decision_waits_for_a_signature(record: OrganisationRecord) -> None:
    found = [(str(each.start), str(each.end), each.parties["decision"]) for each in apart(record)]
    assert found == [
        ("1990-01-01", "1991-01-01", ("BB",)),
        ("1991-01-01", "1992-01-01", ("BB", "CC")),
        ("1992-01-01", "1993-01-01", ("CC",)),
        ("1995-01-01", "None", ("DD",)),
    ]
    assert [dict(each.numbers) for each in apart(record)][1] == {"signature": 1, "decision": 3}


def test_the_days_are_those_from_the_first_up_to_but_not_including_the_last(
    record: OrganisationRecord,
) -> None:
    first, *_, last = apart(record)
    days = (date(1989, 12, 31), date(1990, 1, 1), date(1990, 12, 31), date(1991, 1, 1))
    assert [each in first for each in days] == [False, True, True, False]
    assert date(2100, 1, 1) in last


@pytest.mark.parametrize("name", ["family", "observer"])
@pytest.mark.parametrize(
    "on", ["1989-01-01", "1990-06-01", "1991-06-01", "1992-06-01", "1994-01-01"]
)
def test_who_makes_the_difference_on_a_day(record: OrganisationRecord, name: str, on: str) -> None:
    day = date.fromisoformat(on)
    expected = next((e.parties["decision"] for e in apart(record) if day in e), ())
    found = difference(record.situation(on=day, basis="signature"), name, "decision")
    assert (found.there, found.here) == (expected, ())
    back = difference(record.situation(on=day, basis="decision"), name, "signature")
    assert (back.there, back.here) == ((), expected)


def test_where_every_basis_agrees_there_is_nothing() -> None:
    assert apart(league(member("AA"))) == ()
    assert apart(Register([charter()]).organisation("league")) == ()


@settings(max_examples=40)
@given(histories())
def test_the_counts_differ_on_those_days_and_on_no_others(acts: list[Act]) -> None:
    record = Register([charter()], acts).organisation("league")
    found = apart(record, DAYS[0])
    for day in [*DAYS, *(each.start for each in found), *(each.end for each in found if each.end)]:
        numbers = {
            basis: record.situation(on=day, basis=basis).count("family").value
            for basis in record.charter.bases
        }
        here = [each for each in found if day in each]
        assert [dict(each.numbers) for each in here] in ([], [numbers])
        assert bool(here) >= (len(set(numbers.values())) > 1)


def test_other_dates_and_statements_are_told_as_they_read_at_the_moment() -> None:
    other = [{"effective_on": "1960-02-01", "note": "another"}]
    record = recorded(
        member("BB", "1961-01-01", id="bb", alternatives=other),
        member("AA", id="aa"),
        act("noted", (), "2000-01-01", topic="conflict", text={"en": "They differ."}, id="note"),
        act("noted", (), "2000-01-01", topic="weather", text={"en": "It rained."}, id="rain"),
        correct(2027, "aa", alternatives=other),
    )
    now, then = (
        record.situation(on=date(2000, 1, 1), known_at=each) for each in (None, date(2026, 12, 31))
    )
    assert [each.id for each in with_other_dates(now)] == ["aa", "bb"]
    assert [each.id for each in with_other_dates(then)] == ["bb"]
    assert [each.id for each in statements(now)] == ["note"]
    before = record.situation(on=date(2000, 1, 1), known_at=date(1999, 1, 1) + timedelta(days=1))
    assert (with_other_dates(before), statements(before)) == ((), ())
