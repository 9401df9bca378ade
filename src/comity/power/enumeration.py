"""Method ``enumeration``: every coalition is tried. The yardstick of all other methods."""

from __future__ import annotations

import numpy as np

from comity.power.standard import Standard, holds
from comity.power.swings import Swings, subset_sums

MOST_PLAYERS = 24


def enumerate_swings(form: Standard, players: int) -> Swings:
    """Return the swings of a game of at most `MOST_PLAYERS` players."""
    wins = np.broadcast_to(holds(form.rule, [subset_sums(axis) for axis in form.axes]), 2**players)
    sizes = np.bitwise_count(np.arange(2**players, dtype=np.uint32))
    return Swings(
        tuple(_by_size(wins, sizes, player, players) for player in range(players)),
        int(np.count_nonzero(wins)),
    )


def _by_size(wins: np.ndarray, sizes: np.ndarray, player: int, players: int) -> tuple[int, ...]:
    pairs = wins.reshape(-1, 2, 2**player)  # without the player, with the player
    without = sizes.reshape(-1, 2, 2**player)[:, 0]
    counts = np.bincount(without[pairs[:, 1] & ~pairs[:, 0]], minlength=players)
    return tuple(counts.tolist())
