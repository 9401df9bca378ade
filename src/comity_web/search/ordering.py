"""Lists kept in order while they grow, for readers that look at them meanwhile."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")
_FEW = 100  # so many are put in one by one


def merged(ordered: list[T], fresh: list[T], key: Callable[[T], Any] | None = None) -> list[T]:
    """Return a new list in order; who reads the old one goes on to read the old one.

    >>> merged(["a", "c"], ["b"])
    ['a', 'b', 'c']
    """
    if len(fresh) > _FEW:
        return sorted([*ordered, *fresh], key=key)  # type: ignore[type-var, arg-type]
    every = ordered.copy()
    for each in fresh:
        insort(every, each, key=key)  # type: ignore[arg-type]
    return every


def beginning_with(ordered: list[str], beginning: str) -> list[str]:
    """Return those of a list in order that begin with a text.

    >>> beginning_with(["harbour", "haven", "town"], "ha")
    ['harbour', 'haven']
    """
    first = bisect_left(ordered, beginning)
    after = bisect_left(ordered, beginning + "\U0010ffff")
    return ordered[first:after]


def backwards(texts: Iterable[str]) -> list[str]:
    """Return texts with their letters in reverse."""
    return [each[::-1] for each in texts]
