"""A date known to the month leaves a doubt inside the month, whatever is asked."""

from __future__ import annotations

from datetime import date

import pytest

from comity.kernel.act import Act
from comity.kernel.finding import Finding
from tests.core.register.league import act, league, member

INSIDE, AFTER = date(2009, 1, 20), date(2009, 2, 1)
APPLIED = act("stage_reached", "BB", "2009-01", status="observer", stage="applied")
RENAMED = act("renamed", "AA", "2009-01", names={"en": "Newland"}, confidence="medium")


def codes(finding: Finding[object]) -> set[str]:
    return {doubt.code for doubt in finding.doubts}


@pytest.mark.parametrize(("day", "expected"), [(INSIDE, {"imprecise_date"}), (AFTER, set())])
def test_a_stage_reached_in_a_month_is_open_within_it(day: date, expected: set[str]) -> None:
    finding = league(APPLIED).situation(on=day).stage("BB", "observer")
    assert finding.value == "applied"
    assert codes(finding) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(INSIDE, {"imprecise_date", "medium_confidence"}), (AFTER, {"medium_confidence"})],
)
def test_a_new_name_carries_the_doubts_of_its_act(day: date, expected: set[str]) -> None:
    acts: tuple[Act, ...] = (member("AA"), RENAMED)
    finding = league(*acts).situation(on=day).name("AA")
    assert finding.value == "Newland"
    assert codes(finding) == expected
