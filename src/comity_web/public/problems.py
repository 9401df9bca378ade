"""What a reader is told when a question cannot be answered: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext

from comity.kernel.errors import ComityError, nearest
from comity.register.register import OrganisationRecord
from comity.register.situation import in_language
from comity.wording.dates import date_text
from comity_web.public.pages.reader import Page
from comity_web.public.pages.reasons import QUESTIONS, named
from comity_web.register.naming import called
from comity_web.register.questions import LONGEST, BadQuestion
from comity_web.register.selectors import Present, record_of
from comity_web.search.reading import MOST_WORDS
from comity_web.serving import whole
from comity_web.serving.shell import first_step
from comity_web.serving.whole import TooLarge

_SHOWN = 100
UNPROCESSABLE, NOT_FOUND, UNAVAILABLE = 422, 404, 503


def problem(
    error: ComityError, language: str, names: Mapping[str, str], present: Present, today: date
) -> tuple[int, Page]:
    """Return the status and the page for an error; ``names`` are those in the address."""
    record = record_of(present, names.get("organisation", ""))
    if isinstance(error, TooLarge):
        return UNPROCESSABLE, _page(language, record, **_too_large(language))
    if isinstance(error, BadQuestion):
        return UNPROCESSABLE, _page(language, record, **_bad_question(error, language, today))
    code = error.code
    if "asked" in names:
        names = {**names, **named(names["asked"], names["names"]), "question": names["asked"]}
    near = _near(error, names, record, present, language)
    sentences = {
        "unknown_organisation": gettext("There is no organisation “%(name)s” here."),
        "unknown_party": gettext("The record knows no party “%(name)s”."),
        "unknown_act": gettext("The record holds no act “%(name)s”."),
        "unknown_article": gettext("The rules have no article “%(name)s”."),
        "unknown_basis": gettext("There is no basis of counting “%(name)s” here."),
        "unknown_status": gettext("The rules have no status “%(name)s”."),
        "unknown_facet": gettext("The rules have no kind of status “%(name)s”."),
        "unknown_right": gettext("The rules name no right “%(name)s”."),
        "unknown_body": gettext("The rules name no body “%(name)s”."),
        "unknown_office": gettext("The rules name no office “%(name)s”."),
        "unknown_territory": gettext("The rules name no territory “%(name)s”."),
        "unknown_source": gettext("The rules name no source “%(name)s”."),
        "unknown_question": gettext("No question is asked as “%(name)s” with these names."),
    }
    sentence = sentences.get(code, gettext("This page does not exist."))
    status = UNPROCESSABLE if code == "unknown_basis" else NOT_FOUND
    name = names.get(code.removeprefix("unknown_"), "")
    title = gettext("This cannot be answered") if status == UNPROCESSABLE else gettext("Not found")
    text = sentence % {"name": _shortened(name)}
    return status, _page(language, record, title=title, text=text, near=near)


def broken_record(language: str) -> tuple[int, Page]:
    """Return what is said where the database is not what its log says: nothing from it."""
    title = gettext("The record cannot be shown")
    text = gettext(
        "The entries in the database are not those of the signed log. They are not shown until "
        "the copy that verifies is restored."
    )
    return UNAVAILABLE, _page(language, None, title=title, text=text, near=[])


def _shortened(name: str) -> str:
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def _bad_question(error: BadQuestion, language: str, today: date) -> Page:
    sentences = {
        "too_long": gettext("The field “%(name)s” is longer than %(most)s characters."),
        "not_a_page": gettext("“%(text)s” is not the number of a page."),
        "not_offered": gettext("The field “%(name)s” does not offer “%(text)s”."),
        "no_such_page": gettext("This list has no page “%(text)s”, but pages %(expected)s."),
        "too_many_words": gettext("A search takes at most %(words)s words."),
        "days_out_of_order": gettext(
            "The period ends before it begins: give the earlier day first."
        ),
    }
    if error.code not in sentences:
        return _bad_date(error, language, today)
    said = {"name": error.name, "most": LONGEST, "text": _shortened(error.text)}
    said |= {"expected": error.faults[0].expected, "words": MOST_WORDS}
    title, text = gettext("This cannot be answered"), sentences[error.code] % said
    return {"title": title, "text": text, "near": []}


def _too_large(language: str) -> Page:
    said = gettext(
        "This answer has more than %(most)s MB. Ask for less of it, by party, kind or period, or "
        "take the open data: every table of the register as a file."
    )
    text = said % {"most": f"{whole.LARGEST / 1_000_000:g}"}
    links = [{"label": gettext("Open data"), "url": f"/{language}/data/"}]
    return {"title": gettext("This cannot be answered"), "text": text, "links": links}


def _bad_date(error: BadQuestion, language: str, example: date) -> Page:
    text = gettext("“%(text)s” is not a date.") % {"text": error.text[:60]}
    help_text = gettext("A date looks like %(example)s: year, month, day. That is %(words)s.") % {
        "example": example.isoformat(),
        "words": date_text(example, language),
    }
    again = {"on": example.isoformat(), "known_at": "", "bases": []}
    title = gettext("This is not a date")
    return {"title": title, "text": text, "help": help_text, "near": [], "question": again}


def _page(language: str, record: OrganisationRecord | None, **said: object) -> Page:
    trail = [first_step(language)]
    if record is not None:
        names = record.charter.short_names or record.charter.names
        label = in_language(names, language) or record.charter.id
        trail.append({"label": label, "url": f"/{language}/{record.charter.id}/"})
    return {"trail": trail, "language": language, **said}


def _near(
    error: ComityError,
    names: Mapping[str, str],
    record: OrganisationRecord | None,
    present: Present,
    language: str,
) -> list[Page]:
    """Return links to what was perhaps meant."""
    kind = error.code.removeprefix("unknown_")
    if kind == "organisation":
        return _organisations(present, language)
    if record is None:
        return []
    home = f"/{language}/{record.charter.id}"
    if kind == "basis":
        bases = record.charter.bases.values()
        return [
            {
                "label": in_language(each.names, language) or each.id,
                "url": f"{home}/?basis={each.id}",
            }
            for each in bases
        ]
    if "asked" not in names and kind not in _PAGES:
        return []
    known = _words(kind, record.charter.id, present)
    return _links(names.get(kind, ""), known, lambda target: home + _path(kind, names, target))


def _organisations(present: Present, language: str) -> list[Page]:
    """Return a link to every organisation: there are few, and any may be meant."""
    charters = [each.charter for each in present.register.organisations]
    return [
        {"label": in_language(each.names, language) or each.id, "url": f"/{language}/{each.id}/"}
        for each in charters
    ]


def _words(kind: str, organisation: str, present: Present) -> dict[str, str]:
    """Return identifiers by the words for them; what may be asked has no other word."""
    if kind == "question":
        return {each: each for each in QUESTIONS}
    things = called(kind, organisation, present)
    return {word: identifier for word, (identifier, _) in things.items()}


_PAGES = {
    "party": "parties",
    "act": "acts",
    "article": "articles",
    "body": "bodies",
    "source": "sources",
}


def _path(kind: str, names: Mapping[str, str], target: str) -> str:
    """Return where a name leads: to its page, or to the same question with it."""
    if "asked" not in names:
        return f"/{_PAGES[kind]}/{quote(target)}/"
    steps = {**named(names["asked"], names["names"]), kind: target}
    asked = steps.pop("question", names["asked"])
    path = steps.values() if asked == names["asked"] else names["names"].split("/")
    return "".join(f"/{quote(each)}" for each in ("why", asked, *path)) + "/"


def _links(found: str, known: Mapping[str, str], address: Callable[[str], str]) -> list[Page]:
    others = [name for name in known if known[name] != found]
    near = dict.fromkeys((known[each], each) for each in nearest(found, others))
    return [{"label": label, "url": address(target)} for target, label in near]
