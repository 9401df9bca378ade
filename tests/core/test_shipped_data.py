"""What the organisations that come with comity have beyond being free of faults."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.charter.queries import capital_on
from comity.register.reading import read_register
from comity.register.register import OrganisationRecord
from comity.register.texts import untranslated
from comity.wording.catalogue import LANGUAGES

ORGANISATIONS = Path(__file__).parents[2] / "organisations"
NAMES = sorted(path.name for path in ORGANISATIONS.iterdir() if path.is_dir())


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
