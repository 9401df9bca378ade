"""Folders of organisations: every fault with its place, and nothing recorded is rewritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from comity.kernel.errors import DataError
from comity.register.reading import not_recorded_yet, read_organisation, read_register
from comity.register.register import Register

CHARTER = """
format: comity-charter/1
organisation: {{id: {id}, names: {{en: A league}}}}
languages: [{{code: en, role: working}}]
statuses: {{member: {{names: {{en: member}}}}}}
"""
PARTIES = "parties: {AA: {names: {en: Aland}}, BB: {names: {en: Beland}}}\n"
ACTS = """recorded_at: 2026-01-01T00:00:00Z
acts:
  - {id: aa-in, kind: admitted, party: AA, status: member, effective_on: 1960}
"""

AT = "recorded_at: 2026-01-01T00:00:00Z\n"


def organisation(root: Path, name: str = "league", **acts: str) -> Path:
    folder = root / name
    (folder / "acts").mkdir(parents=True)
    (folder / "codelists").mkdir()
    (folder / "charter.yaml").write_text(CHARTER.format(id=name), "utf-8")
    (folder / "codelists" / "parties.yaml").write_text(PARTIES, "utf-8")
    for file, text in acts.items():
        (folder / "acts" / f"{file}.yaml").write_text(text, "utf-8")
    return folder


def faults_of(root: Path, *names: str) -> list[tuple[str, str]]:
    """The code of each fault and its place, without the folder."""
    with pytest.raises(DataError) as error:
        read_register(root, *names)
    assert all(fault.place for fault in error.value.faults)
    return [(f.code, str(f.place).removeprefix(f"{root}/")) for f in error.value.faults]


def test_an_organisation_is_read(tmp_path: Path) -> None:
    charter, acts = read_organisation(organisation(tmp_path, one=ACTS))
    assert [charter.id, *(each.kind for each in acts)] == ["league", "rules_recorded", "admitted"]
    assert str(acts[1].effective_on) == "1960"


def test_acts_of_several_files_come_in_the_order_of_their_recording(tmp_path: Path) -> None:
    later = ACTS.replace("2026-01-01", "2026-02-01").replace("aa-in", "bb-in").replace("AA", "BB")
    _, acts = read_organisation(organisation(tmp_path, a=later, b=ACTS))
    assert [each.id for each in acts[1:]] == ["aa-in", "bb-in"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("acts: [", "malformed_yaml", "2:1"),
        ("[]", "wrong_type", "1:1"),
        ("recorded_at: 2026-01-01T00:00:00Z", "wrong_type", "1:1"),
        ("acts: {}", "wrong_type", "1:1"),
        ("acts: []\nsource: x", "unknown_key", "2:1"),
        ("acts:\n  - text", "malformed_act", "2:5"),
        (AT + "acts:\n  - {id: x, kind: noted, effective_on: 1960-02-30}", "impossible_date",
         "3:5"),
        (AT + "acts:\n  - {id: x, kind: nothing, effective_on: 1960}", "unknown_kind_of_act",
         "3:5"),
        (AT + "acts:\n  - {id: x, effective_on: 1960}", "missing_field", "3:5"),
        (AT + "acts:\n  - {id: x, kind: noted, effectiveon: 1960}", "unknown_field", "3:5"),
        (AT + "acts:\n  - {id: x, kind: withdrew, party: AA, effective_on: 1960}",
         "nothing_to_end", "3:5"),
        ("acts:\n  - {id: x, kind: noted, effective_on: 1960}", "missing_field", "1:1"),
    ],
)  # fmt: skip
def test_a_fault_says_in_which_file_and_line(
    tmp_path: Path, text: str, code: str, place: str
) -> None:
    organisation(tmp_path, one=text)
    assert faults_of(tmp_path)[0] == (code, f"league/acts/one.yaml:{place}")


def test_the_faults_of_all_files_and_organisations_are_told_at_once(tmp_path: Path) -> None:
    wrong = ACTS.replace("status: member", "status: membr")
    organisation(tmp_path, "first", one=wrong, two=wrong.replace("aa-in", "aa-too"))
    organisation(tmp_path, "second", one=wrong)
    assert faults_of(tmp_path) == [
        ("unknown_status", "first/acts/one.yaml:3:5"),
        ("unknown_status", "first/acts/two.yaml:3:5"),
        ("unknown_status", "second/acts/one.yaml:3:5"),
    ]
    assert len(faults_of(tmp_path, "second")) == 1


def test_an_act_written_twice_is_one_too_many(tmp_path: Path) -> None:
    organisation(tmp_path, one=ACTS, two=ACTS)
    assert [code for code, _ in faults_of(tmp_path)] == ["duplicate_act"]


def test_a_folder_without_organisations_and_one_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        read_register(tmp_path)
    assert error.value.code == "no_organisation"
    with pytest.raises(DataError) as error:
        read_register(tmp_path, "league")
    assert error.value.code == "unreadable_file"


def test_what_is_recorded_already_is_left_out_and_may_not_read_otherwise(tmp_path: Path) -> None:
    charter, acts = read_organisation(organisation(tmp_path, one=ACTS))
    register = Register([charter], acts)
    further = replace(acts[-1], id="bb-in", parties=("BB",))
    assert not_recorded_yet(register, charter, [*acts, further]) == [further]
    assert not_recorded_yet(Register(), charter, acts) == acts
    with pytest.raises(DataError) as error:
        not_recorded_yet(register, charter, [replace(acts[-1], note="edited"), further])
    assert [(f.code, f.act) for f in error.value.faults] == [("rewritten_act", "aa-in")]
    assert "corrected" in error.value.faults[0].advice
