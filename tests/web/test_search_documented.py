"""What the page on the search shows is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.register.reading import acts_in
from comity.register.register import Register
from comity.tlog.tree import Frontier
from comity_web.register.selectors import Present
from comity_web.search.reading import MOST_CHARACTERS, MOST_WORDS, read
from comity_web.search.searching import search
from comity_web.search.things import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "algorithms" / "search.md"
TEXT = PAGE.read_text("utf-8")
(EXAMPLE,) = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.M | re.S)
DOCUMENT = documents.parse(EXAMPLE, PAGE.name)


@pytest.fixture(scope="module")
def register() -> Present:
    read, faults = acts_in(DOCUMENT, ("acts",), "league")
    assert faults == []
    register = Register([load_inline(DOCUMENT)])
    register.append([each.act for each in read])
    return Present(register, Frontier(), None, {"league": len(read)})


@pytest.mark.parametrize("example", DOCUMENT.data["searches"], ids=lambda each: str(each["ask"]))
def test_the_worked_examples_are_so(register: Present, example: dict[str, Any]) -> None:
    hits = search(register, example["ask"], "en", limit=100).hits
    assert [each.id for each in hits] == example["finds"]


def test_every_kind_is_described() -> None:
    table = re.findall(r"^\| ([a-z, ]+) \|", TEXT, re.M)
    described = [kind for row in table for kind in row.split(", ") if kind != "kind"]
    assert described == list(KINDS)


def test_every_way_to_write_a_day_or_an_article_is_read() -> None:
    days, articles = re.findall(r"^\*\*(?:Days|Numbers of articles)\*\*.*?$", TEXT, re.M)
    for each in re.findall(r"`([^`]+)`", days.partition("They find")[0]):
        assert [type(part).__name__ for part in read(each).parts] == ["Day"], each
    for each in re.findall(r"`([^`]+)`", articles):
        assert [type(part).__name__ for part in read(each).parts] == ["ArticleNumber"], each
    assert not any(
        type(part).__name__ == "Day" and part.word is None for part in read("9/6/2017").parts
    )


def test_the_bounds_are_those_of_the_code() -> None:
    assert f"{MOST_CHARACTERS} characters or {MOST_WORDS} words" in TEXT
