"""Method ``sampling``: the last resort. Random coalitions, from a seed, with a confidence interval.

For Banzhaf everyone joins with probability one half; for Shapley-Shubik with one probability for
all that is itself drawn anew for each coalition, which is Owen's integral once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from comity.kernel.errors import DataError, Fault
from comity.power.interval import interval
from comity.power.standard import Standard, holds

CONFIDENCE = 0.99
_BATCH = 4096
_EXACT_FLOAT = 2**53


@dataclass(frozen=True, slots=True)
class Sample:
    """In how many of the drawn coalitions each player decided, and how many won."""

    decided: tuple[int, ...]
    won: int
    draws: int

    @property
    def chances(self) -> tuple[float, ...]:
        """The share of the draws in which each player decided."""
        return tuple(hits / self.draws for hits in self.decided)

    @property
    def error(self) -> float:
        """How far any of the chances may be from the truth, all together, with `CONFIDENCE`."""
        each = 1 - (1 - CONFIDENCE) / (len(self.decided) + 1)
        return max(
            max(hits / self.draws - low, high - hits / self.draws)
            for hits in {*self.decided, self.won}
            for low, high in [interval(hits, self.draws, each)]
        )


def require_draws(draws: int) -> None:
    """Raise `DataError` for no draws: of nothing no share can be told."""
    if draws < 1:
        raise DataError(Fault("out_of_range", f"{draws} draws", "at least 1"))


def sample(form: Standard, players: int, *, of_orders: bool, seed: int, draws: int) -> Sample:
    """Return how often each player decided in random coalitions; for orders of joining if asked."""
    require_draws(draws)
    chance = np.random.default_rng(seed)
    decided, won = np.zeros(players, dtype=np.int64), 0
    for start in range(0, draws, _BATCH):
        count = min(_BATCH, draws - start)
        agree = chance.random((count, 1)) if of_orders else 0.5
        present = chance.random((count, players)) < agree
        sums = [sums_of(present, axis) for axis in form.axes]
        won += int(np.count_nonzero(np.broadcast_to(holds(form.rule, sums), count)))
        decided += _deciding(form, present, sums)
    return Sample(tuple(decided.tolist()), won, draws)


def _deciding(
    form: Standard, present: npt.NDArray[np.bool_], sums: list[npt.NDArray[Any]]
) -> npt.NDArray[np.int64]:
    found = np.zeros(present.shape[1], dtype=np.int64)
    for player in range(present.shape[1]):
        here = present[:, player]
        column = form.column(player)
        joining = [
            np.where(here, 0, np.array(weight, dtype=total.dtype))
            for weight, total in zip(column, sums, strict=True)
        ]
        with_it = [total + more for total, more in zip(sums, joining, strict=True)]
        without = [total - weight for total, weight in zip(with_it, column, strict=True)]
        found[player] = np.count_nonzero(holds(form.rule, with_it) & ~holds(form.rule, without))
    return found


def sums_of(present: npt.NDArray[np.bool_], axis: tuple[int, ...]) -> npt.NDArray[Any]:
    """Return the sum along an axis of those present in each of many coalitions (rows)."""
    if sum(axis) < _EXACT_FLOAT:
        return (present @ np.array(axis, dtype=np.float64)).astype(np.int64)
    sums: npt.NDArray[Any] = present.astype(object) @ np.array(axis, dtype=object)
    return sums
