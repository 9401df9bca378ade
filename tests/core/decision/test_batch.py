"""Many profiles at once are decided as each is alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.batch import codes, decide_many
from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from comity.kernel.errors import DataError
from tests.core.decision.chance import SECTIONS, Put, put, rules

RULES = read_file(Path(__file__).parent / "data" / "rules.yaml")


def check(rule: Rule, question: Question, rows: list[list[str]]) -> None:
    numbers = codes(rule)
    matrix = np.array([[numbers[each] for each in row] for row in rows], np.uint8)
    found = decide_many(rule, question, matrix.reshape(len(rows), len(question.members)))
    for number, row in enumerate(rows):
        said = {m: each for m, each in zip(question.members, row, strict=True) if each}
        alone = decide(rule, question, said).value
        assert found.outcome(number) == alone.outcome
        assert found.carried[number] == alone.carried
        assert found.entries[number] == alone.entry
    assert sum(found.numbers().values()) == len(rows)


@given(rules(), put(), st.data())
def test_every_rule_decides_alike(rule: Rule, asked: Put, data: st.DataObject) -> None:
    row = st.lists(
        st.sampled_from([*codes(rule)]),
        min_size=len(asked.question.members),
        max_size=len(asked.question.members),
    )
    check(rule, asked.question, data.draw(st.lists(row, max_size=4)))


@pytest.mark.parametrize("name", ["eu_qmv_55_65", "eu_qmv_subset_55_65", "wto_reverse_consensus"])
def test_rules_of_the_world_decide_alike(name: str) -> None:
    day = date(2025, 6, 1)
    rule = RULES.on(name, day)
    table = RULES.weights["population"].on(day)
    assert table is not None
    chance = np.random.default_rng(1)
    words = [*codes(rule)]
    rows = [[words[n] for n in chance.integers(0, len(words), 27)] for _ in range(60)]
    yes = [["yes"] * k + ["no"] * (27 - k) for k in range(28)]
    check(rule, Question.of(table.values, on=day), rows + yes)


@pytest.mark.parametrize("weights", [("1/3", "0.5", "2/7"), (2**60, 2**60 + 1, 3), (10**30, 1, 1)])
@pytest.mark.parametrize("name", ["imf_85", "imf_majority_votes_cast", "aiib_special_majority"])
def test_weights_of_any_size_are_exact(name: str, weights: tuple[object, ...]) -> None:
    rule = RULES.on(name)
    members = ["AA", "BB", "CC"]
    power = dict(zip(members, weights, strict=True))
    question = Question.of(members, weights={"voting_power": power})
    words = ["yes", "no", "absent"]
    check(rule, question, [[a, b, c] for a in words for b in words for c in words])


def of_the_group(base: str) -> Rule:
    test = {"votes": "in_favour", "weight": "power", "more_than": "1/2", "of": base}
    decided = [{"outcome": "adopted", "when": {**test, "group": "some"}}, {"outcome": "vetoed"}]
    rule = {"positions": "votes", "electorate": {"without": ["concerned"]}, "decide": decided}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}, logic=False).on("r")


def test_weights_are_asked_for_of_whom_decide_asks_them() -> None:
    """Of all members those are weighed too whom the rule never asks; of a group, nobody else."""
    lacking = Question.of(
        "ABC", groups={"some": "AB"}, roles={"concerned": "B"}, weights={"power": {"A": 1, "C": 1}}
    )
    with pytest.raises(DataError, match="of B"):
        decide(of_the_group("members"), lacking, {})
    with pytest.raises(DataError, match="of B"):
        decide_many(of_the_group("members"), lacking, np.zeros((1, 3), np.uint8))
    given = replace(lacking, weights={"power": {"A": 1, "B": 1}})
    check(of_the_group("members"), given, [["yes", "yes", "yes"], ["no", "yes", "yes"]])
    check(of_the_group("electorate"), given, [["yes", "yes", "yes"], ["no", "yes", "yes"]])


def test_profiles_of_another_form_are_refused() -> None:
    rule = RULES.on("unga_simple")
    question = Question.of(["AA", "BB"])
    for wrong in (np.zeros((3, 3), np.uint8), np.zeros(2, np.uint8), np.full((1, 2), 9)):
        with pytest.raises(DataError) as refused:
            decide_many(rule, question, wrong)
        assert refused.value.code == "malformed_profiles"
