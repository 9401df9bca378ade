"""Build procedures and calendars from data that has passed the checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from types import MappingProxyType
from typing import Any, TypeVar

from comity.decision import read as decisions
from comity.decision.rules import Rules
from comity.kernel.dates import Period, parse_day
from comity.procedure import model
from comity.procedure.calendars import (
    NO_CALENDAR,
    UNITS,
    WEEKDAYS,
    Calendar,
    Span,
    SpecialDay,
    special_days,
)
from comity.procedure.coherence import CONDITION_KINDS
from comity.procedure.model import Procedure, Procedures, Stage, Step, Take
from comity.procedure.structure import parse_ends
from comity.procedure.zones import parse_clock

Data = Mapping[str, Any]
T = TypeVar("T")


def build_procedures(data: Data, rules: Rules | None = None) -> Procedures:
    """Build procedures from data that has passed the checks; without ``rules``, with their own."""
    articles = {
        name: decisions.provision(each) for name, each in (data.get("articles") or {}).items()
    }
    if rules is None:
        rules = decisions.build_rules(data) if "decision_rules" in data else Rules({})
    if "decision_rules" in data:
        rules = replace(rules, articles=MappingProxyType(articles))
    calendars = {
        name: _calendar(name, each) for name, each in (data.get("calendars") or {}).items()
    }
    shared = {
        "roles": MappingProxyType({**rules.roles, **_named(data, "roles")}),
        "documents": _named(data, "documents"),
        "articles": MappingProxyType(
            {name: each.names for name, each in {**rules.articles, **articles}.items()}
        ),
    }
    versions = {
        name: _versions(name, each, calendars, rules, shared)
        for name, each in data["procedures"].items()
    }
    return Procedures(
        MappingProxyType(versions),
        MappingProxyType(calendars),
        rules,
        MappingProxyType({**rules.articles, **articles}),
        data,
    )


def _named(data: Data, section: str) -> Mapping[str, model.Names]:
    return MappingProxyType(
        {name: _names(each) for name, each in (data.get(section) or {}).items()}
    )


def _names(data: Data) -> model.Names:
    return MappingProxyType(dict(data.get("names") or {}))


def _calendar(name: str, data: Data) -> Calendar:
    weekend = data.get("weekend", ["saturday", "sunday"])
    return Calendar(
        id=name,
        zone=data["zone"],
        weekend=frozenset(WEEKDAYS.index(each) for each in weekend),
        holidays=special_days(map(_special_day, data.get("holidays", ()))),
        working_days=special_days(map(_special_day, data.get("working_days", ()))),
        opens=parse_clock(data["opens"]) if "opens" in data else time(9),
        closes=parse_clock(data["closes"]) if "closes" in data else time(18),
        covers=_period(data.get("covers", {})),
        after_hours=data.get("after_hours", "same_day"),
        names=_names(data),
    )


def _special_day(data: Data) -> SpecialDay:
    return SpecialDay(parse_day(data["on"]), _names(data), data.get("source", ""))


def _period(data: Data) -> Period:
    days = (data.get("from"), data.get("until"))
    return Period(*(parse_day(each) if each else None for each in days))


def _versions(
    name: str, data: Any, calendars: Mapping[str, Calendar], rules: Rules, shared: Mapping[str, Any]
) -> tuple[Procedure, ...]:
    several = data if isinstance(data, list) else [data]
    found = [_procedure(name, each, calendars, rules, shared) for each in several]
    return tuple(sorted(found, key=lambda each: each.period))


def _procedure(
    name: str,
    data: Data,
    calendars: Mapping[str, Calendar],
    rules: Rules,
    shared: Mapping[str, Any],
) -> Procedure:
    return Procedure(
        id=name,
        stages=MappingProxyType({key: _stage(key, each) for key, each in data["stages"].items()}),
        starts=data["starts"],
        rule=data.get("rule", ""),
        rules=rules,
        calendar=calendars.get(data.get("calendar", ""), NO_CALENDAR),
        objections=frozenset(_several(data.get("objections", "opposed"))),
        ties=tuple(data.get("ties", ())),
        names=_names(data),
        article=data.get("article", ""),
        period=_period(data),
        **shared,
    )


def _stage(name: str, data: Data) -> Stage:
    binds = data.get("binds", False)
    return Stage(
        id=name,
        takes=tuple(_take(each) for each in data.get("takes", ())),
        deadline=_deadline(data["deadline"]) if "deadline" in data else None,
        rule=data.get("rule", ""),
        body=data.get("body", ""),
        outcome=data.get("outcome", ""),
        binds=bool(binds),
        binds_after=span(binds["after"]) if isinstance(binds, Mapping) else None,
        names=_names(data),
        article=data.get("article", ""),
    )


def _take(data: Data) -> Take:
    return Take(
        kind=data["event"],
        by=_several(data["by"]),
        step=_step(data),
        without=_several(data.get("without", ())),
        when=tuple(_condition(each) for each in data.get("when", ())),
        position=data.get("position", ""),
        suspends=tuple(data.get("suspends", ())),
        article=data.get("article", ""),
    )


def _deadline(data: Data) -> model.Deadline:
    return model.Deadline(
        step=_step(data),
        span=span(data["period"]) if "period" in data else None,
        since=data.get("since", ""),
        until=data["until"],
        article=data.get("article", ""),
    )


def _step(data: Data) -> Step:
    return Step(
        to=data.get("to", ""),
        issues=tuple(data.get("issues", ())),
        clears=tuple(data.get("clears", ())),
        resumes=data.get("resumes", False),
        restarts=data.get("restarts", False),
        asked=_asked(data["decide"]) if "decide" in data else None,
        article=data.get("article", ""),
    )


def _asked(data: Data) -> model.Asked:
    return model.Asked(
        answers=tuple(_answer(each) for each in data.get("outcomes", ())),
        rule=data.get("rule", ""),
        of=data.get("of", "standing"),
    )


def _answer(data: Data) -> model.Answer:
    return model.Answer(
        step=_step(data),
        outcomes=_several(data.get("outcome", ())),
        when=tuple(_condition(each) for each in data.get("when", ())),
    )


def _condition(data: Data) -> model.Condition:
    kind = next(each for each in CONDITION_KINDS if each in data)
    said = _several(data[kind])
    least, most = data.get("at_least"), data.get("at_most")
    return model.Condition(
        kind=kind,
        word=said[0],
        words=said,
        least=least if isinstance(least, int) else None,
        most=most if isinstance(most, int) else None,
        span_least=span(least) if isinstance(least, Mapping) else None,
        span_most=span(most) if isinstance(most, Mapping) else None,
        article=data.get("article", ""),
    )


def _several(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def span(data: Data) -> Span:
    """Build a period from data that has passed the checks."""
    unit = next(each for each in UNITS if each in data)
    return Span(
        number=data[unit],
        unit=unit,
        ends=parse_ends(data.get("ends", "same_time")),
        falls=data.get("falls", "as_it_is"),
        month_end=data.get("month_end", "clamp"),
        then=data.get("then", "same_day"),
    )
