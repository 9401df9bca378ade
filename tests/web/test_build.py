"""After a deployment nobody goes on with a page of the build before, whose assets may be gone."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from comity_web.serving import build

PATHS = ("/en/", "/en/sco/", "/en/sco/acts.csv", "/en/api/", "/api/v1/log", "/data/sco/acts.csv")


def tag(path: str) -> str:
    return Client().get(path).headers["ETag"]


def status(path: str, held: str) -> int:
    return Client().get(path, headers={"if-none-match": held}).status_code


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("changed", ["_running", "manifest_hash"])
def test_what_a_reader_has_of_another_build_is_sent_anew(
    path: str, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tag(path)
    assert status(path, before) == 304
    if changed == "_running":
        monkeypatch.setattr(build, "_running", lambda: "another")
    else:
        collected = SimpleNamespace(manifest_hash="another")
        monkeypatch.setattr(build, "staticfiles_storage", collected)
    assert status(path, before) == 200
    assert tag(path) != before


def test_the_manifest_of_the_static_files_is_in_it() -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((Path(settings.STATIC_ROOT) / "staticfiles.json").read_text())
    assert manifest["hash"]
    assert build.build() == f"{build._running()}{manifest['hash']}"


def test_any_file_changes_the_digest(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    (folder / "templates").mkdir(parents=True)
    page, style = folder / "templates" / "page.html", folder / "site.css"
    seen = [build.digest_of([folder])]
    for file, text in ((page, "a"), (page, "b"), (style, "b"), (style, "")):
        file.write_text(text)
        seen.append(build.digest_of([folder]))
    page.rename(folder / "page.html")
    seen.append(build.digest_of([folder]))
    assert len(set(seen)) == len(seen)
    assert build.digest_of([folder, folder]) not in seen


def test_what_python_keeps_for_itself_does_not_count(tmp_path: Path) -> None:
    before = build.digest_of([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "page.cpython-311.pyc").write_bytes(b"made")
    assert build.digest_of([tmp_path]) == before


def test_all_processes_of_a_build_give_it_one_name() -> None:
    assert build._running() == build._running.__wrapped__()
