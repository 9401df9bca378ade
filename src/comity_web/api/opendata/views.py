"""Tables at their addresses, each as a whole; what is too long says how else it can be had."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import msgspec
from django.http import HttpRequest, HttpResponse

from comity.kernel.errors import ComityError, Place, nearest, unknown
from comity_web.api.answers.reader import Reader
from comity_web.api.opendata.formats import FORMS, written
from comity_web.api.opendata.package import PACKAGE, package
from comity_web.api.opendata.tables import TABLES
from comity_web.api.parameters import QUESTION, read
from comity_web.api.problems import Near, problem, problem_of
from comity_web.api.sharing import open_to_all
from comity_web.register.questions import today
from comity_web.register.selectors import Present, present, record_of
from comity_web.serving.answers import answered
from comity_web.serving.whole import TooLarge

_LONGER = (
    "Who runs the site has every table, however long: dump_open_data writes them. The whole record "
    "can be had by all: comity verify --url <this site> --mirror <folder>"
)
_FILES = [PACKAGE, *(f"{table}.{form}" for table in TABLES for form in FORMS)]


@open_to_all
def file(request: HttpRequest, organisation: str, name: str) -> HttpResponse:
    """Send a table, or the description of them all."""
    now: Present | None = None
    try:
        now = present()
        taken = QUESTION if name != PACKAGE else ()
        asked = read(request.GET, taken, today(), record_of(now, organisation))
        reader = Reader(now, organisation, asked)
    except ComityError as error:
        return problem_of(error, {"organisation": organisation}, now)
    if name not in _FILES:
        return _no_such_file(organisation, name)
    try:
        return _package(request, reader) if name == PACKAGE else _table(request, reader, name)
    except TooLarge as error:
        return problem_of(error, {}, now)


def _package(request: HttpRequest, reader: Reader) -> HttpResponse:
    depends_on = (request.path, reader.present.mark)

    def render() -> bytes:
        return msgspec.json.format(msgspec.json.encode(package(reader)))

    return answered(request, depends_on, render, content_type="application/json")


def _table(request: HttpRequest, reader: Reader, name: str) -> HttpResponse:
    table, _, form = name.partition(".")
    chosen = FORMS[form]
    on, mark = str(reader.question.on), reader.present.mark
    depends_on = (request.path, reader.asked.suffix, on, mark)

    def render() -> Iterator[bytes]:
        return written(TABLES[table], chosen, reader)

    kind = chosen.media_type
    return answered(request, depends_on, render, content_type=kind, advice=_LONGER)


def _no_such_file(organisation: str, name: str) -> HttpResponse:
    fault = unknown("file", name, _FILES, place=Place("file"))
    home = f"/data/{quote(organisation)}"
    near = [Near(id=each, names={}, url=f"{home}/{each}") for each in nearest(name, _FILES)]
    return problem(404, [fault], near)
