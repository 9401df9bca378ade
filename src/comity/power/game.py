"""A rule as a simple game: which coalitions carry a decision.

A game is monotone: whoever joins a winning coalition leaves it winning. Every number is an integer
or a fraction, so that three fifths of 190 is 114 and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from comity.kernel.errors import DataError, Fault, UnknownName, unknown

Number: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Threshold:
    """Met by a coalition with weights of at least ``quota`` together, of more if ``strict``.

    Weights stand in the order of the players. Heads are weights of one, a group has no weight
    outside it, and a veto of all its members is a group with its own size as quota.
    """

    weights: tuple[Number, ...]
    quota: Number
    strict: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Met where every part is; without parts, always."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Met where one part is; without parts, never."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Threshold | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Game:
    """Players and the formula by which a coalition of them wins.

    Raises `DataError` with all faults at once: players named twice or none, weights that are not
    one for each player, negative, or no exact numbers.

    >>> council = Game(("A", "B", "C"), Threshold((2, 1, 1), 3))
    >>> council.wins({"A", "C"}), council.wins({"B", "C"})
    (True, False)
    """

    players: tuple[str, ...]
    formula: Formula

    def __post_init__(self) -> None:
        faults = [*_faults_of_players(self.players), *_faults(self.formula, self.players)]
        if faults:
            raise DataError(*faults)

    def wins(self, coalition: Collection[str]) -> bool:
        """Return whether the coalition carries a decision; raises `UnknownName`."""
        for each in coalition:
            if each not in self.players:
                raise UnknownName(unknown("player", each, self.players))
        return _met(self.formula, [each in coalition for each in self.players])

    @property
    def dual(self) -> Game:
        """The game of blocking: a coalition wins here if there the others lose.

        >>> Game(("A", "B", "C"), heads(3, 3)).dual.wins({"B"})
        True
        """
        return Game(self.players, _dual(self.formula))


def heads(count: int, quota: Number, *, strict: bool = False) -> Threshold:
    """Return the threshold that counts members, each as one."""
    return Threshold((1,) * count, quota, strict)


def group(
    players: Iterable[str], members: Collection[str], quota: Number, *, strict: bool = False
) -> Threshold:
    """Return the threshold that counts only the members of a group, each as one."""
    return Threshold(tuple(int(each in members) for each in players), quota, strict)


def consent_of(players: Iterable[str], members: Collection[str]) -> Threshold:
    """Return the threshold that every member of a group must be part of: a veto for each."""
    return group(players, members, len(members))


def _met(formula: Formula, present: list[bool]) -> bool:
    if isinstance(formula, AllOf):
        return all(_met(part, present) for part in formula.parts)
    if isinstance(formula, AnyOf):
        return any(_met(part, present) for part in formula.parts)
    found = sum(weight for weight, here in zip(formula.weights, present, strict=True) if here)
    return found > formula.quota if formula.strict else found >= formula.quota


def _dual(formula: Formula) -> Formula:
    if isinstance(formula, AllOf):
        return AnyOf(tuple(_dual(part) for part in formula.parts))
    if isinstance(formula, AnyOf):
        return AllOf(tuple(_dual(part) for part in formula.parts))
    return Threshold(formula.weights, sum(formula.weights) - formula.quota, not formula.strict)


def _faults_of_players(players: tuple[str, ...]) -> Iterator[Fault]:
    if not players:
        yield Fault("no_players", "a game without players", "at least one player")
    for each in sorted({each for each in players if players.count(each) > 1}):
        yield Fault(
            "repeated_player",
            f'the player "{each}" is named {players.count(each)} times',
            "each player once",
            "Give one member one name and one weight.",
        )


def _faults(formula: object, players: tuple[str, ...], where: str = "formula") -> Iterator[Fault]:
    if isinstance(formula, AllOf | AnyOf):
        for number, part in enumerate(formula.parts):
            yield from _faults(part, players, f"{where}.parts[{number}]")
    elif isinstance(formula, Threshold):
        yield from _faults_of_threshold(formula, players, where)
    else:
        yield Fault(
            "not_a_formula",
            f"{where}: {type(formula).__name__} is no formula",
            "Threshold, AllOf or AnyOf",
        )


def _faults_of_threshold(
    threshold: Threshold, players: tuple[str, ...], where: str
) -> Iterator[Fault]:
    if len(threshold.weights) != len(players):
        yield Fault(
            "wrong_number_of_weights",
            f"{where}: {len(threshold.weights)} weights for {len(players)} players",
            "one weight for each player, in their order",
            "Give a member without weight the weight 0.",
        )
        return
    if not _exact(threshold.quota):
        yield _inexact(f"{where}: the quota {threshold.quota!r}")
    for player, weight in zip(players, threshold.weights, strict=True):
        if not _exact(weight):
            yield _inexact(f'{where}: the weight {weight!r} of "{player}"')
        elif weight < 0:
            yield Fault(
                "not_monotone",
                f'{where}: the weight {weight} of "{player}" is negative',
                "weights of zero or more, so that no supporter defeats a proposal",
                "Power indices are defined for monotone rules only.",
            )


def _exact(number: object) -> bool:
    return isinstance(number, int | Fraction) and not isinstance(number, bool)


def _inexact(what: str) -> Fault:
    return Fault(
        "not_exact",
        f"{what} is not exact",
        "an integer or a Fraction",
        "Write 0.65 as Fraction(65, 100).",
    )
