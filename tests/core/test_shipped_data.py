"""What the organisations that come with comity have beyond being free of faults."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.charter.queries import capital_on
from comity.kernel import documents
from comity.register.reading import find_organisations, read_register
from comity.register.register import OrganisationRecord
from comity.register.rules import (
    find_rules,
    find_treaties,
    has_procedures,
    procedures_in,
    rules_in,
    stands_alone,
    treaties_in,
)
from comity.register.texts import untranslated
from comity.wording.acts import act_sentence
from comity.wording.catalogue import LANGUAGES
from comity.wording.decision_names import unnamed
from comity.wording.procedure_names import unnamed_in

ORGANISATIONS = Path(__file__).parents[2] / "organisations"
NAMES = [path.name for path in find_organisations(ORGANISATIONS)]
RULES = [path.name for path in find_rules(ORGANISATIONS)]
HOMES = documents.read(Path(__file__).parent / "data" / "rule-homes.yaml").data


@pytest.fixture(scope="module", params=NAMES)
def record(request: pytest.FixtureRequest) -> OrganisationRecord:
    name: str = request.param
    return read_register(ORGANISATIONS, name).organisation(name)


def test_nothing_is_left_untranslated(record: OrganisationRecord) -> None:
    assert untranslated(record, LANGUAGES) == ()


def test_every_status_has_a_plural_in_every_language(record: OrganisationRecord) -> None:
    without = [
        status.id
        for versions in record.charter.statuses.values()
        for status in versions.items
        if set(status.plural_names) < set(LANGUAGES)
    ]
    assert without == []


def test_whoever_has_no_capital_has_a_reason(record: OrganisationRecord) -> None:
    reasons = (ORGANISATIONS / record.charter.id / "SOURCES.md").read_text("utf-8")
    reasons = reasons.split("## Capitals\n")[1]
    parties = record.charter.parties.values()
    without = [each.names["en"] for each in parties if each.capital is None]
    assert [name for name in without if name not in reasons] == []


def test_a_capital_that_moved_is_there_on_every_day(record: OrganisationRecord) -> None:
    """Of the years that the record covers, none is without one of the capitals listed."""
    first = record.charter.founded_on or date(1960, 1, 1)
    days = [date(year, month, 1) for year in range(first.year + 1, 2026) for month in (1, 7)]
    for party in record.charter.parties.values():
        if party.capital:
            assert all(capital_on(record.charter, party.code, day) for day in days), party.code


MACHINE = re.compile(r"[a-z]+_[a-z0-9]+|[\[\]［］]|format:|horizon|sha256")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_an_act_speaks_to_machines(
    record: OrganisationRecord, language: str
) -> None:
    situation = record.situation(on=date(2026, 1, 1))
    said = [act_sentence(act, situation, language) for act in record.acts]
    named = {act.id for act in record.acts}
    assert [each for each in said if MACHINE.search(each)] == []
    assert [each for each in said if any(act in each for act in named)] == []


def test_what_the_place_or_the_title_says_is_not_said_twice() -> None:
    record = read_register(ORGANISATIONS, "sco").organisation("sco")
    situation = record.situation(on=date(2026, 1, 1))
    sentences = [act_sentence(each, situation, "en") for each in record.acts]
    (council,) = [each for each in sentences if "no. 23, 4 July 2023" in each]
    assert council.count("by video") == 1
    (strategy,) = [each for each in sentences if "SCO Development Strategy until 2025”" in each]
    assert strategy.count("2025") == 1


@pytest.mark.parametrize("name", RULES)
def test_whatever_decision_rules_name_has_a_name_in_every_language(name: str) -> None:
    alone = name if stands_alone(ORGANISATIONS / name) else ""
    assert unnamed(rules_in(ORGANISATIONS / name), LANGUAGES, alone=alone) == ()


@pytest.mark.parametrize("name", sorted({*RULES} - {*NAMES}))
def test_rules_that_stand_alone_say_what_they_rest_on(name: str) -> None:
    """Every provision has a source; one that is known from memory only says so, and is not high."""
    rules = rules_in(ORGANISATIONS / name)
    stated = (ORGANISATIONS / name / "SOURCES.md").read_text("utf-8")
    assert rules.articles
    for article in rules.articles.values():
        assert article.source
        assert ("from memory" in article.source) == (article.confidence != "high")
    assert all(rule.article for versions in rules.versions.values() for rule in versions)
    assert all(f"`{rule}`" in stated for rule in rules.versions)


PROCEDURES = [name for name in RULES if has_procedures(ORGANISATIONS / name)]


def test_real_procedures_are_there() -> None:
    assert {*PROCEDURES} >= {"nato", "osce", "sco", "un", "who"}


@pytest.mark.parametrize("name", PROCEDURES)
def test_procedures_have_names_say_what_they_rest_on_and_have_cases(name: str) -> None:
    procedures = procedures_in(ORGANISATIONS / name)
    stated = (ORGANISATIONS / name / "SOURCES.md").read_text("utf-8")
    cases = documents.read(ORGANISATIONS / name / "cases" / "following.yaml").data["cases"]
    assert unnamed_in(procedures, LANGUAGES) == ()
    for article in procedures.articles.values():
        assert article.source
        assert ("from memory" in article.source) == (article.confidence != "high")
    every = [each for versions in procedures.versions.values() for each in versions]
    assert all(each.article for each in every)
    assert all(f"`{each.id}`" in stated for each in every)
    assert {each["procedure"] for each in cases} == {*procedures.versions}
    assert all(each["source"] for each in cases)
    assert all(says_its_kind(each) for each in cases)


def says_its_kind(case: Mapping[str, Any]) -> bool:
    """Whether a case is constructed, or else says in its note that it is real."""
    return case.get("constructed", False) != bool(re.match("Real[;.]", case.get("note", "")))


def test_the_organisations_with_a_record_are_those_with_a_charter() -> None:
    assert NAMES == ["au", "eu", "opec", "sco"]
    assert {*NAMES} < {*RULES}


def decided(organisation: str) -> list[dict[str, Any]]:
    """Return the cases of decisions of an organisation."""
    file = ORGANISATIONS / organisation / "cases" / "deciding.yaml"
    cases: list[dict[str, Any]] = documents.read(file).data["cases"]
    return cases


def test_the_table_has_every_kind_of_rule_once() -> None:
    assert len(HOMES) == 82
    assert len({tuple(home) for home in HOMES.values()}) == 82


@pytest.mark.parametrize("kind", HOMES)
def test_every_kind_of_rule_has_a_home_and_a_case_there(kind: str) -> None:
    organisation, rule, *days = HOMES[kind]
    version = rules_in(ORGANISATIONS / organisation).on(rule, *map(date.fromisoformat, days))
    asked = [each.get("on") for each in decided(organisation) if each["rule"] == rule]
    assert [day for day in asked if day is None or date.fromisoformat(day) in version.period]


def test_the_cases_of_decisions_are_at_least_eighty_two_and_say_their_kind() -> None:
    cases = [
        case
        for file in sorted(ORGANISATIONS.glob("*/cases/deciding.yaml"))
        for case in documents.read(file).data["cases"]
    ]
    assert len(cases) >= 82
    assert [each["title"] for each in cases if not each.get("source")] == []
    assert [each["title"] for each in cases if not says_its_kind(each)] == []
    assert {each.get("constructed", False) for each in cases} == {True, False}


TREATIES = [path.name for path in find_treaties(ORGANISATIONS)]


def test_real_treaties_are_there() -> None:
    assert {*TREATIES} >= {"un", "sco", "coe", "imo", "iaea"}
    found = [each for name in TREATIES for each in treaties_in(ORGANISATIONS / name).treaties]
    assert len(found) >= 99


@pytest.mark.parametrize("name", TREATIES)
def test_treaties_have_names_say_what_they_rest_on_and_have_cases(name: str) -> None:
    treaties = treaties_in(ORGANISATIONS / name)
    cases = documents.read(ORGANISATIONS / name / "cases" / "treaties.yaml").data["cases"]
    assert all(each.names.get("en") for each in treaties.treaties.values())
    assert all(each.source for each in treaties.articles.values())
    asked = {each["treaty"] for each in cases}
    asked |= {name for each in cases for name in each.get("around", {})}
    # Of a treaty without a condition no more is known than that it is there.
    assert {each.id for each in treaties.treaties.values() if each.entry} - asked == set()
    if name not in {*RULES, *NAMES}:
        assert {*treaties.names} == {*LANGUAGES}
