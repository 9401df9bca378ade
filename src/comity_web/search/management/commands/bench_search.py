"""Measure how fast the search answers: on this instance's register, and on a large one."""

from __future__ import annotations

import gc
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from resource import RUSAGE_SELF, getrusage

from django.core.management.base import BaseCommand, CommandError

from comity.charter.model import Charter, Names
from comity.cli.benchmark import synthetic
from comity.kernel.act import Act
from comity.register.register import Register
from comity.tlog.tree import Frontier
from comity_web.register.selectors import Present, present
from comity_web.search.folding import composed, pieces
from comity_web.search.keeping import index_of
from comity_web.search.searching import search

_LANGUAGES = ("en", "ru", "zh")
_SHOWN = 5  # of each kind, as on the page
_NOTE_WORDS = 12
_MORE = 50  # acts that the large register grows by, one after another


class Command(BaseCommand):
    """Build the index and ask it, as the page does: an overview with labels in the language.

    Times are of the processor, so that other work on the machine does not count.
    """

    help = "Measure searching, on the register of this instance and on a synthetic one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how large the synthetic register is, and how often each is asked."""
        parser.add_argument("--acts", type=int, default=100_000)
        parser.add_argument("--organisations", type=int, default=500)
        parser.add_argument("--queries", type=int, default=1500)

    def handle(self, acts: int, organisations: int, queries: int, **_: object) -> None:
        """Measure, and print the figures."""
        here = present()
        if not here.register.organisations:
            raise CommandError("The register is empty. Expected: imported organisations.")
        self._measure(f"this register, {here.size} acts", here, queries, here)
        register, more = _enlarged(here, acts, organisations)
        large = _present(register)
        self._measure(
            f"synthetic, {acts} acts, {organisations} organisations", large, queries, here
        )
        waits = sorted(_growth(large, more))
        self.stdout.write(f"  {'an act more, indexed':24} {_figures(waits)}")

    def _measure(self, title: str, measured: Present, queries: int, words: Present) -> None:
        gc.collect()
        memory, start = getrusage(RUSAGE_SELF).ru_maxrss, time.thread_time()
        index_of(measured)
        built = time.thread_time() - start
        grown = (getrusage(RUSAGE_SELF).ru_maxrss - memory) / 1024
        self.stdout.write(f"{title}: index built in {built:.2f} s, {grown:.0f} MiB")
        every: list[float] = []
        for sort, texts in _questions(words, queries).items():
            waits = sorted(_timed(measured, each, at) for at, each in enumerate(texts))
            every += waits
            self.stdout.write(f"  {sort:24} {_figures(waits)}")
        self.stdout.write(f"  {'all':24} {_figures(sorted(every))}")


def _figures(waits: list[float]) -> str:
    median, slow = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
    return f"median {median * 1000:6.2f} ms, 99th percentile {slow * 1000:6.2f} ms"


def _timed(asked: Present, text: str, number: int) -> float:
    start = time.thread_time()
    search(asked, text, _LANGUAGES[number % 3], each=_SHOWN)
    return time.thread_time() - start


# Questions


def _questions(words: Present, count: int) -> dict[str, list[str]]:
    """Return questions of every sort, always the same for the same register."""
    chance = Random(1)
    names, notes, days = _names(words), _words(words), _days(words)

    def name() -> str:
        return chance.choice(names)

    sorts: dict[str, Callable[[], str]] = {
        "a name": name,
        "its beginning": lambda: name()[: chance.randrange(2, 5)],
        "a name and a word": lambda: f"{name()} {chance.choice(notes)}",
        "two words of texts": lambda: f"{chance.choice(notes)} {chance.choice(notes)}",
        "a name mistyped": lambda: _mistyped(name(), chance),
        "a day": lambda: chance.choice(days),
        "a year": lambda: chance.choice(days)[:4],
        "a name and a year": lambda: f"{name()} {chance.choice(days)[:4]}",
        "the number of an article": lambda: f"article {chance.randrange(1, 30)}",
    }
    each = max(1, count // len(sorts))
    return {sort: [make() for _ in range(each)] for sort, make in sorts.items()}


def _names(words: Present) -> list[str]:
    parties = (p for each in words.register.organisations for p in each.charter.parties.values())
    return sorted({name for party in parties for name in party.names.values()})


def _words(words: Present) -> list[str]:
    articles = (
        article
        for each in words.register.organisations
        for versions in each.charter.articles.values()
        for article in versions.items
    )
    texts = (text for article in articles for text in article.text.values())
    found = {each.text for text in texts for each in pieces(composed(text)) if not each.han}
    return sorted(each for each in found if len(each) > 3)


def _days(words: Present) -> list[str]:
    return sorted({act.effective_on.first.isoformat() for act in words.register.acts})


def _mistyped(name: str, chance: Random) -> str:
    at = chance.randrange(len(name))
    return name[:at] + name[at + 1 :]


# A large register


def _enlarged(words: Present, acts: int, organisations: int) -> tuple[Register, list[Act]]:
    """Return a register of synthetic acts with names, places and notes such as real ones have.

    The last acts are left for it to grow by.
    """
    bare, made = synthetic.register(acts + _MORE, organisations)
    parties = [p for o in words.register.organisations for p in o.charter.parties.values()]
    charters = [_with_names(each, [party.names for party in parties]) for each in bare]
    told = list(_told(made, words))
    return Register(charters, told[:acts]), told[acts:]


def _present(register: Register) -> Present:
    known = {each.charter.id: len(each.acts) for each in register.organisations}
    return Present(register, Frontier(), None, known)


def _growth(large: Present, more: list[Act]) -> Iterator[float]:
    """Yield how long it takes to index acts that are recorded one after another."""
    for act in more:
        large.register.load([act])
        now = _present(large.register)
        start = time.thread_time()
        index_of(now)
        yield time.thread_time() - start


def _with_names(charter: Charter, names: list[Names]) -> Charter:
    chance = Random(charter.id)
    parties = {
        code: replace(party, names=chance.choice(names)) for code, party in charter.parties.items()
    }
    number = charter.id.removeprefix("org")
    own = {"en": f"Organisation {number}", "ru": f"Организация {number}", "zh": f"第{number}组织"}
    return replace(charter, names=own, parties=parties)


def _told(made: Iterator[Act], words: Present) -> Iterator[Act]:
    chance, notes = Random(2), _words(words)
    places = sorted({act.place for act in words.register.acts if act.place})
    for act in made:
        note = " ".join(chance.choices(notes, k=_NOTE_WORDS))
        yield replace(act, place=chance.choice(places), note=note)
