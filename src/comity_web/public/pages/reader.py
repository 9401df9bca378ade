"""One reader's view of one organisation: names in a language, addresses that keep the question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache, reduce
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext

from comity.charter.model import Article, Names
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, Period
from comity.kernel.finding import Doubt, Finding
from comity.kernel.remembering import remembered
from comity.register.situation import in_language
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.catalogue import capital as capital  # for the pages
from comity.wording.catalogue import in_series, listed, text
from comity.wording.dates import date_text
from comity.wording.grounds import article_reference, elsewhere_text, sources_of
from comity_web.public import words
from comity_web.public.pages import linked
from comity_web.public.pages.day import day_control
from comity_web.public.pages.life import life_axis
from comity_web.public.pages.sections import sections
from comity_web.register.questions import Question, read
from comity_web.register.selectors import Present
from comity_web.serving.shell import first_step

Page = dict[str, Any]

_quoted = lru_cache(maxsize=65536)(quote)


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
        self._suffix = question.suffix

    # Names

    def text(self, texts: Names) -> str:
        """Return a text in the reader's language, or in the first that there is."""
        return in_language(texts, self.language)

    def translated(self, text: str) -> str:
        """Return a text of the rules or of an act in the reader's language, or as it stands."""
        return self.charter.in_language(text, self.language)

    @remembered
    def day(self, when: PartialDate | date | None) -> str:
        """Return a date in words; nothing for no date."""
        return date_text(when, self.language) if when else ""

    def moment(self, instant: datetime) -> str:
        """Return an instant in words, in UTC."""
        utc = instant.astimezone(UTC)
        return f"{self.day(utc.date())}, {utc:%H:%M} UTC"

    def listed(self, texts: Iterable[str]) -> str:
        """Join texts as the language lists them."""
        return listed(self.language, texts)

    def in_series(self, texts: Iterable[str]) -> str:
        """Join what is itself listed, as the language does."""
        return in_series(self.language, texts)

    def spaced(self, sentences: Iterable[str]) -> str:
        """Put sentences one after the other as the language does."""
        return reduce(self._sentences, sentences, "")

    def _sentences(self, first: str, second: str) -> str:
        both = text(self.language, "list.sentences", first=first, second=second)
        return both if first else second

    @remembered
    def paired(self, name: str, said: str) -> str:
        """Return a name and what is said of it, with the colon of the language."""
        return text(self.language, "list.pair", name=name, value=said)

    def party_name(self, code: str) -> str:
        """Return the name of a party on the day."""
        return names.party_name(self.situation, code, self.language) or code

    @remembered
    def formal_name(self, code: str) -> str:
        """Return the formal name of a party on the day; nothing where none is given."""
        formal = self.situation.name(code, self.language, formal=True).value
        return "" if formal in (code, self.party_name(code)) else formal

    def status_name(self, status: str | None) -> str:
        """Return the name of a status on the day."""
        return names.status_name(self.charter, status, self.question.on, self.language)

    def status_heading(self, status: str, number: int = 0) -> str:
        """Return the name of a status over its holders, or beside their number."""
        on = self.question.on
        return names.status_heading(self.charter, status, number, on, self.language)

    @remembered
    def count_heading(self, count: str, number: int = 0) -> str:
        """Return the name of a count, or what stands beside its number."""
        return names.count_heading(self.charter, count, number, self.question.on, self.language)

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

    @property
    def short_name(self) -> str:
        """The short name of the organisation, or what it has in its place."""
        charter = self.charter
        return self.text(charter.short_names) or self.text(charter.names) or charter.id

    # Addresses

    @remembered
    def address(self, *steps: str) -> str:
        """Return the address of a page of the organisation, for the same question."""
        path = "/".join(_quoted(each) for each in (self.language, self.charter.id, *steps))
        return f"/{path}/{self._suffix}"

    def why(self, asked: str, *names: str) -> str:
        """Return the address at which an answer opens its grounds (see `reasons.QUESTIONS`)."""
        return self.address("why", asked, *names)

    def in_facet(self, facet: str) -> tuple[str, ...]:
        """Return how a question names a facet: not at all where it is the main one."""
        return () if facet == self.charter.main_facet else (facet,)

    @remembered
    def on(self, day: date) -> Reader:
        """Return the same reader asking about another day."""
        return self.asking(on=day.isoformat())

    @remembered
    def counting(self, basis: str) -> Reader:
        """Return the same reader asking on another basis of counting."""
        return self.asking(basis=basis)

    def asking(self, **changes: str) -> Reader:
        """Return the same reader asking the same but for ``changes`` of the address."""
        question = read({**dict(self.question.given), **changes}, self.question.today)
        return Reader(self.present, self.charter.id, question, self.language)

    def file(self, name: str) -> str:
        """Return the address of a file of the organisation, for the same question."""
        return f"/{self.language}/{self.charter.id}/{quote(name)}{self._suffix}"

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
            version = self.situation.article(identifier, among).period
            label, url = self._article_cited(identifier, version)
            return {"kind": "article", "id": identifier, "label": label, "url": url}
        if identifier in self.record:
            label, url = self._act_cited(identifier)
            return {"kind": "act", "id": identifier, "label": label, "url": url}
        return {"kind": "other", "id": identifier, "label": identifier, "url": ""}

    @remembered
    def _article_cited(self, identifier: str, version: Period) -> tuple[str, str]:
        """Return the label of a version of an article, and the address of the article."""
        versions = self.charter.articles[identifier].items
        article = next(each for each in versions if each.period == version)
        return self.article_label(article), self.address("articles", identifier)

    @remembered
    def _act_cited(self, identifier: str) -> tuple[str, str]:
        """Return a brief sentence on an act, and its address."""
        act = self.situation.act(identifier)
        sentence = act_sentence(act, self.situation, self.language, brief=True)
        return capital(sentence), self.address("acts", identifier)

    def article_label(self, article: Article) -> str:
        """Return how an article is cited: instrument and number, and its title without a number."""
        cited = (
            article_reference(self.charter, article, self.language) if article.instrument else ""
        )
        title = "" if cited and article.number else self.text(article.title)
        return " – ".join(each for each in (cited, title) if each) or article.id

    @remembered
    def kind_name(self, kind: str) -> str:
        """Return the name of a kind of act."""
        return words.kind(kind)

    def act_name(self, act: Act) -> str:
        """Return what an act is in a word or two: beside an answer, the rest is known."""
        if act.kind == "stage_reached":
            stage = self.stage_name(
                act.detail("status"), act.detail("stage"), act.effective_on.first
            )
            return capital(stage)
        return self.kind_name(act.kind)

    def act_label(self, act: Act) -> str:
        """Return what an act is, in a line that can stand alone."""
        if act.kind == "stage_reached":
            return capital(self.paired(self.status_name(act.detail("status")), self.act_name(act)))
        about = self.act_subject(act)
        name = self.kind_name(act.kind)
        return self.paired(name, about) if about else name

    def act_subject(self, act: Act) -> str:
        """Return what an act is about, where its parties do not say it."""
        title = act.details.get("title") or act.details.get("names")
        if isinstance(title, Mapping):
            named = self.text({language: str(text) for language, text in title.items()})
            return self.translated(named)
        by_field: dict[str, Callable[[str], str]] = {
            "instrument": self.instrument_name,
            "office": self.office_name,
            "body": self.body_name,
            "status": self.status_name,
        }
        found = [say(act.detail(field)) for field, say in by_field.items() if act.detail(field)]
        return found[0] if found else ""

    def statement(self, act: Act) -> str:
        """Return what an act states on the record; nothing where it is no statement."""
        text = act.details.get("text")
        if not isinstance(text, Mapping):
            return ""
        return self.translated(self.text({name: str(each) for name, each in text.items()}))

    def doubts(self, doubts: Iterable[Doubt]) -> list[Page]:
        """Return why an answer is to be read with care, in sentences."""
        said = {self._doubt(each): each for each in doubts}
        return [
            {"code": each.code, "ground": each.ground, "text": text} for text, each in said.items()
        ]

    @remembered
    def _doubt(self, doubt: Doubt) -> str:
        basis = self.charter.bases.get(doubt.ground)
        return words.doubt(
            doubt,
            detail=elsewhere_text(doubt.detail, self.situation, self.language),
            basis=self.text(basis.names) if basis else "",
        )

    def reasons(self, finding: Finding[Any], asked: str, *names: str) -> Page:
        """Return the grounds and the doubts of an answer, and where it opens them in full."""
        return {
            "grounds": self.grounds(finding.grounds),
            "doubts": self.doubts(finding.doubts),
            "why": self.why(asked, *names),
        }

    def sources(self, identifiers: Iterable[str]) -> list[Page]:
        """Return what a statement rests on."""
        return [self._source(each) for each in identifiers]

    def _source(self, identifier: str) -> Page:
        (source,) = sources_of(self.charter, [identifier], self.language)
        shown = ("title", "publisher", "kind", "read", "accessed")
        safe = source.url if source.url.startswith(("https://", "http://")) else ""
        return {
            "id": identifier,
            "url": safe,
            "address": self.address("sources", identifier),
            **{name: getattr(source, name) for name in shown},
            "read_in_words": words.read(source.read),
        }

    # The frame of every page

    def frame(self, title: str, *trail: tuple[str, str], section: str = "") -> Page:
        """Return what every page of the organisation carries.

        ``trail`` leads from the organisation to here; ``section`` is the room the page is in.
        """
        name = self.text(self.charter.short_names) or self.text(self.charter.names)
        steps = [
            first_step(self.language),
            {"label": name or self.charter.id, "url": self.address()},
            *({"label": label, "url": url} for label, url in trail),
        ]
        day = day_control(self)
        return {
            "title": title,
            "organisation": {
                "id": self.charter.id,
                "name": self.text(self.charter.names) or self.charter.id,
                "short_name": name or self.charter.id,
                "url": self.address(),
                "home": f"/{self.language}/{quote(self.charter.id)}/",
            },
            "nav": sections(self, section),
            "question": self._question(),
            "day": day,
            "axis": life_axis(self, day),
            "reading": self.reading(),
            "trail": steps,
            "linked": [linked.trail(steps)],
        }

    def reading(self) -> list[str]:
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
        if self.question.on > self.question.today:
            said.append(gettext("This day is still to come; this is what is known so far."))
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
