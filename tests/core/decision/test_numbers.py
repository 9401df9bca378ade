"""Numbers are read exactly as they are written, or refused."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.numbers import Number, Rounding, exact, rounded, text_of
from comity.decision.question import Question
from comity.decision.tallies import Tally
from comity.kernel.errors import DataError


@pytest.mark.parametrize(
    ("written", "number"),
    [
        (9, 9),
        ("9", 9),
        ("2/3", Fraction(2, 3)),
        ("55/100", Fraction(55, 100)),
        ("55 %", Fraction(55, 100)),
        ("62.5%", Fraction(5, 8)),
        ("58.10", Fraction(5810, 100)),
        (73.94, Fraction(7394, 100)),
        (1e16, 10**16),
        (1e-7, Fraction(1, 10**7)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Fraction(4, 2), 2),
        ("-1", -1),
    ],
)
def test_a_number_is_what_is_written(written: object, number: Number) -> None:
    assert exact(written) == number


def test_a_whole_number_is_an_integer() -> None:
    assert isinstance(exact("114/57"), int)
    assert isinstance(exact("3.0"), int)


@pytest.mark.parametrize(
    "written", ["", "two", "1/0", "1e5", True, None, [], float("nan"), float("inf"), 1e300, "½"]
)
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(DataError) as refused:
        exact(written)
    assert refused.value.code == "malformed_number"
    assert '"55 %"' in str(refused.value)


@given(st.fractions(), st.sampled_from(["up", "down", "half_up", None]))
def test_rounding_stays_within_one(number: Fraction, way: Rounding | None) -> None:
    assert abs(rounded(number, way) - number) < 1
    assert way is not None or rounded(number, way) == number


@given(st.fractions(max_denominator=10**9, min_value=-(10**9), max_value=10**9))
def test_a_number_reads_back_as_it_is_written(number: Fraction) -> None:
    assert exact(text_of(number)) == number


def test_nobody_weighs_less_than_nothing() -> None:
    with pytest.raises(DataError, match=r'"no" in a tally: -3. Expected: at least 0') as refused:
        Tally.of({"yes": 4, "no": -3})
    assert refused.value.code == "out_of_range"
    with pytest.raises(DataError, match=r'"members" in a tally: -1/2. Expected: at least 0'):
        Tally.of({"yes": 4, "members": "-1/2"})
    with pytest.raises(DataError, match=r'the weight "votes" of BB: -2. Expected: at least 0'):
        Question.of(["AA", "BB"], weights={"votes": {"AA": 1, "BB": "-2"}})
    of_others = Question.of(["AA"], weights={"votes": {"AA": 0, "BB": -2}})
    assert of_others.weights == {"votes": {"AA": 0}}
