"""Feeds, calendars and the map of the site: each a function of the record, like a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comity.kernel.errors import UnknownName
from comity_web.public.answering import public_file, site_address
from comity_web.public.feeds import sitemap
from comity_web.public.feeds.atom import acts_feed
from comity_web.public.feeds.calendar import calendar as calendar_of
from comity_web.public.pages import citing
from comity_web.public.pages.act_files import as_csv, as_jsonl
from comity_web.public.pages.act_filters import NAMES
from comity_web.public.pages.reader import Reader
from comity_web.register.proofs import proof_of
from comity_web.register.questions import Question
from comity_web.register.selectors import Present, present
from comity_web.serving.answers import answered
from comity_web.serving.whole import TooLarge

_XML = "application/xml"
_ROBOTS = """User-agent: *
Disallow: /*?*on=
Disallow: /*?*known_at=
Disallow: /*?*q=
Sitemap: {base}/sitemap.xml
"""


@public_file("application/atom+xml; charset=utf-8")
def acts_atom(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> bytes:
    """Send the acts recorded last."""
    return acts_feed(Reader(present, organisation, question, language), base)


@public_file("text/csv; charset=utf-8; header=present", parameters=(*NAMES, "sort"))
def acts_csv(
    present: Present,
    question: Question,
    language: str,
    base: str,
    organisation: str,
    **asked: str,
) -> Iterator[bytes]:
    """Send the acts asked for as a table."""
    return as_csv(Reader(present, organisation, question, language), asked, base)


@public_file("application/jsonl; charset=utf-8", parameters=(*NAMES, "sort"))
def acts_jsonl(
    present: Present,
    question: Question,
    language: str,
    base: str,
    organisation: str,
    **asked: str,
) -> Iterator[bytes]:
    """Send the acts asked for, one a line."""
    return as_jsonl(Reader(present, organisation, question, language), asked, base)


@public_file("application/x-bibtex; charset=utf-8")
def citation_bib(
    present: Present, question: Question, language: str, base: str, organisation: str, act: str
) -> bytes:
    """Send how an act is cited, for BibTeX."""
    return citing.bibtex(_cited(present, question, language, base, organisation, act))


@public_file("application/x-research-info-systems; charset=utf-8")
def citation_ris(
    present: Present, question: Question, language: str, base: str, organisation: str, act: str
) -> bytes:
    """Send how an act is cited, in the RIS format."""
    return citing.ris(_cited(present, question, language, base, organisation, act))


@public_file("application/vnd.citationstyles.csl+json")
def citation_csl(
    present: Present, question: Question, language: str, base: str, organisation: str, act: str
) -> bytes:
    """Send how an act is cited, as CSL-JSON."""
    return citing.csl(_cited(present, question, language, base, organisation, act))


def _cited(
    present: Present, question: Question, language: str, base: str, organisation: str, act: str
) -> citing.Cited:
    reader = Reader(present, organisation, question, language)
    proof = proof_of(present, organisation, act)
    return citing.cited(reader, reader.situation.act(act), proof, base)


@public_file("text/calendar; charset=utf-8")
def calendar(
    present: Present, question: Question, language: str, base: str, organisation: str
) -> bytes:
    """Send the meetings and the days of change."""
    return calendar_of(Reader(present, organisation, question, language), base)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Send the list of the maps."""
    return _map(request, sitemap.index)


@require_safe
def sitemap_site(request: HttpRequest) -> HttpResponse:
    """Send the map of the pages that belong to no organisation."""
    return _map(request, lambda _, base: sitemap.site_map(base))


@require_safe
def sitemap_part(request: HttpRequest, organisation: str, number: int) -> HttpResponse:
    """Send one map of an organisation's pages."""

    def made(now: Present, base: str) -> bytes:
        return sitemap.organisation_map(now, organisation, number, base)

    return _map(request, made)


def _map(request: HttpRequest, make: Callable[[Present, str], bytes]) -> HttpResponse:
    now, base = present(), site_address(request)
    depends_on = (request.path, base, now.mark)
    try:
        return answered(request, depends_on, lambda: make(now, base), content_type=_XML)
    except (UnknownName, TooLarge) as error:
        raise Http404(str(error)) from error


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Ask robots to read every page once, and not on every day that there ever was."""
    text = _ROBOTS.format(base=site_address(request))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
