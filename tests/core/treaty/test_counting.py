"""Periods as depositaries count them: their own dates, and a reckoning day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.errors import DataError
from comity.treaty.counting import end_of, reckon
from comity.treaty.model import Counting, Step, Steps

PLAIN = Counting()
CLEAR = Counting(clear_days=True)
DAY_AFTER = Counting(day_after=True)
ROLLED = Counting(roll_over=True)


def days(number: int) -> Steps:
    return (Step("days", number),)


def months(number: int) -> Steps:
    return (Step("months", number),)


def first_of_month(number: int, gap: int = 0) -> Step:
    return Step("first_of_month", number, gap=gap)


# What depositaries announced: the day from which they reckoned, and the day they came to.
ANNOUNCED = [
    # Thirty days: the thirtieth day, or thirty clear days.
    ("Paris Agreement", days(30), PLAIN, "2016-10-05", "2016-11-04"),
    ("AfCFTA", days(30), CLEAR, "2019-04-29", "2019-05-30"),
    ("IAEA 1986", days(30), CLEAR, "1986-09-26", "1986-10-27"),
    ("VCLT", days(30), PLAIN, "1979-12-28", "1980-01-27"),
    # Months: the anniversary, or the day after it.
    ("ICCPR", months(3), PLAIN, "1975-12-23", "1976-03-23"),
    ("CCW, six months", months(6), PLAIN, "1983-06-02", "1983-12-02"),
    ("Tonnage Measurement Convention", months(24), DAY_AFTER, "1980-07-17", "1982-07-18"),
    ("Energy Charter, France", (Step("years", 1),), DAY_AFTER, "2022-12-07", "2023-12-08"),
    # The day that a month has not.
    ("OPRC, Latvia", months(3), PLAIN, "2001-11-30", "2002-02-28"),
    ("OPRC, Dominica", months(3), PLAIN, "2001-08-31", "2001-11-30"),
    ("STCW, Saudi Arabia", months(3), ROLLED, "1990-11-29", "1991-03-01"),
    ("STCW, El Salvador", months(3), ROLLED, "2012-11-29", "2013-03-01"),
    # The first of a month.
    ("Convention on Cluster Munitions", (first_of_month(6),), PLAIN, "2010-02-16", "2010-08-01"),
    ("Oviedo, Spain", (*months(3), first_of_month(1)), PLAIN, "1999-09-01", "2000-01-01"),
    ("Protocol 11", (Step("years", 1), first_of_month(1)), PLAIN, "1997-10-01", "1998-11-01"),
    ("EEC Treaty", (first_of_month(1, gap=15),), PLAIN, "1957-12-13", "1958-01-01"),
    # Cut-offs in the calendar.
    ("UNESCO, withdrawal", (Step("end_of_year", 1),), PLAIN, "2017-10-12", "2018-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "counting", "start", "end"),
    [each[1:] for each in ANNOUNCED],
    ids=[each[0] for each in ANNOUNCED],
)
def test_periods_end_when_the_depositary_said(
    steps: Steps, counting: Counting, start: str, end: str
) -> None:
    assert end_of(steps, date.fromisoformat(start), counting) == date.fromisoformat(end)


def test_less_than_the_gap_moves_on_a_month() -> None:
    steps = (first_of_month(1, gap=15),)
    assert end_of(steps, date(1957, 12, 20), PLAIN) == date(1958, 2, 1)
    assert end_of(steps, date(1957, 12, 17), PLAIN) == date(1958, 1, 1)
    assert end_of(steps, date(1957, 12, 18), PLAIN) == date(1958, 2, 1)


def test_notice_by_the_first_of_january_counts_for_that_june() -> None:
    by_january = Step("next", day=(1, 1), or_same=True)
    june = Step("next", day=(6, 30))
    ends = [
        end_of((by_january, june), day, PLAIN) for day in (date(2018, 12, 26), date(2019, 1, 1))
    ]
    assert ends == [date(2019, 6, 30), date(2019, 6, 30)]
    assert end_of((by_january, june), date(2019, 1, 2), PLAIN) == date(2020, 6, 30)


def test_a_step_may_count_in_its_own_way() -> None:
    own = (Step("months", 1), Step("days", 1, counting=CLEAR))
    assert end_of(own, date(2030, 1, 31), PLAIN) == date(2030, 3, 2)


def test_every_step_is_told() -> None:
    taken = reckon((*months(3), first_of_month(1)), date(2012, 11, 30), PLAIN)
    assert [(each.start, each.end) for each in taken] == [
        (date(2012, 11, 30), date(2013, 2, 28)),
        (date(2013, 2, 28), date(2013, 3, 1)),
    ]


@pytest.mark.parametrize("steps", [days(10), (Step("end_of_year", 1),), (Step("months", 1),)])
def test_no_date_lies_beyond_the_calendar(steps: Steps) -> None:
    with pytest.raises(DataError):
        end_of(steps, date(9999, 12, 31), PLAIN)


DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@given(DAYS, st.integers(0, 400), st.sampled_from([PLAIN, CLEAR]))
def test_days_are_those_one_can_tick_off(start: date, number: int, counting: Counting) -> None:
    day, between = start, 0
    while between < number:
        day += timedelta(days=1)
        between += 1
    day += timedelta(days=counting.clear_days)
    assert end_of(days(number), start, counting) == day


@given(DAYS, st.integers(0, 60), st.booleans())
def test_months_end_on_the_same_day_or_as_near_as_the_month_allows(
    start: date, number: int, roll_over: bool
) -> None:
    end = end_of(months(number), start, Counting(roll_over=roll_over))
    passed = (end.year - start.year) * 12 + end.month - start.month
    if end.day == start.day:
        assert passed == number
    elif roll_over:
        assert (end.day, passed) == (1, number + 1)
    else:
        assert passed == number
        assert (end + timedelta(days=1)).day == 1
        assert end.day < start.day


@given(DAYS, st.integers(1, 12), st.integers(0, 28))
def test_firsts_of_a_month_keep_their_distance(start: date, number: int, gap: int) -> None:
    end = end_of((first_of_month(number, gap=gap),), start, PLAIN)
    passed = (end.year - start.year) * 12 + end.month - start.month
    assert end.day == 1
    assert (end - start).days >= gap
    assert passed in (number, number + 1)


@given(DAYS, DAYS, st.sampled_from([PLAIN, CLEAR, DAY_AFTER, ROLLED]), st.data())
def test_a_later_start_never_ends_earlier(
    one: date, other: date, counting: Counting, data: st.DataObject
) -> None:
    steps = data.draw(
        st.lists(
            st.one_of(
                st.builds(Step, st.sampled_from(["days", "months", "years"]), st.integers(0, 40)),
                st.builds(first_of_month, st.integers(1, 12), st.integers(0, 28)),
                st.builds(lambda number: Step("end_of_year", number), st.integers(0, 3)),
            ),
            max_size=3,
        ).map(tuple)
    )
    early, late = sorted((one, other))
    assert end_of(steps, early, counting) <= end_of(steps, late, counting)
