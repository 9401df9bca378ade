"""The catalogues of sentences: one YAML file for each language, with the same keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType

from comity.kernel import documents
from comity.kernel.errors import UnknownName, unknown

LANGUAGES = ("en", "ru", "zh")


def text(language: str, key: str, /, **values: object) -> str:
    """Return a sentence of the catalogue with its placeholders filled.

    >>> text("ru", "act.admitted", status="наблюдатель")
    'статус «наблюдатель» предоставлен'
    """
    return catalogue(language)[key].format(**values)


def known(language: str, key: str, default: str) -> str:
    """Return the word for a value of a vocabulary, or ``default`` where the catalogue has none."""
    return catalogue(language).get(key, default)


def listed(language: str, items: Iterable[str]) -> str:
    """Join names as a list in the language; names that hold a comma are set apart by more.

    >>> listed("en", ["Iran", "Iraq"]), listed("en", ["Iran, Islamic Republic of", "Iraq"])
    ('Iran, Iraq', 'Iran, Islamic Republic of; Iraq')
    """
    every = [*items]
    apart = len(every) > 1 and any(", " in each for each in every)
    return catalogue(language)["list.pairs" if apart else "list.separator"].join(every)


def in_series(language: str, items: Iterable[str]) -> str:
    """Join what is itself listed or paired, so that each stays together."""
    return catalogue(language)["list.pairs"].join(items)


def full_stop(language: str, sentence: str) -> str:
    """Return the full stop that a text still needs: none where it ends with one of its own.

    >>> full_stop("ru", "5 мая 2023 г."), full_stop("en", "5 May 2023"), full_stop("zh", "已签署")
    ('', '.', '。')
    """
    return "" if sentence.endswith((".", "。")) else catalogue(language)["list.full_stop"]


def alternatives(language: str, items: Iterable[str]) -> str:
    """Join names of which one can be chosen.

    >>> alternatives("en", ["a", "b", "c"]), alternatives("zh", ["甲", "乙"])
    ('a, b or c', '甲或乙')
    """
    *others, last = items
    words = catalogue(language)
    return words["list.last_or"].join(each for each in (listed(language, others), last) if each)


def plural(language: str, number: Fraction | int) -> str:
    """Return which form of a noun goes with a number: ``one``, ``few`` or ``many``.

    >>> plural("en", 1), plural("en", 21), plural("ru", 21), plural("ru", 12), plural("zh", 1)
    ('one', 'many', 'one', 'many', 'many')
    """
    if language == "en":
        return "one" if number == 1 else "many"
    if language != "ru":
        return "many"
    if number.denominator != 1:
        return "few"
    tens, units = divmod(abs(int(number)) % 100, 10)
    if tens == 1 or units in (0, 5, 6, 7, 8, 9):
        return "many"
    return "one" if units == 1 else "few"


def capital(sentence: str) -> str:
    """Return a text that begins with a capital letter, be it after a quotation mark.

    >>> capital("«семья»"), capital("member States"), capital("成员国")
    ('«Семья»', 'Member States', '成员国')
    """
    start = next((n for n, each in enumerate(sentence) if each.isalnum()), 0)
    return sentence[:start] + sentence[start : start + 1].upper() + sentence[start + 1 :]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Return the sentences of a language by key, such as ``act.admitted``.

    Raises `UnknownName` for a language that has no catalogue.
    """
    if language not in LANGUAGES:
        raise UnknownName(unknown("language", language, LANGUAGES))
    file = resources.files("comity.wording") / f"{language}.yaml"
    data = documents.parse(file.read_text("utf-8"), file.name).data
    return MappingProxyType(
        {
            f"{group}.{name}": str(words)
            for group, entries in data.items()
            for name, words in entries.items()
        }
    )
