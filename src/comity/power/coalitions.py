"""Smallest coalitions that carry a decision, and smallest that block one.

Players alike are exchanged freely: a pattern says how many of each group take part, and stands for
as many coalitions as there are ways to choose them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb, prod

from comity.power.game import Game
from comity.power.standard import Standard, alike, holds, standard

MOST_LISTED = 1000
MOST_STEPS = 200_000


@dataclass(frozen=True, slots=True)
class Coalitions:
    """Minimal coalitions, the smallest first: without any of its members none would do.

    ``count`` is their number, if ``complete``; otherwise there are at least so many, and all of up
    to ``searched`` members are counted. ``listed`` names the first of them, as many as were asked
    for.
    """

    count: int
    complete: bool
    searched: int
    listed: tuple[tuple[str, ...], ...]


def minimal_winning(
    game: Game, *, most_listed: int = MOST_LISTED, most_steps: int = MOST_STEPS
) -> Coalitions:
    """Return the minimal winning coalitions; the search ends after so many steps.

    >>> from comity.power.game import Threshold
    >>> minimal_winning(Game(("A", "B", "C"), Threshold((2, 1, 1), 3))).listed
    (('A', 'B'), ('A', 'C'))
    """
    return _Search(standard(game), game.players, most_steps).run(most_listed)


def minimal_blocking(
    game: Game, *, most_listed: int = MOST_LISTED, most_steps: int = MOST_STEPS
) -> Coalitions:
    """Return the minimal coalitions without which the others cannot decide.

    >>> from comity.power.game import Threshold
    >>> minimal_blocking(Game(("A", "B", "C"), Threshold((2, 1, 1), 3))).listed
    (('A',), ('B', 'C'))
    """
    return minimal_winning(game.dual, most_listed=most_listed, most_steps=most_steps)


class _Search:
    """A search for minimal winning patterns, size by size."""

    def __init__(self, form: Standard, players: tuple[str, ...], most_steps: int) -> None:
        self.form, self.players, self.steps = form, players, most_steps
        weight = {tuple(group): form.column(group[0]) for group in alike(form)}
        shares = form.totals
        self.groups = sorted(
            (group for group, column in weight.items() if any(column)),
            key=lambda group: (
                -max(each / total for each, total in zip(weight[group], shares, strict=True)),
                group,
            ),
        )
        self.columns = [weight[group] for group in self.groups]
        self.best = [self._best_from(place) for place in range(len(self.groups) + 1)]

    def run(self, most_listed: int) -> Coalitions:
        """Return what the search finds before its steps are used up."""
        if isinstance(self.form.rule, bool):
            found = [()] if self.form.rule else []
            return Coalitions(len(found), True, len(self.players), tuple(found))
        count, listed, most = 0, list[tuple[str, ...]](), sum(map(len, self.groups))
        for size in range(1, most + 1):
            for pattern in self._patterns(size):
                ways = zip(self.groups, pattern, strict=True)
                count += prod(comb(len(group), taken) for group, taken in ways)
                listed.extend(islice(self._members(pattern), most_listed - len(listed)))
            if self.steps <= 0:
                return Coalitions(count, False, size - 1, tuple(listed))
        return Coalitions(count, True, most, tuple(listed))

    def _patterns(self, size: int) -> Iterator[tuple[int, ...]]:
        """Yield the minimal winning patterns of one size, until the steps are used up."""
        zero = (0,) * len(self.form.axes)
        waiting: list[tuple[tuple[int, ...], tuple[int, ...], int]] = [((), zero, size)]
        while waiting and self.steps > 0:
            taken, sums, left = waiting.pop()
            self.steps -= 1
            place = len(taken)
            if left == 0:
                if holds(self.form.rule, sums) and self._minimal(taken, sums):
                    yield taken + (0,) * (len(self.groups) - place)
            elif place < len(self.groups) and self._may_become_minimal(place, sums, left):
                waiting.extend(self._next(taken, sums, left))

    def _next(
        self, taken: tuple[int, ...], sums: tuple[int, ...], left: int
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], int]]:
        place = len(taken)
        column = self.columns[place]
        for count in range(min(left, len(self.groups[place])) + 1):
            more = tuple(sum_ + count * each for sum_, each in zip(sums, column, strict=True))
            yield (*taken, count), more, left - count

    def _minimal(self, taken: tuple[int, ...], sums: tuple[int, ...]) -> bool:
        return not any(
            holds(self.form.rule, [sum_ - each for sum_, each in zip(sums, column, strict=True)])
            for count, column in zip(taken, self.columns, strict=False)
            if count
        )

    def _may_become_minimal(self, place: int, sums: tuple[int, ...], left: int) -> bool:
        """Return whether these do not win yet, and could if the heaviest left joined."""
        if holds(self.form.rule, sums):
            return False
        best = self.best[place]
        highest = [
            sum_ + along[min(left, len(along) - 1)] for sum_, along in zip(sums, best, strict=True)
        ]
        return bool(holds(self.form.rule, highest))

    def _best_from(self, place: int) -> list[list[int]]:
        """Return along each axis the highest sum that so many players of the last groups have."""
        left = [
            column
            for group, column in zip(self.groups[place:], self.columns[place:], strict=True)
            for _ in group
        ]
        return [
            _running(sorted((column[axis] for column in left), reverse=True))
            for axis in range(len(self.form.axes))
        ]

    def _members(self, pattern: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
        taken = [each for each in zip(self.groups, pattern, strict=True) if each[1]]
        for chosen in _choices(taken):
            yield tuple(self.players[each] for each in sorted(chosen))


def _choices(taken: Sequence[tuple[tuple[int, ...], int]]) -> Iterator[tuple[int, ...]]:
    """Yield the ways to take so many of each group, one by one: there may be very many."""
    if not taken:
        yield ()
        return
    group, count = taken[0]
    for first in combinations(group, count):
        for rest in _choices(taken[1:]):
            yield (*first, *rest)


def _running(numbers: list[int]) -> list[int]:
    sums = [0]
    for number in numbers:
        sums.append(sums[-1] + number)
    return sums
