"""The end of a period: worked examples, and a model that walks through every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.dates import Period, format_instant
from comity.kernel.errors import DataError
from comity.procedure.calendars import (
    FALLS,
    Calendar,
    Falls,
    Span,
    SpecialDay,
    Then,
    Unit,
    end_of,
    special_days,
)
from comity.procedure.zones import LAST, instant_of, occurrences, parse_clock, parse_local, zone_of
from tests.core.procedure import naive

ZONES = (
    "UTC", "Europe/Brussels", "Asia/Shanghai", "Asia/Kolkata", "Asia/Tashkent", "America/New_York",
    "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
    "Pacific/Chatham", "Asia/Tehran",
)  # fmt: skip

NEXT: Falls = "next_office_day"
BEFORE: Falls = "previous_office_day"
MONTH: Then = "first_of_next_month"
YEAR: Then = "first_of_next_year"


def end(start: str, span: Span, zone: str = "Europe/Brussels", **more: object) -> str:
    calendar = Calendar("c", zone, **more)  # type: ignore[arg-type]
    received = bool(more)
    found = end_of(parse_local(start, zone), span, calendar, received=received).value
    shown = found.astimezone(zone_of(zone))
    return f"{shown:%Y-%m-%d %H:%M %z}"


@pytest.mark.parametrize(
    ("start", "span", "ends"),
    [
        # 72 hours are 72 hours, whatever clocks do meanwhile.
        ("2030-03-29 12:00", Span(72), "2030-04-01 13:00 +0200"),
        ("2030-10-25 12:00", Span(72), "2030-10-28 11:00 +0100"),
        ("2030-12-30 12:00", Span(72), "2031-01-02 12:00 +0100"),
        # Three days are to the same time of the third day.
        ("2030-03-29 12:00", Span(3, "days"), "2030-04-01 12:00 +0200"),
        ("2030-10-25 12:00", Span(3, "days"), "2030-10-28 12:00 +0100"),
        # A time that clocks leave out, and one that they show twice.
        ("2030-03-30 02:30", Span(1, "days"), "2030-03-31 03:00 +0200"),
        ("2030-10-26 02:30", Span(1, "days"), "2030-10-27 02:30 +0100"),
        # The end of a day is the midnight after it.
        ("2030-12-30 12:00", Span(1, "days", "end_of_day"), "2031-01-01 00:00 +0100"),
        # Office days: over a weekend, over the new year.
        ("2030-12-31 12:00", Span(1, "office_days"), "2031-01-01 12:00 +0100"),
        ("2031-01-03 12:00", Span(2, "office_days", time(18)), "2031-01-07 18:00 +0100"),
        ("2031-01-04 12:00", Span(1, "office_days", "close_of_office"), "2031-01-06 18:00 +0100"),
        # Months.
        ("2030-11-30 12:00", Span(3, "months"), "2031-02-28 12:00 +0100"),
        ("2030-11-30 12:00", Span(3, "months", month_end="roll_over"), "2031-03-01 12:00 +0100"),
        ("2031-11-29 12:00", Span(3, "months"), "2032-02-29 12:00 +0100"),
        # The first day of the month, or of the year, after a period has run out.
        ("2030-01-31 12:00", Span(3, "months", time(0), then=MONTH), "2030-05-01 00:00 +0200"),
        ("2030-03-01 12:00", Span(1, "months", then=MONTH), "2030-05-01 12:00 +0200"),
        ("2030-09-15 12:00", Span(3, "months", then=MONTH), "2031-01-01 12:00 +0100"),
        ("2030-09-15 12:00", Span(90, "days", time(0), then=YEAR), "2031-01-01 00:00 +0100"),
        ("2030-12-01 12:00", Span(31, "days", then=YEAR), "2032-01-01 12:00 +0100"),
        ("2030-05-20 12:00", Span(11, "days", falls=NEXT, then=MONTH), "2030-06-03 12:00 +0200"),
        ("9998-12-15 12:00", Span(1, "months", then=YEAR), "9999-12-29 01:00 +0100"),
        # Moved to an office day; the end of Saturday becomes that of Monday, or of Friday.
        ("2030-06-01 12:00", Span(7, "days", falls=NEXT), "2030-06-10 12:00 +0200"),
        ("2030-06-01 12:00", Span(7, "days", falls=BEFORE), "2030-06-07 12:00 +0200"),
        ("2030-06-01 12:00", Span(7, "days", "end_of_day", NEXT), "2030-06-11 00:00 +0200"),
        ("2030-10-24 12:00", Span(72, falls=NEXT), "2030-10-28 11:00 +0100"),
    ],
)  # fmt: skip
def test_a_period_ends(start: str, span: Span, ends: str) -> None:
    assert end(start, span) == ends


def test_holidays_are_no_office_days_and_a_working_saturday_is_one() -> None:
    holidays = special_days([SpecialDay(date(2030, 6, 6))])
    working = special_days([SpecialDay(date(2030, 6, 8))])
    span = Span(2, "office_days")
    calendar = Calendar("c", "Asia/Shanghai", holidays=holidays, working_days=working)
    start = parse_local("2030-06-05 10:00", "Asia/Shanghai")
    assert format_instant(end_of(start, span, calendar).value) == "2030-06-08T02:00:00Z"


def test_what_comes_after_hours_is_of_the_next_office_day() -> None:
    span = Span(1, "office_days", time(12))
    for start, ends in (
        ("2030-06-05 17:59", "2030-06-06 12:00 +0200"),
        ("2030-06-05 18:00", "2030-06-07 12:00 +0200"),
        ("2030-06-08 10:00", "2030-06-11 12:00 +0200"),
    ):
        assert end(start, span, after_hours="next_office_day") == ends
    calendar = Calendar("c", "Europe/Brussels", after_hours="next_office_day")
    start_at = parse_local("2030-06-05 18:00", "Europe/Brussels")
    decided = end_of(start_at, span, calendar)
    assert format_instant(decided.value) == "2030-06-06T10:00:00Z", "nothing was received"


def test_beyond_the_days_that_a_calendar_covers_an_end_is_in_doubt() -> None:
    calendar = Calendar("c", covers=Period(date(2030, 1, 1), date(2031, 1, 1)))
    start = datetime(2030, 12, 27, 12, tzinfo=UTC)
    assert end_of(start, Span(2, "office_days"), calendar).doubts == ()
    (doubt,) = end_of(start, Span(3, "office_days"), calendar).doubts
    assert (doubt.code, doubt.ground, doubt.detail) == ("holidays_unknown", "c", "2031-01-01")
    assert end_of(start, Span(30, "days"), calendar).doubts == (), "no holiday matters"
    early = datetime(2029, 12, 31, 12, tzinfo=UTC)
    assert end_of(early, Span(3, "office_days"), calendar).doubts


@pytest.mark.parametrize("unit", ["clock_hours", "days", "office_days", "months"])
def test_nothing_is_reckoned_beyond_the_last_year(unit: Unit) -> None:
    start = datetime(9999, 12, 1, tzinfo=UTC)
    assert end_of(start, Span(10_000, unit), Calendar("c")).value == LAST


starts = st.integers(0, 25 * 366 * 24 * 60).map(
    lambda minutes: datetime(2009, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
# Changes of the clock, the day that Samoa left out, and new years.
edges = st.sampled_from(
    [
        datetime(2011, 12, 29, 9, 30, tzinfo=UTC), datetime(2030, 3, 30, 1, 30, tzinfo=UTC),
        datetime(2030, 10, 26, 0, 30, tzinfo=UTC), datetime(2030, 12, 31, 23, 30, tzinfo=UTC),
        datetime(2030, 3, 9, 7, 30, tzinfo=UTC), datetime(2030, 11, 2, 6, 30, tzinfo=UTC),
        datetime(2030, 4, 5, 15, 15, tzinfo=UTC), datetime(2030, 10, 4, 15, 45, tzinfo=UTC),
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    start=st.one_of(starts, edges),
    number=st.integers(1, 12),
    unit=st.sampled_from(["clock_hours", "days", "office_days", "months"]),
    ends=st.sampled_from(["same_time", "end_of_day", "close_of_office", time(2, 30), time(0)]),
    falls=st.sampled_from(FALLS),
    zone=st.sampled_from(ZONES),
    closed=st.lists(st.integers(0, 20), max_size=4),
)
def test_a_period_ends_where_one_comes_who_walks_through_every_minute(
    start: datetime,
    number: int,
    unit: Unit,
    ends: str | time,
    falls: Falls,
    zone: str,
    closed: list[int],
) -> None:
    ends = "same_time" if unit == "clock_hours" else ends
    days = frozenset(start.date() + timedelta(days=each) for each in closed)
    calendar = Calendar("c", zone, holidays=special_days(map(SpecialDay, days)))
    found = end_of(start, Span(number, unit, ends, falls), calendar).value
    assert found == naive.end(start, number, unit, ends, falls, naive.Office(zone, days))


@given(
    start=st.one_of(starts, edges),
    number=st.integers(1, 400),
    unit=st.sampled_from(["clock_hours", "days", "office_days", "months"]),
    zone=st.sampled_from(ZONES),
)
def test_a_period_that_is_not_moved_ends_after_it_began_and_a_longer_one_no_earlier(
    start: datetime, number: int, unit: Unit, zone: str
) -> None:
    calendar = Calendar("c", zone)
    shorter = end_of(start, Span(number, unit), calendar).value
    assert start < shorter <= end_of(start, Span(number + 1, unit), calendar).value


@given(shown=st.one_of(starts, edges), zone=st.sampled_from(ZONES))
def test_a_local_time_is_read_back_as_it_is_shown(shown: datetime, zone: str) -> None:
    local = shown.replace(tzinfo=None)
    found = occurrences(local, zone)
    assert len(found) <= 2
    assert all(naive.clock(each, zone) == local for each in found)
    if found:
        assert instant_of(local, zone) == found[-1]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2030-03-31 02:30", "time_left_out"),
        ("2030-10-27 02:30", "time_twice"),
        ("2030-10-27 02:30 +03:00", "time_left_out"),
        ("2030-13-01 10:00", "malformed_time"),
        ("2030-06-01", "malformed_time"),
        ("9999-12-31 10:00", "malformed_time"),
        ("noon", "malformed_time"),
    ],
)
def test_a_time_that_is_none_or_two_is_refused(text: str, code: str) -> None:
    with pytest.raises(DataError) as refused:
        parse_local(text, "Europe/Brussels")
    assert refused.value.code == code


def test_a_time_shown_twice_needs_its_offset() -> None:
    first, second = (
        parse_local(f"2030-10-27 02:30 {offset}", "Europe/Brussels")
        for offset in ("+02:00", "+01:00")
    )
    assert second - first == timedelta(hours=1)
    with pytest.raises(DataError, match=r"\+02:00 or \+01:00"):
        parse_local("2030-10-27 02:30", "Europe/Brussels")


@pytest.mark.parametrize("name", ["", "Mars", "../etc/passwd", "Europe", "europe/brussels/x/y"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(DataError) as refused:
        zone_of(name)
    assert refused.value.code == "unknown_zone"


@pytest.mark.parametrize("text", ["24:00", "6:00", "18.00", ""])
def test_a_time_of_day_is_written_in_four_digits(text: str) -> None:
    with pytest.raises(DataError, match="such as 18:00"):
        parse_clock(text)
