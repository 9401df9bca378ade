"""The page of a search: what was found, kind by kind, and how to ask where nothing was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast
from urllib.parse import quote, urlencode

from django.utils.translation import gettext, gettext_noop

from comity.kernel.errors import Fault
from comity.register.situation import in_language
from comity.wording.dates import date_text
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.questions import BadQuestion, Question, one_of, page_number
from comity_web.register.selectors import Present
from comity_web.search.examples import Example, examples
from comity_web.search.reading import QueryTooLong
from comity_web.search.results import Hit, Marked, Match, Results, Suggestion
from comity_web.search.searching import search
from comity_web.search.things import KINDS, Kind
from comity_web.serving.shell import first_step

PARAMETERS = ("q", "kind", "page")
EACH, ON_A_PAGE = 5, 20

_KINDS: Mapping[Kind, str] = {
    "organisation": gettext_noop("Organisations"),
    "party": gettext_noop("Parties"),
    "body": gettext_noop("Bodies"),
    "office": gettext_noop("Offices"),
    "status": gettext_noop("Statuses"),
    "right": gettext_noop("Rights"),
    "article": gettext_noop("Articles"),
    "instrument": gettext_noop("Treaties and regulations"),
    "document": gettext_noop("Texts adopted"),
    "act": gettext_noop("Acts"),
    "source": gettext_noop("Sources"),
}
# What is said of a match beside it; where nothing is, the text says enough.
_FOUND_BY = {
    "short_name": gettext_noop("short name"),
    "formal_name": gettext_noop("formal name"),
    "former_name": gettext_noop("former name"),
    "later_name": gettext_noop("later name"),
    "order_name": gettext_noop("name in lists"),
    "code": gettext_noop("code"),
    "identifier": gettext_noop("identifier"),
    "note": gettext_noop("note"),
}
_EXAMPLES = {
    "name": gettext_noop("a name"),
    "other_name": gettext_noop("a name in another language"),
    "former_name": gettext_noop("a former name"),
    "short_name": gettext_noop("an abbreviation"),
    "article": gettext_noop("the number of an article"),
    "day": gettext_noop("a day"),
}


def search_all(
    present: Present, question: Question, language: str, asked: Mapping[str, str]
) -> Page:
    """Return what is found in all organisations, or in the one that ``asked`` names."""
    title = gettext("Search")
    frame: Page = {
        "title": title,
        "trail": [
            first_step(language),
            {"label": title, "url": f"/{language}/search/{question.suffix}"},
        ],
        "question": {
            "on": question.on.isoformat(),
            "known_at_in_words": _known_at(question, language),
        },
        "organisation_asked": asked["organisation"],
    }
    return _Asked(present, question, language, only=asked["organisation"]).page(frame, asked)


def _known_at(question: Question, language: str) -> str:
    known_at = question.known_at
    day = known_at.date() if isinstance(known_at, datetime) else known_at
    return date_text(day, language) if day else ""


def search_organisation(reader: Reader, asked: Mapping[str, str]) -> Page:
    """Return what is found in the organisation, with the way to all others."""
    title = gettext("Search")
    frame = reader.frame(title, (title, reader.address("search")), section="search")
    found = _Asked(
        reader.present, reader.question, reader.language, only=reader.charter.id, at_home=True
    )
    return found.page(frame, asked)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to the search: ``only`` to one organisation, ``at_home`` on that one's pages."""

    present: Present
    question: Question
    language: str
    only: str = ""
    at_home: bool = False

    def page(self, frame: Page, asked: Mapping[str, str]) -> Page:
        """Return the page; raises `BadQuestion` or `UnknownName`."""
        kind = one_of("kind", asked["kind"], KINDS)
        number = page_number(asked["page"])
        results = self._results(asked["q"], kind, number)
        last = max(1, -(-results.total // ON_A_PAGE)) if kind else 1
        if number > last:
            fault = Fault("no_such_page", f"there is no page {number} of this list", f"1–{last}")
            raise BadQuestion("page", asked["page"], fault)
        text = results.text
        return frame | {
            "title": gettext("Search: %(text)s") % {"text": text} if text else frame["title"],
            "q": text,
            "kind": kind,
            "total": results.total,
            "everywhere": sum(results.kinds.values()),
            "kinds": self._kinds(results, kind) if text else [],
            "organisations": self._organisations(results) if text else [],
            "all_organisations": self._common + self._again(organisation=""),
            "elsewhere": sum(results.organisations.values()) - results.total if self.only else 0,
            "only_near": results.only_near,
            "groups": self._groups(results, kind),
            "first": (number - 1) * ON_A_PAGE + 1,
            "before": self._number(number - 1, number > 1 and bool(kind)),
            "after": self._number(number + 1, number < last),
            "suggestions": [self._suggestion(each) for each in results.suggestions],
            "examples": [self._example(each) for each in self._examples(results)],
        }

    def _results(self, text: str, kind: str, number: int) -> Results:
        try:
            return search(
                self.present,
                text,
                self.language,
                only=self.only or None,
                kinds=(cast(Kind, kind),) if kind else (),
                limit=ON_A_PAGE,
                offset=(number - 1) * ON_A_PAGE,
                each=None if kind else EACH,
                on=self.question.on,
                known_at=self.question.known_at,
            )
        except QueryTooLong as error:
            raise BadQuestion("q", text, error.faults[0]) from error

    def _examples(self, results: Results) -> tuple[Example, ...]:
        if results.total:
            return ()
        return examples(self.present, self.language, self.only or None)

    # Addresses

    def _again(self, **changes: str) -> str:
        """Return this page asked otherwise, from its first page on."""
        return self.question.other(**{"page": "", **changes})

    def _number(self, number: int, there: bool) -> str:
        return self.question.other(page=str(number) if number > 1 else "") if there else ""

    def _address(self, hit: Hit) -> str:
        """Return where a thing is shown, for the same question as far as it applies there."""
        steps = "/".join(quote(each, safe="") for each in (hit.organisation, *hit.steps))
        known = self.present.register.organisation(hit.organisation).charter.bases
        given = [each for each in self.question.given if each[0] != "basis" or each[1] in known]
        asked = f"?{urlencode(given)}" if given else ""
        part = f"#{quote(hit.part)}" if hit.part else ""
        return f"/{self.language}/{steps}/{asked}{part}"

    @property
    def _common(self) -> str:
        """The address of the search in all organisations; nothing where this is that page."""
        return f"/{self.language}/search/" if self.at_home else ""

    # Filters

    def _kinds(self, results: Results, chosen: str) -> list[Page]:
        everything = {
            "kind": "",
            "name": gettext("Everything"),
            "count": sum(results.kinds.values()),
            "url": self._again(kind=""),
            "chosen": not chosen,
        }
        found: list[Page] = [
            {
                "kind": kind,
                "name": gettext(_KINDS[kind]),
                "count": results.kinds.get(kind, 0),
                "url": self._again(kind=kind),
                "chosen": kind == chosen,
            }
            for kind in KINDS
            if kind in results.kinds or kind == chosen
        ]
        return [everything, *found]

    def _organisations(self, results: Results) -> list[Page]:
        """Return where something was found, each as a filter of the common page."""
        return [
            {
                "id": record.charter.id,
                "name": in_language(record.charter.short_names, self.language)
                or in_language(record.charter.names, self.language)
                or record.charter.id,
                "count": results.organisations.get(record.charter.id, 0),
                "url": self._common + self._again(organisation=record.charter.id),
                "chosen": record.charter.id == self.only,
            }
            for record in self.present.register.organisations
            if record.charter.id in results.organisations or record.charter.id == self.only
        ]

    # What was found

    def _groups(self, results: Results, chosen: str) -> list[Page]:
        return [
            {
                "kind": kind,
                "name": gettext(_KINDS[kind]),
                "total": results.kinds[kind],
                "more": "" if chosen or results.kinds[kind] <= EACH else self._again(kind=kind),
                "hits": [self._hit(each) for each in hits],
            }
            for kind, hits in groupby(results.hits, key=lambda hit: hit.kind)
        ]

    def _hit(self, hit: Hit) -> Page:
        charter = self.present.register.organisation(hit.organisation).charter
        short = in_language(charter.short_names, self.language)
        return {
            "id": hit.id,
            "organisation": {
                "id": charter.id,
                "name": short or in_language(charter.names, self.language) or charter.id,
            },
            "url": self._address(hit),
            "label": self._marked(hit.label),
            "match": self._match(hit.match),
            "on": str(hit.date or ""),
            "on_in_words": date_text(hit.date, self.language) if hit.date else "",
        }

    def _match(self, match: Match | None) -> Page | None:
        if match is None:
            return None
        said = gettext(_FOUND_BY[match.by]) if match.by in _FOUND_BY else ""
        return {"by": match.by, "by_in_words": said, **self._marked(match.marked)}

    def _marked(self, marked: Marked) -> Page:
        """Return a text in parts; its language only where it is not the page's."""
        parts = [{"text": text, "found": found} for text, found in marked.parts()]
        language = "" if marked.language == self.language else marked.language
        return {"text": marked.text, "language": language, "parts": parts}

    # What else to ask

    def _suggestion(self, suggestion: Suggestion) -> Page:
        url = self._again(q=suggestion.text, kind="")
        return {"text": suggestion.text, "total": suggestion.total, "url": url}

    def _example(self, example: Example) -> Page:
        return {
            "text": example.text,
            "sort": gettext(_EXAMPLES[example.sort]),
            "language": "" if example.language == self.language else example.language,
            "url": self._again(q=example.text, kind=""),
        }
