"""Rules and electorates at random, for properties that must hold of every rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.read import read_rules

POSITIONS = {
    "yes": {"counts_as": "in_favour"},
    "no": {"counts_as": "against"},
    "abstain": {"counts_as": "abstaining"},
    "absent": {"present": False},
    "apart": {"takes_part": False, "bound": False},
}
TABLE = {"silent": "absent", "order": ["no", "abstain", "yes"], "positions": POSITIONS}
SECTIONS: dict[str, Any] = {
    "groups": {"some": {}},
    "roles": {"concerned": {}},
    "weights": {"power": {}},
    "position_tables": {"votes": TABLE},
}
CLASSES = ("in_favour", "against", "abstaining")
COMPARATORS = ("at_least", "more_than", "at_most", "less_than")

_classes = st.one_of(
    st.sampled_from([*CLASSES, "electorate", "present", "members"]),
    st.lists(st.sampled_from(CLASSES), min_size=1, max_size=2, unique=True),
)
_shares = st.sampled_from(["1/3", "1/2", "3/5", "2/3", "0.55", "1"])


@st.composite
def _fewest(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the smallest number of members who weigh as much, in one of the units."""
    fewest: dict[str, Any] = {
        "weight": "power",
        draw(st.sampled_from(["at_least", "more_than"])): draw(_shares),
    }
    if draw(st.booleans()):
        fewest["of"] = draw(_classes)
    if draw(st.integers(0, 2)) == 0:
        fewest["group"] = "some"
    return {"fewest_with": fewest}


@st.composite
def tests(draw: st.DrawFn) -> dict[str, Any]:
    if draw(st.integers(0, 5)) == 0:
        comparator = draw(st.sampled_from(COMPARATORS))
        return {"votes": draw(_classes), comparator: draw(_fewest())}
    test: dict[str, Any] = {draw(st.sampled_from(["votes", "other_than"])): draw(_classes)}
    comparator = draw(st.sampled_from(COMPARATORS))
    if draw(st.booleans()):
        test |= {comparator: draw(_shares), "of": draw(_classes)}
        if draw(st.booleans()):
            test["plus"] = draw(st.integers(0, 1))
        if draw(st.integers(0, 3)) == 0:
            test["of_group"] = draw(st.sampled_from(["all", "some"]))
        if draw(st.integers(0, 3)) == 0:
            test["rounded"] = draw(st.sampled_from(["up", "down", "half_up"]))
    else:
        test[comparator] = draw(st.integers(0, 4))
    if draw(st.booleans()):
        test["weight"] = "power"
    if draw(st.integers(0, 2)) == 0:
        test["group"] = "some"
    return test


def some_of(conditions: list[dict[str, Any]], number: int) -> dict[str, Any]:
    return {"any": conditions, "at_least": min(number, len(conditions))}


conditions = st.recursive(
    tests(),
    lambda below: st.one_of(
        st.builds(lambda each: {"all": each}, st.lists(below, min_size=1, max_size=3)),
        st.builds(lambda each: {"any": each}, st.lists(below, min_size=1, max_size=3)),
        st.builds(some_of, st.lists(below, min_size=2, max_size=3), st.integers(2, 3)),
        st.builds(lambda each: {"not": each}, below),
    ),
    max_leaves=4,
)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    outcomes = draw(
        st.lists(st.sampled_from(["adopted", "not_adopted", "vetoed"]), min_size=2, max_size=3)
    )
    entries: list[dict[str, Any]] = [
        {"outcome": each, "when": draw(conditions)} for each in outcomes[:-1]
    ]
    rule: dict[str, Any] = {
        "positions": "votes",
        "decide": [*entries, {"outcome": outcomes[-1]}],
        "electorate": draw(
            st.sampled_from(
                [{}, {"without": ["concerned"]}, {"among": "some"}, {"only_participants": True}]
            )
        ),
    }
    if draw(st.integers(0, 2)) == 0:
        rule["quorum"] = {"votes": "present", "more_than": "1/2", "of": "electorate"}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}, logic=False).on("r")


@dataclass(frozen=True)
class Put:
    question: Question
    positions: dict[str, str]


@st.composite
def put(draw: st.DrawFn, largest: int = 7) -> Put:
    members = [f"M{n}" for n in range(draw(st.integers(1, largest)))]
    some = draw(st.sets(st.sampled_from(members)))
    question = Question.of(
        members,
        groups={"some": some},
        weights={"power": {each: draw(st.integers(0, 5)) for each in members}},
        roles={"concerned": draw(st.sets(st.sampled_from(members), max_size=1))},
    )
    positions = {
        each: draw(st.sampled_from([*POSITIONS])) for each in members if draw(st.booleans())
    }
    return Put(question, positions)
