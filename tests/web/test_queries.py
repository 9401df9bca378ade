"""A page asks the database as often whatever it is about: rows come from the record in memory."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from comity.register.register import OrganisationRecord
from comity_web.register.selectors import record
from comity_web.serving.answers import ANSWERS

pytestmark = pytest.mark.usefixtures("published")

# Every answer begins with a look at the head of the log, and most need no more. What stands in
# the log only has to be read there: a leaf, the way from it to the root, a checkpoint.
FROM_THE_LOG = {
    "act",
    "api-page",
    "citation-bib",
    "citation-csl",
    "citation-ris",
    "proof_data",
    "proof_text",
    "why",
}
MOST = 4
ORGANISATIONS = ("opec", "eu")  # few rows, and many


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the address of every page in a language, its variable steps named."""
    for each in (resolver or get_resolver()).url_patterns:
        address = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, address)
        elif isinstance(each, URLPattern) and address.startswith("<language:language>/"):
            yield str(each.name), address


ROUTES = dict(routes())


def address(route: str, found: OrganisationRecord) -> str:
    """Fill the variable steps of an address with what the record has most to say of."""
    party = max(found.parties(), key=lambda code: len(found.acts_of(code)))
    values = {
        "language:language": "en",
        "str:organisation": found.charter.id,
        "str:party": party,
        "str:act": next(each.id for each in found.acts if each.parties),
        "str:article": next(iter(found.charter.articles)),
        "str:body": next(iter(found.charter.bodies)),
        "str:source": next(iter(found.charter.sources)),
        "str:asked": "status" if "names" in ROUTES[route] else "order",
        "path:names": party,
    }
    filled = ROUTES[route]
    for name, value in values.items():
        filled = filled.replace(f"<{name}>", quote(value))
    assert "<" not in filled, f"{route}: what stands for {filled}?"
    return f"/{filled}"


def queries(path: str) -> int:
    """Return how often the database is asked for a page that is not kept."""
    client = Client()
    assert _status(client.get(path)) == 200
    ANSWERS.clear()
    with CaptureQueriesContext(connection) as asked:
        _status(client.get(path))
    return len(asked)


def _status(response: HttpResponseBase) -> int:
    b"".join(response)  # a file is made while it is sent
    return response.status_code


def test_a_page_asks_as_often_for_many_rows_as_for_few() -> None:
    records = [record(each) for each in ORGANISATIONS]
    asked = {route: [queries(address(route, each)) for each in records] for route in ROUTES}
    assert {route: found for route, found in asked.items() if found[0] != found[1]} == {}
    most = {route: MOST if route in FROM_THE_LOG else 1 for route in ROUTES}
    assert {route: found for route, found in asked.items() if found[0] > most[route]} == {}


def test_pages_that_read_the_log_are_there() -> None:
    assert set(ROUTES) >= FROM_THE_LOG
