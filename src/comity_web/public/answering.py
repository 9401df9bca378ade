"""How a question becomes an answer: language, page or JSON, and what to say if it cannot be.

An answer depends on the address with the parameters its page takes, the day (where the address
names none) and the head of the log, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from comity.kernel.errors import ComityError, IntegrityError, UnknownName
from comity_web.public.pages.reader import Page
from comity_web.public.problems import broken_record, problem
from comity_web.register.questions import (
    LONGEST,
    NAMES,
    BadQuestion,
    Question,
    asked,
    read,
    today,
)
from comity_web.register.selectors import Present, present
from comity_web.serving.answers import answered
from comity_web.serving.shell import shell
from comity_web.serving.whole import TooLarge

View = Callable[..., HttpResponse]
Answer = Callable[..., Page]


# By which htmx says whether it wants a whole page: not what a link leads to, nor what "back" does.
_PART_HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
_IN_META = tuple("HTTP_" + each.upper().replace("-", "_") for each in _PART_HEADERS)


def public_page(
    template: str, parameters: tuple[str, ...] = (), part: str = ""
) -> Callable[[Answer], View]:
    """Make a view of a function ``(present, question, language, …) -> page``.

    ``parameters`` are those that this page takes beside the question. The function gets each as a
    keyword, without blanks around it, as ``""`` where the address has none. What no page takes is
    ignored, and what is too long is refused. ``part`` is the template of what changes on the page,
    which a script that asks for a part gets instead of the whole.
    """
    taken = sorted({*NAMES, "format"} & {*parameters})
    if taken:
        raise ValueError(f"every page takes {', '.join(taken)}; a page's own need other names")

    def decorate(answer: Answer) -> View:
        @require_safe
        @wraps(answer)
        def view(request: HttpRequest, language: str, **names: str) -> HttpResponse:
            wanted = part if part and _wants_part(request) else ""
            said = _Said(template, language, answer, names, parameters, wanted)
            response = _guarded(
                request, said, lambda now, asked: _respond(request, said, now, asked)
            )
            patch_vary_headers(response, _PART_HEADERS if part else ())
            return response

        return view

    return decorate


def public_file(
    content_type: str, parameters: tuple[str, ...] = ()
) -> Callable[[Callable[..., bytes | Iterable[bytes]]], View]:
    """Make a view of a function ``(present, question, language, base, …) -> bytes``, or pieces.

    For what is not a page, such as a feed; ``base`` is the site's address, because what is read
    elsewhere has to name it. ``parameters`` are as those of a page.
    """

    def decorate(make: Callable[..., bytes | Iterable[bytes]]) -> View:
        @require_safe
        @wraps(make)
        def view(request: HttpRequest, language: str, **names: str) -> HttpResponse:
            base = site_address(request)

            def respond(now: Present, question: Question) -> HttpResponse:
                on = str(question.today)
                depends_on = (request.path, question.whole, on, base, now.mark)

                def render() -> bytes | Iterable[bytes]:
                    own = {**dict.fromkeys(parameters, ""), **dict(question.own)}
                    return make(now, question, language, base, **{**own, **names})

                return answered(request, depends_on, render, content_type=content_type)

            said = _Said("", language, lambda: {}, names, parameters)
            return _guarded(request, said, respond)

        return view

    return decorate


def site_address(request: HttpRequest) -> str:
    """Return the address that the site is known by, without a path."""
    return settings.ADDRESS or f"{request.scheme}://{request.get_host()}"


def _guarded(
    request: HttpRequest, said: _Said, respond: Callable[[Present, Question], HttpResponse]
) -> HttpResponse:
    """Answer a question in the language of the address, or say why it cannot be answered."""
    language, names, parameters = said.language, said.names, said.parameters
    with translation.override(language):
        try:
            now, day = present(), today()
            try:
                return respond(now, read(request.GET, day, parameters))
            except (BadQuestion, UnknownName, TooLarge) as error:
                named = {**dict(asked(request.GET, (*NAMES, *parameters))), **names}
                status, page = problem(error, language, named, now, day)
                return _respond_problem(request, error, status, page, said)
        except IntegrityError as error:
            status, page = broken_record(language)
            return _respond_problem(request, error, status, page, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be said: which page, in which language, about whom, by which parameters.

    ``part`` is the template of the part that is wanted, if not the whole page is.
    """

    template: str
    language: str
    answer: Answer
    names: dict[str, str]
    parameters: tuple[str, ...]
    part: str = ""

    def page(self, now: Present, question: Question) -> Page:
        """Ask the function of the page; a name in the address goes before a parameter."""
        own = {**dict.fromkeys(self.parameters, ""), **dict(question.own)}
        return self.answer(now, question, self.language, **{**own, **self.names})


def _respond(request: HttpRequest, said: _Said, now: Present, question: Question) -> HttpResponse:
    as_json = wants_json(request)

    def render() -> bytes:
        page = _complete(said.page(now, question), now, said.language)
        return _render(request, said, page, as_json)

    # All that an answer depends on: no host, and no parameter that no page knows.
    shown = "json" if as_json else said.part
    depends_on = (request.path, question.whole, str(question.today), shown, now.mark)
    kind = "application/json" if as_json else "text/html; charset=utf-8"
    return answered(request, depends_on, render, content_type=kind, vary=["Accept"])


def _complete(page: Page, now: Present, language: str) -> Page:
    root = now.frontier.root().hex()
    log = {"origin": settings.LOG_ORIGIN, "size": now.size, "root": root}
    return {"language": language, **page, "log": log}


def _render(request: HttpRequest, said: _Said, page: Page, as_json: bool) -> bytes:
    if as_json:
        hidden = {"axis", "trail", "nav", "linked", "drawing", "record_text"}
        shown = {name: value for name, value in page.items() if name not in hidden}
        return bytes(JsonResponse(shown, json_dumps_params={"ensure_ascii": False}).content)
    context = page_context(request, page, said.language, said.parameters)
    return render_to_string(said.part or said.template, context).encode()


def page_context(
    request: HttpRequest, page: Page, language: str, parameters: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return what templates read: the page, and the address of the same page elsewhere.

    ``own`` is what the page was asked by its own parameters, for a form that asks the rest anew;
    ``asked`` is the rest, for a form of the page's own.
    """
    every = asked(request.GET, (*NAMES, *parameters))
    given = [(name, text) for name, text in every if len(text) <= LONGEST]
    return {
        **shell(request, page, language, given=given),
        "own": [(name, text) for name, text in given if name in parameters],
        "asked": [(name, text) for name, text in given if name in NAMES],
    }


def _respond_problem(
    request: HttpRequest,
    error: ComityError,
    status: int,
    page: Page,
    said: _Said,
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
        context = page_context(request, page, page["language"], said.parameters)
        template = "public/problem_told.html" if said.part else "public/problem.html"
        response = HttpResponse(render_to_string(template, context), status=status)
    patch_vary_headers(response, ["Accept"])
    return response


def _wants_part(request: HttpRequest) -> bool:
    asks, *whole = (request.META.get(each) == "true" for each in _IN_META)
    return asks and not any(whole)


def wants_json(request: HttpRequest) -> bool:
    """Whether the reader asks for data: ``?format=json``, or an Accept header that prefers it."""
    if "format" in request.GET:
        return request.GET["format"] == "json"
    return _prefers_json(request.META.get("HTTP_ACCEPT", "*/*"))


@lru_cache(maxsize=64)
def _prefers_json(accept: str) -> bool:
    """Weigh an Accept header, of which browsers send few: to read one takes long."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
