"""A decision rule as a game: who wins there is who carries a decision under the rule."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.counting import outside
from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.monotony import monotony
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from comity.kernel.errors import DataError, UnknownName
from comity.power.efficiency import standing
from comity.power.game import Game
from comity.power.indices import banzhaf, power
from comity.power.rules import game_of, sides_of
from tests.core.decision.chance import SECTIONS, Put, put, rules

ORGANISATIONS = Path(__file__).parents[3] / "organisations"
DAY = date(2025, 6, 1)
FIVE = ("CN", "FR", "GB", "RU", "US")
ELECTED = tuple(f"E{number}" for number in range(10))


def rule_of(*entries: dict[str, Any], **more: Any) -> Rule:
    rule = {"positions": "votes", "decide": [*entries, {"outcome": "not_adopted"}], **more}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}, logic=False).on("r")


def adopted(**when: Any) -> Rule:
    return rule_of({"outcome": "adopted", "when": when})


def shipped(organisation: str, rule: str, prior: str = "", on: date = DAY) -> Rule:
    file = ORGANISATIONS / organisation / "decisions.yaml"
    return read_file(file).chosen(rule, on, prior=prior)


def coalitions(players: tuple[str, ...]) -> chain[tuple[str, ...]]:
    return chain.from_iterable(combinations(players, size) for size in range(len(players) + 1))


def assert_agrees(game: Game, rule: Rule, question: Question, sides: tuple[str, str]) -> None:
    for coalition in coalitions(game.players):
        taken = {each: sides[each not in coalition] for each in game.players}
        assert game.wins(coalition) == decide(rule, question, taken).value.carried, coalition


def game_or_code(rule: Rule, question: Question, **sides: str) -> Game | str:
    try:
        return game_of(rule, question, **sides)
    except DataError as error:
        return error.code


SIDES = st.sampled_from(
    [("yes", "no"), ("yes", "abstain"), ("yes", "absent"), ("abstain", "no"), ("yes", "apart")]
)


@given(rules(), put(largest=6), SIDES)
def test_a_game_and_its_rule_agree_on_every_coalition(
    rule: Rule, asked: Put, sides: tuple[str, str]
) -> None:
    never = outside(rule, asked.question)
    if never >= {*asked.question.members}:
        return
    game = game_or_code(rule, asked.question, support=sides[0], otherwise=sides[1])
    if isinstance(game, str):
        assert game in ("not_monotone", "not_a_simple_game")
        return
    assert game.players == tuple(each for each in asked.question.members if each not in never)
    assert_agrees(game, rule, asked.question, sides)


@given(rules(), put(largest=5))
def test_what_is_refused_where_nothing_is_rounded_is_no_rule_monotone_by_its_form(
    rule: Rule, asked: Put
) -> None:
    """Between yes and no nobody comes or goes, so that the form suffices where it does there."""
    if monotony(rule, tries=0).method == "form":
        game = game_or_code(rule, asked.question)
        assert isinstance(game, Game) or game in ("not_a_simple_game", "no_players")


@pytest.mark.parametrize(
    ("when", "support", "otherwise"),
    [
        ({"votes": "in_favour", "at_least": "2/3", "of": "electorate"}, "", ""),
        ({"votes": "in_favour", "more_than": "1/2", "of": ["in_favour", "against"]}, "", ""),
        ({"votes": "in_favour", "more_than": "1/2", "of": "present"}, "yes", "absent"),
        ({"votes": "in_favour", "at_least": "2/3", "of": "electorate", "rounded": "down"}, "", ""),
        ({"votes": "against", "group": "some", "at_most": 0}, "", ""),
        ({"other_than": "in_favour", "weight": "power", "less_than": 4}, "", ""),
        ({"not": {"votes": "against", "more_than": 1}}, "", ""),
        ({"votes": "in_favour", "group": "some", "at_least": "1/2", "of": "electorate"}, "", ""),
        (
            {
                "other_than": "in_favour",
                "at_most": {
                    "fewest_with": {"weight": "power", "more_than": "35 %", "of": "electorate"}
                },
            },
            "",
            "",
        ),
    ],
)
def test_tests_of_every_form_agree(when: dict[str, Any], support: str, otherwise: str) -> None:
    question = Question.of(
        "ABCDE",
        groups={"some": "AB"},
        weights={"power": {"A": 4, "B": 3, "C": "2.5", "D": 1, "E": 0}},
    )
    rule = adopted(**when)
    game = game_of(rule, question, support=support, otherwise=otherwise)
    sides = (support or "yes", otherwise or "no")
    assert_agrees(game, rule, question, sides)
    wins = [game.wins(each) for each in coalitions(game.players)]
    assert {*wins} == {True, False}


def test_so_many_of_several_conditions_agree_with_the_rule() -> None:
    inside = {"votes": "in_favour", "group": "some", "at_least": 1}
    powerful = {"votes": "in_favour", "weight": "power", "at_least": 2}
    three = {"votes": "in_favour", "at_least": 3}
    rule = adopted(any=[inside, powerful, three], at_least=2)
    power = {"power": {"A": 1, "B": 2, "C": 0}}
    question = Question.of("ABC", groups={"some": "A"}, weights=power)
    game = game_of(rule, question)
    assert_agrees(game, rule, question, ("yes", "no"))
    assert [game.wins(each) for each in ("AB", "AC", "BC")] == [True, False, False]


def test_conditions_that_hold_in_too_many_ways_are_refused() -> None:
    some = [{"votes": "in_favour", "at_least": each} for each in range(2, 22)]
    with pytest.raises(DataError, match="in too many ways"):
        game_of(adopted(any=some, at_least=10), Question.of([f"M{each}" for each in range(30)]))


def test_entries_before_decide_against_those_after() -> None:
    rule = rule_of(
        {"outcome": "vetoed", "when": {"votes": "against", "group": "some", "more_than": 0}},
        {"outcome": "adopted", "when": {"votes": "in_favour", "at_least": 3}},
        {"outcome": "vetoed", "when": {"votes": "in_favour", "at_least": 1}},
        quorum={"votes": "present", "more_than": "1/2", "of": "electorate"},
    )
    question = Question.of("ABCDE", groups={"some": "AB"})
    game = game_of(rule, question)
    assert_agrees(game, rule, question, ("yes", "no"))
    assert_agrees(game_of(rule, question, otherwise="absent"), rule, question, ("yes", "absent"))
    assert standing(game, banzhaf(game)).vetoers == ("A", "B")


def test_whoever_is_concerned_is_no_player() -> None:
    rule = rule_of(
        {"outcome": "adopted", "when": {"votes": "in_favour", "at_least": "2/3", "of": "members"}},
        electorate={"without": ["concerned"]},
    )
    question = Question.of("ABC", roles={"concerned": "C"})
    game = game_of(rule, question)
    assert game.players == ("A", "B")
    assert_agrees(game, rule, question, ("yes", "no"))


def test_the_security_council_has_the_values_that_were_published() -> None:
    rule = shipped("un", "security_council")
    question = Question.of((*FIVE, *ELECTED), groups={"permanent": FIVE}, on=DAY)
    game = game_of(rule, question)
    found = power(game)
    assert found.banzhaf.swings == (848,) * 5 + (84,) * 10
    assert found.shapley.values == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10
    assert standing(game, found.banzhaf).vetoers == FIVE


def test_if_the_others_abstain_no_permanent_member_has_a_veto() -> None:
    rule = shipped("un", "security_council")
    question = Question.of((*FIVE, *ELECTED), groups={"permanent": FIVE}, on=DAY)
    game = game_of(rule, question, otherwise="abstain")
    assert standing(game, banzhaf(game)).vetoers == ()
    assert game.wins(ELECTED)


def test_the_council_of_the_union_by_population() -> None:
    """The double majority by hand, from the same table of weights."""
    rule = shipped("eu", "qualified_majority")
    population = rule.weights["population"].on(DAY)
    assert population is not None
    members = tuple(population.values)
    game = game_of(rule, Question.of(members, on=DAY))
    total = sum(population.values.values())
    largest = sorted(members, key=lambda each: population.values[each], reverse=True)
    for left_out in combinations(largest[:6], 3):
        assert game.wins({*members} - {*left_out})  # three do not block
    assert not game.wins({*members} - {*largest[:4]})
    enough = sum(population.values[each] for each in largest[:15]) >= Fraction(65, 100) * total
    assert enough
    assert game.wins(largest[:15])
    assert not game.wins(largest[:14])


def test_weighted_votes_agree_with_the_sum_by_hand() -> None:
    rule = shipped("imf", "eighty_five_per_cent")
    weights = {"US": 1649, "JP": 615, "CN": 608, "DE": 531, "others": 6597}
    question = Question.of(weights, weights={"voting_power": weights}, on=DAY)
    game = game_of(rule, question)
    assert_agrees(game, rule, question, ("yes", "no"))
    assert standing(game, banzhaf(game)).vetoers == ("US", "others")


@pytest.mark.parametrize(
    ("when", "code", "said"),
    [
        ({"votes": "in_favour", "at_most": 2}, "not_monotone", '"A" comes to support'),
        ({"votes": "against", "at_least": 1}, "not_monotone", "test of against"),
        (
            {"votes": "in_favour", "at_least": "1/2", "of": ["in_favour"], "rounded": "up"},
            "not_a_simple_game",
            "rounds a share of what support changes",
        ),
    ],
)
def test_what_is_no_simple_game_is_refused(when: dict[str, Any], code: str, said: str) -> None:
    with pytest.raises(DataError, match=said) as refused:
        game_of(adopted(**when), Question.of("ABC"))
    assert refused.value.code == code


def test_a_number_of_members_that_support_changes_is_refused() -> None:
    fewest = {"fewest_with": {"weight": "power", "more_than": "35 %", "of": "electorate"}}
    rule = adopted(other_than="in_favour", at_most=fewest)
    question = Question.of("ABC", weights={"power": {"A": 1, "B": 1, "C": 1}})
    with pytest.raises(DataError, match="a number of members that support changes"):
        game_of(rule, question, otherwise="apart")


def test_positions_that_count_alike_are_refused() -> None:
    rule = adopted(votes="in_favour", at_least=1)
    with pytest.raises(DataError, match="count alike"):
        game_of(rule, Question.of("ABC"), otherwise="yes")
    with pytest.raises(UnknownName, match='no position "ye"'):
        game_of(rule, Question.of("ABC"), support="ye")


def test_a_table_without_an_order_asks_for_positions() -> None:
    table = {
        key: each for key, each in SECTIONS["position_tables"]["votes"].items() if key != "order"
    }
    sections = {**SECTIONS, "position_tables": {"votes": table}}
    decided = [
        {"outcome": "adopted", "when": {"votes": "in_favour", "at_least": 2}},
        {"outcome": "not_adopted"},
    ]
    rule = read_rules(
        {**sections, "decision_rules": {"r": {"positions": "votes", "decide": decided}}},
        logic=False,
    ).on("r")
    with pytest.raises(DataError, match="which is of more support"):
        sides_of(rule)
    assert game_of(rule, Question.of("AB"), support="yes", otherwise="absent").wins("AB")


def test_a_missing_weight_and_an_earlier_decision_are_asked_for() -> None:
    rule = adopted(votes="in_favour", weight="power", at_least=1)
    with pytest.raises(DataError, match='no weight "power" of B'):
        game_of(rule, Question.of("AB", weights={"power": {"A": 1}}))
    chosen = read_file(ORGANISATIONS / "un" / "decisions.yaml").on("general_assembly", DAY)
    with pytest.raises(DataError, match="Name the outcome of that decision"):
        game_of(chosen, Question.of("AB", on=DAY))


def test_among_the_six_luxembourg_decides_nothing_on_a_proposal_of_the_commission() -> None:
    """The other five have 4, 4, 4, 2, 2: with an even number of votes, never just one short."""
    day = date(1960, 6, 1)
    six = Question.of(("DE", "FR", "IT", "BE", "NL", "LU"), on=day)
    game = game_of(shipped("eu", "qualified_majority", on=day), six)
    found = power(game)
    assert found.banzhaf.swings == (10, 10, 10, 6, 6, 0)
    assert found.shapley.values == (Fraction(7, 30),) * 3 + (Fraction(3, 20),) * 2 + (Fraction(0),)
    assert standing(game, found.banzhaf).dummies == ("LU",)
    otherwise = game_of(shipped("eu", "qualified_majority_other", on=day), six)
    assert standing(otherwise, banzhaf(otherwise)).dummies == ()
