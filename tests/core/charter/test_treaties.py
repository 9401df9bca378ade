"""Treaties beside a charter: read and checked with it, under its digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.charter.bundle import bundle, from_bundle
from comity.charter.load import load
from comity.kernel.errors import DataError
from comity.register.cases import run_file
from comity.register.register import OrganisationRecord
from comity.register.rules import find_treaties, treaties_in
from comity.register.writing import write_organisation
from tests.core.charter.faults import faults_in

CHARTER = """\
format: comity-charter/1
organisation: {id: club}
articles: {art_21: {instrument: charter}}
instruments: {charter: {}}
statuses: {member: {}}
bodies: {council: {}}
"""
PARTIES = "parties: {AA: {names: {en: A}}, BB: {names: {en: B}}}\n"
TREATIES = """\
classes:
  members: {members_of: club}
  seated: {members_of: council}
  first: {parties: [AA]}
weights: {shares: {tables: [{values: {AA: 60, BB: 40}}]}}
treaties:
  charter:
    enters_into_force:
      when: {all: [{every: first}, {consents: members, at_least: 2}]}
      after: [{days: 30}]
      article: art_21
"""
CASES = """\
treaties: ../treaties.yaml
cases:
  - title: the second deposit
    treaty: charter
    members: {club: [AA, BB]}
    deposits: [{party: AA, on: 2030-01-01, kind: ratification}, {party: BB, on: 2030-02-01, kind: ratification}]
    questions: [{on: 2030-02-01, enters_on: 2030-03-03}]
"""  # noqa: E501


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "club"
    (found / "codelists").mkdir(parents=True)
    (found / "cases").mkdir()
    (found / "charter.yaml").write_text(CHARTER)
    (found / "codelists" / "parties.yaml").write_text(PARTIES)
    (found / "treaties.yaml").write_text(TREATIES)
    (found / "cases" / "entering.yaml").write_text(CASES)
    return found


def test_treaties_are_read_beside_the_charter(folder: Path) -> None:
    charter = load(folder)
    assert charter.treaties is not None
    assert charter.treaties.treaty("charter").entry is not None
    assert treaties_in(folder) == charter.treaties
    assert find_treaties(folder.parent) == find_treaties(folder) == [folder]


def test_they_are_in_the_bundle_and_the_digest_and_only_then(folder: Path) -> None:
    charter = load(folder)
    again = [from_bundle(bundle(charter)), from_bundle(bundle(charter), recorded=charter.digest)]
    assert again == [charter, charter]
    assert [each.treaties for each in again] == [charter.treaties] * 2
    (folder / "treaties.yaml").write_text(TREATIES.replace("days: 30", "days: 31"))
    assert load(folder).digest != charter.digest
    (folder / "treaties.yaml").unlink()
    without = load(folder)
    assert without.treaties is None
    assert "treaties" not in bundle(without)
    with pytest.raises(DataError) as refused:
        treaties_in(folder)
    assert refused.value.code == "no_treaties"


def test_what_is_written_reads_back(folder: Path, tmp_path: Path) -> None:
    charter = load(folder)
    write_organisation(tmp_path / "copy", charter, [])
    assert load(tmp_path / "copy") == charter
    assert load(tmp_path / "copy").treaties == charter.treaties


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("art_21", "art_22", "unknown_article", 11),
        ("members_of: council", "members_of: counsel", "unknown_body", 3),
        ("members_of: club", "members_of: clubs", "unknown_body", 2),
        ("parties: [AA]", "parties: [ZZ]", "unknown_member", 4),
        ("BB: 40", "ZZ: 40", "unknown_member", 5),
        ("days: 30", "day: 30", "unknown_key", 10),
    ],
)
def test_what_they_name_is_of_the_charter(
    folder: Path, old: str, new: str, code: str, line: int
) -> None:
    (folder / "treaties.yaml").write_text(TREATIES.replace(old, new))
    assert (code, "treaties.yaml", line) in faults_in(folder)


def test_faults_of_all_files_come_together(folder: Path) -> None:
    (folder / "charter.yaml").write_text(CHARTER + "widrawal: []\n")
    (folder / "treaties.yaml").write_text(TREATIES.replace("every: first", "every: frist"))
    assert [(code, file) for code, file, _ in faults_in(folder)] == [
        ("unknown_key", "charter.yaml"),
        ("unknown_class", "treaties.yaml"),
    ]


@pytest.mark.parametrize("charter", [True, False])
def test_cases_run_with_the_charter_if_there_is_one(charter: bool, folder: Path) -> None:
    """Its articles are then known, which the file by itself does not define."""
    if not charter:
        (folder / "charter.yaml").unlink()
    outcomes = [*run_file(folder / "cases" / "entering.yaml", no_record)]
    assert [(each.title, each.failures) for each in outcomes] == [("the second deposit", ())]


def no_record(name: str, _: Path) -> OrganisationRecord:
    raise AssertionError(name)


def test_the_organisation_is_named_in_its_charter_alone(folder: Path) -> None:
    (folder / "treaties.yaml").write_text(f"names: {{en: Club}}\n{TREATIES}")
    assert faults_in(folder) == [("named_twice", "treaties.yaml", 1)]
