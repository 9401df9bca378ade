"""What else could be asked where nothing is found: fewer words, or the nearest names."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from comity_web.search.finding import find
from comity_web.search.folding import pieces
from comity_web.search.index import Index
from comity_web.search.reading import Part, Sought, Word, read
from comity_web.search.results import Suggestion

_MOST, _MOST_COMPARED, _MOST_LEFT_OUT = 3, 300, 6
_ALIKE = 0.6


def suggestions(index: Index, sought: Sought, known: Mapping[str, int]) -> tuple[Suggestion, ...]:
    """Return other questions that do find something, each with how much."""
    texts = dict.fromkeys([*_fewer_words(index, sought, known), *_near_names(index, sought)])
    found = (Suggestion(text, len(find(index, read(text), known).every)) for text in texts)
    return tuple([each for each in found if each.total][:_MOST])


def _fewer_words(index: Index, sought: Sought, known: Mapping[str, int]) -> Iterator[str]:
    """Leave out the words that stand nowhere; where each stands somewhere, one after another."""
    parts = sought.parts[:_MOST_LEFT_OUT]
    lost = [each for each in parts if not find(index, sought.only(each), known).every]
    if lost:
        yield _without(sought.text, lost)
    else:
        yield from (_without(sought.text, [each]) for each in parts)


def _without(text: str, parts: list[Part]) -> str:
    left_out = {each.text for each in parts if isinstance(each, Word)}
    kept = [text[each.start : each.end] for each in pieces(text) if each.text not in left_out]
    return " ".join(kept) if left_out else ""


def _near_names(index: Index, sought: Sought) -> Iterator[str]:
    names = index.names_near(sought.whole, _MOST_COMPARED)
    for each in difflib.get_close_matches(sought.whole, names, n=_MOST, cutoff=_ALIKE):
        yield names[each]
