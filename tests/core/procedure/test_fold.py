"""What only some procedures do: decide anew, resume, find no rule; and what may happen next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from comity.kernel import documents
from comity.kernel.errors import DataError, UnknownName
from comity.procedure.events import Event, Matter
from comity.procedure.fold import state_of
from comity.procedure.read import read_file, read_procedures
from comity.procedure.standing import Standing

START = datetime(2030, 1, 7, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGAIN = """
weights: {power: {}}
position_tables:
  words:
    silent: silent
    positions: {silent: {}, out: {bound: false}, objects: {counts_as: opposed}}
decision_rules:
  plain:
    positions: words
    decide:
      - {outcome: not_adopted, when: {votes: opposed, at_least: 1/1, of: electorate}}
      - {outcome: adopted}
  weighed:
    positions: words
    decide:
      - {outcome: vetoed, when: {votes: electorate, weight: power, at_least: 1}}
      - {outcome: adopted}
  later:
    from: 2031-01-01
    positions: words
    decide:
      - {outcome: not_adopted, when: {votes: opposed, at_least: 1/1, of: electorate}}
      - {outcome: adopted}
procedures:
  again:
    - rule: plain
      from: 2030-01-01
      until: 2031-01-01
      starts: open
      stages:
        open:
          takes:
            - {event: position_given, by: member}
            - {event: objection_withdrawn, by: member}
            - {event: put_to_decision, by: anyone, decide: {outcomes: [{to: bound}]}}
            - {event: put_to_meeting, by: anyone, to: weighing}
            - {event: referred, by: anyone, to: too_early}
        bound:
          outcome: as_decided
          binds: true
          takes:
            - {event: position_given, by: member}
            - {event: put_to_decision, by: anyone, decide: {outcomes: [{to: bound}]}}
        weighing:
          rule: weighed
          deadline: {period: {clock_hours: 1}, until: inclusive, decide: {outcomes: [{to: bound}]}}
        too_early:
          rule: later
          takes: [{event: put_to_decision, by: anyone, decide: {outcomes: [{to: bound}]}}]
    - {from: 2031-01-01, starts: end, stages: {end: {}}}
"""
PROCEDURES = read_procedures(documents.parse(AGAIN))
MATTER = Matter.of("m", ["AA", "BB", "CC"])


def after(*events: tuple[str, str, str], at: int = 100, matter: Matter = MATTER) -> Standing:
    """Return what stands after events of a kind, by somebody, with a position, hour by hour."""
    told = [
        Event(f"e{number}", kind, START + number * HOUR, by, position)
        for number, (kind, by, position) in enumerate(events)
    ]
    return state_of(PROCEDURES.on("again", date(2030, 1, 7)), matter, told, START + at * HOUR).value


DECIDE = ("put_to_decision", "AA", "")


def test_a_second_decision_ends_and_begins_bonds_and_leaves_those_that_go_on() -> None:
    found = after(("position_given", "BB", "out"), DECIDE, ("position_given", "CC", "out"),
                  ("position_given", "BB", "silent"), DECIDE)  # fmt: skip
    assert found.outcome == "adopted"
    assert [(each.member, each.since, each.until) for each in found.bonds] == [
        ("AA", START + HOUR, None),
        ("CC", START + HOUR, START + 4 * HOUR),
        ("BB", START + 4 * HOUR, None),
    ]
    assert found.bound == ("AA", "BB")


def test_only_an_objection_can_be_withdrawn_as_one() -> None:
    withdrawals = (("objection_withdrawn", who, "") for who in ("BB", "CC"))
    found = after(
        ("position_given", "BB", "out"),
        next(withdrawals),
        ("position_given", "CC", "objects"),
        *withdrawals,
    )
    assert [(each.event, each.code) for each in found.refused] == [("e1", "nothing_changed")]
    assert [*found.positions] == ["BB"]


@pytest.mark.parametrize(
    ("events", "detail"),
    [
        ((("put_to_meeting", "AA", ""),), 'no weights "power" on 2030-01-07'),
        ((("referred", "AA", ""), DECIDE), "no such rule on the day"),
    ],
)
def test_what_cannot_be_decided_stays_where_it_is_and_is_in_doubt(
    events: tuple[tuple[str, str, str], ...], detail: str
) -> None:
    found = after(*events)
    assert found.outcome == ""
    assert found.deadline is None
    (doubt,) = found.doubts
    assert (doubt.code, doubt.detail) == ("undecided", detail)


def test_an_inclusive_deadline_has_not_passed_at_its_own_instant() -> None:
    weighed = Matter.of("m", ["AA"], weights={"power": {"AA": "0.5"}})
    assert after(("put_to_meeting", "AA", ""), at=1, matter=weighed).stage == "weighing"
    found = after(("put_to_meeting", "AA", ""), at=2, matter=weighed)
    assert (found.stage, found.since) == ("bound", START + HOUR)


def test_a_question_at_no_instant_is_refused() -> None:
    procedure = PROCEDURES.on("again")
    for at in (START.replace(tzinfo=None), datetime.max.replace(tzinfo=UTC)):
        with pytest.raises(DataError) as refused:
            state_of(procedure, MATTER, (), at)
        assert refused.value.code == "impossible_instant"


def test_a_procedure_has_versions() -> None:
    assert PROCEDURES.on("again").starts == "end"
    assert PROCEDURES.on("again", date(2030, 12, 31)).starts == "open"
    with pytest.raises(UnknownName, match='no procedure "agin"'):
        PROCEDURES.on("agin")
    with pytest.raises(UnknownName) as refused:
        PROCEDURES.on("again", date(2029, 12, 31))
    assert refused.value.code == "procedure_not_in_force"
    with pytest.raises(UnknownName, match="no stage"):
        PROCEDURES.on("again").stage("nowhere")


ASSEMBLY = read_file(Path(__file__).parent / "data" / "assembly.yaml")


def test_what_may_happen_next_says_by_whom_from_when_and_up_to_when() -> None:
    procedure = ASSEMBLY.on("consultation")
    matter = Matter.of("m", ["AA", "BB"], roles={"chair": ["AA"], "secretariat": ["SEC"]})
    tabled = Event("t", "tabled", START, "SEC", text="A/1")
    found = state_of(procedure, matter, [tabled], START).value
    assert found.deadline
    ways = {each.kind: each for each in found.next}
    assert ways["position_given"].who == ("AA", "BB")
    assert ways["position_given"].latest == found.deadline.at
    assert ways["put_to_meeting"].earliest == START + 240 * HOUR
    assert ways["put_to_meeting"].stages == ("meeting",)
    assert ways["withdrawn"].who == ("SEC",)
    later = state_of(procedure, matter, [tabled], START + 240 * HOUR).value
    assert {each.kind: each.earliest for each in later.next}["put_to_meeting"] is None


CLOSING = (
    AGAIN.partition("procedures:")[0]
    + """
procedures:
  closing:
    rule: plain
    starts: open
    stages:
      open: {takes: [{event: tabled, by: anyone, to: done}]}
      done:
        takes:
          - {event: statement_filed, by: member, when: [{since: stage, at_most: {clock_hours: 7}}]}
"""
)


@pytest.mark.parametrize(("hours", "refused"), [(6, []), (7, ["too_late"]), (8, ["too_late"])])
def test_a_way_that_is_closed_at_the_very_instant_is_not_named(
    hours: int, refused: list[str]
) -> None:
    procedure = read_procedures(documents.parse(CLOSING, "closing.yaml")).on("closing")
    matter, at = Matter.of("m", ["AA"]), START + hours * HOUR
    events = [Event("t", "tabled", START, "AA", text="A/1")]
    ways = state_of(procedure, matter, events, at).value.next
    assert [each.kind for each in ways] == ([] if refused else ["statement_filed"])
    assert all(each.latest == START + 7 * HOUR for each in ways)
    filed = Event("s", "statement_filed", at, "AA", text="S/1")
    found = state_of(procedure, matter, [*events, filed], at).value
    assert [each.code for each in found.refused] == refused


def test_nothing_may_happen_where_nobody_may_act() -> None:
    procedure = ASSEMBLY.on("interested_states")
    found = state_of(procedure, Matter.of("m", ["AA"]), (), START).value
    assert [each.kind for each in found.next] == ["tabled", "declared_interest"]


def test_seventeen_who_leave_break_a_quorum_of_more_than_half_of_eighty_eight() -> None:
    """As at the International Whaling Commission on 20 October 2022.

    17 of 58 members left the room and 41 of 88 remained; the quorum was 45
    (sellheimenvironmental.org, 21 October 2022). Who they were is not asked here.
    """
    procedure = ASSEMBLY.on("meeting")
    members = [f"M{number:02}" for number in range(88)]
    matter = Matter.of("m", members, roles={"chair": ["M00"]})

    def done(kind: str, hour: int, who: list[str], word: str = "") -> list[Event]:
        return [Event(f"{kind} {each}", kind, START + hour * HOUR, each, word) for each in who]

    asked = [
        Event("important", "question_decided", START + HOUR, "M00", positions={"M00": "yes"}),
        Event("decide", "put_to_decision", START + 5 * HOUR, "M00"),
    ]
    events = [
        *done("put_to_meeting", 0, ["M00"]),
        *done("entered", 1, members[:58]),
        *done("position_given", 2, members[:41], "yes"),
        *asked,
    ]
    leaving = done("walked_out", 3, members[41:58])
    with_all = state_of(procedure, matter, events, START + 6 * HOUR).value
    assert with_all.outcome == "adopted"
    left = state_of(procedure, matter, [*events, *leaving], START + 6 * HOUR).value
    assert (left.outcome, left.bound) == ("no_quorum", ())
    returned = state_of(procedure, matter, [*events, *leaving[4:]], START + 6 * HOUR).value
    assert returned.outcome == "adopted", "45 are in the room"
