"""Every question with a name that is not there is told the nearest one; and some with no answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.kernel.errors import UnknownName
from comity.register.changes import changes_between
from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation
from tests.core.register.league import act, charter, league, member

ON = date(2000, 1, 1)
UNKNOWN: dict[str, tuple[Callable[[Situation], object], str, str]] = {
    "status": (lambda s: s.status("AX"), "unknown_party", "AA"),
    "status, facet": (lambda s: s.status("AA", "comand"), "unknown_facet", "command"),
    "holds, party": (lambda s: s.holds("AX", "member"), "unknown_party", "AA"),
    "holds, status": (lambda s: s.holds("AA", "membr"), "unknown_status", "member"),
    "since": (lambda s: s.since("AX"), "unknown_party", "AA"),
    "roster": (lambda s: s.roster("obsever"), "unknown_status", "observer"),
    "roster, facet": (lambda s: s.roster(facet="comand"), "unknown_facet", "command"),
    "count": (lambda s: s.count("famly"), "unknown_status", "family"),
    "number": (lambda s: s.number("famly"), "unknown_status", "family"),
    "history": (lambda s: s.history("AX"), "unknown_party", "AA"),
    "may, party": (lambda s: s.may("AX", "decide"), "unknown_party", "AA"),
    "may, right": (lambda s: s.may("AA", "decid"), "unknown_right", "decide"),
    "may, body": (lambda s: s.may("AA", "decide", "counsil"), "unknown_body", "council"),
    "granted, status": (lambda s: s.granted("membr", "decide"), "unknown_status", "member"),
    "granted, right": (lambda s: s.granted("member", "decid"), "unknown_right", "decide"),
    "granted, body": (
        lambda s: s.granted("member", "decide", "counsil"),
        "unknown_body",
        "council",
    ),
    "suspension": (lambda s: s.suspension("AX"), "unknown_party", "AA"),
    "in_base": (lambda s: s.in_base("AX"), "unknown_party", "AA"),
    "pending": (lambda s: s.pending_departure("AX"), "unknown_party", "AA"),
    "stage": (lambda s: s.stage("AA", "membr"), "unknown_status", "member"),
    "under_way": (lambda s: s.under_way("AX"), "unknown_party", "AA"),
    "seat, body": (lambda s: s.seat("counsil", "AA"), "unknown_body", "council"),
    "seat, party": (lambda s: s.seat("council", "AX"), "unknown_party", "AA"),
    "name": (lambda s: s.name("AX"), "unknown_party", "AA"),
    "represented_by": (lambda s: s.represented_by("AX"), "unknown_party", "AA"),
    "covers": (lambda s: s.covers("ILSE"), "unknown_territory", "ISLE"),
    "body": (lambda s: s.body("counsil"), "unknown_body", "council"),
    "composition": (lambda s: s.composition("comittee"), "unknown_body", "committee"),
    "office": (lambda s: s.office("chiar"), "unknown_office", "chair"),
    "tenures": (lambda s: s.tenures("chiar"), "unknown_office", "chair"),
    "next_office": (lambda s: s.next_office("chiar"), "unknown_office", "chair"),
    "rule": (lambda s: s.rule("art_11"), "unknown_article", "art_1"),
}


@pytest.mark.parametrize("question", UNKNOWN)
def test_an_unknown_name_is_told_the_nearest(question: str) -> None:
    ask, code, near = UNKNOWN[question]
    with pytest.raises(UnknownName, match=f'Did you mean "{near}"') as error:
        ask(league(member("AA")).situation(on=ON))
    assert error.value.code == code


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda r: r.organisation("leage"), "unknown_organisation"),
        (lambda r: r.organisation("league").situation(on=ON, basis="signatur"), "unknown_basis"),
        (lambda r: r.organisation("league").act("1960-01-01-aa-admited"), "unknown_act"),
    ],
    ids=["organisation", "basis", "act"],
)
def test_so_is_one_asked_of_the_register(ask: Callable[[Register], object], code: str) -> None:
    register = Register([charter()])
    register.append([member("AA")])
    with pytest.raises(UnknownName, match="Did you mean") as error:
        ask(register)
    assert error.value.code == code


@pytest.fixture
def record() -> OrganisationRecord:
    return league(
        member(["AA", "BB", "CC"]),
        act("suspended", "BB", "1990-01-01"),
        act("admitted", "DD", "1990-01-01", status="observer"),
        act("appointed", "AA", "1999-01-01", office="chair"),
    )


def test_the_council_seats_members_and_observers_and_says_who_is_suspended(
    record: OrganisationRecord,
) -> None:
    lines = record.situation(on=ON).composition("council")
    assert [(each.party, each.capacity, each.suspended) for each in lines] == [
        ("AA", "full", False), ("BB", "full", True), ("CC", "full", False),
        ("DD", "observer", False)]  # fmt: skip
    assert all(each.grounds for each in lines)


def test_the_council_seats_whom_it_is_said_to_seat(record: OrganisationRecord) -> None:
    situation = record.situation(on=ON)
    for line in situation.composition("council"):
        seat = situation.seat("council", line.party)
        assert (seat.value, seat.grounds) == (line.capacity, line.grounds)


def test_the_chair_passes_over_who_is_suspended(record: OrganisationRecord) -> None:
    assert record.situation(on=ON).next_office("chair").value == "CC"


def test_a_count_names_who_is_counted(record: OrganisationRecord) -> None:
    found = record.situation(on=ON).count("family")
    assert found.value == 4
    assert {"1960-01-01-aa-bb-cc-admitted", "1990-01-01-dd-admitted"} <= set(found.grounds)


def test_no_right_is_exercised_in_a_body_that_is_not_active(record: OrganisationRecord) -> None:
    situation = record.situation(on=ON)
    assert situation.may("AA", "attend", "academy").value.answer == "no"
    assert situation.may("AA", "attend", "committee").value.answer == "yes"
    assert [each.id for each in situation.bodies()] == ["council", "committee", "academy"]


def test_tenures_are_told_oldest_first(record: OrganisationRecord) -> None:
    assert [each.holder for each in record.situation(on=ON).tenures("chair")] == ["AA"]


def test_every_no_has_grounds(record: OrganisationRecord) -> None:
    situation = record.situation(on=ON)
    noes = [
        situation.status("EE"),
        situation.holds("EE", "member"),
        situation.holds("DD", "member"),
        situation.since("EE"),
        situation.may("EE", "decide"),
        situation.may("DD", "decide", "council"),
        situation.suspension("AA"),
        situation.suspension("EE"),
        situation.in_base("BB"),
        situation.in_base("EE"),
        situation.pending_departure("AA"),
        situation.stage("EE", "member"),
        situation.next_office("chair"),
    ]
    assert [each for each in noes if not each.grounds] == []


def test_nobody_has_grounds_before_there_was_anybody() -> None:
    text = """
charter:
  organisation: {id: club}
  articles: {art_1: {title: {en: Members}}, art_2: {title: {en: Guests}}}
  statuses: {member: {article: art_1}, guest: {article: art_2}}
  counts: {all: {statuses: [member, guest]}}
  offices: {secretary: {article: art_2, from: 1990-01-01}}
"""
    record = Register([load_inline(documents.parse(text, "club"))]).organisation("club")
    then = record.situation(on=date(1980, 1, 1))
    assert (then.count("all").value, then.count("all").grounds) == (0, ("art_1", "art_2"))
    assert (then.office("secretary").value, then.office("secretary").grounds) == (None, ("art_2",))


def test_changes_are_told_by_day_then_in_the_order_of_states(record: OrganisationRecord) -> None:
    found = changes_between(record, date(1959, 1, 1), ON)
    assert [(each.party, each.before, each.after) for each in found] == [
        ("AA", None, "member"), ("BB", None, "member"), ("CC", None, "member"),
        ("DD", None, "observer")]  # fmt: skip
    assert [each.on for each in found] == [date(1960, 1, 1)] * 3 + [date(1990, 1, 1)]
    assert all(each.finding.grounds for each in found)
    assert changes_between(record, ON, date(2020, 1, 1)) == ()
    assert changes_between(record, date(1960, 1, 1), date(1989, 1, 1)) == ()
    assert changes_between(record, date(1959, 1, 1), ON, known_at=date(2025, 1, 1)) == ()
