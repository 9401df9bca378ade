"""A rule called monotone is; one called not is shown not to be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.monotony import Monotony, monotony
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from tests.core.decision.chance import POSITIONS, SECTIONS, TABLE, Put, put, rules

RULES = read_file(Path(__file__).parent / "data" / "rules.yaml")
# A blocking minority whose size depends on who takes part, and rules that others select.
OPEN = {"eu_qmv_subset_55_65", "important_question", "part_of_a_proposal"}
OPEN |= {"eu_nice_qmv_27", "eu_nice_qmv_28", "eu_nice_qmv_28_not_commission"}


def of(when: dict[str, Any], **keys: Any) -> Rule:
    entries = [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}]
    rule = {"positions": "votes", "decide": entries, **keys}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}, logic=False).on("r")


@pytest.mark.parametrize("name", RULES.versions)
def test_the_rules_of_the_world_are_monotone(name: str) -> None:
    for each in RULES.versions[name]:
        found = monotony(each, tries=50)
        assert found.verdict == ("unknown" if name in OPEN else "monotone")


HALF = {"votes": "in_favour", "more_than": "1/2", "of": ["in_favour", "against"]}


@pytest.mark.parametrize(
    ("when", "method"),
    [
        (HALF, "form"),
        ({"not": {"votes": "against", "at_least": 1}}, "form"),
        ({"other_than": "against", "at_least": "2/3", "of": "electorate"}, "form"),
        # Few against, or none: the second adds nothing that the first has not.
        (
            {
                "any": [
                    HALF,
                    {"all": [HALF, {"votes": "abstaining", "at_least": 1}]},
                ]
            },
            "proof",
        ),
    ],
)
def test_how_it_is_known(when: dict[str, Any], method: str) -> None:
    assert monotony(of(when)) == Monotony("monotone", method)  # type: ignore[arg-type]


def test_two_counts_compared_are_monotone_by_their_form() -> None:
    for share in ("1/2", 1, 2):
        rule = of({"votes": "in_favour", "at_least": share, "of": "against"})
        assert (monotony(rule).verdict, monotony(rule).method) == ("monotone", "form")


@pytest.mark.parametrize(
    "when",
    [
        {"votes": "in_favour", "at_most": 3},
        {"all": [HALF, {"votes": "abstaining", "at_least": 2}]},
        # A majority of the present, where presence without a vote is for nothing.
        {"votes": "against", "at_least": 1},
    ],
)
def test_a_counterexample_is_one(when: dict[str, Any]) -> None:
    rule = of(when)
    found = monotony(rule)
    assert (found.verdict, found.method) == ("not_monotone", "search")
    assert found.example is not None
    positions: dict[str, str] = {}
    some = []
    for groups, position, number in found.example.members:
        for _ in range(number):
            member = f"M{len(positions)}"
            positions[member] = position
            some += [member] if "some" in groups else []
    mover = next(
        member
        for member, position in positions.items()
        if position == found.example.before and (member in some) == ("some" in found.example.groups)
    )
    question = Question.of(positions, groups={"some": some})
    assert decide(rule, question, positions).value.carried
    positions[mover] = found.example.after
    assert not decide(rule, question, positions).value.carried


def test_a_counterexample_may_hold_somebody_who_said_nothing() -> None:
    table = {**TABLE, "positions": {k: v for k, v in POSITIONS.items() if k != "apart"}}
    when = [
        {"votes": "members", "at_least": 4},
        {"votes": "electorate", "at_most": 3},
        {"votes": "in_favour", "at_most": 0},
    ]
    entries = [{"outcome": "adopted", "when": {"all": when}}, {"outcome": "not_adopted"}]
    rule = {
        "positions": "votes",
        "electorate": {"only_participants": True},
        "decide": entries,
    }
    sections = {**SECTIONS, "position_tables": {"votes": table}}
    found = monotony(read_rules({**sections, "decision_rules": {"r": rule}}).on("r"))
    assert (found.verdict, found.method) == ("not_monotone", "search")
    assert found.example is not None
    assert "absent" in {position for _, position, _ in found.example.members}


def test_without_an_order_nothing_is_said() -> None:
    sections = {**SECTIONS, "position_tables": {"votes": {**SECTIONS["position_tables"]["votes"]}}}
    del sections["position_tables"]["votes"]["order"]
    entries = [{"outcome": "adopted", "when": HALF}, {"outcome": "not_adopted"}]
    rule = {"positions": "votes", "decide": entries}
    found = monotony(read_rules({**sections, "decision_rules": {"r": rule}}).on("r"))
    assert found == Monotony("unknown", "no_order")


STEPS = [("no", "abstain"), ("abstain", "yes"), ("no", "yes"), ("absent", "yes"), ("apart", "yes")]


@settings(max_examples=200)
@given(rules(), put(), st.data())
def test_a_supporter_more_never_undoes_a_decision(rule: Rule, asked: Put, data: Any) -> None:
    if monotony(rule, tries=20).verdict != "monotone":
        return
    member = data.draw(st.sampled_from(asked.question.members))
    before = asked.positions.get(member, "absent")
    after = data.draw(
        st.sampled_from([after for start, after in STEPS if start == before] or ["yes"])
    )
    if decide(rule, asked.question, asked.positions).value.carried:
        moved = {**asked.positions, member: after}
        assert decide(rule, asked.question, moved).value.carried
