"""The pages of the public site. Each is a function of the record, the question and the language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from comity_web.public.answering import public_page
from comity_web.public.pages.about import about as about_page
from comity_web.public.pages.act import act as act_page
from comity_web.public.pages.acts import PARAMETERS as ACTS
from comity_web.public.pages.acts import acts as acts_page
from comity_web.public.pages.article import article as article_page
from comity_web.public.pages.bodies import bodies as bodies_page
from comity_web.public.pages.body import body as body_page
from comity_web.public.pages.charter import AGAINST
from comity_web.public.pages.charter import charter as charter_page
from comity_web.public.pages.compare import PARAMETERS as COMPARE
from comity_web.public.pages.compare import compare as compare_page
from comity_web.public.pages.disagreements import disagreements as disagreements_page
from comity_web.public.pages.offices import offices as offices_page
from comity_web.public.pages.organisation import organisation as organisation_page
from comity_web.public.pages.organisations import organisations as organisations_page
from comity_web.public.pages.parties import STATUS
from comity_web.public.pages.parties import parties as parties_page
from comity_web.public.pages.party import party as party_page
from comity_web.public.pages.plans import plans as plans_page
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.pages.reasons import reason
from comity_web.public.pages.rights import BODY
from comity_web.public.pages.rights import rights as rights_page
from comity_web.public.pages.search import PARAMETERS as SEARCH
from comity_web.public.pages.search import search_all, search_organisation
from comity_web.public.pages.sources import source as source_page
from comity_web.public.pages.sources import sources as sources_page
from comity_web.public.pages.why import acts_among
from comity_web.public.pages.why import why as why_page
from comity_web.register.proofs import proof_of
from comity_web.register.questions import Question
from comity_web.register.selectors import Present, leaves_of
from comity_web.serving.languages import preferred_language


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send the reader to the site in the language the browser prefers."""
    response = HttpResponseRedirect(f"/{preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_page("public/organisations.html")
def organisations(present: Present, question: Question, language: str) -> Page:
    """Show all organisations."""
    return organisations_page(present, question, language)


@public_page("public/about.html")
def about(present: Present, question: Question, language: str) -> Page:  # noqa: ARG001
    """Explain the site."""
    return about_page(present, language)


@public_page(
    "public/search.html", parameters=(*SEARCH, "organisation"), part="public/search_part.html"
)
def search(present: Present, question: Question, language: str, **asked: str) -> Page:
    """Search the whole register, or one organisation."""
    return search_all(present, question, language, asked)


@public_page("public/search.html", parameters=SEARCH, part="public/search_part.html")
def search_here(
    present: Present, question: Question, language: str, organisation: str, **asked: str
) -> Page:
    """Search one organisation."""
    return search_organisation(_reader(present, question, language, organisation), asked)


@public_page("public/organisation.html")
def organisation(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show who holds which status in an organisation."""
    return organisation_page(_reader(present, question, language, organisation))


@public_page("public/parties.html", parameters=(STATUS,))
def parties(
    present: Present, question: Question, language: str, organisation: str, status: str
) -> Page:
    """Show everyone who ever held a status in an organisation or is on the way to one."""
    return parties_page(_reader(present, question, language, organisation), status)


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
    return act_page(reader, act, proof_of(present, organisation, act))


@public_page("public/acts.html", parameters=ACTS)
def acts(
    present: Present, question: Question, language: str, organisation: str, **asked: str
) -> Page:
    """Show the acts of an organisation, those asked for, a page at a time."""
    return acts_page(_reader(present, question, language, organisation), asked)


@public_page("public/article.html")
def article(
    present: Present, question: Question, language: str, organisation: str, article: str
) -> Page:
    """Show one article of the rules."""
    return article_page(_reader(present, question, language, organisation), article)


@public_page("public/charter.html", parameters=(AGAINST,))
def charter(
    present: Present, question: Question, language: str, organisation: str, against: str
) -> Page:
    """Show the rules of an organisation, and what differs from another day."""
    return charter_page(_reader(present, question, language, organisation), against)


@public_page("public/compare.html", parameters=COMPARE)
def compare(
    present: Present, question: Question, language: str, organisation: str, **asked: str
) -> Page:
    """Show two days side by side."""
    return compare_page(_reader(present, question, language, organisation), asked)


@public_page("public/offices.html")
def offices(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show the offices of an organisation and all who held them."""
    return offices_page(_reader(present, question, language, organisation))


@public_page("public/plans.html")
def plans(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show the plans of an organisation and what it designated for a time."""
    return plans_page(_reader(present, question, language, organisation))


@public_page("public/bodies.html")
def bodies(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show the bodies of an organisation."""
    return bodies_page(_reader(present, question, language, organisation))


@public_page("public/body.html")
def body(present: Present, question: Question, language: str, organisation: str, body: str) -> Page:
    """Show one body of an organisation."""
    return body_page(_reader(present, question, language, organisation), body)


@public_page("public/rights.html", parameters=(BODY,))
def rights(
    present: Present, question: Question, language: str, organisation: str, body: str
) -> Page:
    """Show what each status may do."""
    return rights_page(_reader(present, question, language, organisation), body)


@public_page("public/why.html")
def why(
    present: Present,
    question: Question,
    language: str,
    organisation: str,
    asked: str,
    names: str,
) -> Page:
    """Show an answer and all that it rests on."""
    reader = _reader(present, question, language, organisation)
    steps = tuple(names.split("/")) if names else ()
    found = reason(reader, asked, steps)
    leaves = leaves_of(organisation, acts_among(reader, found), size=present.size)
    return why_page(reader, asked, steps, found, leaves)


@public_page("public/sources.html")
def sources(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show what the record of an organisation rests on."""
    return sources_page(_reader(present, question, language, organisation))


@public_page("public/source.html")
def source(
    present: Present, question: Question, language: str, organisation: str, source: str
) -> Page:
    """Show one source and what rests on it."""
    return source_page(_reader(present, question, language, organisation), source)


@public_page("public/disagreements.html")
def disagreements(present: Present, question: Question, language: str, organisation: str) -> Page:
    """Show where sources disagree and what is in doubt."""
    return disagreements_page(_reader(present, question, language, organisation))


def _reader(present: Present, question: Question, language: str, organisation: str) -> Reader:
    return Reader(present, organisation, question, language)
