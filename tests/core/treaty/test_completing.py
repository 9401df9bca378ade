"""The smallest sets of States that would meet a condition, against looking at every set."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.dates import Period
from comity.treaty.completing import candidates_of, smallest_completing
from comity.treaty.conditions import Conditions, Standing
from comity.treaty.holding import Holding
from comity.treaty.model import (
    After,
    Amount,
    Certified,
    Class,
    Condition,
    Entry,
    Every,
    Together,
    Treaty,
    Weights,
    WeightTable,
)
from comity.treaty.model import Test as Asked
from comity.treaty.record import NOTHING_AROUND, Record

DAY = date(2030, 1, 1)
ALWAYS = (Period(),)


def conditions(
    when: Condition,
    weights: dict[str, int] | None = None,
    classes: dict[str, str] | None = None,
    given: str = "",
) -> Conditions:
    values = weights or {}
    treaty = Treaty(
        "convention",
        entry=Entry(when, After()),
        weights={"fleet": Weights("fleet", (WeightTable(values, sum(values.values()) or 1),))},
        classes={
            name: Class(name, spells=dict.fromkeys(who, ALWAYS))
            for name, who in (classes or {}).items()
        },
    )
    return Conditions(Holding(treaty, Record.of([]), NOTHING_AROUND), tuple(_standing(given)))


def _standing(who: str) -> list[Standing]:
    return [Standing(each, "ratification", f"act-{each}", (Period(DAY),)) for each in who]


def test_three_more_of_any() -> None:
    when = Asked("at_least", Amount(5))
    found = smallest_completing(conditions(when, given="AB"), when, DAY, "ABCDEF")
    assert found.size == 3
    assert found.complete
    assert [(each.among, each.number) for each in found.ways[0]] == [(("C", "D", "E", "F"), 3)]
    assert len(list(found.sets())) == 4
    (proof,) = found.proof
    assert (proof.leaf, proof.most, proof.lacking) == (when, 2, 3)


def test_a_share_takes_the_largest_and_says_why_no_fewer_do() -> None:
    when = Asked("at_least", Amount(Fraction(55, 100), of="total"), weight="fleet")
    fleets = {"A": 30, "B": 20, "C": 20, "D": 15, "E": 15}
    found = smallest_completing(conditions(when, fleets), when, DAY, fleets)
    assert found.size == 3
    assert frozenset("ABC") in set(found.sets())
    assert frozenset("CDE") not in set(found.sets())
    (proof,) = found.proof
    assert (proof.most, proof.lacking) == (50, 55)


def test_what_only_the_depositary_can_say_is_named() -> None:
    when = Together((Asked("at_least", Amount(1)), Certified("tonnage")))
    found = smallest_completing(conditions(when), when, DAY, "AB")
    assert found.size is None
    assert found.waits_for == (Certified("tonnage"),)


def test_too_few_candidates_is_no_set() -> None:
    when = Asked("at_least", Amount(4))
    found = smallest_completing(conditions(when), when, DAY, "AB")
    assert (found.size, found.waits_for) == (None, (when,))


def test_a_condition_already_met_takes_nobody() -> None:
    when = Asked("at_least", Amount(1))
    found = smallest_completing(conditions(when, given="A"), when, DAY, "AB")
    assert (found.size, list(found.sets())) == (0, [frozenset()])


def test_there_may_be_more_ways_than_were_asked_for() -> None:
    when = Asked("at_least", Amount(30), weight="fleet")
    fleets = {chr(65 + number): 10 + number for number in range(12)}
    found = smallest_completing(conditions(when, fleets), when, DAY, fleets, limit=2)
    assert (found.size, len(found.ways), found.complete) == (2, 2, False)


def test_a_search_stopped_early_says_so() -> None:
    fleets = {chr(65 + number): 10 + number for number in range(12)}
    when = Asked("at_least", Amount(sum(fleets.values()) // 2), weight="fleet")
    found = smallest_completing(conditions(when, fleets), when, DAY, fleets, effort=3)
    assert not found.complete


def test_everybody_known_by_name_is_a_candidate() -> None:
    when = Every("nuclear")
    found = candidates_of(conditions(when, {"A": 1}, {"nuclear": "BC"}))
    assert sorted(found) == ["A", "B", "C"]


STATES = "ABCDEFG"
TESTS = st.one_of(
    st.builds(lambda number: Asked("at_least", Amount(number)), st.integers(1, 7)),
    st.builds(
        lambda share, strict: Asked(
            "more_than" if strict else "at_least", Amount(share, of="total"), weight="fleet"
        ),
        st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=20),
        st.booleans(),
    ),
    st.builds(
        lambda number, name: Asked("at_least", Amount(number), among=name),
        st.integers(1, 3),
        st.sampled_from(["north", "south"]),
    ),
    st.builds(
        lambda number: Asked("at_least", Amount(number), without=("north",)), st.integers(1, 3)
    ),
    st.just(Every("south")),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda below: st.builds(
        lambda several, any_: Together(tuple(several), any=any_),
        st.lists(below, min_size=1, max_size=3),
        st.booleans(),
    ),
    max_leaves=4,
)


@given(
    CONDITIONS,
    st.lists(st.integers(0, 40), min_size=7, max_size=7),
    st.tuples(st.sets(st.sampled_from(STATES)), st.sets(st.sampled_from(STATES))),
    st.sets(st.sampled_from(STATES), max_size=3),
)
def test_no_smaller_set_is_enough_and_none_of_that_size_is_left_out(
    when: Condition, fleets: list[int], groups: tuple[set[str], set[str]], there: set[str]
) -> None:
    weights = dict(zip(STATES, fleets, strict=True))
    classes = {"north": "".join(sorted(groups[0])), "south": "".join(sorted(groups[1]))}
    given = "".join(sorted(there))
    found = smallest_completing(
        conditions(when, weights, classes, given), when, DAY, STATES, limit=10_000
    )
    free = [each for each in STATES if each not in there]
    expected: set[frozenset[str]] = set()
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            tried = conditions(when, weights, classes, given + "".join(chosen))
            if tried.line(when).at(DAY):
                expected.add(frozenset(chosen))
        if expected:
            break
    assert found.complete
    assert set(found.sets()) == expected
    assert found.size == (len(next(iter(expected))) if expected else None)


@given(st.lists(st.integers(1, 50), min_size=3, max_size=7), st.integers(1, 100))
def test_the_proof_can_be_checked_by_hand(fleets: list[int], needed: int) -> None:
    weights = dict(zip(STATES, fleets, strict=False))
    when = Asked("at_least", Amount(needed), weight="fleet")
    found = smallest_completing(conditions(when, weights), when, DAY, weights)
    if found.size is None:
        assert sum(fleets) < needed
        return
    (proof,) = found.proof
    assert proof.most == sum(sorted(fleets, reverse=True)[: found.size - 1]) < needed
    assert proof.lacking == needed


@pytest.mark.parametrize("kinds", [("accession",), ("ratification",)])
def test_only_consents_of_the_kind_asked_count(kinds: tuple[str, ...]) -> None:
    when = Asked("at_least", Amount(1), kinds=kinds)
    found = smallest_completing(conditions(when), when, DAY, "A", kind="accession")
    assert found.size == (1 if kinds == ("accession",) else None)
