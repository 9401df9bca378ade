"""What is still to be reached on a way."""

from __future__ import annotations

from datetime import date

import pytest

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.membership.ways import stages_left
from comity.register.register import Register
from tests.core.register.league import act

WAY = """
charter:
  organisation: {id: league}
  statuses: {member: {}}
  paths:
    - status: member
      stages:
        - {id: asked, required: false}
        - {id: decided}
        - {id: visited, required: false}
        - {id: signed, gives_status_on: [effect]}
"""


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2000-12-31", []),
        ("2001-01-01", ["decided", "signed"]),
        ("2002-01-01", ["signed"]),
        ("2003-01-01", []),
    ],
)
def test_the_stages_left_are_those_asked_for_after_the_last(day: str, left: list[str]) -> None:
    charter = load_inline(documents.parse(WAY, "league"), extra_parties=["AA"])
    stages = {"asked": "2001-01-01", "decided": "2002-01-01", "signed": "2003-01-01"}
    register = Register([charter])
    for stage, on in stages.items():
        register.append([act("stage_reached", "AA", on, status="member", stage=stage)])
    history = register.organisation("league").situation(on=date.max).folded("AA")
    asked = date.fromisoformat(day)
    found = stages_left(history, charter=charter, day=asked, status="member")
    assert [each.id for each in found] == left
