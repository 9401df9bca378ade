"""Every decision rule of every organisation: it is a game that agrees with it, or it is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from comity.decision.counting import outside
from comity.decision.deciding import decide
from comity.decision.model import ALL, Rule
from comity.decision.question import Question
from comity.decision.read import read_file
from comity.kernel.errors import DataError
from comity.power.game import Game
from comity.power.rules import game_of, sides_of

ORGANISATIONS = Path(__file__).parents[3] / "organisations"
DAY = date(2025, 6, 1)
QUESTIONS = 3  # of each rule
COALITIONS = 25  # of each question and pair of positions


def shipped() -> Iterator[tuple[str, Rule]]:
    """Yield every version of every rule that decides itself, with a name for the test."""
    for file in sorted(ORGANISATIONS.glob("*/decisions.yaml")):
        for versions in read_file(file).versions.values():
            for number, rule in enumerate(versions):
                if rule.chosen_by is None:
                    yield f"{file.parent.name}-{rule.id}-{number}", rule


RULES = dict(shipped())


def day_of(rule: Rule) -> date:
    if rule.period.start:
        return rule.period.start
    return rule.period.end - timedelta(days=1) if rule.period.end else DAY


def question_of(rule: Rule, chance: Random) -> Question:
    """Return a question with some members, any groups and roles, and the weights of the day."""
    day = day_of(rule)
    tables = [each.on(day) for each in rule.weights.values()]
    known = [{*table.values} for table in tables if table]
    named = sorted(set.intersection(*known)) if known else [f"M{n}" for n in range(30)]
    members = sorted(chance.sample(named, chance.randint(min(3, len(named)), len(named))))
    groups = {each.group for each in rule.tests()} | {each.base_group for each in rule.tests()}
    groups = (groups | {rule.electorate.among}) - {ALL, ""}
    return Question.of(
        members,
        groups={name: some_of(members, chance) for name in groups},
        roles={name: some_of(members, chance, most=2) for name in rule.electorate.without},
        weights={
            name: {member: chance.randint(0, 50) for member in members}
            for name, each in rule.weights.items()
            if each.on(day) is None
        },
        on=day,
    )


def some_of(members: list[str], chance: Random, most: int | None = None) -> list[str]:
    return chance.sample(members, chance.randint(1, most or len(members)))


def coalitions(game: Game, chance: Random) -> Iterator[frozenset[str]]:
    """Yield nobody, everybody, and coalitions of any size between."""
    yield frozenset()
    yield frozenset(game.players)
    for _ in range(COALITIONS):
        yield frozenset(chance.sample(game.players, chance.randint(0, len(game.players))))


def other_positions(rule: Rule) -> Iterator[str]:
    best = rule.positions.effect(rule.positions.order[-1]).signature
    for position, effect in rule.positions.positions.items():
        if effect.signature != best:
            yield position


def assert_agrees(
    game: Game, rule: Rule, question: Question, sides: tuple[str, str], chance: Random
) -> None:
    never = outside(rule, question)
    assert game.players == tuple(each for each in question.members if each not in never)
    for coalition in coalitions(game, chance):
        taken = {each: sides[each not in coalition] for each in game.players}
        decision = decide(rule, question, taken).value
        assert game.wins(coalition) == decision.carried, (sorted(coalition), sides)


def game_or_reason(rule: Rule, question: Question, otherwise: str) -> Game | DataError:
    try:
        return game_of(rule, question, otherwise=otherwise)
    except DataError as error:
        return error


def questions(name: str) -> Iterator[tuple[Question, Random]]:
    """Yield questions about a rule in which somebody decides, the same every time."""
    chance = Random(name)
    for _ in range(QUESTIONS):
        question = question_of(RULES[name], chance)
        if {*question.members} - outside(RULES[name], question):
            yield question, chance


def test_there_are_rules_of_many_organisations() -> None:
    assert len(RULES) > 80


@pytest.mark.parametrize("name", RULES)
def test_between_most_and_least_support_every_rule_is_a_game(name: str) -> None:
    rule = RULES[name]
    for question, chance in questions(name):
        assert_agrees(game_of(rule, question), rule, question, sides_of(rule), chance)


@pytest.mark.parametrize("name", RULES)
def test_between_other_positions_it_is_a_game_or_refused_with_a_reason(name: str) -> None:
    rule = RULES[name]
    for question, chance in questions(name):
        for otherwise in other_positions(rule):
            game = game_or_reason(rule, question, otherwise)
            if isinstance(game, Game):
                sides = sides_of(rule, otherwise=otherwise)
                assert_agrees(game, rule, question, sides, chance)
                continue
            (fault,) = game.faults
            assert fault.code in ("not_monotone", "not_a_simple_game")
            assert f'"{rule.id}"' in fault.found
            assert fault.expected
            assert fault.advice


def test_whether_somebody_takes_part_may_change_how_many_members_are_needed() -> None:
    """So one rule is refused there, and the test above says something of reasons."""
    name = "eu-double_majority_of_participants-0"
    found = [
        game_or_reason(RULES[name], question, "does_not_participate")
        for question, _ in questions(name)
    ]
    assert {each.code for each in found if isinstance(each, DataError)} == {"not_a_simple_game"}
