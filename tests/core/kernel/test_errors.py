"""Sentences for the officer who has to mend the matter."""

from __future__ import annotations

import pickle

import pytest

from comity.kernel.errors import (
    ComityError,
    DataError,
    Fault,
    IntegrityError,
    Place,
    Refusal,
    UnknownName,
    did_you_mean,
    unknown,
)


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
    ],
)
def test_a_place_is_written_as_far_as_it_is_known(place: Place, written: str) -> None:
    assert str(place) == written


def test_a_fault_says_where_what_expected_and_what_to_do() -> None:
    fault = Fault(
        code="unknown_status",
        found="no such status",
        expected="member or observer.",
        advice="Did you mean this?",
        place=Place("a.yaml", 3),
        rule="art_13",
    )
    assert str(fault) == (
        "a.yaml:3: no such status (art_13). Expected: member or observer. Did you mean this?"
    )


def test_a_fault_without_a_place_names_its_act() -> None:
    assert str(Fault("x", "no footing", act="2030-001")) == "2030-001: no footing."
    assert str(Fault("x", "no footing.")) == "no footing."


def test_an_error_carries_all_faults_and_the_first_code() -> None:
    error = DataError(Fault("one", "first"), Fault("two", "second"))
    assert error.code == "one"
    assert [fault.code for fault in error.faults] == ["one", "two"]
    assert str(error) == "first.\nsecond."
    assert ComityError().code == "error"


@pytest.mark.parametrize("kind", [DataError, UnknownName, Refusal, IntegrityError])
def test_every_error_can_be_caught_as_one_and_travels_between_processes(
    kind: type[ComityError],
) -> None:
    error = kind(Fault("one", "first", place=Place("a", 1)))
    copy = pickle.loads(pickle.dumps(error))
    assert isinstance(copy, ComityError)
    assert type(copy) is kind
    assert copy.faults == error.faults


def test_the_nearest_word_is_offered_whatever_its_case() -> None:
    assert did_you_mean("UZBEKSTAN", ["Kazakhstan", "Uzbekistan"]) == 'Did you mean "Uzbekistan"?'
    assert did_you_mean("qqq", ["Kazakhstan", "Uzbekistan"]) == ""
    assert did_you_mean("x", []) == ""


def test_an_unknown_name_lists_what_is_defined() -> None:
    fault = unknown("status", "membr", ["observer", "member"], place=Place("a.yaml", 2))
    assert fault.code == "unknown_status"
    assert str(fault) == (
        'a.yaml:2: no status "membr". Expected: one of member, observer. Did you mean "member"?'
    )
    assert unknown("right of seat", "x", ["y"]).code == "unknown_right_of_seat"


def test_a_long_list_is_cut_and_an_empty_one_says_so() -> None:
    many = [f"p{n:02d}" for n in range(20)]
    assert unknown("party", "zz", many).expected.endswith("p11 and 8 more")
    assert "none is defined here" in unknown("party", "zz", []).expected
