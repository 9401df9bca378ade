"""Read treaties from data; all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from comity.decision.model import Names
from comity.decision.numbers import exact
from comity.decision.read import part_of, period_of, position_of, provision
from comity.decision.tree import NOTHING_KNOWN, Known, Tree, texts
from comity.kernel import documents
from comity.kernel.dates import Period, parse_day
from comity.kernel.documents import Document
from comity.kernel.errors import DataError
from comity.kernel.trees import Part
from comity.treaty import model
from comity.treaty.building import Builder, Countings, Data, compared, maybe
from comity.treaty.checks import faults_of_meaning
from comity.treaty.model import Class, Counting, Treaties, Treaty, Weights
from comity.treaty.references import ANYONE
from comity.treaty.structure import FORM, parse_moment_of

SECTIONS = (
    "format", "names", "short_names", "articles", "classes", "weights", "countings", "treaties",
)  # fmt: skip

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
    return Treaties(
        MappingProxyType(built),
        MappingProxyType(articles),
        names=_names(data),
        short_names=_names(data, "short_names"),
        data=data,
    )


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
        having=maybe(_having, data.get("having")),
        largest=maybe(lambda found: model.Largest(**found), data.get("largest")),
        any_of=tuple(data.get("any_of", ())),
        without=tuple(data.get("without", ())),
        at=parse_moment_of(at) if at else None,  # type: ignore[arg-type]
        size=data.get("size"),
        names=_names(data),
    )


def _having(data: Data) -> model.Having:
    comparator, value = compared(data)
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
        certified=maybe(parse_day, data.get("certified")),
        source=data.get("source", ""),
    )


def _treaty(
    name: str,
    data: Data,
    countings: Countings,
    classes: Mapping[str, Class],
    weights: Mapping[str, Weights],
) -> Treaty:
    build = Builder(countings)
    return Treaty(
        id=name,
        entry=maybe(build.entry, data.get("enters_into_force")),
        signature=maybe(_signature, data.get("signature")),
        consents=tuple(map(_consent, data.get("consents", ()))),
        ways=tuple(map(build.way, data.get("for_parties", ()))),
        binds=data.get("binds", ""),
        provisional=maybe(build.provisional, data.get("provisional")),
        reservations=maybe(build.reservations, data.get("reservations")),
        withdrawal=maybe(build.withdrawal, data.get("withdrawal")),
        termination=maybe(build.termination, data.get("terminates")),
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
        start=maybe(parse_day, data.get("from")),
        end=maybe(parse_day, data.get("until")),
        by=_by(data),
        article=data.get("article", ""),
    )


def _consent(data: Data) -> model.Consent:
    accepted = data.get("accepted_by", {})
    return model.Consent(
        kinds=tuple(data["kinds"]),
        by=_by(data),
        start=maybe(parse_day, data.get("from")),
        end=maybe(parse_day, data.get("until")),
        from_entry=data.get("from_entry", False),
        accepted_by=accepted.get("each", accepted.get("among", "")),
        acceptances=accepted.get("at_least"),
        article=data.get("article", ""),
    )
