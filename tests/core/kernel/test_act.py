"""The envelope that every formal act comes in."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from comity.kernel.act import NOTHING, Act, Alternative, Authority
from comity.kernel.canonical import encode
from comity.kernel.dates import PartialDate


def act(**details: Any) -> Act:
    return Act(
        id="2030-001",
        organisation="model",
        kind="admitted",
        effective_on=PartialDate.parse("2030-01"),
        recorded_at=datetime(2030, 1, 2, tzinfo=UTC),
        **({"details": details} if details else {}),
    )


def test_what_is_not_said_is_empty_and_nothing_is_assumed() -> None:
    bare = act()
    assert bare.parties == bare.sources == bare.alternatives == ()
    assert bare.authority == Authority("", "")
    assert bare.decided_on is None
    assert bare.confidence == "high"
    assert encode(bare.details) == b"{}"


def test_no_details_are_shared_and_cannot_be_written() -> None:
    assert act().details is NOTHING
    with pytest.raises(TypeError):
        act().details["status"] = "member"  # type: ignore[index]


def test_a_detail_is_text_or_nothing() -> None:
    some = act(status="member", number=7, none=None)
    assert [some.detail(name) for name in ("status", "number", "none", "missing")] == [
        *("member", "", "", "")
    ]


@pytest.mark.parametrize(
    ("value", "listed"),
    [
        ("AA", ("AA",)),
        (["AA", "BB"], ("AA", "BB")),
        (("AA",), ("AA",)),
        (["AA", 7], ("AA",)),
        (7, ()),
        (None, ()),
        ({"AA": 1}, ()),
        ([], ()),
    ],
)
def test_a_list_of_texts_may_be_one_text(value: Any, listed: tuple[str, ...]) -> None:
    assert act(parties=value).listed("parties") == listed
    assert act().listed("parties") == ()


def test_an_act_is_corrected_by_another_never_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        act().kind = "expelled"  # type: ignore[misc]
    disputed = dataclasses.replace(
        act(), alternatives=(Alternative(PartialDate.parse("2029"), ("source",), "another view"),)
    )
    assert disputed.alternatives[0].effective_on.first.year == 2029
    assert disputed != act()
