"""Which phrases hold a word: as written, inflected, transliterated, begun, heard or mistyped.

A phrase is a name or text of the register in one language; here it is a number and its text. What
a piece of a phrase is compared as is a *term*; words find terms, and terms find phrases. Lists only
grow, so that who reads while more is added knows all of a phrase or nothing of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Literal

from comity_web.search.folding import Piece, composed, latin, pieces, sound, stems, syllables
from comity_web.search.ordering import backwards, beginning_with, merged
from comity_web.search.reading import SMALL, Word

Level = Literal["word", "code", "stem", "latin", "sound", "han"]
Term = tuple[Level, str]
Manner = Literal["name", "text", "code"]
"""How a phrase is compared: in every way; by words and stems only; as it stands only."""

# How near a term is to the word asked for; up to `SURE` it is the word itself.
AS_WRITTEN, INFLECTED, TRANSLITERATED, BEGUN, BEGUN_IN_LATIN, HEARD, HEARD_BEGUN, MISTYPED = range(
    8
)
SURE = TRANSLITERATED
_SHORTEST_MISTYPED = 5
_SHORTEST_HEARD = 4  # to be found by its beginning
_LONGEST_PINYIN = 8
_LEVELS: tuple[Level, ...] = ("word", "code", "stem", "latin", "sound", "han")
_NONE: array[int] = array("I")


class Lexicon:
    """Terms, and the phrases they stand in."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._phrases: dict[Level, dict[str, array[int]]] = {each: {} for each in _LEVELS}
        self._sorted: dict[Level, list[str]] = {each: [] for each in _LEVELS}
        self._fresh: dict[Level, list[str]] = {each: [] for each in _LEVELS}
        self._backwards: dict[Level, list[str]] = {"word": [], "stem": []}
        self._lists: dict[tuple[str, Manner], list[array[int]]] = {}  # of all terms of a piece

    # Adding

    def add(self, text: str, manner: Manner) -> int:
        """Take in a phrase and return its number; it is found once `settle` was called."""
        phrase = len(self.texts)
        self.texts.append(composed(text))
        for piece in pieces(self.texts[phrase]):
            for found in self._lists.get((piece.text, manner)) or self._lists_of(piece, manner):
                if not found or found[-1] != phrase:
                    found.append(phrase)
        return phrase

    def _lists_of(self, piece: Piece, manner: Manner) -> list[array[int]]:
        terms = dict.fromkeys(_terms(piece.text, piece.han, manner))
        for level, key in terms:
            if key not in self._phrases[level]:
                self._phrases[level][key] = array("I")
                self._fresh[level].append(key)
        lists = [self._phrases[level][key] for level, key in terms]
        return self._lists.setdefault((piece.text, manner), lists)

    def settle(self) -> None:
        """Put what was added in order, for words that are only begun or mistyped."""
        for level, fresh in self._fresh.items():
            if fresh:
                self._sorted[level] = merged(self._sorted[level], fresh)
            if fresh and level in self._backwards:
                self._backwards[level] = merged(self._backwards[level], backwards(fresh))
            fresh.clear()

    # Finding

    def phrases(self, terms: Iterable[Term]) -> set[int]:
        """Return the phrases in which any of the terms stands."""
        return set().union(*(self._phrases[level].get(key, _NONE) for level, key in terms))

    def with_run(self, run: str) -> set[int]:
        """Return the phrases in which a run of Han characters stands as it is."""
        keys = [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]
        lists = sorted((self._phrases["han"].get(each, _NONE) for each in set(keys)), key=len)
        found = set(lists[0]).intersection(*lists[1:])
        if len(run) <= 2:
            return found
        return {each for each in found if any(run in p.text for p in pieces(self.texts[each]))}

    def in_pinyin(self, text: str) -> set[int]:
        """Return the phrases in which Han characters read like a text without its blanks."""
        return set(self._phrases["latin"].get(text.replace(" ", ""), _NONE))

    def runs(self, run: str) -> tuple[str, ...]:
        """Cut a run into the longest parts that the register holds, from its beginning."""
        parts = []
        while run:
            length = 1
            while length < len(run) and self.with_run(run[: length + 1]):
                length += 1
            parts.append(run[:length])
            run = run[length:]
        return tuple(parts)

    def terms(self, word: Word) -> dict[Term, int]:
        """Return the terms that a word finds, and how near each is.

        What is farther is looked for only where nothing nearer is there. A word that says nothing
        is taken for a code, if it is one.
        """
        if word.text in SMALL and word.text in self._phrases["code"]:
            return {("code", word.text): AS_WRITTEN}
        attempts: tuple[Callable[[str], dict[Term, int]], ...] = (
            self._written_or_begun if word.last else self._written,
            self._begun,
            self._heard,
            self._mistyped,
        )
        for attempt in attempts:
            found = attempt(word.text)
            if found:
                return found
        return {}

    def _there(self, terms: Iterable[tuple[Term, int]]) -> dict[Term, int]:
        """Leave out what the register does not hold; of a term twice the nearest counts."""
        found: dict[Term, int] = {}
        for term, distance in terms:
            if term[1] in self._phrases[term[0]]:
                found[term] = min(distance, found.get(term, distance))
        return found

    def _written(self, word: str) -> dict[Term, int]:
        in_latin = latin(word) if len(word) > 1 else word
        sought: list[tuple[Term, int]] = [
            (("word", word), AS_WRITTEN),
            (("code", word), AS_WRITTEN),
            *((("stem", each), INFLECTED) for each in stems(word)),
            (("latin", in_latin), TRANSLITERATED),
            (("word", in_latin), TRANSLITERATED),
        ]
        return self._there(sought)

    def _written_or_begun(self, word: str) -> dict[Term, int]:
        return {**self._begun(word), **self._written(word)}

    def _begun(self, word: str) -> dict[Term, int]:
        if word.isdigit():
            return {}
        found: dict[Term, int] = {}
        if len(latin(word)) >= _SHORTEST_HEARD:
            found |= {("latin", each): BEGUN_IN_LATIN for each in self._from("latin", latin(word))}
        found |= {("word", each): BEGUN for each in self._from("word", word)}
        return found

    def _heard(self, word: str) -> dict[Term, int]:
        heard = {sound(latin(each)) for each in (word, *stems(word))}
        found: dict[Term, int] = {}
        for key in heard:
            if len(key) >= _SHORTEST_HEARD:
                found |= {("sound", each): HEARD_BEGUN for each in self._from("sound", key)}
        exact = self._there((("sound", key), HEARD) for key in heard if len(key) > 2)
        return exact or found

    def _mistyped(self, word: str) -> dict[Term, int]:
        if len(word) < _SHORTEST_MISTYPED or not word.isalpha():
            return {}
        written: list[tuple[Level, str]] = [("word", word), *(("stem", e) for e in stems(word))]
        return {
            (level, near): MISTYPED
            for level, text in written
            for near in self._near(level, text)
            if one_letter_apart(text, near)
        }

    def _near(self, level: Level, text: str) -> set[str]:
        """Return what has the same beginning or the same end: one letter spoils only one."""
        kept = max(1, (len(text) - 1) // 2)
        same_beginning = self._from(level, text[:kept])
        same_end = beginning_with(self._backwards[level], text[: -kept - 1 : -1])
        return {*same_beginning, *backwards(same_end)}

    def _from(self, level: Level, beginning: str) -> list[str]:
        return beginning_with(self._sorted[level], beginning)


@lru_cache(maxsize=65536)
def terms_of(text: str, han: bool = False) -> frozenset[Term]:
    """Return all that a piece of a text can be found as."""
    return frozenset([*_terms(text, han, "name"), ("code", text)])


def _terms(text: str, han: bool, manner: Manner) -> Iterator[Term]:
    if han:
        yield from _han_terms(text, manner)
    elif manner == "code":
        yield "code", text
    else:
        yield "word", text
        yield from (("stem", each) for each in stems(text))
        if manner == "name" and len(text) > 1 and not text.isdigit():
            yield from _heard_as(text, latin(text))


def _heard_as(text: str, in_latin: str) -> Iterator[Term]:
    if in_latin:
        yield "sound", sound(in_latin)
        if in_latin != text:
            yield "latin", in_latin


def _han_terms(run: str, manner: Manner) -> Iterator[Term]:
    yield from (("han", each) for each in run)
    yield from (("han", run[at : at + 2]) for at in range(len(run) - 1))
    if manner == "name":
        read = syllables(run)
        for at in range(max(1, len(read) - 1)):
            yield "latin", "".join(read[at : at + _LONGEST_PINYIN])


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or another, or two letters changed about, is the difference.

    >>> [one_letter_apart("belarus", each) for each in ("belrus", "belaruss", "bealrus", "blrus")]
    [True, True, True, False]
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest[1:] == other_rest
        or rest == other_rest[1:]
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )
