"""The decisions of the world and of this project: every case of every file here, and the runner."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.decision.cases import Result, run_document, run_file
from comity.decision.read import read_file
from comity.kernel.documents import parse
from comity.kernel.errors import DataError

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("*cases.yaml"))
RESULTS = [each for file in FILES for each in run_file(file)]
RULES = """\
position_tables:
  votes:
    silent: absent
    positions:
      yes: {counts_as: in_favour}
      abstain: {counts_as: abstaining, on_record: true, bound: false}
      later: {counts_as: in_favour, provisional: true}
      no: {counts_as: against}
      absent: {present: false}
decision_rules:
  majority:
    article: art_1
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: in_favour, more_than: 1/2, of: [in_favour, against]}}
      - {outcome: not_adopted, then: {rule: majority}}
  two_tests:
    positions: votes
    decide:
      - outcome: adopted
        when: {all: [{votes: in_favour, at_least: 2}, {votes: against, at_most: 1}]}
      - {outcome: not_adopted}
"""


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.title[:60])
def test_the_decision_is_as_it_was(result: Result) -> None:
    assert result.failures == (), result.place


def test_there_are_as_many_cases_as_were_given_and_rules_of_every_kind() -> None:
    assert len(RESULTS) >= 82
    rules = read_file(DATA / "rules.yaml")
    said = "\n".join(file.read_text("utf-8") for file in FILES)
    assert [name for name in rules.versions if f"rule: {name}\n" not in said] == []


def run(case: str) -> Result:
    (result,) = run_document(parse(f"{RULES}cases:\n  - {case}\n", "cases.yaml"))
    return result


@pytest.mark.parametrize(
    "case",
    [
        "{rule: majority, positions: {yes: [AA]}, expect: adopted}",
        "{rule: majority, positions: {AA: yes}, expect: adopted}",
        "{rule: majority, constructed: true, positions: {AA: yes}, expect: adopted}",
        "{rule: majority, positions: {yes: [AA]}, expect: {outcome: adopted, carried: true,"
        " because: [art_1], then: null}}",
        "{rule: majority, positions: {no: [AA]}, expect: {outcome: not_adopted, then: majority,"
        " blocked_by: [AA]}}",
        "{rule: majority, members: [AA, BB, CC],"
        " positions: {yes: [AA], later: [CC], abstain: [BB]},"
        " expect: {bound: [AA, CC], not_bound: [BB], on_record: [BB], outstanding: [CC]}}",
        "{rule: majority, tallies: [{yes: 3, no: 2}], expect: adopted}",
        "{rule: majority, tallies: [{yes: 2, no: 3}], expect: {outcome: not_adopted,"
        " blocked_by: [AA, BB, CC]}}",
        "{rule: majority, tallies: [{yes: 2, no: 3}], expect: {blocked_by: 3}}",
        "{rule: majority, positions: {no: [AA, BB]}, expect: {blocked_by: 2,"
        " then: {rule: majority}}}",
    ],
)
def test_a_case_that_is_so_passes(case: str) -> None:
    assert run(case).failures == ()


@pytest.mark.parametrize(
    ("case", "says"),
    [
        (
            "{rule: majority, positions: {yes: [AA]}, expect: not_adopted}",
            "outcome: expected not_adopted, found adopted",
        ),
        (
            "{rule: majority, positions: {no: [AA]}, expect: {blocked_by: [BB]}}",
            "blocked_by: expected ['BB'], found ['AA']",
        ),
        (
            "{rule: majority, tallies: [{yes: 2, no: 3}], expect: {blocked_by: [AA]}}",
            "blocked_by: expected 1, found 3",
        ),
        (
            "{rule: majority, constructed: perhaps, positions: {yes: [AA]}, expect: adopted}",
            "constructed: perhaps",
        ),
        (
            "{rule: majority, positions: {no: [AA]}, expect: {blocked_by: 2}}",
            "blocked_by: expected 2, found 1",
        ),
        ("{rule: majority, positions: {no: [AA]}, expect: {blocked_by: AA}}", '"AA"'),
        (
            "{rule: two_tests, tallies: [{yes: 1, no: 2, members: 4}], expect: {blocked_by: 2}}",
            "no test by heads alone",
        ),
        (
            "{rule: majority, positions: {no: [AA]}, expect: {then: {body: summit}}}",
            "then: expected {'body': 'summit'}, found {'rule': 'majority'}",
        ),
        ("{rule: majority, positions: {yes: [AA]}, expect: {outcom: x}}", 'mean "outcome"'),
        ("{rule: majority, positions: {yes: [AA]}, expects: adopted}", 'mean "expect"'),
        ("{rule: majority, positions: {yes: [AA]}}", 'no key "expect"'),
        ("{rule: minority, positions: {yes: [AA]}, expect: adopted}", 'mean "majority"'),
        ("{rule: majority, expect: adopted}", "no positions, no tallies and no ballots"),
        ("{rule: majority, positions: {}, tallies: [], expect: adopted}", "positions and tallies"),
        ("{rule: majority, positions: {yes: [AA], no: [AA]}, expect: adopted}", "AA has the"),
        ("{rule: majority, positions: {yess: [AA]}, expect: adopted}", 'mean "yes"'),
        ("{rule: majority, on: 2000-13-01, positions: {}, expect: adopted}", "is not a date"),
        ("majority", "not a set of fields"),
    ],
)
def test_a_case_that_is_not_so_says_what_differs(case: str, says: str) -> None:
    (failure,) = run(case).failures
    assert says in failure


CHANGED = """\
weights:
  power:
    tables: [{until: 1970-06-01, values: {AA: 1}}, {from: 1970-06-01, values: {AA: 2}}]
position_tables: {votes: {silent: absent, positions: {yes: {counts_as: a}, absent: {}}}}
decision_rules:
  heads:
    - until: 1965-08-31
      positions: votes
      decide: [{outcome: adopted, when: {votes: a, at_least: 1}}, {outcome: not_adopted}]
    - from: 1965-08-31
      positions: votes
      decide: [{outcome: adopted, when: {votes: a, at_least: 2}}, {outcome: not_adopted}]
  power:
    positions: votes
    decide:
      - {outcome: adopted, when: {votes: a, weight: power, at_least: 2}}
      - {outcome: not_adopted}
"""


@pytest.mark.parametrize(
    ("case", "failures"),
    [
        ("{rule: heads, on: 1948, expect: adopted", ""),
        ("{rule: heads, on: 1965-08, expect: adopted", '"1965-08", in which the rule or its'),
        ("{rule: heads, on: 1970, expect: not_adopted", ""),
        ("{rule: power, on: 1969, expect: not_adopted", ""),
        ("{rule: power, on: 1970, expect: adopted", '"1970", in which the rule or its weights'),
        ("{rule: power, on: 1970, weights: {power: {AA: 2}}, expect: adopted", ""),
        ("{rule: power, on: 1971-02, expect: adopted", ""),
    ],
)
def test_a_year_will_do_where_nothing_changed_in_it(case: str, failures: str) -> None:
    text = f"{CHANGED}cases:\n  - {case}, positions: {{yes: [AA]}}}}\n"
    (result,) = run_document(parse(text, "cases.yaml"))
    assert result.passed is not bool(failures)
    assert failures in "".join(result.failures)


def test_cases_need_rules() -> None:
    for text, says in (("cases: []", "cases without rules"), ("rules: x", "no list of cases")):
        with pytest.raises(DataError, match=says):
            list(run_document(parse(text)))
    rules = read_file(DATA / "rules.yaml")
    text = "cases: [{rule: unga_simple, positions: {yes: [AA]}, expect: adopted}]"
    assert [each.passed for each in run_document(parse(text), rules)] == [True]
