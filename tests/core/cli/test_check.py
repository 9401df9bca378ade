"""``comity check``: everything is looked at, whatever is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.cli.main import BAD_INPUT
from tests.core.cli.conftest import Ask, Run

GUILD = Path("organisations", "guild")
GUILD_NAMED = "Checked: GL\n"
LEAGUE = """\
title: Suspension is not absence
charter:
  organisation: {id: league}
  statuses: {member: {}}
  suspension: [{statuses: [member], loses: all, counted_in_base: false}]
acts:
  - {id: a, kind: admitted, party: SY, status: member, effective_on: 1945}
  - {id: b, kind: suspended, party: SY, effective_on: 2011-11-16}
cases:
  - {title: still a member, ask: holds, party: SY, status: member, on: 2015-01-01, expect: true}
  - {title: wrong on purpose, ask: in_base, party: SY, on: 2015-01-01, expect: true}
"""


def test_everything_passes(run: Run, copy: Path) -> None:
    result = run("check", str(copy))
    assert (result.exit_code, result.stdout) == (0, f"{GUILD_NAMED}3 passed, 0 failed\n")


@pytest.mark.parametrize("path", ["", "guild", "guild/cases", "guild/cases/members.yaml"])
def test_any_part_can_be_checked(path: str, run: Run, copy: Path) -> None:
    assert "3 passed, 0 failed" in run("check", str(copy / "organisations" / path)).stdout


def test_a_charter_is_checked_with_its_acts(run: Run, copy: Path) -> None:
    result = run("check", str(copy / GUILD / "charter.yaml"))
    assert (result.exit_code, result.stdout) == (0, f"{GUILD_NAMED}0 passed, 0 failed\n")


def test_paths_that_overlap_are_checked_once(run: Run, copy: Path) -> None:
    result = run("check", str(copy), str(copy / GUILD), str(copy / GUILD / "cases"))
    assert result.stdout == f"{GUILD_NAMED}3 passed, 0 failed\n"


def test_a_case_that_fails_is_shown_with_its_place(run: Run, ask: Ask, copy: Path) -> None:
    cases = copy / GUILD / "cases" / "members.yaml"
    cases.write_text(cases.read_text().replace("expect: 3", "expect: 4"))
    result = run("check", str(copy))
    assert result.exit_code == 1
    assert "members.yaml:6:5: Three members in 2007" in result.stdout
    assert "expected 4, found 3" in result.stdout
    assert result.stdout.endswith("2 passed, 1 failed\n")
    data = ask("check", str(copy), code=1)
    assert (data["passed"], data["failed"]) == (2, 1)
    assert data["failures"][0]["line"] == 6


def test_a_self_contained_file_needs_no_organisation(run: Run, tmp_path: Path) -> None:
    (tmp_path / "league.yaml").write_text(LEAGUE)
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert "wrong on purpose" in result.stdout
    assert result.stdout.endswith("1 passed, 1 failed\n")


def test_broken_files_do_not_stop_it(run: Run, ask: Ask, copy: Path) -> None:
    cases = copy / GUILD / "cases"
    (cases / "a-broken.yaml").write_text("cases: [")
    (cases / "b-no-cases.yaml").write_text("organisation: guild\n")
    (cases / "c-elsewhere.yaml").write_text("organisation: gild\ncases: []\n")
    (cases / "d-not-utf8.yaml").write_bytes(b"title: \xff")
    result = run("check", str(copy))
    assert result.exit_code == 1
    for words in ("malformed YAML", "no list of cases", 'Did you mean "guild"?', "not UTF-8"):
        assert words in result.stdout
    assert result.stdout.endswith("3 passed, 4 failed\n")
    assert ask("check", str(copy), code=1)["failed"] == 4


STATUS = "ask: status, party: XA, on: 2000-01-01, expect: member"
MALFORMED = {
    "not a mapping": "7",
    "no question": "{title: x}",
    "unknown question": "{ask: weather, on: 2000-01-01, expect: 1}",
    "a party that is a number": "{ask: status, party: 5, on: 2000-01-01, expect: 1}",
    "a party that is a list": "{ask: status, party: [XA], on: 2000-01-01, expect: 1}",
    "a status that is a mapping": "{ask: roster, status: {a: b}, on: 2000-01-01, expect: 1}",
    "grounds that are a number": f"{{{STATUS}, because: 3}}",
    "grounds of lists": f"{{{STATUS}, because_includes: [[a]]}}",
    "doubts that are a number": f"{{{STATUS}, doubts: 3}}",
    "a day that is a list": "{ask: status, party: XA, on: [1], expect: member}",
    "a day that is a number": "{ask: status, party: XA, on: 2000, expect: member}",
    "a moment that is a list": f"{{{STATUS}, known_at: [1]}}",
    "a basis that is a list": f"{{{STATUS}, basis: [1]}}",
    "an act that is text": "{ask: refused, act: hello, on: 2000-01-01, expect: x}",
    "a field too many": f"{{{STATUS}, colour: red}}",
    "a count of nothing": "{ask: count, on: 2000-01-01, expect: 1}",
    "a language that is a list": "{ask: name, party: XA, language: [x], on: 2000-01-01, expect: x}",
    "a title that is a list": "{title: [x], ask: status, party: XA, on: 2000-01-01, expect: x}",
}


@pytest.mark.parametrize("case", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_case_fails_and_the_others_run(case: str, run: Run, copy: Path) -> None:
    text = f"organisation: guild\ncases:\n  - {case}\n  - {{{STATUS}}}\n"
    (copy / GUILD / "cases" / "members.yaml").write_text(text)
    result = run("check", str(copy))
    assert result.exit_code == 1
    assert result.stdout.endswith("1 passed, 1 failed\n")


def test_faults_of_an_organisation_are_listed_once(run: Run, ask: Ask, copy: Path) -> None:
    acts = copy / GUILD / "acts" / "acts.yaml"
    acts.write_text(acts.read_text().replace("kind: renamed", "kind: remamed"))
    (copy / GUILD / "sources.yaml").write_text("sources: {}\n")
    result = run("check", str(copy))
    assert result.exit_code == 1
    assert "the cases were not run" in result.stdout
    assert result.stdout.endswith("0 passed, 1 failed\n")
    data = ask("check", str(copy), code=1)
    assert len(data["faults"]) == len({each["sentence"] for each in data["faults"]}) > 1


def test_a_broken_organisation_leaves_the_others(run: Run, copy: Path) -> None:
    broken = copy / "organisations" / "broken"
    broken.mkdir()
    (broken / "charter.yaml").write_text("format: nonsense\n")
    result = run("check", str(copy))
    assert result.exit_code == 1
    assert "faults in organisations" in result.stdout
    assert result.stdout.endswith("3 passed, 0 failed\n")


def test_missing_names_are_remarks_and_strictly_faults(run: Run, copy: Path) -> None:
    parties = copy / GUILD / "codelists" / "parties.yaml"
    parties.write_text(parties.read_text().replace(", ru: Вязия", ""))
    assert "1 remark; list it with --remarks" in run("check", str(copy)).stdout
    assert "has no name in ru" in run("check", str(copy), "--remarks").stdout
    strict = run("check", str(copy), "--strict")
    assert strict.exit_code == 1
    assert "1 fault in organisations" in strict.stdout


def test_missing_translations_are_remarks_and_strictly_faults(run: Run, copy: Path) -> None:
    chinese = copy / GUILD / "translations" / "zh.yaml"
    chinese.write_text(chinese.read_text().replace("Ferryton: 渡口镇\n", ""))
    remark = '"Ferryton", the place of founders, is not translated into zh'
    assert remark in run("check", str(copy), "--remarks").stdout
    assert run("check", str(copy)).exit_code == 0
    assert remark in run("check", str(copy), "--strict").stdout


def test_nothing_to_check(run: Run, tmp_path: Path) -> None:
    result = run("check", str(tmp_path))
    assert result.exit_code == BAD_INPUT
    assert "nothing to check" in result.stderr


CLUB = """\
position_tables:
  votes: {silent: absent, positions: {yes: {counts_as: in_favour}, absent: {present: false}}}
decision_rules:
  half:
    names: {en: half, ru: половина, zh: 一半}
    article: Rules of the Club, art. 1
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 1/2, of: members}}
      - {outcome: not_adopted}
"""
NAMES = "names: {en: The Club, ru: Клуб, zh: 俱乐部}\nshort_names: {en: TC, ru: К}\n"
DECIDING = """\
rules: ../decisions.yaml
cases:
  - {title: one of two, rule: half, members: [AA, BB], positions: {yes: [AA]}, expect: adopted}
  - {title: wrong on purpose, rule: half, members: [A, B, C], positions: {A: yes}, expect: adopted}
"""


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "organisations" / "club"
    (folder / "cases").mkdir(parents=True)
    (folder / "decisions.yaml").write_text(CLUB)
    (folder / "cases" / "deciding.yaml").write_text(DECIDING)
    return folder


@pytest.mark.parametrize("path", ["", "organisations", "organisations/club"])
def test_decision_rules_alone_are_checked_and_their_cases_run(
    path: str, run: Run, ask: Ask, club: Path
) -> None:
    where = str(club.parents[1] / path)
    assert run("check", where).stdout.endswith("1 passed, 1 failed\n")
    data = ask("check", where, code=1)
    assert (data["organisations"], data["rules"], data["faults"]) == ([], ["club"], [])
    (failure,) = data["failures"]
    assert failure["title"] == "wrong on purpose"
    assert data["names"] == {"club": "club"}
    assert failure["failures"] == ["outcome: expected adopted, found not_adopted"]


def test_decision_rules_with_a_fault_or_without_a_name_are_told(ask: Ask, club: Path) -> None:
    file = club / "decisions.yaml"
    file.write_text(NAMES + CLUB.replace(", zh: 一半", ""))
    remarks = ask("check", str(file))["remarks"]
    assert [each["code"] for each in remarks] == ["name_missing", "monotony_unknown"]
    assert [each["code"] for each in ask("check", str(file), "--strict", code=1)["faults"]] == [
        "name_missing"
    ]
    file.write_text(CLUB.replace("in_favour, at", "in_favor, at"))
    (fault,) = ask("check", str(file), code=1)["faults"]
    assert (fault["code"], fault["place"]["line"]) == ("unknown_class", 9)


def test_decision_rules_beside_a_charter_are_checked_with_it(ask: Ask, copy: Path) -> None:
    (copy / GUILD / "decisions.yaml").write_text(CLUB)
    data = ask("check", str(copy), code=1)
    assert data["rules"] == []
    assert [each["code"] for each in data["faults"]] == ["unknown_article"]


def test_an_organisation_without_a_charter_is_called_by_its_name(
    run: Run, ask: Ask, club: Path
) -> None:
    assert 'the organisation "club" has no name in en, ru, zh' in (
        run("check", str(club), "--remarks").stdout
    )
    (club / "decisions.yaml").write_text(NAMES + CLUB)
    result = run("check", str(club), "--remarks")
    assert "has no name" not in result.stdout
    assert "Checked: TC\n" in result.stdout
    assert "Checked: К\n" in run("check", str(club), "--lang", "ru").stdout
    assert ask("check", str(club), code=1)["names"] == {"club": "The Club"}
    told = run("decide", "--rules", "club", data=club.parent).stdout
    assert told.startswith("The Club on ")


TREATIES = """\
treaties:
  pact:
    names: {en: Pact}
    enters_into_force: {when: {consents: all, at_least: 2}, after: [{days: 30}]}
"""
RATIFYING = """\
treaties: ../treaties.yaml
cases:
  - title: two of two
    treaty: pact
    deposits: [{party: AA, on: 2030-01-01, kind: ratification}]
    questions: [{on: 2030-01-01, missing: [1]}, {on: 2030-01-01, stage: met}]
"""


def test_treaties_are_checked_and_their_cases_run(ask: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "pact"
    (folder / "cases").mkdir(parents=True)
    (folder / "treaties.yaml").write_text(TREATIES)
    (folder / "cases" / "entering.yaml").write_text(RATIFYING)
    data = ask("check", str(tmp_path), code=1)
    assert (data["rules"], data["faults"]) == (["pact"], [])
    (failure,) = data["failures"]
    assert failure["failures"] == ["2030-01-01, stage: expected met, found open"]
    (folder / "treaties.yaml").write_text(TREATIES.replace("at_least: 2", "at_least: 1/2"))
    data = ask("check", str(folder / "treaties.yaml"), code=1)
    assert [each["code"] for each in data["faults"]] == ["share_of_nothing"]


def test_an_organisation_of_treaties_alone_is_called_by_its_name(ask: Ask, tmp_path: Path) -> None:
    club = tmp_path / "club"
    club.mkdir()
    pact = "enters_into_force: {when: {consents: all, at_least: 1}, after: []}"
    treaties = f"treaties: {{pact: {{{pact}}}}}\n"
    (club / "treaties.yaml").write_text(NAMES + treaties)
    assert ask("check", str(club))["names"] == {"club": "The Club"}
    (club / "treaties.yaml").write_text(treaties.replace("all,", "nobody,"))
    assert ask("check", str(club), code=1)["names"] == {}
