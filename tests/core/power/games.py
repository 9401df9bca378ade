"""Games for tests: random ones, and those whose values were published."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from random import Random

from hypothesis import strategies as st

from comity.power.game import AllOf, AnyOf, Formula, Game, Threshold, consent_of, heads

WEIGHTS = Path(__file__).parents[3] / "benchmarks" / "weights"


def column(file: str, name: str) -> list[int]:
    """Return the numbers of a column, without empty ones."""
    lines = (WEIGHTS / file).read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [int(row[name]) for row in rows if row[name]]


def game_of(*formulas: Formula, players: int) -> Game:
    """Return the game of numbered players that must meet all formulas."""
    formula = formulas[0] if len(formulas) == 1 else AllOf(formulas)
    return Game(tuple(f"P{number}" for number in range(players)), formula)


def weighted(*weights: int, quota: int) -> Game:
    """Return the game of one threshold."""
    return game_of(Threshold(weights, quota), players=len(weights))


def council(permanent: int, elected: int, votes: int) -> Game:
    """Return the game of a council whose permanent members, listed first, each have a veto."""
    players = tuple(f"P{number}" for number in range(permanent + elected))
    veto = consent_of(players, players[:permanent])
    return Game(players, AllOf((heads(len(players), votes), veto)))


def double_majority(populations: list[int]) -> Game:
    """Return 55 % of the members with 65 % of the population, or fewer than four against."""
    count, everyone = len(populations), sum(populations)
    double = AllOf(
        (
            heads(count, Fraction(55, 100) * count),
            Threshold(tuple(populations), Fraction(65, 100) * everyone),
        )
    )
    return game_of(AnyOf((double, heads(count, count - 3))), players=count)


def share_of_votes(share: Fraction) -> Game:
    """Return the largest weighted game there is here, at a share of all votes."""
    votes = column("imf-2022.csv", "votes")
    return game_of(Threshold(tuple(votes), share * sum(votes)), players=len(votes))


# The highest number of units that a weight may have, and the unit.
SORTS: list[tuple[int, int | Fraction]] = [
    (0, 1),
    (1, 1),
    (9, 1),
    (9, Fraction(1, 6)),
    (10**12, 10**6),
]


def random_threshold(chance: Random, players: int) -> Threshold:
    """Return a threshold: heads, groups, fractions and quotas out of reach among them."""
    most, unit = chance.choice(SORTS)
    weights = tuple(chance.randint(0, most) * unit for _ in range(players))
    share = Fraction(chance.randint(0, 13), 12)
    return Threshold(weights, share * sum(weights), chance.random() < 0.5)


def random_formula(chance: Random, players: int, depth: int = 2) -> Formula:
    """Return a formula of up to nine thresholds."""
    made = chance.choice([None, AllOf, AnyOf]) if depth else None
    if made is None:
        return random_threshold(chance, players)
    count = chance.randint(1, 3)
    return made(tuple(random_formula(chance, players, depth - 1) for _ in range(count)))


def random_game(seed: int) -> Game:
    """Return a game of one to seven players."""
    chance = Random(seed)
    players = chance.randint(1, 7)
    return game_of(random_formula(chance, players), players=players)


def games() -> st.SearchStrategy[Game]:
    """Draw games by their seed, which is quick; a game that fails is small as it is."""
    return st.integers(0, 2**32).map(random_game)
