"""The parts of the reference pages that are made from what they describe.

``python -m tests.web.references`` writes them anew; tests compare them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "reference"
MARK = "<!-- made by tests/web/references.py -->\n"
Schema = dict[str, Any]


def api(document: Schema) -> str:
    """Describe every operation, then every part of their answers."""
    schemas = document["components"]["schemas"]
    lines: list[str] = ["## Operations", ""]
    answers = set()
    for path, operations in document["paths"].items():
        told = operations["get"]
        answer = _name(told["responses"]["200"]["content"]["application/json"]["schema"])
        answers.add(answer)
        lines += [f"### `{document['servers'][0]['url']}{path}`", "", f"{told['summary']}.", ""]
        lines += [*_parameters(told["parameters"]), *_fields(schemas[answer], {"question"})]
    lines += ["## Parts of answers", ""]
    for name, schema in sorted(schemas.items()):
        if name not in answers:
            lines += [f"### {name}", "", schema["description"], "", *_fields(schema, set())]
    return "\n".join(lines).rstrip() + "\n"


_EVERYWHERE = {"question", "organisation", "log", "links"}


def _parameters(parameters: list[Schema]) -> Iterator[str]:
    asked = [each for each in parameters if each["in"] == "query"]
    if asked:
        yield from ("| parameter | holds | means |", "| --- | --- | --- |")
        for each in asked:
            needed = " (needed)" if each["required"] else ""
            yield _row(f"`{each['name']}`{needed}", _type(each["schema"]), each["description"])
        yield ""


def _fields(schema: Schema, leave_out: set[str]) -> Iterator[str]:
    hidden = _EVERYWHERE if leave_out else set()
    yield from ("| answer | holds | means |" if hidden else "| field | holds | means |",)
    yield "| --- | --- | --- |"
    for name, each in schema["properties"].items():
        if name not in hidden:
            yield _row(f"`{name}`", _type(each), _about(each))
    yield ""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _about(schema: Schema) -> str:
    said = [each.get("description", "") for each in (schema, *schema.get("anyOf", ()))]
    return next((each for each in said if each), "")


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _type(schema: Schema) -> str:
    if "$ref" in schema:
        return f"[{_name(schema)}](#{_name(schema).lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in sorted(schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), dict):
        return "texts by key"
    return {"date": "day", "date-time": "instant"}.get(
        schema.get("format", ""), schema.get("type", "object")
    )


def open_data() -> str:
    """Describe every table and column."""
    from comity_web.api.opendata.tables import TABLES  # noqa: PLC0415

    lines: list[str] = []
    for table in TABLES.values():
        key = ", ".join(f"`{each}`" for each in table.key)
        lines += [f"### {table.name}", "", f"{table.about} Key: {key}.", ""]
        lines += ["| column | holds | means |", "| --- | --- | --- |"]
        for column in table.columns:
            name = f"{column.name}_…" if column.holds == "names" else column.name
            lines.append(_row(f"`{name}`", _HOLDS[column.holds], column.about))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


_HOLDS = {
    "text": "text",
    "when": "date",
    "day": "day",
    "instant": "instant",
    "integer": "number",
    "flag": "`true` or `false`",
    "list": "list",
    "json": "JSON",
    "names": "text",
}


def made(page: str) -> str:
    """Return the part of a page that was made."""
    return (PAGES / page).read_text("utf-8").partition(MARK)[2].removeprefix("\n")


def _write(page: str, text: str) -> None:
    file = PAGES / page
    before = file.read_text("utf-8").partition(MARK)[0]
    file.write_text(f"{before}{MARK}\n{text}", "utf-8")


def without_examples(document: Schema) -> Schema:
    """Return the document as it is in any register: examples are those of one."""
    for operations in document["paths"].values():
        for each in operations["get"]["parameters"]:
            each.pop("example", None)
    return document


def main() -> None:
    """Write both pages anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity_web.config.settings")
    import django  # noqa: PLC0415

    django.setup()
    from comity_web.api.examples import Examples  # noqa: PLC0415
    from comity_web.api.openapi import document  # noqa: PLC0415

    _write("api.md", api(document(Examples({}, {}))))
    _write("open-data.md", open_data())


if __name__ == "__main__":
    main()
