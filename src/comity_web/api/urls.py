"""Addresses of the read API, of open data, and of the pages about them."""

from __future__ import annotations

import re

from django.urls import URLPattern, include, path

from comity_web.api import pages
from comity_web.api.addresses import ROOT
from comity_web.api.opendata import views as views_of_data
from comity_web.api.operations import OPERATIONS, Operation
from comity_web.api.refusals import not_found
from comity_web.api.views import openapi, view_of


def _pattern(operation: Operation) -> URLPattern:
    route = re.sub(r"\{(\w+)\}", r"<str:\1>", operation.path)
    return path(route, view_of(operation), name=f"api-{operation.id}")


_ANSWERS = [
    *(_pattern(each) for each in OPERATIONS),
    path("openapi.json", openapi, name="api-openapi"),
]

urlpatterns = [
    path(f"{ROOT[1:]}/", include(_ANSWERS)),
    path("api/", pages.in_preferred_language, name="api"),
    path("data/", pages.in_preferred_language, name="data"),
    path("<language:language>/api/", pages.api, name="api-page"),
    path("<language:language>/data/", pages.data, name="data-page"),
    path("api/<path:rest>", not_found),
    path("data/<str:organisation>/<str:name>", views_of_data.file, name="data-file"),
    path("data/<path:rest>", not_found),
]
