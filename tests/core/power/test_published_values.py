"""Values that others published, and some that can be worked out on paper."""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.power.game import Game, Threshold, heads
from comity.power.indices import power
from tests.core.power.games import column, council, game_of, weighted

F = Fraction
COUNCIL_WEIGHTS = "eu-council-1973-2014.csv"


def test_the_security_council_of_fifteen() -> None:
    """Five permanent members; nine of fifteen votes (Charter of the United Nations, art. 27).

    Shapley-Shubik 421/2145 and 4/2145 (Straffin, Topics in the Theory of Voting, 1980).
    """
    found = power(council(permanent=5, elected=10, votes=9))
    assert found.banzhaf.swings == (848,) * 5 + (84,) * 10
    assert found.banzhaf.winning == 848
    assert found.shapley.values == (F(421, 2145),) * 5 + (F(4, 2145),) * 10


def test_the_security_council_of_eleven() -> None:
    """Seven of eleven votes, until 1965. The permanent members have 98.7 % together.

    Shapley and Shubik, A Method for Evaluating the Distribution of Power, 1954.
    """
    found = power(council(permanent=5, elected=6, votes=7))
    assert found.banzhaf.swings == (57,) * 5 + (5,) * 6
    assert found.shapley.values == (F(76, 385),) * 5 + (F(1, 462),) * 6
    assert round(float(sum(found.shapley.values[:5])), 3) == 0.987


def test_the_community_of_six_had_a_member_without_power() -> None:
    """Twelve of seventeen votes, 1958-1972 (Brams and Affuso, 1976)."""
    found = power(weighted(4, 4, 4, 2, 2, 1, quota=12))
    assert found.banzhaf.normalised == (F(5, 21),) * 3 + (F(1, 7),) * 2 + (0,)
    assert found.shapley.values == (F(14, 60),) * 3 + (F(9, 60),) * 2 + (0,)


@pytest.mark.parametrize(
    ("members", "quota", "percent"),
    [("of_9", 41, 14.7), ("of_10", 45, 13.7), ("of_12", 54, 9.8), ("of_15", 62, 7.8)],
)
def test_the_power_to_act_of_the_growing_community(
    members: str, quota: int, percent: float
) -> None:
    """The passage probability by Baldwin, Berglöf, Giavazzi and Widgrén, Nice Try, 2001.

    From memory, to one decimal.
    """
    found = power(weighted(*column(COUNCIL_WEIGHTS, members), quota=quota))
    assert abs(100 * found.banzhaf.acting - percent) < 0.1


def test_the_treaty_of_nice_made_decisions_harder() -> None:
    """255 of 345 votes, a majority of the 27 members, 62 % of the population: about 2 %.

    From memory of Felsenthal and Machover, Analysis of QM rules, 2004 (2.0 %, earlier population).
    """
    votes = column(COUNCIL_WEIGHTS, "nice")
    population = column(COUNCIL_WEIGHTS, "population_2007")
    votes.pop(3)  # the member of 2013, which has no population in 2007
    game = game_of(
        Threshold(tuple(votes), 255),
        heads(27, F(27, 2), strict=True),
        Threshold(tuple(population), F(62, 100) * sum(population)),
        players=27,
    )
    assert sum(votes) == 345
    found = power(game)
    assert found.banzhaf.how.exact
    assert round(100 * float(found.banzhaf.acting), 1) == 2.0


def test_unanimity_and_a_dictator() -> None:
    unanimity = power(weighted(1, 1, 1, 1, quota=4))
    assert unanimity.banzhaf.swings == (1,) * 4
    assert unanimity.shapley.values == (F(1, 4),) * 4
    dictator = power(weighted(5, 1, 1, quota=5))
    assert dictator.banzhaf.absolute == (1, 0, 0)


def test_an_odd_majority_by_hand() -> None:
    game: Game = weighted(50, 49, 1, quota=51)
    assert power(game).banzhaf.swings == (3, 1, 1)
