"""What other rules would have made of the same positions, and which of them cannot be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from comity.decision.deciding import decide
from comity.decision.other_rules import (
    Missing,
    OtherRule,
    other_rules,
    other_rules_tallied,
)
from comity.decision.question import Question
from comity.decision.read import read_rules
from comity.kernel.errors import DataError, UnknownName


def of_all(share: str, **besides: Any) -> dict[str, Any]:
    test = {"votes": "in_favour", "at_least": share, "of": "members", **besides}
    return votes([{"outcome": "adopted", "when": test}, {"outcome": "not_adopted"}])


def votes(decide: list[dict[str, Any]], **besides: Any) -> dict[str, Any]:
    return {"positions": "votes", "decide": decide, **besides}


NOBODY_AGAINST = {"votes": "against", "group": "founders", "at_most": 0}
HEAVY = {"weight": "tonnage", "more_than": "1/2", "of": "electorate"}
RULES = read_rules(
    {
        "groups": {"founders": {}},
        "weights": {
            "tonnage": {},
            "shares": {"tables": [{"until": "2000-01-01", "values": {"A": 5, "B": 3, "C": 1}}]},
        },
        "position_tables": {
            "votes": {
                "silent": "absent",
                "positions": {
                    "yes": {"counts_as": "in_favour"},
                    "no": {"counts_as": "against"},
                    "absent": {},
                },
            },
            "consensus": {
                "silent": "no_position",
                "positions": {"objects": {"counts_as": "against"}, "yes": {}, "no_position": {}},
            },
        },
        "decision_rules": {
            "half": [
                {**of_all("2/3"), "until": "2010-01-01"},
                {**of_all("1/2"), "from": "2010-01-01", "until": "2020-01-01"},
                {**of_all("2/3"), "from": "2020-01-01"},
            ],
            "all": of_all("1"),
            "third": of_all("1/3"),
            "ended": {**of_all("1/3"), "until": "2012-01-01"},
            "founders": votes(
                [
                    {"outcome": "not_adopted", "when": {"not": NOBODY_AGAINST}},
                    {"outcome": "adopted"},
                ]
            ),
            "among_founders": {**of_all("1/2"), "electorate": {"among": "founders"}},
            "heavy": votes(
                [
                    {"outcome": "adopted", "when": {"votes": "in_favour", **HEAVY}},
                    {"outcome": "not_adopted"},
                ]
            ),
            "few": votes(
                [
                    {
                        "outcome": "adopted",
                        "when": {
                            "votes": "in_favour",
                            "at_least": {"fewest_with": {"weight": "shares", "at_least": "1/2"}},
                        },
                    },
                    {"outcome": "not_adopted"},
                ]
            ),
            "consensus": {
                "positions": "consensus",
                "decide": [
                    {"outcome": "not_adopted", "when": {"votes": "against", "more_than": 0}},
                    {"outcome": "adopted"},
                ],
            },
            "chosen": {
                "chosen_by": {
                    "question": {"en": "An important question?"},
                    "rule": "third",
                    "outcomes": {"adopted": "half"},
                    "otherwise": "all",
                }
            },
        },
    }
)
DAY = date(2015, 6, 1)


def found(asked: tuple[OtherRule, ...]) -> dict[tuple[str, str], Any]:
    """Return outcomes, or what is missing, by rule and first year."""
    return {
        (each.rule.id, str(each.rule.period.start or "")[:4]): each.outcome or each.missing
        for each in asked
    }


def asked(positions: dict[str, str], on: date | None = DAY, **besides: Any) -> dict[Any, Any]:
    question = Question.of(["A", "B", "C"], on=on, **besides)
    return found(other_rules(RULES, RULES.on("half", on), question, positions))


def test_versions_and_rules_of_the_day_are_asked_and_the_others_say_why_not() -> None:
    assert asked({"A": "yes", "B": "yes", "C": "no"}) == {
        ("half", ""): "adopted",
        ("half", "2020"): "adopted",
        ("all", ""): "not_adopted",
        ("third", ""): "adopted",
        ("founders", ""): Missing("groups", ("founders",)),
        ("among_founders", ""): Missing("groups", ("founders",)),
        ("heavy", ""): Missing("weights", ("tonnage",)),
        ("few", ""): Missing("weights", ("shares",)),
        ("consensus", ""): Missing("positions", ("no",)),
        ("chosen", ""): Missing("earlier_decision", ("third",)),
    }


def test_what_is_given_can_be_asked() -> None:
    given = {
        "groups": {"founders": ["C"]},
        "weights": {"tonnage": {"A": 1, "B": 1, "C": 3}, "shares": {"A": 1, "B": 1, "C": 1}},
    }
    outcomes = asked({"A": "yes", "B": "yes", "C": "no"}, **given)
    assert outcomes["founders", ""] == outcomes["among_founders", ""] == "not_adopted"
    assert (outcomes["heavy", ""], outcomes["few", ""]) == ("not_adopted", "adopted")
    some = {**given, "weights": {"tonnage": {"A": 1}}}
    assert asked({"A": "yes"}, **some)["heavy", ""] == Missing("weights")


def test_who_said_nothing_is_silent_in_the_words_of_each_table() -> None:
    outcomes = asked({"A": "yes"})
    assert (outcomes["consensus", ""], outcomes["third", ""]) == ("adopted", "adopted")
    assert outcomes["half", ""] == "not_adopted"


def test_on_another_day_other_rules_are_in_force() -> None:
    assert ("ended", "") in asked({}, on=date(2011, 1, 1))
    assert ("ended", "") not in asked({})
    assert asked({}, on=date(1999, 1, 1))["few", ""] == "not_adopted"


def test_without_a_day_the_last_versions_are_asked() -> None:
    outcomes = asked({"A": "yes"}, on=None)
    assert [key for key in outcomes if key[0] == "half"] == [("half", ""), ("half", "2010")]
    assert outcomes["ended", ""] == "adopted"


def test_each_outcome_is_that_of_the_rule_itself() -> None:
    question = Question.of(["A", "B", "C"], on=DAY)
    positions = {"A": "yes", "B": "no"}
    for each in other_rules(RULES, RULES.on("half", DAY), question, positions):
        if each.finding is not None:
            assert each.finding == decide(each.rule, question, positions)


def test_tallies_are_put_to_the_rules_that_they_answer() -> None:
    rule = RULES.on("half", DAY)
    tallies = [{"yes": 1, "no": 1, "members": 3}]
    assert found(other_rules_tallied(RULES, rule, tallies, on=DAY)) == {
        ("half", ""): "not_adopted",
        ("half", "2020"): "not_adopted",
        ("all", ""): "not_adopted",
        ("third", ""): "adopted",
        ("founders", ""): Missing("tallies"),
        ("among_founders", ""): Missing("electorate"),
        ("heavy", ""): Missing("tallies"),
        ("few", ""): Missing("tallies"),
        ("consensus", ""): Missing("positions", ("no",)),
        ("chosen", ""): Missing("earlier_decision", ("third",)),
    }
    with pytest.raises(DataError, match="is not a number"):
        other_rules_tallied(RULES, rule, [{"yes": "many"}])
    with pytest.raises(DataError, match="positions of 3 of 2"):
        other_rules_tallied(RULES, rule, [{"yes": 3, "members": 2}])


def test_who_is_no_member_has_no_position() -> None:
    with pytest.raises(UnknownName, match='no member "D"'):
        asked({"D": "yes"})
