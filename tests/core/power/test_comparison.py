"""Two games side by side."""

from __future__ import annotations

from fractions import Fraction

from comity.power.comparison import compare
from comity.power.game import Game, Threshold
from comity.power.indices import power

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
