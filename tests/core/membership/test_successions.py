"""How a seat passes from one party to another: four modes, chains, circles."""

from __future__ import annotations

from datetime import date

import pytest

from comity.kernel.act import Act
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import PARTIES, act, charter, league, member


def succession(on: str, predecessors: list[str], successor: str, mode: str) -> Act:
    name = f"{on}-{successor.lower()}-{mode}"
    details = {"predecessors": predecessors, "successor": successor, "mode": mode}
    return act("succeeded", on=on, id=name, **details)


def seats(record: OrganisationRecord, on: str) -> dict[str, str]:
    """Who is a member on a day, and since when."""
    situation = record.situation(on=date.fromisoformat(on))
    return {line.party: str(line.since) for line in situation.roster("member")}


def test_continuation_is_the_same_seat_with_its_seniority() -> None:
    record = league(member("AA"), succession("1991-12-24", ["AA"], "BB", "continuation"))
    assert seats(record, "1991-12-23") == {"AA": "1960-01-01"}
    assert seats(record, "1991-12-24") == {"BB": "1960-01-01"}
    ended = record.situation(on=date(1992, 1, 1)).status("AA")
    assert (ended.value, ended.grounds) == (None, ("1991-12-24-bb-continuation",))


def test_succession_is_a_new_seat() -> None:
    record = league(member("AA"), succession("1993-01-01", ["AA"], "BB", "succession"))
    assert seats(record, "1993-01-01") == {"BB": "1993-01-01"}


def test_a_merger_keeps_the_seniority_of_the_earliest() -> None:
    merged = succession("1990-05-22", ["AA", "BB"], "CC", "merger")
    record = league(member("AA", "1967-01-01"), member("BB", "1961-01-01"), merged)
    assert seats(record, "1990-05-22") == {"CC": "1961-01-01"}


def test_a_separation_leaves_the_predecessor_where_it_was() -> None:
    record = league(member("AA"), succession("1971-01-01", ["AA"], "BB", "separation"))
    assert seats(record, "1971-01-01") == {"AA": "1960-01-01", "BB": "1971-01-01"}


def test_a_predecessor_may_be_the_successor_of_a_merger() -> None:
    merged = succession("1990-10-03", ["AA", "BB"], "AA", "merger")
    record = league(member("AA", "1973-01-01"), member("BB", "1970-01-01"), merged)
    assert seats(record, "1990-10-03") == {"AA": "1970-01-01"}


def test_succession_to_oneself_changes_nothing() -> None:
    record = league(member("AA"), succession("1990-01-01", ["AA"], "AA", "continuation"))
    assert seats(record, "1990-01-01") == {"AA": "1960-01-01"}


def test_a_chain_carries_the_seniority_through() -> None:
    first = succession("1970-01-01", ["AA"], "BB", "continuation")
    second = succession("1980-01-01", ["BB"], "CC", "continuation")
    assert seats(league(member("AA"), first, second), "1980-01-01") == {"CC": "1960-01-01"}


def test_a_seat_that_goes_and_comes_back_is_followed_both_ways() -> None:
    away = succession("1970-01-01", ["AA"], "BB", "continuation")
    back = succession("1980-01-01", ["BB"], "AA", "continuation")
    again = succession("1990-01-01", ["AA"], "BB", "continuation")
    record = league(member("AA"), away, back, again)
    assert seats(record, "1975-01-01") == {"BB": "1960-01-01"}
    assert seats(record, "1985-01-01") == {"AA": "1960-01-01"}
    assert seats(record, "1995-01-01") == {"BB": "1960-01-01"}


def test_what_a_predecessor_gets_later_does_not_pass() -> None:
    passed = succession("1970-01-01", ["AA"], "BB", "separation")
    record = league(member("AA", "1975-01-01"), member("BB", "1980-01-01"), passed)
    assert seats(record, "1990-01-01") == {"AA": "1975-01-01", "BB": "1980-01-01"}


def test_a_predecessor_that_holds_nothing_cannot_be_succeeded() -> None:
    record = league(member("AA"))
    faults = record.faults([succession("1970-01-01", ["BB"], "AA", "continuation")])
    assert [each.code for each in faults] == ["nothing_to_end"]


def test_who_holds_another_status_is_promoted_by_what_it_inherits() -> None:
    observer = act("admitted", "BB", "1965-01-01", status="observer")
    record = league(member("AA"), observer, succession("1970-01-01", ["AA"], "BB", "continuation"))
    spells = record.situation(on=date(1970, 1, 1)).history("BB")
    assert [(each.status, each.ended_as) for each in spells] == [
        ("observer", "promoted"), ("member", "")]  # fmt: skip


def test_a_recorded_departure_after_the_succession_still_overrides_the_notice() -> None:
    """AA's notice was due in 1991, but AA stayed until 1995: in 1993 BB emerged from a member."""
    notice = act("withdrawal_notified", "AA", "1990-01-01", id="notice")
    left = act("withdrew", "AA", "1995-01-01", notice="notice")
    emerged = succession("1993-01-01", ["AA"], "BB", "separation")
    record = league(member("AA"), notice, left, emerged)
    assert seats(record, "1994-01-01") == {"AA": "1960-01-01", "BB": "1993-01-01"}


@pytest.mark.parametrize("rounds", [40])
def test_everybody_succeeding_everybody_ends(rounds: int) -> None:
    """Without footing, so only a register that is loaded unchecked could hold it."""
    acts = [member("AA")]
    for number in range(rounds):
        others = [each for each in PARTIES if each != PARTIES[number % 5]]
        year = 1961 + number
        acts.append(succession(f"{year}-01-01", others, PARTIES[number % 5], "merger"))
    record = Register([charter()], acts).organisation("league")
    assert seats(record, "2025-01-01") == {PARTIES[(rounds - 1) % 5]: "1960-01-01"}


def test_successions_on_one_day_in_a_circle_end() -> None:
    one = succession("1970-01-01", ["AA"], "BB", "continuation")
    other = succession("1970-01-01", ["BB"], "AA", "continuation")
    record = Register([charter()], [member("AA"), one, other]).organisation("league")
    assert len(seats(record, "1980-01-01")) == 1


def test_a_chain_of_hundreds_does_not_exhaust_the_machine() -> None:
    acts = [member("AA", "1951-01-01")]
    for number in range(300):
        old, new = ("AA", "BB") if number % 2 == 0 else ("BB", "AA")
        day = date.fromordinal(date(1960, 1, 1).toordinal() + number).isoformat()
        acts.append(succession(day, [old], new, "continuation"))
    record = Register([charter()], acts).organisation("league")
    assert seats(record, "2000-01-01") == {"AA": "1951-01-01"}
