"""What the pages on algorithms show is so: their cases are asked, their tables computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.membership.kinds import KINDS
from comity.membership.notice import takes_effect_on
from comity.register.cases import run_document
from comity.register.register import OrganisationRecord

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "reference" / "algorithms").glob("*.md"))


def blocks() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for text in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
            if re.search(r"^cases:", text, re.M):
                yield page.name, text


def _no_organisation(name: str, path: Path) -> OrganisationRecord:
    raise AssertionError(f"{path} brings its own rules and needs no organisation, not {name}")


@pytest.mark.parametrize(("page", "text"), list(blocks()), ids=[page for page, _ in blocks()])
def test_the_cases_of_a_page_are_answered_as_it_says(page: str, text: str) -> None:
    outcomes = list(run_document(documents.parse(text, page), _no_organisation))
    assert outcomes
    assert [f"{each.title}: {each.failures}" for each in outcomes if not each.passed] == []


def rows(page: str) -> list[list[str]]:
    text = (ROOT / "docs" / "reference" / "algorithms" / page).read_text("utf-8")
    lines = re.findall(r"^ *\| (.*) \|$", text, re.MULTILINE)
    return [[cell.strip() for cell in line.split(" | ")] for line in lines]


NOTICES = [row for row in rows("notice.md") if row[1].startswith("`{")]


@pytest.mark.parametrize("row", NOTICES, ids=[row[0] for row in NOTICES])
def test_the_table_of_notices_is_as_computed(row: list[str]) -> None:
    _, rule, received, effect = row
    text = f"""
charter:
  organisation: {{id: league}}
  statuses: {{member: {{}}}}
  withdrawal: [{{statuses: [member], notice: {rule.strip("`")}}}]
"""
    notice = load_inline(documents.parse(text)).withdrawal[0].notice
    held_since = date(1990, 1, 1)
    found = takes_effect_on(date.fromisoformat(received), notice=notice, held_since=held_since)
    assert found == date.fromisoformat(effect)


def test_the_table_of_ranks_is_that_of_the_kinds() -> None:
    told = {
        kind: int(row[0].split(",")[0])
        for row in rows("fold.md")
        if re.match(r"\d+,", row[0])
        for kind in re.findall(r"`(\w+)`", row[1])
    }
    assert told == {kind.name: kind.rank for kind in KINDS if kind.name in told}
    assert {kind.name for kind in KINDS if kind.rank != 50} <= told.keys()
