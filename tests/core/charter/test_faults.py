"""Each fault of a charter: its code, its line, and the sentence that helps to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.charter.load import load
from comity.kernel.errors import DataError
from tests.core.charter.faults import BASE, Scenario, faults_of

SCENARIOS = (
    # Form
    Scenario("a key misspelt", "widrawal: []", "unknown_key", 4, 'Did you mean "withdrawal"?'),
    Scenario(
        "a key misspelt below",
        "bodies:\n  board: {suprem: true}",
        "unknown_key",
        5,
        'Did you mean "supreme"?',
    ),
    Scenario("a key missing", "grants:\n  - {rights: all}", "missing_key", 5, 'no key "statuses"'),
    Scenario("a text for a list", "counts: {c: {statuses: member}}", "wrong_type", 4, "[member]"),
    Scenario("a number for a text", "articles: {a: {title: {en: 5}}}", "wrong_type", 4, '"5"'),
    Scenario("nothing for a mapping", "bodies:", "wrong_type", 4, "nothing. Expected: a mapping"),
    Scenario(
        "a word not allowed",
        "offices: {chair: {holder: partie}}",
        "value_not_allowed",
        4,
        'Did you mean "party"?',
    ),
    Scenario(
        "a text for a list or all",
        "grants: [{statuses: [member], rights: every}]",
        "value_not_allowed",
        4,
        "Expected: a list, or all.",
    ),
    Scenario("a capital", "bodies: {Board: {}}", "malformed_identifier", 4, "in lower case"),
    Scenario(
        "a comma in a name",
        "bodies:\n  board: {names: {en: Board, Council: of trade}}",
        "malformed_identifier",
        5,
        "a comma begins a new key",
    ),
    Scenario(
        "no such day", "articles: {a: {from: 2001-02-30}}", "impossible_date", 4, "2001-02-30"
    ),
    Scenario(
        "a month where a day is needed",
        "articles: {a: {from: 2001-02}}",
        "impossible_date",
        4,
        "a day such as 2017-06-09",
    ),
    Scenario(
        "no such month", "instruments: {a: {signed_on: 2001-13}}", "impossible_date", 4, "2009-01"
    ),
    Scenario(
        "a cutoff on a leap day",
        "withdrawal: [{statuses: [member], notice: {cutoff: {notice_by: 02-29, effect: 07-01}}}]",
        "impossible_date",
        4,
        "a day that every year has",
    ),
    Scenario("an empty list", "counts: {c: {statuses: []}}", "empty_value", 4, "at least one"),
    Scenario(
        "a repetition",
        "counts: {c: {statuses: [member, member]}}",
        "repeated_value",
        4,
        'the text "member" twice',
    ),
    Scenario(
        "a negative period",
        "withdrawal: [{statuses: [member], notice: {days: -1}}]",
        "out_of_range",
        4,
        "at least 0",
    ),
    Scenario(
        "a period beyond the calendar",
        "withdrawal: [{statuses: [member], notice: {years: 9000}}]",
        "out_of_range",
        4,
        "at most 500",
    ),
    # References
    Scenario(
        "an article",
        "articles: {art_1: {}}\ngrants: [{statuses: [member], rights: all, article: art_2}]",
        "unknown_article",
        5,
        'no article "art_2". Expected: one of art_1. Did you mean "art_1"?',
    ),
    Scenario("a status", "counts: {c: {statuses: [membr]}}", "unknown_status", 4, '"member"?'),
    Scenario(
        "a right",
        "grants: [{statuses: [member], rights: [speak]}]",
        "unknown_right",
        4,
        "define the right first",
    ),
    Scenario(
        "a body", "bodies: {a: {reports_to: bb}, bbb: {}}", "unknown_body", 4, 'Did you mean "bbb"?'
    ),
    Scenario(
        "a basis",
        "paths: [{status: member, stages: [{id: a, gives_status_on: [efect]}]}]",
        "unknown_basis",
        4,
        'Did you mean "effect"?',
    ),
    Scenario("an office", "bodies: {a: {chair: boss}}", "unknown_office", 4, 'no office "boss"'),
    Scenario(
        "an instrument", "articles: {a: {instrument: i}}", "unknown_instrument", 4, 'instrument "i"'
    ),
    Scenario("a source", "articles: {a: {sources: [web]}}", "unknown_source", 4, 'source "web"'),
    Scenario(
        "a party",
        "bodies: {a: {composition: [{parties: [ZZ]}]}}",
        "unknown_party",
        4,
        'no party "ZZ"',
    ),
    # Meaning
    Scenario(
        "a name with another meaning",
        "rights: {all: {}}",
        "reserved_name",
        4,
        "all means every one",
    ),
    Scenario(
        "a period the wrong way round",
        "articles:\n  a:\n    from: 2002-01-01\n    until: 2001-01-01",
        "period_reversed",
        7,
        "no day at all",
    ),
    Scenario(
        "a period of no day",
        "articles: {a: {from: 2002-01-01, until: 2002-01-01}}",
        "period_reversed",
        4,
        "no day at all",
    ),
    Scenario(
        "two versions at once",
        "articles:\n  a:\n    - {until: 2002-01-02}\n    - {from: 2002-01-01}",
        "versions_overlap",
        7,
        "…/2002-01-02 and 2002-01-01/…",
    ),
    Scenario(
        "two paths at once",
        "paths:\n"
        "  - {status: member, stages: [{id: a, gives_status_on: all}]}\n"
        "  - {status: member, stages: [{id: a, gives_status_on: all}], from: 2001-01-01}",
        "versions_overlap",
        6,
        'paths to the status "member"',
    ),
    Scenario(
        "two orders of States at once",
        "order_of_states: [{language: en}, {language: ru}]",
        "versions_overlap",
        4,
        "orders of States",
    ),
    Scenario(
        "no default basis", "bases: {a: {}, b: {}}", "default_basis", 4, "default bases: none"
    ),
    Scenario(
        "two default bases",
        "bases:\n  a: {default: true}\n  b: {default: true}",
        "default_basis",
        6,
        "default bases: a, b",
    ),
    Scenario(
        "a former code twice",
        "parties:\n  BY: {former_codes: [SU]}\n  RU: {former_codes: [SU]}",
        "duplicate_code",
        3,
        "already a code of BY",
        "codelists/parties.yaml",
    ),
    Scenario(
        "a former code that another has",
        "parties:\n  BY: {}\n  RU: {former_codes: [BY]}",
        "duplicate_code",
        3,
        "already a code of BY",
        "codelists/parties.yaml",
    ),
    Scenario(
        "a territory of nobody",
        "territories:\n  GL: {of: DK}",
        "unknown_party",
        2,
        'no party "DK"',
        "codelists/territories.yaml",
    ),
    Scenario(
        "a source without title", "sources: {a: {}}", "missing_key", 1, '"title"', "sources.yaml"
    ),
    Scenario(
        "a stage twice",
        "paths:\n  - status: member\n    stages:\n"
        "      - {id: a, gives_status_on: all}\n      - {id: a}",
        "duplicate_stage",
        8,
        'the stage "a" stands twice',
    ),
    Scenario(
        "a path that leads nowhere",
        "paths: [{status: member, stages: [{id: a}]}]",
        "path_without_effect",
        4,
        "gives_status_on",
    ),
    Scenario(
        "a notice that says nothing",
        "withdrawal:\n  - {statuses: [member], notice: {then: next_day}}",
        "notice_empty",
        5,
        "Write days: 0",
    ),
    Scenario(
        "a notice of two kinds",
        "withdrawal: [{statuses: [member],\n"
        "  notice: {days: 1, cutoff: {notice_by: 07-01, effect: 01-01}}}]",
        "notice_two_ways",
        5,
        "days and a cutoff",
    ),
    Scenario(
        "a seat of nobody",
        "bodies: {a: {composition: [{capacity: full}]}}",
        "seat_unclear",
        4,
        "neither status nor parties",
    ),
    Scenario(
        "a seat of an empty list",
        "bodies: {a: {composition: [{parties: []}]}}",
        "seat_unclear",
        4,
        "neither status nor parties",
    ),
    Scenario(
        "a condition unsaid",
        "grants: [{statuses: [member], rights: all, answer: conditional}]",
        "condition_unclear",
        4,
        "without its condition",
    ),
    Scenario(
        "a condition of nothing",
        "grants: [{statuses: [member], rights: all, condition: {en: if}}]",
        "condition_unclear",
        4,
        "answer: conditional",
    ),
    Scenario(
        "a circle of bodies",
        "bodies:\n  a: {reports_to: b}\n  b: {reports_to: c}\n  c: {reports_to: a}",
        "circular_reference",
        5,
        "a → b → c → a",
    ),
    Scenario(
        "a circle that closes later",
        "bodies:\n  a: {reports_to: b}\n"
        "  b:\n    - {until: 2001-01-01}\n    - {from: 2001-01-01, reports_to: a}",
        "circular_reference",
        5,
        "a → b → a",
    ),
    Scenario("a body above itself", "bodies: {a: {reports_to: a}}", "circular_reference", 4, "a"),
)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.title.replace(" ", "_"))
def test_a_fault_is_told_where_it_stands(scenario: Scenario, tmp_path: Path) -> None:
    faults = [f for f in faults_of(scenario, tmp_path) if f.code == scenario.code]
    assert faults, [str(each) for each in faults_of(scenario, tmp_path)]
    fault = faults[0]
    assert fault.place is not None
    assert fault.place.file == str(tmp_path / scenario.file)
    assert fault.place.line == scenario.line
    assert scenario.says in str(fault)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.title.replace(" ", "_"))
def test_one_fault_is_told_once(scenario: Scenario, tmp_path: Path) -> None:
    codes = [each.code for each in faults_of(scenario, tmp_path)]
    assert codes == [scenario.code]


def test_bodies_may_change_places(tmp_path: Path) -> None:
    rules = (
        "bodies:\n"
        "  a: [{reports_to: b, until: 2001-01-01}, {from: 2001-01-01}]\n"
        "  b: [{until: 2001-01-01}, {reports_to: a, from: 2001-01-01}]\n"
    )
    (tmp_path / "charter.yaml").write_text(BASE + rules)
    assert [version.reports_to for version in load(tmp_path).bodies["b"].items] == ["", "a"]


def test_a_status_whose_versions_are_of_two_facets(tmp_path: Path) -> None:
    rules = (
        "format: comity-charter/1\norganisation: {id: club}\nfacets: {a: {}, b: {}}\nstatuses:\n"
        "  member:\n    - {until: 2001-01-01}\n    - {from: 2001-01-01, facet: b}\n"
    )
    (tmp_path / "charter.yaml").write_text(rules)
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [(f.code, f.place.line) for f in caught.value.faults if f.place] == [
        ("facet_changes", 7)
    ]


def test_a_facet_that_is_not_there(tmp_path: Path) -> None:
    rules = BASE.replace("guest: {}", "guest: {facet: fleet}")
    (tmp_path / "charter.yaml").write_text(rules)
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [str(fault) for fault in caught.value.faults] == [
        f'{tmp_path}/charter.yaml:3:32: no facet "fleet". Expected: one of membership.'
    ]
