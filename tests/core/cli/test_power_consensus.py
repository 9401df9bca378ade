"""``comity power --consensus``: how likely it is that nobody objects, as members are added."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.wording.catalogue import LANGUAGES
from tests.core.cli.conftest import Ask, Run

RULES = """
position_tables:
  votes:
    silent: absent
    order: [no, yes]
    positions: {yes: {counts_as: in_favour}, no: {counts_as: against}, absent: {present: false}}
decision_rules:
  half:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 1/2, of: electorate}}
      - {outcome: not_adopted}
"""
ABC = ("--members", "A,B,C", "--consensus", "--draws", "2000")


@pytest.fixture
def rules(tmp_path: Path) -> str:
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    return str(file)


def test_it_falls_as_members_are_added(ask: Ask, rules: str) -> None:
    found = ask("power", rules, *ABC, "--joining", "D", "--objecting", "10 %")
    assert [each["added"] for each in found["chances"]] == ["A", "B", "C", "D"]
    exact = [each["analytic"] for each in found["chances"]]
    assert exact == ["0.900000000000", "0.810000000000", "0.729000000000", "0.656100000000"]
    for each in found["chances"]:
        assert float(each["low"]) <= float(each["drawn"]) <= float(each["high"])
        assert float(each["low"]) <= float(each["analytic"]) <= float(each["high"])
    assert "decision" not in found


def test_every_assumption_is_in_the_answer(ask: Ask, rules: str) -> None:
    words = ("--objecting", "0.1", "--objecting", "0.5=C", "--common", "1/4", "--bloc", "0.5=A,B")
    found = ask("power", rules, *ABC, *words, "--seed", "5")
    assert [each["probability"][:4] for each in found["assumption"]["objecting"]] == [
        "0.10", "0.10", "0.50",
    ]  # fmt: skip
    assert found["assumption"]["common"] == "0.250000000000"
    assert found["assumption"]["blocs"] == [{"members": ["A", "B"], "cohesion": "0.500000000000"}]
    assert (found["seed"], found["draws"]) == (5, 2000)
    by_hand = 0.25 * 0.5 + 0.75 * (0.5 * 0.9 + 0.5 * 0.81) * 0.5
    assert float(found["chances"][-1]["analytic"]) == pytest.approx(by_hand)


def test_the_same_seed_draws_the_same(ask: Ask, rules: str) -> None:
    words = ("power", rules, *ABC, "--objecting", "0.3", "--seed")
    drawn = [[each["drawn"] for each in ask(*words, seed)["chances"]] for seed in ("1", "1", "2")]
    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_with_a_rule_also_the_chance_of_a_decision(ask: Ask, rules: str) -> None:
    found = ask("power", rules, "half", *ABC, "--objecting", "0.5")
    assert (found["rule"], found["decision"]["analytic"]) == ("half", None)
    assert float(found["decision"]["low"]) <= 0.5 <= float(found["decision"]["high"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_assumed_is_told_in_every_language(run: Run, rules: str, language: str) -> None:
    words = ("--objecting", "2%", "--objecting", "5%=C", "--common", "0.1", "--bloc", "0.5=A,B")
    result = run("power", rules, "half", *ABC, *words, "--seed", "77", "--lang", language)
    assert result.exit_code == 0
    for part in ("2 %", "5 %", "10 %", "50 %", "2000", "77", "99 %", "98.000 %"):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "with what probability A, B, C object"),
        (("--objecting", "0.1=A,B"), "with what probability C object"),
        (("--objecting", "0.1", "--objecting", "0.2"), "for all others twice"),
        (("--objecting", "0.1=A,B", "--objecting", "0.2=B"), 'of "B" twice'),
        (("--objecting", "1.1"), "a number from 0 to 1"),
        (("--objecting", "often"), '"often" is not a number'),
        (("--objecting", "0.1", "--objecting", "0.1=X"), 'no member "X"'),
        (("--objecting", "0.1", "--common", "-1"), "a number from 0 to 1"),
        (("--objecting", "0.1", "--bloc", "0.1"), "--bloc P=A,B"),
        (("--objecting", "0.1", "--bloc", "0.1=X"), 'no member "X"'),
        (("--objecting", "0.1", "--bloc", "0.1=A,B", "--bloc", "0.1=B,C"), "in one bloc at most"),
        (("--objecting", "0.1", "--draws", "0"), "'--draws'"),
        (("--objecting", "0.1", "--method", "large"), "--method with --consensus"),
        (("--objecting", "0.1", "--otherwise", "no"), "--otherwise without RULE"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(
    run: Run, rules: str, words: tuple[str, ...], said: str
) -> None:
    result = run("power", rules, *ABC, *words)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("option", ["--objecting", "--common", "--bloc", "--draws"])
def test_its_options_are_of_no_other_question(run: Run, rules: str, option: str) -> None:
    result = run("power", rules, "half", "--members", "A,B", option, "1")
    assert result.exit_code == 2
    assert f"{option} without --consensus" in result.stderr
