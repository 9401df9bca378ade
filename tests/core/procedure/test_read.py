"""Each fault of procedures: its code, its place, and the sentence that helps to mend it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from comity.decision.tree import Known
from comity.kernel import documents
from comity.kernel.errors import DataError, Fault
from comity.procedure.read import SECTIONS, read_file, read_procedures
from comity.procedure.structure import schema
from tests.core.tampering import Scenario

DATA = Path(__file__).parent / "data"
BASE = """\
articles: {rule_1: {}, rule_2: {}}
roles: {chair: {}}
documents: {notice: {}}
calendars: {seat: {zone: UTC}}
position_tables:
  consensus: {silent: none, positions: {none: {}, objects: {counts_as: opposed}}}
decision_rules:
  consensus: {positions: consensus, decide: [{outcome: not_adopted, when: {votes: opposed, more_than: 0}}, {outcome: adopted}]}
  chosen: {chosen_by: {question: {en: x}, rule: consensus, outcomes: {adopted: consensus}, otherwise: consensus}}
procedures:
"""  # noqa: E501
GOOD = """\
  p:
    rule: consensus
    calendar: seat
    starts: open
    stages:
      open:
        takes: [{event: tabled, by: anyone, to: closed}]
      closed: {outcome: adopted}
"""
TAKE = "{event: tabled, by: anyone, to: closed}"
FIRST = BASE.count("\n") + 1


def take(title: str, more: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which an event is taken with something more."""
    return Scenario(title, TAKE, f"{{event: tabled, by: anyone, to: closed, {more}}}", code, says)


def when(title: str, condition: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which an event is taken under a condition."""
    return take(title, f"when: [{condition}]", code, says)


def ends(title: str, deadline: str, code: str, says: str = "") -> Scenario:
    """Return a scenario in which the first stage has a deadline."""
    deadline = deadline.replace("TO", "to: closed")
    return Scenario(title, f"[{TAKE}]", f"[{TAKE}]\n        deadline: {deadline}", code, says)


WEEK = "monday, tuesday, wednesday, thursday, friday, saturday, sunday"
TWICE = "holidays: [{on: 2030-01-01}], working_days: [{on: 2030-01-01}]"
OUTCOMES = "decide: {outcomes: [{outcome: adopted, to: closed}, %s]}"
SCENARIOS = (
    # Form
    Scenario("a key misspelt", "calendar:", "calender:", "unknown_key", '"calendar"?'),
    Scenario("no beginning", "    starts: open\n", "", "missing_key", '"starts"'),
    Scenario(
        "no event of this kind", "event: tabled", "event: tabeld", "value_not_allowed", '"tabled"?'
    ),
    Scenario("nobody", "by: anyone", "by: []", "empty_value"),
    take("an empty list of papers", "issues: []", "empty_value"),
    ends(
        "no word for the instant", "{period: {days: 1}, to: closed}", "missing_key", "very instant"
    ),
    ends("a period of nothing", "{period: {days: 0}, until: exclusive, TO}", "out_of_range"),
    ends(
        "an end that is none",
        "{period: {days: 1, ends: noon}, until: exclusive, TO}",
        "malformed_time",
        "close_of_office",
    ),
    # References
    Scenario("an unknown first stage", "starts: open", "starts: opn", "unknown_stage", '"open"?'),
    Scenario("an unknown stage", "to: closed}", "to: closd}", "unknown_stage", '"closed"?'),
    Scenario(
        "a stage never reached",
        "      closed: {outcome",
        "      lost: {}\n      closed: {outcome",
        "stage_unreachable",
        '"lost"',
    ),
    Scenario(
        "an unknown calendar", "calendar: seat", "calendar: seet", "unknown_calendar", '"seat"?'
    ),
    Scenario(
        "an unknown rule", "rule: consensus", "rule: consensos", "unknown_rule", '"consensus"?'
    ),
    Scenario(
        "a rule for nothing",
        "    rule: consensus\n",
        "",
        "missing_rule",
        "at the stage or at the procedure",
    ),
    Scenario(
        "an unknown actor", "by: anyone", "by: [anyone, chairman]", "unknown_actor", '"chair"?'
    ),
    take("an unknown exclusion", "without: chairr", "unknown_actor", '"chair"?'),
    take("an unknown paper", "issues: [notise]", "unknown_document", '"notice"?'),
    take("an unknown article", "article: rule_3", "unknown_article", "rule_1, rule_2"),
    when(
        "an unknown article of a condition", "{reason: given, article: rule_3}", "unknown_article"
    ),
    take("an unknown position", "position: object", "unknown_position", '"objects"?'),
    when("an unknown class", "{counts_as: opposing}", "unknown_class", '"opposed"?'),
    Scenario(
        "an unknown objection",
        "calendar: seat",
        "calendar: seat\n    objections: against",
        "unknown_class",
    ),
    when("an unknown count", "{count: chairs, at_least: 1}", "unknown_count", '"chair"?'),
    take(
        "an unknown outcome",
        OUTCOMES.replace("adopted", "adoptd") % "{}",
        "unknown_outcome",
        '"adopted"?',
    ),
    # Meaning
    take(
        "an outcome not foreseen",
        OUTCOMES % "{outcome: vetoed}",
        "outcomes_incomplete",
        "not for any",
    ),
    take(
        "an outcome never reached",
        "decide: {outcomes: [{to: closed}, {}]}",
        "outcomes_incomplete",
        "always given",
    ),
    take(
        "an article no condition rests on", "suspends: [rule_1]", "nothing_to_suspend", '"rule_1"'
    ),
    when(
        "two conditions in one",
        "{reason: given, text: current}",
        "condition_unclear",
        "reason and text",
    ),
    when("a condition of nothing", "{article: rule_1}", "condition_unclear", "says nothing"),
    when(
        "a bound where none can be",
        "{reason: given, at_least: 1}",
        "condition_unclear",
        '"reason" alone',
    ),
    when("a count without a bound", "{count: members}", "condition_unclear", "at_least or at_most"),
    when(
        "a count bounded by a period",
        "{count: members, at_least: {days: 1}}",
        "condition_unclear",
        "a number",
    ),
    when(
        "a time bounded by a number",
        "{since: tabled, at_least: 3}",
        "condition_unclear",
        "{days: 3}",
    ),
    take(
        "what an event says asked after the decision",
        "decide: {outcomes: [{outcome: adopted, when: [{reason: given}]}, {}]}",
        "condition_unclear",
        "before the decision",
    ),
    ends(
        "two lengths",
        "{period: {days: 1, months: 1}, until: exclusive, TO}",
        "period_unclear",
        "days and months",
    ),
    ends(
        "no length",
        "{period: {ends: end_of_day}, until: exclusive, TO}",
        "period_unclear",
        "without a length",
    ),
    ends(
        "hours to a time of day",
        '{period: {clock_hours: 1, ends: "18:00"}, until: exclusive, TO}',
        "period_unclear",
        "time of day",
    ),
    ends(
        "hours to the first of a month",
        "{period: {clock_hours: 1, then: first_of_next_month}, until: exclusive, TO}",
        "period_unclear",
        "another day",
    ),
    ends(
        "the end of a month in days",
        "{period: {days: 1, month_end: clamp}, until: exclusive, TO}",
        "period_unclear",
        "months",
    ),
    Scenario(
        "days without a calendar",
        "    calendar: seat\n    starts: open\n",
        "    starts: open\n",
        "missing_calendar",
        "the key calendar",
    ),
    ends(
        "a deadline back to itself",
        "{period: {days: 1}, until: exclusive, to: open}",
        "endless_deadlines",
        "back to it",
    ),
    ends(
        "a deadline without end",
        "{period: {days: 1}, until: exclusive, restarts: true}",
        "endless_deadlines",
        "back to it",
    ),
    ends(
        "a period since nothing",
        "{period: {days: 1}, since: amended, until: exclusive, TO}",
        "event_never_taken",
        "tabled",
    ),
    Scenario(
        "a version that ends before it begins",
        "    starts: open",
        "    from: 2030-01-01\n    until: 2029-01-01\n    starts: open",
        "period_reversed",
    ),
    # Calendars and roles, which stand before
    Scenario("an unknown zone", "zone: UTC", "zone: Mars/Olympus", "unknown_zone", "IANA"),
    Scenario(
        "an office never open",
        "zone: UTC",
        f"zone: UTC, weekend: [{WEEK}]",
        "never_open",
        "seven days",
    ),
    Scenario(
        "an office that closes first",
        "zone: UTC",
        "zone: UTC, closes: 08:00",
        "never_open",
        "09:00 to 08:00",
    ),
    Scenario("a day twice", "zone: UTC", f"zone: UTC, {TWICE}", "repeated_day", "2030-01-01 twice"),
    Scenario(
        "what is covered ends before",
        "zone: UTC",
        "zone: UTC, covers: {from: 2030-01-01, until: 2029-01-01}",
        "period_reversed",
    ),
    Scenario(
        "a reserved role",
        "roles: {chair: {}}",
        "roles: {chair: {}, member: {}}",
        "reserved_name",
        '"member"',
    ),
    # Decision rules in the same file
    Scenario(
        "a fault of a decision rule",
        "{outcome: adopted}]",
        "{outcome: adoptd}]",
        "unknown_outcome",
        '"adopted"?',
    ),
)


def faults(text: str, **more: Any) -> tuple[Fault, ...]:
    try:
        read_procedures(documents.parse(text, "p.yaml"), **more)
    except DataError as error:
        return error.faults
    return ()


def test_the_base_has_no_fault() -> None:
    assert faults(BASE + GOOD) == ()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.title)
def test_each_fault_is_told_with_its_place(scenario: Scenario) -> None:
    whole = BASE + GOOD
    if scenario.code == "missing_rule":
        whole = whole.replace(TAKE, f"{TAKE[:-1]}, decide: {{}}}}")
    if scenario.code == "missing_calendar":
        whole = whole.replace(
            f"[{TAKE}]",
            f"[{TAKE}]\n        deadline: {{period: {{days: 1}}, until: inclusive, to: closed}}",
        )
    assert whole.count(scenario.written) >= 1
    place = whole.rindex if scenario.written in GOOD else whole.index
    at = place(scenario.written)
    text = whole[:at] + scenario.instead + whole[at + len(scenario.written) :]
    found = faults(text)
    assert [each.code for each in found] == [scenario.code], "\n".join(map(str, found))
    assert scenario.says in str(found[0])
    assert found[0].place
    assert found[0].place.file == "p.yaml"
    assert found[0].place.line > 0


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (BASE + GOOD).replace("to: closed}", "to: closd}").replace("zone: UTC", "zone: Mars")
    text = text.replace("{outcome: adopted}]", "{outcome: adoptd}]", 1)
    found = faults(text)
    assert [each.code for each in found] == [
        "unknown_zone",
        "unknown_outcome",
        "unknown_stage",
    ]


def test_two_versions_may_not_hold_at_once() -> None:
    version = "{starts: a, stages: {a: {}}}"
    dated = "{from: 2030-01-01, starts: a, stages: {a: {}}}"
    assert [each.code for each in faults(f"procedures: {{p: [{version}, {dated}]}}")] == [
        "versions_overlap"
    ]


def test_names_of_the_charter_are_known() -> None:
    good = (BASE + GOOD).replace("articles: {rule_1: {}, rule_2: {}}\n", "")
    assert faults(good.replace(TAKE, "{event: tabled, by: anyone, to: closed, article: x}")) == ()
    text = good.replace("closed: {", "closed: {body: council, article: art_1, ")
    text = text.replace("by: anyone", "by: depositary")
    known = Known(articles=["art_1"], bodies=["council"], roles=["depositary"])
    assert faults(text, known=known) == ()
    unknown = Known(articles=["art_2"], bodies=["board"])
    assert {each.code for each in faults(text, known=unknown)} == {
        "unknown_article", "unknown_body", "unknown_actor",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "3", "[]", "procedures: 3", "procedures: {p: 3}"])
def test_what_is_no_file_of_procedures_is_told_so(text: str) -> None:
    assert {each.code for each in faults(text)} <= {"wrong_type", "missing_key"}
    assert faults(text)


def test_the_schema_is_a_schema_and_every_section_is_read() -> None:
    Draft202012Validator.check_schema(schema())
    assert {*schema()["$defs"]["procedures_file"]["properties"]} == {*SECTIONS}


def test_the_file_here_is_sound() -> None:
    assert read_file(DATA / "assembly.yaml").versions


def nested(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(
        ["event", "by", "when", "to", "decide", "outcomes", "deadline", "period", "days", "x"]
    )
    return st.recursive(
        scalars,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=4),
        max_leaves=8,
    )


@given(
    section=st.sampled_from([*SECTIONS, "stages", "take"]),
    value=nested(st.none() | st.booleans() | st.integers() | st.sampled_from(["tabled", "x", ""])),
)
def test_whatever_stands_in_a_file_only_faults_are_raised(section: str, value: Any) -> None:
    data: dict[str, Any] = {"procedures": {"p": {"starts": "a", "stages": {"a": {}}}}}
    if section == "stages":
        data["procedures"]["p"]["stages"] = value
    elif section == "take":
        data["procedures"]["p"]["stages"]["a"] = {"takes": [value], "deadline": value}
    else:
        data[section] = value
    with suppress(DataError):
        read_procedures(documents.Document("d", data, {}))
