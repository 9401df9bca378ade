"""Every refusal, beside the act that would have been admitted in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from comity.kernel.act import Act
from comity.kernel.errors import DataError, Refusal
from comity.register.register import REFUSALS, Register
from tests.core.register.league import act, charter, league, member

OBSERVER = act("admitted", "BB", "1970-01-01", status="observer")
NOTICE = act("withdrawal_notified", "AA", "1990-01-01", id="notice")

# code: (what is recorded before, the act refused, the act admitted in its place)
SCENARIOS: dict[str, tuple[list[Act], Act, Act]] = {
    "already_held": (
        [member("AA")],
        act("admitted", "AA", "1970-01-01", status="member"),
        act("admitted", "BB", "1970-01-01", status="member"),
    ),
    "already_suspended": (
        [member("AA"), act("suspended", "AA", "1971-01-01")],
        act("suspended", "AA", "1972-01-01"),
        act("suspension_lifted", "AA", "1972-01-01"),
    ),
    "before_foundation": (
        [],
        member("AA", "1949-12-31"),
        member("AA", "1950-01-01"),
    ),
    "no_ending_rule": (
        [OBSERVER, member("AA")],
        act("expelled", "BB", "1980-01-01"),
        act("expelled", "AA", "1980-01-01"),
    ),
    "no_such_notice": (
        [member("AA"), NOTICE, member("BB")],
        act("notice_rescinded", "BB", "1990-03-01", notice="notice"),
        act("notice_rescinded", "AA", "1990-03-01", notice="notice"),
    ),
    "no_suspension_rule": (
        [act("admitted", "AA", "2011-01-01", status="partner"), member("BB")],
        act("suspended", "AA", "2012-01-01"),
        act("suspended", "BB", "2012-01-01"),
    ),
    "no_withdrawal_rule": (
        [OBSERVER, member("AA")],
        act("withdrawal_notified", "BB", "1980-01-01"),
        act("withdrawal_notified", "AA", "1980-01-01"),
    ),
    "notice_already_given": (
        [member("AA"), NOTICE, member("BB")],
        act("withdrawal_notified", "AA", "1990-06-01"),
        act("withdrawal_notified", "BB", "1990-06-01"),
    ),
    "notice_shortened": (
        [member("AA"), NOTICE],
        act("notice_extended", "AA", "1990-06-01", notice="notice", until="1990-12-31"),
        act("notice_extended", "AA", "1990-06-01", notice="notice", until="1991-06-01"),
    ),
    "notice_already_settled": (
        [member("AA"), NOTICE],
        act("notice_rescinded", "AA", "1991-01-01", notice="notice"),
        act("notice_rescinded", "AA", "1990-12-31", notice="notice"),
    ),
    "nothing_to_end": (
        [member("AA")],
        act("withdrew", "BB", "1980-01-01"),
        act("withdrew", "AA", "1980-01-01"),
    ),
    "nothing_to_lift": (
        [member("AA"), act("suspended", "AA", "1971-01-01", until="1972-01-01")],
        act("suspension_lifted", "AA", "1972-01-01"),
        act("suspension_lifted", "AA", "1971-12-31"),
    ),
    "nothing_to_return_to": (
        [member("AA"), act("withdrew", "AA", "1980-01-01")],
        act("returned", "BB", "1990-01-01", status="member"),
        act("returned", "AA", "1990-01-01", status="member"),
    ),
    "nothing_to_suspend": (
        [member("AA")],
        act("suspended", "AA", "1959-12-31"),
        act("suspended", "AA", "1960-01-01"),
    ),
    "path_not_open": (
        [],
        act("stage_reached", "AA", "1979-12-31", status="member", stage="invited"),
        act("stage_reached", "AA", "1980-01-01", status="member", stage="invited"),
    ),
    "scope_unchanged": (
        [member("AA")],
        act("territory_joined", "AA", "1980-01-01", territory="ISLE"),
        act("territory_left", "AA", "1980-01-01", territory="ISLE"),
    ),
    "stage_out_of_order": (
        [act("stage_reached", "BB", "1971-01-01", status="observer", stage="decided")],
        act("stage_reached", "AA", "1972-01-01", status="observer", stage="signed"),
        act("stage_reached", "BB", "1972-01-01", status="observer", stage="signed"),
    ),
    "status_not_in_force": (
        [],
        act("admitted", "AA", "2009-12-31", status="partner"),
        act("admitted", "AA", "2010-01-01", status="partner"),
    ),
    "status_required_before": (
        [
            OBSERVER,
            act("stage_reached", ["AA", "BB"], "1981-01-01", status="member", stage="invited"),
        ],
        act("stage_reached", "AA", "1982-01-01", status="member", stage="joined"),
        act("stage_reached", "BB", "1982-01-01", status="member", stage="joined"),
    ),
    "unknown_stage": (
        [],
        act("stage_reached", "AA", "1980-01-01", status="member", stage="inivted"),
        act("stage_reached", "AA", "1980-01-01", status="member", stage="invited"),
    ),
    "wrong_authority": (
        [member("AA")],
        act("expelled", "AA", "1980-01-01", authority={"body": "committee"}),
        act("expelled", "AA", "1980-01-01", authority={"body": "council"}),
    ),
}


def test_every_refusal_has_its_scenario() -> None:
    assert set(SCENARIOS) == REFUSALS


@pytest.mark.parametrize("code", sorted(SCENARIOS))
def test_the_act_is_refused_and_changes_nothing(code: str) -> None:
    before, refused, _ = SCENARIOS[code]
    register = Register([charter()])
    register.append(before)
    with pytest.raises(Refusal) as refusal:
        register.append([refused])
    assert code in {fault.code for fault in refusal.value.faults}
    assert all(fault.act == refused.id and fault.expected for fault in refusal.value.faults)
    assert register.acts == before


@pytest.mark.parametrize("code", sorted(SCENARIOS))
def test_the_act_in_its_place_is_admitted(code: str) -> None:
    before, _, admitted = SCENARIOS[code]
    register = Register([charter()])
    register.append(before)
    register.append([admitted])
    assert register.acts == [*before, admitted]


def test_one_refused_act_refuses_the_whole_batch() -> None:
    register = Register([charter()])
    with pytest.raises(Refusal):
        register.append([member("AA"), act("suspended", "BB", "1970-01-01")])
    assert register.acts == []


def test_a_batch_is_judged_as_a_whole_not_in_its_order() -> None:
    lifted_first = [
        act("suspension_lifted", "AA", "1972-01-01"),
        act("suspended", "AA", "1971-01-01"),
        member("AA"),
    ]
    assert len(league(*lifted_first).acts) == 3


def test_an_act_may_not_take_the_footing_from_an_earlier_one() -> None:
    register = Register([charter()])
    register.append([member("AA"), act("suspended", "AA", "1990-01-01")])
    with pytest.raises(Refusal) as refusal:
        register.append([act("withdrew", "AA", "1980-01-01")])
    assert refusal.value.faults[0].code == "nothing_to_suspend"
    assert refusal.value.faults[0].act == "1990-01-01-aa-suspended"


MALFORMED: dict[str, Act] = {
    "unknown_party": member("XY"),
    "unknown_kind_of_act": act("admited", "AA"),
    "unknown_status": act("admitted", "AA", status="membr"),
    "unknown_body": member("AA", authority={"body": "counsil"}),
    "unknown_article": member("AA", authority={"article": "art_99"}),
    "unknown_field": act("admitted", "AA", status="member", colour="red"),
    "unknown_act": act("annulled", "AA", act="nothing"),
    "missing_field": act("admitted", "AA"),
    "wrong_parties": act("renamed", ["AA", "BB"], names={"en": "A"}),
    "wrong_type": act("admitted", "AA", status=["member"]),
    "malformed_id": member("AA", id="Größe"),
    "impossible_date": act("admitted", "AA", status="member", until="2000-02-30"),
    "unknown_organisation": act("noted", "AA", topic="x", text={"en": "x"}, id="n"),
    "duplicate_act": member("BB", id="twice"),
    "recorded_out_of_order": member("BB", recorded_at="2020-01-01T00:00:00Z"),
    "cannot_correct": act("corrected", act="twice", changes={"id": "other"}),
}


@pytest.mark.parametrize("code", sorted(MALFORMED))
def test_a_malformed_act_is_bad_data(code: str) -> None:
    wrong = MALFORMED[code]
    if code == "unknown_organisation":
        wrong = replace(wrong, organisation="leage")
    register = Register([charter()])
    register.append([member("CC", id="twice")])
    with pytest.raises(DataError) as error:
        register.append([wrong])
    assert code in {fault.code for fault in error.value.faults}
    assert len(register) == 1


def test_the_nearest_name_is_proposed() -> None:
    with pytest.raises(DataError, match='Did you mean "member"'):
        league(act("admitted", "AA", status="membr"))
