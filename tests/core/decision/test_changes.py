"""The smallest changes that would change an outcome, against trying every one."""

from __future__ import annotations

from datetime import date
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.decision.changes import Changes, smallest_changes
from comity.decision.deciding import decide
from comity.decision.model import Rule
from comity.decision.outlook import outlook
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from comity.kernel.errors import UnknownName
from tests.core.decision.chance import POSITIONS, SECTIONS, Put, put, rules

RULES = read_file(Path(__file__).parent / "data" / "rules.yaml")


def tried(rule: Rule, asked: Put, to: str | None) -> tuple[int | None, set[frozenset[str]]]:
    """Change the positions of every set of members in every way, the smallest sets first."""

    def outcome(positions: dict[str, str]) -> str:
        return decide(rule, asked.question, positions).value.outcome

    before = outcome(asked.positions)
    if before == to:
        return 0, {frozenset()}
    members = asked.question.members
    for size in range(1, len(members) + 1):
        found = {
            frozenset(who)
            for who in combinations(members, size)
            for words in product(POSITIONS, repeat=size)
            if (after := outcome({**asked.positions, **dict(zip(who, words, strict=True))}))
            != before
            and to in (None, after)
        }
        if found:
            return size, found
    return None, set()


@settings(max_examples=150)
@given(rules(), put(largest=3), st.booleans(), st.data())
def test_it_is_as_trying_everything(rule: Rule, asked: Put, aimed: bool, data: Any) -> None:
    to = data.draw(st.sampled_from([each.outcome for each in rule.decide])) if aimed else None
    found = smallest_changes(rule, asked.question, asked.positions, to=to)
    assert found.complete
    assert (found.size, {*found.sets()}) == tried(rule, asked, to)


@settings(max_examples=60)
@given(rules(), put(largest=9))
def test_every_way_leads_where_it_says(rule: Rule, asked: Put) -> None:
    found = smallest_changes(rule, asked.question, asked.positions, effort=3000)
    for way in found.ways:
        positions = dict(asked.positions)
        for step in way.steps:
            positions.update(zip(step.among, step.after, strict=False))
        assert decide(rule, asked.question, positions).value.outcome == way.outcome
        assert sum(len(step.after) for step in way.steps) == found.size


def eu(against: set[str]) -> tuple[Rule, Question, dict[str, str]]:
    day = date(2025, 6, 1)
    rule = RULES.on("eu_qmv_55_65", day)
    table = rule.weights["population"].on(day)
    assert table is not None
    positions = {each: "no" if each in against else "yes" for each in table.values}
    return rule, Question.of(table.values, on=day), positions


def test_three_large_members_need_a_fourth_whoever_it_is() -> None:
    rule, question, positions = eu({"Germany", "France", "Poland"})
    found = smallest_changes(rule, question, positions)
    assert (found.size, found.complete) == (1, True)
    assert {*found.sets()} == {frozenset({each}) for each in positions if positions[each] == "yes"}


def fewer_than_the_fewest_with(share: str) -> Rule:
    fewest = {"fewest_with": {"weight": "power", "at_least": share}}
    when = {"votes": "in_favour", "less_than": fewest}
    decided = [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}]
    rule = {"positions": "votes", "decide": decided}
    return read_rules({**SECTIONS, "decision_rules": {"r": rule}}).on("r")


def test_members_who_weigh_otherwise_only_for_the_fewest_are_not_alike() -> None:
    """Four count by heads; who of them comes in changes how many weigh two thirds."""
    weights = {"power": {"A": 5, "B": 1, "C": 5, "D": 1}}
    positions = {"A": "abstain", **dict.fromkeys("BCD", "apart")}
    asked = Put(Question.of("ABCD", weights=weights), positions)
    rule = fewer_than_the_fewest_with("2/3")
    found = smallest_changes(rule, asked.question, positions)
    assert (found.size, {*found.sets()}) == (1, {frozenset("A"), frozenset("B"), frozenset("D")})
    assert tried(rule, asked, None) == (found.size, {*found.sets()})


def test_an_outlook_tries_each_of_them() -> None:
    question = Question.of("ABCD", weights={"power": {"A": 9, "B": 3, "C": 2, "D": 2}})
    known = {"C": "abstain", "D": "yes"}
    found = outlook(fewer_than_the_fewest_with("1/2"), question, known, "AB")
    assert (found.state, found.outcomes) == ("open", ("adopted", "not_adopted"))


def test_from_agreement_to_a_blocking_minority() -> None:
    rule, question, positions = eu(set())
    found = smallest_changes(rule, question, positions, limit=10_000)
    assert (found.size, found.complete) == (4, True)
    weights = rule.weights["population"].on(question.on)
    assert weights is not None
    for each in found.sets():
        assert sum(weights.values[member] for member in each) > 3500
    assert frozenset({"Germany", "France", "Poland", "Malta"}) in {*found.sets()}
    assert frozenset({"Germany", "France", "Italy", "Malta"}) in {*found.sets()}


def test_consensus_waits_for_whoever_objects() -> None:
    rule = RULES.on("sco_consensus")
    question = Question.of(["AA", "BB", "CC"])
    found = smallest_changes(rule, question, {"AA": "no", "BB": "no", "CC": "yes"})
    (way,) = found.ways
    assert (found.size, way.outcome, way.number_of_sets) == (2, "adopted", 1)
    assert {*found.sets()} == {frozenset({"AA", "BB"})}


def test_many_alike_are_one_way() -> None:
    rule = RULES.on("unga_two_thirds")
    members = [f"M{n}" for n in range(193)]
    said = ["yes"] * 120 + ["no"] * 14 + ["abstain"] * 45
    positions = dict(zip(members, said, strict=False))
    found = smallest_changes(rule, Question.of(members), positions)
    # 120 of 134; after 31 have turned 89 of 134 are less than two thirds (89.33).
    (way,) = found.ways
    assert (found.size, found.complete) == (31, True)
    (step,) = way.steps
    assert (step.before, {*step.after}, len(step.among)) == ("yes", {"no"}, 120)
    assert way.number_of_sets > 10**28
    assert len([*found.sets(limit=5)]) == 5


def test_a_search_that_stops_says_so() -> None:
    rule, question, positions = eu(set())
    assert not smallest_changes(rule, question, positions, limit=5).complete
    assert len(smallest_changes(rule, question, positions, limit=5).ways) == 5
    assert smallest_changes(rule, question, positions, effort=0) == Changes(None, (), False)


def test_hundreds_of_members_of_whom_no_two_are_alike() -> None:
    rule = RULES.on("imf_70")
    members = [f"M{n:03}" for n in range(700)]
    power = {each: 1000 + n for n, each in enumerate(members)}
    question = Question.of(members, weights={"voting_power": power})
    found = smallest_changes(rule, question, dict.fromkeys(members, "yes"), limit=2)
    # The heaviest are needed to have more than 30 of 100.
    heaviest = sorted(power.values(), reverse=True)
    fewest = next(n for n in range(700) if 10 * sum(heaviest[:n]) > 3 * sum(heaviest))
    assert (found.size, len(found.ways), found.complete) == (fewest, 2, False)
    # From nobody to all but the lightest is further than is looked for.
    assert smallest_changes(RULES.on("imf_85"), question, {}) == Changes(None, (), False)


def test_an_outcome_may_be_named() -> None:
    rule = RULES.on("unsc_substantive_9")
    members = [f"M{n:02}" for n in range(15)]
    question = Question.of(members, groups={"permanent": members[:5]})
    positions = dict.fromkeys(members, "yes")
    assert smallest_changes(rule, question, positions, to="vetoed").size == 1
    assert smallest_changes(rule, question, positions, to="not_adopted").size == 7
    assert smallest_changes(rule, question, positions, to="adopted").size == 0
    with pytest.raises(UnknownName, match='Did you mean "adopted"'):
        smallest_changes(rule, question, positions, to="adoptd")


def test_some_can_change_nothing() -> None:
    rule = RULES.on("unga_simple")
    assert smallest_changes(rule, Question.of([]), {}) == Changes(None, (), True)
