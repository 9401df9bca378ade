"""What a reader is told when a question cannot be answered: what is wrong, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from django.utils.translation import gettext

from comity.kernel.errors import ComityError, UnknownName
from comity.register.register import OrganisationRecord
from comity.register.situation import in_language
from comity.wording.dates import date_text
from comity_web.public.pages.reader import Page
from comity_web.public.questions import LONGEST, BadQuestion
from comity_web.register.selectors import Present

_SHOWN = 100
UNPROCESSABLE, NOT_FOUND, UNAVAILABLE = 422, 404, 503


def problem(
    error: ComityError, language: str, names: Mapping[str, str], present: Present, today: date
) -> tuple[int, Page]:
    """Return the status and the page for an error; ``names`` are those in the address."""
    record = _record(present, names.get("organisation", ""))
    if isinstance(error, BadQuestion):
        said = _too_long(error) if error.code == "too_long" else _bad_date(error, language, today)
        return UNPROCESSABLE, _page(language, record, **said)
    code = error.code
    near = _near(error, names, record, present, language)
    sentences = {
        "unknown_organisation": gettext("There is no organisation “%(name)s” here."),
        "unknown_party": gettext("The record knows no party “%(name)s”."),
        "unknown_act": gettext("The record holds no act “%(name)s”."),
        "unknown_article": gettext("The rules have no article “%(name)s”."),
        "unknown_basis": gettext("There is no such basis of counting."),
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


def _too_long(error: BadQuestion) -> Page:
    said = gettext("The field “%(name)s” is longer than %(most)s characters.")
    title, text = gettext("This cannot be answered"), said % {"name": error.name, "most": LONGEST}
    return {"title": title, "text": text, "near": []}


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
    trail = [{"label": gettext("Organisations"), "url": f"/{language}/"}]
    if record is not None:
        names = record.charter.short_names or record.charter.names
        label = in_language(names, language) or record.charter.id
        trail.append({"label": label, "url": f"/{language}/{record.charter.id}/"})
    return {"trail": trail, "language": language, **said}


def _record(present: Present, organisation: str) -> OrganisationRecord | None:
    try:
        return present.register.organisation(organisation)
    except UnknownName:
        return None


def _near(
    error: ComityError,
    names: Mapping[str, str],
    record: OrganisationRecord | None,
    present: Present,
    language: str,
) -> list[Page]:
    """Return links to what was perhaps meant."""
    if error.code == "unknown_organisation":
        known = {each.charter.id: each.charter.id for each in present.register.organisations}
        return _links(names["organisation"], known, f"/{language}/")
    if record is None:
        return []
    home = f"/{language}/{record.charter.id}"
    if error.code == "unknown_party":
        named = {
            name: party.code
            for party in record.charter.parties.values()
            for name in (party.code, *party.names.values())
        }
        return _links(names["party"], named, f"{home}/parties/")
    if error.code == "unknown_act":
        acts = {act.id: act.id for act in record.acts[: present.acts(record.charter.id)]}
        return _links(names["act"], acts, f"{home}/acts/")
    if error.code == "unknown_article":
        articles = {each: each for each in record.charter.articles}
        return _links(names["article"], articles, f"{home}/articles/")
    if error.code == "unknown_basis":
        bases = record.charter.bases.values()
        return [
            {
                "label": in_language(each.names, language) or each.id,
                "url": f"{home}/?basis={each.id}",
            }
            for each in bases
        ]
    return []


def _links(found: str, known: Mapping[str, str], home: str) -> list[Page]:
    folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(found.casefold(), folded, n=3, cutoff=0.5)
    near = dict.fromkeys((known[folded[each]], folded[each]) for each in close)
    return [{"label": label, "url": f"{home}{quote(target)}/"} for target, label in near]
