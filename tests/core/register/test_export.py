"""An export restores the register and gives away every byte that was changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.charter.bundle import bundle, from_bundle
from comity.cli.benchmark import synthetic
from comity.kernel.canonical import digest, encode
from comity.kernel.errors import ComityError, DataError, IntegrityError
from comity.register.export import (
    charter_file,
    load_export,
    table_rows,
    verify_export,
    write_export,
)
from comity.register.kinds import KINDS
from comity.register.reading import rules_act
from comity.register.records import to_bytes, to_record
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.commitment import closed_leaf, commit
from comity.tlog.directory import write_directory
from comity.tlog.hashing import leaf_hash
from comity.tlog.note import SigningKey
from comity.tlog.tree import Frontier

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
        verify_export(tmp_path, key=KEY.verifier)
    with pytest.raises(DataError) as error:
        verify_export(tmp_path / "nowhere", key=KEY.verifier)
    assert error.value.code == "no_such_path"


def test_a_cell_that_looks_like_a_formula_is_kept_text(tmp_path: Path) -> None:
    wicked = replace(ACTS[1], note="=HYPERLINK(1)", place="\t=1", id="@x")
    entries = [to_bytes(ACTS[0]), to_bytes(wicked)]
    write_export(tmp_path / "record", entries=entries, charters=CHARTERS[:1], key=KEY)
    row = (tmp_path / "record" / "acts.csv").read_bytes().splitlines()[2]
    assert all(each in row for each in (b", =HYPERLINK(1)", b", \t=1", b", @x"))


def test_the_digest_of_the_rules_is_that_of_their_file(export: Path) -> None:
    for file in (export / "charters").iterdir():
        assert digest(json.loads(file.read_bytes())) in {each.digest for each in CHARTERS}


# What the register would have refused

OTHERS = [each for each in ACTS if each.organisation == "org0001"][:12]
RULES = [each for each in CHARTERS if each.id == "org0001"]


def _record(path: Path, entries: Sequence[bytes]) -> Path:
    """Write an export with any leaves, signed with the right key."""
    signed = Checkpoint.of(KEY.name, Frontier().extend(map(leaf_hash, entries))).sign(KEY)
    write_directory(path / "log", entries, signed)
    (path / "register.vkey").write_text(f"{KEY.verifier}\n")
    (path / "charters").mkdir()
    for each in RULES:
        (path / "charters" / charter_file(each.id, each.digest)).write_bytes(encode(bundle(each)))
    (path / "acts.jsonl").write_bytes(b"".join(each + b"\n" for each in entries))
    with (path / "acts.csv").open("wb") as table, suppress(TypeError, AttributeError, ComityError):
        table.writelines(table_rows(entries))  # no row can be made of a malformed leaf
    return path


def _refused(path: Path, entries: Sequence[bytes], *, law: bool | None = None) -> IntegrityError:
    with pytest.raises(IntegrityError) as error:
        verify_export(_record(path, entries), key=KEY.verifier, law=law)
    return error.value


def _with(more: dict[str, Any], *, drop: str = "") -> list[bytes]:
    """The acts of an organisation, and a further leaf like the last with other fields."""
    record = {**to_record(OTHERS[-1]), "id": "further", **more}
    record.pop(drop, None)
    return [*map(to_bytes, OTHERS), encode(record)]


LAST = len(OTHERS)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        (_with({"id": OTHERS[3].id}), "duplicate_act"),
        (_with({"recorded_at": "2025-12-31T00:00:00Z"}), "recorded_out_of_order"),
        (_with({"kind": "suspension_lifted", "details": {}}), "nothing_to_lift"),
        (_with({"kind": "admitted", "parties": ["QQQ"]}), "unknown_party"),
        (_with({"kind": "admitted", "details": {"status": "friend"}}), "unknown_status"),
        (_with({"kind": "admited"}), "unknown_kind_of_act"),
        (_with({"kind": "suspended", "details": {"until": "x"}}), "impossible_date"),
        (_with({"organisation": "elsewhere"}), "unknown_organisation"),
        (_with({"authority": ["a"]}), "wrong_type"),
        (_with({"parties": [1]}), "wrong_type"),
        (_with({"place": 5}), "wrong_type"),
        (_with({"note": "a\0b"}), "not_canonical"),
        (_with({}, drop="kind"), "missing_field"),
        ([*map(to_bytes, OTHERS), b'{"commitment":"ab"}'], "missing_field"),
        ([*map(to_bytes, OTHERS), b"[1]"], "not_canonical"),
        ([*map(to_bytes, OTHERS), b'{"id":1.5}'], "malformed_json"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_the_register_would_refuse_is_refused_with_its_leaf(
    entries: list[bytes], code: str, tmp_path: Path
) -> None:
    error = _refused(tmp_path / "record", entries)
    assert (error.code, f"leaf {LAST}" in str(error)) == (code, True), error


def test_an_act_cannot_hide_as_closed(tmp_path: Path) -> None:
    commitment = commit(b"nothing", bytes(32))
    entries = _with({"commitment": commitment})
    error = _refused(tmp_path / "record", entries)
    assert "commitment" in str(error)
    with pytest.raises(DataError):
        load_export(tmp_path / "record")


def test_without_law_only_the_footing_is_left_out(tmp_path: Path) -> None:
    party = OTHERS[-1].parties[0]
    lifted = _with({"kind": "suspension_lifted", "details": {}, "parties": [party]})
    found = verify_export(_record(tmp_path / "a", lifted), key=KEY.verifier, law=False)
    assert not found.law_checked
    unknown = _with({"kind": "admitted", "details": {"status": "friend"}})
    assert _refused(tmp_path / "b", unknown, law=False).code == "unknown_status"


def test_what_may_stand_on_a_closed_act_is_said_not_to_be_known(tmp_path: Path) -> None:
    closed = closed_leaf(
        commit(b"suspended", bytes(32)),
        organisation="org0001",
        recorded_at=OTHERS[-1].recorded_at,
    )
    *before, lifted = _with({"kind": "suspension_lifted", "details": {}})
    found = verify_export(_record(tmp_path / "record", [*before, closed, lifted]))
    assert (found.law_checked, found.with_closed) == (True, ("org0001",))


def test_a_closed_act_does_not_turn_back_the_clock(tmp_path: Path) -> None:
    early = ACTS[0].recorded_at - timedelta(days=1)
    closed = closed_leaf(commit(b"", bytes(32)), organisation="org0001", recorded_at=early)
    error = _refused(tmp_path / "record", [*map(to_bytes, OTHERS), closed])
    assert error.code == "recorded_out_of_order"


def test_an_act_is_judged_by_the_rules_in_force_when_it_was_recorded(tmp_path: Path) -> None:
    old = RULES[0]
    new = from_bundle({**bundle(old), "suspension": []})
    acts = [each for each in ACTS if each.organisation == old.id]
    suspended = next(each for each in acts if each.kind == "suspended")
    rules = rules_act(new)
    assert rules
    rules = replace(rules, recorded_at=acts[-1].recorded_at)
    entries = [*map(to_bytes, acts), to_bytes(rules)]
    write_export(tmp_path / "record", entries=entries, charters=[old, new], key=KEY)
    assert len(verify_export(tmp_path / "record").editions) == 2
    again = replace(suspended, id="again", recorded_at=rules.recorded_at)
    entries.append(to_bytes(again))
    write_export(tmp_path / "later", entries=entries, charters=[old, new], key=KEY)
    with pytest.raises(IntegrityError, match=f"leaf {len(acts) + 1}: "):
        verify_export(tmp_path / "later")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "2020", "member"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["status", "until", "act", "changes", "parties", "details", "id"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
NAMES = ["id", "organisation", "kind", "effective_on", "recorded_at", "parties", "sources",
         "alternatives", "place", "note", "confidence", "decided_on", "authority", "details",
         "commitment", "other"]  # fmt: skip


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_leaf_signed_anew_is_refused_or_can_be_asked_about(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    changed = data.draw(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=3))
    kinds = st.sampled_from([*sorted(KINDS), ""])
    kind = data.draw(kinds)
    details = data.draw(JSON)
    entries = _with({"kind": kind, "details": details, **changed} if kind else changed)
    folder = tmp_path_factory.mktemp("signed")
    try:
        found = verify_export(_record(folder / "record", entries), law=data.draw(st.booleans()))
    except ComityError as error:
        answers: list[object] = [str(error)]
    else:
        known = found.register.organisations
        answers = [each.situation(on=date(2040, 1, 1)).roster() for each in known]
    finally:
        shutil.rmtree(folder)
    assert all(answers)


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
