"""Procedures as a part of a charter: read beside it, held to its names, and in its digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.charter.bundle import bundle, from_bundle
from comity.charter.load import load
from comity.charter.model import Charter
from comity.kernel.errors import DataError
from comity.register.writing import write_organisation
from tests.core.charter.faults import faults_in
from tests.core.decision.tables import CONSENSUS

CHARTER = """\
format: comity-charter/1
organisation: {id: club, names: {en: Club}}
statuses: {member: {}, guest: {}}
articles: {art_6: {}}
bodies: {council: {}}
offices: {chair: {holder: party}}
"""
RULES = "bodies: {committee: {}}\n" + CONSENSUS
PROCEDURES = """\
calendars: {seat: {zone: Europe/Brussels}}
procedures:
  silence:
    article: art_6
    rule: consensus
    calendar: seat
    starts: prepared
    stages:
      prepared: {body: council, takes: [{event: silence_opened, by: chair, to: silence}]}
      silence:
        takes: [{event: position_given, by: [member, guest], to: committee}]
        deadline: {period: {days: 3}, until: exclusive, to: adopted}
      committee: {body: committee}
      adopted: {outcome: adopted}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "club"
    found.mkdir()
    (found / "charter.yaml").write_text(CHARTER)
    (found / "decisions.yaml").write_text(RULES)
    (found / "procedures.yaml").write_text(PROCEDURES)
    return found


def test_procedures_are_read_beside_the_charter_and_decide_by_its_rules(folder: Path) -> None:
    charter = load(folder)
    assert charter.procedures is not None
    silence = charter.procedures.on("silence")
    assert (silence.article, silence.rules) == ("art_6", charter.decisions)


def test_a_charter_without_them_keeps_its_digest(folder: Path) -> None:
    with_procedures = load(folder).digest
    (folder / "procedures.yaml").unlink()
    without = load(folder)
    assert without.procedures is None
    assert without.digest != with_procedures
    assert "procedures" not in bundle(without)


def again(charter: Charter) -> list[Charter]:
    """Return the charter from its bundle: checked, and as it was recorded."""
    return [from_bundle(bundle(charter)), from_bundle(bundle(charter), recorded=charter.digest)]


def test_they_are_in_the_bundle_and_the_digest(folder: Path) -> None:
    charter = load(folder)
    assert again(charter) == [charter, charter]
    assert [each.procedures for each in again(charter)] == [charter.procedures] * 2
    (folder / "procedures.yaml").write_text(PROCEDURES.replace("days: 3", "days: 4"))
    assert load(folder).digest != charter.digest


def test_they_may_bring_their_rules_where_there_are_none_beside_them(folder: Path) -> None:
    (folder / "decisions.yaml").unlink()
    (folder / "procedures.yaml").write_text(RULES + PROCEDURES)
    charter = load(folder)
    assert charter.decisions is None
    assert charter.procedures is not None
    assert [*charter.procedures.on("silence").rules.versions] == ["consensus"]
    assert again(charter) == [charter, charter]


def test_one_version_or_a_list_of_one_is_the_same(folder: Path) -> None:
    charter = load(folder)
    head, stages = PROCEDURES.split("    article")
    lines = f"  - article{stages}".splitlines()
    text = head + "\n".join([f"    {lines[0].strip()}", *(f"  {each}" for each in lines[1:])])
    (folder / "procedures.yaml").write_text(text)
    assert load(folder).digest == charter.digest


def test_what_is_written_reads_back(folder: Path, tmp_path: Path) -> None:
    charter = load(folder)
    write_organisation(tmp_path / "copy", charter, [])
    assert load(tmp_path / "copy") == charter
    assert load(tmp_path / "copy").procedures == charter.procedures


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("art_6", "art_7", "unknown_article", 4),
        ("body: council", "body: counsel", "unknown_body", 9),
        ("by: chair", "by: chairman", "unknown_actor", 9),
        ("guest]", "gust]", "unknown_actor", 11),
        ("rule: consensus", "rule: majority", "unknown_rule", 5),
        ("calendars:", "names: {en: Club}\ncalendars:", "named_twice", 1),
        ("calendars:", "position_tables: {}\ncalendars:", "unknown_key", 1),
    ],
)
def test_what_they_name_is_of_the_charter(
    folder: Path, old: str, new: str, code: str, line: int
) -> None:
    (folder / "procedures.yaml").write_text(PROCEDURES.replace(old, new))
    found = faults_in(folder)
    assert (code, "procedures.yaml", line) in found
    assert {each[1] for each in found} == {"procedures.yaml"}


def test_faults_of_all_files_come_together_and_no_others(folder: Path) -> None:
    """Rules that cannot be read make no fault of what procedures name in them."""
    (folder / "charter.yaml").write_text(CHARTER + "widrawal: []\n")
    (folder / "decisions.yaml").write_text(RULES.replace("votes: opposed", "votes: oposed"))
    (folder / "procedures.yaml").write_text(PROCEDURES.replace("to: adopted", "to: adoptd"))
    assert [(code, file) for code, file, _ in faults_in(folder)] == [
        ("unknown_key", "charter.yaml"),
        ("unknown_class", "decisions.yaml"),
        ("unknown_stage", "procedures.yaml"),
    ]


def test_a_bundle_says_where_its_procedures_are_wrong(folder: Path) -> None:
    data = bundle(load(folder))
    data["procedures"] = {"procedures": {"silence": []}}
    with pytest.raises(DataError) as refused:
        from_bundle(data)
    assert "rules#/procedures/procedures/silence" in str(refused.value)
