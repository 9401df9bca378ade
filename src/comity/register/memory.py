"""What a register remembers of its answers: folded histories, no more than fit in its memory."""

from __future__ import annotations

from collections.abc import Hashable

from comity.membership.history import History


class Histories:
    """Histories by what they were folded from; the oldest are forgotten first.

    One serves a whole register, so that its size does not grow with the number of organisations.
    A history takes some 1.5 KB; forgetting one costs a fold, never an answer.
    """

    def __init__(self, limit: int = 400_000) -> None:
        self._limit = limit
        self._known: dict[Hashable, History] = {}

    def get(self, key: Hashable) -> History | None:
        """Return a history that is remembered."""
        return self._known.get(key)

    def keep(self, key: Hashable, history: History) -> History:
        """Remember a history, and forget the oldest where there are too many."""
        while len(self._known) >= self._limit:
            self._known.pop(next(iter(self._known)), None)
        self._known[key] = history
        return history
