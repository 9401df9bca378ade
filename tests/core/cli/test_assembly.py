"""The organisation that is made to be measured is one that the register would take."""

from __future__ import annotations

from datetime import date

import pytest

from comity.cli.benchmark import assembly
from comity.register.register import Register

SIZE = 1500


@pytest.fixture(scope="module")
def register() -> Register:
    found = Register([assembly.charter()])
    found.append(assembly.acts(SIZE))
    return found


def test_every_act_has_its_footing(register: Register) -> None:
    assert len(register) == SIZE


def test_the_same_seed_gives_the_same_acts() -> None:
    assert assembly.acts(SIZE, seed=2) == assembly.acts(SIZE, seed=2)
    assert assembly.acts(SIZE, seed=2) != assembly.acts(SIZE, seed=3)


@pytest.mark.parametrize("year", [1961, 1990, 2025])
def test_each_of_a_hundred_parties_holds_a_status(register: Register, year: int) -> None:
    situation = register.organisation("assembly").situation(on=date(year, 6, 1))
    assert len(situation.roster()) == 100
    assert {line.status for line in situation.roster()} == {"member", "observer", "partner"}


def test_there_is_more_than_members_to_show(register: Register) -> None:
    situation = register.organisation("assembly").situation(on=date(2000, 6, 1))
    assert situation.office("chair").value is not None
    assert len(situation.bodies()) == 8
    assert situation.all_suspended().value
