"""How operations are answered: read, made, kept."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse

from comity.kernel.errors import ComityError
from comity_web.api.examples import examples
from comity_web.api.openapi import document
from comity_web.api.operations import Operation
from comity_web.api.parameters import Asked, read
from comity_web.api.problems import problem_of
from comity_web.api.sharing import open_to_all
from comity_web.register.questions import today
from comity_web.register.selectors import Present, present, record_of
from comity_web.serving.answers import answered

JSON = "application/json"


def view_of(operation: Operation) -> Callable[..., HttpResponse]:
    """Make the view of an operation."""

    def answer(request: HttpRequest, **names: str) -> HttpResponse:
        now: Present | None = None
        try:
            now = present()
            record = record_of(now, names.get("organisation", ""))
            asked = read(request.GET, operation.parameters, today(), record)
            return _answer(request, operation, now, asked, names)
        except ComityError as error:
            return problem_of(error, names, now)

    return open_to_all(answer)


def _answer(
    request: HttpRequest, operation: Operation, now: Present, asked: Asked, names: dict[str, str]
) -> HttpResponse:
    def render() -> bytes:
        return msgspec.json.encode(operation.make(now, asked, **names))

    depends_on = (request.path, asked.suffix, str(asked.question.on), now.mark)
    return answered(request, depends_on, render, content_type=JSON)


@open_to_all
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the OpenAPI document."""
    try:
        now = present()
    except ComityError as error:
        return problem_of(error, {}, None)

    def render() -> bytes:
        return msgspec.json.encode(document(examples(now)))

    return answered(request, (request.path, now.mark, str(today())), render, content_type=JSON)
