"""Power indices of any monotone rule: Penrose-Banzhaf and Shapley-Shubik.

Normative: docs/reference/algorithms/power.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf

from comity.power import counting, large
from comity.power.answers import Banzhaf, Power, Reckoning, Shapley, Value
from comity.power.choosing import CONSTANT, Question, choose
from comity.power.enumeration import enumerate_swings
from comity.power.game import Game
from comity.power.halves import match_halves
from comity.power.large import Estimate, Weighed
from comity.power.layout import Layout
from comity.power.sampling import CONFIDENCE, Sample, sample
from comity.power.swings import Swings

DRAWS = 200_000


def banzhaf(game: Game, *, method: str | None = None, seed: int = 0, draws: int = DRAWS) -> Banzhaf:
    """Return the Penrose-Banzhaf indices; ``seed`` and ``draws`` matter to ``sampling`` only.

    Raises `UnknownName` for a method that is none, `DataError` for one that is not possible.

    >>> from comity.power.game import Threshold
    >>> found = banzhaf(Game(("A", "B", "C"), Threshold((2, 1, 1), 3)))
    >>> found.swings, found.how.method, found.how.exact
    ((3, 1, 1), 'enumeration', True)
    """
    question = Question(game, by_size=False)
    chosen = choose(question, method)
    if chosen == "counting":
        return _banzhaf_of_tally(question, chosen)
    if chosen == "large":
        return _banzhaf_of_weighed(question, large.weigh_swings(_table(question)))
    if chosen == "sampling":
        drawn = sample(question.form, question.players, of_orders=False, seed=seed, draws=draws)
        return Banzhaf(game.players, drawn.chances, drawn.won / draws, _sampled(drawn))
    return _banzhaf_of_swings(game, _swings(question, chosen), chosen)


def shapley(game: Game, *, method: str | None = None, seed: int = 0, draws: int = DRAWS) -> Shapley:
    """Return the Shapley-Shubik indices; arguments and errors are those of `banzhaf`.

    >>> from comity.power.game import Threshold
    >>> shapley(Game(("A", "B", "C"), Threshold((2, 1, 1), 3))).values
    (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))
    """
    question = Question(game, by_size=True)
    chosen = choose(question, method)
    if chosen == "large":
        return _shapley_of_floats(question)
    if chosen == "sampling":
        drawn = sample(question.form, question.players, of_orders=True, seed=seed, draws=draws)
        return Shapley(game.players, drawn.chances, _sampled(drawn))
    return Shapley(game.players, _swings(question, chosen).shapley, Reckoning(chosen, exact=True))


def power(game: Game, *, method: str | None = None, seed: int = 0, draws: int = DRAWS) -> Power:
    """Return both indices, from one count of swings where that is possible."""
    question = Question(game, by_size=True)
    chosen = choose(question, method)
    alone = choose(Question(game, by_size=False), method)
    if chosen == alone == "large" and question.large_by_size:
        return _power_of_floats(question)
    if chosen in ("large", "sampling"):
        return Power(
            banzhaf(game, method=method, seed=seed, draws=draws),
            shapley(game, method=method, seed=seed, draws=draws),
        )
    swings = _swings(question, chosen)
    how = Reckoning(chosen, exact=True)
    return Power(
        _banzhaf_of_swings(game, swings, chosen), Shapley(game.players, swings.shapley, how)
    )


def _swings(question: Question, method: str) -> Swings:
    """Return the exact swings by size."""
    players = question.players
    if method == CONSTANT:
        return Swings(((0,) * players,) * players, 2**players if question.form.rule else 0)
    if method == "enumeration":
        return enumerate_swings(question.form, players)
    if method == "meet_in_the_middle":
        return match_halves(question.form, players)
    table = _table(question)
    tally = counting.count_swings(table)
    absent = players - sum(len(kind.players) for kind in table.kinds)
    return Swings(counting.by_size(table, tally, players), tally.winning * 2**absent)


def _table(question: Question) -> Layout:
    assert question.layout is not None, "chosen only where it is possible"
    return question.layout


def _banzhaf_of_swings(game: Game, swings: Swings, method: str) -> Banzhaf:
    return _exact_banzhaf(game, swings.totals, swings.winning, method)


def _banzhaf_of_tally(question: Question, method: str) -> Banzhaf:
    table = _table(question)
    tally = counting.count_swings(table)
    factor = 2 ** (question.players - sum(len(kind.players) for kind in table.kinds))
    counts = [sum(rows) * factor for rows in tally.swings]
    swings = tuple(int(each) for each in _spread(table, counts, question.players))
    return _exact_banzhaf(question.game, swings, tally.winning * factor, method)


def _exact_banzhaf(game: Game, swings: tuple[int, ...], winning: int, method: str) -> Banzhaf:
    players = len(game.players)
    return Banzhaf(
        players=game.players,
        absolute=tuple(Fraction(count, 2 ** (players - 1)) for count in swings),
        acting=Fraction(winning, 2**players),
        how=Reckoning(method, exact=True),
        swings=swings,
        winning=winning,
    )


def _power_of_floats(question: Question) -> Power:
    weighed = large.weigh_swings(_table(question))
    return Power(_banzhaf_of_weighed(question, weighed), _shapley_of_weighed(question, weighed))


def _banzhaf_of_weighed(question: Question, weighed: Weighed) -> Banzhaf:
    table = _table(question)
    joined = sum(len(kind.players) for kind in table.kinds)
    scale = 2.0 ** (1 - joined)
    values, errors = weighed.found.sum(axis=1) * scale, weighed.error.sum(axis=1) * scale
    how = _bounded(Estimate(tuple(values.tolist()), tuple(errors.tolist())))
    absolute = _spread(table, values[:-1].tolist(), question.players)
    return Banzhaf(question.game.players, absolute, float(values[-1]) / 2, how)


def _shapley_of_floats(question: Question) -> Shapley:
    if question.large_by_size:
        return _shapley_of_weighed(question, large.weigh_swings(_table(question)))
    assert question.sides is not None, "chosen only where it is possible"
    return _bounded_shapley(question, question.sides[0], large.shapley_by_nodes(question.sides))


def _shapley_of_weighed(question: Question, weighed: Weighed) -> Shapley:
    table = _table(question)
    found = large.shapley_by_size(table, weighed, question.players)
    return _bounded_shapley(question, table, found)


def _bounded_shapley(question: Question, table: Layout, found: Estimate) -> Shapley:
    values = _spread(table, found.values, question.players)
    return Shapley(question.game.players, values, _bounded(found))


def _bounded(found: Estimate) -> Reckoning:
    shares = [
        error / value if value else (inf if error else 0.0)
        for value, error in zip(found.values, found.errors, strict=True)
    ]
    return Reckoning("large", False, max(found.errors), max(shares))


def _sampled(drawn: Sample) -> Reckoning:
    least = min((chance for chance in drawn.chances if chance), default=0.0)
    return Reckoning(
        method="sampling",
        exact=False,
        error=drawn.error,
        relative_error=drawn.error / least if least else inf,
        confidence=CONFIDENCE,
        draws=drawn.draws,
    )


def _spread(table: Layout, by_kind: Sequence[Value], players: int) -> tuple[Value, ...]:
    """Return a value for every player from those of the kinds; 0 for players without weight."""
    found: list[Value] = [0] * players
    for kind, value in zip(table.kinds, by_kind, strict=True):
        for player in kind.players:
            found[player] = value
    return tuple(found)
