"""What a register remembers of its answers: what it folded, no more than fits in its memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Folded(Generic[T]):
    """What was folded, by what it was folded from; the oldest is forgotten first.

    Forgetting costs a fold, never an answer.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        # A plain dict finds its oldest key by walking past all that were removed before it.
        self._known: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, fold: Callable[[], T]) -> T:
        """Return what is remembered, or else fold it, and forget the oldest where it is too much.

        Of what several readers fold at the same time one is kept: they are equal.
        """
        found = self._known.get(key)
        if found is None:
            found = fold()
            while len(self._known) >= self._limit:
                self._known.popitem(last=False)
            self._known[key] = found
        return found

    def forget(self) -> None:
        """Forget everything."""
        self._known = OrderedDict()  # others may be reading the one there was
