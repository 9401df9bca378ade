"""The map: an equal-area projection, land without cuts, names that lie on nothing."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from math import cos, radians
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from comity_web.drawing import sheet
from comity_web.drawing.land import coastlines
from comity_web.drawing.lettering import text_width
from comity_web.drawing.map import NAME_SIZE, PAGE, PHONE, Point, map_of
from comity_web.drawing.placement import Box, Wanted, placed
from comity_web.drawing.projection import Azimuthal, Degrees, EqualEarth, projection_for
from comity_web.drawing.sheet import Format, sheet_for
from tests.drawing.families import CAPTION, POINTS, SVG, of_class, parsed

PLACES = st.tuples(st.floats(-180, 180), st.floats(-85, 85))
PROJECTIONS = [Azimuthal(70, 40), Azimuthal(-20, -35), EqualEarth(0), EqualEarth(100)]


@pytest.mark.parametrize("projection", PROJECTIONS, ids=str)
@given(turn=st.floats(-80, 80), latitude=st.floats(-75, 75))
def test_areas_are_true(projection: Azimuthal | EqualEarth, turn: float, latitude: float) -> None:
    """The area that a small patch has on the sheet is the area that it has on the globe."""
    step = 0.01
    assume(
        not isinstance(projection, Azimuthal)
        or abs(turn) + abs(latitude - projection.latitude) < 105
    )
    longitude = projection.middle + turn
    corner, east, north = (
        projection.place(*point)
        for point in (
            (longitude, latitude),
            (longitude + step, latitude),
            (longitude, latitude + step),
        )
    )
    one = (east[0] - corner[0], east[1] - corner[1])
    other = (north[0] - corner[0], north[1] - corner[1])
    drawn = abs(one[0] * other[1] - one[1] * other[0])
    on_the_globe = radians(step) ** 2 * cos(radians(latitude + step / 2))
    assert drawn == pytest.approx(on_the_globe, rel=2e-3)


@pytest.mark.parametrize("projection", PROJECTIONS, ids=str)
def test_north_is_up_and_east_is_right_in_the_middle(projection: Azimuthal | EqualEarth) -> None:
    x, y = projection.place(projection.middle, 10)
    assert projection.place(projection.middle + 1, 10)[0] > x
    assert projection.place(projection.middle, 11)[1] > y
    assert x == pytest.approx(0, abs=1e-12)


def test_equal_earth_is_as_wide_and_high_as_its_authors_say() -> None:
    """The sheet of a sphere of radius 1 is 5.41 wide and 2.63 high: 2.05 to 1."""
    right, top = EqualEarth(0).unrolled(180, 0)[0], EqualEarth(0).place(0, 90)[1]
    assert (2 * right, 2 * top) == pytest.approx((5.414, 2.634), abs=2e-3)


def test_a_family_on_one_side_is_seen_from_above_it() -> None:
    projection = projection_for([(30, 50), (116, 40), (75, 5)])
    assert isinstance(projection, Azimuthal)
    assert (projection.longitude, projection.latitude) == pytest.approx((75, 36), abs=3)


def test_a_family_round_the_globe_is_cut_where_nobody_is() -> None:
    projection = projection_for([(-67, 10), (107, -6), (45, 30)])
    assert isinstance(projection, EqualEarth)
    assert projection.longitude == 20
    pacific = projection_for([(-175, -21), (178, -18), (-77, -12), (100, 13)])
    assert abs(pacific.longitude) > 120


@pytest.mark.parametrize("shape", [PAGE, PHONE])
@given(found=st.lists(PLACES, max_size=12))
def test_the_sheet_shows_every_point(shape: Format, found: list[Degrees]) -> None:
    shown = sheet_for(found, shape)
    assert shown.width == shape.width
    assert shape.least - 1 <= shown.height <= shape.most + 1
    for point in found:
        x, y = shown.at(point)
        assert 0 <= x <= shown.width
        assert 0 <= y <= shown.height


# Land


def test_land_is_whole_across_the_180th_meridian() -> None:
    for ring in coastlines():
        closed = [*ring, ring[0]] if abs(ring[0][0] - ring[-1][0]) < 359 else ring
        for (x, y), (next_x, next_y) in pairwise(closed):
            cut = abs(abs(x) - 180) < 0.01 and abs(abs(next_x) - 180) < 0.01
            assert not cut or (x, y) == (next_x, next_y)
            assert abs(next_x - x) < 180


def test_the_rings_of_a_cut_island_are_joined(tmp_path: Path) -> None:
    west = [[180, 1], [170, 1], [170, -1], [180, -1], [180, 1]]
    east = [[-180, -1], [-170, -1], [-170, 1], [-180, 1], [-180, -1]]
    whole = [[0, 0], [1, 0], [1, 1], [0, 0]]
    file = tmp_path / "land.json"
    file.write_text(json.dumps([west, east, whole]))
    assert sorted(map(len, coastlines(file))) == [4, 7]
    (island,) = (ring for ring in coastlines(file) if len(ring) == 7)
    assert {round(x % 360) for x, _ in island} == {170, 180, 190}


def test_a_continent_round_the_pole_is_drawn_down_to_it() -> None:
    drawn = sheet.land_path(sheet_for([(-170, -60), (170, 70), (0, 0)], PAGE))
    assert drawn.endswith("z")


def test_without_a_coastline_the_map_has_its_points(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert coastlines(tmp_path / "nothing.json") == ()
    monkeypatch.setattr(sheet, "coastlines", tuple)
    sheet.land_path.cache_clear()
    try:
        root = parsed(map_of(POINTS, caption=CAPTION))
    finally:
        sheet.land_path.cache_clear()
    assert list(of_class(root, "land")) == []
    assert len(list(of_class(root, "point"))) == 3


def test_there_are_land_and_graticule_and_nothing_else_beneath_the_points() -> None:
    root = parsed(map_of(POINTS, caption=CAPTION))
    (ground,) = (each for each in root if each.get("clip-path"))
    kinds = [each.get("class") for each in ground if each.tag != f"{SVG}defs"]
    assert kinds == ["sea", "graticule", "land"]


# Points and names


def test_a_point_is_marked_by_status_and_a_suspended_one_has_a_ring() -> None:
    points = list(of_class(parsed(map_of(POINTS, caption=CAPTION)), "point"))
    shapes = {path.get("d") for each in points for path in of_class(each, "mark")}
    assert len(shapes) == 3
    assert [len(list(of_class(each, "suspended"))) for each in points] == [0, 0, 1]


@st.composite
def crowds(draw: st.DrawFn) -> list[Point]:
    found = draw(st.lists(st.tuples(st.floats(20, 60), st.floats(10, 50)), max_size=40))
    return [
        Point(
            place,
            n,
            n % 6 + 1,
            draw(st.sampled_from(["Chad", "Kyrgyzstan", "Sao Tome and"])),
            "",
            "x",
        )
        for n, place in enumerate(found, 1)
    ]


@pytest.mark.parametrize("shape", [PAGE, PHONE])
@settings(max_examples=40)
@given(points=crowds())
def test_every_point_is_drawn_and_no_name_lies_on_another(
    shape: Format, points: list[Point]
) -> None:
    plate = map_of(points, caption=CAPTION, shape=shape)
    root = parsed(plate)
    drawn = list(of_class(root, "point"))
    assert len(drawn) == len(points)
    boxes = [box for each in drawn for box in _boxes_of_texts(each)]
    for one, other in combinations(boxes, 2):
        assert not one.meets(other)
    assert all(box.left >= 0 and box.right <= shape.width for box in boxes)
    assert all(box.top >= 0 and box.bottom <= plate.height for box in boxes)


def _boxes_of_texts(point: object) -> list[Box]:
    move = point.get("transform").removeprefix("translate(").removesuffix(")").split()  # type: ignore[attr-defined]
    x, y = map(float, move)
    found = []
    for text in [*of_class(point, "name"), *of_class(point, "key-number")]:  # type: ignore[arg-type]
        wide = text_width(text.text or "", NAME_SIZE)
        at = x + float(text.get("x", 0))
        left = at - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "")]
        foot = y + float(text.get("y", 0))
        found.append(Box(left, foot - NAME_SIZE * 0.8, left + wide, foot + NAME_SIZE * 0.2))
    return found


def test_a_name_that_has_no_room_gives_way_to_a_number() -> None:
    crowd = [Wanted(100 + n % 3, 100 + n // 3, (90.0, 12.0)) for n in range(60)]
    found = placed(crowd, size=12, frame=Box(0, 0, 300, 200), reach=5)
    choices = [each.choice for each in found if each]
    assert {0, 1} <= set(choices)
    assert None in found


def test_a_name_with_room_stands_at_the_right_of_its_point() -> None:
    (alone,) = placed([Wanted(50, 50, (40.0,))], size=12, frame=Box(0, 0, 200, 100), reach=5)
    assert alone
    assert (alone.anchor, alone.away) == ("start", False)
