"""What a number of hits says of a chance: an interval that holds with a given confidence."""

from __future__ import annotations

from collections.abc import Callable
from math import log

_STEPS = 60


def interval(hits: int, draws: int, confidence: float) -> tuple[float, float]:
    """Return the chances that are compatible with so many hits in independent draws.

    Chernoff's bound, inverted: it holds for every number of draws, not only for large ones, and is
    a little wider than it would have to be.

    >>> low, high = interval(50, 100, 0.99)
    >>> round(low, 2), round(high, 2)
    (0.34, 0.66)
    """
    seen, allowed = hits / draws, log(2 / (1 - confidence)) / draws
    low = _edge(lambda chance: _divergence(seen, chance) > allowed, 0.0, seen)
    high = _edge(lambda chance: _divergence(seen, chance) <= allowed, seen, 1.0)
    return low if hits else 0.0, high if hits < draws else 1.0


def _edge(left: Callable[[float], bool], low: float, high: float) -> float:
    """Return where ``left`` turns from true to false."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if left(middle) else (low, middle)
    return (low + high) / 2


def _divergence(seen: float, chance: float) -> float:
    """Return the Kullback-Leibler divergence of two coins, in nats."""
    return sum(
        share * log(share / other) if other else float("inf")
        for share, other in ((seen, chance), (1 - seen, 1 - chance))
        if share
    )
