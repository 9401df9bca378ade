"""Read treaties from data; all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from comity.decision.model import HEADS, Names
from comity.decision.numbers import exact
from comity.decision.read import part_of, period_of, position_of, provision
from comity.decision.tree import NOTHING_KNOWN, Known, Tree, texts
from comity.kernel import documents
from comity.kernel.dates import Period, parse_day
from comity.kernel.documents import Document
from comity.kernel.errors import DataError
from comity.kernel.trees import Part
from comity.treaty import model
from comity.treaty.checks import faults_of_meaning
from comity.treaty.model import Class, Counting, Date, Steps, Treaties, Treaty, Weights
from comity.treaty.references import ANYONE
from comity.treaty.structure import FORM, parse_day_of_year, parse_moment_of
from comity.treaty.tree import FORMS, UNITS

SECTIONS = ("format", "articles", "classes", "weights", "countings", "treaties")

Data = Mapping[str, Any]
Countings = Mapping[str, Counting]
T = TypeVar("T")


def read_file(path: Path, *, known: Known = NOTHING_KNOWN) -> Treaties:
    """Read one file of treaties; raises `DataError` with all its faults."""
    return read_treaties(documents.read(path), known=known)


def read_treaties(source: Document | Part | Data, *, known: Known = NOTHING_KNOWN) -> Treaties:
    """Read treaties; raises `DataError` with all their faults.

    ``known`` are the names that the charter around them defines: articles, bodies and members.
    """
    part = part_of(source)
    faults = [*FORM.faults(part), *faults_of_meaning(Tree(part, known))]
    if faults:
        raise DataError(*sorted(faults, key=position_of))
    return build_treaties(part.data)


def build_treaties(data: Data) -> Treaties:
    """Build treaties from data that has passed the checks."""
    countings = _each(data, "countings", _counting)
    classes, weights = _each(data, "classes", _class), _each(data, "weights", _weights)
    built = {
        name: _treaty(name, each, countings, classes, weights)
        for name, each in data["treaties"].items()
    }
    articles = {name: provision(each) for name, each in (data.get("articles") or {}).items()}
    return Treaties(MappingProxyType(built), MappingProxyType(articles), data)


def _each(data: Data, section: str, build: Callable[[str, Data], T]) -> Mapping[str, T]:
    found = data.get(section) or {}
    return MappingProxyType({name: build(name, each) for name, each in found.items()})


def _names(data: Data, key: str = "names") -> Names:
    return MappingProxyType(dict(data.get(key) or {}))


def _counting(name: str, data: Data) -> Counting:
    return Counting(
        id=name,
        clear_days=data.get("days") == "clear",
        day_after=data.get("months") == "day_after",
        roll_over=data.get("month_end") == "roll_over",
        names=_names(data),
    )


def _class(name: str, data: Data) -> Class:
    spells = {who: (Period(),) for who in data.get("parties", ())}
    spells |= {who: tuple(map(period_of, each)) for who, each in data.get("spells", {}).items()}
    at = data.get("at")
    return Class(
        id=name,
        spells=MappingProxyType(spells),
        parties_of=data.get("parties_of", ""),
        members_of=data.get("members_of", ""),
        having=_maybe(_having, data.get("having")),
        largest=_maybe(lambda found: model.Largest(**found), data.get("largest")),
        any_of=tuple(data.get("any_of", ())),
        without=tuple(data.get("without", ())),
        at=parse_moment_of(at) if at else None,  # type: ignore[arg-type]
        size=data.get("size"),
        names=_names(data),
    )


def _maybe(build: Callable[[Any], T], data: Any) -> T | None:
    return None if data is None else build(data)


def _compared(data: Data) -> tuple[model.Comparator, str | int]:
    comparator: model.Comparator = "at_least" if "at_least" in data else "more_than"
    return comparator, data[comparator]


def _having(data: Data) -> model.Having:
    comparator, value = _compared(data)
    return model.Having(data["weight"], comparator, exact(value))


def _weights(name: str, data: Data) -> Weights:
    tables = [_table(each) for each in data.get("tables", ())]
    return Weights(name, tuple(sorted(tables, key=lambda each: each.period)), _names(data))


def _table(data: Data) -> model.WeightTable:
    values = {who: exact(each) for who, each in data["values"].items()}
    return model.WeightTable(
        values=MappingProxyType(values),
        total=exact(data["total"]) if "total" in data else sum(values.values()),
        period=period_of(data),
        certified=_maybe(parse_day, data.get("certified")),
        source=data.get("source", ""),
    )


def _treaty(
    name: str,
    data: Data,
    countings: Countings,
    classes: Mapping[str, Class],
    weights: Mapping[str, Weights],
) -> Treaty:
    build = _Builder(countings)
    return Treaty(
        id=name,
        entry=_maybe(build.entry, data.get("enters_into_force")),
        signature=_maybe(_signature, data.get("signature")),
        consents=tuple(map(_consent, data.get("consents", ()))),
        ways=tuple(map(build.way, data.get("for_parties", ()))),
        binds=data.get("binds", ""),
        provisional=_maybe(build.provisional, data.get("provisional")),
        reservations=_maybe(build.reservations, data.get("reservations")),
        withdrawal=_maybe(build.withdrawal, data.get("withdrawal")),
        termination=_maybe(build.termination, data.get("terminates")),
        counting=countings[data["counting"]] if "counting" in data else Counting(),
        amends=data.get("amends", ""),
        binds_newcomers=data.get("binds_newcomers", False),
        part_of=data.get("part_of", ""),
        protocol_to=data.get("protocol_to", ""),
        replaces=data.get("replaces", ""),
        classes=classes,
        weights=weights,
        names=_names(data),
        short_names=_names(data, "short_names"),
        depositary=_names(data, "depositary"),
        source=data.get("source", ""),
        confidence=data.get("confidence", "high"),
    )


def _by(data: Data) -> tuple[str, ...]:
    return tuple(each for each in texts(data.get("by", ANYONE)) if each != ANYONE)


def _signature(data: Data) -> model.Signature:
    return model.Signature(
        start=_maybe(parse_day, data.get("from")),
        end=_maybe(parse_day, data.get("until")),
        by=_by(data),
        article=data.get("article", ""),
    )


def _consent(data: Data) -> model.Consent:
    accepted = data.get("accepted_by", {})
    return model.Consent(
        kinds=tuple(data["kinds"]),
        by=_by(data),
        start=_maybe(parse_day, data.get("from")),
        end=_maybe(parse_day, data.get("until")),
        from_entry=data.get("from_entry", False),
        accepted_by=accepted.get("each", accepted.get("among", "")),
        acceptances=accepted.get("at_least"),
        article=data.get("article", ""),
    )


def condition(data: Data) -> model.Condition:
    """Build a condition from data that has passed the checks."""
    article = data.get("article", "")
    for key in ("all", "any"):
        if key in data:
            return model.Together(tuple(map(condition, data[key])), key == "any", article)
    if "not" in data:
        return model.Not(condition(data["not"]), article)
    if "certified" in data:
        return model.Certified(data["certified"], article)
    if "in_force" in data:
        return model.InForce(data["in_force"], article)
    without, kinds = tuple(data.get("without", ())), tuple(data.get("kinds", ()))
    if "every" in data:
        return model.Every(data["every"], without, kinds, article)
    comparator, value = _compared(data)
    return model.Test(
        comparator=comparator,
        amount=model.Amount(
            number=exact(value),
            of=data.get("of", ""),
            of_weight=data.get("of_weight", ""),
            rounded=data.get("rounded"),
            plus=exact(data.get("plus", 0)),
        ),
        among=data["consents"],
        without=without,
        kinds=kinds,
        weight=data.get("weight", HEADS),
        article=article,
    )


class _Builder:
    """Builds what has dates in it, whose steps may name a way of counting."""

    def __init__(self, countings: Countings) -> None:
        self._countings = countings

    def step(self, data: Data) -> model.Step:
        unit: Any = next(each for each in UNITS if each in data)
        next_day = unit == "next"
        return model.Step(
            unit=unit,
            number=0 if next_day else data[unit],
            gap=data.get("gap", 0),
            day=parse_day_of_year(data[unit]) if next_day else (1, 1),
            or_same=data.get("or_same", False),
            counting=self._countings.get(data.get("counting", "")),
        )

    def steps(self, data: Any) -> Steps:
        return tuple(map(self.step, data or ()))

    def date(self, data: Data) -> Date:
        found = self._own(data)
        others = tuple(map(self.date, data.get("not_before", ())))
        return model.NotBefore(found, others) if others else found

    def _own(self, data: Data) -> Date:
        if "on" in data:
            return model.Fixed(parse_day(data["on"]))
        if "cases" in data:
            return model.Cases(tuple(map(self._case, data["cases"])))
        for key in ("earliest", "latest"):
            if key in data:
                return model.Of(tuple(map(self.date, data[key])), key == "latest")
        return self._after(self.steps(data.get("after")), data)

    def _after(self, steps: Steps, data: Data, default: model.Start | None = None) -> model.After:
        since = data.get("since", default)
        if isinstance(since, Mapping):
            return model.After(steps, treaty=since["in_force"])
        return model.After(steps, since)

    def _case(self, data: Data) -> model.Case:
        return model.Case(self.date(data), _maybe(parse_day, data.get("met_by")))

    def _date_in(self, data: Data) -> Date | None:
        said = any(key in data for key in (*FORMS, "since"))
        return self.date(data) if said else None

    def entry(self, data: Data) -> model.Entry:
        return model.Entry(
            when=condition(data["when"]),
            falls=self.date(data),
            lapses=_maybe(self.date, data.get("lapses")),
            must_hold="must_hold" in data,
            article=data.get("article", ""),
        )

    def way(self, data: Data) -> model.Way:
        return model.Way(
            falls=self.date(data),
            kinds=tuple(data.get("kinds", ())),
            among=data.get("among", model.ALL),
            without=tuple(data.get("without", ())),
            consented=data.get("consented"),
            waits=data.get("waits", True),
            towards_accepting="towards" in data,
            article=data.get("article", ""),
        )

    def provisional(self, data: Data) -> model.Provisional:
        since_signature = model.After(since="signature")
        return model.Provisional(
            by=data.get("by", model.SIGNATORIES),
            falls=self.date(data["from"]) if "from" in data else since_signature,
            unless_declared=data.get("unless_declared", False),
            end=_maybe(parse_day, data.get("until")),
            ended_by_notice=_maybe(self.date, data.get("ended_by_notice")),
            article=data.get("article", ""),
        )

    def reservations(self, data: Any) -> model.Reservations:
        if isinstance(data, str):
            return model.Reservations(allowed=data == "allowed")
        return model.Reservations(
            allowed=data.get("allowed", True),
            articles=tuple(data.get("articles", ())),
            objection_within=self.steps(data.get("objection_within")),
            article=data.get("article", ""),
        )

    def withdrawal(self, data: Data) -> model.Withdrawal:
        lock = data.get("not_within")
        return model.Withdrawal(
            falls=self._date_in(data),
            locked=self._after((self.step(lock),), lock, "effect") if lock else None,
            windows=_maybe(self._windows, data.get("windows")),
            rescindable=data.get("rescinded") != "never",
            survives=self.steps(data.get("survives")),
            with_class=data.get("with", ""),
            article=data.get("article", ""),
        )

    def _windows(self, data: Data) -> model.Windows:
        after, every, lasts = (self.step(data[key]) for key in ("after", "every", "lasts"))
        return model.Windows(after, every, lasts, data.get("since", "effect"))

    def termination(self, data: Data) -> model.Termination:
        return model.Termination(
            falls=self._date_in(data),
            fewer_than=data.get("fewer_than"),
            article=data.get("article", ""),
        )
