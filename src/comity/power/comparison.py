"""What would change: the power of two games side by side."""

from __future__ import annotations

from dataclasses import dataclass

from comity.power.answers import Power, Value


@dataclass(frozen=True, slots=True)
class Row:
    """The power of one player before and after; ``None`` where it is no player."""

    player: str
    banzhaf: tuple[Value | None, Value | None]
    shapley: tuple[Value | None, Value | None]

    @property
    def joined(self) -> bool:
        """Whether it is a player only after."""
        return self.shapley[0] is None

    @property
    def left(self) -> bool:
        """Whether it was a player only before."""
        return self.shapley[1] is None

    @property
    def change(self) -> Value:
        """The difference in its share of power (Shapley-Shubik); none counts as no power."""
        before, after = self.shapley
        return (after or 0) - (before or 0)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in the order of the players before, then of those who joined; normalised Banzhaf.

    ``acting`` is the power to act before and after.
    """

    rows: tuple[Row, ...]
    acting: tuple[Value, Value]


def compare(before: Power, after: Power) -> Comparison:
    """Return the power of every player of two games side by side.

    >>> from comity.power.game import Game, heads
    >>> from comity.power.indices import power
    >>> two, three = (power(Game(tuple("ABC"[:count]), heads(count, 2))) for count in (2, 3))
    >>> [(row.player, str(row.change), row.joined) for row in compare(two, three).rows]
    [('A', '-1/6', False), ('B', '-1/6', False), ('C', '1/3', True)]
    """
    players = dict.fromkeys((*before.shapley.players, *after.shapley.players))
    shares = [_normalised(before), _normalised(after)]
    values = [
        dict(zip(each.shapley.players, each.shapley.values, strict=True))
        for each in (before, after)
    ]
    rows = tuple(
        Row(
            player,
            (shares[0].get(player), shares[1].get(player)),
            (values[0].get(player), values[1].get(player)),
        )
        for player in players
    )
    return Comparison(rows, (before.banzhaf.acting, after.banzhaf.acting))


def _normalised(power: Power) -> dict[str, Value]:
    return dict(zip(power.banzhaf.players, power.banzhaf.normalised, strict=True))
