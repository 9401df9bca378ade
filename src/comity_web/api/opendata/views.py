"""Tables at their addresses: small ones kept, long ones sent piece by piece."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from django.http import HttpRequest, HttpResponseBase

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
from comity_web.serving.answers import answered, streamed

# A record with more acts than this makes tables that are not worth the memory.
KEPT_UP_TO = 2_000
_FILES = [PACKAGE, *(f"{table}.{form}" for table in TABLES for form in FORMS)]


@open_to_all
def file(request: HttpRequest, organisation: str, name: str) -> HttpResponseBase:
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
    return _package(request, reader) if name == PACKAGE else _table(request, reader, name)


def _package(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    depends_on = (request.path, reader.present.mark)

    def render() -> bytes:
        return msgspec.json.format(msgspec.json.encode(package(reader)))

    return answered(request, depends_on, render, content_type="application/json")


def _table(request: HttpRequest, reader: Reader, name: str) -> HttpResponseBase:
    table, _, form = name.partition(".")
    chosen = FORMS[form]
    on, mark = str(reader.question.on), reader.present.mark
    depends_on = (request.path, reader.asked.suffix, on, mark)
    pieces = written(TABLES[table], chosen, reader)
    if len(reader.record.acts) > KEPT_UP_TO:
        return streamed(request, depends_on, pieces, content_type=chosen.media_type)
    return answered(request, depends_on, lambda: b"".join(pieces), content_type=chosen.media_type)


def _no_such_file(organisation: str, name: str) -> HttpResponseBase:
    fault = unknown("file", name, _FILES, place=Place("file"))
    home = f"/data/{quote(organisation)}"
    near = [Near(id=each, names={}, url=f"{home}/{each}") for each in nearest(name, _FILES)]
    return problem(404, [fault], near)
