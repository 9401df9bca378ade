"""``comity power --replay``: decisions of the past under another rule, day or membership."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.wording.catalogue import LANGUAGES
from tests.core.cli.conftest import Ask, Run
from tests.core.decision.tables import VOTES

ORGANISATIONS = Path(__file__).parents[3] / "organisations"
RULES = (
    VOTES
    + """\
groups: {founders: {}}
roles: {suspended: {}}
weights:
  shares:
    tables:
      - {until: 2010-01-01, values: {A: 20, B: 10, C: 10}}
      - {from: 2010-01-01, values: {A: 2, B: 1, C: 1}}
decision_rules:
  most:
    positions: votes
    electorate: {without: [suspended]}
    decide:
      - {outcome: adopted, when: {votes: in_favour, more_than: 1/2, of: electorate}}
      - {outcome: not_adopted}
  shares:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, weight: shares, at_least: 2/3, of: electorate}}
      - {outcome: not_adopted}
  veto:
    positions: votes
    decide:
      - {outcome: vetoed, when: {votes: against, group: founders, more_than: 0}}
      - {outcome: adopted, when: {votes: in_favour, at_least: 1}}
      - {outcome: not_adopted}
  unused:
    positions: votes
    decide: [{outcome: adopted, when: {votes: in_favour, at_least: 1}}, {outcome: not_adopted}]
"""
)
CASES = """
rules: ../decisions.yaml
cases:
  - title: Later
    rule: most
    on: 2015-01-01
    source: made up
    positions: {yes: [A, B], no: [C]}
    expect: adopted
  - title: Earlier
    rule: most
    on: 2005-01-01
    members: [A, B, C, D]
    roles: {suspended: [D]}
    positions: {yes: [B, C], no: [A]}
    expect: {outcome: adopted}
  - title: Counted only
    rule: most
    on: 2006-01-01
    tallies: [{yes: 2, no: 1, members: 3}]
    expect: adopted
  - {title: Without a day, rule: most, positions: {yes: [A]}, expect: adopted}
  - title: By shares
    rule: shares
    on: 2015-01-01
    positions: {yes: [A, B], no: [C]}
    expect: adopted
"""


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "organisations" / "club"
    (folder / "cases").mkdir(parents=True)
    (folder / "decisions.yaml").write_text(RULES)
    (folder / "cases" / "deciding.yaml").write_text(CASES)
    return tmp_path


def test_it_lists_then_and_now_and_who_turned_it(ask: Ask, club: Path) -> None:
    found = ask("power", "club", "most", "--leaving", "B", "--replay", data=club)
    rows = [(each["title"], each["then"], each["now"]) for each in found["decisions"]]
    assert rows == [
        ("Earlier", "adopted", ["not_adopted"]),
        ("Later", "adopted", ["not_adopted"]),
        ("Without a day", "adopted", ["adopted"]),
    ]
    earlier = found["decisions"][0]
    assert (earlier["verdict"], earlier["turned_by"]) == ("now_fails", ["B"])
    assert (earlier["turned_by_rule"], earlier["blocked_by_now"]) == (False, ["A"])
    assert (found["counts"]["now_fails"], found["counts"]["same"]) == (2, 1)
    assert found["reasons"] == {"tally_only": 1}
    assert found["not_replayable"][0]["on"] == "2006-01-01"


def test_under_another_rule_weights_are_those_of_the_day(ask: Ask, club: Path) -> None:
    """Two thirds of 40 are not met by 20, nor of 4 by 2; with the table of either day."""
    found = ask("power", "club", "most", "--under", "shares", "--replay", data=club)
    assert [(each["title"], each["verdict"]) for each in found["decisions"]] == [
        ("Later", "same"),
        ("Without a day", "same"),
    ]
    assert found["reasons"] == {"weights_missing": 1, "tally_only": 1}  # D had no shares
    words = ("--under", "shares", "--leaving", "D", "--until", "2015-01-01", "--replay")
    earlier = ask("power", "club", "most", *words, data=club)["decisions"]
    assert [(each["verdict"], each["turned_by_rule"]) for each in earlier] == [("now_fails", True)]


def test_who_joins_is_open_and_who_was_suspended_too(ask: Ask, club: Path) -> None:
    words = ("power", "club", "most", "--from", "2005-01-01", "--until", "2006-01-01")
    joined = ask(*words, "--joining", "D", "--replay", data=club)["decisions"]
    assert [(each["verdict"], each["hangs_on"]) for each in joined] == [("open", ["D"])]
    assert joined[0]["blocked_by_now"] is None
    two = ask(*words, "--joining", "D,E,F", "--role", "suspended=D,E,F", "--replay", data=club)
    assert [each["verdict"] for each in two["decisions"]] == ["same"]


def test_of_who_joins_the_weight_is_asked_for_and_taken(run: Run, ask: Ask, club: Path) -> None:
    words = ("power", "club", "shares", "--joining", "E")
    lacking = run(*words, "--replay", data=club)
    assert lacking.exit_code == 2
    for part in ("shares=E:…", "3 members weigh 4, A alone 2"):
        assert part in lacking.stderr
    for weight, verdict in (("0", "same"), ("1", "open"), ("1/2", "same")):
        found = ask(*words, "--weight", f"shares=E:{weight}", "--replay", data=club)
        assert [each["verdict"] for each in found["decisions"]] == [verdict]


def test_a_group_of_who_joins(ask: Ask, club: Path) -> None:
    words = ("power", "club", "most", "--from", "2015-01-01", "--under", "veto", "--joining", "E")
    for group, verdict in (("E", "open"), ("A", "same"), ("C", "now_fails")):
        found = ask(*words, "--group", f"founders={group}", "--replay", data=club)
        assert [each["verdict"] for each in found["decisions"]] == [verdict]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language(run: Run, club: Path, language: str) -> None:
    words = ("power", "club", "most", "--joining", "D", "--lang", language, "--replay")
    result = run(*words, data=club)
    assert result.exit_code == 0
    for part in ("Later", "Earlier", "made up"):
        assert part in result.stdout
    if language == "en":
        for part in (
            "Then: adopted. Now: open: adopted or not adopted.",
            "It hangs on: D",
            "Open: 3",
            "Not replayable: 1",
            "Only numbers are recorded",
            "It is assumed",
        ):
            assert part in result.stdout


def test_what_turned_it_is_told(run: Run, club: Path) -> None:
    text = run("power", "club", "most", "--leaving", "B,C", "--replay", data=club).stdout
    assert "Turned by: several changes, each of them enough" in text
    ruled = run(
        "power", "club", "most", "--under", "shares", "--leaving", "D", "--replay", data=club
    )
    assert "Turned by: the rule" in ruled.stdout


def test_cases_of_another_file(ask: Ask, club: Path) -> None:
    file = club / "other.yaml"
    rules = club / "organisations" / "club" / "decisions.yaml"
    file.write_text(CASES.replace("../decisions.yaml", str(rules)).replace("Later", "Elsewhere"))
    words = ("--from", "2015-01-01", "--leaving", "C", "--replay", str(file))
    found = ask("power", "club", "most", *words, data=club)
    assert [each["title"] for each in found["decisions"]] == ["Elsewhere"]
    of_a_file = ask("power", str(rules), "most", *words, data=club)
    assert of_a_file["decisions"] == found["decisions"]


def test_members_that_the_record_does_not_know_are_what_they_are_called(
    ask: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(
        f"rules: {ORGANISATIONS / 'sco' / 'decisions.yaml'}\n"
        "cases: [{title: t, rule: consensus, expect: not_adopted,"
        " positions: {objects: [Atlantis], joins_consensus: [IN]}}]\n"
    )
    words = ("power", "sco", "consensus", "--leaving", "Atlantis", "--replay", str(file))
    found = ask(*words, data=ORGANISATIONS)["decisions"]
    assert [(each["verdict"], each["turned_by"]) for each in found] == [
        ("now_carried", ["Atlantis"])
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("most", "--replay"), "nothing differs"),
        (("unused", "--leaving", "A", "--replay"), "one of most, shares"),
        (("mst", "--leaving", "A", "--replay"), 'Did you mean "most"?'),
        (("most", "--under", "mst", "--replay"), 'Did you mean "most"?'),
        (("most", "--leaving", "X", "--replay"), 'no member "X"'),
        (("most", "--joining", "E", "--group", "founders=X", "--replay"), 'no member "X"'),
        (("most", "--joining", "E", "--weight", "shares=X:1", "--replay"), 'no member "X"'),
        (("most", "--joining", "A", "--replay"), "took part in each of these decisions"),
        (("most", "--leaving", "A", "--members", "A,B", "--replay"), "--members with --replay"),
        (("most", "--leaving", "A", "--seed", "1", "--replay"), "--seed with --replay"),
        (("most", "--under", "shares"), "--under without --replay"),
        (("most", "--from", "2020-01-01"), "--from without --replay"),
        (("most", "--consensus", "--replay"), "--replay and --consensus"),
        (("most", "--from", "2020-13-01", "--leaving", "A", "--replay"), "is not a date"),
        (("most", "--under", "shares", "--joining", "E", "--weight", "shares=E:1", "--replay"),
         "of several days. Expected: --on DATE"),
        (("most", "--leaving", "A", "--replay", "nowhere.yaml"), "nowhere.yaml"),
        (("--leaving", "A", "--replay"), "no RULE"),
    ],
)  # fmt: skip
def test_what_cannot_be_replayed_is_refused(
    run: Run, club: Path, words: tuple[str, ...], said: str
) -> None:
    result = run("power", "club", *words, data=club)
    assert result.exit_code == 2
    assert said in result.stderr


def test_of_a_period_what_has_no_day_is_told(run: Run, club: Path) -> None:
    words = ("--from", "2020-01-01", "--until", "2021-01-01", "--leaving", "A", "--replay")
    result = run("power", "club", "most", *words, data=club)
    assert result.exit_code == 0
    for part in ("Decisions replayed: 0", "No day is recorded: 1"):
        assert part in result.stdout


def test_rules_in_a_file_have_no_cases_of_their_own(run: Run, club: Path) -> None:
    rules = club / "organisations" / "club" / "decisions.yaml"
    result = run("power", str(rules), "most", "--leaving", "A", "--replay", data=club)
    assert result.exit_code == 2
    assert "Expected: --replay CASES.yaml" in result.stderr
