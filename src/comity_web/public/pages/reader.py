"""One reader's view of one organisation: names in a language, addresses that keep the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext

from comity.charter.model import Article, Names
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import DataError
from comity.kernel.finding import Doubt, Finding
from comity.register.situation import in_language
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.dates import date_text
from comity.wording.grounds import article_reference
from comity_web.public import words
from comity_web.public.questions import Question
from comity_web.register.selectors import Present

Page = dict[str, Any]


class Reader:
    """Puts what the register answers into the reader's language, with links."""

    def __init__(
        self, present: Present, organisation: str, question: Question, language: str
    ) -> None:
        self.present = present
        self.situation = present.situation(
            organisation, on=question.on, known_at=question.known_at, basis=question.basis
        )
        self.record = self.situation.record
        self.charter = self.record.charter
        self.question = question
        self.language = language

    # Names

    def text(self, texts: Names) -> str:
        """Return a text in the reader's language, or in the first that there is."""
        return in_language(texts, self.language)

    def day(self, when: PartialDate | date | None) -> str:
        """Return a date in words; nothing for no date."""
        return date_text(when, self.language) if when else ""

    def party_name(self, code: str) -> str:
        """Return the name of a party on the day."""
        return names.party_name(self.situation, code, self.language) or code

    def formal_name(self, code: str) -> str:
        """Return the formal name of a party on the day; nothing where none is given."""
        formal = self.situation.name(code, self.language, formal=True).value
        return "" if formal in (code, self.party_name(code)) else formal

    def status_name(self, status: str | None) -> str:
        """Return the name of a status on the day."""
        return names.status_name(self.charter, status, self.question.on, self.language)

    def shade(self, status: str) -> int:
        """Return the number of the tint that a status is drawn in: its place in the charter."""
        return list(self.charter.statuses).index(status) % 6 + 1

    def body_name(self, body: str) -> str:
        """Return the name of a body on the day."""
        return names.body_name(self.charter, body, self.question.on, self.language)

    def office_name(self, office: str) -> str:
        """Return the name of an office on the day."""
        return names.office_name(self.charter, office, self.question.on, self.language)

    def stage_name(self, status: str, stage: str, on: date) -> str:
        """Return the name of a stage on the path to a status."""
        return names.stage_name(self.charter, status, stage, on, self.language)

    def instrument_name(self, instrument: str) -> str:
        """Return the name of an instrument."""
        return names.instrument_name(self.charter, instrument, self.language)

    # Addresses

    def address(self, *steps: str) -> str:
        """Return the address of a page of the organisation, for the same question."""
        path = "/".join(quote(each) for each in (self.language, self.charter.id, *steps))
        return f"/{path}/{self.question.suffix}"

    def party(self, code: str) -> Page:
        """Return a party as a link."""
        return {"code": code, "name": self.party_name(code), "url": self.address("parties", code)}

    # Grounds

    def grounds(self, identifiers: Iterable[str]) -> list[Page]:
        """Return the grounds of an answer as links."""
        every = tuple(identifiers)
        return [self.ground(each, every) for each in every]

    def ground(self, identifier: str, among: Iterable[str] = ()) -> Page:
        """Return one ground, an article or an act, as a link."""
        if identifier in self.charter.articles:
            article = self.situation.article(identifier, among)
            return self._ground("article", identifier, self.article_label(article), "articles")
        if identifier in self.record:
            act = self.record.act(identifier, known=self.situation.known)
            label = capital(act_sentence(act, self.situation, self.language, brief=True))
            return self._ground("act", identifier, label, "acts")
        return {"kind": "other", "id": identifier, "label": identifier, "url": ""}

    def _ground(self, kind: str, identifier: str, label: str, step: str) -> Page:
        return {
            "kind": kind,
            "id": identifier,
            "label": label,
            "url": self.address(step, identifier),
        }

    def article_label(self, article: Article) -> str:
        """Return how an article is cited: instrument and number, and its title without a number."""
        cited = (
            article_reference(self.charter, article, self.language) if article.instrument else ""
        )
        title = "" if cited and article.number else self.text(article.title)
        return " – ".join(each for each in (cited, title) if each) or article.id

    def act_name(self, act: Act) -> str:
        """Return what an act is in a word or two: beside an answer, the rest is known."""
        if act.kind == "stage_reached":
            stage = self.stage_name(
                act.detail("status"), act.detail("stage"), act.effective_on.first
            )
            return capital(stage)
        return words.kind(act.kind)

    def act_label(self, act: Act) -> str:
        """Return what an act is, in a line that can stand alone."""
        if act.kind == "stage_reached":
            return capital(f"{self.status_name(act.detail('status'))}: {self.act_name(act)}")
        about = self._about(act)
        return f"{words.kind(act.kind)}: {about}" if about else words.kind(act.kind)

    def _about(self, act: Act) -> str:
        """Return what an act is about, where its parties do not say it."""
        title = act.details.get("title") or act.details.get("names")
        if isinstance(title, Mapping):
            return self.text({language: str(text) for language, text in title.items()})
        named: dict[str, Callable[[str], str]] = {
            "instrument": self.instrument_name,
            "office": self.office_name,
            "body": self.body_name,
            "status": self.status_name,
        }
        found = [say(act.detail(field)) for field, say in named.items() if act.detail(field)]
        return found[0] if found else ""

    def doubts(self, doubts: Iterable[Doubt]) -> list[Page]:
        """Return why an answer is to be read with care, in sentences."""
        said = {self._doubt(each): each for each in doubts}
        return [
            {"code": each.code, "ground": each.ground, "text": text} for text, each in said.items()
        ]

    def _doubt(self, doubt: Doubt) -> str:
        basis = self.charter.bases.get(doubt.ground)
        return words.doubt(
            doubt,
            detail=self._doubt_detail(doubt.detail),
            basis=self.text(basis.names) if basis else "",
        )

    def _doubt_detail(self, detail: str) -> str:
        if detail == "none" or detail in self.charter.statuses:
            return self.status_name(None if detail == "none" else detail)
        try:
            return self.day(PartialDate.parse(detail)) if len(detail) >= 4 else detail
        except DataError:
            return detail

    def reasons(self, finding: Finding[Any]) -> Page:
        """Return the grounds and the doubts of an answer."""
        return {"grounds": self.grounds(finding.grounds), "doubts": self.doubts(finding.doubts)}

    def sources(self, identifiers: Iterable[str]) -> list[Page]:
        """Return what a statement rests on."""
        return [self._source(each) for each in identifiers]

    def _source(self, identifier: str) -> Page:
        source = self.charter.sources.get(identifier)
        if source is None:
            return {"id": identifier, "title": identifier}
        shown = ("title", "publisher", "kind", "read", "accessed")
        safe = source.url if source.url.startswith(("https://", "http://")) else ""
        return {"id": identifier, "url": safe} | {name: getattr(source, name) for name in shown}

    # The frame of every page

    def frame(self, title: str, *trail: tuple[str, str]) -> Page:
        """Return what every page of the organisation carries; ``trail`` leads from it to here."""
        name = self.text(self.charter.short_names) or self.text(self.charter.names)
        return {
            "title": title,
            "organisation": {
                "id": self.charter.id,
                "name": self.text(self.charter.names) or self.charter.id,
                "short_name": name or self.charter.id,
                "url": self.address(),
            },
            "question": self._question(),
            "reading": self._reading(),
            "trail": [
                {"label": gettext("Organisations"), "url": f"/{self.language}/"},
                {"label": name or self.charter.id, "url": self.address()},
                *({"label": label, "url": url} for label, url in trail),
            ],
        }

    def _reading(self) -> list[str]:
        """Say how the page is to be read: the basis, the moment of knowledge, what lies outside."""
        said = []
        if len(self.charter.bases) > 1:
            basis = names.basis_name(self.charter, self.situation.basis, self.language)
            said.append(gettext("Counted: %(basis)s.") % {"basis": basis})
        if self.question.known_at:
            said.append(gettext("As known on %(day)s.") % {"day": self._known_at()})
        if not self.situation.known and self.record.acts:
            first = self.day(self.record.acts[0].recorded_at.date())
            text = gettext("By then nothing had been recorded; the first entry is of %(day)s.")
            said.append(text % {"day": first})
        founded = self.charter.founded_on
        if founded and self.question.on < founded:
            text = gettext("The organisation was founded on %(day)s.")
            said.append(text % {"day": self.day(founded)})
        return said

    def _known_at(self) -> str:
        known_at = self.question.known_at
        return self.day(known_at.date() if isinstance(known_at, datetime) else known_at)

    def _question(self) -> Page:
        question, basis = self.question, self.situation.basis
        return {
            "on": question.on.isoformat(),
            "on_in_words": self.day(question.on),
            "known_at": dict(question.given).get("known_at", ""),
            "known_at_in_words": self._known_at(),
            "basis": basis,
            "bases": [
                {
                    "id": each.id,
                    "name": self.text(each.names) or each.id,
                    "text": self.text(each.text),
                }
                for each in self.charter.bases.values()
            ],
            "acts_known": self.situation.known,
            "acts_recorded": self.present.acts(self.charter.id),
        }


def capital(text: str) -> str:
    """Return a sentence that begins with a capital letter."""
    return text[:1].upper() + text[1:]
