"""Decision rules in memory: frozen values, each with its article and its period.

What every field means is in ``docs/reference/decision-rules.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

from comity.decision.numbers import Number, Rounding
from comity.decision.stages import Elects
from comity.kernel.dates import Period
from comity.kernel.errors import UnknownName, unknown

Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})
ALWAYS = Period()

# What may be counted beside the classes of a table of positions.
EVERYONE = "electorate"
MEMBERS = "members"
PRESENT = "present"
BASES = (EVERYONE, MEMBERS, PRESENT)

HEADS = ""  # the weight that gives every member one
ALL = "all"  # the group that every member is in

# Whether a decision with this outcome is taken; a rule file may declare further outcomes.
OUTCOMES: Mapping[str, bool] = MappingProxyType(
    {
        "adopted": True,
        "not_adopted": False,
        "vetoed": False,
        "no_quorum": False,
        "no_opinion": False,
        "rejected": False,
        "disapproved": False,
    }
)
NO_QUORUM = "no_quorum"

Comparator = Literal["at_least", "more_than", "at_most", "less_than"]
COMPARATORS: tuple[Comparator, ...] = ("at_least", "more_than", "at_most", "less_than")
FROM_BELOW: frozenset[Comparator] = frozenset({"at_least", "more_than"})

# Whom a decision binds, beside classes of positions.
ALL_MEMBERS = (MEMBERS,)
PARTICIPANTS = "participants"


def _no_names() -> Names:
    # A factory, because Python 3.11 takes a mapping proxy for a mutable default.
    return NO_NAMES


@dataclass(frozen=True, slots=True)
class Provision:
    """What rules rest on where no charter has it: how it is cited, where found, how well known."""

    names: Names = field(default_factory=_no_names)
    source: str = ""
    confidence: Literal["high", "medium", "low"] = "high"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a position does: the class it counts as (none: ``""``) and what follows for its holder.

    ``provisional``: to be confirmed. ``awaited``: its holder is still expected to speak.
    """

    counts_as: str = ""
    present: bool = True
    takes_part: bool = True
    bound: bool = True
    on_record: bool = False
    provisional: bool = False
    awaited: bool = False
    reason_expected: bool = False
    names: Names = field(default_factory=_no_names)

    @property
    def signature(self) -> tuple[str, bool, bool]:
        """All that a test can see of a position."""
        return (self.counts_as, self.present, self.takes_part)


@dataclass(frozen=True, slots=True)
class PositionTable:
    """Words that members may use, and what each does.

    ``silent`` is the position of a member that took none, ``unlisted`` of those whom a tally counts
    in its total and does not name. ``order`` runs from the least support to the most.
    """

    id: str
    positions: Mapping[str, Effect]
    silent: str
    unlisted: str = ""
    order: tuple[str, ...] = ()
    article: str = ""
    classes: Mapping[str, Names] = field(default_factory=lambda: MappingProxyType({}))

    def effect(self, position: str) -> Effect:
        """Return what a position does; raises `UnknownName`."""
        found = self.positions.get(position)
        if found is None:
            raise UnknownName(unknown("position", position, self.positions))
        return found


@dataclass(frozen=True, slots=True)
class WeightTable:
    """The weights of members during a period."""

    values: Mapping[str, Number]
    period: Period = ALWAYS
    source: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """What members weigh in one unit (votes, population, tonnage), by date."""

    id: str
    tables: tuple[WeightTable, ...] = ()
    names: Names = field(default_factory=_no_names)

    def on(self, day: date | None) -> WeightTable | None:
        """Return the table in force on a day; without a day, the last."""
        if day is None:
            return self.tables[-1] if self.tables else None
        return next((each for each in self.tables if day in each.period), None)


@dataclass(frozen=True, slots=True)
class FewestWith:
    """The smallest number of members who together weigh as much."""

    weight: str
    comparator: Comparator
    share: Number
    of: tuple[str, ...] = (EVERYONE,)
    group: str = ALL


@dataclass(frozen=True, slots=True)
class Amount:
    """What is compared with: a number, a share of a base, or the fewest members with a weight.

    ``of`` is empty for a number. ``rounded`` applies before ``plus`` is added.
    """

    number: Number = 0
    of: tuple[str, ...] = ()
    of_group: str = ""
    rounded: Rounding | None = None
    plus: Number = 0
    fewest_with: FewestWith | None = None


@dataclass(frozen=True, slots=True)
class Test:
    """Compare what those of some classes weigh with an amount; ``excluding``: all but those."""

    votes: tuple[str, ...]
    comparator: Comparator
    amount: Amount
    excluding: bool = False
    weight: str = HEADS
    group: str = ALL
    article: str = ""

    @property
    def base_group(self) -> str:
        """The group in which the base is counted: that of the test unless another is named."""
        return self.amount.of_group or self.group

    @property
    def from_below(self) -> bool:
        """Whether the test asks for enough, not for few enough."""
        return self.comparator in FROM_BELOW


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the conditions."""

    conditions: tuple[Condition, ...]
    article: str = ""


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the conditions, or at least so many."""

    conditions: tuple[Condition, ...]
    article: str = ""
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a condition."""

    condition: Condition
    article: str = ""


Condition: TypeAlias = Test | All | Any | Not


def needed(condition: All | Any, wanted: bool) -> int:
    """Return how many of its conditions must be as wanted for a whole to be so."""
    number = len(condition.conditions)
    enough = number if isinstance(condition, All) else condition.at_least
    return enough if wanted else number - enough + 1


@dataclass(frozen=True, slots=True)
class Next:
    """What follows an outcome: another rule, or another body."""

    rule: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An outcome and when it comes about; the last entry of a rule has no condition.

    ``binds`` goes before that of the rule; empty: as the rule says.
    """

    outcome: str
    when: Condition | None = None
    carries: bool = False
    article: str = ""
    then: Next | None = None
    binds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quorum:
    """What must hold before anything is counted."""

    when: Condition
    article: str = ""


@dataclass(frozen=True, slots=True)
class Electorate:
    """Who decides: the members, those of one group only, without those in the roles named.

    ``only_participants``: whoever has said nothing does not take part either.
    """

    among: str = ALL
    without: tuple[str, ...] = ()
    only_participants: bool = False


@dataclass(frozen=True, slots=True)
class ChosenBy:
    """The question decided before, under which rule, and what its outcomes select."""

    question: Names
    rule: str
    outcomes: Mapping[str, str]
    otherwise: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a decision rule.

    ``binds``: the members, the participants (those of the electorate), or those of some classes.
    """

    id: str
    table: PositionTable | None = None
    decide: tuple[Entry, ...] = ()
    quorum: Quorum | None = None
    electorate: Electorate = Electorate()
    without_quorum: Next | None = None
    binds: tuple[str, ...] = ALL_MEMBERS
    chosen_by: ChosenBy | None = None
    elects: Elects | None = None
    weights: Mapping[str, Weights] = field(default_factory=lambda: MappingProxyType({}))
    names: Names = field(default_factory=_no_names)
    article: str = ""
    period: Period = ALWAYS

    @property
    def positions(self) -> PositionTable:
        """The table of positions; a rule chosen by another decision has none."""
        assert self.table is not None
        return self.table

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition of the rule, the quorum first."""
        quorum = (self.quorum.when,) if self.quorum else ()
        return (*quorum, *(each.when for each in self.decide if each.when is not None))

    def tests(self) -> Iterator[Test]:
        """Yield every test of the rule."""
        for each in self.conditions:
            yield from tests_of(each)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Yield every test that a condition puts together."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests_of(condition.condition)
    else:
        for each in condition.conditions:
            yield from tests_of(each)
