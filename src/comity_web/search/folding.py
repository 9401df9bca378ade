"""Texts as they are compared: cut into pieces, and each piece without what does not distinguish.

The rules, with examples, are in ``docs/reference/algorithms/search.md``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer
from anyascii import anyascii

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that stand beside their letter are part of a word, though Python does not count them so.
_MARKS = "\u0300-\u036f\u064b-\u065f"
_PIECE = re.compile(f"(?P<han>[{_HAN}]+)|(?:[^\\W_{_HAN}]|[{_MARKS}])+")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z\u00df-\u024f]+")


class Piece(NamedTuple):
    """A word of a text or a run of Han characters: where it stands, and how it is compared."""

    start: int
    end: int
    text: str
    han: bool


def composed(text: str) -> str:
    """Return a text in the one form in which places in it are counted (NFC)."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=1024)
def pieces(text: str) -> tuple[Piece, ...]:
    """Cut a composed text into words and runs of Han characters.

    >>> [each.text for each in pieces("Côte d’Ivoire 与某组织, 2017")]
    ['cote', 'd', 'ivoire', '与某组织', '2017']
    """
    found = (
        Piece(each.start(), each.end(), fold(each[0]), each["han"] is not None)
        for each in _PIECE.finditer(text)
    )
    return tuple(each for each in found if each.text)


def whole(text: str) -> str:
    """Return a text as it is compared as a whole."""
    return " ".join(each.text for each in pieces(composed(text)))


_QUALIFIED = re.compile(r"\s*[（(][^()（）]*[)）]\s*$")


def unqualified(name: str) -> str:
    """Return a name without what it is qualified by in brackets at its end.

    >>> unqualified("Council of Heads of Government (Prime Ministers)")
    'Council of Heads of Government'
    """
    return _QUALIFIED.sub("", name) or name


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word without case and diacritics; in Russian ``ё`` is ``е``, and ``й`` stays.

    >>> fold("Türkiye"), fold("Соединённое"), fold("Йемен"), fold("ＳＣＯ")
    ('turkiye', 'соединенное', 'йемен', 'sco')
    """
    return "".join(_bare(each) for each in unicodedata.normalize("NFKC", word).casefold())


@lru_cache(maxsize=65536)
def _bare(character: str) -> str:
    if character == "й":
        return character
    apart = unicodedata.normalize("NFKD", character)
    return "".join(each for each in apart if each.isalnum())


# Stems

_STEMMERS = {name: snowballstemmer.stemmer(name) for name in ("english", "russian")}
_ONE_AT_A_TIME = Lock()  # a stemmer keeps the word it is at work on
# Snowball takes the ends of many names for verbs: «Беларусь» and «Беларуси» get different stems.
_CASES = re.compile(
    "(?<=...)(?:(?:ы|и)ми|(?:и|е)?(?:ями|ях|ям|ев|ей|ем|ю|я|е|й)|ами|ах|ам|ом|ов|ого|его|ому|ему"
    "|ою|ую|ью|ые|ое|ой|ый|ым|ых|им|их|[аеиоуыэьй])$"
)
_FLEETING = re.compile("(?<=..[бвгджзклмнпрстфхцчшщ])[ео](?=[бвгджзклмнпрстфхцчшщ]$)")
# American and British spelling, made one before stemming.
_SPELLINGS = (
    (re.compile("is(?=(?:e|ed|es|ing|ers?|ations?|ational)$)"), "iz"),
    (re.compile("(?<=[a-z]{3})our"), "or"),
    (re.compile("tre(?=s?$)"), "ter"),
    (re.compile("mme(?=s?$)"), "m"),
    (re.compile("ence(?=s?$)"), "ens"),
)


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Return what a folded word is compared as, whatever its ending; nothing for other scripts.

    >>> set(stems("беларуси")) & set(stems("беларусью")) & set(stems("беларусь"))
    {'беларус'}
    >>> stems("organisations") == stems("organization")
    True
    """
    if _CYRILLIC.search(word):
        return tuple(dict.fromkeys((_without_case(word), _stem("russian", word))))
    return (_stem("english", _respelt(word)),) if _LATIN.fullmatch(word) else ()


def _stem(language: str, word: str) -> str:
    with _ONE_AT_A_TIME:
        return str(_STEMMERS[language].stemWord(word))


def _respelt(word: str) -> str:
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def _without_case(word: str) -> str:
    """Return a Russian noun or adjective without the endings of its cases, and vowels that flee.

    >>> {_without_case(each) for each in ("египет", "египта", "египтом")}
    {'египт'}
    """
    shorter = _CASES.sub("", word)
    while shorter != word:
        word, shorter = shorter, _CASES.sub("", shorter)
    return _FLEETING.sub("", word)


# Other scripts


@lru_cache(maxsize=65536)
def latin(word: str) -> str:
    """Return a folded word in Latin letters; nothing where it has none.

    >>> latin("казахстан"), latin("ł"), latin("беларусь")
    ('kazakhstan', 'l', 'belarus')
    """
    return re.sub("[^a-z0-9]", "", anyascii(word).lower())


@lru_cache(maxsize=8192)
def syllables(han: str) -> tuple[str, ...]:
    """Return a run of Han characters in Pinyin without tones, one reading a character.

    >>> syllables("白俄罗斯")
    ('bai', 'e', 'luo', 'si')
    """
    return tuple(latin(each) for each in han)


_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("ph", "f"),
        ("th", "t"),
        ("shch|sch|sh", "S"),
        ("tch|ch|cz", "C"),
        ("dzh|dj|zh|j", "J"),
        ("kh|gh|ck|q|h|c(?![eiy])", "k"),
        ("c|ts|tz", "s"),
        ("w", "v"),
        ("x", "ks"),
        ("oo|ou", "u"),
        ("[yi]+", "i"),
        ("ie|ae", "e"),
        ("o", "a"),
        (r"(.)\1+", r"\1"),
        ("(?<=...)[aeiu]+$", ""),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return roughly how a word in Latin letters sounds, across the ways of transliterating.

    >>> sound("belorussia") == sound("belarus"), sound("kazahstan") == sound("kazakhstan")
    (True, True)
    """
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
