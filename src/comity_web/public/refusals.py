"""What is said where no page can be asked at all: not here, too long, too much at once."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from comity_web.public.answering import page_context
from comity_web.serving.languages import preferred_language
from comity_web.serving.limits import LONGEST_PATH, MOST_FIELDS
from comity_web.serving.shell import first_step


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that there is no such page, in the language of the address if it names one."""
    with translation.override(_language_of(request)):
        return _told(request, 404, gettext("Not found"), gettext("This page does not exist."))


def too_long(request: HttpRequest) -> HttpResponse:
    """Say that an address is longer than any that this site has, and do not repeat it."""
    with translation.override(_language_of(request)):
        said = gettext("This address is longer than %(most)s characters.")
        text = said % {"most": LONGEST_PATH}
        return _told(request, 414, gettext("This cannot be answered"), text)


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that an address has more fields than any page takes, and read none of them."""
    with translation.override(_language_of(request)):
        said = gettext("This address has more than %(most)s fields after its question mark.")
        request.GET = QueryDict()
        text = said % {"most": MOST_FIELDS}
        return _told(request, 414, gettext("This cannot be answered"), text)


def too_much(request: HttpRequest, wait: int) -> HttpResponse:
    """Say that a reader has asked for more than a fair share, and when to come back."""
    with translation.override(_language_of(request)):
        said = gettext(
            "From your network more was asked than this site can work out at once. Ask again in "
            "%(seconds)s seconds. Whoever needs the whole record finds it as files under /data/."
        )
        text = said % {"seconds": wait}
        response = _told(request, 429, gettext("Too much at once"), text)
    response.headers["Retry-After"] = str(wait)
    return response


def _language_of(request: HttpRequest) -> str:
    first = request.path.split("/")[1]
    return first if first in dict(settings.LANGUAGES) else preferred_language(request)


def _told(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    language = _language_of(request)
    trail = [first_step(language)]
    page = {"title": title, "text": text, "trail": trail, "near": []}
    context = page_context(request, page, language)
    if status == 414 or not request.path.startswith(f"/{language}/"):
        for each in context["languages"]:
            each["url"] = f"/{each['code']}/"
        context["here"] = f"/{language}/"
    return HttpResponse(render_to_string("public/problem.html", context), status=status)
