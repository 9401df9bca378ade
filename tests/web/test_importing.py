"""Organisations come in once, with their rules; what was recorded is not rewritten."""

from __future__ import annotations

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from comity.kernel.errors import DataError
from comity.register.export import verify_export
from comity_web.register.importing import import_organisations
from comity_web.register.models import Checkpoint, Edition, Entry
from comity_web.register.selectors import present
from comity_web.register.signing import verifier_key

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
    assert sorted(each.name for each in tmp_path.glob(".register*")) == []


def test_appending_can_be_measured_in_an_empty_register() -> None:
    said = StringIO()
    call_command("bench_append", acts=20, batches=2, batch_size=600, stdout=said)
    rates = r"one by one [\d,]+ acts/s .* in batches of 600 [\d,]+ acts/s"
    assert re.search(rates, said.getvalue())
    assert Entry.objects.count() == 1220
    with pytest.raises(CommandError, match="empty register"):
        call_command("bench_append")
