"""What was found as a reader sees it: labels, and what matched where the label does not show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from comity.kernel.act import Act
from comity.register.situation import Situation
from comity.wording.dates import date_text
from comity_web.register.selectors import Present
from comity_web.search.acts import about
from comity_web.search.finding import Evidence, Found, rank_of
from comity_web.search.folding import composed, pieces, whole
from comity_web.search.labels import label, name_like
from comity_web.search.marking import (
    Range,
    marked,
    passage,
    says,
    shortened,
)
from comity_web.search.numerals import number
from comity_web.search.places import place
from comity_web.search.reading import ArticleNumber, Day
from comity_web.search.results import Hit, Marked, Match, MatchedBy
from comity_web.search.things import Phrase, Thing


@dataclass(frozen=True, slots=True)
class Showing:
    """One reader's view of what was found: a language, a day for names, a moment of knowledge."""

    present: Present
    found: Found
    language: str
    on: date
    known_at: date | datetime | None = None
    situations: dict[str, Situation] = field(default_factory=dict)

    def hit(self, node: int) -> Hit:
        """Return a thing found as the reader sees it."""
        thing = self.found.index.things[node]
        assert thing is not None, "only things are found"
        situation, act = self._situation(thing.organisation), self._act(thing)
        one = self._party_found(thing, act)
        text = shortened(composed(label(thing, act, situation, self.language, about=one)))
        marks = [*self._marks(text, thing, act), *self._names_found(text, thing, act)]
        shown = marked(text, self.found.evidence, self.language, (each for _, each in marks))
        if not shown.ranges and self._is_called(node, text):
            shown = self._begun(text, self.language)
        return Hit(
            thing.kind,
            thing.organisation,
            thing.id,
            *place(self.found.index, node, thing),
            shown,
            self._match(node, thing, act, text, [part for part, _ in marks]),
            act.effective_on if act else None,
        )

    def _is_called(self, node: int, text: str) -> bool:
        """Whether a thing was found by its label itself, though no word of it was typed."""
        named = self.found.named.get(node)
        phrase = named.phrase if named else None
        return phrase is not None and self.found.index.lexicon.texts[phrase] == text

    def _begun(self, name: str, language: str) -> Marked:
        """Return a name found as a whole, with as much of it marked as was typed."""
        typed = len(self.found.sought.text)
        begins = whole(name[:typed]) == self.found.sought.whole
        return Marked(name, ((0, typed if begins else len(name)),), language)

    def _situation(self, organisation: str) -> Situation:
        if organisation not in self.situations:
            found = self.present.situation(organisation, on=self.on, known_at=self.known_at)
            self.situations[organisation] = found
        return self.situations[organisation]

    def _act(self, thing: Thing) -> Act | None:
        if thing.kind not in ("act", "document"):
            return None
        situation = self._situation(thing.organisation)
        return situation.record.act(thing.id, known=situation.known)

    def _marks(self, text: str, thing: Thing, act: Act | None) -> Iterator[tuple[Evidence, Range]]:
        """Return where the days and numbers asked for stand in a label."""
        for each in self.found.evidence:
            if isinstance(each.part, Day) and act:
                day = date_text(act.effective_on, self.language)
                if day in text and str(act.effective_on).startswith(each.part.iso):
                    yield each, (text.index(day), text.index(day) + len(day))
            if isinstance(each.part, ArticleNumber) and thing.kind == "article":
                same = (p for p in pieces(text) if number(p.text) == each.part.value)
                yield from ((each, (p.start, p.end)) for p in same)

    def _party_found(self, thing: Thing, act: Act | None) -> str | None:
        """Return the party of an act that was asked for, by whatever name."""
        if act is None:
            return None
        aliases = self._situation(thing.organisation).record.aliases
        for code in act.parties:
            node = self.found.index.known("party", thing.organisation, aliases.get(code, code))
            if any(node in each.named for each in self.found.evidence):
                return code
        return None

    def _names_found(
        self, text: str, thing: Thing, act: Act | None
    ) -> Iterator[tuple[Evidence, Range]]:
        """Return where a label names in its language what was asked for in another."""
        for node in self._nodes_about(thing, act):
            evidence = [each for each in self.found.evidence if node in each.named]
            name = self._name_in(node, text) if evidence else ""
            if name:
                at = text.index(name)
                yield from ((each, (at, at + len(name))) for each in evidence)

    def _name_in(self, node: int, text: str) -> str:
        index = self.found.index
        said = (e for e in index.said(node) if index.phrases[e].language == self.language)
        names = [index.lexicon.texts[each] for each in said if each in index.names]
        there = [each for each in names if each in text]
        return min(there, key=lambda each: (text.index(each), -len(each)), default="")

    # What matched

    def _match(
        self, node: int, thing: Thing, act: Act | None, text: str, shown: list[Evidence]
    ) -> Match | None:
        named = self.found.named.get(node)
        if named is None:
            hidden = [e for e in self.found.evidence if e.phrases and e not in shown]
            hidden = [each for each in hidden if not says(text, each)]
            return self._in_text(node, thing, act, hidden) if hidden else None
        if named.phrase is None:
            return Match("identifier", Marked(thing.id, ((0, len(thing.id)),)))
        return self._by_name(named.phrase, named.rank, thing, text)

    def _by_name(self, phrase: int, rank: tuple[int, int], thing: Thing, text: str) -> Match | None:
        """Return the name a thing was found by, unless its label answers as well."""
        name = self.found.index.lexicon.texts[phrase]
        of_label = rank_of(text, self.found.evidence)
        if name in text or (of_label is not None and of_label <= rank):
            return None
        said = self.found.index.phrases[phrase]
        found = marked(name, self.found.evidence, said.language)
        shown = found if found.ranges else self._begun(name, said.language)
        return Match(self._role(thing, said, name), shown)

    def _role(self, thing: Thing, said: Phrase, name: str) -> MatchedBy:
        """Say whether a name is one of the day, or one before or after it."""
        situation = self._situation(thing.organisation)
        if name_like(thing, said, situation) in (None, name):
            return said.role
        last = Situation(
            situation.record, on=date.max, known=situation.known, basis=situation.basis
        )
        return "later_name" if name_like(thing, said, last) == name else "former_name"

    def _in_text(
        self, node: int, thing: Thing, act: Act | None, hidden: list[Evidence]
    ) -> Match | None:
        """Return the passage that holds most of the words that the label does not show."""
        index = self.found.index
        nodes = [node, *self._nodes_about(thing, act)]
        phrases = {phrase for each in nodes for phrase in index.said(each)}
        worth = {each: sum(each in part.phrases for part in hidden) for each in phrases}
        if not any(worth.values()):
            return None
        best = min(worth, key=lambda each: (-worth[each], not self._is_mine(each), each))
        said = index.phrases[best]
        found = marked(index.lexicon.texts[best], self.found.evidence, said.language)
        return Match(said.role, passage(found))

    def _is_mine(self, phrase: int) -> bool:
        return self.found.index.phrases[phrase].language == self.language

    def _nodes_about(self, thing: Thing, act: Act | None) -> Iterator[int]:
        """Return the nodes that a thing is found by beside its own."""
        record = self._situation(thing.organisation).record
        keys: Iterable[tuple[str, ...]] = about(act, record) if act else ()
        if thing.kind == "article":
            versions = record.charter.articles[thing.id].items
            keys = [("instrument", thing.organisation, each.instrument) for each in versions]
        found = (self.found.index.known(*key) for key in keys)
        yield from (node for node in found if node is not None)
