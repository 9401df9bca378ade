"""Which text binds whom: amendments, reservations, objections, restricted accessions."""

from __future__ import annotations

from datetime import date

import pytest

from comity.kernel.errors import DataError
from comity.treaty.fold import status_of
from comity.treaty.model import After, Amount, Consent, Entry, Reservations, Step, Treaty, Way
from comity.treaty.model import Test as Asked
from comity.treaty.record import Act, Record
from comity.treaty.relations import Relation, Texts
from comity.treaty.status import Status

YEAR = {number: date(2000 + number, 1, 1) for number in range(60)}
TWO = Entry(Asked("at_least", Amount(2)), After(), article="art_20")
BASE = Treaty("charter", entry=TWO, ways=(Way(After(), article="art_21"),))


def consent(party: str, year: int, id: str = "") -> Act:
    return Act(id or f"{party}-{year}", "consented", YEAR[year], party, "ratification")


def status(treaty: Treaty, year: int, *acts: Act) -> Status:
    return status_of(treaty, Record.of(acts), YEAR[year])


def texts(year: int, protocol: Treaty | None = None, *acts: Act, of_protocol: str = "AB") -> Texts:
    base = status(BASE, year, consent("A", 1), consent("B", 1), consent("C", 10), *acts)
    there = [consent(who, 5 + number) for number, who in enumerate(of_protocol)]
    amended = protocol or Treaty("protocol", entry=TWO, amends="charter")
    return Texts(base, {"protocol": status(amended, year, *there)})


def test_an_amendment_binds_those_who_accepted_it() -> None:
    found = texts(20)
    assert found.binding("A").value == ("protocol",)
    assert found.binding("C").value == ()
    assert "art_20" in found.binding("A").grounds


def test_two_owe_one_another_what_binds_both() -> None:
    found = texts(20)
    assert found.between("A", "B").value == Relation(YEAR[1], ("protocol",))
    assert found.between("A", "C").value == Relation(YEAR[10])


def test_before_the_amendment_nobody_is_bound_by_it() -> None:
    assert texts(5).binding("A").value == ()


def test_who_is_no_party_has_no_text() -> None:
    found = texts(9)
    assert found.binding("C").value is None
    assert found.between("A", "C").value is None
    assert found.binding("Z").value is None


def test_newcomers_take_the_amended_text_where_it_says_so() -> None:
    protocol = Treaty("protocol", entry=TWO, amends="charter", binds_newcomers=True)
    found = texts(20, protocol)
    assert found.binding("C").value == ("protocol",)
    assert found.between("A", "C").value == Relation(YEAR[10], ("protocol",))


def test_who_was_there_before_is_no_newcomer() -> None:
    protocol = Treaty("protocol", entry=TWO, amends="charter", binds_newcomers=True)
    found = texts(20, protocol, consent("D", 4))
    assert found.binding("D").value == ()


def reserved(*acts: Act) -> Texts:
    made = Act("reservation", "reserved", YEAR[1], "A", text="to article 7")
    return texts(20, None, made, *acts)


def objection(
    party: str = "B", *, opposes: bool = False, year: int = 2, to: str = "reservation"
) -> Act:
    return Act("objection", "objected", YEAR[year], party, to=to, opposes_entry=opposes)


def test_a_reservation_changes_what_is_owed_both_ways() -> None:
    for pair in (("A", "B"), ("B", "A")):
        assert reserved().between(*pair).value == Relation(YEAR[1], ("protocol",), ("reservation",))
    assert reserved().between("B", "C").value == Relation(YEAR[10])


def test_an_objection_leaves_the_provisions_aside_between_the_two() -> None:
    found = reserved(objection())
    expected = Relation(YEAR[1], ("protocol",), (), ("reservation",))
    assert found.between("A", "B").value == expected
    assert found.between("A", "C").value == Relation(YEAR[10], (), ("reservation",))


def test_an_objection_that_opposes_entry_leaves_nothing_between_the_two() -> None:
    found = reserved(objection(opposes=True))
    answer = found.between("A", "B")
    assert answer.value is None
    assert "objection" in answer.grounds
    assert found.between("A", "C").value is not None


def test_a_reservation_taken_back_is_gone() -> None:
    back = Act("back", "reservation_withdrawn", YEAR[3], "A", to="reservation")
    assert reserved(back).between("A", "B").value == Relation(YEAR[1], ("protocol",))
    assert reserved(objection(), back).between("A", "B").value == Relation(YEAR[1], ("protocol",))


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (objection("A"), "own_reservation"),
        (objection(to="another"), "no_such_reservation"),
        (objection(year=3), "too_late"),
    ],
)
def test_objections_that_are_not_taken(act: Act, code: str) -> None:
    rule = Reservations(objection_within=(Step("months", 12),), article="art_30")
    treaty = Treaty("charter", entry=TWO, reservations=rule)
    made = Act("reservation", "reserved", YEAR[1], "A", text="to article 7")
    found = status(treaty, 20, consent("A", 1), consent("B", 1), made, act)
    assert [each.code for each in found.refused] == [code]
    relation = Texts(found, {}).between("A", "B").value
    assert relation == Relation(YEAR[1], (), ("reservation",))


def test_who_consents_later_may_object_until_then() -> None:
    rule = Reservations(objection_within=(Step("months", 12),), article="art_30")
    treaty = Treaty("charter", entry=TWO, reservations=rule)
    made = Act("reservation", "reserved", YEAR[1], "A", text="to article 7")
    found = status(
        treaty, 20, consent("A", 1), consent("B", 1), consent("C", 9), made, objection("C", year=9)
    )
    assert found.refused == ()


def test_who_objects_to_an_accession_is_not_bound_towards_it() -> None:
    against = Act("against", "objected_to_accession", YEAR[10], "A", of="C")
    found = texts(20, None, against)
    assert found.between("A", "C").value is None
    assert found.between("C", "A").grounds[-1] == "against"
    assert found.between("B", "C").value is not None


def test_an_accession_may_bind_only_towards_those_who_accept_it() -> None:
    treaty = Treaty(
        "convention",
        entry=TWO,
        consents=(Consent(("ratification",)), Consent(("accession",))),
        ways=(Way(After(), kinds=("accession",), towards_accepting=True, article="art_39"),),
    )
    acceding = Act("acceding", "consented", YEAR[5], "C", "accession")
    accepted = Act("accepted", "accepted_accession", YEAR[6], "A", of="C")
    found = Texts(status(treaty, 20, consent("A", 1), consent("B", 1), acceding, accepted), {})
    assert found.between("A", "C").value == Relation(YEAR[6])
    assert found.between("C", "B").value is None
    assert found.between("A", "B").value == Relation(YEAR[1])


def test_a_suspended_party_owes_nothing_meanwhile() -> None:
    acts = (Act("off", "suspended", YEAR[15], "A"), Act("on", "resumed", YEAR[18], "A"))
    assert texts(16, None, *acts).between("A", "B").value is None
    assert texts(20, None, *acts).between("A", "B").value is not None


def test_nobody_is_in_relation_with_itself() -> None:
    with pytest.raises(DataError):
        texts(20).between("A", "A")
