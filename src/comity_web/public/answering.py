"""How a question becomes an answer: language, cache, page or JSON, and what to say if it cannot be.

An answer depends on the address, the day (where the address names none) and the head of the log,
and on nothing else. So one name for these serves as ``ETag`` and as the key of the cache.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

import comity
from comity.kernel.errors import ComityError, IntegrityError, UnknownName
from comity_web.public.pages.reader import Page
from comity_web.public.problems import broken_record, problem
from comity_web.public.questions import BadQuestion, read, today
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
                    return _respond(request, template, language, answer, names)
                except (BadQuestion, UnknownName) as error:
                    return _respond_problem(
                        request, error, *problem(error, language, names, present())
                    )
                except IntegrityError as error:
                    return _respond_problem(request, error, *broken_record(language))

        return view

    return decorate


def _respond(
    request: HttpRequest, template: str, language: str, answer: Answer, names: dict[str, str]
) -> HttpResponse:
    now = present()
    as_json = wants_json(request)
    key = _key(request, now, as_json)
    etag = f'"{key}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _with_headers(HttpResponseNotModified(), etag)
    content = PAGES.get(key)
    if content is None:
        page = answer(now, read(request.GET), language, **names)
        content = _render(request, template, language, _complete(page, now, language), as_json)
        PAGES.keep(key, content)
    kind = "application/json" if as_json else "text/html; charset=utf-8"
    return _with_headers(HttpResponse(content, content_type=kind), etag)


def _key(request: HttpRequest, now: Present, as_json: bool) -> str:
    parts = [request.get_full_path(), str(today()), now.mark, str(as_json), comity.__version__]
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
    rest = request.get_full_path().removeprefix(f"/{language}/")
    return {
        "page": page,
        "request_path": request.path,
        "language": language,
        "languages": [
            {"code": code, "name": name, "url": f"/{code}/{rest}", "current": code == language}
            for code, name in settings.LANGUAGES
        ],
        "site": f"{request.scheme}://{request.get_host()}",
        "json_url": _json_url(request),
    }


def _json_url(request: HttpRequest) -> str:
    query = request.GET.copy()
    query["format"] = "json"
    return f"{request.path}?{query.urlencode()}"


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
