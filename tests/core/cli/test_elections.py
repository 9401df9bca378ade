"""``comity decide --ballot``: an election, ballot by ballot."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.conftest import Ask, Run
from tests.core.decision.tables import BALLOTS

RULES = (
    BALLOTS
    + """\
articles:
  pact:
    names: {en: "Pact, art. 9", ru: "Пакт, ст. 9", zh: 公约第九条}
    source: from memory
    confidence: low
outcomes: {suspended: {carries: false, names: {en: suspended, ru: приостановлено, zh: 中止}}}
decision_rules:
  chair:
    names: {en: Chair, ru: Председатель, zh: 主席}
    article: pact
    positions: ballots
    quorum: {votes: present, more_than: 1/2, of: members}
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 2/3, of: electorate}}
      - {outcome: not_adopted}
    elects:
      supporting: yes
      other: another
      stages: [{ballots: 1}, {candidates: 2}, {candidates: 1}]
      otherwise: suspended
  motion:
    positions: ballots
    decide: [{outcome: adopted, when: {votes: in_favour, at_least: 1}}, {outcome: not_adopted}]
"""
)
FIRST = ("--ballot", "A=14,B=10,C=6,members=30")
SECOND = ("--ballot", "A=16,B=14,members=30")
TIED = ("--ballot", "A=12,B=9,C=9,members=30")
FEW = ("--ballot", "A=5,members=30")


@pytest.fixture
def rules(tmp_path: Path) -> str:
    file = tmp_path / "club.yaml"
    file.write_text(RULES)
    return str(file)


def test_while_a_ballot_is_left_it_says_who_goes_on(ask: Ask, rules: str) -> None:
    found = ask("decide", rules, "chair", *FIRST, code=1)
    assert (found["outcome"], found["elected"]) == (None, None)
    assert (found["candidates"], found["places"], found["tied"]) == (["A", "B"], 2, [])
    assert found["ballots"][0]["candidates"][1] == {
        "candidate": "B", "votes": "10", "outcome": "not_adopted"
    }  # fmt: skip
    assert [each["id"] for each in found["grounds"]] == ["pact"]


def test_whoever_is_elected_is_named(run: Run, ask: Ask, rules: str) -> None:
    words = ("decide", rules, "chair", *FIRST, *SECOND, "--ballot", "A=20,no=10,members=30")
    found = ask(*words)
    assert (found["outcome"], found["elected"], found["candidates"]) == ("adopted", "A", [])
    text = run(*words).stdout
    for line in ("Ballot 1: A 14; B 10; C 6", "Outcome: adopted", "Elected: A", "20 of 30; 20"):
        assert line in text
    assert "Pact, art. 9 (low confidence)" in text


def test_after_the_last_ballot_the_stages_end_as_the_rule_says(ask: Ask, rules: str) -> None:
    words = (*FIRST, *SECOND, "--ballot", "A=19,no=11,members=30")
    found = ask("decide", rules, "chair", *words, code=1)
    assert (found["outcome"], found["outcome_name"]) == ("suspended", "suspended")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Nobody is elected yet", "Next ballot: A, B, C", "At most 2", "(no quorum)"]),
        (
            "ru",
            ["Пока никто не избран", "Следующий тур: A, B, C", "не более чем 2", "(нет кворума)"],
        ),
        ("zh", ["尚无人当选", "下一轮：A、B、C", "至多2人", "(未达法定人数)"]),
    ],
)
def test_it_says_so_in_three_languages(
    language: str, said: list[str], run: Run, rules: str
) -> None:
    text = run("decide", rules, "chair", *FEW, "--lang", language).stdout
    text += run("decide", rules, "chair", *TIED, "--lang", language).stdout
    assert [each for each in said if each not in text] == []


def test_it_says_which_rule_was_taken_without_an_earlier_decision(
    ask: Ask, run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "club.yaml"
    chosen = "{rule: motion, outcomes: {adopted: motion}, otherwise: chair}"
    file.write_text(f"{RULES}  chosen: {{chosen_by: {chosen}}}\n")
    words = ("decide", str(file), "chosen", *FIRST)
    assert "Rule: “Chair”, as no earlier decision was named (--prior adopted)" in run(*words).stdout
    found = ask(*words, code=1)
    assert (found["rule"], found["rule_asked"], found["prior"]) == ("chair", "chosen", None)


def test_ballots_may_stand_in_a_file(ask: Ask, rules: str, tmp_path: Path) -> None:
    question = tmp_path / "question.yaml"
    question.write_text("ballots: [[{A: 20, B: 10, members: 30}]]")
    assert ask("decide", rules, "chair", "--question", str(question))["elected"] == "A"


REFUSED = {
    "no-election": (("motion", *FIRST), "elects_nobody", "the key elects"),
    "no-sign": (("chair", "--ballot", "A"), "malformed_question", "--ballot A=N,B=N"),
    "tallies-too": (("chair", *FIRST, "--tally", "yes=1"), "malformed_question", "one of the two"),
    "positions-too": (("chair", *FIRST, "--rest", "no"), "malformed_question", "one of the two"),
    "changes": (("chair", *FIRST, "--what-would-change"), "malformed_question", "with ballots"),
    "left-out": (("chair", *FIRST, "--ballot", "C=9,members=30"), "unknown_candidate", "one of A"),
    "no-number": (("chair", "--ballot", "A=x,members=30"), "malformed_number", "number"),
}


@pytest.mark.parametrize(("words", "code", "says"), REFUSED.values(), ids=REFUSED)
def test_it_refuses_with_a_sentence(
    words: tuple[str, ...], code: str, says: str, ask: Ask, rules: str
) -> None:
    error = ask("decide", rules, *words, code=2)["error"]
    assert error["code"] == code
    assert says in error["message"]


def test_it_refuses_a_file_whose_ballots_are_none(ask: Ask, rules: str, tmp_path: Path) -> None:
    question = tmp_path / "question.yaml"
    question.write_text("ballots: [5]")
    words = ("decide", rules, "chair", "--question", str(question))
    assert ask(*words, code=2)["error"]["code"] == "malformed_cases"
