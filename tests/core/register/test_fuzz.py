"""Whatever is offered to a register, it answers with its own errors and changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.kernel.act import Act
from comity.kernel.dates import parse_instant
from comity.kernel.errors import ComityError
from comity.register.kinds import KINDS
from comity.register.records import CONFIDENCES, from_record
from comity.register.register import Register
from tests.core.register.league import act, charter, member

NAMES = st.sampled_from(
    ["AA", "BB", "aa", "member", "observer", "partner", "dormant", "commander", "council", "chair",
     "academy", "ISLE", "joined", "notice", "x", "decided", "signed", "invited", "continuation",
     "separation", "merger", "succession", "lapsed", "all", "vote", "art_1", "", "\0", "\ud800"]
)  # fmt: skip
DATES = st.sampled_from(
    ["0001", "0001-01-01", "1959-12-31", "1960-01-01", "1990-01", "1990-02-30", "1991-01-01",
     "2010-01-01", "9999", "9999-12-31", "soon", ""]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | NAMES | DATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)
FIELDS = sorted({field.name for kind in KINDS.values() for field in kind.fields})


@st.composite
def records(draw: Any) -> dict[str, Any]:
    """Records that are nearly right: a kind with its own fields, most of them of the right type."""
    kind = draw(st.sampled_from([*KINDS, "nothing"]))
    declared = KINDS[kind].fields if kind in KINDS else ()
    details = {
        field.name: draw(_value_of(field.holds)) for field in declared if draw(st.booleans())
    }
    details |= draw(st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=1))
    return {
        "id": draw(st.sampled_from(["x", "y", "joined", "Ä", ""])),
        "organisation": draw(st.sampled_from(["league"] * 9 + ["other"])),
        "kind": kind,
        "effective_on": draw(DATES),
        "recorded_at": draw(st.sampled_from(["2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z"])),
        "parties": draw(st.lists(st.sampled_from(["AA", "BB", "CC", "XX"]), max_size=2)),
        "details": details,
        "confidence": draw(st.sampled_from(CONFIDENCES)),
    }


def _value_of(holds: str) -> st.SearchStrategy[Any]:
    right = {
        "date": DATES,
        "day": DATES,
        "names": st.just({"en": "A name"}),
        "mapping": st.dictionaries(st.sampled_from(["parties", "effective_on", "details"]), VALUES),
        "integer": st.integers(),
        "parties": st.lists(st.sampled_from(["AA", "BB"]), max_size=2),
        "statuses": st.lists(st.sampled_from(["member", "observer"]), max_size=2),
    }
    return right.get(holds, NAMES) | VALUES


def _league() -> Register:
    register = Register([charter()])
    notice = act("withdrawal_notified", "AA", "1990-01-01", id="notice")
    register.append([member("AA", id="joined"), notice])
    return register


@settings(max_examples=150)
@given(st.lists(records(), min_size=1, max_size=3))
def test_any_records_are_recorded_or_refused(offered: list[dict[str, Any]]) -> None:
    register = _league()
    before = list(register.acts)
    refused = _append(register, offered)
    if refused:
        assert refused.faults
        assert str(refused)
        assert register.acts == before
    else:
        assert len(register) == len(before) + len(offered)
    for day in (date.min, date(1990, 6, 1), date.max):
        assert len(register.organisation("league").situation(on=day).roster()) <= 5


def _append(register: Register, offered: list[dict[str, Any]]) -> ComityError | None:
    try:
        register.append([from_record(each) for each in offered])
    except ComityError as error:
        return error
    return None


def _nested(depth: int) -> Any:
    value: Any = {}
    for _ in range(depth):
        value = {"a": value}
    return value


DEEP = _nested(3_000)
ODD: dict[str, Act] = {
    "deep": act("signed", instrument="treaty", terms=DEEP, id="x"),
    "deep where text is wanted": act("admitted", "AA", status=DEEP, id="x"),
    "deep where names are wanted": act("renamed", "AA", names=DEEP, id="x"),
    "deep where a list is wanted": act("suspended", "AA", rights=DEEP, id="x"),
    "deep in a correction": act("corrected", act="joined", changes={"details": DEEP}, id="x"),
    "huge": act("noted", topic="x", text={"en": "x" * 10_000_000}, id="x"),
    "a kind without end": act("n" * 100_000, id="x"),
}


@pytest.mark.parametrize("what", ODD)
def test_deep_and_huge_details_are_refused(what: str) -> None:
    register = _league()
    with pytest.raises(ComityError) as error:
        register.append([ODD[what]])
    assert error.value.code in ("too_deep", "record_too_large")
    assert len(str(error.value)) < 1_000
    assert len(register) == 2


def test_an_instant_without_a_time_zone_is_refused() -> None:
    naive = Act("x", "league", "noted", member("AA").effective_on,
                parse_instant("2026-01-01T00:00:00Z").replace(tzinfo=None))  # fmt: skip
    register = _league()
    with pytest.raises(ComityError, match="time zone"):
        register.append([naive])
