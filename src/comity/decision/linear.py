"""Whether linear conditions over numbers of at least 0 can hold together, in exact arithmetic.

The simplex method in two phases with Bland's rule, which always ends. Strict conditions are held
apart by a margin that is made as large as it can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from comity.decision.numbers import Number

EFFORT = 100_000  # numbers that are changed in looking for a solution

Form = Mapping[int, Number]  # coefficients by variable


@dataclass(frozen=True, slots=True)
class Constraint:
    """``form`` is at least, or with ``strict`` more than, ``bound``."""

    form: Form
    bound: Number
    strict: bool = False


def at_least(form: Form, bound: Number) -> Constraint:
    """Return the constraint that a form is ``bound`` or more."""
    return Constraint(form, bound)


def more_than(form: Form, bound: Number) -> Constraint:
    """Return the constraint that a form is more than ``bound``."""
    return Constraint(form, bound, strict=True)


def negative(form: Form) -> dict[int, Number]:
    """Return a form with its signs changed."""
    return {variable: -each for variable, each in form.items()}


def plus(one: Form, other: Form, times: Number = 1) -> dict[int, Number]:
    """Return one form and ``times`` another."""
    found = dict(one)
    for variable, each in other.items():
        found[variable] = found.get(variable, 0) + each * times
    return found


def feasible(constraints: Iterable[Constraint], *, effort: int = EFFORT) -> bool:
    """Whether there may be numbers of at least 0 for which every constraint holds.

    A "no" is a proof. A "yes" is one too, unless it took more than ``effort`` steps.
    """
    return all(_feasible(each, effort) for each in _apart(list(constraints)))


def _apart(constraints: list[Constraint]) -> list[list[Constraint]]:
    """Part constraints that have no variable in common: each lot can be looked at alone."""
    lots: list[tuple[set[int], list[Constraint]]] = []
    for each in constraints:
        variables = {variable for variable, value in each.form.items() if value}
        joined = [each]
        apart = []
        for lot in lots:
            if lot[0] & variables:
                variables |= lot[0]
                joined = lot[1] + joined
            else:
                apart.append(lot)
        lots = [*apart, (variables, joined)]
    return [lot for _, lot in lots]


def _feasible(every: list[Constraint], effort: int) -> bool:
    named = sorted({variable for each in every for variable in each.form})
    places = {variable: place for place, variable in enumerate(named)}
    margin = len(named)
    rows = [_row(each, places, margin) for each in every]
    if any(each.strict for each in every):
        rows.append(({margin: Fraction(-1)}, Fraction(-1)))  # at most one: else it has no bound
    tableau = _Tableau(rows, margin + 1, effort)
    try:
        if not tableau.start():
            return False
        return not any(each.strict for each in every) or tableau.can_grow(margin)
    except _TooLong:
        return True


class _TooLong(Exception):
    """The effort is spent."""


def _row(
    constraint: Constraint, places: Mapping[int, int], margin: int
) -> tuple[dict[int, Fraction], Fraction]:
    form = {places[name]: Fraction(each) for name, each in constraint.form.items() if each}
    if constraint.strict:
        form[margin] = Fraction(-1)
    return form, Fraction(constraint.bound)


class _Tableau:
    """Rows ``form - surplus + artificial = bound``, with a basis that is always a solution."""

    def __init__(
        self,
        rows: Sequence[tuple[dict[int, Fraction], Fraction]],
        variables: int,
        effort: int,
    ) -> None:
        self.effort = effort
        self.artificial = variables + len(rows)
        self.width = self.artificial + len(rows)
        self.rows: list[dict[int, Fraction]] = []
        self.bounds: list[Fraction] = []
        self.basis: list[int] = []
        for number, (form, bound) in enumerate(rows):
            row = {**form, variables + number: Fraction(-1)}
            if bound <= 0:
                row = {variable: -each for variable, each in row.items()}
                self.basis.append(variables + number)
            else:
                row[self.artificial + number] = Fraction(1)
                self.basis.append(self.artificial + number)
            self.rows.append(row)
            self.bounds.append(abs(bound))

    def start(self) -> bool:
        """Find a solution, if there is one: drive what is artificial out."""
        costs = {column: Fraction(1) for column in range(self.artificial, self.width)}
        self._minimise(costs)
        if any(self.bounds[row] > 0 for row in self._artificial_rows()):
            return False
        self._drive_out()
        return True

    def _artificial_rows(self) -> list[int]:
        return [row for row, column in enumerate(self.basis) if column >= self.artificial]

    def _drive_out(self) -> None:
        """Put real variables for artificial ones that are nothing; rows that say nothing go."""
        for row in reversed(self._artificial_rows()):
            real = min((c for c in self.rows[row] if c < self.artificial), default=None)
            if real is None:
                del self.rows[row], self.bounds[row], self.basis[row]
            else:
                self._pivot(row, real)

    def can_grow(self, variable: int) -> bool:
        """Whether a variable can be more than nothing."""
        self._minimise({variable: Fraction(-1)}, last=self.artificial)
        return any(
            column == variable and bound > 0
            for column, bound in zip(self.basis, self.bounds, strict=True)
        )

    def _minimise(self, costs: Mapping[int, Fraction], last: int | None = None) -> None:
        reduced = dict(costs)
        for row, column in enumerate(self.basis):
            if cost := reduced.get(column):
                _subtract(reduced, self.rows[row], cost)
        while (entering := self._entering(reduced, last or self.width)) is not None:
            leaving = self._leaving(entering)
            assert leaving is not None, "what is minimised has a bound"
            self._pivot(leaving, entering)
            _subtract(reduced, self.rows[leaving], reduced[entering])

    @staticmethod
    def _entering(reduced: Mapping[int, Fraction], last: int) -> int | None:
        return min((c for c, cost in reduced.items() if cost < 0 and c < last), default=None)

    def _leaving(self, column: int) -> int | None:
        ratios = [
            (self.bounds[number] / row[column], self.basis[number], number)
            for number, row in enumerate(self.rows)
            if row.get(column, 0) > 0
        ]
        return min(ratios)[2] if ratios else None

    def _pivot(self, row: int, column: int) -> None:
        if self.effort < 0:
            raise _TooLong
        pivot = self.rows[row][column]
        self.rows[row] = {each: value / pivot for each, value in self.rows[row].items()}
        self.bounds[row] /= pivot
        for number, other in enumerate(self.rows):
            if number != row and (factor := other.get(column)):
                self.effort -= len(self.rows[row])
                _subtract(other, self.rows[row], factor)
                self.bounds[number] -= factor * self.bounds[row]
        self.basis[row] = column


def _subtract(form: dict[int, Fraction], other: Mapping[int, Fraction], times: Fraction) -> None:
    for column, value in other.items():
        found = form.get(column, Fraction(0)) - value * times
        if found:
            form[column] = found
        else:
            form.pop(column, None)
