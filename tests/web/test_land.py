"""The coastlines of the map: closed rings of land, small, and no border among them."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

import comity_web

LAND = Path(comity_web.__file__).parent / "drawing" / "data" / "land.json"
Ring = list[list[float]]


@pytest.fixture(scope="module")
def rings() -> list[Ring]:
    found: list[Ring] = json.loads(LAND.read_text("utf-8"))
    return found


def test_it_is_small() -> None:
    assert LAND.stat().st_size < 60_000


def test_rings_are_closed_and_on_the_globe(rings: list[Ring]) -> None:
    for ring in rings:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(-180 <= east <= 180 and -90 <= north <= 90 for east, north in ring)


def test_no_line_runs_across_the_map(rings: list[Ring]) -> None:
    """A ring that goes round the globe would be drawn as a bar over all of it."""
    at_the_pole = -90
    for ring in rings:
        for (east, north), (next_east, _) in pairwise(ring):
            assert abs(next_east - east) < 180 or north == at_the_pole


def test_there_is_no_border(rings: list[Ring]) -> None:
    """A border is a line that two areas of land share; a coast has land on one side only."""
    lines = [
        frozenset({tuple(one), tuple(other)}) for ring in rings for one, other in pairwise(ring)
    ]
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(
    ("place", "east", "north", "land"),
    [
        ("Moscow", 37.6, 55.8, True),
        ("Nairobi", 36.8, -1.3, True),
        ("the Caspian", 51.0, 41.0, False),
        ("the Atlantic", -30.0, 30.0, False),
        ("the South Pole", 0.0, -89.0, True),
    ],
)
def test_land_is_where_it_is(
    place: str, east: float, north: float, land: bool, rings: list[Ring]
) -> None:
    crossings = sum(_crosses(ring, east, north) for ring in rings)
    assert crossings % 2 == int(land), place


def _crosses(ring: Ring, east: float, north: float) -> int:
    """Count the lines of a ring that a ray from the point to the east crosses."""
    return sum(
        (south > north) != (top > north) and east < x + (north - south) / (top - south) * (to - x)
        for (x, south), (to, top) in pairwise(ring)
    )
