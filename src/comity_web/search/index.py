"""The index: every thing of the register by what it is called, what it says and what it is about.

A *node* is a thing that can be found, or something that acts share (a place, a kind of act). What
is said of a node is a phrase; an act is linked to what it is about, so a party that is renamed is
found with all its acts by the new name at once. Nothing is ever taken out: a thing or phrase that
later acts changed is withdrawn from a position on, so that one index answers for every moment.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

from comity.kernel.dates import PartialDate
from comity_web.search.folding import composed, unqualified, whole
from comity_web.search.lexicon import Lexicon, Manner
from comity_web.search.ordering import beginning_with, merged
from comity_web.search.things import ALWAYS, KINDS, NAMES, Kind, Phrase, Role, Thing

Said = tuple[Role, str, str]
Order = tuple[int, int, int, int, str]
_MANY = 1000  # from here on it is quicker to look through all than to put in order


class Index:
    """Nodes, phrases and links; filled by `charters` and `acts`, asked by `finding`."""

    def __init__(self) -> None:
        self.lexicon = Lexicon()
        self.phrases: list[Phrase] = []
        self.organisation_names: set[str] = set()
        self.names: set[int] = set()
        self.naming: set[int] = set()  # names, titles and words, but not notes and long texts
        self.things: list[Thing | None] = []
        self.order: list[Order] = []
        self.of_kind: dict[Kind, set[int]] = {each: set() for each in KINDS}
        self.of_organisation: dict[str, set[int]] = {}
        self.reaching: dict[str, int] = {}  # up to which act of each organisation it may hold some
        self.entered: dict[str, int] = {}  # up to which it holds all
        self.withdrawn: dict[int, int] = {}
        self.shared: set[int] = set()  # nodes that are no thing
        self.given: set[int] = set()  # names given by acts
        self._renamed: dict[int, dict[Said, int]] = {}
        self._node_of: array[int] = array("I")
        self._organisations: dict[str, int] = {}
        self._organisation_of: array[int] = array("i")
        self._nodes: dict[Hashable, int] = {}
        self._said: dict[int, list[int]] = {}
        self._linked: dict[int, array[int]] = {}
        self._days: dict[str, array[int]] = {}
        self._numbers: dict[int, array[int]] = {}
        self._wholes: dict[str, array[int]] = {}
        self._sorted_wholes: list[str] = []
        self._identifiers: set[str] = set()
        self._sorted: dict[Kind, list[int]] = {each: [] for each in KINDS}
        self._fresh: dict[Kind, list[int]] = {each: [] for each in KINDS}
        self._fresh_wholes: list[str] = []
        self._named_at: dict[int, tuple[str, ...]] = {}
        self._withdrawn_phrases: dict[int, int] = {}

    # Entering

    def node(self, *key: Hashable) -> int:
        """Return the number of what is shared under a key, a new one the first time."""
        found = self._nodes.get(key)
        if found is None:
            found = self._new_node(key, None, (0, 0, 0, 0, ""))
            self.shared.add(found)
        return found

    def add(self, thing: Thing, *, place: int = 0) -> int:
        """Take in a thing; ``place`` orders those that nothing else does. Returns its node."""
        organisation = self._organisations.setdefault(thing.organisation, len(self._organisations))
        order = (KINDS.index(thing.kind), -thing.day, organisation, place, thing.id)
        node = self._new_node((thing.kind, thing.organisation, thing.id), thing, order)
        self.of_organisation.setdefault(thing.organisation, set()).add(node)
        self.of_kind[thing.kind].add(node)
        self._fresh[thing.kind].append(node)
        self._identifiers.add(thing.id)
        return node

    def _new_node(self, key: tuple[Hashable, ...], thing: Thing | None, order: Order) -> int:
        node = self._nodes[key] = len(self.things)
        self.things.append(thing)
        self.order.append(order)
        self._organisation_of.append(
            self._organisations.get(thing.organisation, -1) if thing else -1
        )
        return node

    def say(
        self,
        node: int,
        role: Role,
        text: str,
        language: str = "",
        *,
        manner: Manner = "name",
        since: int = ALWAYS,
    ) -> int:
        """Let a node be found by a text, unless the same is said of it already."""
        said = self._said.setdefault(node, [])
        phrase = Phrase(node, role, language, since)
        for each in said:
            if self.phrases[each] == phrase and self.lexicon.texts[each] == composed(text):
                return each
        self.phrases.append(phrase)
        self._node_of.append(node)
        number = self.lexicon.add(text, manner)
        said.append(number)
        if role != "note" and (manner != "text" or node in self.shared):
            self.naming.add(number)
        if role in NAMES:
            self.names.add(number)
            for folded in {whole(text), whole(unqualified(text))}:
                if folded not in self._wholes:
                    self._wholes[folded] = array("I")
                    self._fresh_wholes.append(folded)
                self._wholes[folded].append(number)
            if node in self.of_kind["organisation"]:
                self.organisation_names.add(whole(text))
        return number

    def say_in_languages(
        self,
        node: int,
        role: Role,
        texts: Mapping[str, str],
        *,
        manner: Manner = "name",
    ) -> None:
        """Let a node be found by a text in each language that has it."""
        for language, text in texts.items():
            self.say(node, role, text, language, manner=manner)

    def link(self, node: int, thing: int) -> None:
        """Let a thing be found by what is said of a node that it is about."""
        linked = self._linked.setdefault(node, array("I"))
        if not linked or linked[-1] != thing:
            linked.append(thing)

    def date(self, thing: int, day: PartialDate) -> None:
        """Let a thing be found by a day, and by its month and year."""
        written = day.first.isoformat()
        for length in (4, 7, 10):
            if day.last.isoformat()[:length] == written[:length]:
                days = self._days.setdefault(written[:length], array("I"))
                if not days or days[-1] != thing:
                    days.append(thing)

    def number(self, thing: int, numbers: set[int]) -> None:
        """Let an article be found by the numbers it has."""
        for each in numbers:
            self._numbers.setdefault(each, array("I")).append(thing)

    def name_at(self, node: int, *steps: str) -> None:
        """Say where an instrument is named; the first place counts."""
        self._named_at.setdefault(node, steps)

    def withdraw(self, node: int, at: int) -> None:
        """Let a thing no longer be found from a position on, because it reads otherwise then."""
        self.withdrawn[node] = at

    def rename(self, node: int, given: set[Said], at: int) -> None:
        """Let exactly these names, given by acts, count for a node from a position on."""
        said = self._renamed.setdefault(node, {})
        for each in sorted(given - said.keys()):
            role, language, text = each
            said[each] = self.say(node, role, text, language, since=at)
            self.given.add(said[each])
        for each in sorted(said.keys() - given):
            self._withdrawn_phrases[said.pop(each)] = at

    def settle(self) -> None:
        """Make what was entered findable by its beginning."""
        self.lexicon.settle()
        self._sorted_wholes = merged(self._sorted_wholes, self._fresh_wholes)
        self._fresh_wholes.clear()
        for kind, fresh in self._fresh.items():
            if fresh:
                self._sorted[kind] = merged(self._sorted[kind], fresh, self.order.__getitem__)
            fresh.clear()

    # Asking

    def known(self, *key: Hashable) -> int | None:
        """Return the node under a key, or ``None``."""
        return self._nodes.get(key)

    def said(self, node: int) -> list[int]:
        """Return the phrases said of a node."""
        return self._said.get(node, [])

    def nodes_of(self, phrases: set[int]) -> set[int]:
        """Return the nodes that phrases are said of."""
        return set(map(self._node_of.__getitem__, phrases))

    def identified(self, text: str) -> Iterator[int]:
        """Return the things with an identifier, of whatever kind and organisation."""
        for organisation in self._organisations if text in self._identifiers else ():
            for kind in KINDS:
                found = self._nodes.get((kind, organisation, text))
                if found is not None and self.things[found]:
                    yield found

    def called(self, text: str) -> set[int]:
        """Return the phrases that are exactly a folded text."""
        return set(self._wholes.get(text, ()))

    def beginning(self, text: str) -> set[int]:
        """Return the names that begin with a folded text."""
        if not text:
            return set()
        return set().union(
            *(self._wholes[each] for each in beginning_with(self._sorted_wholes, text))
        )

    def names_near(self, text: str, most: int) -> dict[str, str]:
        """Return names with the same first letters, as folded, and as written."""
        for length in (2, 1):
            folded = beginning_with(self._sorted_wholes, text[:length])
            if folded and text:
                return {each: self.lexicon.texts[self._wholes[each][0]] for each in folded[:most]}
        return {}

    def about(self, nodes: set[int]) -> set[int]:
        """Return what is linked to nodes."""
        return set().union(*(self._linked[each] for each in nodes & self._linked.keys()))

    def on(self, iso: str) -> set[int]:
        """Return the acts of a day, month or year."""
        return set(self._days.get(iso, ()))

    def numbered(self, number: int) -> set[int]:
        """Return the articles with a number."""
        return set(self._numbers.get(number, ()))

    def in_order(self, things: set[int]) -> Iterator[int]:
        """Return things in the order in which equals are shown: by kind, the newest acts first."""
        for kind in KINDS:
            chosen = things & self.of_kind[kind]
            if len(chosen) < _MANY:
                yield from sorted(chosen, key=self.order.__getitem__)
            else:
                yield from (each for each in self._sorted[kind] if each in chosen)

    def by_organisation(self, things: set[int]) -> dict[str, int]:
        """Return how many of some things each organisation has, in the order of the register."""
        counts = Counter(map(self._organisation_of.__getitem__, things))
        return {each: counts[at] for each, at in self._organisations.items() if counts[at]}

    def named_at(self, node: int) -> tuple[str, ...]:
        """Return the steps to the first article or act of an instrument, if there is one."""
        return self._named_at.get(node, ())

    def holds(self, node: int, known: Mapping[str, int]) -> bool:
        """Whether a thing is in the record when so many acts of each organisation are known."""
        thing = self.things[node]
        if thing is None:
            return True
        count = known.get(thing.organisation, 0)
        return thing.since < count and count <= self.withdrawn.get(node, count)

    def counts(self, phrase: int, known: Mapping[str, int]) -> bool:
        """Whether a phrase is said when so many acts of each organisation are known."""
        said = self.phrases[phrase]
        thing = self.things[said.node]
        if thing is None:
            return True
        count = known.get(thing.organisation, 0)
        return said.since < count and count <= self._withdrawn_phrases.get(phrase, count)
