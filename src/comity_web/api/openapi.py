"""The OpenAPI document, made from the operations and the forms of their answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext_noop

from comity_web.api.addresses import ROOT
from comity_web.api.examples import Examples
from comity_web.api.operations import OPERATIONS, Operation
from comity_web.api.parameters import Parameter
from comity_web.api.problems import CONTENT_TYPE, TITLES, Problem

Document = dict[str, Any]
_REFERENCE = "#/components/schemas/{name}"
_NAMES = {
    "organisation": gettext_noop("The identifier of an organisation."),
    "party": gettext_noop("The code of a party, a former one, or its name."),
    "body": gettext_noop("The identifier of a body."),
    "office": gettext_noop("The identifier of an office."),
    "article": gettext_noop("The identifier of an article."),
    "act": gettext_noop("The identifier of an act."),
}
SHORTENED = gettext_noop("A real answer, with every list cut to its first entry.")
ABOUT = gettext_noop(
    "Who is in an organisation on a day, with what status and what rights, and on what ground. "
    "Every answer repeats the question, names the state of the log it was read at, and carries "
    "the grounds of each statement and what is in doubt about it."
)


def document(examples: Examples) -> Document:
    """Return the OpenAPI document, with examples that the record has."""
    answers: list[type] = [*(each.answer for each in OPERATIONS), Problem]
    _, schemas = msgspec.json.schema_components(answers, ref_template=_REFERENCE)
    return {
        "openapi": "3.1.0",
        "info": {"title": "comity", "version": "1", "description": ABOUT},
        "servers": [{"url": ROOT}],
        "paths": {f"/{each.path}": {"get": _operation(each, examples)} for each in OPERATIONS},
        "components": {"schemas": schemas, "responses": _problems()},
    }


def _operation(operation: Operation, examples: Examples) -> Document:
    values, names = examples.values, operation.names
    return {
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": [
            *(_name(each, values) for each in names),
            *(_parameter(each, values) for each in operation.parameters),
        ],
        "responses": {
            "200": _answer(operation, examples),
            "304": {"description": "The reader has this answer: If-None-Match names its ETag."},
            **{str(each): {"$ref": f"#/components/responses/{each}"} for each in _statuses(names)},
        },
    }


def _statuses(names: Iterable[str]) -> list[int]:
    """An address without a name in it is always there, and never too long."""
    return [404, 414, 422, 429, 503] if any(names) else [422, 429, 503]


def _name(name: str, values: Mapping[str, str]) -> Document:
    schema = {"type": "string", "minLength": 1}
    told: Document = {"name": name, "in": "path", "required": True, "schema": schema}
    return {**told, "description": _NAMES[name], **_example(name, values)}


def _parameter(parameter: Parameter, values: Mapping[str, str]) -> Document:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": dict(parameter.schema),
        **_example(parameter.name, values),
    }


def _example(name: str, values: Mapping[str, str]) -> Document:
    return {"example": values[name]} if name in values else {}


def _answer(operation: Operation, examples: Examples) -> Document:
    reference = _REFERENCE.format(name=operation.answer.__name__)
    content: Document = {"schema": {"$ref": reference}}
    example = examples.of.get(operation.id)
    if example:
        told = {"summary": f"GET {example.address}", "description": SHORTENED}
        content["examples"] = {"real": {**told, "value": example.answer}}
    return {
        "description": operation.summary,
        "headers": {"ETag": {"schema": {"type": "string"}}},
        "content": {"application/json": content},
    }


def _problems() -> Document:
    schema = {"$ref": _REFERENCE.format(name=Problem.__name__)}
    return {
        str(status): {"description": title, "content": {CONTENT_TYPE: {"schema": schema}}}
        for status, title in TITLES.items()
    }
