"""Pages for people: how to use the API, and what open data there is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from comity.kernel.errors import IntegrityError
from comity.register.situation import in_language
from comity_web.api.addresses import log_head
from comity_web.api.answers.reader import Reader
from comity_web.api.documentation import Page, documentation
from comity_web.api.examples import Examples, examples
from comity_web.api.openapi import document
from comity_web.api.opendata.formats import FORMS, written
from comity_web.api.opendata.package import PACKAGE
from comity_web.api.opendata.tables import TABLES
from comity_web.api.parameters import QUESTION, read
from comity_web.register.questions import today
from comity_web.register.selectors import Present, present
from comity_web.serving.answers import answered
from comity_web.serving.languages import preferred_language
from comity_web.serving.shell import first_step, shell

_SHOWN = "statuses"
View = Callable[..., HttpResponse]
Make = Callable[[Present | None, str], Page]


def in_preferred_language(request: HttpRequest) -> HttpResponse:
    """Lead to the same address in the language that the browser prefers."""
    response = HttpResponseRedirect(f"/{preferred_language(request)}{request.path}")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _page(template: str, json_url: str) -> Callable[[Make], View]:
    """Make a view of a function ``(present, language) -> page``; a broken record is none."""

    def decorate(make: Make) -> View:
        @require_safe
        @wraps(make)
        def view(request: HttpRequest, language: str) -> HttpResponse:
            now = _present()

            def render() -> bytes:
                with translation.override(language):
                    page = _framed(make(now, language), now, language)
                    context = shell(request, page, language, json_url=json_url)
                    return render_to_string(template, context).encode()

            depends_on = (request.path, now.mark if now else "", str(today()))
            return answered(request, depends_on, render, content_type="text/html; charset=utf-8")

        return view

    return decorate


def _present() -> Present | None:
    try:
        return present()
    except IntegrityError:
        return None


def _framed(page: Page, now: Present | None, language: str) -> Page:
    trail = [first_step(language), {"label": page["title"], "url": page["url"]}]
    return {**page, "trail": trail, "log": log_head(now) if now else None}


@_page("api/documentation.html", "/api/v1/openapi.json")
def api(now: Present | None, language: str) -> Page:
    """Explain the API."""
    known = examples(now) if now else Examples({}, {})
    title, url = gettext("Interface for machines"), f"/{language}/api/"
    return {"title": title, "url": url, **documentation(document(known))}


@_page("api/data.html", "/api/v1/organisations")
def data(now: Present | None, language: str) -> Page:
    """List all tables of all organisations, and say what is in them."""
    records = now.register.organisations if now else ()
    return {
        "title": gettext("Open data"),
        "url": f"/{language}/data/",
        "forms": list(FORMS),
        "organisations": [
            {
                "id": each.charter.id,
                "name": in_language(each.charter.names, language) or each.charter.id,
                "package": f"/data/{each.charter.id}/{PACKAGE}",
            }
            for each in records
        ],
        "tables": [_table(each) for each in TABLES],
        "example": _example(now, records[0].charter.id) if now and records else None,
    }


def _example(now: Present, organisation: str) -> Page:
    """Return the beginning of a table as it is sent: its columns and its first row."""
    reader = Reader(now, organisation, read(QueryDict(), QUESTION, today()))
    begun = {
        form: b"".join(written(TABLES[_SHOWN], FORMS[form], reader)).decode().splitlines()[:rows]
        for form, rows in {"csv": 2, "jsonl": 1}.items()
    }
    address = f"/data/{organisation}/{_SHOWN}.csv?on={today().isoformat()}"
    return {
        "address": address,
        "table": _SHOWN,
        "rows": "\n".join(begun["csv"]),
        "object": "\n".join(begun["jsonl"]),
    }


def _table(name: str) -> Page:
    table = TABLES[name]
    return {
        "name": name,
        "about": gettext(table.about),
        "columns": [
            {
                "name": f"{each.name}_…" if each.holds == "names" else each.name,
                "about": gettext(each.about),
                "key": each.name in table.key,
            }
            for each in table.columns
        ],
    }
