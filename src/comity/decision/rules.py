"""The decision rules of one file, and which of them holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from comity.decision.model import OUTCOMES, Names, PositionTable, Provision, Rule, Weights
from comity.kernel.errors import Fault, UnknownName, check_known


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rules:
    """The decision rules of one file: every version, what they name, and the data itself.

    ``names`` and ``short_names`` are those of the organisation, where no charter has them.
    """

    versions: Mapping[str, tuple[Rule, ...]]
    tables: Mapping[str, PositionTable] = field(default_factory=_nothing)
    weights: Mapping[str, Weights] = field(default_factory=_nothing)
    groups: Mapping[str, Names] = field(default_factory=_nothing)
    roles: Mapping[str, Names] = field(default_factory=_nothing)
    bodies: Mapping[str, Names] = field(default_factory=_nothing)
    outcomes: Mapping[str, bool] = field(default_factory=lambda: OUTCOMES)
    outcome_names: Mapping[str, Names] = field(default_factory=_nothing)
    articles: Mapping[str, Provision] = field(default_factory=_nothing)
    names: Names = field(default_factory=_nothing)
    short_names: Names = field(default_factory=_nothing)
    data: Mapping[str, Any] = field(default_factory=_nothing, compare=False, repr=False)

    def on(self, rule: str, day: date | None = None) -> Rule:
        """Return the version of a rule in force on a day, or without a day the last.

        Raises `UnknownName` where there is no such rule, or none on that day.
        """
        check_known("rule", rule, self.versions)
        versions = self.versions[rule]
        found = next((each for each in versions if day is None or day in each.period), None)
        if day is None:
            return versions[-1]
        if found is None:
            periods = ", ".join(str(each.period) for each in versions)
            fault = Fault(
                "rule_not_in_force",
                f'no version of the rule "{rule}" on {day}',
                f"a day in {periods}",
            )
            raise UnknownName(fault)
        return found

    def chosen(self, rule: str, day: date | None = None, *, prior: str = "") -> Rule:
        """Return the rule that holds after the decision that selects it.

        ``prior`` is the outcome of that decision; ``""`` where the question was not put. A rule
        that nothing selects is itself.
        """
        found = self.on(rule, day)
        if found.chosen_by is None:
            return found
        return self.on(found.chosen_by.outcomes.get(prior, found.chosen_by.otherwise), day)
