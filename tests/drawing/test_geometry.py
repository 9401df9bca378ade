"""Where things lie: inside their frame, in their order, never on one another, and all of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity_web.drawing.bars import Bar
from comity_web.drawing.growth import Band, Event, Stretch, apart, growth
from comity_web.drawing.holders import Tenure, holders
from comity_web.drawing.lettering import letters, levels, lines, shortened, still_apart, text_width
from comity_web.drawing.life import Landmark, life
from comity_web.drawing.path import Lane, Step, path
from comity_web.drawing.plate import NARROW, WIDE
from comity_web.drawing.scale import Scale
from comity_web.drawing.svg import text_of
from comity_web.drawing.timelines import ROWS_ON_A_PLATE, Group, Row, timelines
from tests.drawing import families as any_
from tests.drawing.families import SVG, of_class, parsed, share

SCALES = st.builds(
    lambda day, days: Scale(day, day + timedelta(days)), any_.DAYS, st.integers(0, 40000)
)
HUNDREDTH = 0.011  # places are rounded to a hundredth of a percent


# Days


@given(SCALES, any_.DAYS, any_.DAYS)
def test_a_later_day_never_lies_farther_left(scale: Scale, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    assert 0 <= scale.at(earlier) <= scale.at(later) <= 100
    assert scale.at(scale.first) == 0
    assert scale.first == scale.last or scale.at(scale.last) == 100


@given(SCALES, st.integers(1, 15))
def test_years_lie_on_the_line_evenly_and_not_too_many(scale: Scale, most: int) -> None:
    ticks = scale.ticks(most)
    assert len(ticks) <= most
    assert all(date(each.year, 1, 1) in scale for each in ticks)
    steps = {after.year - before.year for before, after in pairwise(ticks)}
    assert len(steps) <= 1
    named = [each for each in ticks if not each.minor]
    assert len(named) <= len(ticks) // 2 + 1


# Timelines


@settings(max_examples=40)
@given(any_.GROUPS_OF_ANY)
def test_bars_lie_inside_the_frame_and_never_on_one_another(groups: list[Group]) -> None:
    for plate in timelines(groups, caption=any_.CAPTION, scale=any_.SCALE, day=any_.DAY):
        for row in of_class(parsed(plate), "row"):
            drawn = [*of_class(row, "bar"), *of_class(row, "soft")]
            boxes = sorted((share(each, "x"), share(each, "width")) for each in drawn)
            assert all(0 <= x <= 100 and x + width <= 100 + HUNDREDTH for x, width in boxes)
            for (x, width), (next_x, _) in pairwise(boxes):
                assert x + width <= next_x + HUNDREDTH


@settings(max_examples=40)
@given(any_.GROUPS_OF_ANY)
def test_every_spell_is_drawn_once_in_the_fill_of_its_status(groups: list[Group]) -> None:
    plates = timelines(groups, caption=any_.CAPTION, scale=any_.SCALE)
    drawn = [row for plate in plates for row in of_class(parsed(plate), "row")]
    wanted = [row for group in groups for row in group.rows]
    assert len(drawn) == len(wanted)
    for element, row in zip(drawn, wanted, strict=True):
        fills = [each.get("fill") for each in of_class(element, "bar")]
        assert fills == [f"url(#club-{spell.number})" for spell in row.spells]
        starts = [share(each, "x") for each in of_class(element, "bar")]
        certain = [min(spell.start.last, _end(spell)) for spell in row.spells]
        assert starts == [any_.SCALE.at(day) for day in certain]
        assert len(list(of_class(element, "slot"))) == len(row.suspensions)


def _end(spell: Bar) -> date:
    return spell.end.first if spell.end else any_.SCALE.last


@settings(max_examples=40)
@given(any_.GROUPS_OF_ANY)
def test_rows_follow_one_another_inside_their_plate(groups: list[Group]) -> None:
    for plate in timelines(groups, caption=any_.CAPTION, scale=any_.SCALE, day=any_.DAY):
        tops = [
            float(row.get("transform", "").removeprefix("translate(0 ").removesuffix(")"))
            for row in of_class(parsed(plate), "row")
        ]
        assert all(after - before == 28 for before, after in pairwise(tops))
        assert not tops or tops[-1] + 28 <= plate.height


def test_a_date_known_to_the_year_has_a_soft_beginning() -> None:
    (plate, _) = timelines(any_.GROUPS, caption=any_.CAPTION, scale=any_.SCALE)
    birchia = list(of_class(parsed(plate), "row"))[1]
    (soft,) = of_class(birchia, "soft")
    assert share(soft, "x") == any_.SCALE.at(date(1995, 1, 1))
    assert share(soft, "width") == pytest.approx(365 / 10957 * 100, abs=0.02)


def test_a_date_known_to_the_month_has_a_soft_end() -> None:
    (_, plate) = timelines(any_.GROUPS, caption=any_.CAPTION, scale=any_.SCALE)
    (soft,) = of_class(parsed(plate), "soft")
    assert share(soft, "x") == any_.SCALE.at(date(2010, 5, 1))


def test_what_lasts_a_day_is_still_seen() -> None:
    day, next_day = any_.when("2001-06-14"), any_.when("2001-06-15")
    row = Row("X", "", "X", (Bar(day, next_day, 1, "M", "member"),))
    (plate,) = timelines([Group("", (row,))], caption=any_.CAPTION, scale=any_.SCALE)
    (bar,) = of_class(parsed(plate), "bar")
    assert share(bar, "width") > 0


def test_the_chosen_day_is_a_line_where_it_lies() -> None:
    plates = timelines(any_.GROUPS, caption=any_.CAPTION, scale=any_.SCALE, day=any_.DAY)
    for plate in plates:
        (line,) = of_class(parsed(plate), "day-line")
        assert share(line, "x1") == share(line, "x2") == any_.SCALE.at(any_.DAY)


def test_a_day_that_lies_elsewhere_is_not_drawn() -> None:
    plates = timelines(any_.GROUPS, caption=any_.CAPTION, scale=any_.SCALE, day=date(1900, 1, 1))
    assert all(list(of_class(parsed(plate), "day-line")) == [] for plate in plates)


def family_of(number: int) -> list[Group]:
    made = []
    for each in range(number):
        name = f"State number {each}"
        bars = (
            Bar(any_.when("1992-03-01"), any_.when("2004-07"), 2, "O", "observer"),
            Bar(any_.when("2004-07"), None, 1, "M", "member State"),
        )
        history = "observer, 1 March 1992 – July 2004; member State, July 2004 – present"
        made.append(
            Row(name, f"/en/club/parties/S{each}/?on=2012-06-01", f"{name}: {history}", bars)
        )
    return [Group(f"Members · {number}", tuple(made))]


@pytest.mark.parametrize("number", [1, 10, 30, 31, 100, 200])
def test_a_plate_fits_on_a_page_and_no_party_is_lost(number: int) -> None:
    plates = timelines(family_of(number), caption=any_.CAPTION, scale=any_.SCALE, day=any_.DAY)
    counts = [len(list(of_class(parsed(plate), "row"))) for plate in plates]
    assert sum(counts) == number
    assert max(counts) <= ROWS_ON_A_PLATE
    assert max(counts) - min(counts) <= len(counts)
    assert max(plate.height for plate in plates) < 918  # what a page of US Letter holds, in pixels


@pytest.mark.parametrize(("number", "most"), [(30, 25_000), (100, 90_000)])
def test_a_drawing_is_small(number: int, most: int) -> None:
    plates = timelines(family_of(number), caption=any_.CAPTION, scale=any_.SCALE, day=any_.DAY)
    assert sum(len(text_of(each.element).encode()) for each in plates) < most


# A path


@given(any_.spells(), st.lists(any_.DAYS, max_size=12))
def test_steps_do_not_meet_even_on_a_phone(spells: tuple[Bar, ...], days: list[date]) -> None:
    steps = [Step(n, day, f"/acts/{n}/", f"{n}. act") for n, day in enumerate(sorted(days), 1)]
    plate = path([Lane("", spells)], steps, caption=any_.CAPTION, scale=any_.SCALE)
    rings = list(of_class(parsed(plate), "number-ring"))
    places = [(share(e, "cx") / 100 * NARROW, float(e.get("cy", 0))) for e in rings]
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) >= 24 or abs(y - other_y) >= 24
    assert all(12 <= x <= NARROW - 12 for x, _ in places)
    assert len(rings) == len(days) or len(days) > 5


def test_a_path_draws_each_lane_and_what_is_to_come() -> None:
    plate = path(
        [*any_.LANES, Lane("Currency", any_.CEDARIA, any_.AWAY)],
        any_.STEPS,
        caption=any_.CAPTION,
        scale=any_.SCALE,
        pending=any_.PENDING,
    )
    root = parsed(plate)
    assert [each.text for each in of_class(root, "heading")] == ["Membership", "Currency"]
    assert len(list(of_class(root, "bar"))) == 3
    assert len(list(of_class(root, "slot"))) == 1
    (pending,) = of_class(root, "pending")
    assert share(pending, "x1") == any_.SCALE.at(any_.PENDING.announced_on)
    assert share(pending, "x2") == any_.SCALE.at(any_.PENDING.effect_on)
    assert [each.get("href") for each in of_class(root, "step")] == [e.url for e in any_.STEPS]


# Growth


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    days = sorted(
        draw(st.lists(any_.DAYS.filter(any_.SCALE.__contains__), max_size=12, unique=True))
    )
    counts = st.tuples(*[st.integers(0, 40)] * 3)
    return [Stretch(day, draw(counts)) for day in days]


BANDS = [Band(number, "ABC"[number - 1], f"Status {number}") for number in (1, 2, 3)]


@given(stretches())
def test_steps_are_as_high_as_their_counts_and_as_long_as_their_time(found: list[Stretch]) -> None:
    plate = growth(BANDS, found, caption=any_.CAPTION, scale=any_.SCALE, height=200)
    most = max((sum(each.counts) for each in found), default=0) or 1
    ends = [*(each.start for each in found[1:]), any_.SCALE.last]
    areas = list(of_class(parsed(plate), "area"))
    for index, area in enumerate(areas):
        shown = [(s, end) for s, end in zip(found, ends, strict=bool(found)) if s.counts[index]]
        boxes = list(area)
        assert len(boxes) == len(shown)
        for box, (stretch, end) in zip(boxes, shown, strict=True):
            assert float(box.get("height", 0)) == pytest.approx(
                stretch.counts[index] * 200 / most, abs=0.021
            )
            assert share(box, "x") == any_.SCALE.at(stretch.start)
            assert share(box, "x") + share(box, "width") == pytest.approx(
                any_.SCALE.at(end), abs=0.011
            )


@given(stretches())
def test_areas_stand_on_one_another(found: list[Stretch]) -> None:
    plate = growth(BANDS, found, caption=any_.CAPTION, scale=any_.SCALE)
    # By stretch, not by place: two neighbouring days can be drawn at the same hundredth.
    by_stretch: dict[date, list[tuple[float, float]]] = {}
    for index, area in enumerate(of_class(parsed(plate), "area")):
        shown = [each.start for each in found if each.counts[index]]
        for start, box in zip(shown, area, strict=True):
            y = float(box.get("y", 0))
            by_stretch.setdefault(start, []).append((y, y + float(box.get("height", 0))))
    for boxes in by_stretch.values():
        for (top, _), (_, next_foot) in pairwise(boxes):
            assert next_foot == pytest.approx(top, abs=0.021)


@given(stretches())
def test_numbers_of_events_do_not_meet(found: list[Stretch]) -> None:
    events = [Event(n, each.start, n % 5, "/x/", f"{n}.") for n, each in enumerate(found, 1)]
    plate = growth(BANDS, found, events, caption=any_.CAPTION, scale=any_.SCALE)
    numbers = list(of_class(parsed(plate), "step"))
    on_phones = [each for each in numbers if "wide" not in each.get("class", "")]
    for width, shown in ((WIDE - plate.left - plate.right, numbers), (NARROW - 84, on_phones)):
        rings = [ring for each in shown for ring in of_class(each, "number-ring")]
        for one, other in combinations(rings, 2):
            across = abs(share(one, "cx") - share(other, "cx")) / 100 * width
            down = abs(float(one.get("cy", 0)) - float(other.get("cy", 0)))
            assert across >= 24 or down >= 24


@given(st.lists(st.floats(0, 500), max_size=6).map(lambda found: sorted(found, reverse=True)))
def test_labels_at_the_end_stand_a_line_apart(wanted: list[float]) -> None:
    found = apart(wanted, 500)
    assert all(before - after >= 16 - 1e-9 for before, after in pairwise(found))
    assert all(each <= asked for each, asked in zip(found, wanted, strict=True))


def test_a_name_that_is_cut_keeps_its_count() -> None:
    band = Band(1, "M", "Membership suspended by the own act of the State concerned " * 2)
    plate = growth([band], [Stretch(any_.DAY, (7,))], caption=any_.CAPTION, scale=any_.SCALE)
    wide, narrow = (each.text or "" for each in of_class(parsed(plate), "label"))
    assert wide.endswith("… · 7")
    assert narrow == "M 7"


def test_a_family_of_nobody_is_an_empty_plot() -> None:
    assert (
        list(of_class(parsed(growth([], [], caption=any_.CAPTION, scale=any_.SCALE)), "area")) == []
    )


# The life and the holders


@given(st.lists(st.tuples(any_.DAYS, st.integers(0, 9)), max_size=30))
def test_names_of_landmarks_do_not_meet_and_links_can_be_hit(found: list[tuple[date, int]]) -> None:
    marks = [Landmark(day, f"Name {n}", f"label {n}", f"?on={day}", n) for day, n in found]
    root = parsed(life(marks, caption=any_.CAPTION, scale=any_.SCALE, day=any_.DAY))
    assert len(list(of_class(root, "landmark"))) == len(marks)
    for width, among in (
        (WIDE, lambda _: True),
        (NARROW, lambda e: "wide" not in e.get("class", "")),
    ):
        links = [each for each in of_class(root, "step") if among(each)]
        stops = [share(each, "cx") for e in links for each in of_class(e, "hit")]
        assert all(abs(a - b) / 100 * width >= 23.9 for a, b in combinations(stops, 2))
        texts = [each for e in links for each in of_class(e, "label") if among(each)]
        boxes = [(*_extent(each, width), each.get("y")) for each in texts]
        for one, other in combinations(boxes, 2):
            assert one[2] != other[2] or one[1] <= other[0] + 0.1 or other[1] <= one[0] + 0.1


def _extent(text: object, width: float) -> tuple[float, float]:
    x = share(text, "x") / 100 * width  # type: ignore[arg-type]
    wide = text_width(text.text, 11.5)  # type: ignore[attr-defined]
    left = x - wide * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]  # type: ignore[attr-defined]
    return left, left + wide


@given(
    st.lists(any_.PARTIAL, min_size=1, max_size=9, unique_by=lambda each: each.first), any_.WORDS
)
def test_tenures_follow_one_another(starts: list[any_.PartialDate], name: str) -> None:
    starts.sort()
    found = [
        Tenure(start, end, name, "XX", "label", "/acts/x/")
        for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]
    boxes = list(of_class(parsed(holders(found, caption=any_.CAPTION, scale=any_.SCALE)), "tenure"))
    assert len(boxes) == len(found)
    for one, other in pairwise(boxes):
        assert share(one, "x") + share(one, "width") == pytest.approx(
            share(other, "x"), abs=HUNDREDTH
        )


def test_tenures_that_a_finger_cannot_hit_are_no_links() -> None:
    years = [any_.when(str(year)) for year in range(1990, 2021)]
    found = [
        Tenure(start, end, "Name", "N", "label", "/x/")
        for start, end in zip(years, [*years[1:], None], strict=True)
    ]
    crowded = parsed(holders(found, caption=any_.CAPTION, scale=any_.SCALE))
    assert list(crowded.iter(f"{SVG}a")) == []
    roomy = parsed(
        holders(
            any_.TENURES[:2], caption=any_.CAPTION, scale=Scale(date(1990, 5, 1), date(1995, 1, 1))
        )
    )
    assert len(list(roomy.iter(f"{SVG}a"))) == 2


# Letters and labels


@given(st.lists(st.tuples(st.floats(0, 90), st.floats(0.1, 30)), max_size=20), st.integers(1, 4))
def test_boxes_on_a_level_never_meet(found: list[tuple[float, float]], most: int) -> None:
    boxes = [(left, left + width) for left, width in found]
    on = levels(boxes, most)
    placed = [(level, box) for level, box in zip(on, boxes, strict=True) if level is not None]
    assert_apart(placed)
    assert all(level < most for level, _ in placed)
    wider = [(left - 5, right + 5) for left, right in boxes]
    stay = still_apart(wider, on, range(len(boxes)))
    assert_apart([(on[i] or 0, wider[i]) for i in range(len(boxes)) if stay[i]])


def assert_apart(placed: list[tuple[int, tuple[float, float]]]) -> None:
    for (level, one), (other_level, other) in combinations(placed, 2):
        assert level != other_level or one[1] <= other[0] or other[1] <= one[0]


@given(st.lists(any_.WORDS, max_size=8))
def test_every_name_has_a_letter_of_its_own(names: list[str]) -> None:
    found = letters(names)
    assert len(found) == len(names)
    assert len(set(found)) == len(found)


@given(any_.WORDS, st.floats(20, 200))
def test_a_shortened_text_has_room(text: str, room: float) -> None:
    short = shortened(text, room, 10)
    assert text_width(short, 10) <= room
    assert short == text or short.endswith("…")


@pytest.mark.parametrize(
    "text", ["a long text of many words " * 9, "地图只绘海岸线，不绘边界。" * 9]
)
def test_lines_are_no_longer_than_asked_and_lose_nothing(text: str) -> None:
    found = lines(text, 300, 12)
    assert len(found) > 3
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(text_width(each, 12) <= 315 for each in found)
