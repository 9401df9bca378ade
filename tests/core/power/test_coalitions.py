"""Minimal coalitions against a naive search, and the standing of players."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given

from comity.power.coalitions import Coalitions, minimal_blocking, minimal_winning
from comity.power.efficiency import efficiency, standing
from comity.power.game import Game, heads
from comity.power.indices import banzhaf
from tests.core.power.games import column, council, double_majority, game_of, games, weighted


def naive_minimal(game: Game) -> set[tuple[str, ...]]:
    sizes = range(len(game.players) + 1)
    every = [each for size in sizes for each in combinations(game.players, size)]
    winning = {each for each in every if game.wins(each)}
    return {
        each
        for each in winning
        if not any(tuple(p for p in each if p != left) in winning for left in each)
    }


@given(games())
def test_the_search_finds_every_minimal_coalition_once(game: Game) -> None:
    for found, true in (
        (minimal_winning(game), naive_minimal(game)),
        (minimal_blocking(game), naive_minimal(game.dual)),
    ):
        assert found.complete
        assert set(found.listed) == true
        assert found.count == len(found.listed) == len(true)
        assert list(map(len, found.listed)) == sorted(map(len, found.listed))


def test_the_members_of_a_council_block_alone_or_by_seven() -> None:
    game = council(permanent=5, elected=10, votes=9)
    winning, blocking = minimal_winning(game), minimal_blocking(game)
    assert (winning.count, winning.complete) == (comb(10, 4), True)
    assert blocking.listed[:5] == (("P0",), ("P1",), ("P2",), ("P3",), ("P4",))
    assert blocking.count == 5 + comb(10, 7)
    assert len(blocking.listed[-1]) == 7


def test_three_large_members_do_not_block_where_four_are_needed() -> None:
    game = double_majority(column("eu27-2025.csv", "basis_points"))
    found = minimal_blocking(game, most_listed=10, most_steps=20_000)
    assert {len(each) for each in found.listed} == {4}
    assert found.listed[0] == ("P0", "P1", "P2", "P3")
    assert not game.dual.wins(("P0", "P1", "P2"))


def test_like_members_are_counted_without_being_listed() -> None:
    found = minimal_winning(game_of(heads(193, 129), players=193), most_listed=3)
    assert found.count == comb(193, 129)
    assert found.complete
    assert len(found.listed) == 3


def test_a_search_that_was_cut_short_says_so() -> None:
    game = double_majority(column("eu27-2025.csv", "basis_points"))
    found = minimal_winning(game, most_steps=1000)
    assert not found.complete
    assert found.searched < 27
    assert minimal_winning(game, most_steps=2000).count >= found.count


@pytest.mark.parametrize(("quota", "expected"), [(0, ((),)), (4, ())])
def test_a_rule_met_always_or_never(quota: int, expected: tuple[tuple[str, ...], ...]) -> None:
    game = weighted(1, 1, 1, quota=quota)
    assert minimal_winning(game) == Coalitions(len(expected), True, 3, expected)


@given(games())
def test_standing_is_as_defined(game: Game) -> None:
    found = standing(game, banzhaf(game))
    swings = dict(zip(game.players, banzhaf(game).swings, strict=True))
    assert set(found.dummies) == {each for each in game.players if not swings[each]}
    if not game.wins(game.players) or game.wins(()):
        assert (found.vetoers, found.dictator) == ((), None)
        return
    others = {each: [other for other in game.players if other != each] for each in game.players}
    assert set(found.vetoers) == {each for each in game.players if not game.wins(others[each])}
    dictators = [each for each in game.players if game.wins([each]) and each in found.vetoers]
    assert [found.dictator] == (dictators or [None])


def test_sampling_names_no_dummy() -> None:
    game = weighted(2, 1, 1, 0, quota=3)
    drawn = banzhaf(game, method="sampling", draws=100)
    assert drawn.of("P3") == 0
    assert standing(game, drawn).dummies == ()
    assert standing(game, banzhaf(game)).dummies == ("P3",)


@given(games())
def test_coleman_is_as_defined(game: Game) -> None:
    index = banzhaf(game)
    found = efficiency(index)
    assert index.winning is not None
    losing = 2 ** len(game.players) - index.winning
    for swings, prevent, initiate in zip(
        index.swings, found.preventing, found.initiating, strict=True
    ):
        assert prevent == (Fraction(swings, index.winning) if index.winning else 0)
        assert initiate == (Fraction(swings, losing) if losing else 0)


def test_a_vetoer_prevents_everything() -> None:
    found = efficiency(banzhaf(council(permanent=5, elected=10, votes=9)))
    assert found.acting == Fraction(848, 2**15)
    assert found.preventing[0] == 1
    assert found.initiating[0] == Fraction(848, 2**15 - 848)
