"""Decisions of the past under another rule or membership, with the votes that were really cast."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.cases import rules_of as rules_in
from comity.decision.deciding import decide
from comity.decision.past import NotReplayable, Past, between, past_in
from comity.decision.question import Question
from comity.decision.read import read_file
from comity.decision.replay import VERDICTS, Change, Replay, replay, replayed
from comity.decision.rules import Rules
from comity.kernel import documents
from comity.kernel.dates import Period
from comity.kernel.documents import parse
from comity.kernel.errors import DataError, UnknownName
from tests.core.decision.chance import POSITIONS, Put, put, rules
from tests.core.decision.tables import VOTES

ORGANISATIONS = Path(__file__).parents[3] / "organisations"
TODAY = date(2025, 6, 1)
NICE = date(2016, 6, 1)
OLD = date(1950, 1, 1)
FOUR = ("W", "X", "Y", "Z")


def rules_of(organisation: str) -> Rules:
    return read_file(ORGANISATIONS / organisation / "decisions.yaml")


def decisions(organisation: str, *titles: str) -> list[Past | NotReplayable]:
    file = ORGANISATIONS / organisation / "cases" / "deciding.yaml"
    found = [*past_in(documents.read(file))]
    chosen = [each for each in found if not titles or any(t in each.title for t in titles)]
    assert len(chosen) >= len(titles)
    return chosen


def one(organisation: str, title: str, change: Change, **more: Any) -> Any:
    (past,) = decisions(organisation, title)
    assert isinstance(past, Past)
    return replayed(past, rules_of(organisation), change, **more)


# Votes that were really cast


def test_seven_of_eleven_are_not_nine() -> None:
    """Resolution 83 (1950): seven in favour, one against, three not voting."""
    found = one("un", "Res. 83", Change(on=TODAY))
    assert (found.past.decision.outcome, found.outlook.outcomes) == ("adopted", ("not_adopted",))
    assert (found.verdict, found.by_rule, found.turned_by) == ("now_fails", True, ())
    assert found.decision is not None
    assert not found.decision.carried


def test_with_four_more_members_it_hangs_on_them() -> None:
    found = one("un", "Res. 83", Change(on=TODAY, joining=FOUR))
    assert (found.verdict, found.outlook.hangs_on, found.decision) == ("open", FOUR, None)
    assert one("un", "Res. 83", Change(on=TODAY, joining=FOUR[:1])).verdict == "now_fails"


def test_a_veto_stays_a_veto_whoever_joins() -> None:
    """1948: nine in favour, two against, one of them a permanent member."""
    found = one("un", "Czechoslovak", Change(on=TODAY, joining=FOUR))
    assert (found.verdict, found.outlook.outcomes) == ("same", ("vetoed",))
    assert found.outlook.hangs_on == ()


def test_without_the_permanent_member_against_nine_carry() -> None:
    found = one("un", "Czechoslovak", Change(leaving=("Russian Federation",)))
    assert (found.verdict, found.turned_by) == ("now_carried", ("Russian Federation",))
    assert (found.leaving, found.by_rule) == (("Russian Federation",), False)


def test_the_whole_council_under_the_rule_of_1945() -> None:
    every = decisions("un")
    found = replay(every, rules_of("un"), Change(on=OLD))
    turned = {each.past.title: each.verdict for each in found.decisions if each.verdict != "same"}
    assert (
        turned.items()
        >= {
            "UNSC meeting 7850: S/2016/1085": "now_carried",  # seven in favour, none against
            "UNSC meeting 7354: S/2014/916": "other_outcome",  # eight: now it is the veto
        }.items()
    )
    assert sum(found.counts.values()) == len(found.decisions) > 30
    assert [*found.counts] == [*VERDICTS]
    assert found.reasons.keys() == {"constructed", "tally_only"}
    assert len(found.decisions) + len(found.not_replayable) == len(every)


def test_the_council_of_the_union_under_weighted_votes() -> None:
    """The double majority of 2019 with the votes of 2016: 222 of 352, and 260 are needed."""
    found = one("eu", "Copyright", Change(under="weighted_majority", on=NICE))
    assert (found.verdict, found.by_rule) == ("now_fails", True)
    votes = {each.test.weight: each for each in found.decision.reckonings}["council_votes"]
    weights = rules_of("eu").weights["council_votes"].on(NICE)
    assert weights is not None
    by_hand = sum(weights.values[m] for m, p in found.past.positions.items() if p == "yes")
    assert (votes.counted, votes.required) == (by_hand, 260)
    assert by_hand < 260


def test_weighted_votes_of_2017_under_the_double_majority_and_back() -> None:
    """Twenty-seven against one carry under both; the tables of the day are taken."""
    under = [
        one("eu", "Tusk", Change(under=rule)).verdict
        for rule in ("weighted_majority_other", "double_majority_other", "unanimity")
    ]
    assert under == ["same", "same", "now_fails"]


def test_a_rule_whose_table_lacks_a_word_is_a_reason() -> None:
    known, past = made("rule: three, positions: {yes: [A, B, C]}, expect: adopted")
    found = replay(past, known, Change(under="by_hands"))
    assert found.reasons == {"unknown_position": 1}
    (left,) = found.not_replayable
    assert 'no position "yes"' in str(left.fault)


def test_who_joins_needs_a_weight_and_may_make_the_difference() -> None:
    change = Change(joining=("TR",), on=TODAY)
    lacking = replay(decisions("eu", "Nature"), rules_of("eu"), change)
    assert lacking.reasons == {"weights_missing": 1}
    for weight, verdict in ((0, "same"), (1600, "open")):
        with_it = Change(joining=("TR",), on=TODAY, weights={"population": {"TR": weight}})
        found = replay(decisions("eu", "Nature"), rules_of("eu"), with_it)
        assert [each.verdict for each in found.decisions] == [verdict]


def test_tallies_of_the_african_union_cannot_be_replayed_and_are_counted() -> None:
    found = replay(decisions("au", "Kigali", "Youssouf"), rules_of("au"), Change(leaving=("ML",)))
    assert (found.decisions, found.reasons) == ((), {"tally_only": 4})


SUSPENDED = ("S1", "S2", "S3", "S4", "S5", "S6")


def assembly(yes: int) -> Past:
    """Return a vote as it might be: 49 may vote, and six are suspended."""
    members = [f"M{number}" for number in range(49)]
    positions = {each: "yes" if n < yes else "no" for n, each in enumerate(members)}
    rule = rules_of("au").on("assembly_two_thirds", TODAY)
    question = Question.of((*members, *SUSPENDED), roles={"suspended": SUSPENDED}, on=TODAY)
    decision = decide(rule, question, positions).value
    return Past("a vote", rule.id, rule, question, positions, decision)


@pytest.mark.parametrize(
    ("yes", "then", "back"),
    [
        (37, "adopted", "same"),  # two thirds of 55 without any of the six
        (36, "adopted", "open"),
        (33, "adopted", "open"),
        (32, "not_adopted", "open"),
        (31, "not_adopted", "open"),
        (30, "not_adopted", "same"),  # not even with all six
    ],
)
def test_suspended_members_come_back_with_positions_that_nobody_knows(
    yes: int, then: str, back: str
) -> None:
    past, known = assembly(yes), rules_of("au")
    assert past.decision.outcome == then
    found = replayed(past, known, Change(joining=SUSPENDED))
    assert (found.verdict, found.joining) == (back, SUSPENDED)
    assert replayed(past, known, Change(leaving=SUSPENDED)).verdict == "same"


def test_others_may_be_suspended() -> None:
    """32 of 49 are no two thirds; of the 48 that remain they are."""
    against = Change(joining=("N",), roles={"suspended": ("N", "M48")})
    found = replayed(assembly(32), rules_of("au"), against)
    assert (found.verdict, found.outlook.how) == ("now_carried", "known")


# Who turned it

RULES = (
    VOTES
    + """\
  hands: {silent: down, positions: {raised: {counts_as: in_favour}, down: {}}}
groups: {some: {}}
weights: {power: {}}
decision_rules:
  by_hands:
    positions: hands
    decide: [{outcome: adopted, when: {votes: in_favour, at_least: 3}}, {outcome: not_adopted}]
  three:
    positions: votes
    decide: [{outcome: adopted, when: {votes: in_favour, at_least: 3}}, {outcome: not_adopted}]
  consensus:
    - until: 2010-01-01
      positions: votes
      decide: [{outcome: adopted, when: {votes: in_favour, at_least: 1}}, {outcome: not_adopted}]
    - from: 2010-01-01
      positions: votes
      decide: [{outcome: not_adopted, when: {votes: against, more_than: 0}}, {outcome: adopted}]
  present:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 1/2, of: members}}
      - {outcome: not_adopted}
  veto:
    positions: votes
    decide:
      - {outcome: not_adopted, when: {votes: against, group: some, more_than: 0}}
      - {outcome: adopted}
  by_weight:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, weight: power, at_least: 5}}
      - {outcome: not_adopted}
  chosen:
    chosen_by:
      question: {en: Is it?}
      rule: three
      outcomes: {adopted: consensus}
      otherwise: three
"""
)


def made(*cases: str) -> tuple[Rules, list[Past | NotReplayable]]:
    lines = "".join(f"  - {{title: t, {case}}}\n" for case in cases)
    document = parse(f"{RULES}cases:\n{lines}", "cases.yaml")
    return rules_in(document), [*past_in(document)]


def put_to(case: str, change: Change) -> Any:
    known, (past,) = made(case)
    assert isinstance(past, Past)
    return replayed(past, known, change)


def test_each_that_is_needed_is_named() -> None:
    case = "rule: three, positions: {yes: [A, B, C], no: [D]}, expect: adopted"
    found = put_to(case, Change(leaving=("A", "D")))
    assert (found.verdict, found.turned_by, found.by_rule) == ("now_fails", ("A",), False)


def test_where_each_would_be_enough_nobody_is_named() -> None:
    case = "rule: three, positions: {yes: [A, B, C]}, expect: adopted"
    assert put_to(case, Change(leaving=("A", "B"))).turned_by == ()
    assert put_to(case, Change(leaving=("A",))).turned_by == ("A",)
    both = put_to("rule: three, positions: {yes: [A, B, C], no: [D]}, expect: adopted",
        Change(leaving=("A",), under="consensus"))  # fmt: skip
    assert (both.verdict, both.by_rule, both.turned_by) == ("now_fails", False, ())


def test_the_rule_and_a_member_may_both_be_needed() -> None:
    case = "rule: three, positions: {yes: [A, B], no: [C]}, expect: not_adopted"
    found = put_to(case, Change(leaving=("C",), under="consensus"))
    assert (found.verdict, found.by_rule, found.turned_by) == ("now_carried", True, ("C",))


def test_who_leaves_an_open_outcome_behind_turned_it_too() -> None:
    """With one of the two still there, it would have hung on whoever joins."""
    case = "rule: three, positions: {yes: [A, B, C]}, expect: adopted"
    found = put_to(case, Change(leaving=("A", "B"), joining=("E",)))
    assert (found.verdict, found.turned_by) == ("now_fails", ("A", "B"))


def test_nobody_is_named_without_whom_it_cannot_be_asked() -> None:
    """What D would weigh is not known: whether it turned anything is not claimed."""
    case = "rule: three, positions: {yes: [A, B, C], no: [D]}, expect: adopted"
    weights = {"power": dict.fromkeys("ABC", Fraction(1))}
    found = put_to(case, Change(leaving=("D",), under="by_weight", weights=weights))
    assert (found.verdict, found.by_rule, found.turned_by) == ("now_fails", True, ())


def test_whoever_joins_may_turn_it_by_being_there() -> None:
    case = "rule: present, positions: {yes: [A, B], no: [C, D]}, expect: adopted"
    found = put_to(case, Change(joining=("E",)))
    assert found.verdict == "open"
    absent = put_to("rule: present, positions: {yes: [A], no: [B, C]}, expect: not_adopted",
        Change(leaving=("C",)))  # fmt: skip
    assert (absent.verdict, absent.turned_by) == ("now_carried", ("C",))


def test_a_group_may_be_given_to_those_who_join_and_to_those_who_were_there() -> None:
    case = "rule: three, positions: {yes: [A, B, C], no: [D]}, expect: adopted"
    for groups, verdict in (({"some": "D"}, "now_fails"), ({"some": "A"}, "same")):
        assert put_to(case, Change(under="veto", groups=groups)).verdict == verdict
    joining = Change(under="veto", joining=("E",), groups={"some": "E"})
    assert put_to(case, joining).verdict == "open"
    outside = Change(under="veto", joining=("E",), groups={"some": ""})
    assert put_to(case, outside).verdict == "same"


def test_weights_of_then_stand_before_tables_and_those_given_before_them() -> None:
    case = (
        "rule: by_weight, positions: {yes: [A], no: [B]}, weights: {power: {A: 5, B: 1}},"
        " expect: adopted"
    )
    for weights, verdict in (({"A": 4}, "now_fails"), ({"B": 9}, "same")):
        found = put_to(case, Change(joining=("E",), weights={"power": {"E": 0, **weights}}))
        assert found.verdict == verdict


def test_a_day_takes_the_version_of_that_day() -> None:
    case = "rule: consensus, on: 2000-01-01, positions: {yes: [A], no: [B]}, expect: adopted"
    assert put_to(case, Change(on=TODAY)).verdict == "now_fails"
    assert put_to(case, Change(joining=("C",))).verdict == "same"
    assert put_to(case, Change(under="three")).rule.id == "three"


def test_an_earlier_decision_selects_the_rule() -> None:
    case = "rule: three, positions: {yes: [A, B], no: [C]}, expect: not_adopted"
    assert put_to(case, Change(under="chosen")).rule.id == "three"
    assert put_to(case, Change(under="chosen", prior="adopted")).rule.id == "consensus"


# What cannot be replayed


def test_every_reason_is_counted_and_nothing_is_dropped() -> None:
    known, past = made(
        "rule: three, positions: {yes: [A]}, expect: adopted",
        "rule: three, tallies: [{yes: 3, no: 1}], expect: adopted",
        "rule: three, on: 2005-01-01, positions: {yes: [A]}, expect: not_adopted",
        "rule: three, positions: {yes: [A, B, C]}, expect: adopted, constructed: true",
    )
    found = replay(past, known, Change(under="veto"))
    assert found.reasons == {
        "differs_from_record": 1,
        "tally_only": 1,
        "unknown_group": 1,
        "constructed": 1,
    }
    assert found.not_replayable[0].place is not None
    assert found.not_replayable[0].place.line > 0
    assert "outcome: expected adopted, found not_adopted" in str(found.not_replayable[0].fault)


def test_a_version_that_was_not_in_force_is_a_reason() -> None:
    (past,) = decisions("un", "Res. 83")
    found = replay([past], rules_of("un"), Change(under="security_council_dispute"))
    assert found.reasons == {"rule_not_in_force": 1}


def test_nothing_other_and_no_such_rule_are_refused() -> None:
    known, past = made("rule: three, positions: {yes: [A]}, expect: not_adopted")
    with pytest.raises(DataError, match="nothing differs") as refused:
        replay(past, known, Change())
    assert refused.value.code == "no_change"
    with pytest.raises(UnknownName, match='Did you mean "three"'):
        replay(past, known, Change(under="thre"))


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("rule: thre, positions: {yes: [A]}, expect: adopted", 'mean "three"'),
        ("rule: three, positions: {yess: [A]}, expect: adopted", 'mean "yes"'),
        ("rule: three, positions: {yes: [A]}", 'no key "expect"'),
        ("rule: three, positions: {yes: [A], no: [A]}, expect: adopted", "A has the positions"),
        ("rule: three, on: 2000-13-01, positions: {}, expect: adopted", "is not a date"),
    ],
)
def test_a_case_that_cannot_be_read_says_where(case: str, says: str) -> None:
    with pytest.raises((DataError, UnknownName), match=says) as refused:
        made(case)
    assert str(refused.value).startswith("cases.yaml:")


def test_a_case_that_is_no_case_says_where() -> None:
    with pytest.raises(DataError, match=r"cases.yaml:\d+.*not a set of fields"):
        [*past_in(parse(f"{RULES}cases: [three]\n", "cases.yaml"))]


# Properties


@given(rules(), rules(), put(largest=4))
def test_a_replay_is_what_deciding_gives(then: Any, other: Any, asked: Put) -> None:
    decision = decide(then, asked.question, asked.positions).value
    past = Past("t", "r", then, asked.question, asked.positions, decision)
    known = Rules({"r": (then,), "s": (other,)})
    found = replayed(past, known, Change(under="s"))
    now = decide(other, asked.question, asked.positions).value
    assert found.decision == now
    assert found.outlook.outcomes == (now.outcome,)
    assert (found.verdict == "same") == (decision.outcome == now.outcome)
    assert found.by_rule == (found.verdict in ("now_carried", "now_fails"))


@given(rules(), put(largest=4), st.data())
def test_who_leaves_leaves_everything(rule: Any, asked: Put, data: st.DataObject) -> None:
    members = asked.question.members
    gone = data.draw(st.lists(st.sampled_from(members), min_size=1, unique=True))
    decision = decide(rule, asked.question, asked.positions).value
    past = Past("t", "r", rule, asked.question, asked.positions, decision)
    found = [replayed(past, Rules({"r": (rule,)}), Change(leaving=tuple(each)))
        for each in [*permutations(gone)][:6]]  # fmt: skip
    left = Question.of(
        [each for each in members if each not in gone],
        groups={name: {*who} - {*gone} for name, who in asked.question.groups.items()},
        roles={name: {*who} - {*gone} for name, who in asked.question.roles.items()},
        weights=asked.question.weights,
    )
    kept = {who: each for who, each in asked.positions.items() if who not in gone}
    now = decide(rule, left, kept).value
    assert all(each.decision == now for each in found)
    assert len({(each.verdict, frozenset(each.turned_by)) for each in found}) == 1


@given(rules(), put(largest=3), st.sampled_from([*POSITIONS, ""]))
def test_whatever_who_joins_says_is_among_what_was_foreseen(
    rule: Any, asked: Put, word: str
) -> None:
    decision = decide(rule, asked.question, asked.positions).value
    past = Past("t", "r", rule, asked.question, asked.positions, decision)
    change = Change(joining=("N",), groups={"some": "N"}, weights={"power": {"N": 3}})
    found = replayed(past, Rules({"r": (rule,)}), change)
    question = Question(
        (*asked.question.members, "N"),
        {**asked.question.groups, "some": asked.question.groups["some"] | {"N"}},
        {"power": {**asked.question.weights["power"], "N": 3}},
        asked.question.roles,
    )
    taken = {**asked.positions, **({"N": word} if word else {})}
    assert decide(rule, question, taken).value.outcome in found.outlook.outcomes


def test_the_order_of_decisions_is_kept() -> None:
    every = decisions("un")
    found: Replay = replay(every, rules_of("un"), Change(on=TODAY))
    back = replay(every[::-1], rules_of("un"), Change(on=TODAY))
    assert found.decisions == back.decisions[::-1]
    assert found.not_replayable == back.not_replayable[::-1]


def test_a_period_takes_its_first_day_and_not_its_last() -> None:
    _, past = made(
        "rule: three, on: 2000-01-01, positions: {yes: [A]}, expect: not_adopted",
        "rule: three, on: 2001-01-01, tallies: [{yes: 3}], expect: adopted",
        "rule: three, positions: {yes: [A]}, expect: not_adopted",
    )
    first, second, undated = past
    period = Period(date(2000, 1, 1), date(2001, 1, 1))
    found = [*between(past, period)]
    assert found[0] is first
    assert [each.fault.code for each in found[1:] if isinstance(each, NotReplayable)] == ["no_day"]
    assert found[1].title == undated.title
    assert [*between([second], Period(date(2001, 1, 1)))] == [second]
