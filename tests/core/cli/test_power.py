"""``comity power``: both indices under a rule, and what joining or leaving would change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from comity.wording.catalogue import LANGUAGES
from tests.core.cli.conftest import Ask, Run
from tests.core.decision.tables import VOTES

RULES = (
    VOTES
    + """\
groups: {founders: {names: {en: founders, ru: основатели, zh: 创始成员}}}
weights:
  shares:
    names: {en: shares, ru: доли, zh: 份额}
    tables: [{source: made up, values: {A: 2, B: 1, C: 1, D: 0, E: 2}}]
decision_rules:
  shares:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, weight: shares, at_least: 3}}
      - {outcome: not_adopted}
  veto:
    positions: votes
    decide:
      - outcome: adopted
        when:
          all: [{votes: in_favour, at_least: 2}, {votes: against, group: founders, at_most: 0}]
      - {outcome: not_adopted}
  upside_down:
    positions: votes
    decide: [{outcome: adopted, when: {votes: in_favour, at_most: 1}}, {outcome: not_adopted}]
  chosen:
    chosen_by:
      question: {en: By shares?, ru: По долям?, zh: 按份额？}
      rule: veto
      outcomes: {adopted: shares}
      otherwise: veto
"""
)


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "organisations" / "club"
    folder.mkdir(parents=True)
    (folder / "decisions.yaml").write_text(RULES)
    return tmp_path


SHARES = ("power", "club", "shares", "--members", "A,B,C,D")


def test_it_says_both_indices_and_how_they_were_found(ask: Ask, club: Path) -> None:
    found = ask(*SHARES, data=club)
    assert (found["support"], found["otherwise"]) == ("yes", "no")
    powers = {each["member"]: each for each in found["powers"]}
    exact = [powers[member]["shapley_exact"] for member in "ABCD"]
    assert exact == ["2/3", "1/6", "1/6", "0"]
    assert powers["A"]["shapley"] == "0.666666666667"
    assert (powers["A"]["banzhaf"], powers["A"]["banzhaf_absolute"]) == (
        "0.600000000000",
        "0.750000000000",
    )
    assert (found["vetoers"], found["dummies"]) == (["A"], ["D"])
    assert found["methods"]["shapley"] == {
        "method": "enumeration", "exact": True, "error": "0.000e+00", "confidence": "1",
    }  # fmt: skip
    assert "after" not in found


def test_joining_and_leaving_stand_beside_with_the_differences(
    run: Run, ask: Ask, club: Path
) -> None:
    words = (*SHARES, "--joining", "E", "--leaving", "A,B")
    found = ask(*words, data=club)
    after = {each["member"]: each["shapley_exact"] for each in found["after"]["powers"]}
    assert after == {"C": "1/2", "D": "0", "E": "1/2"}
    changes = {each["member"]: each for each in found["changes"]}
    assert (changes["A"]["left"], changes["A"]["shapley"]) == (True, "-0.666666666667")
    assert (changes["E"]["joined"], changes["E"]["shapley"]) == (True, "0.500000000000")
    assert changes["C"]["shapley"] == "0.333333333333"
    text = run(*words, data=club).stdout
    for part in ("66.667 %", "-66.667", "+50.000", "After the change", "With a veto: C, E"):
        assert part in text


def test_a_group_and_other_positions(ask: Ask, club: Path) -> None:
    words = ("power", "club", "veto", "--members", "A,B,C", "--group", "founders=A")
    assert ask(*words, data=club)["vetoers"] == ["A"]
    abstaining = ask(*words, "--otherwise", "abstain", data=club)
    assert (abstaining["otherwise"], abstaining["vetoers"]) == ("abstain", [])


def test_a_weight_is_that_of_who_joins_and_goes_before_the_table(ask: Ask, club: Path) -> None:
    words = ("power", "club", "shares", "--members", "A,B,C")
    joined = ask(*words, "--joining", "X", "--weight", "shares=X:3", data=club)
    exact = {each["member"]: each["shapley_exact"] for each in joined["after"]["powers"]}
    assert exact == {"A": "1/4", "B": "1/12", "C": "1/12", "X": "7/12"}
    assert joined["powers"] == ask(*words, data=club)["powers"]
    heavier = ask(*words, "--weight", "shares=A:3,B:1/2", data=club)
    assert [each["shapley_exact"] for each in heavier["powers"]] == ["1", "0", "0"]


def test_the_group_of_who_joins_is_named(ask: Ask, club: Path) -> None:
    words = ("power", "club", "veto", "--members", "A,B,C", "--joining", "X")
    for group, vetoers in (("X", ["X"]), ("A,X", ["A", "X"]), ("A", ["A"])):
        found = ask(*words, "--group", f"founders={group}", data=club)
        assert found["after"]["vetoers"] == vetoers


def test_the_seed_is_that_of_what_is_drawn(ask: Ask, club: Path) -> None:
    drawn = [
        ask(*SHARES, "--method", "sampling", "--seed", seed, data=club)["powers"]
        for seed in ("1", "1", "2")
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_a_member_that_leaves_leaves_its_group(ask: Ask, club: Path) -> None:
    words = ("power", "club", "veto", "--members", "A,B,C", "--group", "founders=A,E")
    found = ask(*words, "--joining", "E", "--leaving", "A", data=club)
    assert (found["vetoers"], found["after"]["vetoers"]) == (["A"], ["E"])


def test_of_an_earlier_decision_the_outcome_is_asked_for(run: Run, ask: Ask, club: Path) -> None:
    words = ("power", "club", "chosen", "--members", "A,B,C,D")
    result = run(*words, data=club)
    assert result.exit_code == 2
    assert (
        'Expected: --prior OUTCOME, with adopted. After any other outcome the rule is "veto"'
        in (result.stderr)
    )
    assert ask(*words, "--prior", "adopted", data=club)["rule"] == "shares"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["enumeration", "large", "sampling"])
def test_the_method_and_its_bound_are_told_in_every_language(
    run: Run, club: Path, language: str, method: str
) -> None:
    result = run(*SHARES, "--method", method, "--lang", language, data=club)
    assert result.exit_code == 0
    assert result.stdout.count(method) == 2
    assert bool(re.search(r"\de-\d", result.stdout)) == (method != "enumeration")
    assert ("99" in result.stdout) == (method == "sampling")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("veto",), "Expected: --members A,B"),
        (("shares", "--members", "A,X"), 'no weight "shares" of X'),
        (("shares", "--members", "A,X"), "Expected: --weight shares=X:…"),
        (("shares", "--members", "A", "--joining", "X,Y"), "shares=X:…,Y:…"),
        (("shares", "--members", "A", "--weight", "shares=B:1"), 'no member "B"'),
        (("shares", "--members", "A", "--weight", "share=A:1"), 'Did you mean "shares"?'),
        (("shares", "--members", "A", "--weight", "shares=A"), "--weight WEIGHT=A:1,B:2"),
        (("shares", "--members", "A", "--weight", "shares=A:x"), '"x" is not a number'),
        (("shares", "--members", "A", "--weight", "shares=A:-1"), "a weight of 0 or more"),
        ((), "no RULE"),
        (("veto", "--members", "A,B"), "Expected: --group founders=A,B"),
        (("veto", "--members", "A,B", "--group", "founders=X"), 'no member "X"'),
        (("veto", "--members", "A,B", "--group", "founder=A"), 'Did you mean "founders"?'),
        (("upside_down", "--members", "A,B"), "it has no power index"),
        (("shares", "--members", "A,B", "--otherwise", "yes"), "count alike"),
        (("shares", "--members", "A,B", "--otherwise", "nay"), 'no position "nay"'),
        (("shares", "--members", "A,B", "--joining", "A"), "a member already"),
        (("shares", "--members", "A,B", "--leaving", "C"), 'no member "C"'),
        (("shares", "--members", "A,B", "--leaving", "A,B"), "a game without players"),
        (("shares", "--members", "A,B", "--method", "guess"), 'no method "guess"'),
        (("share", "--members", "A,B"), 'Did you mean "shares"?'),
    ],
)
def test_what_cannot_be_answered_is_refused(
    run: Run, club: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("power", "club", *words, data=club)
    assert result.exit_code == 2
    assert said in result.stderr


def test_without_a_record_those_in_the_table_of_weights_are_the_players(
    run: Run, ask: Ask, club: Path
) -> None:
    found = ask("power", "club", "shares", data=club)
    assert [each["member"] for each in found["powers"]] == ["A", "B", "C", "D", "E"]
    assert found["members_by"] == ["shares"]
    assert (
        "Members: the 5 in the table of “shares”"
        in run("power", "club", "shares", data=club).stdout
    )
    named = ask("power", "club", "shares", "--members", "A,B", data=club)
    assert named["members_by"] == []
