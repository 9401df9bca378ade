"""A charter travels as one value and comes back the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from comity.charter.bundle import bundle, from_bundle
from comity.charter.load import load, load_inline, translation_files
from comity.charter.model import Charter
from comity.kernel import canonical, documents
from comity.kernel.errors import DataError


def carried(charter: Charter) -> Any:
    return json.loads(canonical.encode(bundle(charter)))


def test_the_club_comes_back_the_same(club: Charter) -> None:
    again = from_bundle(carried(club))
    assert again == club
    assert again.digest == club.digest


def test_the_smallest_charter_comes_back_the_same(club_folder: Path) -> None:
    charter = load(club_folder.parent / "minimal")
    assert from_bundle(carried(charter)) == charter


def test_a_case_comes_back_the_same() -> None:
    text = """
    charter:
      organisation: {id: league}
      facets: {alliance: {}, membership: {}}
      statuses: {member: {facet: membership, article: art_1}}
      instruments: {pact: {sources: [web]}}
      order_of_states: [{language: en}]
      withdrawal: [{statuses: [member], notice: {months: 0}}]
    """
    charter = load_inline(documents.parse(text), extra_parties=["SY", "EG"])
    again = from_bundle(carried(charter))
    assert again == charter
    assert again.facet_of("member") == "membership"


def test_the_order_of_entries_survives(club: Charter) -> None:
    again = from_bundle(carried(club))
    for section in ("facets", "statuses", "articles", "bodies", "rights", "offices"):
        assert list(getattr(again, section)) == list(getattr(club, section))
    assert again.main_facet == "membership"


def test_the_digest_is_that_of_the_bundle(club: Charter) -> None:
    assert club.digest == canonical.digest(bundle(club))


def test_the_digest_does_not_depend_on_layout(club: Charter, club_folder: Path) -> None:
    """Comments, flow or block style, quotation marks and the order of a rule's keys are layout."""
    rules = documents.read(club_folder / "charter.yaml").data
    parties = documents.read(club_folder / "codelists/parties.yaml").data
    text = json.dumps(
        {
            "charter": _keys_turned(rules, keep=2),
            "parties": _keys_turned(parties["parties"], keep=0),
            "territories": documents.read(club_folder / "codelists/territories.yaml").data[
                "territories"
            ],
            "sources": documents.read(club_folder / "sources.yaml").data["sources"],
            "translations": {
                file.stem: _keys_turned(documents.read(file).data, keep=0)
                for file in translation_files(club_folder)
            },
        },
    )
    again = load_inline(documents.parse("# a comment\n" + text))
    assert again == club
    assert again.digest == club.digest


def _keys_turned(value: Any, keep: int) -> Any:
    """Return the value with the keys of its mappings turned round, but for the upper levels."""
    if isinstance(value, list):
        return [_keys_turned(each, 0) for each in value]
    if not isinstance(value, dict):
        return value
    keys = list(value) if keep else list(reversed(value))
    return {key: _keys_turned(value[key], max(keep - 1, 0)) for key in keys}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda v: v["organisation"].update(founded_on="1990-05-02"), id="a_date"),
        pytest.param(lambda v: v["parties"]["XA"]["names"].update(fr="A"), id="a_name"),
        pytest.param(lambda v: v["order"]["facets"].reverse(), id="the_main_facet"),
        pytest.param(lambda v: v["grants"].reverse(), id="the_order_of_grants"),
        pytest.param(lambda v: v["sources"]["treaty-text"].pop("url"), id="a_source"),
        pytest.param(lambda v: v["translations"]["ru"].pop(), id="a_translation"),
    ],
)
def test_the_digest_depends_on_what_is_said(club: Charter, change: Callable[[Any], object]) -> None:
    value = carried(club)
    change(value)
    assert from_bundle(value).digest != club.digest


@pytest.mark.parametrize(
    ("value", "says"),
    [
        pytest.param([], "rules: a list. Expected: a mapping", id="no_mapping"),
        pytest.param({}, 'rules: no key "format"', id="empty"),
        pytest.param({"order": []}, "rules#/order: a list", id="order_no_mapping"),
        pytest.param({"order": {"rights": "x"}}, "rules#/order/rights: ", id="order_no_list"),
        pytest.param({"order": {"grants": []}}, "rules#/order/grants: ", id="order_of_a_list"),
        pytest.param({"order": {"rights": [1]}}, "rules#/order/rights: ", id="order_no_text"),
    ],
)
def test_a_value_that_is_no_bundle_is_refused(value: Any, says: str) -> None:
    with pytest.raises(DataError) as caught:
        from_bundle(value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        pytest.param({"Ferryton": "Перевозы"}, "wrong_type", id="no_list"),
        pytest.param([["Ferryton"]], "wrong_type", id="no_pair"),
        pytest.param([[1, "Перевозы"]], "wrong_type", id="no_text"),
        pytest.param([["A", "А"], ["A", "Б"]], "duplicate_key", id="twice"),
    ],
)
def test_translations_are_pairs_of_texts(club: Charter, pairs: Any, code: str) -> None:
    value = carried(club)
    value["translations"]["ru"] = pairs
    with pytest.raises(DataError) as caught:
        from_bundle(value)
    assert [(each.code, str(each.place)) for each in caught.value.faults] == [
        (code, "rules#/translations/ru")
    ]


def nested(levels: int) -> Any:
    value: Any = {}
    for _ in range(levels):
        value = {"statuses": value}
    return value


@pytest.mark.parametrize(
    ("value", "code"),
    [
        pytest.param(nested(900), "too_deep", id="deep"),
        pytest.param({"order": 1.0}, "not_canonical", id="a_fraction"),
        pytest.param({"order": 2**60}, "not_canonical", id="too_large"),
        pytest.param({"é": 1}, "not_canonical", id="a_key_beyond_ascii"),
        pytest.param({"format": "\ud800"}, "not_canonical", id="a_lone_surrogate"),
        pytest.param({1: 2}, "not_canonical", id="a_key_that_is_no_text"),
    ],
)
def test_what_no_export_can_hold_is_refused_first(value: Any, code: str) -> None:
    with pytest.raises(DataError) as caught:
        from_bundle(value)
    assert [(each.code, str(each.place)) for each in caught.value.faults] == [(code, "rules")]


def test_a_fault_in_a_bundle_has_a_pointer(club: Charter) -> None:
    value = carried(club)
    value["statuses"]["member"][0]["article"] = "treaty__art_99"
    value["parties"]["XA"]["kind"] = 5
    with pytest.raises(DataError) as caught:
        from_bundle(value, file="export.json")
    assert {str(fault.place) for fault in caught.value.faults} == {
        "export.json#/parties/XA/kind",
        "export.json#/statuses/member/0/article",
    }
