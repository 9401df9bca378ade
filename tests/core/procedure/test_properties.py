"""What holds of every procedure of the Assembly, whatever happens and in whatever order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.procedure.admitting import REFUSALS
from comity.procedure.events import KINDS, Event, Matter
from comity.procedure.fold import state_of
from comity.procedure.model import Procedure
from comity.procedure.read import read_file
from comity.procedure.standing import Standing

PROCEDURES = read_file(Path(__file__).parent / "data" / "assembly.yaml")
NAMES = sorted(PROCEDURES.versions)
MEMBERS = ("AA", "BB", "CC", "DD")
MATTER = Matter.of(
    "m",
    MEMBERS,
    bodies={"ministers": MEMBERS[:3]},
    roles={"chair": ["AA"], "secretariat": ["SEC"], "subject_member": ["DD"]},
)
BEGINNING = datetime(2030, 3, 20, 10, tzinfo=UTC)
WORDS = (
    "", "objects", "joins_consensus", "ad_referendum", "yes", "no", "absent", "opts_out",
    "nonsense",
)  # fmt: skip

instants = st.one_of(
    st.integers(0, 60), st.integers(0, 24 * 60), st.integers(0, 400 * 24 * 60)
).map(lambda each: BEGINNING + timedelta(minutes=each))


@st.composite
def events_of(draw: st.DrawFn, procedure: Procedure) -> list[Event]:
    kinds = st.sampled_from([*sorted(procedure.kinds), *sorted(KINDS), "no_such_kind"])
    events = []
    for number in range(draw(st.integers(0, 12))):
        at = draw(instants)
        events.append(
            Event(
                id=draw(st.sampled_from([f"e{number}"] * 9 + ["same"])),
                kind=draw(kinds),
                at=at,
                by=draw(st.sampled_from(["AA", "AA", "BB", "CC", "DD", "SEC", "XX", ""])),
                position=draw(st.sampled_from(WORDS)),
                text=draw(st.sampled_from(["", "A/1", "A/2"])),
                until=draw(st.sampled_from([None, at, at + timedelta(days=4)])),
                reason=draw(st.sampled_from(["", "Paragraph 1."])),
                about=draw(st.sampled_from(["", "rule_4"])),
                positions=draw(st.sampled_from([{}, {"AA": "yes", "BB": "no"}, {"XX": "odd"}])),
            )
        )
    return events


@st.composite
def histories(draw: st.DrawFn) -> tuple[Procedure, list[Event]]:
    procedure = PROCEDURES.on(draw(st.sampled_from(NAMES)))
    return procedure, draw(events_of(procedure))


def standing(procedure: Procedure, events: list[Event], at: datetime) -> Standing:
    return state_of(procedure, MATTER, events, at).value


@settings(max_examples=80, deadline=None)
@given(history=histories(), at=instants, data=st.data())
def test_the_order_of_recording_does_not_matter(
    history: tuple[Procedure, list[Event]], at: datetime, data: st.DataObject
) -> None:
    procedure, events = history
    shuffled = data.draw(st.permutations(events))
    assert state_of(procedure, MATTER, shuffled, at) == state_of(procedure, MATTER, events, at)


@settings(max_examples=80, deadline=None)
@given(history=histories(), at=instants)
def test_what_happens_later_never_changes_what_stood(
    history: tuple[Procedure, list[Event]], at: datetime
) -> None:
    procedure, events = history
    earlier = [each for each in events if each.at <= at]
    assert state_of(procedure, MATTER, earlier, at) == state_of(procedure, MATTER, events, at)


@settings(max_examples=80, deadline=None)
@given(history=histories(), first=instants, second=instants)
def test_what_was_issued_refused_and_passed_through_stays(
    history: tuple[Procedure, list[Event]], first: datetime, second: datetime
) -> None:
    procedure, events = history
    before, after = (standing(procedure, events, each) for each in sorted((first, second)))
    assert after.issued[: len(before.issued)] == before.issued
    assert after.refused[: len(before.refused)] == before.refused
    assert after.taken[: len(before.taken)] == before.taken
    assert after.texts[: len(before.texts)] == before.texts
    assert [each.stage for each in after.spells][: len(before.spells)] == [
        each.stage for each in before.spells
    ]
    for bond in before.bonds:
        assert any((each.member, each.since) == (bond.member, bond.since) for each in after.bonds)


@settings(max_examples=80, deadline=None)
@given(history=histories(), at=instants)
def test_every_event_is_taken_or_refused_once(
    history: tuple[Procedure, list[Event]], at: datetime
) -> None:
    procedure, events = history
    found = standing(procedure, events, at)
    assert all(each.code in REFUSALS for each in found.refused)
    distinct = {(each.id, each.at, each.content) for each in events if each.at <= at}
    assert len(found.taken) + len(found.refused) == len(distinct)


@settings(max_examples=80, deadline=None)
@given(history=histories(), at=instants)
def test_without_the_refused_events_all_stands_as_it_did(
    history: tuple[Procedure, list[Event]], at: datetime
) -> None:
    procedure, events = history
    found = standing(procedure, events, at)
    taken = {identifier for _, _, identifier in found.taken}
    kept = [each for each in events if each.id in taken and each.id != "same"]
    if "same" not in taken:
        again = standing(procedure, kept, at)
        assert replace(again, refused=found.refused) == found


@settings(max_examples=80, deadline=None)
@given(history=histories(), at=instants)
def test_what_may_happen_next_is_taken_when_it_happens(
    history: tuple[Procedure, list[Event]], at: datetime
) -> None:
    """Nobody is named who may not, and no kind that the stage does not take."""
    procedure, events = history
    found = standing(procedure, events, at)
    for way in found.next:
        for who in way.who if way.who != ("anyone",) else ("XX",):
            trial = Event("trial", way.kind, max(at, way.earliest or at), who, "nonsense", "T")
            after = standing(procedure, [*events, trial], trial.at)
            codes = {each.code for each in after.refused if each.event == "trial"}
            if trial.at == at:
                assert not codes & {
                    "unknown_kind",
                    "not_taken",
                    "not_entitled",
                    "too_early",
                    "too_late",
                }


@pytest.mark.parametrize(
    "at", [BEGINNING.replace(tzinfo=None), datetime.min.replace(tzinfo=UTC), None]
)
def test_an_event_of_no_instant_is_refused_and_nothing_is_raised(at: datetime) -> None:
    procedure = PROCEDURES.on("silence")
    found = standing(procedure, [Event("x", "tabled", at, "AA")], BEGINNING)
    assert [(each.event, each.code) for each in found.refused] == [("x", "impossible_instant")]


def test_events_in_the_last_years_are_reckoned_too() -> None:
    procedure = PROCEDURES.on("tacit")
    at = datetime(9999, 12, 28, tzinfo=UTC)
    votes = [Event(f"v{who}", "position_given", at, who, "yes") for who in MEMBERS]
    found = standing(procedure, [*votes, Event("z", "put_to_decision", at, "AA")], at)
    assert found.stage == "opting_out"
    assert found.deadline
    assert found.deadline.at.year == 9999
