"""The acts of a record by what they are about: chosen, counted, put in order.

An index answers for one moment of knowledge. What acts have in common is one integer, bit *n* for
the act recorded as the *n*-th, so that choosing among ten thousand is a few operations.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Literal

from comity.kernel.act import Act
from comity.register.kinds import KINDS, REVISING
from comity.register.register import OrganisationRecord

FACETS = ("kind", "party", "body", "article", "confidence", "source", "year")
"""By what acts are counted; an act may have several values of one, or none."""

Term = tuple[str, str]
"""What an act names: ``("party", "BY")``, ``("office", "chair")``."""

# What a field holds, and as what an act is found by it.
_NAMED = {
    "party": "party",
    "parties": "party",
    "status": "status",
    "statuses": "status",
    "body": "body",
    "office": "office",
    "instrument": "instrument",
    "territory": "territory",
    "rights": "right",
    "act": "act",
}
_COMBINING = re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for: a value of each facet named, a period of effect, words.

    An act whose day is known only to the month or year is in every period that it may be in.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """Where words are looked for: in an act itself, and in the names of what it names."""

    of_act: Callable[[Act], str]
    of_term: Callable[[Term], str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The acts that were asked for; ``counts`` say how many there are of each value of a facet.

    The counts of a facet leave aside what is asked of that facet itself: they are what another
    choice would bring.
    """

    mask: int
    counts: Mapping[str, Mapping[str, int]]

    @property
    def total(self) -> int:
        """How many acts were chosen."""
        return self.mask.bit_count()


class Index:
    """The first acts of a record as they read at a moment of knowledge, by what they name."""

    def __init__(self, texts: Texts) -> None:
        self.acts: list[Act] = []
        self._texts = texts
        self._own: list[str] = []
        self._positions: dict[str, int] = {}
        self._masks: dict[Term, int] = {}
        self._by_effect: Sequence[int] = ()
        self._words: dict[Term, str] = {}

    def grown(self, record: OrganisationRecord, known: int) -> Index:
        """Return an index of the first ``known`` acts, which are more than this one has."""
        grown = Index(self._texts)
        grown.acts, grown._own = [*self.acts], [*self._own]
        grown._positions, grown._masks = {**self._positions}, {**self._masks}
        grown._take_in(record, known)
        return grown

    def _take_in(self, record: OrganisationRecord, known: int) -> None:
        start = len(self.acts)
        fresh = record.acts[start:known]
        self.acts += fresh
        self._own += [""] * len(fresh)
        self._positions |= {act.id: start + number for number, act in enumerate(fresh)}
        reread = sorted(each for each in set(self._revised(fresh)) if each < start)
        self._forget(reread)
        found: dict[Term, list[int]] = {}
        for number in (*reread, *range(start, known)):
            act = record.act(self.acts[number].id, known=known)
            self.acts[number] = act
            self._own[number] = folded(self._texts.of_act(act))
            for term in set(self._terms(act, record)):
                found.setdefault(term, []).append(number)
        for term, numbers in found.items():
            self._masks[term] = self._masks.get(term, 0) | _mask(numbers, known)
        days = [(act.effective_on.first, act.effective_on.last, act.id) for act in self.acts]
        self._by_effect = sorted(range(known), key=days.__getitem__)

    def _revised(self, acts: Iterable[Act]) -> Iterator[int]:
        """Yield the places of acts that read otherwise by these."""
        for act in acts:
            while act.kind in REVISING and act.detail("act") in self._positions:
                place = self._positions[act.detail("act")]
                yield place
                act = self.acts[place]

    def _forget(self, numbers: Iterable[int]) -> None:
        gone = _mask(numbers, len(self.acts))
        if gone:
            self._masks = {term: mask & ~gone for term, mask in self._masks.items()}

    def _terms(self, act: Act, record: OrganisationRecord) -> Iterator[Term]:
        """Yield what an act names; a revision names the parties of what it revises as well."""
        yield "kind", act.kind
        yield "confidence", act.confidence
        yield "year", str(act.effective_on.first.year)
        yield from (("body", each) for each in (act.authority.body,) if each)
        yield from (("article", each) for each in (act.authority.article,) if each)
        yield from (("source", each) for each in act.sources)
        yield from (("source", each) for other in act.alternatives for each in other.sources)
        yield from (("party", record.aliases.get(each, each)) for each in act.parties)
        for declared in KINDS[act.kind].fields:
            name = _NAMED.get(declared.holds)
            named = act.listed(declared.name) if name else ()
            yield from ((str(name), record.aliases.get(each, each)) for each in named)
        if act.kind in REVISING:
            yield from (("party", each) for each in self._parties_revised(act, record))

    def _parties_revised(self, act: Act, record: OrganisationRecord) -> Iterator[str]:
        """Yield whom the act that is revised was recorded of, and of whom it is from now on."""
        changes = act.details.get("changes")
        named = changes.get("parties") if isinstance(changes, Mapping) else ()
        codes = [each for place in self._revised([act]) for each in record.acts[place].parties]
        codes += [str(each) for each in named] if isinstance(named, list | tuple) else []
        yield from (record.aliases.get(each, each) for each in codes)

    def choose(self, wanted: Wanted) -> Chosen:
        """Return the acts that have everything that is wanted, and how they divide."""
        every = (1 << len(self.acts)) - 1
        common = reduce(and_, map(self._with_word, wanted.words), every) & self._within(wanted)
        asked = {name: self._masks.get((name, value), 0) for name, value in wanted.values.items()}
        counts: dict[str, dict[str, int]] = {each: {} for each in FACETS}
        beside = {
            facet: reduce(and_, (mask for name, mask in asked.items() if name != facet), common)
            for facet in FACETS
        }
        for (name, value), mask in self._masks.items():
            if name in beside and (number := (mask & beside[name]).bit_count()):
                counts[name][value] = number
        return Chosen(reduce(and_, asked.values(), common), counts)

    def _within(self, wanted: Wanted) -> int:
        start, end = wanted.start or date.min, wanted.end or date.max
        if (start, end) == (date.min, date.max):
            return -1
        days = enumerate(act.effective_on for act in self.acts)
        within = (number for number, day in days if day.first <= end and day.last >= start)
        return _mask(within, len(self.acts))

    def _with_word(self, word: str) -> int:
        sought = folded(word)
        own = (number for number, text in enumerate(self._own) if sought in text)
        named = (mask for term, mask in self._masks.items() if sought in self._words_of(term))
        return reduce(or_, named, _mask(own, len(self.acts)))

    def _words_of(self, term: Term) -> str:
        if term not in self._words:
            self._words[term] = folded(self._texts.of_term(term))
        return self._words[term]

    def in_order(self, chosen: Chosen, *, by: Literal["effect", "entry"]) -> list[int]:
        """Return the places of the acts chosen, the first to take effect or to be entered first."""
        bits = f"{chosen.mask:0{len(self.acts)}b}"[::-1]
        order = self._by_effect if by == "effect" else range(len(self.acts))
        return [each for each in order if bits[each] == "1"]


def folded(text: str) -> str:
    """Return text as it is compared: case and accents do not count, in Russian ``ё`` is ``е``.

    >>> folded("Ёлка") == folded("ЕЛКА"), folded("Türkiye")
    (True, 'turkiye')
    """
    plain = text.casefold()
    return plain if plain.isascii() else _COMBINING.sub("", unicodedata.normalize("NFKD", plain))


def _mask(numbers: Iterable[int], size: int) -> int:
    """Return an integer with these bits set; ``size`` is more than the highest of them."""
    octets = bytearray(size // 8 + 1)
    for number in numbers:
        octets[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(octets, "little")
