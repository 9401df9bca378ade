"""Every refusal: its code, its article, what it compares, and which goes before which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from comity.kernel import documents
from comity.procedure.admitting import REFUSALS
from comity.procedure.calendars import Span
from comity.procedure.events import Event, Matter
from comity.procedure.fold import state_of
from comity.procedure.model import Condition, Procedure, Take
from comity.procedure.read import read_file, read_procedures
from comity.procedure.standing import Refused, Standing

MACHINE = """
roles: {chair: {}}
position_tables:
  words:
    silent: none_taken
    positions: {none_taken: {}, for_it: {counts_as: in_favour}, objects: {counts_as: opposed}}
decision_rules:
  r:
    positions: words
    decide:
      - {outcome: not_adopted, when: {votes: opposed, at_least: 1/1, of: electorate}}
      - {outcome: adopted}
procedures:
  machine:
    rule: r
    starts: start
    stages:
      start:
        takes: [{event: tabled, by: anyone, to: main}, {event: withdrawn, by: anyone, to: other}]
      main:
        takes:
          - {event: extended, by: anyone}
          - event: rule_suspended
            by: anyone
            suspends: [art]
            when: [{count: members, at_least: 1, article: art}]
            decide: {of: event}
        deadline: {period: {clock_hours: 50}, until: exclusive, to: other}
      other: {takes: [{event: amended, by: anyone}]}
"""
PLAIN = read_procedures(documents.parse(MACHINE)).on("machine")
MATTER = Matter.of("m", ["AA", "BB", "CC"], roles={"chair": ["AA"]})
START = datetime(2030, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOW = START + 10 * HOUR
END = START + 50 * HOUR

GOOD = Event(
    "x", "extended", NOW, "BB", "objects", "A/1", END + 20 * HOUR, "Why.", "art", {"BB": "for_it"}
)
# What in an event offends; and which condition of the stage does, whatever the event.
EVENT: Mapping[str, Mapping[str, Any]] = {
    "repeated_identifier": {"id": "begin"},
    "unknown_kind": {"kind": "joined"},
    "incomplete_event": {"by": ""},
    "unknown_word": {"position": "nonsense"},
    "not_taken": {"kind": "amended"},
    "not_suspendable": {"about": "other"},
    "other_position": {"position": "for_it"},
    "other_version": {"text": "A/0"},
    "reason_missing": {"reason": " "},
    "nothing_changed": {"until": END},
}
CONDITION: Mapping[str, Condition] = {
    "too_late": Condition("since", "stage", span_most=Span(1)),
    "too_early": Condition("since", "stage", span_least=Span(40)),
    "other_position": Condition("counts_as", "opposed", ("opposed",)),
    "other_version": Condition("text", "current"),
    "reason_missing": Condition("reason", "given"),
    "too_short": Condition("length", "set", span_least=Span(90)),
    "too_long": Condition("length", "set", span_most=Span(1)),
    "too_often": Condition("times", "tabled", most=0),
    "too_few": Condition("count", "members", least=9),
    "too_many": Condition("count", "members", most=1),
}
POSSIBLE = [each for each in REFUSALS if each != "impossible_instant"]


def refusal(*codes: str) -> Refused | None:
    """Return why an event is refused that offends in each of the ways at once."""
    changes: dict[str, Any] = {}
    if "not_suspendable" in codes:
        changes["kind"] = "rule_suspended"
    for code in sorted(codes, key=REFUSALS.index, reverse=True):
        changes |= EVENT.get(code, {})
    event = replace(GOOD, **changes)
    found = standing(machine(codes), [Event("begin", "tabled", START, "CC", text="A/1"), event])
    mine = [each for each in found.refused if each.event == event.id]
    assert len(mine) <= 1
    return mine[0] if mine else None


def machine(codes: tuple[str, ...]) -> Procedure:
    """Return the machine whose conditions offend, written in the contrary of their order."""
    when = tuple(CONDITION[code] for code in reversed(codes) if code in CONDITION)
    main = PLAIN.stages["main"]

    def strict(take: Take) -> Take:
        by = ("chair",) if "not_entitled" in codes else take.by
        return replace(take, when=when, by=by, article="art_take")

    takes = tuple(map(strict, main.takes))
    return replace(PLAIN, stages={**PLAIN.stages, "main": replace(main, takes=takes)})


def standing(procedure: Procedure, events: list[Event], at: datetime = NOW) -> Standing:
    return state_of(procedure, MATTER, events, at).value


def test_without_offence_both_kinds_are_taken() -> None:
    assert refusal() is None
    begin = Event("begin", "tabled", START, "CC", text="A/1")
    found = standing(PLAIN, [begin, replace(GOOD, kind="rule_suspended")])
    assert (found.refused, found.suspended) == ((), ("art",))


@pytest.mark.parametrize("code", POSSIBLE)
def test_each_refusal_has_its_code(code: str) -> None:
    found = refusal(code)
    assert found
    assert found.code == code
    assert (found.kind, found.stage) == ({**{"kind": "extended"}, **_kind(code)}["kind"], "main")


def _kind(code: str) -> Mapping[str, Any]:
    return {"kind": "rule_suspended"} if code == "not_suspendable" else EVENT.get(code, {})


# What cannot be so at once: an end that stays what it is does not lie too far off, and whoever
# would set an article aside sets no end.
APART = {("too_long", "nothing_changed"), ("not_suspendable", "nothing_changed")}
PAIRS = [each for each in combinations(POSSIBLE, 2) if each not in APART]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_of_two_refusals_the_first_is_given(first: str, second: str) -> None:
    for codes in ((first, second), (second, first)):
        found = refusal(*codes)
        assert found
        assert found.code == first


def test_an_event_of_no_instant_is_refused_before_all_else() -> None:
    event = replace(GOOD, at=datetime.min.replace(tzinfo=UTC), kind="no_such_kind", by="")
    assert [each.code for each in standing(PLAIN, [event]).refused] == ["impossible_instant"]


@pytest.mark.parametrize(
    ("code", "found", "required"),
    [
        ("repeated_identifier", "begin", ""),
        ("unknown_kind", "joined", "amended, extended, rule_suspended, tabled, withdrawn"),
        ("incomplete_event", "extended", "by"),
        ("unknown_word", "nonsense", "for_it, none_taken, objects"),
        ("not_taken", "main", "other"),
        ("not_entitled", "BB", "chair"),
        ("too_late", "2030-01-01T10:00:00Z", "2030-01-01T01:00:00Z"),
        ("too_early", "2030-01-01T10:00:00Z", "2030-01-02T16:00:00Z"),
        ("not_suspendable", "other", "art"),
        ("other_position", "for_it", "opposed"),
        ("other_version", "A/0", "A/1"),
        ("too_short", "2030-01-03T22:00:00Z", "2030-01-06T20:00:00Z"),
        ("too_long", "2030-01-03T22:00:00Z", "2030-01-03T03:00:00Z"),
        ("too_often", "1", "0"),
        ("too_few", "3", "9"),
        ("too_many", "3", "1"),
    ],
)
def test_a_refusal_says_what_was_found_and_required(code: str, found: str, required: str) -> None:
    refused = refusal(code)
    assert refused
    assert (refused.found, refused.required) == (found, required)


def test_a_refusal_names_the_article_of_the_condition_or_else_of_the_way() -> None:
    refused = refusal("too_few")
    assert refused
    assert refused.article == "art_take"
    strict = machine(("too_few",))
    main = strict.stages["main"]
    named = tuple(
        replace(each, when=tuple(replace(one, article="art_own") for one in each.when))
        for each in main.takes
    )
    strict = replace(strict, stages={**strict.stages, "main": replace(main, takes=named)})
    begin = Event("begin", "tabled", START, "CC", text="A/1")
    assert [each.article for each in standing(strict, [begin, GOOD]).refused] == ["art_own"]


def test_a_suspended_article_no_longer_refuses() -> None:
    strict = machine(("too_few",))
    main = strict.stages["main"]
    suspension, extension = PLAIN.stages["main"].takes[1], main.takes[0]
    when = (replace(extension.when[0], article="art"),)
    takes = (replace(extension, when=when), suspension)
    strict = replace(strict, stages={**strict.stages, "main": replace(main, takes=takes)})
    begin = Event("begin", "tabled", START, "CC", text="A/1")
    suspended = replace(GOOD, id="s", kind="rule_suspended", at=NOW - HOUR)
    assert [each.code for each in standing(strict, [begin, GOOD]).refused] == ["too_few"]
    assert standing(strict, [begin, suspended, GOOD]).refused == ()


SILENCE = read_file(Path(__file__).parent / "data" / "assembly.yaml").on("silence")
OPENED = [Event("t", "tabled", START - HOUR, "BB"), Event("s", "silence_opened", START, "AA")]
LATE = Event("o", "position_given", START + 73 * HOUR, "CC", "objects", reason="Why.")


def test_what_comes_after_the_deadline_is_told_the_deadline_and_its_article() -> None:
    (found,) = standing(SILENCE, [*OPENED, LATE], LATE.at).refused
    assert (found.code, found.article, found.stage) == ("too_late", "rule_6", "silence")
    assert found.deadline
    assert found.deadline.at == START + 72 * HOUR


def test_whoever_may_not_act_is_told_so_before_that_it_is_late() -> None:
    (found,) = standing(SILENCE, [*OPENED, replace(LATE, by="XX")], LATE.at).refused
    assert found.code == "not_entitled"


def test_of_several_ways_the_one_on_which_the_event_came_furthest_speaks() -> None:
    bare = replace(LATE, at=START + HOUR, reason="")
    (found,) = standing(SILENCE, [*OPENED, bare], bare.at).refused
    assert found.code == "reason_missing", "not that the position is no agreement"


def test_a_second_event_of_one_identifier_is_refused_and_the_very_same_counts_once() -> None:
    again = replace(OPENED[0], at=START + HOUR)
    assert standing(SILENCE, [*OPENED, OPENED[0]]).refused == ()
    assert [each.code for each in standing(SILENCE, [*OPENED, again]).refused] == [
        "repeated_identifier"
    ]
