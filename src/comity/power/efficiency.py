"""How easily a body decides, and who stands in it how: vetoers, dictators, dummies, Coleman."""

from __future__ import annotations

from dataclasses import dataclass

from comity.power.answers import Banzhaf, Reckoning, Value
from comity.power.game import Game
from comity.power.standard import holds, standard


@dataclass(frozen=True, slots=True)
class Standing:
    """Players whose standing follows from the rule alone.

    Without a vetoer nothing is decided; a dictator decides alone, and against all others; dummies
    never make a difference, whatever the others do.
    """

    vetoers: tuple[str, ...]
    dictator: str | None
    dummies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Coleman's powers: of the body to act, of each player to prevent and to initiate action.

    ``acting`` is the share of coalitions that win. ``preventing`` is the share of winning
    coalitions that a player could leave losing, ``initiating`` of losing ones that it could make
    win, in the order of the players; 0 where there is no such coalition. ``how`` is that of the
    index they come from: relative errors are at most twice its, while no more than half of all
    coalitions win.
    """

    players: tuple[str, ...]
    acting: Value
    preventing: tuple[Value, ...]
    initiating: tuple[Value, ...]
    how: Reckoning


def standing(game: Game, index: Banzhaf) -> Standing:
    """Return vetoers and the dictator from the rule, and dummies from its Banzhaf index.

    An index from ``sampling`` cannot prove a dummy, and none is named.

    >>> from comity.power.game import Threshold
    >>> from comity.power.indices import banzhaf
    >>> council = Game(("A", "B", "C", "D"), Threshold((3, 1, 1, 0), 4))
    >>> standing(council, banzhaf(council))
    Standing(vetoers=('A',), dictator=None, dummies=('D',))
    """
    form = standard(game)
    if isinstance(form.rule, bool):
        return Standing((), None, game.players)
    columns = {player: form.column(place) for place, player in enumerate(game.players)}
    vetoers = tuple(
        player
        for player, column in columns.items()
        if not holds(form.rule, _less(form.totals, column))
    )
    dictators = [player for player in vetoers if holds(form.rule, columns[player])]
    dummies = () if index.how.confidence < 1 else _without_power(index)
    return Standing(vetoers, dictators[0] if dictators else None, dummies)


def efficiency(index: Banzhaf) -> Efficiency:
    """Return Coleman's powers from the Banzhaf index of a game.

    >>> from comity.power.game import Threshold
    >>> from comity.power.indices import banzhaf
    >>> found = efficiency(banzhaf(Game(("A", "B", "C"), Threshold((2, 1, 1), 3))))
    >>> str(found.acting), [str(each) for each in found.preventing]
    ('3/8', ['1', '1/3', '1/3'])
    """
    acting = index.acting
    return Efficiency(
        players=index.players,
        acting=acting,
        preventing=_shares(index, acting),
        initiating=_shares(index, 1 - acting),
        how=index.how,
    )


def _shares(index: Banzhaf, of: Value) -> tuple[Value, ...]:
    return tuple(value / (2 * of) if of else value for value in index.absolute)


def _less(totals: tuple[int, ...], column: tuple[int, ...]) -> list[int]:
    return [total - weight for total, weight in zip(totals, column, strict=True)]


def _without_power(index: Banzhaf) -> tuple[str, ...]:
    pairs = zip(index.players, index.absolute, strict=True)
    return tuple(player for player, value in pairs if not value)
