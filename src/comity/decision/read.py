"""Read decision rules from data; all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from comity.decision import model
from comity.decision.analysis import analyse
from comity.decision.checks import faults_of_meaning
from comity.decision.model import OUTCOMES, Amount, Names, PositionTable, Rule, Test, Weights
from comity.decision.numbers import exact
from comity.decision.rules import Rules
from comity.decision.stages import Elects
from comity.decision.structure import faults_of_form
from comity.decision.tree import NOTHING_KNOWN, Known
from comity.kernel import documents
from comity.kernel.dates import Period, parse_day
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place
from comity.kernel.trees import Part, find

SECTIONS = (
    "format", "names", "short_names", "articles", "outcomes", "groups", "roles", "bodies",
    "position_tables", "weights", "decision_rules",
)  # fmt: skip

# What the file is called beside a charter, or beside procedures.
FILE = "decisions.yaml"

Data = Mapping[str, Any]
T = TypeVar("T")


def read_file(path: Path, *, known: Known = NOTHING_KNOWN) -> Rules:
    """Read one file of decision rules; raises `DataError` with all its faults."""
    return read_rules(documents.read(path), known=known)


def read_rules(
    source: Document | Part | Data, *, known: Known = NOTHING_KNOWN, logic: bool = True
) -> Rules:
    """Read decision rules; raises `DataError` with all their faults.

    ``known`` are the names that the charter around them defines. A rule that can never be met, or
    always is, is a fault too, and so is an outcome that is never reached, unless ``logic`` is off.
    """
    part = part_of(source)
    faults = [*faults_of_form(part), *faults_of_meaning(part, known)]
    if faults:
        raise DataError(*sorted(faults, key=position_of))
    rules = build_rules(part.data)
    if logic and (faults := [*_faults_of_logic(rules, part)]):
        raise DataError(*sorted(faults, key=position_of))
    return rules


def part_of(source: Document | Part | Data) -> Part:
    """Return as a part whatever rules may be read from."""
    if isinstance(source, Part):
        return source
    return Part(source if isinstance(source, Document) else Document("rules", source, {}))


def position_of(fault: Fault) -> tuple[str, int, int]:
    """Return where a fault stands, to sort by."""
    place = fault.place or Place("")
    return place.file, place.line, place.column


_ALWAYS_SO = {
    "test_never_met": ("a test that nothing can meet", "a test that can be met"),
    "test_always_met": ("a test that is met whatever anybody says", "a test that can fail"),
    "outcome_never_reached": (
        "an outcome that is never reached",
        "conditions that leave room for it",
    ),
    "rule_never_met": ("a rule under which nothing can be decided", "an outcome that carries"),
    "rule_always_met": (
        "a rule that is met whatever anybody says",
        "an outcome without a decision",
    ),
}


def _faults_of_logic(rules: Rules, part: Part) -> Iterator[Fault]:
    """Yield what is always so, and of that not what follows from a test."""
    for path, data in find(part.data, "decision_rules.*.~"):
        period = period_of(data)
        rule = next(each for each in rules.versions[str(path[1])] if each.period == period)
        remarks = analyse(rule)
        of_tests = [each for each in remarks if each.code.startswith("test_")]
        for remark in of_tests or remarks:
            found, expected = _ALWAYS_SO[remark.code]
            place = part.place(*path, *remark.path)
            yield Fault(remark.code, found, expected, place=place)


def build_rules(data: Data) -> Rules:
    """Build rules from data that has passed the checks."""
    tables = {
        name: _table(name, each) for name, each in (data.get("position_tables") or {}).items()
    }
    weights = {name: _weights(name, each) for name, each in (data.get("weights") or {}).items()}
    declared = data.get("outcomes") or {}
    outcomes = {**OUTCOMES, **{name: each["carries"] for name, each in declared.items()}}
    return Rules(
        names=_names(data),
        short_names=_names(data, "short_names"),
        versions=MappingProxyType(
            {
                name: _rule_versions(name, each, tables, weights, outcomes)
                for name, each in data["decision_rules"].items()
            }
        ),
        tables=MappingProxyType(tables),
        weights=MappingProxyType(weights),
        groups=_named(data, "groups"),
        roles=_named(data, "roles"),
        bodies=_named(data, "bodies"),
        outcomes=MappingProxyType(outcomes),
        outcome_names=_named(data, "outcomes"),
        articles=MappingProxyType(
            {name: provision(each) for name, each in (data.get("articles") or {}).items()}
        ),
        data=data,
    )


def _named(data: Data, section: str) -> Mapping[str, Names]:
    return MappingProxyType(
        {name: _names(each) for name, each in (data.get(section) or {}).items()}
    )


def _names(data: Data, key: str = "names") -> Names:
    return MappingProxyType(dict(data.get(key) or {}))


def provision(data: Data) -> model.Provision:
    """Build a provision from data that has passed the checks."""
    plain = {key: value for key, value in data.items() if key != "names"}
    return model.Provision(**plain, names=_names(data))


def _table(name: str, data: Data) -> PositionTable:
    positions = {word: _effect(each) for word, each in data["positions"].items()}
    return PositionTable(
        id=name,
        positions=MappingProxyType(positions),
        silent=data["silent"],
        unlisted=data.get("unlisted", ""),
        order=tuple(data.get("order", ())),
        article=data.get("article", ""),
        classes=_named(data, "classes"),
    )


def _effect(data: Data) -> model.Effect:
    plain = {key: value for key, value in data.items() if key not in ("reason", "names")}
    return model.Effect(**plain, reason_expected="reason" in data, names=_names(data))


def _weights(name: str, data: Data) -> Weights:
    tables = [
        model.WeightTable(
            values=MappingProxyType({who: exact(each) for who, each in table["values"].items()}),
            period=period_of(table),
            source=table.get("source", ""),
        )
        for table in data.get("tables", ())
    ]
    return Weights(name, tuple(sorted(tables, key=_start)), _names(data))


def period_of(data: Data) -> Period:
    """Build a period from data that has passed the checks."""
    days = (data.get("from"), data.get("until"))
    return Period(*(parse_day(each) if each else None for each in days))


def _start(rule: Any) -> date:
    start: date | None = rule.period.start
    return start or date.min


def _rule_versions(
    name: str,
    data: Any,
    tables: Mapping[str, PositionTable],
    weights: Mapping[str, Weights],
    outcomes: Mapping[str, bool],
) -> tuple[Rule, ...]:
    several = data if isinstance(data, list) else [data]
    rules = [_rule(name, each, tables, weights, outcomes) for each in several]
    return tuple(sorted(rules, key=_start))


def _rule(
    name: str,
    data: Data,
    tables: Mapping[str, PositionTable],
    weights: Mapping[str, Weights],
    outcomes: Mapping[str, bool],
) -> Rule:
    return Rule(
        id=name,
        table=tables.get(data.get("positions", "")),
        decide=tuple(_entry(each, outcomes) for each in data.get("decide", ())),
        quorum=_maybe(_quorum, data.get("quorum")),
        electorate=_electorate(data.get("electorate", {})),
        without_quorum=_maybe(_next, data.get("without_quorum")),
        binds=_several(data.get("binds", model.ALL_MEMBERS)),
        chosen_by=_maybe(_chosen_by, data.get("chosen_by")),
        elects=_maybe(Elects.of, data.get("elects")),
        weights=MappingProxyType(dict(weights)),
        names=_names(data),
        article=data.get("article", ""),
        period=period_of(data),
    )


def _maybe(build: Callable[[Data], T], data: Data | None) -> T | None:
    return None if data is None else build(data)


def _entry(data: Data, outcomes: Mapping[str, bool]) -> model.Entry:
    return model.Entry(
        outcome=data["outcome"],
        when=_maybe(condition, data.get("when")),
        carries=outcomes[data["outcome"]],
        article=data.get("article", ""),
        then=_maybe(_next, data.get("then")),
        binds=_several(data.get("binds", ())),
    )


def _next(data: Data) -> model.Next:
    return model.Next(**data)


def _quorum(data: Data) -> model.Quorum:
    return model.Quorum(condition(data), data.get("article", ""))


def _electorate(data: Data) -> model.Electorate:
    return model.Electorate(
        among=data.get("among", model.ALL),
        without=tuple(data.get("without", ())),
        only_participants=data.get("only_participants", False),
    )


def _chosen_by(data: Data) -> model.ChosenBy:
    return model.ChosenBy(
        question=_names(data, "question"),
        rule=data["rule"],
        outcomes=MappingProxyType(dict(data["outcomes"])),
        otherwise=data["otherwise"],
    )


def condition(data: Data) -> model.Condition:
    """Build a condition from data that has passed the checks."""
    article = data.get("article", "")
    if "all" in data:
        return model.All(tuple(condition(each) for each in data["all"]), article)
    if "any" in data:
        below = tuple(condition(each) for each in data["any"])
        return model.Any(below, article, int(data.get("at_least", 1)))
    if "not" in data:
        return model.Not(condition(data["not"]), article)
    return _test(data)


def _test(data: Data) -> Test:
    comparator = next(each for each in model.COMPARATORS if each in data)
    return Test(
        votes=_several(data.get("votes", data.get("other_than"))),
        comparator=comparator,
        amount=_amount(data[comparator], data),
        excluding="other_than" in data,
        weight=data.get("weight", model.HEADS),
        group=data.get("group", model.ALL),
        article=data.get("article", ""),
    )


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _amount(value: Any, data: Data) -> Amount:
    fewest = value.get("fewest_with") if isinstance(value, Mapping) else None
    return Amount(
        number=0 if fewest else exact(value),
        of=_several(data["of"]) if "of" in data else (),
        of_group=data.get("of_group", ""),
        rounded=data.get("rounded"),
        plus=exact(data.get("plus", 0)),
        fewest_with=_maybe(_fewest_with, fewest),
    )


def _fewest_with(data: Data) -> model.FewestWith:
    comparator: model.Comparator = "at_least" if "at_least" in data else "more_than"
    return model.FewestWith(
        weight=data["weight"],
        comparator=comparator,
        share=exact(data[comparator]),
        of=_several(data.get("of", model.EVERYONE)),
        group=data.get("group", model.ALL),
    )
