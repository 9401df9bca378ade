"""Two games side by side, and decisions of the past under another rule."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.power.comparison import Recorded, Reversal, compare, replay, reversals
from comity.power.game import Game, Threshold, heads
from comity.power.indices import power
from tests.core.power.games import games

SIX = Game(tuple("ABCDEF"), Threshold((4, 4, 4, 2, 2, 1), 12))
NINE = Game(tuple("ABCDEFGHI"), Threshold((10, 10, 10, 5, 5, 2, 10, 3, 3), 41))


def test_a_member_without_power_gains_it_when_others_join() -> None:
    found = compare(power(SIX), power(NINE))
    assert [row.player for row in found.rows] == list("ABCDEFGHI")
    small = found.rows[5]
    assert small.shapley[0] == 0
    assert small.change > 0
    assert [row.joined for row in found.rows] == [False] * 6 + [True] * 3
    assert not any(row.left for row in found.rows)
    assert found.acting == (Fraction(14, 64), Fraction(75, 512))


def test_a_member_that_leaves_has_no_value_after() -> None:
    found = compare(power(NINE), power(SIX))
    gone = found.rows[-1]
    assert gone.left
    assert gone.banzhaf[1] is None
    assert gone.change == -power(NINE).shapley.of("I")


def test_changes_cancel_out() -> None:
    assert sum(row.change for row in compare(power(SIX), power(NINE)).rows) == 0


@pytest.mark.parametrize(
    ("supporters", "others", "outcome", "open_", "outside"),
    [
        ("ABC", "DEF", "carried", (), ()),
        ("ABD", "CEF", "not_carried", (), ()),
        ("AB", "F", "open", ("C", "D", "E"), ()),
        ("ABC", "", "carried", ("D", "E", "F"), ()),
        ("F", "AB", "not_carried", ("C", "D", "E"), ()),
        ("ABDX", "CEFY", "not_carried", (), ("X", "Y")),
    ],
)
def test_a_replay_is_open_only_where_it_hangs_on_unknown_positions(
    supporters: str, others: str, outcome: str, open_: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    vote = Recorded("vote", frozenset(supporters), frozenset(others))
    found = replay([vote], SIX)[0]
    assert (found.outcome, found.open, found.outside) == (outcome, open_, outside)


def test_only_decisions_that_turn_out_otherwise_are_reversals() -> None:
    votes = [
        Recorded("all", frozenset("ABCDEF"), frozenset()),
        Recorded("most", frozenset("ABC"), frozenset("DEF")),
    ]
    unanimity = Game(SIX.players, heads(6, 6))
    assert reversals(votes, SIX, unanimity) == (Reversal("most", "carried", "not_carried"),)


@given(games(), st.data())
def test_an_open_outcome_can_still_go_both_ways(game: Game, data: st.DataObject) -> None:
    sides = data.draw(st.lists(st.sampled_from("yn?"), min_size=7, max_size=7))
    by_side = {
        side: frozenset(
            player for player, its in zip(game.players, sides, strict=False) if its == side
        )
        for side in "yn?"
    }
    found = replay([Recorded("vote", by_side["y"], by_side["n"])], game)[0]
    ways = {game.wins(by_side["y"]), game.wins(by_side["y"] | by_side["?"])}
    expected = {frozenset({True}): "carried", frozenset({False}): "not_carried"}
    assert found.outcome == expected.get(frozenset(ways), "open")
