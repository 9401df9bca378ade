"""What would change: two games side by side, and decisions of the past under another rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from comity.power.answers import Power, Value
from comity.power.game import Game

Outcome = Literal["carried", "not_carried", "open"]


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


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision of the past: who supported it, and who did not, be it by a no or by abstaining.

    Whoever is named on neither side is open: absent then, or not yet a member.
    """

    id: str
    supporters: frozenset[str]
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a decision under a rule.

    ``open`` are the players whose position is not known. The outcome is ``open`` only if it hangs
    on them: as the rule is monotone, it is enough to ask what all of them, and none of them, would
    have made of it. ``outside`` are those who took part then and are no players now.
    """

    id: str
    outcome: Outcome
    open: tuple[str, ...]
    outside: tuple[str, ...]


def replay(decisions: Iterable[Recorded], game: Game) -> tuple[Replayed, ...]:
    """Return what would have become of decisions under the rule of a game.

    >>> from comity.power.game import heads
    >>> vote = Recorded("1970/3", frozenset("AB"), frozenset("C"))
    >>> unanimity, most = (Game(tuple("ABCD"), heads(4, needed)) for needed in (4, 3))
    >>> [replay([vote], game)[0].outcome for game in (unanimity, most)]
    ['not_carried', 'open']
    """
    return tuple(_replayed(decision, game) for decision in decisions)


@dataclass(frozen=True, slots=True)
class Reversal:
    """A decision with different outcomes under two rules."""

    id: str
    before: Outcome
    after: Outcome


def reversals(decisions: Iterable[Recorded], before: Game, after: Game) -> tuple[Reversal, ...]:
    """Return the decisions that two rules do not treat alike."""
    known = tuple(decisions)
    pairs = zip(replay(known, before), replay(known, after), strict=True)
    return tuple(
        Reversal(old.id, old.outcome, new.outcome)
        for old, new in pairs
        if old.outcome != new.outcome
    )


def _replayed(decision: Recorded, game: Game) -> Replayed:
    players = frozenset(game.players)
    known = decision.supporters | decision.others
    undecided = tuple(each for each in game.players if each not in known)
    support = decision.supporters & players
    outcome: Outcome = "open"
    if game.wins(support):
        outcome = "carried"
    elif not game.wins(support | frozenset(undecided)):
        outcome = "not_carried"
    return Replayed(decision.id, outcome, undecided, tuple(sorted(known - players)))


def _normalised(power: Power) -> dict[str, Value]:
    return dict(zip(power.banzhaf.players, power.banzhaf.normalised, strict=True))
