"""An export restores the register and gives away every byte that was changed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.cli.benchmark import synthetic
from comity.kernel.canonical import digest
from comity.kernel.errors import DataError, IntegrityError
from comity.register.export import load_export, verify_export, write_export
from comity.register.records import to_bytes
from comity.tlog.commitment import closed_leaf, commit
from comity.tlog.note import SigningKey

KEY = SigningKey.from_seed("league.example/log", bytes(range(32)))
OTHER = SigningKey.from_seed("league.example/log", bytes(range(1, 33)))
CHARTERS, _ACTS = synthetic.register(700, 3, seed=7)
ACTS = list(_ACTS)
CLOSED = closed_leaf(
    commit(b"secret", bytes(32)), organisation="org0000", recorded_at=ACTS[-1].recorded_at
)
ENTRIES = [*(to_bytes(each) for each in ACTS), CLOSED]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "record"
    write_export(path, entries=ENTRIES, charters=CHARTERS, key=KEY)
    return path


def _files(path: Path) -> list[Path]:
    return sorted(each for each in path.rglob("*") if each.is_file())


def test_a_verified_export_gives_the_register_back(export: Path) -> None:
    found = verify_export(export, key=KEY.verifier)
    assert found.register.acts == ACTS
    assert found.closed == 1
    assert found.log.size == len(ENTRIES)
    assert [each.charter.digest for each in found.register.organisations] == [
        each.digest for each in CHARTERS
    ]


def test_loading_without_verifying_gives_the_same_register(export: Path) -> None:
    assert load_export(export).acts == ACTS


def test_the_export_is_a_function_of_its_content(export: Path, tmp_path: Path) -> None:
    write_export(tmp_path / "again", entries=ENTRIES, charters=CHARTERS, key=KEY)
    for file in _files(export):
        assert (tmp_path / "again" / file.relative_to(export)).read_bytes() == file.read_bytes()


def test_a_directory_in_use_is_not_written_over(export: Path) -> None:
    with pytest.raises(DataError) as error:
        write_export(export, entries=ENTRIES, charters=CHARTERS, key=KEY)
    assert error.value.code == "not_empty"


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_flipped_bit_anywhere_is_found(
    export: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(_files(export)))
    raw = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    copy = tmp_path_factory.mktemp("tampered") / "record"
    shutil.copytree(export, copy)
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    (copy / file.relative_to(export)).write_bytes(raw)
    with pytest.raises(IntegrityError) as error:
        verify_export(copy, key=KEY.verifier)
    assert str(error.value)
    shutil.rmtree(copy.parent)


def _tampered(export: Path, tmp_path: Path, file: str, old: bytes, new: bytes) -> Path:
    copy = tmp_path / "record"
    shutil.copytree(export, copy)
    raw = (copy / file).read_bytes()
    assert old in raw
    (copy / file).write_bytes(raw.replace(old, new, 1))
    return copy


@pytest.mark.parametrize("file", ["acts.jsonl", "acts.csv"])
def test_the_leaf_is_named(export: Path, tmp_path: Path, file: str) -> None:
    copy = _tampered(export, tmp_path, file, ACTS[5].id.encode(), b"9" + ACTS[5].id.encode()[1:])
    with pytest.raises(IntegrityError, match="leaf 5"):
        verify_export(copy, key=KEY.verifier)


def test_a_changed_entry_in_the_log_names_its_leaf(export: Path, tmp_path: Path) -> None:
    name = ACTS[300].id.encode()
    bundle = "log/tile/entries/001"
    copy = _tampered(export, tmp_path, bundle, name, b"9" + name[1:])
    with pytest.raises(IntegrityError, match="leaf 300"):
        verify_export(copy, key=KEY.verifier)


def test_other_rules_than_those_recorded_are_found(export: Path, tmp_path: Path) -> None:
    file = next((export / "charters").iterdir()).relative_to(export)
    copy = _tampered(export, tmp_path, str(file), b"Suspension", b"Expulsions")
    with pytest.raises(IntegrityError) as error:
        verify_export(copy, key=KEY.verifier)
    assert error.value.code == "charter_differs"


@pytest.mark.parametrize("missing", ["acts.csv", "acts.jsonl", "register.vkey", "log", "charters"])
def test_a_missing_part_is_named(export: Path, tmp_path: Path, missing: str) -> None:
    copy = tmp_path / "record"
    shutil.copytree(export, copy)
    gone = copy / missing
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    with pytest.raises(IntegrityError, match=missing):
        verify_export(copy, key=KEY.verifier)


def test_a_file_slipped_in_is_named(export: Path, tmp_path: Path) -> None:
    copy = tmp_path / "record"
    shutil.copytree(export, copy)
    (copy / "note.txt").write_text("harmless")
    with pytest.raises(IntegrityError, match=r"note\.txt"):
        verify_export(copy, key=KEY.verifier)


def test_a_log_signed_by_somebody_else_is_not_taken(export: Path) -> None:
    with pytest.raises(IntegrityError) as error:
        verify_export(export, key=OTHER.verifier)
    assert error.value.code == "wrong_key"


def test_no_export_at_all_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(IntegrityError, match="is no export"):
        verify_export(tmp_path / "nowhere", key=KEY.verifier)


def test_a_cell_that_looks_like_a_formula_is_kept_text(tmp_path: Path) -> None:
    wicked = replace(ACTS[1], note="=HYPERLINK(1)")
    entries = [to_bytes(ACTS[0]), to_bytes(wicked)]
    write_export(tmp_path / "record", entries=entries, charters=CHARTERS[:1], key=KEY)
    assert b" =HYPERLINK(1)" in (tmp_path / "record" / "acts.csv").read_bytes()


def test_the_digest_of_the_rules_is_that_of_their_file(export: Path) -> None:
    for file in (export / "charters").iterdir():
        assert digest(json.loads(file.read_bytes())) in {each.digest for each in CHARTERS}


def test_entries_are_exported_under_the_checkpoint_that_was_signed(tmp_path: Path) -> None:
    write_export(tmp_path / "own", entries=ENTRIES, charters=CHARTERS, key=KEY)
    signed = (tmp_path / "own" / "log" / "checkpoint").read_text()
    named = {"charters": CHARTERS, "signed": signed, "verifier": KEY.verifier}
    write_export(tmp_path / "same", entries=ENTRIES, **named)
    assert verify_export(tmp_path / "same", key=KEY.verifier).log.size == len(ENTRIES)
    with pytest.raises(IntegrityError) as refused:
        write_export(tmp_path / "fewer", entries=ENTRIES[:-1], **named)
    assert refused.value.code == "checkpoint_differs"
    with pytest.raises(DataError) as nobody:
        write_export(tmp_path / "unsigned", entries=ENTRIES, charters=CHARTERS)
    assert nobody.value.code == "unsigned"
