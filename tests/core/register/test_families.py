"""An act and all that revises it stay together, whomever a correction moves it to."""

from __future__ import annotations

from datetime import date

import pytest

from comity.kernel.errors import Refusal
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import act, annul, charter, correct, in_year, member, recorded

JOINED = member("AA", "1960-01-01", id="joined", recorded_at=in_year(1960))
TO_BB = correct(1970, "joined", parties=["BB"])


def _status(record: OrganisationRecord, party: str, on: str = "1965-01-01") -> str | None:
    return record.situation(on=date.fromisoformat(on)).status(party).value


def test_a_correction_of_the_date_after_one_of_the_party_reaches_the_new_party() -> None:
    record = recorded(JOINED, TO_BB, correct(1971, "joined", effective_on="1966-01-01"))
    assert _status(record, "BB") is None
    assert _status(record, "BB", "1966-01-01") == "member"


def test_a_correction_of_the_date_before_one_of_the_party_reaches_the_new_party() -> None:
    record = recorded(JOINED, correct(1969, "joined", effective_on="1966-01-01"), TO_BB)
    assert _status(record, "BB") is None
    assert _status(record, "BB", "1966-01-01") == "member"


def test_the_annulment_of_an_act_moved_to_another_party_reaches_that_party() -> None:
    record = recorded(JOINED, TO_BB, annul(1971, "joined"))
    assert (_status(record, "AA"), _status(record, "BB")) == (None, None)
    then = record.situation(on=date(1965, 1, 1), known_at=date(1970, 12, 31))
    assert (then.status("AA").value, then.status("BB").value) == (None, "member")


def test_the_annulment_of_the_correction_moves_the_act_back() -> None:
    record = recorded(JOINED, TO_BB, annul(1971, "correction-1970"))
    assert (_status(record, "AA"), _status(record, "BB")) == ("member", None)


def test_between_the_act_and_the_correction_of_its_party_the_old_party_holds_the_status() -> None:
    record = recorded(JOINED, TO_BB)
    then = record.situation(on=date(1965, 1, 1), known_at=date(1969, 12, 31))
    assert (then.status("AA").value, then.status("BB").value) == ("member", None)
    assert then.status("AA").grounds == ("art_1", "joined")
    assert [each.id for each in record.acts_of("BB", known=1)] == []
    assert [each.id for each in record.acts_of("BB")] == ["joined", "correction-1970"]


def test_a_correction_may_name_another_successor() -> None:
    succession = act("succeeded", on="1965-01-01", id="succession", predecessors=["AA"],
                     successor="BB", mode="continuation", recorded_at=in_year(1965))  # fmt: skip
    details = {"predecessors": ["AA"], "successor": "CC", "mode": "continuation"}
    record = recorded(JOINED, succession, correct(1966, "succession", details=details))
    statuses = [_status(record, party) for party in ("AA", "BB", "CC")]
    assert statuses == [None, None, "member"]


OBSERVERS = act("admitted", ["AA", "BB"], "1970-01-01", id="observers", status="observer",
                recorded_at=in_year(1970))  # fmt: skip
MERGED = act("statuses_merged", on="2010-01-01", id="merged", statuses=["observer"],
             into="partner", recorded_at=in_year(2010))  # fmt: skip


def test_a_merger_of_statuses_can_be_annulled() -> None:
    record = recorded(OBSERVERS, MERGED, annul(2011, "merged"))
    assert _status(record, "AA", "2010-06-01") == "observer"
    then = record.situation(on=date(2010, 6, 1), known_at=date(2010, 12, 31))
    assert then.status("AA").value == "partner"


def test_a_merger_of_statuses_can_be_narrowed_to_some_parties_and_widened_again() -> None:
    narrowed = recorded(OBSERVERS, MERGED, correct(2011, "merged", parties=["AA"]))
    assert (_status(narrowed, "AA", "2010-06-01"), _status(narrowed, "BB", "2010-06-01")) == (
        "partner", "observer")  # fmt: skip
    for_aa = act("statuses_merged", "AA", "2010-01-01", id="merged", statuses=["observer"],
                 into="partner", recorded_at=in_year(2010))  # fmt: skip
    widened = recorded(OBSERVERS, for_aa, correct(2011, "merged", parties=None))
    assert _status(widened, "BB", "2010-06-01") == "partner"


# Acts recorded together


def test_an_act_and_its_correction_can_be_recorded_together() -> None:
    register = Register([charter()])
    register.append([JOINED, correct(1970, "joined", parties=["BB"])])
    assert _status(register.organisation("league"), "BB") == "member"


def test_a_batch_in_which_a_correction_takes_the_footing_is_refused() -> None:
    register = Register([charter()])
    suspended = act("suspended", "AA", "1961-01-01", recorded_at=in_year(1960))
    with pytest.raises(Refusal) as refusal:
        register.append([JOINED, suspended, TO_BB])
    assert refusal.value.code == "nothing_to_suspend"
    assert register.acts == []


def test_a_batch_in_which_an_annulment_gives_the_footing_is_admitted() -> None:
    left = act("withdrew", "AA", "1962-01-01", id="left", recorded_at=in_year(1962))
    record = recorded(JOINED, left)
    suspended = act("suspended", "AA", "1963-01-01", id="s", recorded_at=in_year(1963))
    assert [each.code for each in record.faults([suspended])] == ["nothing_to_suspend"]
    assert record.faults([annul(1963, "left"), suspended]) == ()


def test_to_annul_an_annulment_takes_the_footing_from_what_rests_on_it() -> None:
    left = act("withdrew", "AA", "1962-01-01", id="left", recorded_at=in_year(1962))
    suspended = act("suspended", "AA", "1963-01-01", id="s", recorded_at=in_year(1963))
    record = recorded(JOINED, left, annul(1963, "left"), suspended)
    faults = record.faults([annul(1964, "annulment-1963")])
    assert [(each.code, each.act) for each in faults] == [("nothing_to_suspend", "s")]


def test_an_annulment_may_not_take_the_footing_from_an_act_of_a_successor() -> None:
    emerged = act("succeeded", on="1965-01-01", id="emerged", predecessors=["AA"],
                  successor="BB", mode="separation", recorded_at=in_year(1965))  # fmt: skip
    suspended = act("suspended", "BB", "1966-01-01", id="s", recorded_at=in_year(1966))
    record = recorded(JOINED, emerged, suspended)
    faults = record.faults([annul(1967, "joined")])
    assert [(each.code, each.act) for each in faults] == [("nothing_to_suspend", "s")]


def test_two_corrections_of_one_act_together_are_read_one_on_the_other() -> None:
    decided = correct(1970, "joined", decided_on="1959-12-01")
    earlier = correct(1971, "joined", effective_on="1959-06-01")
    record = recorded(JOINED)
    assert record.faults([decided]) == record.faults([earlier]) == ()
    faults = record.faults([decided, earlier])
    assert [(each.code, each.act) for each in faults] == [("impossible_date", "correction-1971")]


def test_a_revision_stands_after_what_it_revises() -> None:
    record = recorded()
    faults = record.faults([annul(1960, "joined"), JOINED])
    assert [(each.code, each.act) for each in faults] == [("unknown_act", "annulment-1960")]
    itself = annul(1960, "annulment-1960")
    assert [each.code for each in record.faults([itself])] == ["unknown_act"]
