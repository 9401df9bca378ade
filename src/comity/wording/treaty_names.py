"""What everything is called that the rules and the record of a treaty name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from comity.decision.model import Names
from comity.decision.numbers import Number
from comity.treaty.model import ALL, SIGNATORIES, Treaties, Treaty
from comity.wording.catalogue import (
    alternatives,
    capital,
    catalogue,
    full_stop,
    in_series,
    known,
    listed,
    plural,
    text,
)
from comity.wording.dates import date_text
from comity.wording.decisions import named


def _same(name: str) -> str:
    return name


def readable(identifier: str) -> str:
    """Return an identifier as words, where there is no name."""
    return identifier.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who tells of a treaty: in which language, with which names.

    ``name`` names parties and bodies, ``around`` other treaties and articles, and ``article`` the
    articles that it does not have.
    """

    treaty: Treaty
    language: str
    name: Callable[[str], str] = field(default=_same)
    around: Treaties | None = None
    article: Callable[[str], str] = field(default=_same)

    def say(self, key: str, /, **values: object) -> str:
        """Return a piece of a sentence about treaties."""
        return text(self.language, f"treaty.{key}", **values)

    def shared(self, key: str, /, **values: object) -> str:
        """Return a piece that decision rules use as well."""
        return text(self.language, f"decision.{key}", **values)

    def sentence(self, said: str) -> str:
        """Return what was put together as a sentence, with capital and full stop."""
        return capital(said) + full_stop(self.language, said)

    def word(self, group: str, name: str) -> str:
        """Return the word of a vocabulary: a kind of consent, a kind of act, a stage, a topic."""
        return known(self.language, f"treaty_{group}.{name}", readable(name))

    def consent(self, kind: str) -> str:
        """Return a kind of consent, or that there is one where its kind is not known."""
        unknown = kind in ("", "consented")
        return self.word("act", "consented") if unknown else self.word("kind", kind)

    def day(self, day: date) -> str:
        """Return a date."""
        return date_text(day, self.language)

    def counted(self, case: str, unit: str, number: Number) -> str:
        """Return so many of a unit: ``after`` a day, or a ``span`` of time that has an end."""
        form = plural(self.language, number)
        return text(self.language, f"treaty_{case}.{unit}_{form}", number=number)

    def ordinal(self, number: int) -> str:
        """Return which in a row: "second"."""
        words = catalogue(self.language)
        other = words["treaty_ordinal.other"].format(number=number)
        return words.get(f"treaty_ordinal.n{number}", other)

    def cited(self, article: str) -> str:
        """Return an article in brackets, or nothing."""
        return self.say("article", article=self.provision(article)) if article else ""

    def provision(self, article: str) -> str:
        """Return how an article is cited."""
        found = self.around.articles.get(article) if self.around else None
        return (named(found.names, self.language, "") if found else "") or self.article(article)

    def title(self, treaty: str) -> str:
        """Return what this or another treaty is called."""
        every = self.around.treaties if self.around else {}
        found = self.treaty if treaty == self.treaty.id else every.get(treaty)
        return self._quoted("title", found.names if found else {}, treaty)

    def weight(self, name: str) -> str:
        """Return what a weight is called."""
        found = self.treaty.weights.get(name)
        return self._quoted("weight", found.names if found else {}, name)

    def group(self, name: str) -> str:
        """Return what a class is called."""
        if name in (ALL, SIGNATORIES):
            return self.say("anyone" if name == ALL else name)
        found = self.treaty.classes.get(name)
        return self._quoted("class", found.names if found else {}, name)

    def groups(self, names: Iterable[str]) -> str:
        """Return what several classes are called."""
        return listed(self.language, (self.group(each) for each in names))

    def whose(self, names: tuple[str, ...]) -> str:
        """Return to whom something is open: to these classes, or to anyone."""
        return self.groups(names) if names else self.say("anyone")

    def parties(self, names: Iterable[str]) -> str:
        """Return the names of parties."""
        return listed(self.language, (self.name(each) for each in names))

    def kinds(self, kinds: Iterable[str]) -> str:
        """Return ways of consenting of which one is chosen."""
        return alternatives(self.language, (self.word("kind", each) for each in kinds))

    def series(self, items: Iterable[str]) -> str:
        """Join what is itself long."""
        return in_series(self.language, items)

    def instruments(self, kinds: tuple[str, ...]) -> str:
        """Return of what instruments are: "of ratification or accession"; else nothing.

        Kinds that no test names are those by which the treaty lets consent; nothing is said where
        they are not known, and where one of them needs no instrument.
        """
        words = catalogue(self.language)
        allowed = kinds or tuple(
            dict.fromkeys(kind for each in self.treaty.consents for kind in each.kinds)
        )
        if not allowed or any(f"treaty_instrument.{each}" not in words for each in allowed):
            return ""
        first, *others = allowed
        following = (words[f"treaty_instrument_next.{each}"] for each in others)
        return alternatives(self.language, (words[f"treaty_instrument.{first}"], *following))

    def _quoted(self, key: str, names: Names, name: str) -> str:
        return self.say(key, name=named(names, self.language, readable(name)))
