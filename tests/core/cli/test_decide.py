"""``comity decide``: the rules of an organisation or a file, positions from options or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.wording.catalogue import LANGUAGES
from tests.core.cli.conftest import GUILDS, Ask, Run

RULES = """
articles:
  pact:
    names: {en: "Pact, art. 9", ru: "Пакт, ст. 9", zh: 公约第九条}
    source: from memory
    confidence: low
groups: {founders: {names: {en: founders, ru: основатели, zh: 创始成员}}}
roles: {state_concerned: {names: {en: the State concerned, ru: о ком речь, zh: 当事国}}}
position_tables:
  consensus:
    silent: no_position
    order: [objects, no_position, joins_consensus]
    positions:
      joins_consensus: {counts_as: in_favour}
      opinion_on_record: {counts_as: in_favour, on_record: true}
      no_position: {counts_as: not_opposed, awaited: true}
      does_not_participate: {takes_part: false, bound: false}
      objects: {counts_as: opposed}
  votes:
    silent: absent
    order: [no, yes]
    positions: {yes: {counts_as: in_favour}, no: {counts_as: against}, absent: {}}
decision_rules:
  consensus:
    names: {en: Consensus, ru: Консенсус, zh: 协商一致}
    article: pact
    positions: consensus
    electorate: {without: [state_concerned]}
    decide:
      - {outcome: not_adopted, when: {votes: opposed, more_than: 0}, then: {rule: vote}}
      - {outcome: adopted}
  vote:
    names: {en: Vote, ru: Голосование, zh: 表决}
    article: pact
    positions: votes
    decide:
      - outcome: adopted
        when:
          all: [{votes: in_favour, at_least: 2}, {votes: against, group: founders, at_most: 0}]
      - {outcome: not_adopted}
  chosen:
    names: {en: Chosen, ru: По выбору, zh: 选定}
    article: pact
    chosen_by:
      question: {en: By consensus?, ru: Консенсусом?, zh: 是否协商一致？}
      rule: vote
      outcomes: {adopted: consensus}
      otherwise: vote
"""


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "organisations" / "club"
    folder.mkdir(parents=True)
    (folder / "decisions.yaml").write_text(RULES)
    return tmp_path


def test_of_an_organisation_with_a_record_the_members_on_the_day_decide(
    ask: Ask, copy: Path
) -> None:
    rules = RULES.replace("article: pact", "article: pact__art_1").replace("  pact:", "  own:")
    (copy / "organisations" / "guild" / "decisions.yaml").write_text(rules)
    on = ("--on", "2005-06-01")
    members = ask("at", "guild", on[1])["statuses"][0]["parties"]
    words = ("decide", "guild", "consensus", "--rest", "joins_consensus", *on)
    found = ask(*words, "--position", "objects=XA", code=1, data=copy)
    active = [each["party"] for each in members if not each["suspended"]]
    assert sorted(found["members"]) == sorted(active)
    assert (found["outcome"], found["blocked_by"]) == ("not_adopted", ["XA"])
    assert (found["grounds"][0]["type"], found["then"]) == ("article", "vote")
    assert ask(*words, data=copy)["carried"]


def test_it_says_whom_it_binds_and_who_is_outstanding(run: Run, ask: Ask, club: Path) -> None:
    words = (
        "decide", "club", "consensus", "--members", "A,B,C,D", "--position",
        "joins_consensus=A", "--position", "opinion_on_record=B",
        "--position", "does_not_participate=C",
    )  # fmt: skip
    found = ask(*words, data=club)
    assert found["outstanding"] == ["D"]
    assert found["on_record"] == ["B"]
    assert (found["bound"], found["not_bound"]) == (["A", "B", "D"], ["C"])
    assert found["grounds"] == [
        {"id": "pact", "name": "Pact, art. 9", "source": "from memory", "confidence": "low"}
    ]
    text = run(*words, data=club).stdout
    for line in ("Outcome: adopted", "Outstanding: D", "On record: B", "does not bind: C"):
        assert line in text
    assert "Pact, art. 9 (low confidence)" in text


def test_what_would_change_it(run: Run, ask: Ask, club: Path) -> None:
    words = ("decide", "club", "consensus", "--members", "A,B", "--rest", "joins_consensus")
    words += ("--position", "objects=A", "--what-would-change")
    changes = ask(*words, code=1, data=club)["changes"]
    assert (changes["size"], changes["complete"]) == (1, True)
    assert changes["ways"][0]["steps"][0]["among"] == ["A"]
    text = run(*words, data=club).stdout
    assert "A: from “objects” to “joins the consensus” → adopted" in text


def test_which_rule_another_outcome_would_have_needed(run: Run, ask: Ask, club: Path) -> None:
    words = ("decide", "club", "vote", "--members", "A,B,C", "--group", "founders=C")
    words += ("--position", "yes=A", "--position", "no=B,C", "--which-rule")
    found = ask(*words, code=1, data=club)
    (needed,) = found["needed"]
    assert (needed["outcome"], needed["most"], needed["complete"]) == ("adopted", 2, True)
    ((votes, veto),) = needed["sets"]
    assert [votes[key] for key in ("relation", "limit", "comes_to")] == ["at_most", "1", "1"]
    assert (veto["relation"], veto["limit"], veto["met"]) == ("at_least", "1", False)
    assert [(each["rule"], each["missing"], each["names"]) for each in found["other_rules"]] == [
        ("consensus", "positions", ["no", "yes"]),
        ("chosen", "earlier_decision", ["vote"]),
    ]
    text = " ".join(run(*words, data=club).stdout.split())
    for line in ("For the outcome “adopted”:", "Together:", "it says: at least 2.", "(it does not"):
        assert line in text


def test_it_says_which_other_rules_make_another_outcome_of_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text("""
position_tables: {votes: {silent: absent, positions: {yes: {counts_as: in_favour}, absent: {}}}}
decision_rules:
  half:
    - until: 2010-01-01
      positions: votes
      decide:
        - {outcome: adopted, when: {votes: in_favour, at_least: 2/3, of: members}}
        - {outcome: not_adopted}
    - from: 2010-01-01
      positions: votes
      decide:
        - {outcome: adopted, when: {votes: in_favour, at_least: 1/2, of: members}}
        - {outcome: not_adopted}
  third:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 1/3, of: members}}
      - {outcome: not_adopted}
""")
    question = ("decide", str(file), "half", "--which-rule", "--tally", "yes=3,members=6")
    text = run(*question).stdout
    assert "half (until 1 January 2010) → not adopted" in text
    assert "The same outcome: third" in text
    assert "No other amounts of this rule lead to it." not in text
    all_of_them = ("decide", str(file), "third", "--which-rule", "--tally", "yes=6,members=6")
    assert "No other amounts of this rule lead to it." in run(*all_of_them).stdout
    assert "This is the outcome already." in run(*all_of_them, "--to", "adopted").stdout


def test_only_one_other_outcome_may_be_asked_for(run: Run, ask: Ask, club: Path) -> None:
    words = ("decide", "club", "consensus", "--members", "A,B", "--rest", "joins_consensus")
    to = ("--which-rule", "--what-would-change", "--to", "not_adopted")
    found = ask(*words, *to, data=club)
    assert [each["outcome"] for each in found["needed"]] == ["not_adopted"]
    assert (found["needed"][0]["sets"], found["changes"]["size"]) == ([], 1)
    tallied = ("decide", "club", "vote", "--tally", "yes=2", "--which-rule", "--to", "not_adopted")
    error = ask(*tallied, code=2, data=club)["error"]
    assert error["code"] == "tally_incomplete"
    partly = ("--tally", "yes=1", "--tally", "group=founders,no=0")
    text = run("decide", "club", "vote", *partly, "--which-rule", data=club).stdout
    assert "it says: at least 2." in " ".join(text.split())


def test_a_role_leaves_the_electorate_and_a_group_has_its_veto(ask: Ask, club: Path) -> None:
    against = ("--position", "objects=A", "--rest", "joins_consensus", "--members", "A,B,C")
    assert ask("decide", "club", "consensus", *against, "--role", "state_concerned=A", data=club)
    votes = ("--rest", "yes", "--members", "A,B,C", "--position", "no=A")
    found = ask("decide", "club", "vote", *votes, "--group", "founders=A", code=1, data=club)
    assert found["blocked_by"] == ["A"]
    assert ask("decide", "club", "vote", *votes, "--group", "founders=B", data=club)["carried"]


def test_tallies_and_the_outcome_that_selects_the_rule(ask: Ask, club: Path) -> None:
    tallies = ("--tally", "yes=2,no=1,members=3", "--tally", "group=founders,no=0,members=1")
    found = ask("decide", "club", "chosen", *tallies, data=club)
    assert (found["rule"], found["outcome"], found["blocked_by"]) == ("vote", "adopted", None)
    assert found["members"] is None
    prior = ("--prior", "adopted", "--tally", "objects=1,members=3")
    found = ask("decide", "club", "chosen", *prior, code=1, data=club)
    assert (found["rule"], found["blocking"]) == ("consensus", "1")


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Rule: “Vote”, as no earlier decision was named (--prior adopted)"),
        ("ru", "Правило: «Голосование», так как итог предшествующего решения не указан"),
        ("zh", "规则：“表决”，因未指明先前的决定（--prior adopted）"),
    ],
)
def test_it_says_which_rule_was_taken_without_an_earlier_decision(
    language: str, says: str, run: Run, ask: Ask, club: Path
) -> None:
    words = ("--tally", "yes=2,members=3", "--tally", "group=founders,no=0,members=1")
    lines = run("decide", "club", "chosen", *words, "--lang", language, data=club).stdout
    assert says in " ".join(lines.split())
    found = ask("decide", "club", "chosen", *words, data=club)
    assert (found["rule_asked"], found["rule"], found["prior"]) == ("chosen", "vote", None)
    said = ("chosen", "--prior", "not_adopted")
    assert "earlier" not in run("decide", "club", *said, *words, data=club).stdout
    found = ask("decide", "club", *said, *words, data=club)
    assert (found["rule"], found["prior"], found["without"]) == ("vote", "not_adopted", None)
    assert "earlier" not in run("decide", "club", "vote", *words, data=club).stdout


@pytest.mark.parametrize(
    ("language", "nobody", "somebody"),
    [
        (
            "en",
            "Decides: all 3 members; nobody was named as “the State concerned” "
            "(--role state_concerned=A,B)",
            "Does not decide, as “the State concerned”: B",
        ),
        ("ru", "Решают все члены (3); никто не указан", "Не участвует в решении как «о ком речь»"),
        ("zh", "决定者：全体3个成员；未指明谁是“当事国”", "作为“当事国”不参加决定：B"),
    ],
)
def test_it_says_who_does_not_decide_or_that_nobody_was_named(
    language: str, nobody: str, somebody: str, run: Run, ask: Ask, club: Path
) -> None:
    words = ("decide", "club", "consensus", "--members", "A,B,C", "--rest", "joins_consensus")
    text = run(*words, "--lang", language, data=club).stdout
    assert nobody in " ".join(text.split())
    role = ("--role", "state_concerned=B")
    text = run(*words, *role, "--lang", language, data=club).stdout
    assert somebody in text
    assert "--role" not in text
    (left_out,) = ask(*words, *role, data=club)["without"]
    assert left_out == {"role": "state_concerned", "role_name": "the State concerned",
                        "members": ["B"]}  # fmt: skip
    assert ask(*words, data=club)["without"][0]["members"] == []


def test_it_does_not_say_that_all_decide_where_somebody_takes_no_part(run: Run, club: Path) -> None:
    words = ("decide", "club", "consensus", "--members", "A,B", "--rest", "joins_consensus")
    text = run(*words, "--position", "does_not_participate=A", data=club).stdout
    assert "  Nobody was named as “the State concerned” (--role" in text
    assert "Decides: all" not in text


def test_rules_and_question_may_be_files(ask: Ask, club: Path, tmp_path: Path) -> None:
    question = tmp_path / "question.yaml"
    question.write_text("{members: [A, B], positions: {joins_consensus: [A], objects: [B]}}")
    file = str(club / "organisations" / "club" / "decisions.yaml")
    found = ask("decide", file, "consensus", "--question", str(question), code=1)
    assert found["blocked_by"] == ["B"]
    question.write_text("{tallies: [{objects: 0, members: 2}]}")
    assert ask("decide", file, "consensus", "--question", str(question))["carried"]


BANK = """
position_tables:
  votes:
    silent: absent
    order: [no, yes]
    positions: {yes: {counts_as: in_favour}, no: {counts_as: against}, absent: {}}
weights:
  shares:
    names: {en: shares, ru: доли, zh: 股份}
    tables:
      - {from: 2020-01-01, until: 2021-01-01, values: {A: 60, B: 40}}
      - {from: 2021-01-01, values: {A: 50, B: 30, C: 20}}
  deposits: {tables: [{from: 2022-01-01, values: {C: 5, D: 7}}]}
  tonnage: {}
decision_rules:
  half:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, weight: shares, more_than: 1/2, of: electorate}}
      - {outcome: not_adopted}
  both:
    positions: votes
    decide:
      - outcome: adopted
        when:
          all:
            - {votes: in_favour, weight: shares, at_least: 1}
            - {votes: in_favour, weight: deposits, at_least: 1}
      - {outcome: not_adopted}
  fleet:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, weight: tonnage, at_least: 1}}
      - {outcome: not_adopted}
"""


@pytest.fixture
def bank(tmp_path: Path) -> str:
    file = tmp_path / "bank.yaml"
    file.write_text(BANK)
    return str(file)


@pytest.mark.parametrize(
    ("on", "members", "code"), [("2020-06-01", ["A", "B"], 0), ("2021-06-01", ["A", "B", "C"], 1)]
)
def test_without_a_record_those_in_the_table_of_the_day_decide(
    on: str, members: list[str], code: int, ask: Ask, bank: str
) -> None:
    words = ("decide", bank, "half", "--position", "yes=A", "--rest", "no", "--on", on)
    found = ask(*words, code=code)
    assert (found["members"], found["members_by"]) == (members, ["shares"])


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Members: the 2 in the table of “shares” (1 January 2020 to 1 January 2021)."),
        ("ru", "Члены: 2, по таблице «доли» ("),
        ("zh", "“股份”（"),
    ],
)
def test_it_says_from_which_table_they_are(language: str, says: str, run: Run, bank: str) -> None:
    words = ("decide", bank, "half", "--rest", "yes", "--on", "2020-06-01")
    assert says in run(*words, "--lang", language).stdout
    assert says not in run(*words, "--members", "A,B", "--lang", language).stdout


def test_whoever_is_named_decides_instead(ask: Ask, bank: str) -> None:
    words = ("decide", bank, "half", "--rest", "yes", "--on", "2021-06-01")
    found = ask(*words, "--members", "B,C")
    assert (found["members"], found["members_by"]) == (["B", "C"], [])


def test_a_weight_that_a_member_of_another_table_lacks_is_asked_for(ask: Ask, bank: str) -> None:
    words = ("decide", bank, "both", "--rest", "yes", "--on", "2022-06-01")
    error = ask(*words, code=2)["error"]
    assert error["code"] == "weights_missing"
    assert ask(*words, "--members", "C")["members"] == ["C"]


@pytest.mark.parametrize(
    ("rule", "on", "hint"),
    [
        ("half", "2019-06-01", '"shares" 2020-01-01'),
        ("fleet", "2019-06-01", "no table of weights."),
    ],
)
def test_on_a_day_without_a_table_members_are_asked_for(
    rule: str, on: str, hint: str, ask: Ask, bank: str
) -> None:
    error = ask("decide", bank, rule, "--rest", "yes", "--on", on, code=2)["error"]
    assert error["code"] == "no_members"
    assert hint in error["message"]
    assert "--members A,B" in error["message"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_are_listed_in_words(language: str, run: Run, ask: Ask, club: Path) -> None:
    listed = ask("decide", "--rules", "club", "--lang", language, data=club)["rules"]
    assert [each["id"] for each in listed] == ["consensus", "vote", "chosen"]
    text = run("decide", "--rules", "club", "--lang", language, data=club).stdout
    for each in listed:
        assert each["name"] in text
        assert each["says"]
    one = ask("decide", "--rules", "club", "vote", data=club)["rules"]
    assert [each["positions"] for each in one] == [["yes", "no", "absent"]]


M = ("--members", "A,B")
REFUSED = {
    "organisation": (("clup", "vote"), "unknown_organisation", 'Did you mean "club"?'),
    "rule": (("club", "consensu", *M), "unknown_rule", 'Did you mean "consensus"?'),
    "position": (
        ("club", "consensus", *M, "--rest", "object"), "unknown_position", 'mean "objects"?',
    ),
    "member": (
        ("club", "consensus", *M, "--position", "objects=C"), "unknown_member", 'member "C"',
    ),
    "two-positions": (
        ("club", "consensus", "--position", "objects=A", "--position", "no_position=A"),
        "two_positions", "one position",
    ),
    "no-sign": (
        ("club", "consensus", "--position", "objects"), "malformed_question", "POSITION=A,B",
    ),
    "nothing-said": (("club", "consensus", *M), "malformed_question", "--rest POSITION"),
    "misspelt-prior": (
        ("club", "chosen", *M, "--rest", "yes", "--prior", "adoptd"),
        "unknown_outcome", 'mean "adopted"?',
    ),
    "needless-prior": (
        ("club", "consensus", *M, "--rest", "objects", "--prior", "adopted"),
        "malformed_question", "nothing selects it",
    ),
    "both": (
        ("club", "vote", "--position", "yes=A", "--tally", "yes=1"),
        "malformed_question", "one of the two",
    ),
    "nobody": (("club", "consensus", "--rest", "objects"), "no_members", "--members A,B"),
    "group": (("club", "vote", *M, "--rest", "yes"), "group_missing", "--group founders=A,B"),
    "group-name": (
        ("club", "vote", *M, "--rest", "yes", "--group", "founder=A"),
        "unknown_group", 'mean "founders"?',
    ),
    "role-name": (
        ("club", "consensus", *M, "--rest", "objects", "--role", "concerned=A"),
        "unknown_role", "state_concerned",
    ),
    "changes-of-tallies": (
        ("club", "consensus", "--tally", "objects=0,members=2", "--what-would-change"),
        "malformed_question", "positions of members",
    ),
    "another-outcome-of-nothing": (
        ("club", "consensus", *M, "--rest", "objects", "--to", "adopted"),
        "malformed_question", "with it --what-would-change or --which-rule",
    ),
    "another-outcome": (
        ("club", "consensus", *M, "--rest", "objects", "--which-rule", "--to", "adoptd"),
        "unknown_outcome", 'mean "adopted"?',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "code", "says"), REFUSED.values(), ids=REFUSED)
def test_it_refuses_with_a_sentence(
    words: tuple[str, ...], code: str, says: str, run: Run, ask: Ask, club: Path
) -> None:
    error = ask("decide", *words, code=2, data=club)["error"]
    assert error["code"] == code
    assert says in error["message"]
    assert run("decide", *words, data=club).stderr.startswith("Error: ")


def test_it_refuses_a_question_with_a_key_it_does_not_know(
    ask: Ask, club: Path, tmp_path: Path
) -> None:
    question = tmp_path / "question.yaml"
    for content, code in (("{postions: {}}", "unknown_key"), ("[A]", "malformed_question")):
        question.write_text(content)
        words = ("decide", "club", "vote", "--question", str(question))
        assert ask(*words, code=2, data=club)["error"]["code"] == code


def test_it_refuses_where_there_are_no_rules(ask: Ask) -> None:
    error = ask("decide", "guild", "vote", code=2, data=GUILDS)["error"]
    assert error["code"] == "no_data"
    assert "decisions.yaml" in error["message"]
