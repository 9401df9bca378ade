"""How a question becomes an answer: language, cache, page or JSON, and what to say if it cannot be.

An answer depends on the address, the day (where the address names none) and the head of the log,
and on nothing else. So one name for these serves as ``ETag`` and as the key of the cache.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_safe

import comity
from comity.kernel.errors import ComityError, IntegrityError, UnknownName
from comity_web.public.pages.reader import Page
from comity_web.public.problems import broken_record, problem
from comity_web.public.questions import LONGEST, BadQuestion, Question, asked, read, today
from comity_web.register.selectors import Present, present

View = Callable[..., HttpResponse]
Answer = Callable[..., Page]
_CACHED_PAGES = 512


class _Pages:
    """The pages last asked for; a page is never stale, because its key names the record."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()

    def keep(self, key: str, content: bytes) -> None:
        with self._lock:
            self._pages[key] = content
            while len(self._pages) > _CACHED_PAGES:
                self._pages.popitem(last=False)


PAGES = _Pages()


def public_page(template: str) -> Callable[[Answer], View]:
    """Make a view of a function ``(present, question, language, …) -> page``."""

    def decorate(answer: Answer) -> View:
        @require_safe
        @wraps(answer)
        def view(request: HttpRequest, language: str, **names: str) -> HttpResponse:
            with translation.override(language):
                try:
                    now, day = present(), today()
                    try:
                        question = read(request.GET, day)
                        said = _Said(template, language, answer, names)
                        return _respond(request, said, now, question)
                    except (BadQuestion, UnknownName) as error:
                        told = problem(error, language, names, now, day)
                        return _respond_problem(request, error, *told)
                except IntegrityError as error:
                    return _respond_problem(request, error, *broken_record(language))

        return view

    return decorate


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be said: which page, in which language, about whom."""

    template: str
    language: str
    answer: Answer
    names: dict[str, str]


def _respond(request: HttpRequest, said: _Said, now: Present, question: Question) -> HttpResponse:
    as_json = wants_json(request)
    key = _key(request, now, question, as_json)
    etag = f'"{key}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _with_headers(HttpResponseNotModified(), etag)
    content = PAGES.get(key)
    if content is None:
        page = said.answer(now, question, said.language, **said.names)
        page = _complete(page, now, said.language)
        content = _render(request, said.template, said.language, page, as_json)
        PAGES.keep(key, content)
    kind = "application/json" if as_json else "text/html; charset=utf-8"
    return _with_headers(HttpResponse(content, content_type=kind), etag)


def _key(request: HttpRequest, now: Present, question: Question, as_json: bool) -> str:
    """Name an answer by all it depends on: no host, and no parameter that no page knows."""
    asked_for = [request.path, question.suffix, str(question.today), str(as_json)]
    parts = [*asked_for, now.mark, comity.__version__]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _complete(page: Page, now: Present, language: str) -> Page:
    root = now.frontier.root().hex()
    log = {"origin": settings.LOG_ORIGIN, "size": now.size, "root": root}
    return {"language": language, **page, "log": log}


def _render(request: HttpRequest, template: str, language: str, page: Page, as_json: bool) -> bytes:
    if as_json:
        hidden = {"trail", "years", "record_text"}
        shown = {name: value for name, value in page.items() if name not in hidden}
        return bytes(JsonResponse(shown, json_dumps_params={"ensure_ascii": False}).content)
    return render_to_string(template, page_context(request, page, language)).encode()


def page_context(request: HttpRequest, page: Page, language: str) -> dict[str, Any]:
    """Return what templates read: the page, and the address of the same page elsewhere."""
    path = escape_uri_path(request.path)
    given = [(name, text) for name, text in asked(request.GET) if len(text) <= LONGEST]
    rest = path.removeprefix(f"/{language}/") + ("?" + urlencode(given) if given else "")
    return {
        "page": page,
        "request_path": path,
        "language": language,
        "languages": [
            {"code": code, "name": name, "url": f"/{code}/{rest}", "current": code == language}
            for code, name in settings.LANGUAGES
        ],
        "json_url": f"{path}?{urlencode([*given, ('format', 'json')])}",
    }


def _respond_problem(
    request: HttpRequest, error: ComityError, status: int, page: Page
) -> HttpResponse:
    if wants_json(request):
        faults = [
            {
                "code": each.code,
                "found": each.found,
                "expected": each.expected,
                "advice": each.advice,
            }
            for each in error.faults
        ]
        response: HttpResponse = JsonResponse({"faults": faults}, status=status)
    else:
        context = page_context(request, page, page["language"])
        response = HttpResponse(render_to_string("public/problem.html", context), status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether the reader asks for data: ``?format=json``, or an Accept header that prefers it."""
    if "format" in request.GET:
        return request.GET["format"] == "json"
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    # Ask again each time, and get 304: an answer is never older than the record.
    response.headers["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Accept"])
    return response
