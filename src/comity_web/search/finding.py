"""Which things a question finds, and in which order.

``docs/reference/algorithms/search.md`` is the rule for this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from comity_web.search.folding import Piece, pieces, unqualified
from comity_web.search.index import Index
from comity_web.search.lexicon import (
    AS_WRITTEN,
    BEGUN,
    BEGUN_IN_LATIN,
    HEARD,
    HEARD_BEGUN,
    SURE,
    TRANSLITERATED,
    Term,
    terms_of,
)
from comity_web.search.reading import SMALL, ArticleNumber, Day, Part, Sought, Word

# How well a name answers; what is not called so but holds all words somewhere comes after.
CALLED, BEGINS, HAS_ALL = range(3)
IDENTICAL = -1
Rank = tuple[int, int]
"""How well a name answers, and how near its words are to those asked for."""
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one part of a question found: phrases, the nodes about them, and by which terms.

    ``told`` are the nodes that the part itself names, or that are about what it names; ``sure``
    those too that mention it; ``every`` those too that mention what it may be the beginning of.
    ``named`` are the nodes that it, or what it begins, is a name of or part of one;
    ``organisations`` those that it is a whole name of.
    """

    part: Part
    told: set[int]
    sure: set[int]
    every: set[int]
    named: set[int] = field(default_factory=set)
    phrases: set[int] = field(default_factory=set)
    terms: Mapping[Term, int] = field(default_factory=dict)
    organisations: frozenset[str] = frozenset()

    def distance(self, piece: Piece) -> int | None:
        """Return how near a piece of a text is to the part, or ``None`` if it is another word."""
        word = self.part.word if isinstance(self.part, Day) else self.part
        if not isinstance(word, Word):
            return None
        if word.han and piece.han and word.text in piece.text:
            return AS_WRITTEN if word.text == piece.text else BEGUN
        near = self.terms.keys() & terms_of(piece.text, piece.han)
        return min((self.terms[each] for each in near), default=None)

    @property
    def only_near(self) -> bool:
        """Whether no name holds the part as it was written, begun or in other letters."""
        return bool(self.terms) and min(self.terms.values()) >= HEARD


@dataclass(frozen=True, slots=True)
class Named:
    """A thing found by what it is called, and by which phrase; none where by its identifier."""

    rank: Rank
    phrase: int | None


@dataclass(frozen=True)
class Found:
    """All that a question finds: things by name, and things that hold all words somewhere.

    ``others`` are the latter, those first that say the words in what they are about.
    """

    index: Index
    sought: Sought
    evidence: tuple[Evidence, ...]
    named: Mapping[int, Named]
    others: tuple[set[int], ...]

    @cached_property
    def every(self) -> set[int]:
        """All things found."""
        return set(self.named).union(*self.others)

    def within(self, things: set[int]) -> Found:
        """Return what is found among some things only."""
        named = {node: each for node, each in self.named.items() if node in things}
        others = tuple(each & things for each in self.others)
        return Found(self.index, self.sought, self.evidence, named, others)

    def first(self, count: int, preferred: set[int]) -> list[int]:
        """Return the first things in order; of equals the ``preferred`` ones come first."""
        return list(islice(self._in_order(preferred), count))

    def _in_order(self, preferred: set[int]) -> Iterator[int]:
        order = self.index.order
        yield from sorted(
            self.named,
            key=lambda node: (self.named[node].rank, node not in preferred, order[node]),
        )
        for group in self.others:
            ours = group & preferred
            yield from self.index.in_order(ours)
            yield from self.index.in_order(group - ours if ours else group)


def find(index: Index, sought: Sought, known: Mapping[str, int]) -> Found:
    """Return all that holds every part of a question, when so many acts of each are known."""
    record = _Record(index, known)
    parts = tuple(part for each in sought.parts for part in _cut(index, each))
    evidence = tuple(_evidence(record, each) for each in parts)
    named = {node: each for node, each in _named(record, sought, evidence) if record.has(node)}
    found = set(named)
    others: list[set[int]] = []
    titles = index.nodes_of(record.saying(index.beginning(sought.whole)))
    for nodes in zip(*((each.told, each.sure, each.every) for each in evidence), strict=True):
        together = _holding_all(index, evidence, nodes)
        # What the title of a source begins with is mentioned by it.
        group = record.having(together | titles if others else together) - found
        found |= group
        others.append(group)
    return Found(index, sought, evidence, named, tuple(others))


@dataclass(frozen=True, slots=True)
class _Record:
    """The record as it was known at a moment."""

    index: Index
    known: Mapping[str, int]

    def has(self, node: int) -> bool:
        return self.index.things[node] is not None and self.index.holds(node, self.known)

    def having(self, nodes: set[int]) -> set[int]:
        """Take out what was not in the record, and what only other things share."""
        if any(self.known.get(each, 0) < count for each, count in self.index.reaching.items()):
            return {each for each in nodes if self.has(each)}
        gone = [each for each in list(self.index.withdrawn) if not self.has(each)]
        nodes.difference_update(gone, self.index.shared)
        return nodes

    def saying(self, phrases: set[int]) -> set[int]:
        """Leave out the names that were not given by then, or no longer."""
        index = self.index
        return phrases - {e for e in phrases & index.given if not index.counts(e, self.known)}


def _cut(index: Index, part: Part) -> Iterator[Part]:
    """Cut a run of Han characters after the name of an organisation, or into what stands anywhere.

    Where blanks are not written, nothing else says where a word ends.
    """
    if not isinstance(part, Word) or not part.han:
        yield part
        return
    ends = range(len(part.text) - 1, 1, -1)
    end = next((each for each in ends if part.text[:each] in index.organisation_names), 0)
    if end:
        yield Word(part.text[:end], han=True)
    rest = part.text[end:]
    runs = (rest,) if index.lexicon.with_run(rest) else index.lexicon.runs(rest)
    yield from (Word(each, han=True) for each in runs if each not in SMALL)


# What one part finds


def _evidence(record: _Record, part: Part) -> Evidence:
    if isinstance(part, Word):
        return _of_word(record, part, part)
    if isinstance(part, ArticleNumber):
        articles = record.index.numbered(part.value)
        return Evidence(part, articles, articles, articles)
    acts = record.index.on(part.iso)
    if part.word is None:
        return Evidence(part, acts, acts, acts)
    written = _of_word(record, part.word, part)
    told, sure, every = (acts | each for each in (written.told, written.sure, written.every))
    return Evidence(part, told, sure, every, written.named, written.phrases, written.terms)


def _of_word(record: _Record, word: Word, part: Part) -> Evidence:
    index = record.index
    terms = {} if word.han else index.lexicon.terms(word)
    sure, every = _phrases(record, word, terms)
    named, told, mentioned = _nodes(index, sure)
    begun = mentioned
    if len(sure) < len(every):
        named, _, begun = _nodes(index, every)
    organisations = _organisations_called(index, word)
    return Evidence(part, told, mentioned, begun, named, every, terms, organisations)


def _nodes(index: Index, phrases: set[int]) -> tuple[set[int], set[int], set[int]]:
    """Return the nodes that phrases name; those with what is about them; those and all the others.

    What only mentions a word, such as a note on a body, does not make the acts of that body speak
    of it.
    """
    named = index.nodes_of(phrases & index.naming)
    told = named | index.about(named)
    return named, told, told | index.nodes_of(phrases)


def _phrases(record: _Record, word: Word, terms: Mapping[Term, int]) -> tuple[set[int], set[int]]:
    """Return the phrases that hold a word, and those too that hold what it may begin."""
    index = record.index
    if word.han:
        found = record.saying(index.lexicon.with_run(word.text))
        return found, found
    sure = record.saying(index.lexicon.phrases(e for e in terms if terms[e] <= SURE))
    others = record.saying(index.lexicon.phrases(e for e in terms if terms[e] > SURE))
    if word.last and len(word.text) <= _SHORT:
        others &= index.names  # so little is the beginning of a word of nearly every text
    return sure or others, sure | others


def _organisations_called(index: Index, word: Word) -> frozenset[str]:
    things = (index.things[node] for node in index.nodes_of(index.called(word.text)))
    return frozenset(e.organisation for e in things if e and e.kind == "organisation")


# What all parts find together


def _holding_all(
    index: Index, evidence: tuple[Evidence, ...], found: Sequence[set[int]]
) -> set[int]:
    """Return what holds every part, itself or, for the name of an organisation, by belonging to it.

    At least one part has to be found in the thing itself.
    """
    if not found:
        return set()
    widened = [
        nodes.union(*(index.of_organisation[name] for name in each.organisations))
        for nodes, each in zip(found, evidence, strict=True)
    ]
    together = set.intersection(*sorted(widened, key=len))
    if any(each.organisations for each in evidence):
        together &= set().union(*found)
    return together


def _named(
    record: _Record, sought: Sought, evidence: tuple[Evidence, ...]
) -> Iterator[tuple[int, Named]]:
    """Return the things of which one name holds all parts, each by its best name."""
    index = record.index
    best: dict[int, Named] = {
        node: Named((CALLED, IDENTICAL), None) for node in index.identified(sought.text)
    }
    for phrase, rank in _ranked(record, sought, evidence):
        node = index.phrases[phrase].node
        # The title of a source says what it is about; only as a whole is it a name.
        counts = rank[0] == CALLED or node not in index.of_kind["source"]
        if counts and (node not in best or rank <= best[node].rank):
            best[node] = Named(rank, phrase)
    yield from best.items()


def _ranked(
    record: _Record, sought: Sought, evidence: tuple[Evidence, ...]
) -> Iterator[tuple[int, Rank]]:
    index = record.index
    called, begun = index.called(sought.whole), index.beginning(sought.whole)
    for phrase in sorted(record.saying(begun), reverse=True):
        same = index.lexicon.texts[phrase].casefold() == sought.text.casefold()
        distance = IDENTICAL if same else AS_WRITTEN
        yield phrase, (CALLED if phrase in called else BEGINS, distance)
    if sought.whole and sought.whole.isascii():
        for phrase in sorted(record.saying(index.lexicon.in_pinyin(sought.whole) & index.names)):
            yield phrase, (HAS_ALL, TRANSLITERATED)
    holding = [each.phrases for each in evidence]
    together = set.intersection(*holding) & index.names if holding else set()
    for phrase in sorted(together - begun, reverse=True):
        rank = rank_of(index.lexicon.texts[phrase], evidence)
        if rank is not None:
            yield phrase, rank


def rank_of(text: str, evidence: tuple[Evidence, ...]) -> Rank | None:
    """Return how well a name that holds all words answers; ``None`` if it does not after all."""
    telling = [each for each in pieces(text) if each.text not in SMALL]
    needed = [each for each in pieces(unqualified(text)) if each.text not in SMALL]
    table = [[each.distance(piece) for piece in telling] for each in evidence]
    nearest = [_least(row) for row in table]
    if any(each is None for each in nearest):
        return None
    in_order = [row[at] if at < len(row) else None for at, row in enumerate(table)]
    if any(each is None for each in in_order):
        return HAS_ALL, _most(nearest)
    whole = len(needed) <= len(table) and _UNFINISHED.isdisjoint(in_order)
    return CALLED if whole else BEGINS, _most(in_order)


_UNFINISHED = frozenset({BEGUN, BEGUN_IN_LATIN, HEARD_BEGUN})


def _least(distances: Iterable[int | None]) -> int | None:
    return min((each for each in distances if each is not None), default=None)


def _most(distances: Iterable[int | None]) -> int:
    return max(each or AS_WRITTEN for each in distances)
