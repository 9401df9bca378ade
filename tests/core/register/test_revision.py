"""Corrections and annulments: what was known then stays askable."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from comity.kernel.errors import DataError
from tests.core.register.league import act, annul, correct, in_year, member, recorded

JOINED = member("AA", "1960-01-01", id="joined", recorded_at=in_year(1960))
LEFT = act("withdrew", "AA", "1965-03-01", id="left", recorded_at=in_year(1965))


def test_a_correction_moves_the_day_from_its_recording_on() -> None:
    record = recorded(JOINED, correct(1970, "joined", effective_on="1961-01-01"))
    before = record.situation(on=date(1960, 6, 1), known_at=date(1969, 12, 31))
    after = record.situation(on=date(1960, 6, 1))
    assert before.status("AA").value == "member"
    assert after.status("AA").value is None
    later = record.situation(on=date(1962, 1, 1)).status("AA")
    assert later.grounds == ("art_1", "joined", "correction-1970")


def test_of_two_corrections_the_later_recorded_one_stands() -> None:
    first = correct(1970, "joined", effective_on="1961-01-01")
    second = correct(1980, "joined", effective_on="1962-01-01")
    record = recorded(JOINED, first, second)
    assert str(record.act("joined").effective_on) == "1962-01-01"
    assert record.revisions_of("joined") == ("correction-1970", "correction-1980")
    assert str(record.recorded_act("joined").effective_on) == "1960-01-01"


def test_an_annulled_withdrawal_never_was_but_was_believed_then() -> None:
    record = recorded(JOINED, LEFT, annul(1966, "left"))
    then = record.situation(on=date(1965, 12, 1), known_at=date(1965, 12, 1))
    now = record.situation(on=date(1965, 12, 1))
    assert then.status("AA").value is None
    assert now.status("AA").value == "member"
    assert record.revisions_of("left") == ("annulment-1966",)


def test_an_annulled_correction_is_undone() -> None:
    record = recorded(
        JOINED, correct(1970, "joined", effective_on="1961-01-01"), annul(1975, "correction-1970")
    )
    assert record.situation(on=date(1960, 6, 1)).status("AA").value == "member"
    assert record.revisions_of("joined") == ()


def test_an_annulled_annulment_lets_the_act_stand_again() -> None:
    record = recorded(JOINED, LEFT, annul(1966, "left"), annul(1967, "annulment-1966"))
    assert record.situation(on=date(1965, 12, 1)).status("AA").value is None


def test_a_correction_of_the_party_moves_the_act_from_one_history_to_the_other() -> None:
    record = recorded(JOINED, correct(1970, "joined", parties=["BB"]))
    now = record.situation(on=date(1965, 1, 1))
    then = record.situation(on=date(1965, 1, 1), known_at=date(1965, 1, 1))
    assert (now.status("AA").value, now.status("BB").value) == (None, "member")
    assert (then.status("AA").value, then.status("BB").value) == ("member", None)


def test_a_correction_that_takes_the_footing_from_another_act_is_refused() -> None:
    suspended = act("suspended", "AA", "1961-01-01", recorded_at=in_year(1961))
    record = recorded(JOINED, suspended)
    faults = record.faults([correct(1970, "joined", effective_on="1962-01-01")])
    assert [fault.code for fault in faults] == ["nothing_to_suspend"]


def test_known_at_a_day_counts_all_of_that_day() -> None:
    record = recorded(JOINED)
    assert record.known_count(date(1960, 6, 1)) == 1
    assert record.known_count(date(1960, 5, 31)) == 0
    assert record.known_count(datetime(1960, 6, 1, 11, 59, tzinfo=UTC)) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id": "other"}, "cannot_correct"),
        ({}, "cannot_correct"),
        ({"effective_on": "1960-13-01"}, "impossible_date"),
        ({"parties": "BB"}, "wrong_type"),
        ({"confidence": "certain"}, "unknown_confidence"),
    ],
)
def test_a_correction_that_cannot_be_applied_is_refused(changes: dict[str, Any], code: str) -> None:
    wrong = act("corrected", on="1970-06-01", id="c", act="joined", changes=changes,
                recorded_at=in_year(1970))  # fmt: skip
    with pytest.raises(DataError) as error:
        recorded(JOINED, wrong)
    assert error.value.code == code


def test_a_corrected_act_is_checked_as_any_other() -> None:
    with pytest.raises(DataError) as error:
        recorded(JOINED, correct(1970, "joined", parties=["XY"]))
    assert error.value.code == "unknown_party"
