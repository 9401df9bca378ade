"""Who blocks does not depend on the order in which a rule asks."""

from itertools import product
from typing import Any

import pytest

from comity.decision.deciding import decide, decide_tallied
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.read import read_rules

VOTES: dict[str, Any] = {
    "silent": "absent",
    "order": ["no", "abstain", "yes"],
    "positions": {
        "yes": {"counts_as": "in_favour"},
        "no": {"counts_as": "against"},
        "abstain": {"counts_as": "abstaining"},
        "absent": {"present": False},
    },
}
VETO = {"votes": "against", "group": "permanent", "at_least": 1}
NO_VETO = {"votes": "against", "group": "permanent", "at_most": 0}
THREE = {"votes": "in_favour", "at_least": 3}
MORE_THAN_TWO = {"votes": "in_favour", "more_than": 2}
MEMBERS = ("AA", "BB", "CC", "DD")
GROUPS = {"permanent": ["AA", "BB"]}


def council(*decide: dict[str, Any]) -> Rule:
    rule = {"positions": "votes", "decide": [*decide, {"outcome": "not_adopted"}]}
    sections = {"groups": {"permanent": {}}, "position_tables": {"votes": VOTES}}
    return read_rules({**sections, "decision_rules": {"r": rule}}).on("r")


def outcome(name: str, when: dict[str, Any]) -> dict[str, Any]:
    return {"outcome": name, "when": when}


VETO_LAST = council(
    outcome("adopted", {"all": [THREE, NO_VETO]}),
    outcome("vetoed", THREE),
)


@pytest.mark.parametrize(
    ("votes", "carried"),
    [
        (THREE, THREE),
        (MORE_THAN_TWO, MORE_THAN_TWO),
        (MORE_THAN_TWO, THREE),
        (THREE, {"all": [THREE, NO_VETO]}),
        (THREE, {"any": [{"all": [THREE, NO_VETO]}, THREE]}),
    ],
)
def test_a_veto_may_be_asked_before_the_votes_or_after_them(
    votes: dict[str, Any], carried: dict[str, Any]
) -> None:
    veto_first = council(outcome("vetoed", {"all": [votes, VETO]}), outcome("adopted", carried))
    question = Question.of(MEMBERS, groups=GROUPS)
    for taken in product(("yes", "no", "abstain", "absent"), repeat=len(MEMBERS)):
        positions = dict(zip(MEMBERS, taken, strict=True))
        first = decide(veto_first, question, positions).value
        last = decide(VETO_LAST, question, positions).value
        assert first.outcome == last.outcome
        if first.outcome == "vetoed":
            assert first.blocked_by == last.blocked_by


def test_of_tallies_too_only_the_veto_blocks() -> None:
    rule = council(outcome("vetoed", {"all": [THREE, VETO]}), outcome("adopted", THREE))
    found = decide_tallied(
        rule, [{"yes": 3, "no": 1, "members": 4}, {"group": "permanent", "no": 1, "members": 2}]
    )
    assert (found.value.outcome, found.value.blocking) == ("vetoed", 1)


@pytest.mark.parametrize(
    ("earlier", "carried", "blocked_by"),
    [
        # Another amount, weight or group says something else, and blocks.
        (3, {"votes": "in_favour", "at_least": 2}, ("AA", "BB", "CC", "DD")),
        (2, {"votes": "in_favour", "at_least": 3}, ("DD",)),
        (2, {"votes": "in_favour", "more_than": 2}, ("DD",)),
        (3, {"votes": "in_favour", "group": "permanent", "at_least": 1}, ("AA", "BB", "CC", "DD")),
        # One of two ways to carry goes without it.
        (3, {"any": [THREE, {"votes": "in_favour", "at_least": 2}]}, ("AA", "BB", "CC", "DD")),
        (3, {"not": {"votes": "in_favour", "less_than": 2}}, ("AA", "BB", "CC", "DD")),
    ],
)
def test_what_the_carrying_outcome_does_not_need_is_an_obstacle(
    earlier: int, carried: dict[str, Any], blocked_by: tuple[str, ...]
) -> None:
    enough = {"votes": "in_favour", "at_least": earlier}
    against = {"votes": "against", "at_least": 1}
    rule = council(outcome("vetoed", {"all": [enough, against]}), outcome("adopted", carried))
    question = Question.of(MEMBERS, groups=GROUPS)
    positions = {"AA": "yes", "BB": "yes", "CC": "yes", "DD": "no"}
    assert decide(rule, question, positions).value.blocked_by == blocked_by
