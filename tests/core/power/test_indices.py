"""Both indices: all methods agree, and the laws hold that define them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import factorial, inf
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.errors import DataError, UnknownName
from comity.power import choosing, counting, large
from comity.power.answers import Banzhaf, Value
from comity.power.choosing import METHODS, Question
from comity.power.game import AllOf, AnyOf, Game, Threshold, heads
from comity.power.indices import banzhaf, power, shapley
from comity.power.large import nodes_needed, quadrature_error
from tests.core.power.games import (
    column,
    council,
    double_majority,
    game_of,
    games,
    share_of_votes,
    weighted,
)

EXACT = METHODS[:3]


def naive(game: Game) -> tuple[tuple[int, ...], tuple[Fraction, ...], int]:
    """Return swings, Shapley values and winning coalitions by the definitions."""
    count = len(game.players)
    wins = [
        game.wins([each for place, each in enumerate(game.players) if number >> place & 1])
        for number in range(2**count)
    ]
    swings, shares = [0] * count, [Fraction(0)] * count
    for number in range(2**count):
        for place in range(count):
            if wins[number | 1 << place] and not wins[number] and not number >> place & 1:
                before = number.bit_count()
                swings[place] += 1
                orders = factorial(before) * factorial(count - 1 - before)
                shares[place] += Fraction(orders, factorial(count))
    return tuple(swings), tuple(shares), sum(wins)


def possible(game: Game, method: str) -> bool:
    question = Question(game, by_size=True)
    return isinstance(question.form.rule, bool) or question.seconds(method) < inf


def within(found: Sequence[Value], true: Sequence[Fraction], error: float) -> bool:
    return all(abs(Fraction(a) - b) <= error for a, b in zip(found, true, strict=True))


@settings(max_examples=200)
@given(games())
def test_every_exact_method_gives_the_defined_values(game: Game) -> None:
    swings, shares, winning = naive(game)
    for method in EXACT:
        if possible(game, method):
            found = power(game, method=method)
            assert found.banzhaf.swings == swings
            assert found.banzhaf.winning == winning
            assert found.shapley.values == shares
            assert banzhaf(game, method=method).swings == swings
    chosen = power(game)
    assert (chosen.banzhaf.swings, chosen.shapley.values) == (swings, shares)


@settings(max_examples=100)
@given(games())
def test_floating_point_keeps_within_its_bound(game: Game) -> None:
    swings, shares, winning = naive(game)
    absolute = [Fraction(each, 2 ** (len(game.players) - 1)) for each in swings]
    if possible(game, "large"):
        found = power(game, method="large")
        assert within(found.banzhaf.absolute, absolute, found.banzhaf.how.error)
        acting = Fraction(winning, 2 ** len(game.players))
        assert within([found.banzhaf.acting], [acting], found.banzhaf.how.error)
        assert within(found.shapley.values, shares, found.shapley.how.error)
        assert found.shapley.how.error < 1e-9


@settings(max_examples=100)
@given(games())
def test_the_integral_and_the_sizes_say_the_same(game: Game) -> None:
    question = Question(game, by_size=True)
    if isinstance(question.form.rule, bool) or not question.layout or not question.sides:
        return
    shares = shapley(game, method="enumeration").values
    weighed = large.weigh_swings(question.layout)
    ways = [
        (question.layout, large.shapley_by_size(question.layout, weighed, question.players)),
        (question.sides[0], large.shapley_by_nodes(question.sides)),
    ]
    for table, found in ways:
        true = [shares[kind.players[0]] for kind in table.kinds]
        assert within(found.values, true, max(found.errors))
        assert max(found.errors) < 1e-9


@given(games(), st.randoms(use_true_random=False))
def test_the_order_of_players_does_not_matter(game: Game, chance: Random) -> None:
    order = list(range(len(game.players)))
    chance.shuffle(order)

    def permuted(formula: object) -> object:
        if isinstance(formula, Threshold):
            weights = tuple(formula.weights[place] for place in order)
            return Threshold(weights, formula.quota, formula.strict)
        assert isinstance(formula, AllOf | AnyOf)
        return type(formula)(tuple(permuted(part) for part in formula.parts))  # type: ignore[misc]

    players = tuple(game.players[place] for place in order)
    other = power(Game(players, permuted(game.formula)))  # type: ignore[arg-type]
    found = power(game)
    for player in players:
        assert other.banzhaf.of(player) == found.banzhaf.of(player)
        assert other.shapley.of(player) == found.shapley.of(player)


@given(games())
def test_shapley_values_sum_to_one_where_anything_can_be_decided(game: Game) -> None:
    decidable = game.wins(game.players) and not game.wins(())
    assert sum(shapley(game).values) == int(decidable)
    assert sum(banzhaf(game).normalised) == int(decidable)


@given(games())
def test_blocking_takes_the_same_power_as_deciding(game: Game) -> None:
    own, dual = power(game), power(game.dual)
    assert own.banzhaf.swings == dual.banzhaf.swings
    assert own.shapley.values == dual.shapley.values
    assert own.banzhaf.acting + dual.banzhaf.acting == 1


@given(games())
def test_a_player_without_weight_has_no_power_and_changes_none(game: Game) -> None:
    def padded(formula: object) -> object:
        if isinstance(formula, Threshold):
            return Threshold((*formula.weights, 0), formula.quota, formula.strict)
        assert isinstance(formula, AllOf | AnyOf)
        return type(formula)(tuple(padded(part) for part in formula.parts))  # type: ignore[misc]

    wider = Game((*game.players, "dummy"), padded(game.formula))  # type: ignore[arg-type]
    found, before = power(wider), power(game)
    assert found.banzhaf.of("dummy") == found.shapley.of("dummy") == 0
    assert found.banzhaf.absolute[:-1] == before.banzhaf.absolute
    assert found.shapley.values[:-1] == before.shapley.values
    for method in (*EXACT, "large"):
        if possible(wider, method):
            assert power(wider, method=method).banzhaf.of("dummy") == 0


@pytest.mark.parametrize("rule", [0, 4])
def test_a_rule_met_always_or_never_gives_nobody_power(rule: int) -> None:
    found = power(weighted(1, 1, 1, quota=rule))
    assert found.banzhaf.how.method == "constant"
    assert found.banzhaf.swings == (0, 0, 0)
    assert found.banzhaf.normalised == (0, 0, 0)
    assert found.banzhaf.acting == int(rule == 0)
    assert set(found.shapley.values) == {0}


def test_weights_beyond_64_bits_are_counted_exactly() -> None:
    huge = 10**30
    game = weighted(2 * huge, huge, huge + 1, 5, quota=3 * huge)
    for method in ("enumeration", "meet_in_the_middle"):
        assert power(game, method=method).banzhaf.swings == naive(game)[0]


def test_counts_of_many_digits_are_put_together_from_residues() -> None:
    found = power(game_of(heads(200, 101), players=200))
    assert found.banzhaf.how.method == "counting"
    ways = 1
    for number in range(100):
        ways = ways * (199 - number) // (number + 1)
    assert set(found.banzhaf.swings) == {ways}
    assert set(found.shapley.values) == {Fraction(1, 200)}
    assert ways.bit_length() > 190


def test_all_methods_agree_on_27_members_with_three_tests() -> None:
    game = double_majority(column("eu27-2025.csv", "basis_points"))
    counted = power(game, method="counting")
    matched = power(game, method="meet_in_the_middle")
    assert counted.banzhaf.swings == matched.banzhaf.swings
    assert counted.shapley.values == matched.shapley.values
    floating = power(game, method="large")
    assert within(
        floating.banzhaf.absolute,
        matched.banzhaf.absolute,
        floating.banzhaf.how.error,  # type: ignore[arg-type]
    )
    assert within(floating.shapley.values, matched.shapley.values, floating.shapley.how.error)  # type: ignore[arg-type]
    question = Question(game, by_size=True)
    assert question.sides
    nodes = large.shapley_by_nodes(question.sides)
    for kind, value in zip(question.sides[0].kinds, nodes.values, strict=True):
        true = matched.shapley.values[kind.players[0]]
        assert abs(Fraction(value) - Fraction(true)) <= max(nodes.errors) < 1e-13


def test_the_largest_game_is_exact_and_floating_point_agrees() -> None:
    game = share_of_votes(Fraction(85, 100))
    exact, floating = banzhaf(game), banzhaf(game, method="large")
    assert exact.how.exact
    assert exact.how.method == "counting"
    assert len(exact.swings) == 190
    assert floating.how.relative_error < 1e-9
    for found, true in zip(floating.absolute, exact.absolute, strict=True):
        assert abs(Fraction(found) / Fraction(true) - 1) <= floating.how.relative_error
    assert abs(Fraction(floating.acting) - exact.acting) <= floating.how.error


def test_sampling_keeps_within_its_interval_and_repeats_itself() -> None:
    game = double_majority(column("eu27-2025.csv", "basis_points"))
    true = power(game)
    for index, method in ((true.banzhaf.absolute, banzhaf), (true.shapley.values, shapley)):
        found = method(game, method="sampling", seed=7, draws=20_000)
        assert found.how.confidence == 0.99
        assert found.how.draws == 20_000
        assert not found.how.exact
        values = found.absolute if isinstance(found, Banzhaf) else found.values
        assert within(values, index, found.how.error)  # type: ignore[arg-type]
        assert found == method(game, method="sampling", seed=7, draws=20_000)
        assert found != method(game, method="sampling", seed=8, draws=20_000)


def test_sampling_knows_large_weights() -> None:
    found = banzhaf(weighted(10**20, 1, 1, quota=10**20), method="sampling", draws=1000)
    assert found.absolute == (1, 0, 0)


def test_the_last_resort_is_sampling() -> None:
    chance = Random(4)
    weights = [tuple(chance.randrange(10**12) for _ in range(60)) for _ in range(2)]
    game = game_of(*(Threshold(each, sum(each) // 2) for each in weights), players=60)
    found = power(game, draws=2000)
    assert found.banzhaf.how.method == found.shapley.how.method == "sampling"


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UnknownName, match='no method "guessing"'):
        banzhaf(weighted(1, 1, quota=2), method="guessing")


@pytest.mark.parametrize(
    ("method", "players"), [("enumeration", 25), ("meet_in_the_middle", 37), ("large", 1001)]
)
def test_a_method_beyond_its_bounds_is_refused(method: str, players: int) -> None:
    with pytest.raises(DataError) as refused:
        banzhaf(game_of(heads(players, players - 1), players=players), method=method)
    assert refused.value.code == "method_not_possible"
    assert f"at most {players - 1}" in str(refused.value)


def test_a_table_beyond_its_bounds_is_refused() -> None:
    with pytest.raises(DataError, match="places"):
        banzhaf(weighted(10**9 + 7, 10**9 + 9, 10**9, quota=10**9), method="counting")


def test_a_veto_in_a_council_of_fifteen_is_ten_times_a_seat() -> None:
    found = banzhaf(council(5, 10, 9))
    assert found.of("P0") / found.of("P14") > 10


@pytest.mark.parametrize("degree", [1, 14, 60, 189, 999])
def test_the_nodes_integrate_every_power_within_the_bound(degree: int) -> None:
    nodes = nodes_needed(degree)
    assert quadrature_error(degree, nodes) <= 2**-55
    points, weights = np.polynomial.legendre.leggauss(nodes)
    chance = (points + 1) / 2
    for power_ in {0, 1, degree // 2, degree}:
        found = float((weights / 2 * chance**power_ * (1 - chance) ** (degree - power_)).sum())
        true = Fraction(factorial(power_) * factorial(degree - power_), factorial(degree + 1))
        ways = Fraction(factorial(degree), factorial(power_) * factorial(degree - power_))
        assert abs(Fraction(found) * ways - true * ways) < 1e-13


def test_the_moduli_hold_any_count() -> None:
    for players in (1, 62, 63, 190, 1000):
        product = 1
        for modulus in counting._moduli(players):
            product *= modulus
        assert product > 2 ** (players + 1)


def test_the_bounds_of_methods_are_told() -> None:
    assert set(choosing._NEEDS) == set(choosing._SECONDS) == set(METHODS)
