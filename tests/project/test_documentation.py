"""Documentation that leads where it says, and records that have their parts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.project.files import ROOT, name_of, project_files, text_of

PAGES = [path for path in project_files() if path.suffix == ".md"]
DOCS = ROOT / "docs"
RECORDS = sorted((DOCS / "decisions").glob("*.md"))
MODES = ["tutorial", "how-to", "reference", "explanation"]
SECTIONS = ["Rules and record", "Features", "Fixes", "Internals"]

FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(<?([^)\s>]+)")
OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def links(page: Path) -> list[str]:
    """Return the targets of a page that are meant to be in the project."""
    prose = CODE.sub("", FENCED.sub("", text_of(page)))
    return [target for target in LINK.findall(prose) if not OUTSIDE.match(target)]


def anchors(page: Path) -> set[str]:
    """Return the names of the headings of a page, as the usual renderers make them."""
    headings = re.findall(r"^#+ +(.+?) *#*$", FENCED.sub("", text_of(page)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), f"{name_of(page)}: {target} is not there"
        assert there == ROOT or ROOT in there.parents, f"{name_of(page)}: {target} leads out"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{name_of(page)}: no heading {target}"


def test_the_index_names_every_page() -> None:
    index = DOCS / "README.md"
    linked = {(DOCS / target.partition("#")[0]).resolve() for target in links(index)}
    pages = {path for mode in MODES for path in (DOCS / mode).rglob("*.md")}
    missing = sorted(name_of(path) for path in pages - linked)
    assert missing == [], "docs/README.md does not lead to these pages"
    assert DOCS / "decisions" in linked


def test_every_page_has_one_mode() -> None:
    places = {path.relative_to(DOCS).parts[0] for path in DOCS.rglob("*.md")}
    assert places - {*MODES, "decisions"} == {"README.md"}


@pytest.mark.parametrize("record", RECORDS, ids=name_of)
def test_a_decision_record_has_its_parts(record: Path) -> None:
    number = re.match(r"(\d{4})-[a-z0-9-]+\.md$", record.name)
    assert number, "a record is called NNNN-title.md"
    text = record.read_text()
    assert text.startswith(f"# {number[1]} ")
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\. Status: \w+", text, re.MULTILINE)
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences", "Rejected"]


def test_decision_records_are_numbered_without_gap_or_twin() -> None:
    numbers = [int(record.name[:4]) for record in RECORDS]
    assert numbers == list(range(1, len(RECORDS) + 1))


def test_the_changelog_is_for_readers() -> None:
    versions = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.MULTILINE)[1:]
    assert versions, "no version"
    for version in versions:
        title, _, body = version.partition("\n")
        sections = re.findall(r"^### (.+)$", body, re.MULTILINE)
        assert re.fullmatch(r"Unreleased|\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\)", title)
        assert sections == [each for each in SECTIONS if each in sections], f"{title}: {sections}"
        assert sections, f"{title} has no section"


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_exist(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert f"make {target}" in (ROOT / "CONTRIBUTING.md").read_text()
