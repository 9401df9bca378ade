"""Build conditions and dates of treaties, and what is made of them, from data that was checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from comity.decision.model import HEADS
from comity.decision.numbers import exact
from comity.kernel.dates import parse_day
from comity.treaty import model
from comity.treaty.model import Counting, Date, Steps
from comity.treaty.structure import parse_day_of_year
from comity.treaty.tree import FORMS, UNITS

Data = Mapping[str, Any]
Countings = Mapping[str, Counting]
T = TypeVar("T")


def maybe(build: Callable[[Any], T], data: Any) -> T | None:
    """Build what is there, or nothing."""
    return None if data is None else build(data)


def compared(data: Data) -> tuple[model.Comparator, str | int]:
    """Return how a test compares, and with what."""
    comparator: model.Comparator = "at_least" if "at_least" in data else "more_than"
    return comparator, data[comparator]


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
    comparator, value = compared(data)
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


class Builder:
    """Builds what has dates in it, whose steps may name a way of counting."""

    def __init__(self, countings: Countings) -> None:
        self._countings = countings

    def step(self, data: Data) -> model.Step:
        """Build a step."""
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
        """Build the steps of a pipeline."""
        return tuple(map(self.step, data or ()))

    def date(self, data: Data) -> Date:
        """Build a date."""
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
        return model.Case(self.date(data), maybe(parse_day, data.get("met_by")))

    def _date_in(self, data: Data) -> Date | None:
        said = any(key in data for key in (*FORMS, "since"))
        return self.date(data) if said else None

    def entry(self, data: Data) -> model.Entry:
        """Build when a treaty enters into force."""
        return model.Entry(
            when=condition(data["when"]),
            falls=self.date(data),
            lapses=maybe(self.date, data.get("lapses")),
            must_hold="must_hold" in data,
            article=data.get("article", ""),
        )

    def way(self, data: Data) -> model.Way:
        """Build from when a party is bound."""
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
        """Build application before entry into force."""
        since_signature = model.After(since="signature")
        return model.Provisional(
            by=data.get("by", model.SIGNATORIES),
            falls=self.date(data["from"]) if "from" in data else since_signature,
            unless_declared=data.get("unless_declared", False),
            end=maybe(parse_day, data.get("until")),
            ended_by_notice=maybe(self.date, data.get("ended_by_notice")),
            article=data.get("article", ""),
        )

    def reservations(self, data: Any) -> model.Reservations:
        """Build whether reservations may be made."""
        if isinstance(data, str):
            return model.Reservations(allowed=data == "allowed")
        return model.Reservations(
            allowed=data.get("allowed", True),
            articles=tuple(data.get("articles", ())),
            objection_within=self.steps(data.get("objection_within")),
            article=data.get("article", ""),
        )

    def withdrawal(self, data: Data) -> model.Withdrawal:
        """Build how a party leaves."""
        lock = data.get("not_within")
        return model.Withdrawal(
            falls=self._date_in(data),
            locked=self._after((self.step(lock),), lock, "effect") if lock else None,
            windows=maybe(self._windows, data.get("windows")),
            rescindable=data.get("rescinded") != "never",
            survives=self.steps(data.get("survives")),
            with_class=data.get("with", ""),
            article=data.get("article", ""),
        )

    def _windows(self, data: Data) -> model.Windows:
        after, every, lasts = (self.step(data[key]) for key in ("after", "every", "lasts"))
        return model.Windows(after, every, lasts, data.get("since", "effect"))

    def termination(self, data: Data) -> model.Termination:
        """Build when a treaty ends by itself."""
        return model.Termination(
            falls=self._date_in(data),
            fewer_than=data.get("fewer_than"),
            article=data.get("article", ""),
        )
