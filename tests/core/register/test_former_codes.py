"""A State whose code has changed is one State, by whichever code an act names it."""

from __future__ import annotations

from datetime import date

import pytest

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.errors import DataError
from comity.register.register import OrganisationRecord, Register
from tests.core.register.league import CHARTER, act, member

LATER_EDITION = (
    CHARTER
    + """
parties:
  AB: {names: {en: Abland}, former_codes: [AA]}
  BB: {names: {en: Bebland}}
  CC: {names: {en: Ceeland}}
"""
)


def _league(*acts: Act) -> OrganisationRecord:
    text = LATER_EDITION.replace("ISLE: {of: AA}", "ISLE: {of: AB}")
    register = Register([load_inline(documents.parse(text, "league"))])
    register.append(acts)
    return register.organisation("league")


ON = date(2005, 1, 1)


def test_an_act_may_name_the_former_code_and_a_question_either() -> None:
    situation = _league(member("AA")).situation(on=ON)
    assert situation.status("AB").value == situation.status("aa").value == "member"
    assert [line.party for line in situation.roster()] == ["AB"]


def test_acts_under_both_codes_are_of_one_party() -> None:
    record = _league(member("AA"), act("withdrew", "AB", "1990-01-01"))
    assert record.situation(on=ON).status("AB").value is None
    assert record.faults([member("AB", "1970-01-01")])[0].code == "already_held"


def test_a_succession_finds_a_predecessor_or_a_successor_by_its_former_code() -> None:
    from_ab = act("succeeded", on="1990-01-01", predecessors=["AA"], successor="BB",
                  mode="continuation")  # fmt: skip
    to_ab = act("succeeded", on="1995-01-01", predecessors=["BB"], successor="AA",
                mode="continuation")  # fmt: skip
    record = _league(member("AA"), from_ab)
    assert record.situation(on=ON).status("BB").value == "member"
    assert record.situation(on=ON).status("AB").value is None
    back = _league(member("AA"), from_ab, to_ab)
    assert back.situation(on=ON).status("AB").value == "member"
    assert str(back.situation(on=ON).since("AB").value) == "1960-01-01"


def test_a_merger_of_statuses_for_some_finds_them_by_a_former_code() -> None:
    merged = act("statuses_merged", "AA", "2010-01-01", statuses=["observer"], into="partner")
    record = _league(act("admitted", "AB", "1970-01-01", status="observer"), merged)
    assert record.situation(on=date(2011, 1, 1)).status("AB").value == "partner"


def test_an_office_is_held_by_the_present_code() -> None:
    record = _league(member("AA"), act("appointed", "AA", "1990-01-01", office="chair"))
    tenure = record.situation(on=ON).office("chair").value
    assert tenure is not None
    assert tenure.holder == "AB"


def test_the_record_itself_keeps_the_code_it_was_written_with() -> None:
    record = _league(member("AA", id="joined"))
    assert record.recorded_act("joined").parties == ("AA",)


def test_one_party_named_by_both_codes_is_named_twice() -> None:
    with pytest.raises(DataError) as error:
        _league(act("admitted", ["AA", "AB"], status="member"))
    assert error.value.code == "wrong_parties"
