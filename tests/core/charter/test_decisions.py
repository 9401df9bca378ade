"""Decision rules as a part of a charter: read beside it, held to its names, and in its digest."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from comity.charter.bundle import bundle, from_bundle
from comity.charter.load import load, load_inline
from comity.kernel.documents import parse
from comity.kernel.errors import DataError
from comity.register.writing import write_organisation
from tests.core.charter.faults import faults_in

CHARTER = """\
format: comity-charter/1
organisation: {id: club, names: {en: Club}}
statuses: {member: {}}
articles: {art_16: {}}
bodies: {council: {}}
"""
DECISIONS = """\
format: comity-decisions/1
weights: {dues: {tables: [{values: {AA: "2.50", BB: 4}}]}}
position_tables:
  votes: {silent: no, positions: {yes: {counts_as: in_favour}, no: {}}}
decision_rules:
  by_dues:
    article: art_16
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, weight: dues, more_than: 1/2, of: electorate}}
      - {outcome: not_adopted, then: {body: council}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "club"
    (found / "codelists").mkdir(parents=True)
    (found / "charter.yaml").write_text(CHARTER)
    (found / "codelists" / "parties.yaml").write_text("parties: {AA: {}, BB: {}}\n")
    (found / "decisions.yaml").write_text(DECISIONS)
    return found


def test_rules_are_read_beside_the_charter(folder: Path) -> None:
    charter = load(folder)
    assert charter.decisions is not None
    assert charter.decisions.on("by_dues").article == "art_16"


def test_a_charter_without_them_keeps_its_digest(folder: Path) -> None:
    with_rules = load(folder).digest
    (folder / "decisions.yaml").unlink()
    without = load(folder)
    assert without.decisions is None
    assert without.digest != with_rules
    assert "decisions" not in bundle(without)


def test_they_are_in_the_bundle_and_the_digest(folder: Path) -> None:
    charter = load(folder)
    again = from_bundle(bundle(charter))
    assert again == charter
    assert from_bundle(bundle(charter), recorded=charter.digest) == charter
    (folder / "decisions.yaml").write_text(DECISIONS.replace("1/2", "2/3"))
    assert load(folder).digest != charter.digest


def test_one_version_or_a_list_of_one_is_the_same(folder: Path) -> None:
    charter = load(folder)
    head, rules = DECISIONS.split("  by_dues:\n")
    rules = rules.replace("    article", "  - article", 1).replace("\n    ", "\n    ")
    lines = [f"  {line}" for line in rules.splitlines()]
    (folder / "decisions.yaml").write_text(head + "  by_dues:\n" + "\n".join(lines) + "\n")
    assert load(folder).digest == charter.digest


def test_what_is_written_reads_back(folder: Path, tmp_path: Path) -> None:
    charter = load(folder)
    write_organisation(tmp_path / "copy", charter, [])
    assert load(tmp_path / "copy") == charter
    shutil.rmtree(tmp_path / "copy")


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("art_16", "art_17", "unknown_article", 7),
        ("body: council", "body: counsel", "unknown_body", 11),
        ("BB: 4", "CC: 4", "unknown_member", 2),
        ("votes: in_favour", "votes: in_favor", "unknown_class", 10),
        ("weights:", "names: {en: Club}\nweights:", "named_twice", 2),
        ("weights:", "short_names: {en: C}\nweights:", "named_twice", 2),
    ],
)
def test_what_they_name_is_of_the_charter_and_they_do_not_name_it(
    folder: Path, old: str, new: str, code: str, line: int
) -> None:
    (folder / "decisions.yaml").write_text(DECISIONS.replace(old, new))
    assert faults_in(folder) == [(code, "decisions.yaml", line)]


def test_faults_of_both_files_come_together(folder: Path) -> None:
    (folder / "charter.yaml").write_text(CHARTER + "widrawal: []\n")
    (folder / "decisions.yaml").write_text(DECISIONS.replace("art_16", "art_17"))
    assert [(code, file) for code, file, _ in faults_in(folder)] == [
        ("unknown_key", "charter.yaml"),
        ("unknown_article", "decisions.yaml"),
    ]


def test_a_bundle_says_where_its_rules_are_wrong(folder: Path) -> None:
    data = bundle(load(folder))
    data["decisions"] = {"decision_rules": {"r": []}}
    with pytest.raises(DataError) as refused:
        from_bundle(data)
    assert "rules#/decisions/decision_rules/r" in str(refused.value)


def test_a_case_may_bring_its_own() -> None:
    inline = "charter: {organisation: {id: club}, statuses: {member: {}}}\nparties: {AA: {}}\n"
    rules = "decisions:\n" + "".join(
        f"  {line}\n"
        for line in DECISIONS.splitlines()
        if not line.startswith(("weights", "format"))
    )
    rules = rules.replace(", weight: dues", "").replace(", then: {body: council}", "")
    charter = load_inline(parse(inline + rules))
    assert charter.decisions is not None
    with pytest.raises(DataError) as refused:
        load_inline(parse(inline + rules.replace("in_favour, m", "in_favor, m"), "case.yaml"))
    assert "case.yaml:11" in str(refused.value)
