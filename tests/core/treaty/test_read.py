"""Each fault of treaties: its code, its place, and the sentence that helps to mend it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from fractions import Fraction
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from comity.decision.tree import Known
from comity.kernel import documents
from comity.kernel.dates import Period
from comity.kernel.errors import DataError, Fault, UnknownName
from comity.kernel.trees import Path
from comity.treaty import model
from comity.treaty.read import SECTIONS, read_file, read_treaties
from comity.treaty.structure import FORM
from tests.core.tampering import Scenario, changed, paths_in

SCHEMA = FORM.schema
GOOD = """\
articles: {art_1: {names: {en: article 1}}, art_2: {names: {en: article 2}}}
classes:
  pair: {parties: [AA, BB]}
  tagged: {}
  sized: {size: 5}
  council: {members_of: council}
  heavy: {having: {weight: tonnage, at_least: 10}}
weights:
  tonnage: {tables: [{values: {AA: 30, BB: 20.5}, total: 100}]}
countings:
  clear: {days: clear}
treaties:
  other: {names: {en: Other}}
  first:
    counting: clear
    signature: {from: 2030-01-01, until: 2030-12-31, by: anyone}
    consents: [{kinds: [ratification, acceptance], by: signatories}]
    enters_into_force:
      when: {consents: all, at_least: 3}
      after: [{days: 30}]
      article: art_1
    for_parties: [{after: [{days: 30}]}]
    withdrawal: {after: [{years: 1}]}
"""
WHEN = "{consents: all, at_least: 3}"
AFTER = "      after: [{days: 30}]\n"
CONSENTS = "consents: [{kinds: [ratification, acceptance], by: signatories}]"
PARTIES = "for_parties: [{after: [{days: 30}]}]"
LEAVING = "withdrawal: {after: [{years: 1}]}"


def when(title: str, condition: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which the treaty waits for a condition."""
    return Scenario(title, WHEN, condition, code, says)


def falls(title: str, date: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which the treaty enters into force on a date."""
    return Scenario(title, AFTER, f"      {date}\n", code, says)


def party(title: str, way: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which parties are bound in some way."""
    return Scenario(title, PARTIES, f"for_parties: [{way}]", code, says)


def leaves(title: str, rule: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which a party leaves under a rule."""
    return Scenario(title, LEAVING, f"withdrawal: {{{rule}}}", code, says)


def more(title: str, line: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which a line is added to the treaty."""
    return Scenario(
        title, "    counting: clear\n", f"    counting: clear\n    {line}\n", code, says
    )


def group(title: str, classes: str, code: str, says: str = "") -> Scenario:
    """Return a scenario with further classes."""
    return Scenario(title, "  tagged: {}\n", f"  tagged: {{}}\n  {classes}\n", code, says)


SCENARIOS = (
    # Form
    Scenario("a key misspelt", "signature:", "signatures:", "unknown_key", '"signature"?'),
    Scenario("no condition", f"      when: {WHEN}\n", "", "missing_key", '"when"'),
    when("a number that is none", "{consents: all, at_least: few}", "malformed_number", '"55 %"'),
    Scenario(
        "an unknown kind", "[ratification, acc", "[ratifikation, acc", "value_not_allowed",
        '"ratification"?',
    ),
    Scenario("no kind", "kinds: [ratification, acceptance]", "kinds: []", "empty_value"),
    falls("a negative period", "after: [{days: -1}]", "out_of_range", "at least 1"),
    falls("no such day", "on: 2030-02-30", "impossible_date", "2017-06-09"),
    falls("no such day of the year", "after: [{next: 02-30}]", "impossible_date", "06-30"),
    falls("a day of leap years", "after: [{next: 02-29}]", "impossible_date", "every year"),
    group("no such moment", "frozen: {parties: [AA], at: signing}", "impossible_date", "adoption"),
    group("nobody listed", "none: {parties: []}", "empty_value"),
    group("half a State", "half: {size: 2.5}", "wrong_type", "whole number"),
    more("no word for reservations", "reservations: forbidden", "value_not_allowed", "prohibited"),
    # References
    when("an unknown class", "{consents: piar, at_least: 1}", "unknown_class", '"pair"?'),
    when("an unknown exclusion", "{consents: all, without: [piar], at_least: 1}", "unknown_class"),
    when("an unknown base", "{consents: all, at_least: 1/2, of: signatorys}", "unknown_class",
         '"signatories"?'),
    when("an unknown class of names", "{every: piar}", "unknown_class", '"pair"?'),
    when("an unknown weight", "{consents: all, weight: tonage, at_least: 1}", "unknown_weight",
         '"tonnage"?'),
    when("an unknown article", "{consents: all, at_least: 3, article: art_3}", "unknown_article",
         "art_1, art_2"),
    when("an unknown treaty awaited", "{in_force: othr}", "unknown_treaty", '"other"?'),
    Scenario("an unknown article of a treaty", "article: art_1", "article: art_9",
             "unknown_article", "art_1, art_2"),
    Scenario("an unknown counting", "counting: clear", "counting: cleer", "unknown_counting",
             '"clear"?'),
    falls("an unknown counting of a step", "after: [{days: 30, counting: cleer}]",
          "unknown_counting"),
    falls("an unknown treaty to start from", "since: {in_force: othr}", "unknown_treaty"),
    Scenario("an unknown way in", "by: signatories", "by: signatorys", "unknown_class"),
    party("an unknown class of parties", "{among: piar, after: []}", "unknown_class"),
    more("an unknown class bound", "binds: councl", "unknown_class", '"council"?'),
    more("an unknown class that applies", "provisional: {by: declard}", "unknown_class",
         '"declared"?'),
    more("an unknown treaty amended", "amends: othr", "unknown_treaty", '"other"?'),
    leaves("an unknown class left", "with: councl", "unknown_class"),
    group("an unknown part", "both: {any_of: [piar]}", "unknown_class"),
    group("an unknown weight of a class", "big: {having: {weight: ton, at_least: 1}}",
          "unknown_weight"),
    group("the largest in nothing", "big: {largest: {number: 2, weight: ton}}", "unknown_weight"),
    group("parties of nothing", "its: {parties_of: secnd}", "unknown_treaty"),
    # Classes
    group("a reserved name", "anyone: {parties: [AA]}", "reserved_name", "meaning of its own"),
    group("two definitions", "both: {parties: [AA], members_of: council}", "class_unclear",
          '"members_of" alone'),
    group("a size beside names", "both: {parties: [AA], size: 3}", "class_unclear", '"size" alone'),
    group("nobody without somebody", "rest: {without: [pair]}", "class_unclear", "who else"),
    group("nobody at adoption", "then: {at: adoption}", "class_unclear"),
    group("somebody twice", "both: {parties: [AA], spells: {AA: [{from: 2030-01-01}]}}",
          "class_unclear", "AA under parties and under spells"),
    group("a spell reversed", "was: {spells: {AA: [{from: 2030-01-01, until: 2029-01-01}]}}",
          "period_reversed"),
    group("spells that overlap", "was: {spells: {AA: [{}, {from: 2030-01-01}]}}",
          "versions_overlap"),
    group("having nothing", "big: {having: {weight: tonnage}}", "test_unclear", "with nothing"),
    group("a class of itself", "a: {any_of: [a]}", "circular_reference", '"a" contains itself'),
    # Weights
    Scenario("a total too small", "total: 100", "total: 50", "out_of_range", "50.5"),
    Scenario("a weight below nothing", "AA: 30", "AA: -30", "out_of_range"),
    Scenario("tables that overlap", "tables: [{", "tables: [{values: {AA: 1}}, {",
             "versions_overlap"),
    # Tests
    when("two tests in one", "{consents: all, every: pair, at_least: 1}", "test_unclear",
         "all or any"),
    when("nothing tested", "{at_least: 3}", "test_unclear", "says nothing"),
    when("two comparisons", "{consents: all, at_least: 3, more_than: 2}", "test_unclear",
         "at_least and more_than"),
    when("no comparison", "{consents: all}", "test_unclear", "with nothing"),
    when("a number of everybody", "{every: pair, at_least: 1}", "test_unclear", '"at_least"'),
    when("a key beside all", "{all: [{every: pair}], kinds: [ratification]}", "test_unclear",
         "below all"),
    when("a share of nothing", "{consents: all, at_least: 2/3}", "share_of_nothing", "of: total"),
    when("per cent of nothing", "{consents: all, weight: tonnage, at_least: 55 %}",
         "share_of_nothing"),
    when("rounding without a share", "{consents: all, at_least: 3, rounded: up}",
         "share_of_nothing"),
    when("a total of no weight", "{consents: all, at_least: 1/2, of: total}", "share_of_nothing",
         "the key weight"),
    when("a share of itself", "{consents: all, weight: tonnage, at_least: 1/2, of: consents}",
         "share_of_nothing", "another weight"),
    when("parties as a share of a weight",
         "{consents: all, at_least: 1/2, of: consents, of_weight: tonnage}", "share_of_nothing",
         "the key weight"),
    when("another weight of a class",
         "{consents: pair, at_least: 1/2, of: pair, of_weight: tonnage}", "test_unclear",
         "of: consents"),
    when("more than the whole", "{consents: all, weight: tonnage, at_least: 55, of: total}",
         "out_of_range", '"55 %"'),
    when("all of the whole and more", "{consents: pair, more_than: 1, of: pair}", "test_never_met"),
    when("nobody asked for", "{consents: all, at_least: 0}", "test_always_met"),
    when("more than there are by list", "{consents: pair, at_least: 3}", "test_never_met",
         "in which 2 can be"),
    when("more than all there are", "{consents: pair, more_than: 2}", "test_never_met"),
    when("more than there are by size", "{consents: sized, at_least: 6}", "test_never_met",
         "in which 5 can be"),
    when("a class without itself", "{consents: pair, without: [pair], at_least: 1}",
         "test_never_met"),
    when("a kind not provided", "{consents: all, kinds: [accession], at_least: 1}",
         "test_never_met", "accession"),
    when("everybody of nobody in particular", "{every: all}", "class_open", "whoever consents"),
    when("everybody tagged", "{every: tagged}", "class_open"),
    when("a share of those tagged", "{consents: all, at_least: 1/2, of: tagged}", "class_open"),
    when("names of a mere size", "{every: sized}", "class_open", "only the size"),
    when("the weight of a mere size", "{consents: all, weight: tonnage, at_least: 1/2, of: sized}",
         "class_open"),
    more("all are bound", "binds: all", "class_open"),
    when("in force when in force", "{in_force: first}", "circular_reference", "until it is"),
    # Dates
    falls("two dates", "after: []\n      on: 2030-01-01", "date_unclear", "after and on"),
    falls("a fixed day since another", "since: adoption\n      on: 2030-01-01", "date_unclear",
          "since and on"),
    Scenario("no date", AFTER, "", "date_unclear", "after: []"),
    party("no date for parties", "{kinds: [ratification]}", "date_unclear"),
    party("nothing below", "{earliest: [{}]}", "date_unclear"),
    falls("an end with met_by", "cases: [{met_by: 2030-01-01, on: 2030-01-01}]",
          "cases_incomplete", "stands last"),
    falls("a case that always applies", "cases: [{on: 2030-01-01}, {after: []}]",
          "cases_incomplete", "always applies"),
    falls("a case never reached",
          "cases: [{met_by: 2030-02-01, after: []}, {met_by: 2030-01-01, after: []}, {after: []}]",
          "case_never_reached", "2030-02-01"),
    falls("since a notice", "after: []\n      since: notice", "start_unknown",
          "one of adoption, met, opening"),
    falls("since its own entry", "after: []\n      since: {in_force: first}",
          "circular_reference", "itself in force"),
    falls("lapses since it is met", "after: []\n      lapses: {since: met}", "start_unknown"),
    falls("lapses by cases",
          "after: []\n      lapses: {cases: [{met_by: 2030-01-01, after: []}, {after: []}]}",
          "start_unknown", "no condition is met"),
    party("since the notice of nobody", "{since: notice}", "start_unknown"),
    leaves("locked in since the notice", "after: [], not_within: {years: 1, since: notice}",
           "start_unknown"),
    more("terminated since a consent", "terminates: {since: consent}", "start_unknown"),
    more("terminated never", "terminates: {}", "date_unclear"),
    more("two beginnings", "provisional: {by: declared, from: {since: adoption}}", "date_unclear",
         "with the declaration"),
    falls("a step of two units", "after: [{days: 30, months: 1}]", "step_unclear",
          "days and months"),
    falls("a step of nothing", "after: [{counting: clear}]", "step_unclear", "without a unit"),
    falls("a gap of days", "after: [{days: 30, gap: 15}]", "step_unclear", "first_of_month only"),
    falls("the same day of nothing", "after: [{days: 30, or_same: true}]", "step_unclear"),
    falls("an end of the year counted", "after: [{end_of_year: 1, counting: clear}]",
          "step_unclear"),
    leaves("a window of two units",
           "after: [], windows: {after: {years: 1, days: 1}, every: {years: 1}, lasts: {days: 1}}",
           "step_unclear"),
    leaves("a lock of two units", "after: [], not_within: {years: 1, days: 1}", "step_unclear"),
    leaves("no way of leaving", "survives: [{years: 1}]", "date_unclear"),
    Scenario("closed before it opens", "until: 2030-12-31", "until: 2029-12-31", "period_reversed",
             "before it opens"),
    # Ways
    Scenario("anyone and others", "by: anyone", "by: [anyone, pair]", "way_unclear", "alone"),
    Scenario("accepted by nobody", "by: signatories}", "accepted_by: {among: pair}}",
             "way_unclear", "at_least"),
    Scenario("accepted by too many", "by: signatories}",
             "accepted_by: {among: pair, at_least: 3}}", "test_never_met"),
    Scenario("accepted by all", "by: signatories}", "accepted_by: {each: tagged}}", "class_open"),
    party("a way after one for all", "{after: []}, {kinds: [ratification], after: []}",
          "way_never_taken", "fits everybody"),
    party("a way for no kind", "{kinds: [accession], after: []}", "way_never_taken", "accession"),
    more("prohibited but described", "reservations: {allowed: false, articles: ['3']}",
         "reservations_unclear"),
    # Treaties
    more("it amends itself", "amends: first", "circular_reference", "amends"),
    more("newcomers to nothing", "binds_newcomers: true", "missing_key", '"amends"'),
)  # fmt: skip


def faults(text: str, known: Known = Known()) -> tuple[Fault, ...]:  # noqa: B008
    try:
        read_treaties(documents.parse(text, "treaties.yaml"), known=known)
    except DataError as error:
        return error.faults
    return ()


def test_the_base_has_no_fault() -> None:
    assert faults(GOOD) == ()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.title)
def test_each_fault_is_told_with_its_place(scenario: Scenario) -> None:
    assert GOOD.count(scenario.written) == 1
    before, after = GOOD.split(scenario.written)
    found = faults(before + scenario.instead + after)
    assert [each.code for each in found] == [scenario.code], "\n".join(map(str, found))
    assert scenario.says in str(found[0])
    place = found[0].place
    assert place is not None
    assert place.file == "treaties.yaml"
    first = before.count("\n") + 1
    last = first + scenario.instead.count("\n")
    enclosing = scenario.code in ("missing_key", "date_unclear", "test_never_met")
    assert first <= place.line <= last or (enclosing and place.line <= last)


@pytest.mark.parametrize("key", ["amends", "part_of", "protocol_to", "replaces"])
def test_treaties_that_amend_one_another_in_a_circle(key: str) -> None:
    text = (
        f"treaties:\n  a: {{{key}: b}}\n  b: {{{key}: c}}\n  c: {{{key}: a}}\n  d: {{{key}: a}}\n"
    )
    found = faults(text)
    assert [each.code for each in found] == ["circular_reference"] * 3
    assert [each.place and each.place.line for each in found] == [2, 3, 4]


def test_treaties_that_wait_for_one_another() -> None:
    waits = "  {}: {{enters_into_force: {{when: {{in_force: {}}}, after: []}}}}\n"
    text = "treaties:\n" + waits.format("a", "b") + waits.format("b", "a")
    assert [each.code for each in faults(text)] == ["circular_reference"] * 2


def test_nothing_brings_a_treaty_into_force_that_only_follows_its_entry() -> None:
    later = "consents: [{kinds: [accession], from_entry: true}]"
    (fault,) = faults(GOOD.replace(CONSENTS, later))
    assert fault.code == "test_never_met"
    assert fault.place == documents.parse(GOOD, "treaties.yaml").place(
        "treaties", "first", "enters_into_force", "when"
    )


def test_where_no_condition_is_met_nothing_starts_from_it() -> None:
    text = "treaties: {a: {for_parties: [{since: met}], withdrawal: {since: entry}}}\n"
    assert [each.code for each in faults(text)] == ["start_unknown"] * 2


def test_names_of_the_charter_are_known() -> None:
    known = Known(articles=["art_1"], bodies=["council"], members=["AA", "BB"])
    assert faults(GOOD, known) == ()
    elsewhere = Known(bodies=["board"], members=["AA"])
    assert [each.code for each in faults(GOOD, elsewhere)] == [
        "unknown_member", "unknown_body", "unknown_member",
    ]  # fmt: skip
    without = GOOD.replace("articles:", "#")
    assert faults(without) == ()
    assert [each.code for each in faults(without, Known(articles=["art_2"]))] == ["unknown_article"]


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = GOOD.replace("{days: clear}", "{days: cleer}").replace("counting: clear", "counting: x")
    found = faults(text.replace(WHEN, "{consents: nobody}").replace("total: 100", "total: 1"))
    assert [each.code for each in found] == [
        "out_of_range", "value_not_allowed", "unknown_counting", "test_unclear", "unknown_class",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "3", "[]", "treaties: 3", "treaties: {p: 3}", "{}"])
def test_what_is_no_file_of_treaties_is_told_so(text: str) -> None:
    assert {each.code for each in faults(text)} <= {"wrong_type", "missing_key"}
    assert faults(text)


FULL = """\
articles: {art_1: {names: {en: article 1}, source: nowhere, confidence: low}}
classes:
  spell: {parties: [AA], spells: {BB: [{from: 2030-01-01, until: 2031-01-01}]}, at: opening}
  rest: {any_of: [spell, large], without: [signatories]}
  large: {largest: {number: 3, weight: w, among: signatories}}
  fixed: {parties_of: base, at: 2030-01-01}
weights:
  w: {tables: [{from: 2031-01-01, values: {AA: 1}}, {until: 2031-01-01, certified: 2029-01-01, values: {AA: 73.94}}]}
  v: {}
countings: {odd: {days: clear, months: day_after, month_end: roll_over}}
treaties:
  base: {}
  whole:
    names: {en: Whole}
    short_names: {en: W}
    depositary: {en: Somebody}
    counting: odd
    source: made up
    confidence: low
    amends: base
    binds_newcomers: true
    part_of: base
    protocol_to: base
    replaces: base
    signature: {from: 2030-01-01, until: 2030-12-31, by: [rest, spell], article: art_1}
    consents:
      - {kinds: [accession], by: anyone, from: 2031-01-01, until: 2032-01-01, from_entry: true, accepted_by: {among: spell, at_least: 1}}
      - {kinds: [ratification], by: signatories, accepted_by: {each: spell}}
    enters_into_force:
      article: art_1
      when:
        any:
          - {consents: all, without: [rest], kinds: [ratification], weight: w, more_than: 1/2, of: consents, of_weight: v, rounded: up, plus: 1}
          - {not: {every: spell, without: [rest], kinds: [ratification]}}
          - {all: [{certified: enough}, {in_force: base}]}
      cases: [{met_by: 2030-01-01, on: 2030-01-01}, {after: [{months: 3}, {first_of_month: 1, gap: 15}], not_before: [{since: {in_force: base}}]}]
      lapses: {after: [{years: 5}]}
      must_hold: until_entry
    for_parties:
      - {kinds: [accession], among: spell, without: [rest], consented: after_met, earliest: [{after: [{end_of_year: 0}]}, {on: 2040-01-01}], waits: false, towards: accepting}
    binds: spell
    provisional: {by: spell, unless_declared: true, from: {latest: [{since: adoption}, {since: signature}]}, until: 2040-01-01, ended_by_notice: {after: [{days: 60}]}}
    reservations: {articles: ["3"], objection_within: [{months: 12}], article: art_1}
    withdrawal:
      not_within: {years: 3, since: entry}
      windows: {after: {years: 10}, every: {years: 10}, lasts: {years: 1}, since: entry}
      after: [{next: 06-30, or_same: true}]
      rescinded: never
      survives: [{days: 1, counting: odd}]
      with: spell
    terminates: {fewer_than: 3, on: 2050-01-01}
"""  # noqa: E501


def test_every_key_finds_its_field() -> None:
    """Read a file with all the keys there are, and compare with values made by hand."""
    found = read_treaties(documents.parse(FULL)).treaty("whole")
    odd = model.Counting("odd", clear_days=True, day_after=True, roll_over=True)
    assert found.counting == odd
    assert (found.amends, found.binds_newcomers, found.part_of) == ("base", True, "base")
    assert (found.protocol_to, found.replaces, found.confidence) == ("base", "base", "low")
    assert (found.names["en"], found.short_names["en"]) == ("Whole", "W")
    assert (found.depositary["en"], found.source) == ("Somebody", "made up")
    assert found.signature == model.Signature(
        date(2030, 1, 1), date(2030, 12, 31), ("rest", "spell"), "art_1"
    )
    assert found.consents == (
        model.Consent(
            ("accession",), (), date(2031, 1, 1), date(2032, 1, 1), True, "spell", 1
        ),
        model.Consent(("ratification",), ("signatories",), accepted_by="spell"),
    )  # fmt: skip
    share = model.Amount(Fraction(1, 2), "consents", "v", "up", 1)
    quarter = (model.Step("months", 3), model.Step("first_of_month", 1, gap=15))
    assert found.entry == model.Entry(
        when=model.Together(
            (
                model.Test("more_than", share, "all", ("rest",), ("ratification",), "w"),
                model.Not(model.Every("spell", ("rest",), ("ratification",))),
                model.Together((model.Certified("enough"), model.InForce("base"))),
            ),
            any=True,
        ),
        falls=model.Cases(
            (
                model.Case(model.Fixed(date(2030, 1, 1)), date(2030, 1, 1)),
                model.Case(model.NotBefore(model.After(quarter), (model.After(treaty="base"),))),
            )
        ),
        lapses=model.After((model.Step("years", 5),)),
        must_hold=True,
        article="art_1",
    )
    assert found.ways == (
        model.Way(
            model.Of(
                (model.After((model.Step("end_of_year", 0),)), model.Fixed(date(2040, 1, 1))),
                latest=False,
            ),
            ("accession",), "spell", ("rest",), "after_met", waits=False, towards_accepting=True,
        ),
    )  # fmt: skip
    assert found.binds == "spell"
    assert found.provisional == model.Provisional(
        "spell",
        model.Of((model.After(since="adoption"), model.After(since="signature")), latest=True),
        unless_declared=True,
        end=date(2040, 1, 1),
        ended_by_notice=model.After((model.Step("days", 60),)),
    )
    assert found.reservations == model.Reservations(
        True, ("3",), (model.Step("months", 12),), "art_1"
    )
    decade = model.Step("years", 10)
    assert found.withdrawal == model.Withdrawal(
        falls=model.After((model.Step("next", day=(6, 30), or_same=True),)),
        locked=model.After((model.Step("years", 3),), "entry"),
        windows=model.Windows(decade, decade, model.Step("years", 1), "entry"),
        rescindable=False,
        survives=(model.Step("days", 1, counting=odd),),
        with_class="spell",
    )
    assert found.termination == model.Termination(model.Fixed(date(2050, 1, 1)), 3)


def test_classes_and_weights_find_their_fields() -> None:
    found = read_treaties(documents.parse(FULL)).treaty("whole")
    spell = found.classes["spell"]
    year = Period(date(2030, 1, 1), date(2031, 1, 1))
    assert dict(spell.spells) == {"AA": (Period(),), "BB": (year,)}
    assert spell.at == "opening"
    assert found.classes["fixed"].at == date(2030, 1, 1)
    assert found.classes["large"].largest == model.Largest(3, "w", "signatories")
    first, second = found.weights["w"].tables
    assert (first.total, second.total) == (Fraction(7394, 100), 1)
    assert first.certified == date(2029, 1, 1)
    heavy = read_treaties(documents.parse(GOOD)).treaty("first").classes["heavy"]
    assert heavy.having == model.Having("tonnage", "at_least", 10)


def test_what_is_left_out_has_its_default() -> None:
    found = read_treaties({"treaties": {"a": {}}}).treaty("a")
    assert found == model.Treaty("a")
    short = "{a: {reservations: prohibited, provisional: {}, withdrawal: {after: [], not_within: {days: 1}}}}"  # noqa: E501
    found = read_treaties(documents.parse(f"treaties: {short}")).treaty("a")
    assert found.reservations == model.Reservations(allowed=False)
    assert found.provisional == model.Provisional()
    assert found.withdrawal == model.Withdrawal(
        model.After(), model.After((model.Step("days", 1),), "effect")
    )


def test_a_treaty_that_is_not_there_is_told() -> None:
    with pytest.raises(UnknownName, match='Did you mean "first"'):
        read_treaties(documents.parse(GOOD)).treaty("frist")


OBJECTS = {name: each for name, each in SCHEMA["$defs"].items() if "properties" in each}


def test_the_schema_is_strict_and_says_what_every_key_means() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(OBJECTS["treaties_file"]["properties"]) == {*SECTIONS}
    for each in OBJECTS.values():
        assert each["description"]
        assert each["additionalProperties"] is False
        for value in each["properties"].values():
            target = SCHEMA["$defs"][value.get("$ref", "#/$defs/id").split("/")[-1]]
            assert value.get("description") or target["description"]


def test_a_stranger_can_check_a_file_with_the_schema() -> None:
    for text in (GOOD, FULL):
        data = documents.parse(text).data
        assert list(Draft202012Validator(SCHEMA).iter_errors(data)) == []
        assert list(Draft202012Validator(SCHEMA).iter_errors({**data, "extra": 1})) != []


WHOLE = documents.parse(FULL).data
ODD: tuple[Any, ...] = (
    None, 7, -1, "x", "all", "1/2", "2030-01-01", [], {}, [[]], [{}], ["x"], True,
)  # fmt: skip


@given(st.sampled_from(paths_in(WHOLE)), st.sampled_from(ODD))
def test_whatever_is_written_is_read_or_refused(path: Path, value: object) -> None:
    with suppress(DataError):
        read_treaties(changed(WHOLE, path, value))


def test_a_file_is_read_from_its_path(tmp_path: File) -> None:
    file = tmp_path / "treaties.yaml"
    file.write_text(GOOD)
    assert [*read_file(file).treaties] == ["other", "first"]
