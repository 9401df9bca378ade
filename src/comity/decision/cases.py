"""Cases: positions or tallies with the decision that a lawyer expects of a rule.

The format is in ``docs/reference/decision-rules.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from comity.decision.deciding import Decision, decide, decide_tallied
from comity.decision.election import Election, elect
from comity.decision.model import HEADS, Rule
from comity.decision.numbers import exact
from comity.decision.question import Question
from comity.decision.read import SECTIONS, read_file, read_rules
from comity.decision.rules import Rules
from comity.kernel import documents
from comity.kernel.dates import PartialDate
from comity.kernel.documents import Document
from comity.kernel.errors import ComityError, DataError, Fault, Place, unknown
from comity.kernel.finding import Finding

_WORDS = (
    "title", "rule", "on", "prior", "members", "positions", "tallies", "ballots", "groups",
    "weights", "roles", "expect", "source", "note", "constructed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """How a case went; ``failures`` says what differed, and is empty if it passed."""

    title: str
    place: Place
    failures: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the decision was as expected."""
        return not self.failures


def holds_decisions(data: Any) -> bool:
    """Whether a case file is about decision rules: it names their file or brings them."""
    return isinstance(data, dict) and (
        "decision_rules" in data or isinstance(data.get("rules"), str)
    )


def run_file(path: Path, rules: Rules | None = None) -> Iterator[Result]:
    """Run the cases of one file; raises `DataError` where the file or its rules cannot be read."""
    yield from run_document(documents.read(path), rules)


def run_document(document: Document, rules: Rules | None = None) -> Iterator[Result]:
    """Run the cases of a document under its own rules, the file it names, or the rules given."""
    cases = cases_of(document)
    found = rules_of(document, rules)
    for case, place in cases:
        yield _run(case, found, place)


def cases_of(document: Document) -> list[tuple[Any, Place]]:
    """Return the cases in a document, each with its place; raises `DataError` where it has none."""
    data = document.data
    if isinstance(data, dict) and isinstance(data.get("cases"), list):
        return [(each, document.place("cases", n)) for n, each in enumerate(data["cases"])]
    fault = Fault("malformed_cases", "no list of cases", "cases: [...]", place=document.place())
    raise DataError(fault)


def result_of(case: Any, place: Place, differences: Callable[[], Iterable[str]]) -> Result:
    """Return how a case went; what cannot be read or asked is how it failed."""
    title = str(case.get("title", "(no title)")) if isinstance(case, dict) else "(no title)"
    try:
        failures = tuple(differences())
    except ComityError as error:
        failures = (str(error),)
    return Result(title, place, failures)


def rules_of(document: Document, given: Rules | None = None) -> Rules:
    """Return the rules that a document brings, those of the file it names, or those given.

    Raises `DataError` where there are none.
    """
    data = document.data
    if "decision_rules" in data:
        sections = {key: each for key, each in data.items() if key in SECTIONS}
        return read_rules(Document(document.file, sections, document.places))
    if isinstance(data.get("rules"), str):
        return read_file(Path(document.file).parent / data["rules"])
    if given is None:
        expected = "rules: the path of a file of decision rules, or the rules themselves"
        fault = Fault("malformed_cases", "cases without rules", expected, place=document.place())
        raise DataError(fault)
    return given


def _run(case: Any, rules: Rules, place: Place) -> Result:
    if not isinstance(case, dict):
        return Result("(no title)", place, ("the case is not a set of fields",))
    put = _elected if "ballots" in case else _decided
    return result_of(case, place, lambda: put(case, rules))


def _decided(case: Mapping[str, Any], rules: Rules) -> tuple[str, ...]:
    finding = asked(case, rules)
    return differences(case["expect"], finding)


def _elected(case: Mapping[str, Any], rules: Rules) -> tuple[str, ...]:
    check_fields(case)
    finding = elect(rule_of(case, rules), [*ballots_in(case["ballots"])])
    return tuple(_differences_of_election(_wanted(case["expect"]), finding))


def ballots_in(given: object) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the tallies of each ballot; raises `DataError` where they are none."""
    for ballot in given if isinstance(given, list) else [None]:
        tallies: list[Any] = ballot if isinstance(ballot, list) else [ballot]
        if not (tallies and all(isinstance(each, dict) for each in tallies)):
            expected = "a list, of each ballot a tally or several: [{AA: 20, BB: 10, members: 49}]"
            raise DataError(Fault("malformed_cases", "ballots that are no tallies", expected))
        yield tallies


def asked(case: Mapping[str, Any], rules: Rules) -> Finding[Decision]:
    """Put the question of a case; raises `DataError` or `UnknownName` where it cannot be put."""
    check_fields(case)
    rule = rule_of(case, rules)
    if "tallies" in case:
        return decide_tallied(rule, case["tallies"])
    return decide(rule, *question_of(case))


def check_fields(case: Mapping[str, Any]) -> None:
    """Raise `DataError` where a case lacks a field, or has one that is none."""
    for key in case:
        if key not in _WORDS:
            raise DataError(unknown("field", str(key), _WORDS))
    for key in ("rule", "expect"):
        if key not in case:
            raise DataError(Fault("missing_key", f'no key "{key}"', f'the key "{key}"'))
    check_constructed(case)
    given = [key for key in ("positions", "tallies", "ballots") if key in case]
    if len(given) != 1:
        found = " and ".join(given) or "no positions, no tallies and no ballots"
        raise DataError(Fault("malformed_cases", found, "one of positions, tallies, ballots"))


def check_constructed(case: Mapping[str, Any]) -> None:
    """Raise `DataError` where it is not said plainly whether a case is constructed."""
    if not isinstance(case.get("constructed", False), bool):
        found = f"constructed: {case['constructed']}"
        raise DataError(Fault("malformed_cases", found, "true, or no such key for a real case"))


def rule_of(case: Mapping[str, Any], rules: Rules) -> Rule:
    """Return the rule that a case is under; raises `UnknownName`.

    Raises `DataError` for a month or year in which the rule or its weights changed.
    """
    prior, when = str(case.get("prior") or ""), _when(case)
    rule = rules.chosen(str(case["rule"]), day_of(case), prior=prior)
    if when and not when.exact:
        last = rules.chosen(str(case["rule"]), when.last, prior=prior)
        if last is not rule or _weights_change(rule, case, when):
            found = f'"{when}", in which the rule or its weights changed'
            raise DataError(Fault("impossible_date", found, "a day such as 2017-06-09"))
    return rule


def _weights_change(rule: Rule, case: Mapping[str, Any], when: PartialDate) -> bool:
    asked = {test.weight for test in rule.tests()}
    asked |= {each.amount.fewest_with.weight for each in rule.tests() if each.amount.fewest_with}
    tables = [rule.weights[each] for each in asked - {HEADS, *(case.get("weights") or {})}]
    return any(each.on(when.first) is not each.on(when.last) for each in tables)


def _when(case: Mapping[str, Any]) -> PartialDate | None:
    return PartialDate.parse(str(case["on"])) if case.get("on") else None


def day_of(case: Mapping[str, Any]) -> date | None:
    """Return the day of a case, the first of its month or year; raises `DataError`."""
    when = _when(case)
    return when.first if when else None


def question_of(case: Mapping[str, Any]) -> tuple[Question, dict[str, str]]:
    """Return the question of a case with positions, and these by member."""
    positions = by_member(case["positions"] or {})
    question = Question.of(
        case.get("members") or positions,
        groups=case.get("groups") or {},
        weights=case.get("weights") or {},
        roles=case.get("roles") or {},
        on=day_of(case),
    )
    return question, positions


def by_member(positions: Mapping[str, Any]) -> dict[str, str]:
    """Return the position of each member from lists of members by position.

    Raises `DataError` where a member has two. What is by member already stays so.

    >>> by_member({"yes": ["AA", "BB"], "no": ["CC"], "DD": "abstain"})
    {'AA': 'yes', 'BB': 'yes', 'CC': 'no', 'DD': 'abstain'}
    """
    found: dict[str, str] = {}
    for key, value in positions.items():
        pairs = [(key, value)] if isinstance(value, str) else [(each, key) for each in value or ()]
        for member, position in pairs:
            if member in found:
                what = f'{member} has the positions "{found[member]}" and "{position}"'
                raise DataError(Fault("two_positions", what, "one position for each member"))
            found[member] = position
    return found


def differences(expected: Any, finding: Finding[Decision]) -> tuple[str, ...]:
    """Return in what a decision is not as expected: an outcome, or several things by name."""
    return tuple(_differences(_wanted(expected), finding))


def _wanted(expected: Any) -> Mapping[str, Any]:
    return expected if isinstance(expected, dict) else {"outcome": expected}


def _differences(wanted: Mapping[str, Any], finding: Finding[Decision]) -> Iterator[str]:
    decision = finding.value
    for key, expected in wanted.items():
        if key not in _EXPECTED:
            yield str(unknown("field", str(key), _EXPECTED))
            continue
        found = _EXPECTED[key](finding)
        if key == "blocked_by" and not (decision.named and isinstance(expected, list)):
            yield from _blocking(expected, decision)
            continue
        if isinstance(expected, list):
            expected = sorted(map(str, expected))
            if not decision.named and key in _NAMED:
                continue
        if key == "then" and isinstance(expected, dict) and decision.then:
            found = {name: each for name, each in asdict(decision.then).items() if each}
        if found != expected:
            yield f"{key}: expected {expected}, found {found}"


def _blocking(expected: Any, decision: Decision) -> Iterator[str]:
    """Compare how many block, where a number is expected or nobody's name is known."""
    number = len(expected) if isinstance(expected, list) else exact(expected)
    if decision.blocking is None and not isinstance(expected, list):
        yield f"blocked_by: expected {expected}, found no test by heads alone that says how many"
    elif decision.blocking not in (None, number):
        yield f"blocked_by: expected {number}, found {decision.blocking}"


def _differences_of_election(
    wanted: Mapping[str, Any], finding: Finding[Election]
) -> Iterator[str]:
    for key, expected in wanted.items():
        if key not in _EXPECTED_OF_ELECTIONS:
            yield str(unknown("field", str(key), _EXPECTED_OF_ELECTIONS))
            continue
        found = _EXPECTED_OF_ELECTIONS[key](finding)
        if (sorted(map(str, expected)) if isinstance(expected, list) else expected) != found:
            yield f"{key}: expected {expected}, found {found}"


_EXPECTED_OF_ELECTIONS: Mapping[str, Callable[[Finding[Election]], Any]] = {
    "outcome": lambda finding: finding.value.outcome,
    "elected": lambda finding: finding.value.elected,
    "candidates": lambda finding: sorted(finding.value.candidates),
    "tied": lambda finding: sorted(finding.value.tied),
    "because": lambda finding: sorted(finding.grounds),
}

_NAMED = ("blocked_by", "not_bound", "bound", "outstanding", "on_record")

_EXPECTED: Mapping[str, Callable[[Finding[Decision]], Any]] = {
    "outcome": lambda finding: finding.value.outcome,
    "carried": lambda finding: finding.value.carried,
    "blocked_by": lambda finding: [*finding.value.blocked_by],
    "not_bound": lambda finding: [*finding.value.not_bound],
    "bound": lambda finding: [*finding.value.bound],
    "outstanding": lambda finding: [*finding.value.outstanding],
    "on_record": lambda finding: [*finding.value.on_record],
    "then": lambda finding: _then(finding.value),
    "because": lambda finding: sorted(finding.grounds),
}


def _then(decision: Decision) -> str | None:
    return (decision.then.rule or decision.then.body) if decision.then else None
