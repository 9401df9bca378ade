"""``comity follow``: a matter from a file under the procedures of an organisation or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.wording.catalogue import LANGUAGES
from tests.core.cli.conftest import Ask, Run
from tests.core.decision.tables import CONSENSUS

RULES = """
names: {en: The Club, ru: Клуб, zh: 俱乐部}
articles:
  rule_6: {names: {en: rule 6, ru: правило 6, zh: 规则六}, source: from memory, confidence: low}
bodies: {council: {names: {en: the Council, ru: Совет, zh: 理事会}}}
position_tables:
  consensus:
    silent: no_position
    positions:
      joins_consensus: {counts_as: in_favour}
      opinion_on_record: {counts_as: in_favour, on_record: true}
      objects: {counts_as: opposed}
      no_position: {counts_as: not_opposed}
decision_rules:
  consensus:
    names: {en: Consensus, ru: Консенсус, zh: 协商一致}
    article: rule_6
    positions: consensus
    decide: [{outcome: not_adopted, when: {votes: opposed, more_than: 0}}, {outcome: adopted}]
"""
PROCEDURES = """
articles: {rule_7: {names: {en: rule 7, ru: правило 7, zh: 规则七}, source: made up}}
roles: {chair: {names: {en: the Chair, ru: Председатель, zh: 主席}}}
documents: {decision_issued: {names: {en: the decision, ru: решение, zh: 决定}}}
calendars: {seat: {zone: Asia/Shanghai}}
procedures:
  silence:
    names: {en: Silence, ru: Умолчание, zh: 默认程序}
    article: rule_6
    from: 2020-01-01
    rule: consensus
    calendar: seat
    starts: prepared
    stages:
      prepared:
        names: {en: in preparation, ru: подготовка, zh: 准备}
        takes: [{event: silence_opened, by: chair, to: silence}]
      silence:
        names: {en: silence, ru: умолчание, zh: 默认期}
        body: council
        takes:
          - event: position_given
            by: member
            article: rule_6
            when: [{counts_as: opposed}]
            to: broken
          - {event: position_given, by: member, article: rule_6}
        deadline:
          period: {clock_hours: 72}
          until: UNTIL
          article: rule_6
          decide:
            outcomes: [{outcome: adopted, to: adopted, issues: [decision_issued]}, {to: broken}]
      broken: {names: {en: broken, ru: нарушено, zh: 打破}, outcome: not_adopted}
      adopted:
        names: {en: adopted, ru: принято, zh: 通过}
        outcome: adopted
        binds: true
        takes: [{event: statement_filed, by: member, article: rule_7}]
"""
EVENTS = """
title: A/1
matter: {members: [AA, BB, CC], roles: {chair: AA}}
events:
  - {at: 2030-04-30 18:00, event: silence_opened, by: AA}
  - {at: 2030-05-01 10:00, event: position_given, by: BB, position: opinion_on_record}
  - {id: late, at: 2030-05-03 18:04, event: position_given, by: CC, position: objects}
  - {at: 2030-05-04 09:00, event: statement_filed, by: CC}
"""
DURING, AFTER = ("--at", "2030-05-03 17:59"), ("--at", "2030-05-05 12:00")


@pytest.fixture
def club(tmp_path: Path) -> Path:
    """Return a folder with an organisation that has procedures and no charter."""
    folder = tmp_path / "organisations" / "club"
    folder.mkdir(parents=True)
    (folder / "decisions.yaml").write_text(RULES)
    (folder / "procedures.yaml").write_text(PROCEDURES.replace("UNTIL", "exclusive"))
    (tmp_path / "events.yaml").write_text(EVENTS)
    return tmp_path


@pytest.fixture
def words(club: Path) -> tuple[str, ...]:
    """Return the words that follow the matter."""
    return ("follow", "club", "silence", "--events", str(club / "events.yaml"))


def test_while_silence_runs_nothing_is_decided(
    run: Run, ask: Ask, club: Path, words: tuple[str, ...]
) -> None:
    result = run(*words, *DURING, data=club)
    assert result.exit_code == 1
    for said in (
        "Silence – The Club, 17:59 (UTC+8) on 3 May 2030",
        "“A/1” is at the stage “silence” since 18:00 (UTC+8) on 30 April 2030.",
        "Before: the Council",
        "BB: has its view put on record",
        "The stage ends at 18:00 (UTC+8) on 3 May 2030 (rule 6); what comes at that very instant",
        "In UTC: 10:00 (UTC) on 3 May 2030",
        "May give a position (rule 6), until 18:00 (UTC+8) on 3 May 2030: any delegation.",
        "From 18:00 (UTC+8) on 3 May 2030: “adopted”, adopted.",
        "rule 6 (low confidence)",
    ):
        assert said in result.stdout
    found = ask(*words, *DURING, code=1, data=club)
    assert (found["stage"], found["body"], found["outcome"]) == ("silence", "council", None)
    assert found["deadline"]["at"] == {
        "utc": "2030-05-03T10:00:00Z",
        "local": "2030-05-03 18:00",
        "offset": "UTC+8",
        "zone": "Asia/Shanghai",
    }
    assert (found["deadline"]["then"], found["deadline"]["then_outcome"]) == ("adopted", "adopted")
    assert found["next"][0]["who"] == ["AA", "BB", "CC"]
    assert (found["refused"], found["issued"], found["bound"]) == ([], [], [])


def test_after_silence_it_binds_and_what_came_late_is_refused(
    run: Run, ask: Ask, club: Path, words: tuple[str, ...]
) -> None:
    result = run(*words, *AFTER, data=club)
    assert result.exit_code == 0
    for said in (
        "Bound: AA, BB, CC.",
        "On record: BB",
        "Statements put on record: CC",
        "late (too_late): “Silence” on “A/1” expired at 18:00 (UTC+8) on 3 May 2030 (rule 6); the",
        "Issued at 18:00 (UTC+8) on 3 May 2030",
    ):
        assert said in result.stdout
    assert "If nothing happens" not in result.stdout
    found = ask(*words, *AFTER, data=club)
    assert (found["stage"], found["carried"], found["bound"]) == ("adopted", True, [*MEMBERS])
    assert [(each["event"], each["code"], each["article"]) for each in found["refused"]] == [
        ("late", "too_late", "rule_6")
    ]
    assert [each["document_name"] for each in found["issued"]] == ["the decision"]
    assert [each["stage"] for each in found["stages"]] == ["prepared", "silence", "adopted"]
    assert {each["id"]: each["confidence"] for each in found["grounds"]} == {"rule_6": "low"}


MEMBERS = ("AA", "BB", "CC")


def test_an_objection_in_time_blocks(
    run: Run, ask: Ask, club: Path, words: tuple[str, ...]
) -> None:
    (club / "events.yaml").write_text(EVENTS.replace("18:04", "17:59:59"))
    found = ask(*words, *AFTER, code=1, data=club)
    assert (found["stage"], found["outcome"], found["carried"]) == ("broken", "not_adopted", False)
    assert [each["code"] for each in found["refused"]] == ["not_taken"]
    result = run(*words, *AFTER, data=club)
    assert "Nothing more may happen under this procedure." in result.stdout


@pytest.mark.parametrize(("until", "stage"), [("inclusive", "silence"), ("exclusive", "adopted")])
def test_the_very_instant_of_the_end(
    until: str, stage: str, ask: Ask, club: Path, words: tuple[str, ...]
) -> None:
    file = club / "organisations" / "club" / "procedures.yaml"
    file.write_text(PROCEDURES.replace("UNTIL", until))
    code = 0 if stage == "adopted" else 1
    found = ask(*words, "--at", "2030-05-03T10:00:00Z", code=code, data=club)
    assert found["stage"] == stage
    during = ask(*words, *DURING, code=1, data=club)["deadline"]
    assert (during["until"], during["then"]) == (until, "adopted")


def test_without_an_instant_it_is_now(ask: Ask, club: Path, words: tuple[str, ...]) -> None:
    early = EVENTS.replace("2030-", "2021-")
    (club / "events.yaml").write_text(early)
    assert ask(*words, data=club)["stage"] == "adopted"


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_told_in_every_language(
    language: str, run: Run, club: Path, words: tuple[str, ...]
) -> None:
    names = {"en": "The Club", "ru": "Клуб", "zh": "俱乐部"}
    for moment in (DURING, AFTER):
        assert names[language] in run(*words, *moment, "--lang", language, data=club).stdout
    listed = run("follow", "--list", "club", "--on", "2030-01-01", "--lang", language, data=club)
    assert listed.exit_code == 0
    roles = {"en": "the Chair", "ru": "Председатель", "zh": "主席"}
    assert names[language] in listed.stdout
    assert roles[language] in listed.stdout


def test_procedures_are_listed_stage_by_stage(run: Run, ask: Ask, club: Path) -> None:
    result = run("follow", "club", data=club)
    for said in (
        "silence: Silence",
        "rule 6 (low confidence)",
        "prepared: in preparation (start)",
        "May open silence: the Chair. → “silence”",
        "Before: the Council.",
        "May give a position (rule 6), if it counts as objecting: a member. → “broken”",
        "Ends by itself at the instant set by the event, else 72 hours after its beginning",
        "The decision binds from then on.",
    ):
        assert said in result.stdout
    (one,) = ask("follow", "club", "silence", data=club)["procedures"]
    assert (one["id"], one["from"], one["zone"]) == ("silence", "2020-01-01", "Asia/Shanghai")
    assert [each["id"] for each in one["stages"]] == ["prepared", "silence", "broken", "adopted"]
    assert ask("follow", "club", "--on", "2019-12-31", data=club)["procedures"] == []


def test_the_procedures_may_stand_in_a_file_with_the_rules_beside_it(ask: Ask, club: Path) -> None:
    file = club / "organisations" / "club" / "procedures.yaml"
    events = ("--events", str(club / "events.yaml"))
    found = ask("follow", str(file), "silence", *events, *AFTER, data=club)
    assert (found["organisation"], found["name"], found["carried"]) == (
        "procedures",
        "The Club",
        True,
    )


# With a record

MEETING = """
articles: {custom: {names: {en: custom of the Guild}}}
procedures:
  meeting:
    article: pact__art_1
    rule: consensus
    starts: open
    stages:
      open:
        body: assembly
        article: custom
        takes:
          - {event: tabled, by: [friend, secretary], article: pact__art_2, to: open}
          - {event: position_given, by: member}
          - event: put_to_decision
            by: chair
            article: pact__art_1
            when: [{count: present, at_least: 2}]
            decide: {outcomes: [{outcome: adopted, to: adopted}, {to: open}]}
      adopted: {outcome: adopted, binds: true}
"""
AT_THE_MEETING = """
zone: Asia/Tokyo
events:
  - {at: 2017-06-09 10:00, event: tabled, by: XC, text: Lamps}
  - {at: 2017-06-09 10:30, event: tabled, by: XD}
  - {at: 2017-06-09 11:00, event: put_to_decision, by: BY}
"""


@pytest.fixture
def guild(copy: Path) -> Path:
    """Return the guild with a procedure in which an office and a status of its charter act."""
    folder = copy / "organisations" / "guild"
    (folder / "decisions.yaml").write_text(CONSENSUS)
    (folder / "procedures.yaml").write_text(MEETING.replace("[friend, secretary]", "friend"))
    (copy / "events.yaml").write_text(AT_THE_MEETING.replace("BY", "XB"))
    return copy


def test_the_record_says_who_is_a_member_and_who_holds_office(ask: Ask, guild: Path) -> None:
    words = ("follow", "guild", "meeting", "--events", str(guild / "events.yaml"))
    found = ask(*words, "--at", "2017-06-09 11:00", data=guild)
    assert found["matter"] == "events"
    assert found["at"]["zone"] == "Asia/Tokyo"
    assert found["carried"]
    assert "XB" in found["bound"]
    assert "XC" not in found["bound"]
    assert [(each["event"], each["code"]) for each in found["refused"]] == [("e2", "not_entitled")]
    assert [each["id"] for each in found["grounds"]] == ["pact__art_1"]
    earlier = ask(*words, "--at", "2017-06-09 10:59", code=1, data=guild)
    assert [(each["event"], each["who"]) for each in earlier["next"]][-1] == (
        "put_to_decision",
        ["XB"],
    )
    assert [each["id"] for each in earlier["grounds"]] == ["pact__art_1", "pact__art_2", "custom"]


def test_a_party_may_be_named_and_is_told_by_its_name(run: Run, guild: Path) -> None:
    name = "Birchland"
    (guild / "events.yaml").write_text(AT_THE_MEETING.replace("BY", name))
    words = ("follow", "guild", "meeting", "--events", str(guild / "events.yaml"))
    result = run(*words, "--at", "2017-06-09 11:00", data=guild)
    assert result.exit_code == 0, result.output
    assert name in result.stdout
    assert "Pact of Lanterns, Article 1: Members  [pact__art_1]" in result.stdout
    assert "it is for: friend." in result.stdout
    listed = run("follow", "guild", data=guild).stdout
    assert "Before: Assembly." in listed


def test_nobody_holds_an_office_that_is_vacant(ask: Ask, guild: Path) -> None:
    words = ("follow", "guild", "meeting", "--events", str(guild / "events.yaml"))
    (guild / "events.yaml").write_text(AT_THE_MEETING.replace("2017", "2020").replace("BY", "XB"))
    found = ask(*words, "--at", "2020-06-09 11:00", code=1, data=guild)
    assert [each["event"] for each in found["refused"]] == ["e2", "e3"]


# What cannot be asked


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "says"),
    [
        ("title: A/1", "titel: A/1", "unknown_key", 2, 'Did you mean "title"?'),
        ("matter: {members", "matter: {membrs", "unknown_key", 3, 'Did you mean "members"?'),
        ("event: silence_opened", "event: silence_open", "unknown_kind_of_event", 5, "silence_op"),
        ("at: 2030-05-01 10:00", "at: 2030-05-01", "malformed_time", 6, "a local time such as"),
        ("title: A/1", "zone: Mars", "unknown_zone", 2, "Mars"),
        ("title: A/1", 'on: "1.1.2030"', "impossible_date", 2, "1.1.2030"),
        ("title: A/1", "on: 2019-12-31", "procedure_not_in_force", 0, "2019-12-31"),
        ("matter: {members: [AA, BB, CC], roles: {chair: AA}}", "", "no_members", 2, "members"),
        ("matter: {members: [AA, BB, CC], roles: {chair: AA}}", "matter: 3", "malformed_cases", 3,
         "a matter"),
        ("roles: {chair: AA}", "roles: [AA]", "wrong_type", 3, "holders by role"),
        ("by: BB, position", "by: [BB], position", "wrong_type", 6, "under by, a list"),
        (EVENTS.partition("events:")[2], " 3\n", "wrong_type", 4, "a list"),
        (EVENTS, "- 3", "malformed_question", 0, "no keys"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_told_with_its_place(
    old: str, new: str, code: str, line: int, says: str, ask: Ask, club: Path,
    words: tuple[str, ...],
) -> None:  # fmt: skip
    assert old in EVENTS
    (club / "events.yaml").write_text(EVENTS.replace(old, new))
    error = ask(*words, code=2, data=club)["error"]
    (fault,) = error["faults"]
    assert fault["code"] == code
    assert (fault["place"]["line"] if fault["place"] else 0) == line
    assert says in fault["sentence"]


def test_all_faults_of_a_file_are_told_at_once(
    ask: Ask, club: Path, words: tuple[str, ...]
) -> None:
    text = EVENTS.replace("title:", "titel:").replace("{members", "{membrs")
    (club / "events.yaml").write_text(text.replace("event: position", "event: postion"))
    error = ask(*words, code=2, data=club)["error"]
    assert [each["place"]["line"] for each in error["faults"]] == [2, 3, 6, 7]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("clubb",), "unknown_organisation"),
        (("bare",), "no_procedures"),
        (("club", "silense"), "unknown_procedure"),
        (("club", "silence", "--on", "2019-12-31"), "procedure_not_in_force"),
        (("club", "--events", "events.yaml"), "malformed_question"),
        (("club", "silence", "--events", "nowhere.yaml"), "unreadable_file"),
        (("nowhere.yaml",), "unreadable_file"),
        (("club", "silence", "--events", "events.yaml", "--at", "noon"), "malformed_time"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    asked: tuple[str, ...], code: str, ask: Ask, club: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(club)
    (club / "organisations" / "bare").mkdir()
    (club / "organisations" / "bare" / "decisions.yaml").write_text(RULES)
    assert ask("follow", *asked, code=2, data=club)["error"]["code"] == code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--on", "2030-01-01", "--events", "{file}"), "--on with --events. Expected: --at"),
        (("--list", "--events", "{file}"), "--list with --events"),
        (("--at", "2030-01-01 12:00"), "--at without --events"),
        (("--events", "{file}"), 'matter.yaml:3:58: no position "objcts"'),
    ],
)
def test_what_would_be_passed_over_is_refused(
    run: Run, club: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "matter.yaml"
    event = "{at: 2030-01-01 12:00, event: position_given, by: A, position: objcts}"
    file.write_text(f"matter: {{members: [A, B]}}\nevents:\n  - {event}\n")
    asked = (each.format(file=file) for each in words)
    result = run("follow", "club", "silence", *asked, data=club)
    assert result.exit_code == 2
    assert said in result.stderr
