"""What a rule makes of positions: outcome, reckonings, who blocks, who is bound; and properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from comity.decision.counting import hold
from comity.decision.deciding import Decision, decide, decide_tallied
from comity.decision.model import Rule
from comity.decision.question import Question
from comity.decision.read import read_file, read_rules
from comity.decision.tallies import Tally
from comity.kernel.errors import DataError, UnknownName
from tests.core.decision.chance import Put, put, rules

DATA = Path(__file__).parent / "data"
RULES = read_file(DATA / "rules.yaml")
CONSENSUS: dict[str, Any] = {
    "silent": "no_position",
    "article": "rule_4",
    "positions": {
        "joins_consensus": {"counts_as": "in_favour"},
        "ad_referendum": {"counts_as": "not_opposed", "provisional": True},
        "opinion_on_record": {"counts_as": "in_favour", "on_record": True},
        "dissociates": {"counts_as": "not_opposed", "on_record": True, "bound": False},
        "does_not_participate": {"takes_part": False, "bound": False},
        "objects": {"counts_as": "opposed", "reason": "expected"},
        "no_position": {"counts_as": "not_opposed", "awaited": True},
    },
}


def consensus(**keys: Any) -> Rule:
    rule = {
        "article": "art_16",
        "positions": "consensus",
        "decide": [
            {
                "outcome": "not_adopted",
                "when": {"votes": "opposed", "more_than": 0, "article": "art_16_1"},
                "article": "art_16_9",
                "then": {"rule": "r"},
            },
            {"outcome": "adopted", "article": "art_17"},
        ],
        **keys,
    }
    sections = {
        "roles": {"concerned": {}},
        "groups": {"council": {}},
        "position_tables": {"consensus": CONSENSUS},
    }
    return read_rules({**sections, "decision_rules": {"r": rule}}).on("r")


FIVE = ("AA", "BB", "CC", "DD", "EE")


def answer(rule: Rule, positions: dict[str, str], **known: Any) -> Decision:
    return decide(rule, Question.of(FIVE, **known), positions).value


def test_an_objection_blocks_and_an_opinion_on_record_does_not() -> None:
    found = answer(consensus(), {"AA": "objects", "BB": "opinion_on_record"})
    assert (found.outcome, found.carried, found.blocked_by) == ("not_adopted", False, ("AA",))
    assert found.on_record == ("BB",)
    assert found.bound == found.not_bound == ()
    assert found.then is not None
    assert found.then.rule == "r"
    found = answer(consensus(), {"BB": "opinion_on_record"})
    assert (found.outcome, found.blocked_by, found.blocking) == ("adopted", (), 0)
    assert found.bound == FIVE
    assert found.then is None


def test_the_grounds_are_the_articles_of_what_was_tested() -> None:
    adopted = decide(consensus(), Question.of(FIVE), {})
    assert adopted.grounds == ("art_16", "rule_4", "art_16_1", "art_17")
    objected = decide(consensus(), Question.of(FIVE), {"AA": "objects"})
    assert objected.grounds == ("art_16", "rule_4", "art_16_1", "art_16_9")


def test_what_is_provisional_or_awaited_is_outstanding() -> None:
    found = answer(consensus(), {"AA": "ad_referendum", "BB": "joins_consensus"})
    assert found.outstanding == ("AA", "CC", "DD", "EE")


def test_who_dissociates_is_not_bound_and_on_record() -> None:
    found = answer(consensus(), {"CC": "dissociates"})
    assert (found.not_bound, found.on_record) == (("CC",), ("CC",))


def test_the_member_concerned_is_not_asked_but_bound() -> None:
    rule = consensus(electorate={"without": ["concerned"]})
    found = answer(rule, {"AA": "objects"}, roles={"concerned": ["AA"]})
    assert (found.outcome, found.bound) == ("adopted", FIVE)
    assert answer(rule, {"AA": "objects"}).outcome == "not_adopted"


def test_only_participants_decide_and_are_bound() -> None:
    rule = consensus(electorate={"only_participants": True}, binds="participants")
    said = {"AA": "joins_consensus", "BB": "joins_consensus", "CC": "does_not_participate"}
    found = answer(rule, said)
    assert (found.bound, found.not_bound) == (("AA", "BB"), ("CC", "DD", "EE"))
    assert answer(rule, {**said, "DD": "objects"}).blocked_by == ("DD",)


def test_only_a_group_decides() -> None:
    rule = consensus(electorate={"among": "council"})
    groups = {"council": ["AA", "BB"]}
    assert answer(rule, {"CC": "objects"}, groups=groups).carried
    assert answer(rule, {"BB": "objects"}, groups=groups).blocked_by == ("BB",)
    with pytest.raises(UnknownName, match='no group "council"'):
        answer(rule, {})


def test_every_test_leaves_its_reckoning() -> None:
    rule = RULES.on("eu_qmv_55_65", date(2025, 6, 1))
    members = tuple(rule.weights["population"].on(date(2025, 6, 1)).values)  # type: ignore[union-attr]
    question = Question.of(members, on=date(2025, 6, 1))
    against = {"Germany": "no", "France": "no", "Poland": "no"}
    found = decide(rule, question, {**dict.fromkeys(members, "yes"), **against}).value
    # Three large members are 42 per cent of the population, and cannot block.
    assert found.outcome == "adopted"
    assert [(each.counted, each.met) for each in found.reckonings] == [
        (24, True),
        (24, True),
        (5802, False),
        (3, True),
    ]
    assert found.reckonings[0].base == 27
    assert str(found.reckonings[0].required) == "297/20"
    found = decide(
        rule, question, {**dict.fromkeys(members, "yes"), **against, "Malta": "abstain"}
    ).value
    assert (found.outcome, found.blocked_by) == (
        "not_adopted",
        ("France", "Germany", "Malta", "Poland"),
    )


def test_a_veto_is_one_only_where_the_others_would_have_carried_it() -> None:
    rule = RULES.on("security_council")
    members = [f"M{n}" for n in range(15)]
    question = Question.of(members, groups={"permanent": members[:5]})
    yes = dict.fromkeys(members[5:14], "yes")
    assert decide(rule, question, {**yes, "M0": "no"}).value.outcome == "vetoed"
    assert decide(rule, question, {**yes, "M0": "no"}).value.blocked_by == ("M0",)
    assert decide(rule, question, {**yes, "M0": "abstain"}).value.outcome == "adopted"
    fewer = {**yes, "M5": "abstain", "M0": "no"}
    assert decide(rule, question, fewer).value.outcome == "not_adopted"


def test_the_rule_of_the_day_decides() -> None:
    tallies = [{"yes": 7, "members": 11}, {"group": "permanent", "yes": 4, "members": 5}]
    for day, outcome in ((date(1950, 6, 27), "adopted"), (date(1970, 1, 1), "not_adopted")):
        rule = RULES.on("security_council", day)
        assert decide_tallied(rule, tallies).value.outcome == outcome


def test_the_seventeenth_leaves_the_room() -> None:
    rule = RULES.on("iwc_three_quarters")
    assert decide_tallied(rule, [{"yes": 45, "members": 88}]).value.outcome == "adopted"
    found = decide_tallied(rule, [{"yes": 44, "members": 88}])
    assert (found.value.outcome, found.value.entry) == ("no_quorum", -1)
    assert "Rules of Procedure of the Commission, B.1" in found.grounds
    members = [f"M{n}" for n in range(88)]
    found = decide(rule, Question.of(members), dict.fromkeys(members[:44], "yes"))
    assert found.value.outcome == "no_quorum"
    assert found.value.blocked_by == tuple(sorted(members[44:]))


@pytest.mark.parametrize(
    ("rule", "yes", "members", "outcome"),
    [
        ("imf_amendment", 114, 190, "adopted"),  # 3/5 of 190 exactly
        ("imf_amendment", 113, 190, "not_adopted"),
        ("au_two_thirds", 33, 49, "adopted"),
        ("au_two_thirds", 32, 49, "not_adopted"),
    ],
)
def test_edges_are_exact(rule: str, yes: int, members: int, outcome: str) -> None:
    tallies = [{"yes": yes, "members": members}]
    tallies.append({"weight": "voting_power", "yes": 85, "total": 100})
    assert decide_tallied(RULES.on(rule), tallies).value.outcome == outcome


@pytest.mark.parametrize(
    ("yes", "no", "outcome"),
    [(76, 35, "adopted"), (35, 35, "not_adopted"), (0, 0, "not_adopted"), (1, 0, "adopted")],
)
def test_of_no_votes_no_majority(yes: int, no: int, outcome: str) -> None:
    tally = [{"yes": yes, "no": no, "abstain": 17}]
    assert decide_tallied(RULES.on("unga_simple"), tally).value.outcome == outcome
    if not yes:
        assert decide_tallied(RULES.on("unga_two_thirds"), tally).value.outcome == outcome


@pytest.mark.parametrize(
    ("yes", "no", "more", "at_least", "ten_ahead"),
    [
        (2, 1, True, True, False),
        (1, 1, False, True, False),
        (1, 0, True, True, False),
        (10, 0, True, True, True),
        (11, 2, True, True, False),
        (0, 0, False, False, False),
        (0, 1, False, False, False),
    ],
)
def test_two_counts_are_compared_though_one_is_nothing(
    yes: int, no: int, *, more: bool, at_least: bool, ten_ahead: bool
) -> None:
    of_against: dict[str, Any] = {"votes": "in_favour", "of": "against"}
    for test, met in (
        ({"more_than": 1}, more),
        ({"at_least": 1}, at_least),
        ({"at_least": 1, "plus": 10}, ten_ahead),
    ):
        rule = compared({**of_against, **test})
        assert decide_tallied(rule, [{"yes": yes, "no": no}]).value.carried is met


def compared(when: dict[str, Any], **electorate: str) -> Rule:
    positions = {"yes": {"counts_as": "in_favour"}, "no": {"counts_as": "against"}, "absent": {}}
    rule = {
        "positions": "t",
        "decide": [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}],
        "electorate": electorate,
    }
    table = {"silent": "absent", "positions": positions}
    sections = {"groups": {"a": {}, "b": {}}, "position_tables": {"t": table}}
    return read_rules({**sections, "decision_rules": {"r": rule}}).on("r")


def test_the_fewest_members_with_a_weight() -> None:
    rule = RULES.on("eu_qmv_subset_55_65")
    weights = {"population": {"AA": 30, "BB": 25, "CC": 20, "DD": 15, "EE": 10}}
    # AA and BB are more than 35 per cent: two members, and one more; fewer than three do not block.
    yes = dict.fromkeys(("CC", "DD", "EE"), "yes")
    found = answer(rule, {**yes, "AA": "no", "BB": "no"}, weights=weights)
    assert found.outcome == "adopted"
    assert [each.required for each in found.reckonings][-1] == 3
    found = answer(rule, {"AA": "no", "BB": "no", "CC": "no", "DD": "yes", "EE": "yes"},
                   weights=weights)  # fmt: skip
    assert found.outcome == "not_adopted"


def test_a_share_is_rounded_only_where_the_rule_says_so() -> None:
    def rule(**keys: Any) -> Rule:
        when = {"votes": "in_favour", "at_least": "1/2", "of": "electorate", **keys}
        decided = [{"outcome": "adopted", "when": when}, {"outcome": "not_adopted"}]
        rules = {"r": {"positions": "consensus", "decide": decided}}
        tables = {"consensus": {**CONSENSUS}}
        return read_rules({"position_tables": tables, "decision_rules": rules}).on("r")

    two = {"AA": "joins_consensus", "BB": "joins_consensus"}
    for keys, needed, outcome in (
        ({}, "5/2", "not_adopted"),
        ({"rounded": "down"}, "2", "adopted"),
        ({"rounded": "up"}, "3", "not_adopted"),
        ({"rounded": "half_up"}, "3", "not_adopted"),
        ({"rounded": "down", "plus": 1}, "3", "not_adopted"),
    ):
        found = answer(rule(**keys), two)
        assert (str(found.reckonings[0].required), found.outcome) == (needed, outcome)


def test_what_is_not_known_is_refused() -> None:
    rule = RULES.on("eu_qmv_55_65")
    with pytest.raises(UnknownName, match='no member "ZZ"'):
        answer(rule, {"ZZ": "yes"})
    with pytest.raises(UnknownName, match='Did you mean "yes"'):
        answer(rule, {"AA": "yess"})
    with pytest.raises(DataError, match=r'no weight "population" of AA'):
        answer(rule, {})
    with pytest.raises(DataError, match=r'no weights "voting_power"'):
        answer(RULES.on("imf_85"), {})
    with pytest.raises(DataError, match="selected by an earlier decision"):
        answer(RULES.on("important_question"), {})
    with pytest.raises(UnknownName, match='no member "ZZ"'):
        Question.of(FIVE, groups={"council": ["ZZ"]})


def test_tallies_that_do_not_say_enough_are_refused() -> None:
    au = RULES.on("au_two_thirds")
    with pytest.raises(DataError, match="does not say of how many"):
        decide_tallied(au, [{"yes": 3}])
    with pytest.raises(DataError, match="no tally of all by heads"):
        decide_tallied(au, [{"yes": 3, "members": 5, "group": "council"}])
    with pytest.raises(DataError, match="6 of 5"):
        decide_tallied(au, [{"yes": 6, "members": 5}])
    subset = [{"yes": 3, "members": 5}, {"weight": "population", "yes": 3, "total": 5}]
    with pytest.raises(DataError, match="what each member weighs"):
        decide_tallied(RULES.on("eu_qmv_subset_55_65"), subset)


def test_a_base_of_members_holds_those_too_whom_a_tally_names_as_excluded() -> None:
    rule = compared({"votes": "in_favour", "at_least": "2/3", "of": "members"})
    assert decide_tallied(rule, [{"yes": 36, "members": 53}]).value.carried
    for tally in ({"members": 53}, {"total": 53}, {}):
        assert not decide_tallied(rule, [{"yes": 36, "everybody": 55, **tally}]).value.carried
        assert decide_tallied(rule, [{"yes": 37, "everybody": 55, **tally}]).value.carried
    half = compared({"votes": "in_favour", "at_least": "2/3", "of": "electorate"})
    assert decide_tallied(half, [{"yes": 36, "members": 53, "everybody": 55}]).value.carried
    for few in ({"yes": 36, "everybody": 35}, {"yes": 3, "members": 53, "everybody": 52}):
        with pytest.raises(DataError, match=r"\(everybody\) in a tally"):
            decide_tallied(rule, [few])


def test_a_tally_that_makes_no_difference_may_be_missing() -> None:
    rule = RULES.on("security_council")
    too_few = decide_tallied(rule, [{"yes": 4, "no": 5, "members": 15}]).value
    assert (too_few.outcome, too_few.blocking) == ("not_adopted", None)
    assert [each.met for each in too_few.reckonings] == [False, False]
    with pytest.raises(DataError, match='no tally in the group "permanent"'):
        decide_tallied(rule, [{"yes": 9, "no": 1, "members": 15}])


def test_the_tally_of_the_group_that_decides_is_that_of_all() -> None:
    half = {"votes": "in_favour", "more_than": "1/2"}
    tally = [{"group": "a", "yes": 2, "no": 1, "members": 3}]
    assert decide_tallied(compared({**half, "of": "electorate"}, among="a"), tally).value.carried
    for rule in (compared({**half, "of": "electorate"}, among="b"),
                 compared({**half, "of": "members"}, among="a")):  # fmt: skip
        with pytest.raises(DataError, match="tally"):
            decide_tallied(rule, tally)


def test_one_of_two_majorities_may_be_enough() -> None:
    one, other = ({"votes": "in_favour", "group": each, "at_least": 2} for each in ("a", "b"))
    rule = compared({"any": [other, one]})
    assert decide_tallied(rule, [{"group": "a", "yes": 2}]).value.carried
    for tally in ({"group": "a", "yes": 1}, {"yes": 2}):
        with pytest.raises(DataError, match='no tally in the group "b"'):
            decide_tallied(rule, [tally])
    rule = compared({"not": {"all": [other, one]}})
    assert decide_tallied(rule, [{"group": "a", "yes": 1}]).value.carried
    with pytest.raises(DataError, match='no tally in the group "b"'):
        decide_tallied(rule, [{"group": "a", "yes": 2}])


def test_of_tallies_the_number_who_block_is_known() -> None:
    found = decide_tallied(RULES.on("osce_consensus"), [{"yes": 55, "no": 2, "members": 57}]).value
    assert (found.blocking, found.blocked_by, found.named) == (2, (), False)


def tallied(rule: Rule, asked: Put) -> list[Tally]:
    """Count what members hold as a clerk would, for every group and weight."""
    held = hold(rule, asked.question, asked.positions)
    found = []
    for group, among in (
        ("all", {*asked.question.members}),
        ("some", asked.question.groups["some"]),
    ):
        for weight in ("", "power"):
            values = asked.question.weights.get(weight, dict.fromkeys(asked.question.members, 1))
            counts: dict[str, int] = {}
            for position, electors in held.electors.items():
                counts[position] = sum(int(values[each]) for each in electors if each in among)
            every = sum(int(values[each]) for each in among)
            tally = Tally(counts, group=group, weight=weight, total=sum(counts.values()))
            found.append(replace(tally, everybody=every))
    return found


@given(rules(), put())
def test_members_and_their_tallies_decide_alike(rule: Rule, asked: Put) -> None:
    assume(not any(each.amount.fewest_with for each in rule.tests()))  # of which no tally says
    named = decide(rule, asked.question, asked.positions)
    counted = decide_tallied(rule, tallied(rule, asked))
    assert counted.value.outcome == named.value.outcome
    assert counted.value.reckonings == named.value.reckonings
    assert counted.grounds == named.grounds


@given(rules(), put(), st.randoms(use_true_random=False))
def test_the_order_of_members_changes_nothing(rule: Rule, asked: Put, chance: Random) -> None:
    members = [*asked.question.members]
    chance.shuffle(members)
    known = asked.question
    other = Question.of(members, groups=known.groups, weights=known.weights, roles=known.roles)
    positions = {each: asked.positions[each] for each in members if each in asked.positions}
    assert decide(rule, other, positions) == decide(rule, known, asked.positions)


@given(rules(), put())
def test_who_blocks_is_said_only_of_what_is_not_carried(rule: Rule, asked: Put) -> None:
    found = decide(rule, asked.question, asked.positions).value
    assert not (found.carried and found.blocked_by)
    assert {*found.bound} | {*found.not_bound} in ({*asked.question.members}, set())
    assert {*found.blocked_by} <= {*asked.question.members}
