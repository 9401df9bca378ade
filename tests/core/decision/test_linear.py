"""Whether linear conditions can hold together, against what is known without arithmetic."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from comity.decision.linear import Constraint, at_least, feasible, more_than, negative


def test_bounds_that_meet_and_that_do_not() -> None:
    assert feasible([at_least({0: 1}, 3), at_least({0: -1}, -3)])
    assert not feasible([at_least({0: 1}, 3), at_least({0: -1}, -2)])
    assert not feasible([more_than({0: 1}, 3), at_least({0: -1}, -3)])
    assert feasible([more_than({0: 1}, 3)])
    assert not feasible([more_than({0: -1}, 0)])
    assert feasible([])
    assert not feasible([more_than({}, 0)])


def test_shares_of_one_whole() -> None:
    # Two classes cannot both have more than half of what they are together; half each they can.
    half = [({0: 1, 1: -1}), ({0: -1, 1: 1})]
    whole = more_than({0: 1, 1: 1}, 0)
    assert feasible([whole, *(at_least(each, 0) for each in half)])
    assert not feasible([whole, *(more_than(each, 0) for each in half)])


def test_what_takes_too_long_is_not_excluded() -> None:
    impossible = [at_least({n: 1, n + 1: -1}, 1) for n in range(9)] + [at_least({0: -1}, -3)]
    assert not feasible(impossible)
    assert feasible(impossible, effort=1)


constraints = st.builds(
    Constraint,
    st.dictionaries(st.integers(0, 2), st.integers(-3, 3), max_size=3),
    st.integers(-4, 4),
    st.booleans(),
)


@given(st.lists(constraints, max_size=5))
def test_whatever_has_a_whole_solution_is_feasible(given_: list[Constraint]) -> None:
    def hold(point: tuple[int, ...]) -> bool:
        sums = [(sum(c * point[v] for v, c in each.form.items()), each) for each in given_]
        return all(s > each.bound if each.strict else s >= each.bound for s, each in sums)

    if any(hold(point) for point in product(range(4), repeat=3)):
        assert feasible(given_)


@given(constraints, st.lists(constraints, max_size=3))
def test_a_condition_and_its_contrary_never_hold_together(
    one: Constraint, others: list[Constraint]
) -> None:
    contrary = Constraint(negative(one.form), -one.bound, strict=not one.strict)
    assert not feasible([one, contrary, *others])
