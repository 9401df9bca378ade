"""What is always so of a rule: proved where it is said, and said where it is so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from comity.decision.analysis import Remark, analyse
from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from comity.kernel.documents import parse
from comity.kernel.errors import DataError
from tests.core.decision.chance import SECTIONS, Put, put, rules

RULES = read_file(Path(__file__).parent / "data" / "rules.yaml")
NOT_ADOPTED = {"outcome": "not_adopted"}


def votes(comparator: str, amount: object, **keys: Any) -> dict[str, Any]:
    return {"votes": "in_favour", comparator: amount, **keys}


def of(*decide_list: dict[str, Any], **keys: Any) -> Rule:
    rule = {"positions": "votes", "decide": [*decide_list], **keys}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}, logic=False).on("r")


ELECTORATE = {"of": "electorate"}
CAST = {"of": ["in_favour", "against"]}
HALF = votes("more_than", "1/2", **ELECTORATE)
HALF_AGAINST = {"votes": "against", "more_than": "1/2", **ELECTORATE}
SCENARIOS: dict[str, tuple[list[dict[str, Any]], list[tuple[str, tuple[Any, ...]]]]] = {
    "more than all": (
        [{"outcome": "adopted", "when": votes("more_than", 1, **ELECTORATE)}],
        [
            ("test_never_met", ("decide", 0, "when")),
            ("rule_never_met", ()),
            ("outcome_never_reached", ("decide", 0)),
        ],
    ),
    "a third more than all": (
        [{"outcome": "adopted", "when": votes("at_least", "4/3", **CAST)}],
        [
            ("test_never_met", ("decide", 0, "when")),
            ("rule_never_met", ()),
            ("outcome_never_reached", ("decide", 0)),
        ],
    ),
    "at least none": (
        [{"outcome": "adopted", "when": votes("at_least", 0)}],
        [
            ("test_always_met", ("decide", 0, "when")),
            ("rule_always_met", ()),
            ("outcome_never_reached", ("decide", 1)),
        ],
    ),
    "two majorities against one another": (
        [{"outcome": "adopted", "when": {"all": [HALF, HALF_AGAINST]}}],
        [("rule_never_met", ()), ("outcome_never_reached", ("decide", 0))],
    ),
    "a stricter condition after a looser one": (
        [
            {"outcome": "adopted", "when": HALF},
            {"outcome": "vetoed", "when": votes("at_least", "2/3", **ELECTORATE)},
        ],
        [("outcome_never_reached", ("decide", 1))],
    ),
    "one or the contrary": (
        [{"outcome": "adopted", "when": {"any": [HALF, {"not": HALF}]}}],
        [("rule_always_met", ()), ("outcome_never_reached", ("decide", 1))],
    ),
    "nothing carries": (
        [{"outcome": "vetoed", "when": HALF}],
        [("rule_never_met", ())],
    ),
    "a group against the whole of it": (
        [
            {
                "outcome": "adopted",
                "when": {
                    "all": [
                        votes("at_least", 1, **ELECTORATE),
                        {"votes": "against", "group": "some", "at_least": 1},
                    ]
                },
            }
        ],
        [("rule_never_met", ()), ("outcome_never_reached", ("decide", 0))],
    ),
    "an honest rule": ([{"outcome": "adopted", "when": HALF}], []),
    "a share rounded up to all is met": (
        [{"outcome": "adopted", "when": votes("at_least", "0.99", rounded="up", **ELECTORATE)}],
        [],
    ),
}


@pytest.mark.parametrize("title", SCENARIOS)
def test_what_is_always_so_is_said(title: str) -> None:
    entries, remarks = SCENARIOS[title]
    found = analyse(of(*entries, NOT_ADOPTED))
    assert sorted(found, key=str) == sorted((Remark(*each) for each in remarks), key=str)


def test_of_so_many_members_more_is_known() -> None:
    rule = of({"outcome": "adopted", "when": votes("at_least", 9)}, NOT_ADOPTED)
    assert analyse(rule) == ()
    assert analyse(rule, members=9) == ()
    assert Remark("rule_never_met") in analyse(rule, members=8)


def test_a_quorum_that_is_never_there() -> None:
    quorum = {"votes": "present", "more_than": 1, "of": "electorate"}
    found = analyse(of({"outcome": "adopted", "when": HALF}, NOT_ADOPTED, quorum=quorum))
    assert Remark("test_never_met", ("quorum",)) in found
    assert Remark("rule_never_met") in found


@pytest.mark.parametrize("name", RULES.versions)
def test_the_rules_of_the_world_say_something(name: str) -> None:
    assert [analyse(each) for each in RULES.versions[name] if analyse(each)] == []


def test_it_is_reported_when_rules_are_read() -> None:
    text = """\
position_tables: {v: {silent: no, positions: {yes: {counts_as: a}, no: {counts_as: b}}}}
decision_rules:
  r:
    - until: 2000-01-01
      positions: v
      decide: [{outcome: adopted, when: {votes: a, at_least: 1}}, {outcome: not_adopted}]
    - from: 2000-01-01
      positions: v
      decide:
        - {outcome: adopted, when: {votes: a, more_than: 1, of: electorate}}
        - {outcome: not_adopted}
"""
    with pytest.raises(DataError) as refused:
        read_rules(parse(text, "rules.yaml"))
    (fault,) = refused.value.faults
    assert (fault.code, fault.place and fault.place.line) == ("test_never_met", 10)
    assert read_rules(parse(text), logic=False)


def test_whoever_is_never_asked_is_a_member_all_the_same() -> None:
    """A quorum of all members can fail where some are suspended, though all others are there."""
    words = {"yes": {"counts_as": "in_favour"}, "no": {"counts_as": "against"}}
    rule = {
        "positions": "votes",
        "electorate": {"without": ["concerned"]},
        "quorum": {"votes": "electorate", "at_least": "2/3", "of": "members"},
        "decide": [{"outcome": "adopted", "when": HALF}, NOT_ADOPTED],
    }
    table = {"votes": {"silent": "no", "positions": words}}
    sections = {**SECTIONS, "position_tables": table, "decision_rules": {"r": rule}}
    question = Question.of("ABC", roles={"concerned": "AB"})
    found = decide(read_rules(sections).on("r"), question, {"C": "yes"})
    assert found.value.outcome == "no_quorum"


def test_the_group_of_the_fewest_members_need_not_be_counted_elsewhere() -> None:
    fewest = {"weight": "power", "more_than": "1/2", "group": "some"}
    assert (
        analyse(
            of(
                {"outcome": "adopted", "when": votes("at_least", {"fewest_with": fewest})},
                NOT_ADOPTED,
            )
        )
        == ()
    )


@given(rules(), put())
def test_nothing_that_happens_was_said_never_to(rule: Rule, asked: Put) -> None:
    remarks = {(each.code, each.path) for each in analyse(rule)}
    found = decide(rule, asked.question, asked.positions).value
    weighed = any(asked.question.weights["power"].values())
    if not weighed and any(test.weight for test in rule.tests()):
        return  # nothing weighs anything: no electorate of any rule
    assert ("outcome_never_reached", ("decide", found.entry)) not in remarks
    assert ("rule_never_met", ()) not in remarks or not found.carried
    assert ("rule_always_met", ()) not in remarks or found.carried
