"""Elections: ballots in stages, who goes on, who is elected, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.cases import run_document
from comity.decision.deciding import decide_tallied
from comity.decision.election import elect
from comity.decision.model import Rule
from comity.decision.read import read_rules
from comity.kernel.documents import parse
from comity.kernel.errors import DataError, UnknownName
from tests.core.decision.tables import BALLOTS

RULES = (
    BALLOTS
    + """\
outcomes: {suspended: {carries: false}}
weights: {power: {}}
decision_rules:
  chair:
    article: art_1
    positions: ballots
    quorum: {votes: present, more_than: 1/2, of: members, article: art_2}
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 2/3, of: electorate}}
      - {outcome: not_adopted}
    elects:
      supporting: yes
      other: another
      stages: [{ballots: 2}, {ballots: 2, candidates: 2}, {candidates: 1}]
      otherwise: suspended
  governor:
    positions: ballots
    decide:
      - outcome: adopted
        when: {votes: in_favour, weight: power, more_than: 1/2, of: electorate}
      - {outcome: not_adopted}
    elects:
      supporting: yes
      other: another
      weight: power
      stages: [{}, {candidates: 4}, {candidates: 3}, {candidates: 2}]
      otherwise: suspended
  motion:
    positions: ballots
    decide: [{outcome: adopted, when: {votes: in_favour, at_least: 1}}, {outcome: not_adopted}]
"""
)
READ = read_rules(parse(RULES, "rules.yaml"))
CHAIR, GOVERNOR = READ.on("chair"), READ.on("governor")
THREE = {"A": 14, "B": 10, "C": 6, "members": 30}
TWO = {"A": 16, "B": 14, "members": 30}


def test_whoever_the_rule_carries_for_is_elected_at_once() -> None:
    found = elect(CHAIR, [{"A": 20, "B": 10, "members": 30}])
    assert (found.value.outcome, found.value.elected) == ("adopted", "A")
    assert found.value.candidates == ()
    assert found.grounds == ("art_1", "art_2")


def test_within_a_stage_all_go_on() -> None:
    found = elect(CHAIR, [THREE]).value
    assert (found.outcome, found.candidates, found.places) == (None, ("A", "B", "C"), 3)


def test_after_it_those_with_the_most_votes_in_its_last_ballot_do() -> None:
    last = {"A": 8, "B": 10, "C": 12, "members": 30}
    assert elect(CHAIR, [THREE, last]).value.candidates == ("C", "B")


def test_the_last_candidate_alone_still_needs_two_thirds() -> None:
    before = [THREE, THREE, TWO, TWO]
    assert elect(CHAIR, before).value.candidates == ("A",)
    lost = elect(CHAIR, [*before, {"A": 19, "no": 11, "members": 30}]).value
    assert (lost.outcome, lost.elected) == ("suspended", None)
    won = elect(CHAIR, [*before, {"A": 20, "no": 10, "members": 30}]).value
    assert (won.outcome, won.elected) == ("adopted", "A")


def test_a_stage_that_would_leave_out_nobody_is_passed_over() -> None:
    assert elect(CHAIR, [TWO, TWO]).value.candidates == ("A",)
    alone = {"A": 19, "no": 11, "members": 30}
    assert elect(CHAIR, [alone]).value.candidates == ("A",)
    assert elect(CHAIR, [alone, alone]).value.outcome == "suspended"


def test_equal_votes_leave_open_who_goes_on_and_the_next_ballot_says_it() -> None:
    tied = {"A": 12, "B": 9, "C": 9, "members": 30}
    found = elect(CHAIR, [THREE, tied]).value
    assert (found.candidates, found.places, found.tied) == (("A", "B", "C"), 2, ("B", "C"))
    after = elect(CHAIR, [THREE, tied, {"A": 16, "C": 14, "members": 30}]).value
    assert (after.candidates, after.tied) == (("A", "C"), ())


def test_equal_votes_elect_nobody_whatever_the_names_are() -> None:
    """Half of the votes is enough and two have it: no order of names decides an election."""
    rule = "{votes: in_favour, at_least: 2/3, of: electorate}"
    half = read_rules(parse(RULES.replace(rule, rule.replace("2/3", "1/2")), "rules.yaml"))
    tied = {"B": 15, "A": 15, "members": 30}
    found = elect(half.on("chair"), [tied]).value
    assert (found.outcome, found.elected) == (None, None)
    assert (found.candidates, found.places, found.tied) == (("A", "B"), 1, ("A", "B"))
    after = elect(half.on("chair"), [tied, {"B": 16, "no": 14, "members": 30}]).value
    assert (after.outcome, after.elected) == ("adopted", "B")


def test_whom_a_later_ballot_does_not_name_has_withdrawn() -> None:
    found = elect(CHAIR, [THREE, {"A": 20, "C": 10, "members": 30}]).value
    assert found.elected == "A"
    with pytest.raises(UnknownName, match='no candidate "B"'):
        elect(CHAIR, [THREE, {"A": 16, "C": 14, "members": 30}, TWO])


def test_a_ballot_without_a_quorum_is_none_of_its_stage() -> None:
    few = {"A": 10, "B": 5, "members": 30}
    found = elect(CHAIR, [THREE, few, few]).value
    assert (found.outcome, found.candidates) == (None, ("A", "B"))
    assert [each.valid for each in found.ballots] == [True, False, False]


def test_a_ballot_has_a_quorum_only_if_it_has_one_for_every_candidate() -> None:
    quorum = "{votes: present, more_than: 1/2, of: members, article: art_2}"
    one = "{votes: in_favour, at_least: 1}"
    rule = read_rules(parse(RULES.replace(quorum, one), "rules.yaml")).on("chair")
    for votes, valid in ({"A": 20, "B": 1}, True), ({"A": 20, "B": 0}, False):
        found = elect(rule, [{**votes, "members": 30}]).value
        assert (found.ballots[0].valid, found.elected) == (valid, "A" if valid else None)


def test_a_quorum_of_the_members_counts_those_who_may_not_vote() -> None:
    ballot = {"A": 20, "B": 10, "members": 30}
    for everybody, elected in ((59, "A"), (60, None)):
        found = elect(CHAIR, [{**ballot, "everybody": everybody}]).value
        assert (found.ballots[0].valid, found.elected) == (bool(elected), elected)


def test_whoever_has_the_fewest_votes_leaves_in_the_weight_of_the_rule() -> None:
    def ballot(**power: int) -> list[dict[str, Any]]:
        return [{"weight": "power", "total": 100, **power}, dict.fromkeys(power, 1)]

    first = ballot(A=30, B=25, C=20, D=15)
    second = ballot(A=35, B=30, C=25)
    assert elect(GOVERNOR, [first]).value.candidates == ("A", "B", "C")
    assert elect(GOVERNOR, [first, second]).value.candidates == ("A", "B")
    last = elect(GOVERNOR, [first, second, ballot(A=45, B=55)]).value
    assert (last.outcome, last.elected) == ("adopted", "B")


@pytest.mark.parametrize(
    ("rule", "ballots", "code"),
    [
        ("motion", [TWO], "elects_nobody"),
        ("chair", [{"yes": 3, "members": 30}], "candidate_missing"),
        ("chair", [{"A": 3, "yes": 3, "members": 30}], "candidate_missing"),
        ("chair", [{"abstain": 30, "members": 30}], "candidate_missing"),
        ("chair", [THREE, THREE, THREE], "unknown_candidate"),
        ("chair", [THREE, THREE, {"A": 1, "C": 2, "members": 30}], "unknown_candidate"),
        ("chair", [THREE, {"A": 9, "B": 8, "C": 8, "members": 30}, THREE], "too_many_candidates"),
        ("chair", [{"A": 20, "members": 30}, {"A": 20, "members": 30}], "election_over"),
        ("chair", [{"A": 40, "members": 30}], "tally_exceeded"),
        ("governor", [{"A": 3, "B": 4, "members": 7}], "tally_incomplete"),
    ],
)
def test_it_refuses_what_is_no_ballot_of_this_election(
    rule: str, ballots: list[dict[str, Any]], code: str
) -> None:
    with pytest.raises((DataError, UnknownName)) as refused:
        elect(READ.on(rule), ballots)
    assert refused.value.faults[0].code == code


NAMES = ("A", "B", "C", "D")


@st.composite
def courses(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw ballots as an election allows them, one after the other."""
    ballots: list[dict[str, Any]] = []
    names = NAMES[: draw(st.integers(1, 4))]
    for _ in range(draw(st.integers(1, 6))):
        votes = {each: draw(st.integers(0, 30)) for each in names}
        ballots.append({**votes, "members": max(1, sum(votes.values()))})
        found = elect(CHAIR, ballots).value
        if found.outcome is not None:
            break
        names = found.candidates[: found.places]
    return ballots


@given(ballots=courses())
def test_it_ends_in_five_valid_ballots_with_somebody_the_rule_carries_for_or_nobody(
    ballots: list[dict[str, Any]],
) -> None:
    found = elect(CHAIR, ballots).value
    valid = [each for each in found.ballots if each.valid]
    assert len(valid) <= 5
    last = ballots[-1]
    carried = [name for name in found.ballots[-1].votes if _two_thirds(CHAIR, last, name)]
    assert (found.elected in carried) if carried else (found.elected is None)
    assert (found.outcome is None) == bool(found.candidates)


def _two_thirds(rule: Rule, ballot: dict[str, Any], name: str) -> bool:
    others = sum(ballot[each] for each in NAMES if each in ballot and each != name)
    tally = {"yes": ballot[name], "another": others, "members": ballot["members"]}
    return decide_tallied(rule, [tally]).value.carried


@given(ballots=courses(), order=st.permutations(NAMES))
def test_the_order_in_which_candidates_are_named_changes_nothing(
    ballots: list[dict[str, Any]], order: list[str]
) -> None:
    turned = [
        {**{each: ballot[each] for each in order if each in ballot}, "members": ballot["members"]}
        for ballot in ballots
    ]
    assert elect(CHAIR, turned) == elect(CHAIR, ballots)


def case(text: str) -> tuple[str, ...]:
    (result,) = run_document(parse(f"{RULES}cases:\n  - {text}\n", "cases.yaml"))
    return result.failures


@pytest.mark.parametrize(
    "text",
    [
        "{rule: chair, ballots: [{A: 20, members: 30}], expect: adopted}",
        "{rule: chair, ballots: [[{A: 20, members: 30}]], expect: {outcome: adopted, elected: A,"
        " because: [art_2, art_1]}}",
        "{rule: chair, ballots: [{A: 9, B: 8, members: 17}], expect: {outcome: null, tied: [],"
        " candidates: [B, A]}}",
    ],
)
def test_a_case_of_ballots_that_is_so_passes(text: str) -> None:
    assert case(text) == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "{rule: chair, ballots: [{A: 20, members: 30}], expect: {elected: B}}",
            "elected: expected B, found A",
        ),
        ("{rule: chair, ballots: [{A: 20, members: 30}], expect: {elect: A}}", 'mean "elected"'),
        ("{rule: chair, ballots: [5], expect: adopted}", "ballots that are no tallies"),
        ("{rule: chair, ballots: 5, expect: adopted}", "ballots that are no tallies"),
        ("{rule: chair, ballots: [[]], expect: adopted}", "ballots that are no tallies"),
        ("{rule: chair, ballots: [], tallies: [], expect: adopted}", "tallies and ballots"),
        ("{rule: chair, ballots: [{A: x, members: 30}], expect: adopted}", "is not a number"),
    ],
)
def test_a_case_of_ballots_that_is_not_so_says_what_differs(text: str, says: str) -> None:
    assert says in " ".join(case(text))


STAGES = "stages: [{ballots: 2}, {ballots: 2, candidates: 2}, {candidates: 1}]"


@pytest.mark.parametrize(
    ("before", "after", "code", "says"),
    [
        ("supporting: yes", "supporting: yess", "unknown_position", 'mean "yes"'),
        ("other: another", "other: anothr", "unknown_position", 'mean "another"'),
        ("otherwise: suspended", "otherwise: suspend", "unknown_outcome", 'mean "suspended"'),
        ("      weight: power\n", "      weight: powr\n", "unknown_weight", 'mean "power"'),
        (STAGES, "stages: []", "empty_value", "stages"),
        (STAGES, "stages: [{candidates: 2}]", "stages_unclear", "in the first stage"),
        (STAGES, "stages: [{}, {ballots: 2}]", "stages_unclear", "with all candidates"),
        (
            STAGES,
            "stages: [{}, {candidates: 2}, {candidates: 2}]",
            "stages_unclear",
            "2 candidates after 2",
        ),
    ],
)
def test_a_rule_that_elects_wrongly_is_a_fault(
    before: str, after: str, code: str, says: str
) -> None:
    with pytest.raises(DataError) as refused:
        read_rules(parse(RULES.replace(before, after), "rules.yaml"))
    (fault, *_) = refused.value.faults
    assert fault.code == code
    assert says in str(fault)
    assert fault.place is not None
    assert fault.place.line > RULES[: RULES.index("elects")].count("\n")


def test_a_rule_that_another_selects_elects_nobody() -> None:
    chosen = (
        "  chosen:\n    chosen_by: {rule: motion, outcomes: {adopted: chair}, otherwise: motion}\n"
        f"    elects: {{supporting: yes, other: another, {STAGES}, otherwise: suspended}}\n"
    )
    with pytest.raises(DataError, match="elects without decide"):
        read_rules(parse(RULES + chosen, "rules.yaml"))
