"""Which method answers: the quickest exact one that takes seconds, else the one with a bound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from comity.kernel.errors import DataError, Fault, UnknownName, unknown
from comity.power import counting, enumeration, halves, large
from comity.power.game import Game
from comity.power.layout import Layout, layout, tests_of
from comity.power.standard import Standard, standard
from comity.power.table import AT_ONCE

METHODS = ("enumeration", "counting", "meet_in_the_middle", "large", "sampling")
"""Methods by name; ``constant`` is that of a rule that is always met, or never."""

CONSTANT = "constant"
_EXACT = METHODS[:3]

# What one step takes on a machine of today, in seconds; only the order of methods rests on it.
_ADDITION = 1.2e-9
_ROW = 3e-6
_FEW = 10  # what a table costs whose rows are all added to at once, in rows
_LOOKUP = 1.5e-7
_WORD = 6e-9
_COALITION = 4e-9
_PATIENCE = 3.0  # seconds that an exact answer may take before one with a bound is preferred
_MOST_CELLS = 2**27
_MOST_WAIT = 120.0


@dataclass(frozen=True)
class Question:
    """A game in standard form, and what each method would take; ``by_size`` if sizes are needed."""

    game: Game
    by_size: bool

    @cached_property
    def form(self) -> Standard:
        """The game in standard form."""
        return standard(self.game)

    @property
    def players(self) -> int:
        """The number of players."""
        return len(self.game.players)

    @cached_property
    def layout(self) -> Layout | None:
        """The table of the opposed."""
        return _affordable(layout(self.form, by_size=self.by_size))

    @cached_property
    def sides(self) -> tuple[Layout, Layout] | None:
        """The tables of the game and of its dual, without sizes."""
        found = [layout(each, by_size=False) for each in (self.form, self.form.dual)]
        own, dual = (_affordable(each) for each in found)
        return (own, dual) if own and dual else None

    @property
    def large_by_size(self) -> bool:
        """Whether floating point counts by size rather than integrates, to find Shapley-Shubik."""
        return _seconds_by_size(self) <= _seconds_by_nodes(self)

    def seconds(self, method: str) -> float:
        """Return about how long a method takes; infinity where it is not possible."""
        return _SECONDS[method](self)


def choose(question: Question, method: str | None) -> str:
    """Return the method asked for, or else the best; raises `DataError` if it is not possible."""
    if isinstance(question.form.rule, bool):
        return CONSTANT
    if method is not None:
        if method not in METHODS:
            raise UnknownName(unknown("method", method, METHODS))
        if question.seconds(method) == inf:
            raise DataError(_not_possible(question, method))
        return method
    exact = min(_EXACT, key=question.seconds)
    if question.seconds(exact) <= _PATIENCE:
        return exact
    best = min((exact, METHODS[3]), key=question.seconds)
    return best if question.seconds(best) <= _MOST_WAIT else METHODS[4]


def _affordable(found: Layout | None) -> Layout | None:
    return found if found and found.cells <= _MOST_CELLS else None


def _seconds_of_enumeration(question: Question) -> float:
    players = question.players
    if players > enumeration.MOST_PLAYERS:
        return inf
    return float(2**players) * players * _COALITION


def _seconds_of_halves(question: Question) -> float:
    players = question.players
    if players > halves.MOST_PLAYERS:
        return inf
    tests = tests_of(question.form.rule)
    lookups = players * float(2 ** ((players + 1) // 2))
    words = tests * float(2**players) / 64 if tests > 1 else 0.0
    return 0.002 + lookups * _LOOKUP + words * _WORD


def _seconds_of_counting(question: Question) -> float:
    table = question.layout
    if table is None or table.cap >= counting.MOST_PLACES:
        return inf
    return counting.passes(question.players) * _seconds_of_table(question, table)


def _seconds_of_large(question: Question) -> float:
    if question.players > large.MOST_PLAYERS:
        return inf
    if not question.by_size:
        return _seconds_of_table(question, question.layout) if question.layout else inf
    return min(_seconds_by_size(question), _seconds_by_nodes(question))


def _seconds_by_size(question: Question) -> float:
    return _seconds_of_table(question, question.layout) if question.layout else inf


def _seconds_by_nodes(question: Question) -> float:
    if question.sides is None:
        return inf
    nodes = large.nodes_needed(question.players - 1) / 2
    return nodes * sum(_seconds_of_table(question, side) for side in question.sides)


def _seconds_of_table(question: Question, table: Layout) -> float:
    steps = table.rows if table.cells > AT_ONCE else _FEW
    return table.additions * _ADDITION + question.players * steps * _ROW


def _seconds_of_sampling(question: Question) -> float:
    return _MOST_WAIT if question.players else inf


_SECONDS: dict[str, Callable[[Question], float]] = {
    "enumeration": _seconds_of_enumeration,
    "counting": _seconds_of_counting,
    "meet_in_the_middle": _seconds_of_halves,
    "large": _seconds_of_large,
    "sampling": _seconds_of_sampling,
}

_NEEDS = {
    "enumeration": f"at most {enumeration.MOST_PLAYERS} players",
    "counting": f"a table of at most {_MOST_CELLS:,} places, {counting.MOST_PLACES:,} in a row",
    "meet_in_the_middle": f"at most {halves.MOST_PLAYERS} players",
    "large": f"at most {large.MOST_PLAYERS} players and a table of at most {_MOST_CELLS:,} places",
    "sampling": "a game with players",
}


def _not_possible(question: Question, method: str) -> Fault:
    return Fault(
        "method_not_possible",
        f'the method "{method}" is beyond its bounds for this game of {question.players} players',
        _NEEDS[method],
        "Name no method, and the best possible one is taken.",
    )
