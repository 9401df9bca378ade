"""What a register remembers of its answers: folded histories, no more than fit in its memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from comity.membership.history import History


class Histories:
    """Histories by what they were folded from; the oldest are forgotten first.

    One serves a whole register, so that its size does not grow with the number of organisations.
    A history takes some 1.5 KB; forgetting one costs a fold, never an answer.
    """

    def __init__(self, limit: int = 400_000) -> None:
        self._limit = limit
        # A plain dict finds its oldest key by walking past all that were removed before it.
        self._known: OrderedDict[Hashable, History] = OrderedDict()

    def get(self, key: Hashable) -> History | None:
        """Return a history that is remembered."""
        return self._known.get(key)

    def keep(self, key: Hashable, history: History) -> History:
        """Remember a history, and forget the oldest where there are too many."""
        while len(self._known) >= self._limit:
            self._known.popitem(last=False)
        self._known[key] = history
        return history
