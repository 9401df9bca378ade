"""What a reader asks for: words, days and numbers of articles, read from one line of text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from comity.kernel.errors import DataError, Fault
from comity.wording.catalogue import LANGUAGES, catalogue
from comity_web.search.folding import Piece, composed, fold, pieces, whole
from comity_web.search.numerals import HAN_DIGITS, number

MOST_CHARACTERS, MOST_WORDS = 200, 30

# Words that say nothing alone; where nothing else is asked they count ("IN" is India's code).
SMALL = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to"}
    | {"с", "со", "в", "во", "и", "к", "ко", "на", "о", "об", "от", "по", "до", "для", "из", "у"}
    | {"за", "или", "г", "года", "году", "的", "和", "与", "及"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared; the ``last`` one may be the beginning of a longer one."""

    text: str
    han: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as the beginning of a date in ISO 8601; a year alone is a word too."""

    iso: str
    word: Word | None = None


@dataclass(frozen=True, slots=True)
class ArticleNumber:
    """The number of an article, named as one."""

    value: int


Part = Word | Day | ArticleNumber


@dataclass(frozen=True, slots=True)
class Sought:
    """All that is asked for: every part has to be found. ``whole`` is the text as compared."""

    text: str
    whole: str
    parts: tuple[Part, ...]

    def only(self, part: Part) -> Sought:
        """Return the question for one part alone."""
        return Sought("", "", (part,))


class QueryTooLong(DataError):
    """A question of more characters or words than are looked for."""


def read(text: str) -> Sought:
    """Read a question; raises `QueryTooLong`.

    >>> read("Индия, 9 июня 2017").parts
    (Word(text='индия', han=False, last=False), Day(iso='2017-06-09', word=None))
    """
    if len(text) > MOST_CHARACTERS:
        found, most = f"{len(text)} characters", f"at most {MOST_CHARACTERS} characters"
        raise QueryTooLong(Fault("too_long", found, most))
    asked = " ".join(composed(text).split())
    rest, dates = _take_dates(unicodedata.normalize("NFKC", asked))
    rest, articles = _take_articles(rest)
    words = _words(rest, alone=not (dates or articles))
    parts: tuple[Part, ...] = (*articles, *words, *dates)
    if len(parts) > MOST_WORDS:
        found, most = f"{len(parts)} words", f"at most {MOST_WORDS} words"
        raise QueryTooLong(Fault("too_many_words", found, most))
    return Sought(asked, whole(asked), parts)


_GAP = "\n"  # where a date or a number of an article stood; no question holds one


def _words(text: str, *, alone: bool) -> tuple[Word, ...]:
    """Return the words that say something; where they are ``alone`` at least one has to."""
    rest = composed(text)
    every = pieces(rest)
    telling = [each for each in every if each.text not in SMALL] or list(every if alone else ())
    ended = rest.rfind(_GAP)  # a word before a date is not being typed any more
    several = len(telling) > 1 or not alone

    def is_begun(each: Piece) -> bool:
        return each is every[-1] and each.end > ended and (several or len(each.text) > 1)

    return tuple(dict.fromkeys(Word(e.text, e.han, is_begun(e)) for e in telling))


# Dates

_MONTH = r"(?P<month>[^\W\d_]{3,})\.?"
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_NUMERAL = f"(?:[0-9]{{1,4}}|[{HAN_DIGITS}]{{1,4}})"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d-]){_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?!\d)",
        rf"(?<![\d-]){_YEAR}-(?P<month>\d{{2}})(?![\d-])",
        rf"(?<![\d.]){_DAY}\.(?P<month>\d{{1,2}})\.{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}\s+{_MONTH}\s+{_YEAR}(?!\d)",
        rf"(?<![^\W_]){_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)",
        rf"(?<![^\W_]){_MONTH}\s+{_YEAR}(?!\d)",
        f"(?P<year>{_NUMERAL})年(?:(?P<month>{_NUMERAL})月(?:(?P<day>{_NUMERAL})[日号])?)?",
        rf"(?<![\w-]){_YEAR}(?![\w-])",
    )
)


def _take_dates(text: str) -> tuple[str, tuple[Day, ...]]:
    """Return a text without its dates, and these."""
    found: list[Day] = []

    def take(match: re.Match[str]) -> str:
        day = _day(match)
        if day is None:
            return match[0]
        found.append(day)
        return _GAP

    for pattern in _DATES:
        text = pattern.sub(take, text)
    return text, tuple(dict.fromkeys(found))


def _day(match: re.Match[str]) -> Day | None:
    named = {"month": None, "day": None} | match.groupdict()
    year, month, day = (_numeral(named[each]) for each in ("year", "month", "day"))
    unread = [each for each, value in (("month", month), ("day", day)) if named[each] and not value]
    if year is None or unread or not 1000 <= year <= 9999:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    iso = "-".join([f"{year}", *(f"{each:02}" for each in (month, day) if each)])
    return Day(iso, None if month else Word(str(year)))


def _numeral(text: str | None) -> int | None:
    return None if text is None else (number(text) or _months().get(fold(text)))


@cache
def _months() -> dict[str, int]:
    """Return the month by its name in each language, and by its first three letters."""
    named: dict[str, int] = {}
    for language in LANGUAGES:
        for month in range(1, 13):
            for group in ("month", "month_in_date"):
                name = fold(catalogue(language)[f"{group}.m{month}"])
                named |= {name[:length]: month for length in range(3, len(name) + 1)}
    return named


# Articles

_ARTICLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![^\W_])(?:articles?|art\.?|ст\.|стать(?:я|и|е|ю|[её]й)|ст)\s*(?:№\s*)?"
        r"(?P<number>\d{1,4}|[ivxlc]+)(?![^\W_])",
        f"第?(?P<number>{_NUMERAL})[条條]",
    )
)


def _take_articles(text: str) -> tuple[str, tuple[ArticleNumber, ...]]:
    """Return a text without the numbers of articles, and these."""
    found: list[ArticleNumber] = []

    def take(match: re.Match[str]) -> str:
        value = number(match["number"])
        if value is None:
            return match[0]
        found.append(ArticleNumber(value))
        return _GAP

    for pattern in _ARTICLES:
        text = pattern.sub(take, text)
    return text, tuple(dict.fromkeys(found))
