"""What the rules of an organisation let be found: all that has a name in them, and articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.charter.model import (
    Article,
    Body,
    Charter,
    Instrument,
    Names,
    Office,
    Party,
    Right,
    Source,
    Status,
    Versions,
)
from comity.wording.catalogue import LANGUAGES
from comity.wording.grounds import article_reference
from comity_web.search.index import Index
from comity_web.search.numerals import numbers
from comity_web.search.things import Kind, Role, Thing


def enter_charter(index: Index, charter: Charter) -> None:
    """Enter everything that a charter names, in its order."""
    entry = _Entry(index, charter)
    entry.organisation()
    for party in charter.parties.values():
        entry.party(party)
    for source in charter.sources.values():
        entry.source(source)
    for instrument in charter.instruments.values():
        entry.instrument(instrument)
    for articles in charter.articles.values():
        entry.article(articles)
    for bodies in charter.bodies.values():
        entry.body(bodies)
    for offices in charter.offices.values():
        entry.named("office", offices)
    for statuses in charter.statuses.values():
        entry.named("status", statuses)
    for right in charter.rights.values():
        entry.right(right)
    for territory in charter.territories.values():
        node = index.node("territory", charter.id, territory.code)
        index.say_in_languages(node, "name", territory.names)


@dataclass
class _Entry:
    """One charter being entered."""

    index: Index
    charter: Charter
    place: int = 0

    def _add(self, kind: Kind, id: str) -> int:
        self.place += 1
        return self.index.add(Thing(kind, self.charter.id, id), place=self.place)

    def _names(self, node: int, role: Role, every: Iterable[Names]) -> None:
        for names in every:
            self.index.say_in_languages(node, role, names)

    def organisation(self) -> None:
        node = self._add("organisation", self.charter.id)
        self._names(node, "name", [self.charter.names])
        self._names(node, "short_name", [self.charter.short_names])
        self.index.say(node, "code", self.charter.id, manner="code")
        self._texts(node, "note", self.charter.note)

    def _texts(self, node: int, role: Role, texts: Names) -> None:
        self.index.say_in_languages(node, role, texts, manner="text")

    def party(self, party: Party) -> None:
        node = self._add("party", party.code)
        self._names(node, "name", [party.names])
        ordered = party.order_names.items()
        other = {lang: name for lang, name in ordered if name != party.names.get(lang)}
        self._names(node, "order_name", [other])
        self._names(node, "formal_name", [party.formal_names])
        for code in (party.code, *party.former_codes):
            self.index.say(node, "code", code, manner="code")
        self._texts(node, "note", party.note)

    def instrument(self, instrument: Instrument) -> None:
        node = self._add("instrument", instrument.id)
        self._names(node, "name", [instrument.names])
        for language, note in translated(self.charter, instrument.note):
            self.index.say(node, "note", note, language, manner="text")

    def article(self, versions: Versions[Article]) -> None:
        id = versions.items[0].id
        node = self._add("article", id)
        for article in versions.items:
            self._names(node, "title", [article.title])
            self._texts(node, "text", article.text)
            self._number(node, article)

    def _number(self, node: int, article: Article) -> None:
        instrument = self.index.known("instrument", self.charter.id, article.instrument)
        if instrument is None:
            return
        self.index.link(instrument, node)
        self.index.name_at(instrument, "articles", article.id)
        if article.number:
            self.index.number(node, numbers(article.number))
            for language in LANGUAGES:
                cited = article_reference(self.charter, article, language)
                self.index.say(node, "number", cited, language)

    def named(
        self, kind: Kind, versions: Versions[Body] | Versions[Office] | Versions[Status]
    ) -> int:
        node = self._add(kind, versions.items[-1].id)
        self._names(node, "name", [each.names for each in versions.items])
        return node

    def body(self, versions: Versions[Body]) -> None:
        node = self.named("body", versions)
        for body in versions.items:
            self._names(node, "short_name", [body.short_names])
            self._texts(node, "note", body.note)

    def right(self, right: Right) -> None:
        self._names(self._add("right", right.id), "name", [right.names])

    def source(self, source: Source) -> None:
        node = self._add("source", source.id)
        for language, title in translated(self.charter, source.title or source.id):
            self.index.say(node, "title", title, language)
        for language, publisher in translated(self.charter, source.publisher):
            self.index.say(node, "text", publisher, language)


def translated(charter: Charter, text: str) -> Iterator[tuple[str, str]]:
    """Return a text that is given once, which is taken for English, and what it is elsewhere."""
    if text:
        yield "en", text
    for language, texts in charter.translations.items():
        if text in texts:
            yield language, texts[text]
