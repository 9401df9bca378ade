"""When a notice takes effect: one row a rule that a real organisation has."""

from __future__ import annotations

from datetime import date

import pytest

from comity.charter.model import Notice
from comity.membership.notice import takes_effect_on

YEAR = Notice(months=12)
ROWS = [
    ("a year to the day: Rome Statute, art. 127", YEAR, "2016-10-27", "2017-10-27"),
    ("three months: Non-Proliferation Treaty, art. X",
     Notice(months=3), "2003-01-10", "2003-04-10"),
    ("days: thirty", Notice(days=30), "2020-01-31", "2020-03-01"),
    ("the day after the anniversary: Energy Charter, art. 47",
     Notice(months=12, then="next_day"), "2022-12-07", "2023-12-08"),
    ("two years, first day outside the day after: art. 50 TEU",
     Notice(months=24, then="next_day"), "2017-03-29", "2019-03-30"),
    ("first of the month after three months: Istanbul Convention, art. 80",
     Notice(months=3, then="first_of_next_month"), "2021-03-22", "2021-07-01"),
    ("end of the following year: UNESCO Constitution, art. II(6)",
     Notice(months=12, then="first_of_next_year"), "2017-10-12", "2019-01-01"),
    ("a leap day is clamped", YEAR, "2020-02-29", "2021-02-28"),
    ("a leap day rolls over where the depositary counts so",
     Notice(months=12, roll_over=True), "2020-02-29", "2021-03-01"),
    ("cut-off by 1 January for 30 June, in time: whaling",
     Notice(notice_by=(1, 1), effect=(6, 30)), "2018-12-26", "2019-06-30"),
    ("cut-off by 1 January, on the day itself",
     Notice(notice_by=(1, 1), effect=(6, 30)), "2019-01-01", "2019-06-30"),
    ("cut-off by 1 January, a day late",
     Notice(notice_by=(1, 1), effect=(6, 30)), "2019-01-02", "2020-06-30"),
    ("cut-off by 1 July for 1 January: Single Convention, art. 46",
     Notice(notice_by=(7, 1), effect=(1, 1)), "2020-07-01", "2021-01-01"),
    ("cut-off by 1 July, a day late",
     Notice(notice_by=(7, 1), effect=(1, 1)), "2020-07-02", "2022-01-01"),
    ("not within three years of its own beginning: Paris Agreement, art. 28",
     Notice(months=12, not_within_months=36), "2017-08-04", "2020-11-04"),
]  # fmt: skip
HELD_SINCE = date(2016, 11, 4)


@pytest.mark.parametrize(
    ("notice", "received", "effect"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_the_rule_gives_the_day(notice: Notice, received: str, effect: str) -> None:
    found = takes_effect_on(date.fromisoformat(received), notice=notice, held_since=HELD_SINCE)
    assert found == date.fromisoformat(effect)


def test_a_later_day_named_in_the_notice_is_respected() -> None:
    says = date(2018, 12, 31)
    assert takes_effect_on(date(2017, 1, 1), notice=YEAR, held_since=HELD_SINCE, says=says) == says


def test_an_earlier_day_named_in_the_notice_is_of_no_effect() -> None:
    found = takes_effect_on(
        date(2018, 3, 17), notice=YEAR, held_since=HELD_SINCE, says=date(2018, 3, 17)
    )
    assert found == date(2019, 3, 17)
