"""The documentation of the API for people, made from the OpenAPI document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from comity_web.api.addresses import ROOT
from comity_web.api.openapi import Document
from comity_web.api.problems import TITLES

Page = dict[str, Any]
# What every answer has is explained once.
_COMMON = ("question", "organisation", "log", "links")
_WORDS = {
    "string": gettext_noop("text"),
    "integer": gettext_noop("number"),
    "boolean": gettext_noop("true or false"),
    "object": gettext_noop("object"),
    "date": gettext_noop("day"),
    "date-time": gettext_noop("instant"),
    "null": gettext_noop("null"),
}


def documentation(document: Document) -> Page:
    """Return what the page says, in the language that is active."""
    schemas = document["components"]["schemas"]
    operations = [
        _operation(path, each["get"], schemas) for path, each in document["paths"].items()
    ]
    answers = {each["answer"] for each in operations}
    return {
        "about": gettext(document["info"]["description"]),
        "openapi": f"{ROOT}/openapi.json",
        "operations": operations,
        "common": _fields(_common(schemas)),
        "parts": [
            {"name": name, "fields": _fields(schema["properties"])}
            for name, schema in sorted(schemas.items())
            if name not in answers
        ],
        "problems": [{"status": key, "title": gettext(text)} for key, text in TITLES.items()],
    }


def _common(schemas: Document) -> Document:
    properties = schemas["Organisation"]["properties"]
    return {name: properties[name] for name in _COMMON}


def _operation(path: str, told: Document, schemas: Document) -> Page:
    content = told["responses"]["200"]["content"]["application/json"]
    answer = content["schema"]["$ref"].rpartition("/")[2]
    properties = schemas[answer]["properties"]
    return {
        "id": told["operationId"],
        "address": f"{ROOT}{path}",
        "summary": gettext(told["summary"]),
        "parameters": [_parameter(each) for each in told["parameters"]],
        "answer": answer,
        "fields": _fields({n: p for n, p in properties.items() if n not in _COMMON}),
        "example": _example(content),
    }


def _parameter(told: Document) -> Page:
    return {
        "name": told["name"],
        "in_path": told["in"] == "path",
        "required": told["required"],
        "type": _type(told["schema"]),
        "about": gettext(told["description"]),
        "example": told.get("example", ""),
    }


def _fields(properties: Mapping[str, Document]) -> list[Page]:
    return [
        {"name": name, "type": _type(schema), "about": _about(schema)}
        for name, schema in properties.items()
    ]


def _about(schema: Document) -> str:
    """Return what a field means: said of it, or of one of the things that it may be."""
    said = (each.get("description") for each in (schema, *schema.get("anyOf", ())))
    return next((gettext(each) for each in said if each), "")


def _type(schema: Document) -> SafeString:
    """Say what a value is; what is described elsewhere is a link."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return format_html('<a href="#{}">{}</a>', name, name)
    if "anyOf" in schema:
        return _joined(gettext(" or "), (_type(each) for each in schema["anyOf"]))
    if "enum" in schema:
        words = sorted(schema["enum"])
        return _joined(" | ", (format_html("<code>{}</code>", each) for each in words))
    if schema.get("type") == "array":
        return _filled(gettext("list of %(what)s"), _type(schema["items"]))
    if "additionalProperties" in schema and isinstance(schema["additionalProperties"], Mapping):
        return SafeString(escape(gettext("texts by key")))
    told = (schema.get("format"), schema.get("type"), "object")
    return SafeString(escape(gettext(next(_WORDS[each] for each in told if each in _WORDS))))


def _joined(separator: str, parts: Iterable[SafeString]) -> SafeString:
    return mark_safe(escape(separator).join(parts))


def _filled(sentence: str, what: SafeString) -> SafeString:
    return mark_safe(escape(sentence) % {"what": what})


def _example(content: Document) -> Page | None:
    told = content.get("examples", {}).get("real")
    if told is None:
        return None
    text = json.dumps(told["value"], ensure_ascii=False, indent=2)
    return {"address": told["summary"].removeprefix("GET "), "text": text}
