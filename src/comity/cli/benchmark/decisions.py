"""Measuring decisions: one with its explanation, a million profiles, the smallest changes."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator
from random import Random
from time import perf_counter

import numpy as np

from comity.cli.benchmark.figures import Figure
from comity.decision.batch import codes, decide_many
from comity.decision.changes import smallest_changes
from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.read import read_rules
from comity.decision.rules import Rules
from comity.wording.decisions import reckoning_sentence

MEMBERS, SMALLER, PROFILES, TIMES = 200, 27, 1_000_000, 200
_SHARE = {"of": "electorate", "votes": "in_favour"}
_RULES = {
    "weights": {"population": {}, "contributions": {}},
    "position_tables": {
        "votes": {
            "silent": "absent",
            "order": ["no", "abstain", "yes"],
            "positions": {
                "yes": {"counts_as": "in_favour"},
                "no": {"counts_as": "against"},
                "abstain": {"counts_as": "abstaining"},
                "absent": {"present": False},
            },
        }
    },
    "decision_rules": {
        "double": {
            "positions": "votes",
            "quorum": {"votes": "present", "more_than": "1/2", "of": "electorate"},
            "decide": [
                {
                    "outcome": "adopted",
                    "when": {
                        "any": [
                            {
                                "all": [
                                    {**_SHARE, "at_least": "55/100"},
                                    {**_SHARE, "at_least": "65/100", "weight": "population"},
                                    {**_SHARE, "at_least": "3/5", "weight": "contributions"},
                                ]
                            },
                            {"other_than": "in_favour", "less_than": 4},
                        ]
                    },
                },
                {"outcome": "not_adopted"},
            ],
        }
    },
}


def measure(seed: int) -> Iterator[Figure]:
    """Measure one rule of three units with a deemed-attained clause; no figure is of one try."""
    rules = read_rules(_RULES)
    rule, chance = rules.on("double"), Random(seed)
    question = _question(MEMBERS, chance)
    gc.collect()
    gc.freeze()
    times = [_one(rules, rule, question, chance) for _ in range(TIMES)]
    name = f"one decision among {MEMBERS} members with two weights, explained"
    yield _median(name, times, 1.0)
    smaller = _question(SMALLER, chance)
    numbers = np.random.default_rng(seed).integers(
        0, len(codes(rule)) - 1, (PROFILES, SMALLER), np.uint8
    )
    batch = [_timed(lambda: decide_many(rule, smaller, numbers)) for _ in range(3)]
    name = f"a million profiles of {SMALLER} members with two weights"
    yield Figure(name, statistics.median(batch), "s", 1.0)
    agreed = dict.fromkeys(smaller.members, "yes")
    changes = [_timed(lambda: smallest_changes(rule, smaller, agreed)) for _ in range(5)]
    name = f"the smallest changes among {SMALLER} members, at most 100 ways"
    yield _median(name, [each * 1000 for each in changes])


def _question(members: int, chance: Random) -> Question:
    codes_of = [f"M{number:03}" for number in range(members)]
    weights = {
        weight: {each: chance.randrange(1, 100_000_000) for each in codes_of}
        for weight in ("population", "contributions")
    }
    return Question.of(codes_of, weights=weights)


def _one(rules: Rules, rule: Rule, question: Question, chance: Random) -> float:
    words = [*rule.positions.positions]
    positions = {each: chance.choice(words) for each in question.members}

    def explain() -> None:
        found = decide(rule, question, positions).value
        for each in found.reckonings:
            reckoning_sentence(each, rule, rules, "en")

    return _timed(explain) * 1000


def _timed(ask: Callable[[], object]) -> float:
    start = perf_counter()
    ask()
    return perf_counter() - start


def _median(name: str, times: list[float], limit: float = 0) -> Figure:
    return Figure(name, statistics.median(times), "ms", limit)
