"""What would follow from consents still to come, and what one act would change."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from comity.treaty.fold import status_of
from comity.treaty.forecast import Consequence, Planned, changes, consequences, forecast
from comity.treaty.model import After, Amount, Entry, Step, Treaty, Way, Withdrawal
from comity.treaty.model import Test as Asked
from comity.treaty.record import Act, Record

THIRTY = After((Step("days", 30),))
TREATY = Treaty(
    "charter",
    entry=Entry(Asked("at_least", Amount(4)), THIRTY, article="art_21"),
    ways=(Way(THIRTY),),
    withdrawal=Withdrawal(After((Step("months", 12),))),
)


def consent(party: str, on: str) -> Act:
    return Act(f"deposit-{party}", "consented", date.fromisoformat(on), party, "ratification")


THREE = Record.of(
    [consent("A", "2003-06-29"), consent("B", "2003-07-04"), consent("C", "2003-07-15")]
)


def test_the_fourth_deposit_would_bring_it_into_force() -> None:
    found = forecast(TREATY, THREE, [Planned("D", date(2003, 8, 20))])
    assert (found.met_on, found.enters_on) == (date(2003, 8, 20), date(2003, 9, 19))
    assert found.stage == "met"


def test_one_deposit_too_few_brings_nothing() -> None:
    found = forecast(TREATY, Record.of(THREE.acts[:2]), [Planned("D", date(2003, 8, 20))])
    assert found.enters_on is None
    assert found.missing == (1,)


def test_all_that_an_act_changes_is_said_before_it_is_recorded() -> None:
    found = consequences(TREATY, THREE, consent("D", "2003-08-20"))
    enters = date(2003, 9, 19)
    assert found == (
        Consequence("met_on", None, date(2003, 8, 20)),
        Consequence("enters_on", None, enters),
        Consequence("stage", "open", "met"),
        *(Consequence("bound_since", None, enters, party=each) for each in "ABCD"),
    )


def test_an_act_that_would_not_be_taken_says_why() -> None:
    again = Act("again", "consented", date(2003, 8, 20), "A", "accession")
    found = consequences(TREATY, THREE, again)
    assert found == (Consequence("refused", None, "already_consented", act="again"),)


def test_an_act_entered_late_changes_what_followed() -> None:
    later = THREE.adding([consent("D", "2003-09-01")])
    found = consequences(TREATY, later, consent("E", "2003-08-20"))
    assert found[:2] == (
        Consequence("met_on", date(2003, 9, 1), date(2003, 8, 20)),
        Consequence("enters_on", date(2003, 10, 1), date(2003, 9, 19)),
    )


def test_a_notice_ends_what_bound() -> None:
    inside = THREE.adding([consent("D", "2003-08-20")])
    notice = Act("notice", "denounced", date(2010, 1, 1), "A")
    found = consequences(TREATY, inside, notice)
    assert found == (Consequence("bound_until", None, date(2011, 1, 1), party="A"),)


@given(
    st.permutations("ABCDE"),
    st.lists(st.dates(date(2003, 1, 1), date(2004, 1, 1)), min_size=5, max_size=5),
)
def test_a_plan_carried_out_is_what_was_forecast(who: list[str], days: list[date]) -> None:
    plan = [Planned(party, day) for party, day in zip(who, days, strict=True)]
    foretold = forecast(TREATY, Record(), plan)
    came = status_of(TREATY, Record.of(each.act for each in plan), max(days))
    assert list(changes(foretold, came)) == []
    assert foretold.enters_on == came.enters_on
