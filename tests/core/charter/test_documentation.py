"""The examples in the reference are read as they stand, and it names every key there is."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from comity.charter.bundle import bundle, from_bundle
from comity.charter.load import load, load_inline
from comity.charter.model import Charter
from comity.charter.parts import CODELISTS
from comity.charter.structure import schema
from comity.kernel import documents

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
FORMAT = (REFERENCE / "charter-format.md").read_text("utf-8")
CASES = (REFERENCE / "cases.md").read_text("utf-8")
BLOCK = re.compile(r"^ *```yaml\n(.*?)^ *```", re.MULTILINE | re.DOTALL)

# What the examples take for granted: the entries that they name and do not define.
AROUND: dict[str, Any] = {
    "organisation": {"id": "club", "names": {"en": "Club", "ru": "Клуб", "zh": "俱乐部"}},
    "bases": {"decision": {"default": True}, "memorandum": {}},
    "statuses": {
        "member": {},
        "observer": {},
        "dialogue_partner": {},
        "suspended_by_own_act": {},
    },
}
PARTIES: dict[str, Any] = {"DK": {}}


def examples(text: str) -> list[str]:
    return [textwrap.dedent(body) for body in BLOCK.findall(text)]


def read(example: str) -> Charter:
    data = documents.parse(example).data
    lists = {name: data.pop(name) for name in CODELISTS if name in data}
    case = {"parties": PARTIES, **lists, "charter": AROUND | data}
    return load_inline(documents.Document("charter-format.md", case, {}))


@pytest.mark.parametrize("number", range(len(examples(FORMAT))))
def test_every_example_of_the_format_is_read(number: int) -> None:
    example = examples(FORMAT)[number]
    charter = read(example)
    assert from_bundle(bundle(charter)) == charter
    for section in documents.parse(example).data:
        if section not in ("format", "organisation"):
            assert getattr(charter, section)


def test_there_are_examples_of_everything_that_is_explained() -> None:
    sections = {key for each in examples(FORMAT) for key in documents.parse(each).data}
    explained = set(re.findall(r"^### (\w+)$", FORMAT, re.MULTILINE))
    assert explained <= sections
    assert set(CODELISTS) <= sections


def test_the_smallest_charter_of_the_reference_is_a_whole_one(tmp_path: Path) -> None:
    example = next(each for each in examples(FORMAT) if each.startswith("format:"))
    (tmp_path / "charter.yaml").write_text(example)
    assert list(load(tmp_path).statuses) == ["member"]


def test_the_self_contained_case_of_the_reference_is_read() -> None:
    example = next(each for each in examples(CASES) if "charter:" in each)
    charter = load_inline(documents.parse(example), extra_parties=["SY"])
    assert charter.id == "league"
    assert charter.suspension[0].loses == ("all",)
    assert set(charter.parties) == {"SY"}


def test_every_key_of_the_schema_is_in_the_reference() -> None:
    keys = {key for each in schema()["$defs"].values() for key in each.get("properties", ())}
    missing = sorted(key for key in keys if not re.search(rf"\b{key}\b", FORMAT))
    assert missing == []


def test_every_allowed_word_of_the_schema_is_in_the_reference() -> None:
    words = {str(each) for value in _nodes(schema()) for each in value.get("enum", ())}
    missing = sorted(word for word in words if not re.search(rf"\b{word}\b", FORMAT))
    assert missing == []


def _nodes(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for each in value for node in _nodes(each)]
    if isinstance(value, dict):
        return [value, *(node for each in value.values() for node in _nodes(each))]
    return []
