"""Values that others published, and some that can be worked out on paper."""

from __future__ import annotations

from fractions import Fraction

import pytest

from comity.power.game import AllOf, AnyOf, Game, Threshold, group, heads
from comity.power.indices import banzhaf, power
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


def test_the_union_of_28_as_by_decision_diagrams() -> None:
    """16 of 28 with 333,763,100 people, where 25 do not suffice (tests of power_bdd 1.0.0, MIT)."""
    people = sorted(column("eu28-2019.csv", "population"))
    measures = AnyOf((Threshold(tuple(people), 333_763_100), heads(28, 25)))
    found = power(game_of(heads(28, 16), measures, players=28))
    assert found.banzhaf.how.exact
    for player, beta, phi in (
        ("P0", 0.02993607521057129, 0.00883986193482761),
        ("P9", 0.03814743459224701, 0.015713165640141007),
        ("P27", 0.17020191252231598, 0.14645588268787893),
    ):
        assert float(found.banzhaf.of(player)) == pytest.approx(beta, rel=1e-13)
        assert float(found.shapley.of(player)) == pytest.approx(phi, rel=1e-13)


def test_an_electoral_college_as_by_decision_diagrams() -> None:
    """51 groups of electors, 270 of 538 votes (1996; tests of power_bdd 1.0.0, MIT)."""
    votes = [54, 33, 32, 25, 23, 22, 21, 18, 15, 14, 13, 13, 12, 12, *[11] * 4, *[10] * 2]
    votes += [*[9] * 2, *[8] * 6, *[7] * 3, *[6] * 2, *[5] * 4, *[4] * 6, *[3] * 8]
    found = power(weighted(*votes, quota=270))
    assert found.banzhaf.how.exact
    assert float(found.banzhaf.of("P0")) == pytest.approx(0.4664541346829614, rel=1e-13)
    assert float(found.banzhaf.of("P50")) == pytest.approx(0.0228538034563881, rel=1e-13)
    assert float(found.shapley.of("P0")) == pytest.approx(0.10812540951779513, rel=1e-13)
    assert float(found.shapley.of("P50")) == pytest.approx(0.005405549637386588, rel=1e-13)


def test_two_chambers_and_two_offices_as_by_decision_diagrams() -> None:
    """537 players in four groups, any of three ways (2020; tests of power_bdd 1.0.0, MIT)."""
    players = tuple(f"P{number}" for number in range(537))
    first, second, upper, lower = players[:1], players[1:2], players[2:102], players[102:]
    signed = group(players, first, 1)
    most = group(players, lower, 218)
    ways = (
        AllOf((most, group(players, upper, 51), signed)),
        AllOf((most, group(players, upper, 50), group(players, second, 1), signed)),
        AllOf((group(players, lower, 290), group(players, upper, 67))),
    )
    found = banzhaf(Game(players, AnyOf(ways)))
    assert found.how.exact
    for player, beta in (
        ("P0", 0.25),
        ("P1", 0.01989730934679494),
        ("P2", 0.01989730934679494),
        ("P536", 0.009569407217589256),
    ):
        assert float(found.of(player)) == pytest.approx(beta, rel=1e-12)
