"""What a decision hangs on where positions of some members are not known."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.monotony import monotony
from comity.decision.outlook import Outlook, outlook
from comity.decision.question import Question
from comity.decision.read import read_rules
from comity.kernel.errors import DataError, UnknownName
from tests.core.decision.chance import POSITIONS, SECTIONS, Put, put, rules


def rule_of(*entries: dict[str, Any], **more: Any) -> Rule:
    rule = {"positions": "votes", "decide": [*entries, {"outcome": "not_adopted"}], **more}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}, logic=False).on("r")


def in_favour(number: int, **more: Any) -> Rule:
    return rule_of(
        {"outcome": "adopted", "when": {"votes": "in_favour", "at_least": number}}, **more
    )


VETO = rule_of(
    {
        "outcome": "adopted",
        "when": {
            "all": [
                {"votes": "in_favour", "at_least": 2},
                {"votes": "against", "group": "some", "at_most": 0},
            ]
        },
    },
    {"outcome": "vetoed", "when": {"votes": "in_favour", "at_least": 2}},
)
YES, NO = {"A": "yes", "B": "yes"}, {"A": "no", "B": "no"}


@pytest.mark.parametrize(
    ("needed", "known", "state", "outcomes", "hangs_on"),
    [
        (2, YES, "carried", ("adopted",), ()),
        (3, YES, "open", ("adopted", "not_adopted"), ("C", "D")),
        (4, YES, "open", ("adopted", "not_adopted"), ("C", "D")),
        (5, YES, "not_carried", ("not_adopted",), ()),
        (3, NO, "not_carried", ("not_adopted",), ()),
    ],
)
def test_it_is_open_only_where_it_hangs_on_those_unknown(
    needed: int, known: dict[str, str], state: str, outcomes: tuple[str, ...], hangs_on: tuple[str]
) -> None:
    found = outlook(in_favour(needed), Question.of("ABCD"), known, "CD")
    assert found == Outlook(state, outcomes, hangs_on, "every_position")  # type: ignore[arg-type]


def test_whoever_weighs_nothing_decides_nothing() -> None:
    when = {"votes": "in_favour", "weight": "power", "at_least": 5}
    question = Question.of("ABCD", weights={"power": {"A": 2, "B": 2, "C": 1, "D": 0}})
    found = outlook(rule_of({"outcome": "adopted", "when": when}), question, YES, "CD")
    assert (found.state, found.hangs_on) == ("open", ("C",))


def test_a_group_makes_the_difference_between_outcomes_that_do_not_carry() -> None:
    question = Question.of("ABCD", groups={"some": "AC"})
    known = {"A": "no", "B": "yes"}
    found = outlook(VETO, question, known, "D")
    assert (found.state, found.outcomes) == ("not_carried", ("vetoed", "not_adopted"))
    assert found.hangs_on == ("D",)
    assert outlook(VETO, question, YES, "C").outcomes == ("adopted", "vetoed")
    assert outlook(VETO, question, YES, "D").outcomes == ("adopted",)


def test_without_unknown_positions_everything_is_known() -> None:
    found = outlook(in_favour(2), Question.of("AB"), YES, ())
    assert found == Outlook("carried", ("adopted",), (), "known")


def test_whom_the_rule_never_asks_is_not_asked_here() -> None:
    rule = in_favour(2, electorate={"without": ["concerned"]})
    question = Question.of("ABC", roles={"concerned": "C"})
    assert outlook(rule, question, YES, "C").how == "known"


def test_a_position_that_was_known_is_not_used_for_one_that_is_not() -> None:
    found = outlook(in_favour(2), Question.of("AB"), YES, "B")
    assert found.state == "open"


def test_of_a_monotone_rule_the_ends_are_enough() -> None:
    members = [f"M{number}" for number in range(40)]
    question = Question.of(
        [*"AB", *members], weights={"power": dict(zip(members, range(1, 41), strict=True))}
    ).with_weights({"power": {"A": 1000, "B": 1000}}, VETO)
    for needed, state, how in (
        (2000, "carried", "monotony"),
        (2001, "open", "some_positions"),
        (2821, "not_carried", "monotony"),
    ):
        when = {"votes": "in_favour", "weight": "power", "at_least": needed}
        found = outlook(rule_of({"outcome": "adopted", "when": when}), question, YES, members)
        assert (found.state, found.how) == (state, how)
        assert bool(found.hangs_on) == (state == "open")


def test_the_least_support_is_tried_in_every_position_that_nothing_is_below() -> None:
    """Whoever is against is present; whoever is absent is not, and then there are too few."""
    both = [{"votes": "in_favour", "at_least": 2}, {"votes": "present", "at_least": 4}]
    rule = rule_of({"outcome": "adopted", "when": {"all": both}})
    for bound in (0, 3):  # each position taken by all, or every way of taking the lowest
        found = outlook(rule, Question.of("ABCD"), YES, "CD", bound=bound)
        assert (found.state, found.how) == ("open", "some_positions")
    assert decide(rule, Question.of("ABCD"), {**YES, "C": "no", "D": "no"}).value.carried


def test_of_a_rule_that_is_not_monotone_nothing_is_claimed_from_the_ends() -> None:
    """Two in favour, no more and no fewer: neither end is adopted, and what lies between is."""
    two = {"votes": "in_favour", "at_least": 2}
    rule = rule_of(
        {"outcome": "not_adopted", "when": {"votes": "in_favour", "at_least": 3}},
        {"outcome": "adopted", "when": two},
    )
    assert monotony(rule).verdict == "not_monotone"
    found = outlook(rule, Question.of("ABCD"), {"A": "yes"}, "BCD", bound=1)
    assert (found.state, found.outcomes) == ("not_known", ("not_adopted",))
    assert found.hangs_on == ("B", "C", "D")
    assert outlook(rule, Question.of("ABCD"), {"A": "yes"}, "BCD").state == "open"


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(UnknownName, match='no member "X"'):
        outlook(in_favour(1), Question.of("A"), {}, "X")
    with pytest.raises(UnknownName, match='no position "aye"'):
        outlook(in_favour(1), Question.of("AB"), {"A": "aye"}, "B")
    when = {"votes": "in_favour", "weight": "power", "at_least": 1}
    question = Question.of("AB", weights={"power": {"A": 1}})
    with pytest.raises(DataError, match='no weight "power" of B'):
        outlook(rule_of({"outcome": "adopted", "when": when}), question, {"A": "yes"}, "B")


def every_way(rule: Rule, asked: Put, unknown: list[str]) -> dict[str, bool]:
    """Return the outcomes that any positions of the unknown lead to, and whether they carry."""
    known = {member: each for member, each in asked.positions.items() if member not in unknown}
    found: dict[str, bool] = {}
    for words in product((*POSITIONS, ""), repeat=len(unknown)):
        taken = {member: word for member, word in zip(unknown, words, strict=True) if word}
        decision = decide(rule, asked.question, {**known, **taken}).value
        found[decision.outcome] = decision.carried
    return found


@given(rules(), put(largest=4), st.data())
def test_it_agrees_with_trying_every_position_of_every_member(
    rule: Rule, asked: Put, data: st.DataObject
) -> None:
    unknown = data.draw(st.lists(st.sampled_from(asked.question.members), max_size=2, unique=True))
    ways = every_way(rule, asked, unknown)
    expected = {True: "carried", False: "not_carried"}
    state = "open" if len({*ways.values()}) == 2 else expected[next(iter(ways.values()))]
    found = outlook(rule, asked.question, asked.positions, unknown)
    assert (found.state, {*found.outcomes}) == (state, {*ways})
    bound = data.draw(st.sampled_from([0, 4, 9, 16]))
    ends = outlook(rule, asked.question, asked.positions, unknown, bound=bound)
    assert ends.state in (state, "not_known")
    assert {*ends.outcomes} <= {*ways}
    assert ends.state == state or monotony(rule).verdict != "monotone" or bound < 16


@given(rules(), put(largest=4), st.randoms(use_true_random=False))
def test_the_order_of_the_unknown_changes_nothing(rule: Rule, asked: Put, chance: Any) -> None:
    unknown = list(asked.question.members[:3])
    found = outlook(rule, asked.question, asked.positions, unknown)
    chance.shuffle(unknown)
    assert outlook(rule, asked.question, asked.positions, unknown) == found
