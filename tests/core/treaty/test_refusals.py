"""Every refusal: its code, its article, what it compares, and which goes before which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from comity.kernel import documents
from comity.kernel.dates import Period
from comity.treaty.acts import read_record
from comity.treaty.admitting import REFUSALS
from comity.treaty.fold import status_of
from comity.treaty.read import read_treaties
from comity.treaty.record import Act, Around, Record
from comity.treaty.status import Refused, Status

TREATIES = """
classes: {guild: {parties: [AA, BB]}}
treaties:
  narrow:
    signature: {from: 2030-02-01, until: 2030-12-31, by: [guild], article: art_1}
    consents:
      - {kinds: [ratification], by: signatories, article: art_2}
      - {kinds: [acceptance], by: [guild], from: 2030-03-01, until: 2030-10-31, article: art_3}
      - {kinds: [accession], by: [guild], from: 2030-03-01, from_entry: true, article: art_4}
      - {kinds: [approval], by: signatories, from: 2030-03-01, until: 2030-10-31, article: art_5}
    enters_into_force: {when: {consents: all, at_least: 2}, after: [{days: 30}]}
    reservations: {articles: ["3"], objection_within: [{days: 10}], article: art_6}
    withdrawal:
      not_within: {years: 1}
      windows: {after: {years: 2}, every: {years: 1}, lasts: {days: 10}}
      after: [{months: 6}]
      rescinded: never
      article: art_7
  open:
    for_parties: [{after: [{days: 10}]}]
    reservations: {allowed: false, article: art_8}
"""
RULES = read_treaties(documents.parse(TREATIES))
LATE = date(2040, 1, 1)

CONSENTED = "{id: own, act: consented, party: AA, on: 2030-04-01, kind: acceptance}"
IN_FORCE = f"""
adopted: 2030-01-01
acts:
  - {CONSENTED}
  - {{id: other, act: consented, party: BB, on: 2030-04-01, kind: acceptance}}
"""  # in force from 1 May 2030
OPEN = """
acts:
  - {id: own, act: consented, party: AA, on: 2030-04-01, kind: acceptance}
"""
ADOPTED = "adopted: 2030-01-01\nacts:\n"


@dataclass(frozen=True)
class Scenario:
    """What had happened, the act refused, and why; ``beside``: a reason that gives way to it."""

    code: str
    treaty: str
    before: str
    act: str
    article: str = ""
    required: str = ""
    beside: str = ""


def signed(on: str, party: str = "AA", more: str = "") -> str:
    return f"{{id: it, act: signed, party: {party}, on: {on}{more}}}"


def consented(on: str, kind: str = "acceptance", party: str = "AA") -> str:
    return f"{{id: it, act: consented, party: {party}, on: {on}, kind: {kind}}}"


def act(kind: str, on: str, more: str = "") -> str:
    return f"{{id: it, act: {kind}, party: AA, on: {on}{more}}}"


NOTICE = "  - {id: notice, act: denounced, party: AA, on: 2032-05-05}\n"
SIGNED = "  - {id: first, act: signed, party: AA, on: 2030-02-01}\n"
RESERVED = '  - {id: res, act: reserved, party: AA, on: 2030-04-01, text: No., articles: ["3"]}\n'
SCENARIOS = (
    Scenario("not_existing", "narrow", ADOPTED, signed("2030-02-01", "GONE"), "", "…/2030-01-15"),
    Scenario("not_existing", "narrow", ADOPTED, consented("2029-12-31", "x", "LATER"),
             beside="not_adopted"),
    Scenario("not_adopted", "narrow", ADOPTED, signed("2029-12-31", "ZZ"), "", "2030-01-01",
             "not_entitled"),
    Scenario("not_adopted", "narrow", ADOPTED, consented("2029-12-31", "succession"),
             beside="kind_not_provided"),
    Scenario("kind_not_provided", "narrow", ADOPTED, consented("2030-02-01", "succession", "ZZ"),
             "", "ratification, acceptance, accession, approval", "not_entitled"),
    Scenario("not_entitled", "narrow", ADOPTED, signed("2030-01-15", "ZZ"), "art_1", "guild",
             "not_open_yet"),
    Scenario("not_entitled", "narrow", ADOPTED, consented("2030-11-01", party="ZZ"), "art_3",
             "guild", "closed"),
    Scenario("not_open_yet", "narrow", ADOPTED, signed("2030-01-31"), "art_1", "2030-02-01"),
    Scenario("not_open_yet", "narrow", ADOPTED, consented("2030-02-28", "approval"), "art_5",
             "2030-03-01", "not_signatory"),
    Scenario("not_open_yet", "narrow", ADOPTED, consented("2030-02-28", "accession"), "art_4",
             "2030-03-01", "not_in_force_yet"),
    Scenario("closed", "narrow", ADOPTED + SIGNED, signed("2031-01-01"), "art_1", "2030-12-31",
             "already_signed"),
    Scenario("closed", "narrow", ADOPTED, consented("2030-11-01", "approval"), "art_5",
             "2030-10-31", "not_signatory"),
    Scenario("closed", "narrow", IN_FORCE, consented("2030-11-01"), "art_3", "2030-10-31",
             "already_consented"),
    Scenario("not_signatory", "narrow", IN_FORCE, consented("2030-06-01", "ratification"),
             "art_2", "signatories", "already_consented"),
    Scenario("not_in_force_yet", "narrow", IN_FORCE, consented("2030-04-30", "accession"),
             "art_4", "2030-05-01", "already_consented"),
    Scenario("already_signed", "narrow", ADOPTED + SIGNED, signed("2030-02-02"), "", "first"),
    Scenario("not_ad_referendum", "narrow", ADOPTED + SIGNED, act("confirmed", "2030-02-02")),
    Scenario("already_consented", "narrow", IN_FORCE, consented("2030-06-01"), "", "own"),
    Scenario("no_consent", "narrow", ADOPTED, act("revoked", "2030-06-01")),
    Scenario("no_consent", "narrow", ADOPTED, act("determined", "2030-06-01", ", day: 2030-07-01")),
    Scenario("in_effect", "narrow", IN_FORCE, act("revoked", "2030-05-01"), "", "2030-05-01"),
    Scenario("not_party", "narrow", IN_FORCE, act("denounced", "2030-04-30"), beside="locked_in"),
    Scenario("not_party", "open", OPEN, act("denounced", "2030-04-10"), beside="no_withdrawal"),
    Scenario("not_party", "narrow", IN_FORCE, act("withdrew", "2030-04-30")),
    Scenario("not_party", "narrow", IN_FORCE, act("suspended", "2030-04-30")),
    Scenario("no_withdrawal", "open", OPEN, act("denounced", "2030-04-11")),
    Scenario("already_denounced", "narrow", IN_FORCE + NOTICE, act("denounced", "2032-07-01"),
             "art_7", "notice", "outside_window"),
    Scenario("locked_in", "narrow", IN_FORCE, act("denounced", "2031-04-30"), "art_7",
             "2031-05-01", "outside_window"),
    Scenario("outside_window", "narrow", IN_FORCE, act("denounced", "2032-05-11"), "art_7"),
    Scenario("no_notice", "narrow", IN_FORCE, act("rescinded", "2032-05-11"),
             beside="not_rescindable"),
    Scenario("no_notice", "narrow", IN_FORCE, act("extended", "2032-05-11", ", until: 2031-01-01"),
             beside="not_later"),
    Scenario("not_rescindable", "narrow", IN_FORCE + NOTICE, act("rescinded", "2032-06-01"),
             "art_7"),
    Scenario("not_later", "narrow", IN_FORCE + NOTICE,
             act("extended", "2032-06-01", ", until: 2032-11-05"), "", "2032-11-05"),
    Scenario("prohibited", "open", OPEN, act("reserved", "2030-04-01", ", text: Never."), "art_8"),
    Scenario("other_article", "narrow", IN_FORCE,
             act("reserved", "2030-04-01", ', text: Never., articles: ["3", "4"]'), "art_6", "3"),
    Scenario("other_article", "narrow", IN_FORCE, act("reserved", "2030-04-01", ", text: Never."),
             "art_6", "3"),
    Scenario("no_such_reservation", "narrow", IN_FORCE + RESERVED,
             "{id: it, act: objected, party: BB, to: none, on: 2031-04-01}", "", "res", "too_late"),
    Scenario("no_such_reservation", "narrow", IN_FORCE + RESERVED,
             act("reservation_withdrawn", "2031-04-01", ", to: none"), "", "res"),
    Scenario("own_reservation", "narrow", IN_FORCE + RESERVED,
             act("objected", "2031-04-01", ", to: res"), beside="too_late"),
    Scenario("too_late", "narrow", IN_FORCE + RESERVED,
             "{id: it, act: objected, party: BB, to: res, on: 2030-04-12}", "art_6", "2030-04-11"),
    Scenario("no_such_accession", "narrow", IN_FORCE,
             act("accepted_accession", "2031-04-01", ", of: ZZ")),
    Scenario("no_such_accession", "narrow", IN_FORCE,
             act("objected_to_accession", "2030-03-31", ", of: BB"), "", "2030-04-01"),
    Scenario("no_such_declaration", "narrow", IN_FORCE,
             act("declaration_withdrawn", "2031-04-01", ", topic: waiver")),
    Scenario("not_suspended", "narrow", IN_FORCE, act("resumed", "2031-04-01")),
)  # fmt: skip


def refused(scenario: Scenario) -> list[Refused]:
    text = f"{scenario.before}  - {scenario.act}\n".replace("kind: x", "kind: succession")
    record = read_record(documents.parse(text).data)
    exists = {
        "GONE": (Period(None, date(2030, 1, 15)),),
        "LATER": (Period(date(2030, 1, 15), None),),
    }
    around = Around(exists=exists)
    return [*status_of(RULES.treaty(scenario.treaty), record, LATE, around=around).refused]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: f"{each.code}: {each.act}")
def test_an_act_is_refused_with_its_code_article_and_bound(scenario: Scenario) -> None:
    found = [each for each in refused(scenario) if each.act == "it"]
    assert [each.code for each in found] == [scenario.code]
    assert found[0].article == scenario.article
    if scenario.required:
        assert found[0].required == scenario.required


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: f"{each.code}: {each.act}")
def test_nothing_else_is_refused(scenario: Scenario) -> None:
    assert {each.act for each in refused(scenario)} == {"it"}


def test_every_refusal_is_here_and_goes_before_those_beside_it() -> None:
    assert {each.code for each in SCENARIOS} == {*REFUSALS}
    order = {code: place for place, code in enumerate(REFUSALS)}
    beside = [each for each in SCENARIOS if each.beside]
    assert all(order[each.code] < order[each.beside] for each in beside)


def test_an_act_refused_leaves_everything_as_it_was() -> None:
    for scenario in SCENARIOS:
        treaty = RULES.treaty(scenario.treaty)
        text = f"{scenario.before}  - {scenario.act}\n".replace("kind: x", "kind: succession")
        record = read_record(documents.parse(text).data)
        without = type(record).of(each for each in record.acts if each.id != "it")
        with_it, before = (status_of(treaty, each, LATE) for each in (record, without))
        if with_it.refused:
            assert with_it.enters_on == before.enters_on
            assert {who: each.bound for who, each in with_it.parties.items() if each.bound} == {
                who: each.bound for who, each in before.parties.items() if each.bound
            }


def test_the_way_that_comes_nearest_gives_the_reason() -> None:
    """Where several ways are open to a kind of consent, the reason is that of the last hurdle."""
    rules = read_treaties(
        documents.parse(
            """
            classes: {guild: {parties: [BB]}}
            treaties:
              two:
                consents:
                  - {kinds: [accession], by: [guild], article: art_1}
                  - {kinds: [accession], from: 2030-01-01, article: art_2}
            """
        )
    )
    record = read_record(documents.parse(f"acts: [{consented('2029-12-31', 'accession')}]").data)
    (found,) = status_of(rules.treaty("two"), record, LATE).refused
    assert (found.code, found.article) == ("not_open_yet", "art_2")


DOCS = Path(__file__).parents[3] / "docs" / "reference"


def test_the_refusals_stand_on_the_page_in_their_order() -> None:
    text = (DOCS / "errors.md").read_text("utf-8").split("## Treaties\n")[1].split("\n## ")[0]
    table = text.split("Refusals of acts")[1]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == REFUSALS


# What was not taken has no other effect


def as_of(text: str, *acts: Act) -> Status:
    data = documents.parse(text, "treaties.yaml").data
    treaty = read_treaties(data).treaty("convention")
    return status_of(treaty, Record.of(acts), date(2035, 1, 1))


EVERY_SIGNATORY = """
treaties:
  convention:
    signature: {from: 2030-01-01, until: 2030-12-31}
    enters_into_force: {when: {every: signatories}, after: []}
"""


def done(kind: str, party: str, on: str, **fields: Any) -> Act:
    return Act(f"{kind}-{party}-{on}", kind, date.fromisoformat(on), party, **fields)


def test_a_signature_refused_makes_no_signatory() -> None:
    found = as_of(
        EVERY_SIGNATORY,
        done("signed", "AA", "2030-06-01"),
        done("signed", "BB", "2031-01-01"),
        done("consented", "AA", "2031-06-01", consent="ratification"),
    )
    assert [each.code for each in found.refused] == ["closed"]
    assert found.met_on == date(2031, 6, 1)


def test_the_depositary_may_close_signature_earlier() -> None:
    closed = done("closed", "", "2030-03-31")
    found = as_of(EVERY_SIGNATORY, closed, done("signed", "AA", "2030-04-01"))
    assert [each.code for each in found.refused] == ["closed"]
    assert as_of(EVERY_SIGNATORY, closed, done("signed", "AA", "2030-03-31")).refused == ()


def test_a_consent_refused_brings_no_weight_and_no_tag() -> None:
    text = """
weights: {tons: {}}
classes: {large: {}}
treaties:
  convention:
    enters_into_force:
      when: {any: [{consents: all, weight: tons, at_least: 3}, {consents: large, at_least: 1}]}
      after: []
"""
    again: dict[str, Any] = {"consent": "acceptance", "weights": {"tons": 5}, "tags": ("large",)}
    found = as_of(
        text,
        done("consented", "AA", "2031-01-01", consent="ratification", weights={"tons": 1}),
        done("consented", "AA", "2031-02-01", **again),
    )
    assert [each.code for each in found.refused] == ["already_consented"]
    assert found.met_on is None


def test_a_definitive_signature_that_is_not_provided_for_leaves_none_standing() -> None:
    text = """
treaties:
  convention:
    consents: [{kinds: [ratification], by: signatories}]
    enters_into_force: {when: {consents: all, at_least: 1}, after: []}
"""
    definitive = done("signed", "AA", "2031-01-01", mode="definitive")
    simple = done("signed", "AA", "2031-02-01")
    found = as_of(text, definitive, simple)
    assert [each.code for each in found.refused] == ["kind_not_provided"]
    assert found.parties["AA"].signed == date(2031, 2, 1)


def test_a_treaty_may_be_suspended_for_everybody() -> None:
    text = """
treaties:
  convention: {enters_into_force: {when: {consents: all, at_least: 1}, after: []}}
"""
    found = as_of(
        text,
        done("consented", "AA", "2031-01-01", consent="ratification"),
        done("suspended", "", "2032-01-01"),
        done("suspended", "", "2032-02-01"),
        done("resumed", "", "2033-01-01"),
    )
    (spell,) = found.parties["AA"].suspended
    assert (spell.start, spell.end) == (date(2032, 1, 1), date(2033, 1, 1))
