"""What a game is, what it is not, and its standard form."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.errors import DataError, UnknownName
from comity.power.game import AllOf, AnyOf, Formula, Game, Threshold, consent_of, group, heads
from comity.power.standard import Every, Test, holds, standard
from tests.core.power.games import games

ABC = ("A", "B", "C")


def coalitions(game: Game) -> Iterator[tuple[str, ...]]:
    sizes = range(len(game.players) + 1)
    return chain.from_iterable(combinations(game.players, size) for size in sizes)


@pytest.mark.parametrize(
    ("code", "players", "formula", "said"),
    [
        ("not_monotone", ABC, Threshold((1, -1, 1), 1), 'weight -1 of "B" is negative'),
        ("not_exact", ABC, Threshold((1, 0.5, 1), 1), 'weight 0.5 of "B"'),  # type: ignore[arg-type]
        ("not_exact", ABC, Threshold((1, True, 1), 1), "weight True"),
        ("not_exact", ABC, Threshold((1, 1, 1), 0.65), "the quota 0.65"),  # type: ignore[arg-type]
        ("wrong_number_of_weights", ABC, heads(2, 1), "2 weights for 3 players"),
        ("not_a_formula", ABC, AllOf(("veto",)), "formula.parts[0]: str"),  # type: ignore[arg-type]
        ("repeated_player", ("A", "A", "C"), heads(3, 2), '"A" is named 2 times'),
        ("no_players", (), heads(0, 0), "without players"),
    ],
)
def test_what_is_no_game_is_refused(
    code: str, players: tuple[str, ...], formula: Formula, said: str
) -> None:
    with pytest.raises(DataError) as refused:
        Game(players, formula)
    assert refused.value.code == code
    assert said in str(refused.value)
    assert "Expected: " in str(refused.value)


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(DataError) as refused:
        Game(("A", "A"), AnyOf((heads(3, 1), Threshold((-1, 1), 1))))
    codes = [fault.code for fault in refused.value.faults]
    assert codes == ["repeated_player", "wrong_number_of_weights", "not_monotone"]
    assert "formula.parts[1]" in refused.value.faults[2].found


def test_an_unknown_player_is_refused() -> None:
    with pytest.raises(UnknownName, match='no player "D"'):
        Game(ABC, heads(3, 2)).wins({"A", "D"})


def test_three_fifths_of_190_is_114() -> None:
    players = tuple(map(str, range(190)))
    game = Game(players, heads(190, Fraction(3, 5) * 190))
    assert game.wins(players[:114])
    assert not game.wins(players[:113])
    strict = Game(players, heads(190, Fraction(3, 5) * 190, strict=True))
    assert strict.wins(players[:115])
    assert not strict.wins(players[:114])


def test_a_group_and_its_veto() -> None:
    one_of_two = Game(ABC, group(ABC, {"A", "B"}, 1))
    both = Game(ABC, consent_of(ABC, {"A", "B"}))
    assert one_of_two.wins({"B"})
    assert not one_of_two.wins({"C"})
    assert both.wins({"A", "B"})
    assert not both.wins({"B", "C"})


def test_thresholds_of_one_measure_share_an_axis() -> None:
    halves = (Fraction(1, 2),) * 3
    game = Game(ABC, AllOf((Threshold(halves, 1), heads(3, 1), Threshold((2, 2, 0), 2))))
    found = standard(game)
    assert found.axes == ((1, 1, 1), (1, 1, 0))
    assert found.rule == Every((Test(0, 2), Test(1, 1)))


@pytest.mark.parametrize(
    ("formula", "rule"),
    [
        (heads(3, 0), True),
        (heads(3, 4), False),
        (heads(3, 3, strict=True), False),
        (AllOf(()), True),
        (AnyOf(()), False),
        (Threshold((0, 0, 0), 0), True),
        (Threshold((0, 0, 0), 0, strict=True), False),
        (AnyOf((heads(3, 2), heads(3, 0))), True),
        (AllOf((heads(3, 2), heads(3, 4))), False),
    ],
)
def test_what_holds_always_or_never_is_known(formula: Formula, rule: bool) -> None:
    assert standard(Game(ABC, formula)).rule is rule


@given(games())
def test_the_standard_form_means_the_same(game: Game) -> None:
    form = standard(game)
    for coalition in coalitions(game):
        sums = [
            sum(
                weight
                for weight, player in zip(axis, game.players, strict=True)
                if player in coalition
            )
            for axis in form.axes
        ]
        assert bool(holds(form.rule, sums)) is game.wins(coalition)


@given(games())
def test_a_coalition_wins_the_dual_if_the_others_lose(game: Game) -> None:
    dual = game.dual
    for coalition in coalitions(game):
        others = [each for each in game.players if each not in coalition]
        assert dual.wins(coalition) is not game.wins(others)
    assert standard(dual).dual.rule == standard(dual.dual).rule


@given(games(), st.data())
def test_a_supporter_never_defeats(game: Game, data: st.DataObject) -> None:
    few = data.draw(st.sets(st.sampled_from(game.players)))
    more = few | data.draw(st.sets(st.sampled_from(game.players)))
    assert game.wins(more) or not game.wins(few)
