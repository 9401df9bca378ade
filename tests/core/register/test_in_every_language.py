"""Names and who represents a party, in every language at once and with the act that says so."""

from __future__ import annotations

from datetime import date

import pytest

from comity.register.changes import changes_between, changes_until
from comity.register.register import OrganisationRecord
from comity.register.situation import Situation
from tests.core.register.league import act, league, member

ON = date(2000, 1, 1)


@pytest.fixture(scope="module")
def record() -> OrganisationRecord:
    return league(
        member(["AA", "BB"]),
        act("renamed", "AA", "1970-01-01", names={"en": "Aland", "ru": "Аландия"}),
        act("representation_changed", "BB", "1971-01-01", represented_by={"en": "Council"}),
        act("suspended", "BB", "1990-01-01"),
    )


@pytest.fixture(scope="module")
def situation(record: OrganisationRecord) -> Situation:
    return record.situation(on=ON)


def test_names_are_given_in_every_language_with_the_act_that_gave_them(
    situation: Situation,
) -> None:
    found = situation.names("AA")
    assert found.value == {"en": "Aland", "ru": "Аландия"}
    assert found.grounds == ("1970-01-01-aa-renamed",)
    assert situation.names("BB").grounds == ()
    assert situation.name("AA", "ru").value == "Аландия"


def test_who_represents_a_party_is_given_in_every_language(situation: Situation) -> None:
    assert situation.representation("BB").value == {"en": "Council"}
    assert situation.representation("BB").grounds == ("1971-01-01-bb-representation_changed",)
    assert situation.representation("AA").value == {}
    assert situation.represented_by("AA").value is None


def test_a_status_that_is_not_there_yet_is_refused_on_the_ground_of_its_article(
    record: OrganisationRecord,
) -> None:
    assert record.situation(on=ON).status("EE", "command").grounds == ("art_1",)
    assert record.situation(on=date(1960, 1, 1)).holds("AA", "partner").grounds[0] == "art_1"
    assert record.situation(on=date(1955, 1, 1)).holds("AA", "partner").grounds == ("art_5",)


def test_changes_are_those_that_the_situation_knows(record: OrganisationRecord) -> None:
    then = record.situation(on=ON)
    assert changes_until(then, date(1950, 1, 1)) == changes_between(record, date(1950, 1, 1), ON)
    nothing_known = Situation(record, on=ON, known=0, basis=then.basis)
    assert changes_until(nothing_known, date(1950, 1, 1)) == ()
