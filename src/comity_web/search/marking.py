"""Where in a text the words of a question stand, and the passage to show of a long text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity_web.search.finding import Evidence
from comity_web.search.folding import Piece, composed, pieces
from comity_web.search.lexicon import BEGUN
from comity_web.search.reading import Word
from comity_web.search.results import Marked

Range = tuple[int, int]
_LONGEST_LABEL, _LONGEST, _BEFORE = 200, 160, 50


def marked(
    text: str, evidence: Iterable[Evidence], language: str = "", also: Iterable[Range] = ()
) -> Marked:
    """Return a text with the places of all words of a question, and others, marked."""
    whole = composed(text)
    found = [*also, *(each for part in evidence for each in _ranges(whole, part))]
    return Marked(whole, tuple(_joined(found)), language)


def says(text: str, evidence: Evidence) -> bool:
    """Whether a part of a question stands in a text."""
    return next(_ranges(composed(text), evidence), None) is not None


def _ranges(text: str, evidence: Evidence) -> Iterator[Range]:
    for piece in pieces(text):
        distance = evidence.distance(piece)
        if distance is not None:
            yield from _in_piece(piece, distance, evidence)


def _in_piece(piece: Piece, distance: int, evidence: Evidence) -> Iterator[Range]:
    """Mark what was typed of a word that is only begun, and every run of Han characters."""
    word = evidence.part
    as_it_stands = len(piece.text) == piece.end - piece.start
    if distance != BEGUN or not isinstance(word, Word) or not as_it_stands:
        yield piece.start, piece.end
        return
    at = piece.text.find(word.text)
    while at >= 0:
        yield piece.start + at, piece.start + at + len(word.text)
        at = piece.text.find(word.text, at + len(word.text)) if piece.han else -1


def _joined(ranges: Iterable[Range]) -> Iterator[Range]:
    """Put ranges in order, and those that overlap or touch together."""
    last: Range | None = None
    for start, end in sorted(ranges):
        if last and start <= last[1]:
            last = (last[0], max(end, last[1]))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last


def shortened(label: str) -> str:
    """Return a label without the end that would make it too long for a line or two."""
    if len(label) <= _LONGEST_LABEL:
        return label
    return label[: _word_boundary(label, _LONGEST_LABEL - 20)].rstrip() + " …"


def passage(whole: Marked) -> Marked:
    """Return the part of a long text around the first place that is marked."""
    if len(whole.text) <= _LONGEST:
        return whole
    first = whole.ranges[0][0] if whole.ranges and whole.ranges[0][1] > _LONGEST else 0
    start = _word_boundary(whole.text, max(0, min(first - _BEFORE, len(whole.text) - _LONGEST)))
    end = _word_boundary(whole.text, min(len(whole.text), start + _LONGEST))
    before, after = "… " if start else "", " …" if end < len(whole.text) else ""
    shift = len(before) - start
    ranges = tuple(
        (max(start, one) + shift, min(end, other) + shift)
        for one, other in whole.ranges
        if one < end and other > start
    )
    return Marked(before + whole.text[start:end].strip() + after, ranges, whole.language)


def _word_boundary(text: str, near: int) -> int:
    """Return the next place where a word begins; where none is near, as in Chinese, this one."""
    blank = text.find(" ", near, near + 20)
    return blank + 1 if near and blank >= 0 else near
