"""Organisations come in once, with their rules; what was recorded is not rewritten."""

from __future__ import annotations

import os
import re
import shutil
from io import StringIO
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from comity.kernel.errors import DataError, IntegrityError
from comity.register.export import verify_export
from comity_web.register.exporting import export_register
from comity_web.register.importing import import_organisations
from comity_web.register.models import Checkpoint, Edition, Entry
from comity_web.register.selectors import present
from comity_web.register.signing import verifier_key
from tests.web.tampering import alter_a_leaf, forge_the_head

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one organisation, free to be changed."""
    shutil.copytree(settings.ORGANISATIONS / "opec", tmp_path / "organisations" / "opec")
    return tmp_path / "organisations"


def bring(folder: Path) -> list[tuple[int, bool]]:
    came = import_organisations(folder, acting_user="tests", acting_for="tests")
    return [(each.acts, each.new_rules) for each in came]


def test_a_second_import_changes_nothing(folder: Path) -> None:
    [(acts, new_rules)] = bring(folder)
    before = list(Entry.objects.values_list()), list(Checkpoint.objects.values_list())
    assert (acts > 50, new_rules) == (True, True)
    assert bring(folder) == [(0, False)]
    assert (list(Entry.objects.values_list()), list(Checkpoint.objects.values_list())) == before


def test_the_rules_go_before_the_acts_made_under_them(folder: Path) -> None:
    bring(folder)
    assert Entry.objects.get(position=0).kind == "rules_recorded"
    charter = present().register.organisation("opec").charter
    assert Edition.objects.get().digest == charter.digest


def test_a_new_act_in_the_files_is_recorded_now(folder: Path) -> None:
    bring(folder)
    size = Entry.objects.count()
    act = "{id: later-note, kind: noted, effective_on: 2026-01-01, topic: t, text: {en: x}}"
    moment = f"{Checkpoint.objects.latest('size').recorded_at:%Y-%m-%dT%H:%M:%SZ}"
    later = folder / "opec" / "acts" / "zz-later.yaml"
    later.write_text(f"recorded_at: {moment}\nacts:\n  - {act}\n")
    assert bring(folder) == [(1, False)]
    assert bring(folder) == [(0, False)]
    assert Entry.objects.get(act_id="later-note").position == size


def test_new_rules_are_used_from_then_on(folder: Path) -> None:
    bring(folder)
    assert present().register.organisation("opec").charter.names["en"] != "Another Name"
    charter = folder / "opec" / "charter.yaml"
    text = charter.read_text()
    name = present().register.organisation("opec").charter.names["en"]
    charter.write_text(text.replace(name, "Another Name", 1))
    assert bring(folder) == [(0, True)]
    assert present().register.organisation("opec").charter.names["en"] == "Another Name"
    assert Edition.objects.count() == 2


def test_an_act_with_other_words_is_refused_and_changes_nothing(folder: Path) -> None:
    bring(folder)
    size = Entry.objects.count()
    acts = next(iter((folder / "opec" / "acts").glob("*.yaml")))
    text = acts.read_text()
    acts.write_text(text.replace("place: ", "place: Not ", 1))
    assert acts.read_text() != text
    with pytest.raises(DataError) as refused:
        bring(folder)
    assert refused.value.code == "rewritten_act"
    assert Entry.objects.count() == size


def test_a_broken_charter_is_told_with_its_place(folder: Path) -> None:
    (folder / "opec" / "charter.yaml").write_text("format: comity-charter/1\nstatuses: [")
    with pytest.raises(CommandError, match=r"charter\.yaml:3:1: malformed YAML"):
        call_command("import_organisations", folder)
    assert Entry.objects.count() == 0


def test_a_folder_without_organisations_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no organisation"):
        call_command("import_organisations", tmp_path)


def test_the_export_verifies_and_replaces_the_one_before(folder: Path, tmp_path: Path) -> None:
    call_command("import_organisations", folder, stdout=StringIO())
    target = tmp_path / "register"
    for _ in range(2):
        call_command("export_register", target, stdout=StringIO())
        verified = verify_export(target, key=verifier_key())
        assert verified.log.size == Entry.objects.count()
        assert verified.log.root == bytes(Checkpoint.objects.latest("size").root)
    assert [each.name for each in tmp_path.glob(".register.*")] == [os.readlink(target)]


def test_an_export_takes_the_place_of_a_folder(folder: Path, tmp_path: Path) -> None:
    bring(folder)
    target = tmp_path / "register"
    target.mkdir()
    (target / "old").write_text("old")
    export_register(target)
    assert verify_export(target, key=verifier_key()).log.size == Entry.objects.count()
    assert [each.name for each in tmp_path.glob(".register.*")] == [os.readlink(target)]


def test_where_there_are_no_links_the_folder_itself_is_put_in_place(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "symlink_to", refused)
    bring(folder)
    target = tmp_path / "register"
    for _ in range(2):
        export_register(target)
        assert verify_export(target, key=verifier_key()).log.size == Entry.objects.count()
    assert list(tmp_path.glob(".register.*")) == []


def test_while_exports_are_replaced_there_is_always_one(folder: Path, tmp_path: Path) -> None:
    bring(folder)
    target = tmp_path / "register"
    export_register(target)
    missed, ended = [], Event()

    def look() -> None:
        while not ended.is_set():
            if not target.is_dir():
                missed.append(1)

    looking = Thread(target=look)
    looking.start()
    for _ in range(5):
        export_register(target)
    ended.set()
    looking.join()
    assert missed == []


def test_what_the_signed_checkpoint_does_not_cover_is_not_exported(
    folder: Path, tmp_path: Path
) -> None:
    bring(folder)
    target = tmp_path / "register"
    export_register(target)
    before = {each: each.read_bytes() for each in target.rglob("*") if each.is_file()}
    alter_a_leaf()
    with pytest.raises(IntegrityError) as refused:
        export_register(target)
    assert refused.value.code == "checkpoint_differs"
    assert {each: each.read_bytes() for each in target.rglob("*") if each.is_file()} == before
    assert verify_export(target, key=verifier_key()).log.size == Entry.objects.count()


def test_a_checkpoint_that_this_instance_did_not_sign_is_not_exported(
    folder: Path, tmp_path: Path
) -> None:
    bring(folder)
    forge_the_head()
    with pytest.raises(IntegrityError):
        export_register(tmp_path / "register")
    assert sorted(each.name for each in tmp_path.iterdir() if "register" in each.name) in (
        [],
        ["register.sqlite3"],
        ["register.sqlite3", "register.sqlite3-shm", "register.sqlite3-wal"],
    )


def test_an_empty_register_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        export_register(tmp_path / "register")
    assert refused.value.code == "nothing_to_export"


def test_appending_can_be_measured_in_an_empty_register() -> None:
    said = StringIO()
    call_command("bench_append", acts=20, batches=2, batch_size=600, stdout=said)
    rates = r"one by one [\d,]+ acts/s .* in batches of 600 [\d,]+ acts/s"
    assert re.search(rates, said.getvalue())
    assert Entry.objects.count() == 1220
    with pytest.raises(CommandError, match="empty register"):
        call_command("bench_append")
