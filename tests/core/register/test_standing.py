"""Which acts of a kind stand: as they read, without those annulled."""

from __future__ import annotations

import pytest

from comity.kernel.act import Act
from comity.kernel.errors import UnknownName
from comity.register.register import OrganisationRecord
from comity.register.standing import standing_acts
from tests.core.register.league import act, annul, correct, in_year, member, recorded


def met(party: str, on: str, number: int) -> Act:
    return act("met", party, on, id=f"met-{number}", body="council", ordinal=number,
               recorded_at=in_year(2000))  # fmt: skip


@pytest.fixture
def record() -> OrganisationRecord:
    return recorded(
        member(["AA", "BB"], recorded_at=in_year(2000)),
        met("BB", "1990-01-01", 2),
        met("AA", "1980-01-01", 1),
        correct(2001, "met-2", parties=["AA"], effective_on="1979-01-01"),
        annul(2002, "met-1"),
    )


def ids(record: OrganisationRecord, known: int, party: str | None = None) -> list[str]:
    return [each.id for each in standing_acts(record, {"met"}, known=known, party=party)]


def test_they_come_in_the_order_of_their_effect_as_it_reads(record: OrganisationRecord) -> None:
    assert ids(record, 3) == ["met-1", "met-2"]
    assert ids(record, 4) == ["met-2", "met-1"]


def test_an_annulled_act_no_longer_stands(record: OrganisationRecord) -> None:
    assert ids(record, 5) == ["met-2"]


def test_an_act_is_of_whom_it_names_after_correction(record: OrganisationRecord) -> None:
    assert (ids(record, 3, "BB"), ids(record, 4, "BB")) == (["met-2"], [])
    assert (ids(record, 3, "AA"), ids(record, 4, "AA")) == (["met-1"], ["met-2", "met-1"])


def test_other_kinds_are_left_aside_and_an_unknown_party_is_told(
    record: OrganisationRecord,
) -> None:
    assert [e.kind for e in standing_acts(record, {"admitted"}, known=5)] == ["admitted"]
    assert standing_acts(record, set(), known=5) == []
    with pytest.raises(UnknownName, match="Did you mean"):
        ids(record, 5, "AX")
