"""The pages of the public site. Each is a function of the record, the question and the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext, trans_real
from django.views.decorators.http import require_safe

from comity_web.public.answering import page_context, public_page
from comity_web.public.pages.act import act as act_page
from comity_web.public.pages.article import article as article_page
from comity_web.public.pages.organisation import organisation as organisation_page
from comity_web.public.pages.organisations import organisations as organisations_page
from comity_web.public.pages.party import party as party_page
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.questions import Question
from comity_web.register.selectors import Present, leaf_of

LONGEST_PATH = 2000


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send the reader to the site in the language the browser prefers."""
    response = HttpResponseRedirect(f"/{_preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _preferred_language(request: HttpRequest) -> str:
    offered = dict(settings.LANGUAGES)
    header = request.headers.get("Accept-Language", "")
    for wanted, _ in trans_real.parse_accept_lang_header(header):
        language = wanted.partition("-")[0]
        if language in offered:
            return language
    return settings.LANGUAGE_CODE


@public_page("public/organisations.html")
def organisations(present: Present, question: Question, language: str) -> Page:
    """Show all organisations."""
    return organisations_page(present, question, language)


@public_page("public/organisation.html")
def organisation(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show who holds which status in an organisation."""
    return organisation_page(_reader(present, question, language, organisation))


@public_page("public/party.html")
def party(
    present: Present, question: Question, language: str, organisation: str, party: str
) -> Page:
    """Show one party of an organisation."""
    return party_page(_reader(present, question, language, organisation), party)


@public_page("public/act.html")
def act(present: Present, question: Question, language: str, organisation: str, act: str) -> Page:
    """Show one act of the record."""
    reader = _reader(present, question, language, organisation)
    return act_page(reader, act, leaf_of(organisation, act, size=present.size))


@public_page("public/article.html")
def article(
    present: Present, question: Question, language: str, organisation: str, article: str
) -> Page:
    """Show one article of the rules."""
    return article_page(_reader(present, question, language, organisation), article)


def _reader(present: Present, question: Question, language: str, organisation: str) -> Reader:
    return Reader(present, organisation, question, language)


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


def _language_of(request: HttpRequest) -> str:
    first = request.path.split("/")[1]
    return first if first in dict(settings.LANGUAGES) else _preferred_language(request)


def _told(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    language = _language_of(request)
    trail = [{"label": gettext("Organisations"), "url": f"/{language}/"}]
    page = {"title": title, "text": text, "trail": trail, "near": []}
    context = page_context(request, page, language)
    if status == 414 or not request.path.startswith(f"/{language}/"):
        for each in context["languages"]:
            each["url"] = f"/{each['code']}/"
    return HttpResponse(render_to_string("public/problem.html", context), status=status)
