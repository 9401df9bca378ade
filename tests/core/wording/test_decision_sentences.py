"""Decision rules and reckonings as sentences, in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.decision.deciding import decide_tallied
from comity.decision.read import read_file, read_rules
from comity.wording.catalogue import LANGUAGES
from comity.wording.decisions import outcome_name, reckoning_sentence, rule_sentences

RULES = read_file(Path(__file__).parents[1] / "decision" / "data" / "rules.yaml")
SAID = {
    ("unsc_substantive_9", "en"): [
        "Decided by: all members.",
        "Adopted, if in favour: at least 9; and against, in the group “permanent members”: nobody.",
        "Vetoed, if in favour: at least 9.",
        "Otherwise: not adopted.",
    ],
    ("sco_consensus_minus_one", "ru"): [
        "Решают: все члены; без участия: the State concerned.",
        "Не принято, если возражающие: хотя бы один.",
        "В остальных случаях: принято.",
    ],
    ("au_two_thirds", "zh"): [
        "决定者：全体成员；不包括：suspended from voting。",
        "如赞成：不少于参加决定者的2/3，则通过。",
        "否则：未通过。",
    ],
    ("eu_qmv_subset_55_65", "en"): [
        "Decided by: all members; only those who declare that they take part.",
        "Adopted, if (in favour: at least 55 % of those who decide; and in favour, by "
        "“population”: at least 65 % of those who decide); or all but those in favour: fewer than "
        "the smallest number of members who have in the weight “population” more than 35 % of "
        "those who decide plus 1.",
        "Otherwise: not adopted.",
        "It binds only those who take part.",
    ],
    ("important_question", "en"): [
        "Which rule holds depends on an earlier question: “Is the question an important one?” "
        "(rule: unga simple).",
        "Adopted: the rule is unga two thirds.",
        "Otherwise: the rule is unga simple.",
    ],
    ("asean_consensus", "en"): [
        "Decided by: all members.",
        "Not adopted, if objecting: at least one; then decided by: the Summit.",
        "Otherwise: adopted.",
    ],
}


@pytest.mark.parametrize(("rule", "language"), SAID, ids=lambda each: each)
def test_a_rule_reads_as_sentences(rule: str, language: str) -> None:
    assert rule_sentences(RULES.on(rule), RULES, language) == SAID[rule, language]


def test_nobody_is_said_of_heads_only() -> None:
    """A weight of less than one is some weight: half a share may be held by somebody."""
    yes = {"counts_as": "in_favour"}
    table = {"votes": {"silent": "no", "positions": {"yes": yes, "no": {}}}}
    for keys, said in (
        ({"less_than": 1}, "In favour: nobody"),
        ({"less_than": 1, "weight": "shares"}, "by “shares”: fewer than 1"),
        ({"more_than": 0, "weight": "shares"}, "by “shares”: more than 0"),
    ):
        when = {"votes": "in_favour", **keys}
        decided = [{"outcome": "vetoed", "when": when}, {"outcome": "adopted"}]
        rule = {"positions": "votes", "decide": decided}
        data = {"weights": {"shares": {}}, "position_tables": table, "decision_rules": {"r": rule}}
        rules = read_rules(data)
        assert said.casefold() in rule_sentences(rules.on("r"), rules, "en")[1].casefold()


ELECTION = read_rules(
    {
        "position_tables": {
            "ballots": {
                "silent": "absent",
                "positions": {"yes": {"counts_as": "in_favour"}, "another": {}, "absent": {}},
            }
        },
        "decision_rules": {
            "chair": {
                "positions": "ballots",
                "decide": [
                    {"outcome": "adopted", "when": {"votes": "in_favour", "at_least": 1}},
                    {"outcome": "not_adopted"},
                ],
                "elects": {
                    "supporting": "yes",
                    "other": "another",
                    "stages": [{"ballots": 3}, {"candidates": 2}, {"candidates": 1}],
                    "otherwise": "not_adopted",
                },
            }
        },
    }
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Put to each candidate; ballots: 3 with all candidates, then 1 with the 2 who have the "
            "most votes, then 1 with the one who has the most votes alone; if nobody is elected: "
            "not adopted.",
        ),
        (
            "ru",
            "Применяется к каждому кандидату; туры: 3 со всеми кандидатами, затем 1 с кандидатами, "
            "набравшими больше всего голосов (их 2), затем 1 с одним кандидатом, набравшим больше "
            "всего голосов; если никто не избран: не принято.",
        ),
        (
            "zh",
            "适用于每一候选人；投票轮次：全体候选人3轮，然后得票最多的2人1轮，然后仅得票最多的一人1轮；"
            "无人当选则：未通过。",
        ),
    ],
)
def test_an_election_says_its_ballots(language: str, said: str) -> None:
    assert rule_sentences(ELECTION.on("chair"), ELECTION, language)[-1] == said


FURTHER = {
    "en": [
        "Decided by: all members.",
        "Quorum: those present: at least 2.",
        "Without a quorum: then under the rule: r.",
        "Adopted, if at least 2 of these hold: in favour: at least 3; in favour: at least 4; "
        "against: nobody; it binds only: in favour.",
        "Adopted, if in favour: at least 2; it binds all members.",
        "Adopted, if in favour: at least one; it binds only those who take part.",
        "Otherwise: not adopted.",
        "It binds only: in favour + against.",
    ],
    "ru": [
        "Решают: все члены.",
        "Кворум: присутствующие: не менее 2.",
        "При отсутствии кворума: далее по правилу: r.",
        "Принято, если выполнены хотя бы 2 из условий: за: не менее 3; за: не менее 4; "
        "против: никого; обязательно только для следующих: за.",
        "Принято, если за: не менее 2; обязательно для всех членов.",
        "Принято, если за: хотя бы один; обязательно только для участвующих.",
        "В остальных случаях: не принято.",
        "Обязательно только для следующих: за + против.",
    ],
    "zh": [
        "决定者：全体成员。",
        "法定人数：出席者：不少于2。",
        "未达法定人数时：然后适用规则：r。",
        "如下列条件中至少满足2项：赞成：不少于3；赞成：不少于4；反对：无，则通过；仅约束：赞成。",
        "如赞成：不少于2，则通过；对全体成员具有约束力。",
        "如赞成：至少一个，则通过；仅对参加者具有约束力。",
        "否则：未通过。",
        "仅约束：赞成＋反对。",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_follows_whom_it_binds_and_how_many_conditions_are_said(language: str) -> None:
    some = [
        {"votes": "in_favour", "at_least": 3},
        {"votes": "in_favour", "at_least": 4},
        {"votes": "against", "at_most": 0},
    ]
    two, one = ({"votes": "in_favour", "at_least": number} for number in (2, 1))
    rule = {
        "positions": "votes",
        "quorum": {"votes": "present", "at_least": 2},
        "without_quorum": {"rule": "r"},
        "binds": ["in_favour", "against"],
        "decide": [
            {"outcome": "adopted", "when": {"any": some, "at_least": 2}, "binds": "in_favour"},
            {"outcome": "adopted", "when": two, "binds": "members"},
            {"outcome": "adopted", "when": one, "binds": "participants"},
            {"outcome": "not_adopted"},
        ],
    }
    positions = {
        "yes": {"counts_as": "in_favour"},
        "no": {"counts_as": "against"},
        "absent": {"present": False},
    }
    table = {"silent": "absent", "positions": positions}
    rules = read_rules({"position_tables": {"votes": table}, "decision_rules": {"r": rule}})
    assert rule_sentences(rules.on("r"), rules, language) == FURTHER[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES.versions)
def test_every_rule_has_its_sentences(rule: str, language: str) -> None:
    for version in RULES.versions[rule]:
        sentences = rule_sentences(version, RULES, language)
        assert len(sentences) >= 2
        assert all(each.endswith((".", "。")) for each in sentences)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Those present: 67 of 88; 45 needed, met.",
                "In favour: 39 of 64; 48 needed, not met."]),
        ("ru", ["Присутствующие: 67 из 88; требуется 45, выполнено.",
                "За: 39 из 64; требуется 48, не выполнено."]),
        ("zh", ["出席者：67（共88）；需要45，已满足。", "赞成：39（共64）；需要48，未满足。"]),
    ],
)  # fmt: skip
def test_a_reckoning_says_what_was_needed(language: str, said: list[str]) -> None:
    rule = RULES.on("iwc_three_quarters")
    found = decide_tallied(rule, [{"yes": 39, "no": 25, "abstain": 3, "members": 88}]).value
    assert [reckoning_sentence(each, rule, RULES, language) for each in found.reckonings] == said


def test_what_is_not_whole_is_said_exactly() -> None:
    rule = RULES.on("afdb_president_election")
    power = {"weight": "voting_power", "yes": 58.1, "total": 100}
    found = decide_tallied(rule, [power, {**power, "group": "regional", "yes": "49.995"}]).value
    assert [reckoning_sentence(each, rule, RULES, "en") for each in found.reckonings] == [
        "In favour, by “voting power”: 58.1 of 100; > 50 needed, met.",
        "In favour, in the group “regional members”, by “voting power”: 49.995 of 100; "
        "> 50 needed, not met.",
    ]


def test_an_upper_bound_says_what_is_allowed() -> None:
    rule = RULES.on("unsc_substantive_9")
    tallies = [{"yes": 9, "members": 15}, {"group": "permanent", "no": 2, "members": 5}]
    found = decide_tallied(rule, tallies).value
    assert reckoning_sentence(found.reckonings[1], rule, RULES, "en") == (
        "Against, in the group “permanent members”: 2; at most 0 allowed, not met."
    )


def test_an_outcome_has_a_name_in_every_language() -> None:
    for outcome in RULES.outcomes:
        assert len({outcome_name(outcome, RULES, each) for each in LANGUAGES}) == len(LANGUAGES)
    assert outcome_name("sent_back", RULES, "en") == "sent back"
