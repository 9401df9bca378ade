"""How likely a decision is if members object by chance, under assumptions that are stated.

Each member objects with a probability of its own. With probability ``common`` one cause reaches
all, and every member draws the same lot; otherwise each bloc does with its cohesion, and those who
draw for themselves draw independently. With equal probabilities, ``common`` is the correlation of
any two members outside blocs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

import numpy as np
import numpy.typing as npt

from comity.kernel.errors import DataError, Fault, UnknownName, unknown
from comity.power.game import Game
from comity.power.interval import interval
from comity.power.sampling import CONFIDENCE, require_draws, sums_of
from comity.power.standard import holds, standard

DRAWS = 100_000
_BATCH = 8192

Lots = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bloc:
    """Members that draw one lot together, with probability ``cohesion``."""

    members: tuple[str, ...]
    cohesion: float


@dataclass(frozen=True, slots=True)
class Assumption:
    """Members in the order in which they are added, and the probability that each objects.

    Raises `DataError` for what is no probability and for a member named twice or in two blocs,
    `UnknownName` for a bloc of members that are none.
    """

    members: tuple[str, ...]
    objecting: tuple[float, ...]
    common: float = 0.0
    blocs: tuple[Bloc, ...] = ()

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            raise DataError(*faults)
        for each in (member for bloc in self.blocs for member in bloc.members):
            if each not in self.members:
                raise UnknownName(unknown("member", each, self.members))

    def first(self, count: int) -> Assumption:
        """Return the same assumption about the first members only."""
        members = self.members[:count]
        blocs = tuple(
            replace(bloc, members=tuple(each for each in bloc.members if each in members))
            for bloc in self.blocs
        )
        return Assumption(members, self.objecting[:count], self.common, blocs)


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance from so many draws, with the interval it lies in, and exactly where known.

    ``low`` and ``high`` hold with ``confidence``. ``analytic`` is the value by formula, for
    consensus; ``None`` for other rules.
    """

    drawn: float
    low: float
    high: float
    confidence: float
    draws: int
    analytic: float | None


def chance_of_consensus(
    assumption: Assumption, *, seed: int, draws: int = DRAWS
) -> tuple[Chance, ...]:
    """Return the chance that nobody objects, for the first member, the first two, and so on.

    >>> trial = Assumption(("A", "B", "C"), (0.1, 0.1, 0.1))
    >>> [round(each.analytic, 3) for each in chance_of_consensus(trial, seed=1, draws=1000)]
    [0.9, 0.81, 0.729]
    """
    reached = np.zeros(len(assumption.members), dtype=np.int64)
    for objecting in _objections(assumption, seed, draws):
        nobody = ~np.logical_or.accumulate(objecting, axis=1)
        reached += np.count_nonzero(nobody, axis=0)
    return tuple(
        _chance(int(hits), draws, consensus(assumption.first(count)))
        for count, hits in enumerate(reached, start=1)
    )


def chance_of_decision(
    game: Game, assumption: Assumption, *, seed: int, draws: int = DRAWS
) -> Chance:
    """Return the chance that those who do not object carry the decision.

    The members of the assumption must be the players of the game; raises `DataError`.
    """
    if assumption.members != game.players:
        raise DataError(
            Fault(
                "other_members",
                f"an assumption about {len(assumption.members)} members",
                f"one about the {len(game.players)} players of the game, in their order",
            )
        )
    form, carried = standard(game), 0
    for objecting in _objections(assumption, seed, draws):
        sums = [sums_of(~objecting, axis) for axis in form.axes]
        met = np.broadcast_to(holds(form.rule, sums), len(objecting))
        carried += int(np.count_nonzero(met))
    return _chance(carried, draws, None)


def consensus(assumption: Assumption) -> float:
    """Return the chance that nobody objects, by formula.

    >>> round(consensus(Assumption(("A", "B"), (0.1, 0.1), common=0.5)), 3)
    0.855
    """
    together = 1 - max(assumption.objecting, default=0.0)
    apart = prod(_bloc_agrees(each, assumption) for each in _as_blocs(assumption))
    return assumption.common * together + (1 - assumption.common) * apart


def _bloc_agrees(bloc: Bloc, assumption: Assumption) -> float:
    odds = dict(zip(assumption.members, assumption.objecting, strict=True))
    objecting = [odds[each] for each in bloc.members]
    together = 1 - max(objecting, default=0.0)
    return bloc.cohesion * together + (1 - bloc.cohesion) * prod(1 - each for each in objecting)


def _as_blocs(assumption: Assumption) -> list[Bloc]:
    """Return the blocs, and every other member as a bloc of its own."""
    inside = {each for bloc in assumption.blocs for each in bloc.members}
    alone = [Bloc((each,), 0.0) for each in assumption.members if each not in inside]
    return [*assumption.blocs, *alone]


def _objections(assumption: Assumption, seed: int, draws: int) -> Iterator[npt.NDArray[np.bool_]]:
    """Yield who objects, in batches: (draws, members)."""
    require_draws(draws)
    chance = np.random.default_rng(seed)
    odds = np.array(assumption.objecting)
    places = {member: place for place, member in enumerate(assumption.members)}
    blocs = [
        (np.array([places[each] for each in bloc.members]), bloc.cohesion)
        for bloc in assumption.blocs
        if bloc.members
    ]
    for start in range(0, draws, _BATCH):
        yield _lots(chance, min(_BATCH, draws - start), len(odds), blocs, assumption.common) < odds


def _lots(
    chance: np.random.Generator,
    draws: int,
    members: int,
    blocs: Sequence[tuple[npt.NDArray[np.int64], float]],
    common: float,
) -> Lots:
    lots = chance.random((draws, members))
    for places, cohesion in blocs:
        together = chance.random(draws) < cohesion
        rows = np.flatnonzero(together)
        lots[np.ix_(rows, places)] = chance.random((draws, 1))[rows]
    everyone = chance.random(draws) < common
    lots[everyone] = chance.random((draws, 1))[everyone]
    return lots


def _chance(hits: int, draws: int, analytic: float | None) -> Chance:
    low, high = interval(hits, draws, CONFIDENCE)
    return Chance(hits / draws, low, high, CONFIDENCE, draws, analytic)


def _faults(assumption: Assumption) -> Iterator[Fault]:
    if len(assumption.objecting) != len(assumption.members):
        yield Fault(
            "wrong_number_of_probabilities",
            f"{len(assumption.objecting)} probabilities for {len(assumption.members)} members",
            "one for each member, in their order",
        )
    named = zip(assumption.members, assumption.objecting, strict=False)
    numbers = {f'that "{member}" objects': number for member, number in named}
    numbers["of a common cause"] = assumption.common
    for place, bloc in enumerate(assumption.blocs, start=1):
        numbers[f"of cohesion in bloc {place}"] = bloc.cohesion
    for what, number in numbers.items():
        if not 0 <= number <= 1:
            yield Fault(
                "not_a_probability", f"the probability {number} {what}", "a number from 0 to 1"
            )
    for each in sorted(each for each, number in Counter(assumption.members).items() if number > 1):
        yield Fault(
            "repeated_member", f'the member "{each}" is named more than once', "each member once"
        )
    members = [each for bloc in assumption.blocs for each in bloc.members]
    for each in sorted({each for each in members if members.count(each) > 1}):
        yield Fault(
            "member_of_two_blocs",
            f'"{each}" is named {members.count(each)} times in blocs',
            "each member in one bloc at most",
        )
