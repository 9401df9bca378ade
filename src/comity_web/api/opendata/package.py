"""The description of an organisation's tables, as the Frictionless standards have it."""

from __future__ import annotations

from typing import Any

from comity_web.api.answers.reader import Reader
from comity_web.api.opendata.columns import Column, Table
from comity_web.api.opendata.formats import FORMS
from comity_web.api.opendata.tables import TABLES

PACKAGE = "datapackage.json"
Description = dict[str, Any]
# How a column is told to a reader of CSV, where everything is text, and to one of JSON lines.
_TYPES = {
    "text": ("string", "string"),
    "when": ("string", "string"),
    "day": ("date", "date"),
    "instant": ("datetime", "datetime"),
    "integer": ("integer", "integer"),
    "flag": ("boolean", "boolean"),
    "list": ("string", "array"),
    "json": ("any", "any"),
    "names": ("string", "string"),
}
_WHEN = r"^\d{4}(-\d{2}(-\d{2}(/\d{4}-\d{2}-\d{2})?)?)?$"


def package(reader: Reader) -> Description:
    """Return the description of all tables of an organisation."""
    charter, present = reader.charter, reader.present
    root = present.frontier.root().hex()
    return {
        "profile": "data-package",
        "name": charter.id.replace("_", "-"),
        "title": charter.names.get("en", charter.id),
        "version": f"{present.size}:{root}",
        "resources": [
            _resource(reader, table, name) for table in TABLES.values() for name in FORMS
        ],
    }


def _resource(reader: Reader, table: Table, name: str) -> Description:
    of_csv = name == "csv"
    fields = [
        _field(column, spelled, of_csv=of_csv)
        for column in table.columns
        for spelled in column.spelled(reader.languages)
    ]
    return {
        "profile": "tabular-data-resource" if of_csv else "data-resource",
        "name": table.name if of_csv else f"{table.name}-{name}",
        "description": table.about,
        "path": f"{table.name}.{name}",
        "format": name,
        "mediatype": FORMS[name].media_type.partition(";")[0],
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]},
    }


def _field(column: Column, spelled: str, *, of_csv: bool) -> Description:
    told: Description = {
        "name": spelled,
        "type": _TYPES[column.holds][0 if of_csv else 1],
        "description": column.about,
    }
    if column.holds == "when":
        told["constraints"] = {"pattern": _WHEN}
    if column.holds == "list" and of_csv:
        told["description"] += " Separated by blanks."
    return told
