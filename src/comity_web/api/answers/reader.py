"""One question to one organisation: the situation, and addresses that keep the question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypedDict

from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.dates import Period as Days
from comity.kernel.finding import Doubt as Doubted
from comity.kernel.finding import Finding
from comity.register.situation import RosterLine
from comity_web.api.addresses import api_url, html_urls, log_head
from comity_web.api.answers.languages import languages_of
from comity_web.api.answers.parts import (
    ActLine,
    Doubt,
    Ground,
    Links,
    Log,
    Period,
    Question,
    Said,
)
from comity_web.api.parameters import Asked
from comity_web.register.questions import Question as AskedQuestion
from comity_web.register.selectors import Present


class Reasons(TypedDict):
    """The fields of a statement that say why."""

    grounds: list[Ground]
    doubts: list[Doubt]


class Frame(TypedDict):
    """The fields that every answer about an organisation has."""

    question: Question
    log: Log
    links: Links
    organisation: str


class Reader:
    """Asks one organisation one question, and writes what is found with its addresses."""

    def __init__(self, present: Present, organisation: str, asked: Asked) -> None:
        """Raises `UnknownName` with the nearest organisation or basis."""
        self.present = present
        self.asked = asked
        self.question = question = asked.question
        self.situation = present.situation(
            organisation, on=question.on, known_at=question.known_at, basis=question.basis
        )
        self.record = self.situation.record
        self.charter = self.record.charter
        self._grounds: dict[str, Ground] = {}

    @cached_property
    def roster(self) -> list[RosterLine]:
        """Who holds which status in each facet, in the order of States."""
        facets = self.charter.facets
        return [line for facet in facets for line in self.situation.roster(facet=facet)]

    @cached_property
    def languages(self) -> list[str]:
        """The languages that the organisation's data is in, those of the site first."""
        return languages_of(self.charter)

    @cached_property
    def parties_in_order(self) -> tuple[str, ...]:
        """Every party that the organisation's data names, in the order of States."""
        return self.situation.order(self.charter.parties)

    def frame(self, *steps: str, page: str, following: str | None = None, **names: str) -> Frame:
        """Return what every answer has; ``steps`` lead to it, ``page`` names that for people."""
        suffix = self.question.suffix
        here = api_url("organisations", self.charter.id, *steps) + self.asked.suffix
        html = html_urls(page, suffix, organisation=self.charter.id, **names)
        return {
            "question": question_of(self.question, self.situation.basis),
            "log": log_head(self.present),
            "links": Links(here=here, next=following, html=html),
            "organisation": self.charter.id,
        }

    def url(self, *steps: str) -> str:
        """Return the address of an answer about the organisation, for the same question."""
        return api_url("organisations", self.charter.id, *steps) + self.question.suffix

    # Why

    def because(self, finding: Finding[Any]) -> Reasons:
        """Return the grounds and doubts of an answer."""
        return self.reasons(finding.grounds, finding.doubts)

    def reasons(self, grounds: Iterable[str], doubts: Iterable[Doubted] = ()) -> Reasons:
        """Return grounds and doubts as they are written."""
        return {
            "grounds": [self.ground(each) for each in grounds],
            "doubts": [Doubt(code=d.code, ground=d.ground, detail=d.detail) for d in doubts],
        }

    def ground(self, identifier: str) -> Ground:
        """Return one ground; many statements share it."""
        found = self._grounds.get(identifier)
        if found is None:
            found = self._grounds[identifier] = self._ground(identifier)
        return found

    def _ground(self, identifier: str) -> Ground:
        if identifier in self.charter.articles:
            return Ground(kind="article", id=identifier, url=self.url("articles", identifier))
        if identifier in self.record:
            return Ground(kind="act", id=identifier, url=self.url("acts", identifier))
        return Ground(kind="other", id=identifier, url=None)

    def under(self, identifier: str) -> list[Ground]:
        """Return the article of a rule, or an act, as a ground; nothing where there is none."""
        return [self.ground(identifier)] if identifier else []

    # Names

    def party_names(self, code: str) -> dict[str, str]:
        """Return the names of a party on the day."""
        return dict(self.situation.names(code).value)

    def said(self, text: str) -> Said | None:
        """Return a text of the record with its translations; nothing for no text."""
        if not text:
            return None
        known = self.charter.translations.items()
        return Said(text=text, translations={lang: t[text] for lang, t in known if text in t})

    # Acts

    def act(self, identifier: str) -> Act:
        """Return an act as it reads at the moment of knowledge."""
        return self.record.act(identifier, known=self.situation.known)

    def knows(self, identifier: str) -> bool:
        """Whether an act was recorded by the moment of knowledge."""
        known = self.record.acts[: self.situation.known]
        return any(act.id == identifier for act in known)

    def revisions(self, identifier: str) -> tuple[str, ...]:
        """Return what corrects or annuls an act, as far as it is known."""
        return self.record.revisions_of(identifier, known=self.situation.known)

    def annulled_by(self, revisions: Iterable[str]) -> bool:
        """Whether, among what revises an act, something annuls it."""
        return any(self.record.recorded_act(each).kind == "annulled" for each in revisions)

    def lines(self, acts: Iterable[Act]) -> list[ActLine]:
        """Return acts as lines of a list, in the order of legal effect."""
        return [
            ActLine(
                id=act.id,
                kind=act.kind,
                effective_on=str(act.effective_on),
                url=self.url("acts", act.id),
            )
            for act in sorted(acts, key=lambda each: (each.effective_on, each.id))
        ]


def question_of(question: AskedQuestion, basis: str | None) -> Question:
    """Return the question that is answered, its basis settled."""
    known_at = dict(question.given).get("known_at")
    return Question(on=question.on, known_at=known_at, basis=basis)


def written(when: PartialDate | date | None) -> str | None:
    """Write a date, as exact as it is known."""
    return str(when) if when else None


def days(period: Days) -> Period:
    """Write a period."""
    return Period(start=period.start, until=period.end)
