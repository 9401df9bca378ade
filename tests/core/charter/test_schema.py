"""The published JSON Schema is a schema, is strict, and says what every key means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from comity.charter import model
from comity.charter.checks import ENTRY, REFERENCES, VERSIONED
from comity.charter.structure import schema
from comity.kernel import documents
from comity.kernel.finding import unique

OBJECTS = {name: each for name, each in schema()["$defs"].items() if "properties" in each}


def test_it_is_a_schema_of_draft_2020_12() -> None:
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema())


def test_a_stranger_can_check_a_file_with_it(club_folder: Path) -> None:
    """Without comity's own reader of the schema, and for each of the files."""
    definitions = schema()["$defs"]
    for name, file in (
        ("charter", "charter.yaml"),
        ("parties_file", "codelists/parties.yaml"),
        ("territories_file", "codelists/territories.yaml"),
        ("sources_file", "sources.yaml"),
        ("translations_file", "translations/ru.yaml"),
    ):
        data = documents.read(club_folder / file).data
        validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": definitions})
        assert list(validator.iter_errors(data)) == []
        assert list(validator.iter_errors({**data, "extra": 1})) != []
    assert list(Draft202012Validator(schema()).iter_errors({})) != []


def test_no_object_takes_unknown_keys() -> None:
    for node in _objects(schema()):
        assert node["additionalProperties"] is False or "propertyNames" in node


@pytest.mark.parametrize("name", OBJECTS)
def test_every_key_is_described(name: str) -> None:
    assert OBJECTS[name]["description"]
    for value in OBJECTS[name]["properties"].values():
        target = schema()["$defs"][value["$ref"].split("/")[-1]] if "$ref" in value else value
        assert value.get("description") or target.get("description")


def test_the_club_uses_every_key(club_folder: Path) -> None:
    used: set[str] = set()
    for file in club_folder.rglob("*.yaml"):
        used |= {str(path[-1]) for path in documents.read(file).places if path}
    keys = unique(tuple(key for each in OBJECTS.values() for key in each["properties"]))
    assert [key for key in keys if key not in used] == []


def test_every_key_that_names_an_entry_is_checked() -> None:
    """A key whose value is an identifier is in the table of references, or defines one itself."""
    checked = {part for pattern, _ in REFERENCES for part in pattern.split(".")}
    identifiers = {"#/$defs/id", "#/$defs/ids", "#/$defs/some_ids", "#/$defs/ids_or_all"}
    own = {"id", "manner", "capacity"}
    for each in OBJECTS.values():
        for key, value in each["properties"].items():
            if value.get("$ref") in identifiers and key not in own:
                assert key in checked


def test_sections_and_entries_agree_with_the_model() -> None:
    sections = {section for _, section in REFERENCES}
    assert sections == set(ENTRY)
    fields = model.Charter.__dataclass_fields__
    assert sections <= set(fields)
    assert {name for name, each in fields.items() if "Versions" in str(each.type)} == set(VERSIONED)


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [node for each in value for node in _objects(each)]
    if not isinstance(value, dict):
        return []
    below = [node for each in value.values() for node in _objects(each)]
    return [value, *below] if value.get("type") == "object" else below
