"""How likely a decision is: draws against formulas, and the laws that any chance must obey."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.errors import DataError, UnknownName
from comity.power.chance import (
    Assumption,
    Bloc,
    Chance,
    _objections,
    chance_of_consensus,
    chance_of_decision,
    consensus,
)
from comity.power.game import Game, heads
from comity.power.indices import banzhaf
from comity.power.interval import interval

NINE = tuple("ABCDEFGHI")
PLAIN = Assumption(NINE, (0.05,) * 9)
MIXED = Assumption(
    NINE,
    (0.05, 0.1, 0.2, 0.05, 0.1, 0.2, 0.3, 0.0, 0.02),
    common=0.3,
    blocs=(Bloc(("A", "C", "E"), 0.8), Bloc(("B", "I"), 0.5)),
)


@pytest.mark.parametrize("assumption", [PLAIN, MIXED])
def test_what_is_drawn_agrees_with_the_formula(assumption: Assumption) -> None:
    found = chance_of_consensus(assumption, seed=11, draws=40_000)
    assert len(found) == 9
    for each in found:
        assert each.analytic is not None
        assert each.low <= each.analytic <= each.high
        assert each.high - each.low < 0.04
    falling = [each.analytic or 0 for each in found]
    assert falling == sorted(falling, reverse=True)


def test_independent_objections_multiply() -> None:
    assert consensus(PLAIN) == pytest.approx(0.95**9)
    assert consensus(PLAIN.first(0)) == 1


def test_a_common_cause_is_the_correlation_of_two_members() -> None:
    assumption = Assumption(("A", "B"), (0.3, 0.3), common=0.4)
    drawn = np.concatenate(list(_objections(assumption, 3, 100_000)))
    assert abs(np.corrcoef(drawn.T)[0, 1] - 0.4) < 0.02
    assert abs(drawn.mean() - 0.3) < 0.01


def test_what_moves_together_raises_the_chance() -> None:
    apart = consensus(PLAIN)
    bloc = consensus(Assumption(NINE, (0.05,) * 9, blocs=(Bloc(("A", "B", "C"), 1.0),)))
    everyone = consensus(Assumption(NINE, (0.05,) * 9, common=1.0))
    assert apart < bloc < everyone
    assert bloc == pytest.approx(0.95**7)
    assert everyone == pytest.approx(0.95)


def test_the_same_seed_draws_the_same() -> None:
    assert chance_of_consensus(MIXED, seed=1, draws=500) == chance_of_consensus(
        MIXED, seed=1, draws=500
    )
    assert chance_of_consensus(MIXED, seed=1, draws=500) != chance_of_consensus(
        MIXED, seed=2, draws=500
    )


def test_the_chance_of_a_majority_is_that_of_the_binomial_law() -> None:
    assumption = Assumption(NINE, (0.4,) * 9)
    found = chance_of_decision(Game(NINE, heads(9, 6)), assumption, seed=5, draws=50_000)
    true = sum(comb(9, joined) * 0.6**joined * 0.4 ** (9 - joined) for joined in range(6, 10))
    assert found.low <= true <= found.high
    assert found.analytic is None


def test_consensus_is_the_decision_of_all() -> None:
    decision = chance_of_decision(Game(NINE, heads(9, 9)), MIXED, seed=9, draws=20_000)
    assert decision.low <= consensus(MIXED) <= decision.high


@pytest.mark.parametrize(("quota", "expected"), [(0, 1.0), (10, 0.0)])
def test_a_rule_met_always_or_never_is_certain(quota: int, expected: float) -> None:
    found = chance_of_decision(Game(NINE, heads(9, quota)), PLAIN, seed=1, draws=100)
    assert isinstance(found, Chance)
    assert found.drawn == expected
    assert expected in (found.low, found.high)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_an_interval_holds_what_was_seen(draws: int, share: float) -> None:
    hits = round(share * draws)
    low, high = interval(hits, draws, 0.99)
    assert 0 <= low <= hits / draws <= high <= 1
    wider = interval(hits, draws, 0.999)
    assert wider[0] <= low
    assert high <= wider[1]


@pytest.mark.parametrize("chance", [0.003, 0.2, 0.5])
def test_an_interval_misses_seldom(chance: float) -> None:
    hits = np.random.default_rng(8).binomial(500, chance, size=400)
    bounds = [interval(int(each), 500, 0.9) for each in hits]
    missed = sum(not low <= chance <= high for low, high in bounds)
    assert missed <= 40


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("not_a_probability", {"objecting": (1.5, 0.1)}),
        ("not_a_probability", {"objecting": (0.5, float("nan"))}),
        ("not_a_probability", {"objecting": (0.5, 0.1), "common": -0.1}),
        ("not_a_probability", {"objecting": (0.5, 0.1), "blocs": (Bloc(("A",), 2.0),)}),
        ("wrong_number_of_probabilities", {"objecting": (0.5,)}),
        (
            "member_of_two_blocs",
            {"objecting": (0.5, 0.1), "blocs": (Bloc(("A",), 1.0), Bloc(("A", "B"), 1.0))},
        ),
    ],
)
def test_what_is_no_assumption_is_refused(code: str, fields: dict[str, object]) -> None:
    with pytest.raises(DataError) as refused:
        Assumption(("A", "B"), **fields)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert "Expected: " in str(refused.value)


def test_a_member_named_twice_is_refused() -> None:
    """It would object with one probability where it is drawn, and with the other by formula."""
    with pytest.raises(DataError) as refused:
        Assumption(("A", "A"), (0.1, 0.5))
    assert refused.value.code == "repeated_member"


def test_of_no_draws_nothing_is_said() -> None:
    for draws in (0, -5):
        with pytest.raises(DataError, match=f"{draws} draws"):
            chance_of_consensus(PLAIN, seed=1, draws=draws)
        with pytest.raises(DataError, match=f"{draws} draws"):
            banzhaf(Game(("A", "B"), heads(2, 1)), method="sampling", draws=draws)


def test_a_bloc_of_others_is_refused() -> None:
    with pytest.raises(UnknownName, match='no member "X"'):
        Assumption(("A",), (0.5,), blocs=(Bloc(("X",), 1.0),))


def test_an_assumption_about_others_is_refused() -> None:
    with pytest.raises(DataError) as refused:
        chance_of_decision(Game(("A", "B"), heads(2, 2)), PLAIN, seed=1)
    assert refused.value.code == "other_members"
