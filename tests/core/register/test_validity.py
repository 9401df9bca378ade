"""What each field of a kind may hold: one value that it may beside those that it may not."""

from __future__ import annotations

from typing import Any

import pytest

from comity.register.validity import validity_faults
from tests.core.register.league import act, charter

# kind, field, a value it may hold, values it may not with their codes
FIELDS: list[tuple[str, str, Any, list[tuple[Any, str]]]] = [
    ("admitted", "status", "member", [("membr", "unknown_status"), (7, "wrong_type"),
     (["member"], "wrong_type"), ("", "wrong_type"), (None, "missing_field")]),
    ("admitted", "until", "2001-01-01", [("2001", "impossible_date"), ("soon", "impossible_date"),
     (2001, "wrong_type")]),
    ("returned", "treated_as", "resumption", [("resumed", "unknown_treated_as")]),
    ("status_ended", "manner", "lapsed", [("laps", "unknown_manner"), (None, "missing_field")]),
    ("withdrew", "notice", "given", [("not-given", "unknown_act"), (7, "wrong_type")]),
    ("suspended", "rights", ["attend", "speak"], [(["vote"], "unknown_right"), (7, "wrong_type"),
     ([7], "wrong_type")]),
    ("suspended", "rights", "all", [("vote", "unknown_right")]),
    ("succeeded", "mode", "merger", [("fusion", "unknown_mode")]),
    ("succeeded", "successor", "AA", [("XX", "unknown_party"), (["AA"], "wrong_type")]),
    ("succeeded", "predecessors", ["AA", "BB"], [(["XX"], "unknown_party"), ({}, "wrong_type")]),
    ("statuses_merged", "statuses", ["member"], [(["membr"], "unknown_status"),
     (["all"], "unknown_status"), (1, "wrong_type")]),
    ("renamed", "names", {"en": "A", "zh-Hant": "甲"}, [({}, "wrong_type"), ("A", "wrong_type"),
     ({"english": "A"}, "wrong_type"), ({"en": ""}, "wrong_type"), ({"en": 1}, "wrong_type")]),
    ("territory_left", "territory", "ISLE", [("ILSE", "unknown_territory")]),
    ("appointed", "office", "chair", [("chiar", "unknown_office")]),
    ("appointed", "until", "2001", [("2001-13", "impossible_date")]),
    ("body_changed", "body", "academy", [("acadmy", "unknown_body")]),
    ("body_changed", "stage", "active", [("actve", "unknown_stage")]),
    ("met", "ordinal", 7, [("7", "wrong_type"), (True, "wrong_type"), (7.0, "wrong_type")]),
    ("ratified", "terms", None, [([30], "wrong_type"), ("30", "wrong_type")]),
    ("signed", "instrument", None, [("treaty", "unknown_instrument"), (None, "missing_field")]),
    ("corrected", "changes", {"note": "x"}, [("note", "wrong_type")]),
]  # fmt: skip
GOOD: dict[str, dict[str, Any]] = {
    "admitted": {"status": "member"},
    "returned": {"status": "member"},
    "status_ended": {"status": "member", "manner": "lapsed"},
    "succeeded": {"predecessors": ["AA"], "successor": "BB", "mode": "continuation"},
    "statuses_merged": {"statuses": ["member"], "into": "partner"},
    "renamed": {"names": {"en": "A"}},
    "appointed": {"office": "chair"},
    "body_changed": {"body": "academy", "stage": "active"},
    "met": {"body": "council"},
    "ratified": {"instrument": "treaty"},
    "corrected": {"act": "given", "changes": {}},
}


def codes(kind: str, **details: Any) -> list[str]:
    parties = () if kind in ("succeeded", "statuses_merged") else "AA"
    given = {key: value for key, value in details.items() if value is not None}
    made = act(kind, parties, id="x", **given)
    return [f.code for f in validity_faults(made, charter=charter(), known_acts={"given"})]


@pytest.mark.parametrize(
    ("kind", "field", "good", "bad"), FIELDS, ids=[f"{kind} {field}" for kind, field, *_ in FIELDS]
)
def test_a_field_holds_what_its_kind_says(
    kind: str, field: str, good: Any, bad: list[tuple[Any, str]]
) -> None:
    others = GOOD.get(kind, {})
    if good is not None:
        assert codes(kind, **{**others, field: good}) == []
    for value, code in bad:
        assert (value, [*codes(kind, **{**others, field: value})][-1:]) == (value, [code])


@pytest.mark.parametrize(
    ("kind", "parties", "code"),
    [
        ("renamed", [], "wrong_parties"),
        ("renamed", ["AA", "BB"], "wrong_parties"),
        ("withdrew", [], "wrong_parties"),
        ("withdrew", ["AA", "AA"], "wrong_parties"),
        ("withdrew", ["XX"], "unknown_party"),
        ("rules_recorded", ["AA"], "too_many_parties"),
    ],
)
def test_a_kind_is_about_as_many_parties_as_it_says(
    kind: str, parties: list[str], code: str
) -> None:
    details = {"renamed": {"names": {"en": "A"}}, "rules_recorded": {"digest": "sha256:0"}}
    made = act(kind, parties, id="x", **details.get(kind, {}))
    assert [f.code for f in validity_faults(made, charter=charter(), known_acts=())] == [code]


def test_all_faults_of_an_act_are_told_at_once() -> None:
    made = act("admitted", ["XX"], id="X", status="membr", colour="red", authority={"body": "b"})
    found = [f.code for f in validity_faults(made, charter=charter(), known_acts=())]
    own = ["malformed_id", "unknown_party", "unknown_body"]
    assert found == [*own, "unknown_field", "unknown_status"]


def test_a_source_must_be_one_of_the_charter() -> None:
    made = act("withdrew", "AA", id="x", alternatives=[{"effective_on": "1990", "sources": ["s"]}])
    assert [f.code for f in validity_faults(made, charter=charter(), known_acts=())] == [
        "unknown_source"]  # fmt: skip
