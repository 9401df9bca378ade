"""No official fact is typed where it could not be traced: not in a template, not in the engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.project.files import ROOT, name_of, project_files, text_of

ORGANISATIONS = sorted(each.parent for each in (ROOT / "organisations").glob("*/charter.yaml"))
OURS = [each for each in project_files(ROOT / "src") if "vendor" not in each.parts]
TEMPLATES = [each for each in OURS if "templates" in each.parts and each.suffix == ".html"]
# The widest days that a field takes, and a day in an example of an address, are no facts.
YEAR = re.compile(r"(?<![\d#=-])(?:1[89]|20)\d\d(?!\d)(?!-01-01\"|-12-31\")")


@cache
def read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)


def named(declared: dict[str, Any]) -> Iterator[str]:
    for field in ("names", "short_names", "formal_names"):
        yield from declared.get(field, {}).values()


def organisation_names() -> set[str]:
    charters = [read(each / "charter.yaml")["organisation"] for each in ORGANISATIONS]
    return {name for each in charters for name in named(each)}


def party_names() -> set[str]:
    lists = [read(each / "codelists" / "parties.yaml")["parties"] for each in ORGANISATIONS]
    return {
        name
        for parties in lists
        for code, party in parties.items()
        for name in (code if isinstance(code, str) else "NO", *named(party))
    }


def words(names: Iterable[str]) -> re.Pattern[str]:
    """Match any of the names as a whole word, letter by letter; Chinese has no words."""
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-zА-я])(?:{'|'.join(longest_first)})(?![A-Za-zА-я])")


@cache
def facts() -> re.Pattern[str]:
    return words(organisation_names() | party_names())


def test_the_names_looked_for_are_those_of_the_organisations() -> None:
    assert {"Shanghai Cooperation Organisation", "ШОС", "上合组织", "EU"} <= organisation_names()
    assert {"BY", "Беларусь", "白俄罗斯", "Republic of Belarus"} <= party_names()
    assert facts().search("<p>BY</p>")
    assert facts().search("自白俄罗斯")
    assert not facts().search("BYTE")
    assert YEAR.search("since 1996")
    assert not YEAR.search('min="1800-01-01"')


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_no_template_states_a_year_a_party_or_an_organisation(path: Path) -> None:
    text = text_of(path)
    assert text
    assert YEAR.findall(text) == []
    assert facts().findall(text) == []


def test_the_engine_names_no_organisation() -> None:
    names, where = words(organisation_names()), []
    assert len(OURS) > 200
    for path in OURS:
        found = names.findall(text_of(path))
        where += [f"{name_of(path)}: {each}" for each in found]
    assert where == []
