"""What must be true of every file, whoever wrote it and wherever it is checked out."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from tests.project.files import ROOT, name_of, project_files, text_of

# Put together here, so that this file does not name them either.
REGISTRIES = [
    *(f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs", "yarnpkg")),
    *(f"{name}.com" for name in ("npmjs", "yarnpkg", "unpkg", "jsdelivr")),
    "deb." + "debian",
]
# Where anyone may keep things; any other parent of the checkout is a path of this machine.
COMMON = {"/", "/tmp", "/usr", "/opt", "/srv", "/var", "/home", "/root", "/mnt", "/src", "/app"}


def machine_paths() -> list[str]:
    """Return the folders that mean something on this machine only."""
    known = {str(ROOT), str(ROOT.parent), str(Path.home())} - COMMON
    return sorted(each for each in known if each.count("/") >= 1 and len(each) > 3)


def test_no_file_names_a_path_of_the_machine() -> None:
    folders = "|".join(re.escape(each) for each in machine_paths())
    homes = r"/(?:home|Users)/\w+/|/root/\w"
    named = re.compile(rf"(?<![\w.])(?:{homes}{'|(?:' + folders + ')/' if folders else ''})")
    found = {name_of(path): named.findall(text_of(path)) for path in project_files()}
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_no_file_holds_a_signing_key() -> None:
    # Published examples and the code that reads keys name the form; an encoded key follows it here.
    key = re.compile("PRIVATE" + r"\+KEY\+[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}")
    allowed = {"tests/core/tlog/test_published_vectors.py"}
    found = {name_of(each) for each in project_files() if key.search(text_of(each))}
    assert found <= allowed


def test_no_file_names_a_package_registry() -> None:
    named = re.compile("|".join(re.escape(each) for each in REGISTRIES))
    found = {name_of(path): named.findall(text_of(path)) for path in project_files()}
    assert {name: hosts for name, hosts in found.items() if hosts} == {}


def test_text_ends_with_a_line_feed_and_has_no_carriage_return() -> None:
    ours = {".py", ".md", ".toml", ".yaml", ".html", ".css", ".lock"}
    wrong = [
        name_of(path)
        for path in project_files()
        if path.suffix in ours and "vendor" not in path.parts and (raw := path.read_bytes())
        if not raw.endswith(b"\n") or b"\r" in raw
    ]
    assert wrong == []


def test_no_module_is_an_attic() -> None:
    attics = {"util.py", "utils.py", "helpers.py", "misc.py", "common.py"}
    assert [name_of(path) for path in project_files(ROOT / "src") if path.name in attics] == []


def test_scripts_can_be_run() -> None:
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_vendored_files_are_listed_with_their_origin_and_hash() -> None:
    listings = sorted((ROOT / "src").rglob("vendor.toml"))
    assert {name_of(each): faults for each in listings if (faults := _faults(each))} == {}


def _faults(listing: Path) -> list[str]:
    entries = [each for each in _tables(tomllib.loads(listing.read_text())) if "file" in each]
    listed = {each["file"]: each.get("sha256") for each in entries}
    there = {
        path.relative_to(listing.parent).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in project_files(listing.parent)
        if path != listing
    }
    wrong = sorted(each for each in listed.keys() | there if listed.get(each) != there.get(each))
    bare = [each["file"] for each in entries if not {"name", "version", "licence"} <= each.keys()]
    return [f"{each}: not the file that is listed" for each in wrong] + [
        f"{each}: lacks name, version or licence" for each in bare
    ]


def _tables(value: object) -> list[dict[str, str]]:
    """Return every table of a vendor.toml that holds no table itself."""
    if isinstance(value, dict):
        inner = [table for each in value.values() for table in _tables(each)]
        return inner or [value]
    return [table for each in value for table in _tables(each)] if isinstance(value, list) else []
