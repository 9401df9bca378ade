"""Which amounts another outcome would have needed, against changing them and deciding again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.decision import model
from comity.decision.analysis import analyse
from comity.decision.counting import count, hold
from comity.decision.deciding import decide, decide_tallied
from comity.decision.model import Condition, Entry, Not, Rule
from comity.decision.needed import NeededFor, needed_amounts, needed_amounts_tallied
from comity.decision.numbers import Number
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from comity.decision.reckoning import COMPARE, reckon
from comity.kernel.errors import DataError, UnknownName
from tests.core.decision.chance import SECTIONS, Put, put, rules

RULES = read_file(Path(__file__).parent / "data" / "rules.yaml")


def with_number(test: model.Test, number: Number) -> model.Test:
    amount = test.amount
    if amount.fewest_with:
        fewest = replace(amount.fewest_with, share=number)
        return replace(test, amount=replace(amount, fewest_with=fewest))
    return replace(test, amount=replace(amount, number=number))


def with_tests(rule: Rule, others: Mapping[model.Test, model.Test]) -> Rule:
    """Return a rule in which some tests are others, wherever they stand."""

    def other(condition: Condition) -> Condition:
        if isinstance(condition, model.Test):
            return others.get(condition, condition)
        if isinstance(condition, Not):
            return replace(condition, condition=other(condition.condition))
        below = tuple(map(other, condition.conditions))
        return replace(condition, conditions=below)

    decide = tuple(replace(each, when=each.when and other(each.when)) for each in rule.decide)
    quorum = rule.quorum and replace(rule.quorum, when=other(rule.quorum.when))
    return replace(rule, decide=decide, quorum=quorum)


def candidates(test: model.Test, base: Number | None, largest: Number) -> Iterator[Number]:
    """Yield amounts that a rule could state, so close together that none is missed."""
    if test.amount.fewest_with:
        yield from (Fraction(n, 360) for n in range(361))
    elif base is None:
        step = Fraction(1, 2) if test.weight else 1
        yield from (n * step for n in range(int(2 * largest) + 6))
    else:
        fine = 4 * (base or 1)
        yield from (n / Fraction(fine) for n in range(int(fine * (largest / (base or 1) + 2)) + 1))


def says_something(rule: Rule, test: model.Test) -> bool:
    if test.amount.fewest_with:
        return True
    when = Entry("adopted", test, carries=True)
    return not analyse(replace(rule, quorum=None, decide=(when, Entry("not_adopted"))))


class Tried:
    """Every amount that turns a test, and every set of tests turned."""

    def __init__(self, rule: Rule, asked: Put) -> None:
        self.rule = rule
        self.asked = asked
        counts = count(rule, hold(rule, asked.question, asked.positions))
        largest = sum(asked.question.weights.get("power", {}).values()) + 10
        self.turning: dict[model.Test, list[Number]] = {}
        self.staying: dict[model.Test, list[Number]] = {}
        for test in dict.fromkeys(rule.tests()):
            now = reckon(test, counts)
            every = [*candidates(test, now.base, largest)]
            turned = {
                each for each in every if reckon(with_number(test, each), counts).met != now.met
            }
            self.staying[test] = [each for each in every if each not in turned]
            current = (
                test.amount.fewest_with.share if test.amount.fewest_with else test.amount.number
            )
            nearest = sorted(turned, key=lambda each: abs(each - current))
            if any(says_something(rule, with_number(test, each)) for each in nearest[:2]):
                self.turning[test] = nearest

    def outcome(self, others: Mapping[model.Test, Number]) -> str:
        changed = {test: with_number(test, number) for test, number in others.items()}
        rule = with_tests(self.rule, changed)
        return decide(rule, self.asked.question, self.asked.positions).value.outcome

    def sets(self, outcome: str) -> set[frozenset[model.Test]]:
        found: set[frozenset[model.Test]] = set()
        for size in range(len(self.turning) + 1):
            for tests in map(frozenset, combinations(self.turning, size)):
                others = {each: self.turning[each][0] for each in tests}
                if not any(each <= tests for each in found) and self.outcome(others) == outcome:
                    found.add(tests)
        return found


def agrees(rule: Rule, asked: Put) -> None:
    tried = Tried(rule, asked)
    now = decide(rule, asked.question, asked.positions).value.outcome
    every = needed_amounts(rule, asked.question, asked.positions, most=9)
    outcomes = {each.outcome for each in rule.decide} | ({"no_quorum"} if rule.quorum else set())
    assert {each.outcome for each in every} == outcomes - {now}
    for found in every:
        assert found.complete
        of_tests = [frozenset(each.reckoning.test for each in needed) for needed in found.sets]
        assert ({*of_tests}, len(of_tests)) == (tried.sets(found.outcome), len({*of_tests}))
        for needed in (each for several in found.sets for each in several):
            test = needed.reckoning.test
            fits = COMPARE[needed.relation]
            assert all(fits(each, needed.limit) for each in tried.turning[test])
            assert not any(fits(each, needed.limit) for each in tried.staying[test])


@settings(max_examples=200)
@given(rules(), put(largest=4))
def test_it_is_as_changing_the_amounts_and_deciding_again(rule: Rule, asked: Put) -> None:
    agrees(rule, asked)


_fewest = st.fixed_dictionaries(
    {
        "fewest_with": st.fixed_dictionaries(
            {"weight": st.just("power"), "group": st.sampled_from(["some", "all"])},
            optional={"of": st.sampled_from(["present", "in_favour"])},
        ).flatmap(
            lambda each: st.sampled_from(
                [{**each, "more_than": "1/2"}, {**each, "at_least": "35 %"}]
            )
        )
    }
)


@settings(max_examples=100)
@given(
    st.sampled_from(["at_least", "more_than", "at_most", "less_than"]),
    _fewest,
    st.integers(0, 1),
    put(largest=4),
)
def test_the_share_of_the_fewest_members_too(
    comparator: str, fewest: dict[str, Any], plus: int, asked: Put
) -> None:
    when = {"other_than": "in_favour", comparator: fewest, "plus": plus}
    decide = [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}]
    data = {**SECTIONS, "decision_rules": {"r": {"positions": "votes", "decide": decide}}}
    agrees(read_rules(data, logic=False).on("r"), asked)


def rule_of(*decide: Any, **besides: Any) -> Rule:
    rule = {"positions": "votes", "decide": [*decide], **besides}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}).on("r")


def simple(**test: Any) -> Rule:
    when = {"votes": "in_favour", **test}
    return rule_of({"outcome": "adopted", "when": when}, {"outcome": "not_adopted"})


def said(found: NeededFor) -> list[list[tuple[str, str, str]]]:
    """Return the sets in short: relation, limit, and what it comes to."""
    return [
        [(each.relation, str(each.limit), str(each.comes_to)) for each in several]
        for several in found.sets
    ]


EDGES: list[tuple[dict[str, Any], dict[str, int], list[tuple[str, str, str]]]] = [
    ({"at_least": "2/3", "of": ["in_favour", "against"]}, {"yes": 51, "no": 49},
     [("at_most", "51/100", "51")]),
    ({"more_than": "2/3", "of": ["in_favour", "against"]}, {"yes": 51, "no": 49},
     [("less_than", "51/100", "51")]),
    ({"at_least": "1/2", "of": ["in_favour", "against"]}, {"yes": 51, "no": 49},
     [("more_than", "51/100", "51")]),
    ({"more_than": "1/2", "of": ["in_favour", "against"]}, {"yes": 51, "no": 49},
     [("at_least", "51/100", "51")]),
    # Half of 15, rounded down, plus one is 8; 6 are enough where the half comes to 5.
    ({"at_least": "1/2", "of": "electorate", "rounded": "down", "plus": 1},
     {"yes": 6, "members": 15}, [("less_than", "2/5", "7")]),
    ({"at_least": "1/2", "of": "electorate", "rounded": "up"},
     {"yes": 6, "members": 15}, [("at_most", "2/5", "6")]),
    ({"at_least": "1/2", "of": "electorate", "rounded": "half_up"},
     {"yes": 6, "members": 15}, [("less_than", "13/30", "7")]),
    ({"at_least": 9}, {"yes": 8, "members": 15}, [("at_most", "8", "8")]),
    ({"more_than": 9}, {"yes": 8, "members": 15}, [("at_most", "7", "7")]),
    ({"at_least": 9}, {"yes": 9, "members": 15}, [("at_least", "10", "10")]),
    # What no rule says: at least nobody, more than all, a share of nothing.
    ({"at_least": 9}, {"yes": 0, "members": 15}, []),
    ({"at_least": "2/3", "of": "electorate"}, {"yes": 15, "members": 15}, []),
    ({"at_least": "2/3", "of": ["in_favour", "against"]}, {"yes": 0, "no": 0}, []),
]  # fmt: skip


@pytest.mark.parametrize(("test", "tally", "expected"), EDGES)
def test_the_edge_is_exact(
    test: dict[str, Any], tally: dict[str, int], expected: list[tuple[str, str, str]]
) -> None:
    (found,) = needed_amounts_tallied(simple(**test), [tally])
    assert found.complete
    assert said(found) == ([expected] if expected else [])


def test_an_earlier_outcome_has_to_be_kept_off_as_well() -> None:
    tallies = [
        {"yes": 8, "no": 7, "members": 15},
        {"group": "permanent", "no": 2, "members": 5},
    ]
    rule = RULES.on("unsc_substantive_9")
    vetoed, adopted = sorted(needed_amounts_tallied(rule, tallies), key=lambda each: each.outcome)[
        ::-1
    ]
    # "At least nine" stands twice in the rule, and is one and the same test.
    assert said(vetoed) == [[("at_most", "8", "8")]]
    assert said(adopted) == [[("at_most", "8", "8"), ("at_least", "2", "2")]]
    assert [(each.most, each.complete) for each in (vetoed, adopted)] == [(1, True), (2, True)]


def test_the_quorum_is_one_of_the_tests() -> None:
    rule = RULES.on("iwc_three_quarters")
    tallies = [{"yes": 39, "no": 25, "abstain": 3, "members": 88}]
    found = {each.outcome: said(each) for each in needed_amounts_tallied(rule, tallies)}
    assert found["adopted"] == [[("at_most", "39/64", "39")]]
    assert found["no_quorum"] == [[("at_least", "67/88", "67")]]


def test_one_of_several_ways_is_enough_and_none_is_named_with_more() -> None:
    either = {"any": [{"votes": "in_favour", "at_least": 9}, {"votes": "against", "at_most": 1}]}
    both = {"all": [{"votes": "in_favour", "at_least": 5}, either]}
    rule = rule_of({"outcome": "adopted", "when": both}, {"outcome": "not_adopted"})
    (found,) = needed_amounts_tallied(rule, [{"yes": 4, "no": 3}])
    assert said(found) == [
        [("at_most", "4", "4"), ("at_most", "4", "4")],
        [("at_most", "4", "4"), ("at_least", "3", "3")],
    ]
    (found,) = needed_amounts_tallied(rule, [{"yes": 6, "no": 3}])
    assert said(found) == [[("at_most", "6", "6")], [("at_least", "3", "3")]]


def test_a_test_stands_in_two_places_with_one_amount() -> None:
    five = {"votes": "in_favour", "at_least": 5}
    never = {"all": [five, {"not": five}]}
    rule = read_rules(
        {
            **SECTIONS,
            "decision_rules": {
                "r": {
                    "positions": "votes",
                    "decide": [{"outcome": "adopted", "when": never}, {"outcome": "not_adopted"}],
                }
            },
        },
        logic=False,
    ).on("r")
    (found,) = needed_amounts_tallied(rule, [{"yes": 4}])
    assert (found.sets, found.complete) == ((), True)


def test_a_way_that_fails_elsewhere_does_not_hide_another() -> None:
    three, four = ({"votes": "in_favour", "at_least": number} for number in (3, 4))
    either = [{"any": [four, three]}, {"any": [three, {"votes": "against", "at_most": 0}]}]
    when = {"all": [*either, {"not": four}]}
    rule = rule_of({"outcome": "adopted", "when": when}, {"outcome": "not_adopted"})
    # Four must fail, so it is three that has to be left as it is.
    (found,) = needed_amounts_tallied(rule, [{"yes": 5}])
    assert (said(found), found.complete) == ([[("at_least", "6", "6")]], True)


def test_larger_sets_than_asked_for_are_not_looked_for_and_it_says_so() -> None:
    every = [{"votes": "in_favour", "at_least": 5 + n} for n in range(6)]
    rule = rule_of({"outcome": "adopted", "when": {"all": every}}, {"outcome": "not_adopted"})
    tallies = [{"yes": 4}]
    (found,) = needed_amounts_tallied(rule, tallies)
    assert (found.sets, found.most, found.complete) == ((), 4, False)
    (found,) = needed_amounts_tallied(rule, tallies, most=6)
    assert [len(each) for each in found.sets] == [6]
    assert found.complete


def test_where_there_are_too_many_ways_only_smaller_sets_are_looked_for() -> None:
    pairs = [
        {"any": [{"votes": "in_favour", "at_least": 5 + 2 * n + m} for m in range(2)]}
        for n in range(12)
    ]
    rule = rule_of({"outcome": "adopted", "when": {"all": pairs}}, {"outcome": "not_adopted"})
    (found,) = needed_amounts_tallied(rule, [{"yes": 4}], most=12)
    assert (found.sets, found.complete) == ((), False)
    assert 2 < found.most < 12


def test_too_many_ways_side_by_side_are_not_compared() -> None:
    numbers = iter(range(5, 500))
    six = [
        {
            "all": [
                {"any": [{"votes": "in_favour", "at_least": next(numbers)} for _ in range(5)]}
                for _ in range(4)
            ]
        }
        for _ in range(6)
    ]
    rule = rule_of(
        {"outcome": "adopted", "when": {"any": six[:3]}},
        {"outcome": "adopted", "when": {"any": six[3:]}},
        {"outcome": "not_adopted"},
    )
    (found,) = needed_amounts_tallied(rule, [{"yes": 4}])
    assert (found.sets, found.most, found.complete) == ((), 3, False)


def test_an_outcome_may_be_named() -> None:
    rule = RULES.on("unsc_substantive_9")
    members = [f"M{n:02}" for n in range(15)]
    question = Question.of(members, groups={"permanent": members[:5]})
    positions = dict.fromkeys(members, "yes")
    (found,) = needed_amounts(rule, question, positions, to="not_adopted")
    assert said(found) == [[("at_least", "16", "16")]]
    (found,) = needed_amounts(rule, question, positions, to="adopted")
    assert (found.sets, found.complete) == (((),), True)
    with pytest.raises(UnknownName, match='Did you mean "adopted"'):
        needed_amounts(rule, question, positions, to="adoptd")


def test_a_test_of_which_the_tallies_say_nothing_is_left_as_it_is() -> None:
    later = {"votes": "in_favour", "weight": "power", "at_least": 10}
    rule = rule_of(
        {"outcome": "adopted", "when": {"votes": "in_favour", "at_least": 5}},
        {"outcome": "vetoed", "when": later},
        {"outcome": "not_adopted"},
    )
    tallies = [{"yes": 5, "members": 9}]
    assert decide_tallied(rule, tallies).value.outcome == "adopted"
    found = {each.outcome: each for each in needed_amounts_tallied(rule, tallies)}
    assert [(each.sets, each.complete) for each in found.values()] == [((), False)] * 2
    with pytest.raises(DataError, match="no tally of all by the weight"):
        needed_amounts_tallied(rule, [{"yes": 4, "members": 9}])


def test_a_rule_that_an_earlier_decision_selects_is_refused() -> None:
    rule = RULES.on("important_question")
    with pytest.raises(DataError, match="selected by an earlier decision"):
        needed_amounts(rule, Question.of(["AA"]), {})
    with pytest.raises(DataError, match="selected by an earlier decision"):
        needed_amounts_tallied(rule, [])
