"""Each fault of decision rules: its code, its line, and the sentence that helps to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from comity.decision import model
from comity.decision.read import SECTIONS, read_file, read_rules
from comity.decision.structure import schema
from comity.decision.tree import Known
from comity.kernel import documents
from comity.kernel.errors import DataError, Fault, UnknownName
from tests.core.tampering import changed, paths_in

DATA = Path(__file__).parent / "data"
BASE = """\
groups: {permanent: {}}
roles: {concerned: {}}
weights: {power: {tables: [{values: {AA: 73.94, BB: "26.06"}}]}}
position_tables:
  votes:
    silent: absent
    positions: {yes: {counts_as: in_favour}, no: {counts_as: against}, absent: {present: false}}
decision_rules:
"""
FIRST = BASE.count("\n") + 1


def decided(when: str) -> str:
    return f"  r: {{positions: votes, decide: [{{outcome: adopted, when: {when}}}, {END}]}}"


END = "{outcome: not_adopted}"
YES = "votes: in_favour, at_least: 1"


@dataclass(frozen=True)
class Scenario:
    """Rules after the base (from line 9 on), and the one fault they have."""

    title: str
    rules: str
    code: str
    says: str


SCENARIOS = (
    # Form
    Scenario(
        "a key misspelt",
        f"  r: {{position: votes, decide: [{END}]}}",
        "unknown_key",
        'mean "positions"?',
    ),
    Scenario("a comparator misspelt", decided("{votes: in_favour, atleast: 1}"), "unknown_key", ""),
    Scenario(
        "a number that is none",
        decided("{votes: in_favour, at_least: half}"),
        "malformed_number",
        '"55 %"',
    ),
    Scenario(
        "no outcome", "  r: {positions: votes, decide: [{when: {}}]}", "missing_key", "The outcome."
    ),
    Scenario("nothing in all", decided("{all: []}"), "empty_value", "at least one entry"),
    # References
    Scenario(
        "an unknown class",
        decided("{votes: in_favor, at_least: 1}"),
        "unknown_class",
        'Did you mean "in_favour"?',
    ),
    Scenario(
        "an unknown base",
        decided("{votes: in_favour, at_least: 1/2, of: elektorate}"),
        "unknown_class",
        'Did you mean "electorate"?',
    ),
    Scenario("an unknown weight", decided(f"{{{YES}, weight: powr}}"), "unknown_weight", '"power"'),
    Scenario("an unknown group", decided(f"{{{YES}, group: p5}}"), "unknown_group", "permanent"),
    Scenario(
        "an unknown group of the base",
        decided("{votes: in_favour, at_least: 1/2, of: electorate, of_group: p5}"),
        "unknown_group",
        "permanent",
    ),
    Scenario(
        "an unknown weight of the fewest",
        decided("{votes: in_favour, at_least: {fewest_with: {weight: w, more_than: 1/2}}}"),
        "unknown_weight",
        "power",
    ),
    Scenario(
        "an unknown table",
        f"  r: {{positions: vote, decide: [{END}]}}",
        "unknown_position_table",
        '"votes"?',
    ),
    Scenario(
        "an unknown role",
        f"  r: {{positions: votes, electorate: {{without: [concernd]}}, decide: [{END}]}}",
        "unknown_role",
        '"concerned"?',
    ),
    Scenario(
        "an unknown group that decides",
        f"  r: {{positions: votes, electorate: {{among: some}}, decide: [{END}]}}",
        "unknown_group",
        "permanent",
    ),
    Scenario(
        "an unknown outcome",
        "  r: {positions: votes, decide: [{outcome: adoptd}]}",
        "unknown_outcome",
        '"adopted"?',
    ),
    Scenario(
        "an unknown rule after",
        "  r: {positions: votes, decide: [{outcome: adopted, then: {rule: s}}]}",
        "unknown_rule",
        "",
    ),
    Scenario(
        "an unknown body after",
        "  r: {positions: votes, decide: [{outcome: adopted, then: {body: s}}]}",
        "unknown_body",
        "define the body first",
    ),
    # Meaning
    Scenario(
        "two tests in one",
        decided("{votes: in_favour, other_than: against, at_least: 1}"),
        "test_unclear",
        "all or any",
    ),
    Scenario("nothing tested", decided("{weight: power}"), "test_unclear", "says nothing"),
    Scenario(
        "two comparators",
        decided(f"{{{YES}, at_most: 3}}"),
        "test_unclear",
        "at_least and at_most",
    ),
    Scenario("no comparator", decided("{votes: in_favour}"), "test_unclear", "at_least, more_than"),
    Scenario(
        "a base among classes",
        decided("{votes: [in_favour, present], at_least: 1}"),
        "test_unclear",
        '"present" alone',
    ),
    Scenario(
        "a key beside all", decided(f"{{all: [{{{YES}}}], weight: power}}"), "test_unclear", "below"
    ),
    Scenario(
        "a share of nothing",
        decided("{votes: in_favour, at_least: 2/3}"),
        "share_of_nothing",
        "of: electorate",
    ),
    Scenario(
        "rounding without a share", decided(f"{{{YES}, rounded: up}}"), "share_of_nothing", "of"
    ),
    Scenario(
        "a share of the fewest",
        decided(
            "{votes: in_favour, of: electorate, at_least: {fewest_with: "
            "{weight: power, more_than: 1/2}}}"
        ),
        "test_unclear",
        "beside fewest_with",
    ),
    Scenario(
        "the fewest with nothing",
        decided("{votes: in_favour, at_least: {fewest_with: {weight: power}}}"),
        "test_unclear",
        "at_least, more_than",
    ),
    Scenario(
        "a condition at the end",
        f"  r: {{positions: votes, decide: [{{outcome: adopted, when: {{{YES}}}}}]}}",
        "outcomes_incomplete",
        "stands last",
    ),
    Scenario(
        "no condition before the end",
        f"  r: {{positions: votes, decide: [{END}, {END}]}}",
        "outcomes_incomplete",
        "always reached",
    ),
    Scenario("a rule of nothing", "  r: {positions: votes}", "rule_unclear", "no decide"),
    Scenario("no positions", f"  r: {{decide: [{END}]}}", "missing_key", '"positions"'),
    Scenario(
        "chosen by itself",
        "  r: {chosen_by: {rule: r, outcomes: {adopted: r}, otherwise: r}}",
        "circular_reference",
        "chosen_by",
    ),
    Scenario(
        "chosen twice",
        f"""\
  end: {{positions: votes, decide: [{END}]}}
  second: {{chosen_by: {{rule: end, outcomes: {{adopted: end}}, otherwise: end}}}}
  first: {{chosen_by: {{rule: end, outcomes: {{adopted: end}}, otherwise: second}}}}""",
        "rule_unclear",
        "leads to an outcome here",
    ),
    Scenario(
        "no quorum as an outcome",
        "  r: {positions: votes, decide: [{outcome: no_quorum}]}",
        "reserved_name",
        "quorum",
    ),
    Scenario(
        "without a quorum that there is not",
        f"  r: {{positions: votes, without_quorum: {{rule: r}}, decide: [{END}]}}",
        "rule_unclear",
        "no quorum",
    ),
    Scenario(
        "without a quorum, an unknown rule",
        f"  r: {{positions: votes, quorum: {{{YES}}}, without_quorum: {{rule: s}}, "
        f"decide: [{END}]}}",
        "unknown_rule",
        '"s"',
    ),
    Scenario(
        "without a quorum, an unknown body",
        f"  r: {{positions: votes, quorum: {{{YES}}}, without_quorum: {{body: s}}, "
        f"decide: [{END}]}}",
        "unknown_body",
        '"s"',
    ),
    Scenario(
        "binding a class that is not there",
        f"  r: {{positions: votes, binds: in_favor, decide: [{END}]}}",
        "unknown_class",
        'mean "in_favour"',
    ),
    Scenario(
        "binding everybody and some",
        f"  r: {{positions: votes, decide: [{{outcome: adopted, when: {{{YES}}}, "
        f"binds: [members, in_favour]}}, {END}]}}",
        "rule_unclear",
        '"members" alone',
    ),
    Scenario(
        "more conditions than there are",
        decided(f"{{any: [{{{YES}}}, {{not: {{{YES}}}}}], at_least: 3}}"),
        "out_of_range",
        "from 1 to 2",
    ),
    Scenario(
        "a share of conditions",
        decided(f"{{any: [{{{YES}}}], at_least: 1/2}}"),
        "out_of_range",
        "from 1 to 1",
    ),
    Scenario(
        "all, but only some",
        decided(f"{{all: [{{{YES}}}, {{{YES}}}], at_least: 1}}"),
        "test_unclear",
        '"at_least" beside "all"',
    ),
    Scenario(
        "versions that overlap",
        f"  r:\n    - {{positions: votes, decide: [{END}]}}\n"
        f"    - {{from: 2000-01-01, positions: votes, decide: [{END}]}}",
        "versions_overlap",
        "until",
    ),
    Scenario(
        "a period reversed",
        f"  r: {{from: 2000-01-01, until: 1999-01-01, positions: votes, decide: [{END}]}}",
        "period_reversed",
        "later",
    ),
)


def faults(text: str, known: Known = Known()) -> tuple[Fault, ...]:  # noqa: B008
    with pytest.raises(DataError) as refused:
        read_rules(documents.parse(text, "rules.yaml"), known=known)
    return refused.value.faults


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.title)
def test_a_fault_says_where_and_what(scenario: Scenario) -> None:
    found = [each for each in faults(BASE + scenario.rules + "\n") if each.code == scenario.code]
    assert found
    assert scenario.says in str(found[0])
    assert found[0].place is not None
    assert found[0].place.line >= FIRST


def test_participants_are_no_class() -> None:
    text = "position_tables: {t: {silent: y, positions: {y: {counts_as: participants}}}}\n"
    assert [each.code for each in faults(text + "decision_rules: {}\n")] == ["reserved_name"]


TABLE_SCENARIOS = {
    "unknown_position": "{silent: nothing, positions: {yes: {counts_as: a}}}",
    "reserved_name": "{silent: yes, positions: {yes: {counts_as: present}}}",
    "unknown_class": "{silent: yes, positions: {yes: {counts_as: a}}, classes: {b: {}}}",
}


@pytest.mark.parametrize("code", TABLE_SCENARIOS)
def test_a_table_has_faults_too(code: str) -> None:
    text = f"position_tables: {{t: {TABLE_SCENARIOS[code]}}}\ndecision_rules: {{}}\n"
    assert [each.code for each in faults(text)] == [code]


def test_a_weight_is_not_negative_and_no_float() -> None:
    text = "weights: {w: {tables: [{values: {AA: -1}}]}}\ndecision_rules: {}\n"
    assert [each.code for each in faults(text)] == ["out_of_range"]
    with pytest.raises(DataError) as refused:
        read_rules({"weights": {"w": {"tables": [{"values": {"AA": 0.5}}]}}, "decision_rules": {}})
    assert "the number 0.5" in str(refused.value)
    assert 'Write "0.5" in quotation marks' in str(refused.value)


def test_names_and_outcomes_are_declared_once() -> None:
    assert [
        each.code for each in faults("outcomes: {adopted: {carries: true}}\ndecision_rules: {}\n")
    ] == ["reserved_name"]
    assert [each.code for each in faults("groups: {all: {}}\ndecision_rules: {}\n")] == [
        "reserved_name"
    ]


def test_articles_are_those_of_the_charter_where_there_is_one() -> None:
    text = BASE + decided(f"{{{YES}, article: art_2}}") + "\n"
    assert read_rules(documents.parse(text))
    (fault,) = faults(text, Known(articles={"art_1"}))
    assert (fault.code, fault.place and fault.place.line) == ("unknown_article", FIRST)
    assert read_rules(documents.parse(text), known=Known(articles={"art_2"}))


def test_all_faults_are_reported_together_in_the_order_of_the_file() -> None:
    text = BASE + "  a: {positions: vote, decide: [{outcome: x}]}\n  b: {}\n"
    found = [each.code for each in faults(text)]
    assert sorted(found) == ["rule_unclear", "unknown_outcome", "unknown_position_table"]
    assert [each.place.line for each in faults(text) if each.place] == [9, 9, 10]


def test_numbers_are_read_as_written() -> None:
    rules = read_rules(documents.parse(BASE + decided("{votes: in_favour, at_least: 1}")))
    (table,) = rules.weights["power"].tables
    assert table.values == {"AA": Fraction(7394, 100), "BB": Fraction(2606, 100)}


def test_a_rule_has_versions_and_says_when_it_has_none() -> None:
    rules = read_file(DATA / "rules.yaml")
    before = rules.on("security_council", date(1965, 8, 30))
    after = rules.on("security_council", date(1965, 8, 31))
    assert [each.amount.number for each in (next(before.tests()), next(after.tests()))] == [7, 9]
    assert rules.on("security_council") is after
    with pytest.raises(UnknownName) as refused:
        rules.on("unsc_substantive_9", date(1950, 1, 1))
    assert refused.value.code == "rule_not_in_force"
    with pytest.raises(UnknownName, match='Did you mean "unsc_substantive_9"'):
        rules.on("unsc_substantive_8")


def test_an_earlier_decision_selects_the_rule() -> None:
    rules = read_file(DATA / "rules.yaml")
    assert rules.chosen("important_question", prior="adopted").id == "unga_two_thirds"
    assert rules.chosen("important_question", prior="not_adopted").id == "unga_simple"
    assert rules.chosen("important_question").id == "unga_simple"
    assert rules.chosen("unga_simple").id == "unga_simple"


OBJECTS = {name: each for name, each in schema()["$defs"].items() if "properties" in each}


def test_a_rule_that_is_selected_on_other_days_only_may_be_selected() -> None:
    chosen = "chosen_by: {rule: end, outcomes: {adopted: end}, otherwise"
    text = f"""\
{BASE}{decided(f"{{{YES}}}").replace("r:", "end:")}
  second:
    - {{until: 2000-01-01, {chosen}: end}}}}
    - {{from: 2000-01-01, positions: votes,
       decide: [{{outcome: adopted, when: {{{YES}}}}}, {END}]}}
  first: {{FROM{chosen}: second}}}}
"""
    read = read_rules(documents.parse(text.replace("FROM", "from: 2000-01-01, ")))
    assert read.chosen("first", date(2001, 1, 1)).id == "second"
    (fault,) = faults(text.replace("FROM", "from: 1999-12-31, "))
    assert fault.code == "rule_unclear"
    assert 'the rule "second", which another decision selects again' in str(fault)


def test_the_schema_is_strict_and_says_what_every_key_means() -> None:
    Draft202012Validator.check_schema(schema())
    for each in OBJECTS.values():
        assert each["description"]
        assert each["additionalProperties"] is False
        for value in each["properties"].values():
            target = schema()["$defs"][value.get("$ref", "#/$defs/id").split("/")[-1]]
            assert value.get("description") or target["description"]
    assert set(OBJECTS["decisions"]["properties"]) == set(SECTIONS)


def test_a_stranger_can_check_a_file_with_the_schema() -> None:
    data = documents.read(DATA / "rules.yaml").data
    assert list(Draft202012Validator(schema()).iter_errors(data)) == []
    assert list(Draft202012Validator(schema()).iter_errors({**data, "extra": 1})) != []


SMALL = documents.parse(
    BASE
    + """\
  r:
    - from: 2000-01-01
      positions: votes
      electorate: {without: [concerned]}
      quorum: {votes: present, more_than: 1/2, of: electorate}
      decide:
        - {outcome: adopted, when: {all: [
            {votes: in_favour, weight: power, at_least: 2/3, of: electorate},
            {not: {other_than: against,
              at_most: {fewest_with: {weight: power, more_than: 35/100}}}}]}}
        - {outcome: not_adopted, then: {rule: s}}
  s: {chosen_by: {rule: r, outcomes: {adopted: r}, otherwise: r}}
"""
).data


@given(st.sampled_from(paths_in(SMALL)), st.sampled_from([None, 7, "x", [], {}, [[]], [{}], True]))
def test_whatever_is_written_is_read_or_refused(path: tuple[Any, ...], value: object) -> None:
    try:
        rules = read_rules(changed(SMALL, path, value))
    except DataError:
        return
    assert all(isinstance(rules.on(name), model.Rule) for name in rules.versions)
