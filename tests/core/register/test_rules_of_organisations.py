"""Decision rules beside a charter and alone: where they are found, and how they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.kernel.errors import DataError
from comity.register.cases import run_file
from comity.register.reading import find_organisations
from comity.register.register import OrganisationRecord
from comity.register.rules import (
    find_rules,
    has_procedures,
    procedures_in,
    rules_in,
    stands_alone,
)

RULES = """
format: comity-decisions/1
articles: {art_1: {names: {en: "Rules of the Club, art. 1"}, source: made up, confidence: low}}
position_tables:
  votes: {silent: absent, positions: {yes: {counts_as: in_favour}, absent: {present: false}}}
decision_rules:
  half:
    article: art_1
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, at_least: 1/2, of: members}}
      - {outcome: not_adopted}
"""
CHARTER = "{format: comity-charter/1, organisation: {id: club}, statuses: {member: {}}}"


@pytest.fixture
def club(tmp_path: Path) -> Path:
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "decisions.yaml").write_text(RULES)
    return folder


def test_rules_alone_are_found_and_are_no_organisation_with_a_record(club: Path) -> None:
    assert find_rules(club.parent) == find_rules(club) == [club]
    assert find_organisations(club.parent) == []
    assert stands_alone(club)
    assert rules_in(club).articles["art_1"].confidence == "low"


def test_beside_a_charter_they_are_read_under_it(club: Path) -> None:
    (club / "charter.yaml").write_text(CHARTER)
    assert not stands_alone(club)
    assert [*rules_in(club).versions] == ["half"]


def test_a_charter_without_rules_is_refused(club: Path) -> None:
    (club / "charter.yaml").write_text(CHARTER)
    (club / "decisions.yaml").unlink()
    with pytest.raises(DataError) as refused:
        rules_in(club)
    assert refused.value.faults[0].code == "no_decision_rules"


def test_rules_alone_name_their_organisation(club: Path) -> None:
    named = "names: {en: Club, ru: Клуб}\nshort_names: {en: C}\n"
    (club / "decisions.yaml").write_text(RULES.replace("articles:", f"{named}articles:"))
    rules = rules_in(club)
    assert (rules.names["ru"], rules.short_names["en"]) == ("Клуб", "C")


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("names: Club", "wrong_type"),
        ("names: {}", "empty_value"),
        ("names: {english: Club}", "malformed_identifier"),
        ('names: {en: ""}', "empty_value"),
        ("short_names: {en: 3}", "wrong_type"),
    ],
)
def test_a_bad_name_is_a_fault_with_its_place(club: Path, named: str, code: str) -> None:
    (club / "decisions.yaml").write_text(RULES.replace("articles:", f"{named}\narticles:"))
    with pytest.raises(DataError) as refused:
        rules_in(club)
    (fault,) = refused.value.faults
    assert fault.code == code
    assert fault.place is not None
    assert fault.place.line == 3


def test_an_article_that_the_file_does_not_define_is_a_fault(club: Path) -> None:
    file = club / "decisions.yaml"
    file.write_text(RULES.replace("article: art_1", "article: art_2"))
    with pytest.raises(DataError) as refused:
        rules_in(club)
    (fault,) = refused.value.faults
    assert fault.code == "unknown_article"
    assert "art_1" in str(fault)


PROCEDURES = """
calendars: {seat: {zone: Europe/Brussels}}
procedures:
  silence:
    article: art_1
    rule: half
    calendar: seat
    starts: open
    stages:
      open:
        takes: [{event: position_given, by: member}]
        deadline: {period: {days: 3}, until: exclusive, decide: {outcomes: [{to: done}]}}
      done: {outcome: as_decided}
"""
FOLLOWING = """
procedures: ../procedures.yaml
cases:
  - title: two of three
    procedure: silence
    matter: {members: [AA, BB, CC]}
    events: [{at: 2030-05-03 10:00, event: position_given, by: AA, position: yes}]
    questions: [{at: 2030-05-03 10:00, stage: open, refused: {}}]
"""


def test_procedures_alone_decide_by_the_rules_beside_them(club: Path) -> None:
    (club / "procedures.yaml").write_text(PROCEDURES)
    found = procedures_in(club)
    assert found.rules == rules_in(club)
    assert found.articles["art_1"].confidence == "low"
    assert found.on("silence").articles["art_1"]["en"] == "Rules of the Club, art. 1"


def test_procedures_may_bring_rules_and_names_where_there_are_none(club: Path) -> None:
    rules = RULES.replace("format: comity-decisions/1", "names: {en: Club}")
    (club / "procedures.yaml").write_text(rules + PROCEDURES)
    (club / "decisions.yaml").unlink()
    assert find_rules(club.parent) == [club]
    assert rules_in(club).names["en"] == "Club"
    assert [*procedures_in(club).versions] == ["silence"]
    (club / "charter.yaml").write_text(CHARTER)
    (club / "procedures.yaml").write_text(rules.replace("names: {en: Club}", "") + PROCEDURES)
    assert [*rules_in(club).versions] == ["half"]


def test_a_folder_without_procedures_is_refused(club: Path) -> None:
    assert not has_procedures(club)
    with pytest.raises(DataError) as refused:
        procedures_in(club)
    assert refused.value.code == "no_procedures"


def test_faults_of_rules_and_of_procedures_come_together(club: Path) -> None:
    (club / "decisions.yaml").write_text(RULES.replace("votes: in_favour", "votes: in_favor"))
    (club / "procedures.yaml").write_text(PROCEDURES.replace("to: done", "to: doen"))
    with pytest.raises(DataError) as refused:
        procedures_in(club)
    assert [each.code for each in refused.value.faults] == ["unknown_class", "unknown_stage"]


@pytest.mark.parametrize("charter", [False, True])
def test_cases_run_with_the_charter_if_there_is_one(charter: bool, club: Path) -> None:
    """Its offices and articles are then known, which the file by itself does not define."""
    text = PROCEDURES
    if charter:
        (club / "charter.yaml").write_text(
            "{format: comity-charter/1, organisation: {id: club}, statuses: {member: {}}, "
            "offices: {chair: {holder: party}}}"
        )
        text = text.replace("by: member", "by: [member, chair]")
    (club / "procedures.yaml").write_text(text)
    (club / "cases").mkdir()
    (club / "cases" / "following.yaml").write_text(FOLLOWING)
    outcomes = [*run_file(club / "cases" / "following.yaml", no_record)]
    assert [(each.title, each.failures) for each in outcomes] == [("two of three", ())]


def no_record(name: str, _: Path) -> OrganisationRecord:
    raise AssertionError(name)
