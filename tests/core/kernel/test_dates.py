"""Days, months, years, instants and periods."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.dates import (
    PartialDate,
    Period,
    add_months,
    end_of_day,
    format_instant,
    parse_day,
    parse_instant,
)
from comity.kernel.errors import DataError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2017-06-09", date(2017, 6, 9), date(2017, 6, 9), id="day"),
        pytest.param("2009-01", date(2009, 1, 1), date(2009, 1, 31), id="month"),
        pytest.param("2024-02", date(2024, 2, 1), date(2024, 2, 29), id="leap-february"),
        pytest.param("1900-02", date(1900, 2, 1), date(1900, 2, 28), id="1900-was-no-leap-year"),
        pytest.param("1962", date(1962, 1, 1), date(1962, 12, 31), id="year"),
        pytest.param("0001", date(1, 1, 1), date(1, 12, 31), id="first-year"),
    ],
)
def test_a_partial_date_has_bounds_and_is_written_as_it_was_read(
    text: str, first: date, last: date
) -> None:
    read = PartialDate.parse(text)
    assert (read.first, read.last) == (first, last)
    assert str(read) == text
    assert read.exact == (first == last)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "17",
            "2017-6-9",
            "2017-02-29",
            "2017-13",
            "2017-13-01",
            "2017-00",
            "2017-00-00",
        ),
        *(
            "2017-01-00",
            "2017-00-01",
            "0000",
            "0000-01-01",
            "20170609",
            "2017-W01-1",
            "2017-06-09 ",
        ),
        *("2017-06-09\n", "２０１７", "2017-06-09T00:00:00Z", "-2017", "2017-06-", "9" * 100),
    ],
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="is not a date") as refused:
        PartialDate.parse(text)
    assert refused.value.code == "impossible_date"
    with pytest.raises(DataError):
        parse_day(text)


def test_a_month_is_not_a_day() -> None:
    with pytest.raises(DataError, match="a day such as"):
        parse_day("2017-06")


@given(st.dates())
def test_a_day_is_written_and_read_back(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert PartialDate.parse(str(PartialDate.of(day))) == PartialDate.of(day)


def test_partial_dates_sort_by_their_first_day() -> None:
    texts = ["2017-06-09", "1962", "2009-01", "2009-01-01"]
    assert [str(each) for each in sorted(map(PartialDate.parse, texts))] == [
        *("1962", "2009-01-01", "2009-01", "2017-06-09")
    ]


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_is_written_and_read_back(instant: datetime) -> None:
    assert parse_instant(format_instant(instant)) == instant


def test_an_instant_is_written_in_utc() -> None:
    beijing = timezone(timedelta(hours=8))
    assert format_instant(datetime(2030, 5, 3, 18, 4, tzinfo=beijing)) == "2030-05-03T10:04:00Z"


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(DataError, match="with its time zone"):
        format_instant(datetime(2030, 5, 3))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-21", "2026-11-21T09:30:00", "2026-11-21T09:30:00+00:00", "2026-11-21T09:30Z"),
        *("2026-11-21T24:00:00Z", "2026-11-21T09:60:00Z", "2026-11-21T23:59:60Z"),
        *("2026-02-30T00:00:00Z", "2026-11-21T09:30:00.1234567Z", "2026-11-21t09:30:00z"),
    ],
)
def test_what_is_not_an_instant_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="an instant in UTC") as refused:
        parse_instant(text)
    assert refused.value.code == "impossible_date"


@given(st.dates())
def test_the_end_of_a_day_is_its_last_microsecond(day: date) -> None:
    end = end_of_day(day)
    assert end.date() == day
    assert (end.hour, end.minute, end.second, end.microsecond) == (23, 59, 59, 999_999)
    assert end.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "months", "clamped", "rolled"),
    [
        (date(2021, 11, 30), 3, date(2022, 2, 28), date(2022, 3, 1)),
        (date(2023, 11, 30), 3, date(2024, 2, 29), date(2024, 3, 1)),
        (date(2030, 1, 15), 12, date(2031, 1, 15), date(2031, 1, 15)),
        (date(2030, 12, 31), 1, date(2031, 1, 31), date(2031, 1, 31)),
        (date(2030, 3, 31), -1, date(2030, 2, 28), date(2030, 3, 1)),
        (date(2030, 1, 1), -1, date(2029, 12, 1), date(2029, 12, 1)),
        (date(2030, 5, 5), 0, date(2030, 5, 5), date(2030, 5, 5)),
    ],
)
def test_months_are_added_the_two_ways_depositaries_do(
    day: date, months: int, clamped: date, rolled: date
) -> None:
    assert add_months(day, months) == clamped
    assert add_months(day, months, roll_over=True) == rolled


@pytest.mark.parametrize(("day", "months"), [(date.max, 1), (date.min, -1), (date.min, -99999)])
def test_months_beyond_the_calendar_are_refused(day: date, months: int) -> None:
    with pytest.raises(DataError, match="years 1 to 9999"):
        add_months(day, months)


limits = st.none() | st.dates(date(2000, 1, 1), date(2000, 2, 1))
periods = st.builds(Period, limits, limits)
DAYS = [date(1999, 12, 1) + timedelta(days=each) for each in range(100)]


@given(periods, periods)
def test_periods_overlap_when_a_day_lies_in_both(one: Period, other: Period) -> None:
    assert one.overlaps(other) == any(day in one and day in other for day in DAYS)
    assert one.overlaps(other) == other.overlaps(one)


@given(st.lists(periods))
def test_periods_without_limit_sort_too(some: list[Period]) -> None:
    starts = [each.start or date.min for each in sorted(some)]
    assert starts == sorted(starts)


def test_the_end_of_a_period_is_outside_it() -> None:
    period = Period(date(2030, 1, 1), date(2030, 1, 3))
    assert [date(2030, 1, n) in period for n in (1, 2, 3)] == [True, True, False]
    assert str(period) == "2030-01-01/2030-01-03"
    assert str(Period()) == "…/…"
