"""A charter in memory: rules as frozen values, each with its period, its article and its names.

The meaning of every field is in ``docs/reference/charter-format.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Generic, Literal, Protocol, TypeVar

from comity.decision.rules import Rules
from comity.kernel.act import Confidence
from comity.kernel.dates import PartialDate, Period
from comity.procedure.model import Procedures

Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})


def _no_names() -> Names:
    # A factory, because Python 3.11 takes a mapping proxy for a mutable default.
    return NO_NAMES


ALWAYS = Period()
ALL: Literal["all"] = "all"

Answer = Literal["yes", "no", "conditional"]


class Dated(Protocol):
    """Anything that holds during a period."""

    @property
    def period(self) -> Period: ...  # noqa: D102


D = TypeVar("D", bound=Dated)


def in_force(rules: Iterable[D], on: date) -> tuple[D, ...]:
    """Return those of ``rules`` that hold on the day, in their order."""
    return tuple(rule for rule in rules if on in rule.period)


@dataclass(frozen=True, slots=True)
class Versions(Generic[D]):
    """The versions of one rule, oldest first; their periods do not overlap."""

    items: tuple[D, ...]

    def on(self, day: date) -> D | None:
        """Return the version in force on ``day``, or ``None``."""
        return next((item for item in self.items if day in item.period), None)

    def nearest(self, day: date) -> D:
        """Return the version in force on ``day``, else the last before it, else the first."""
        earlier = [i for i in self.items if i.period.start is None or i.period.start <= day]
        return earlier[-1] if earlier else self.items[0]


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement rests on; ``read`` says how much of it was seen."""

    id: str
    title: str = ""
    url: str = ""
    publisher: str = ""
    kind: str = ""
    read: str = ""
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A treaty, regulation or decision that articles belong to.

    ``practice`` marks one that is no text in force: what is done, or an account of it.
    """

    id: str
    names: Names = field(default_factory=_no_names)
    signed_on: PartialDate | None = None
    adopted_on: PartialDate | None = None
    in_force_on: PartialDate | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence = "high"
    note: str = ""
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A provision that an answer can rest on, in our own words."""

    id: str
    instrument: str = ""
    number: str = ""
    title: Names = field(default_factory=_no_names)
    text: Names = field(default_factory=_no_names)
    period: Period = ALWAYS
    sources: tuple[str, ...] = ()
    confidence: Confidence = "high"


@dataclass(frozen=True, slots=True)
class Basis:
    """A way of counting from when a status is held."""

    id: str
    names: Names = field(default_factory=_no_names)
    text: Names = field(default_factory=_no_names)


@dataclass(frozen=True, slots=True)
class Facet:
    """What a status is a status of; a party has at most one status in each facet."""

    id: str
    names: Names = field(default_factory=_no_names)


@dataclass(frozen=True, slots=True)
class Status:
    """A standing that a party can have."""

    id: str
    names: Names = field(default_factory=_no_names)
    plural_names: Names = field(default_factory=_no_names)
    facet: str = "membership"
    article: str = ""
    period: Period = ALWAYS
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """Statuses that are counted together under one name."""

    id: str
    names: Names = field(default_factory=_no_names)
    plural_names: Names = field(default_factory=_no_names)
    statuses: tuple[str, ...] = ()
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Stage:
    """A step on the way to a status; ``gives_status_on`` lists bases, or is ``("all",)``."""

    id: str
    names: Names = field(default_factory=_no_names)
    by: tuple[str, ...] = ()
    article: str = ""
    required: bool = True
    gives_status_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """The stages to a status, in order."""

    status: str
    stages: tuple[Stage, ...]
    article: str = ""
    period: Period = ALWAYS
    preceded_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits in a body: the holders of a status, or named parties."""

    status: str = ""
    parties: tuple[str, ...] = ()
    capacity: str = "full"
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class LifeStage:
    """A stage in the life of a body: in_formation, active, transformed or dissolved."""

    stage: str
    article: str = ""
    into: str = ""
    period: Period = ALWAYS
    act: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A council, committee or organ."""

    id: str
    names: Names = field(default_factory=_no_names)
    short_names: Names = field(default_factory=_no_names)
    article: str = ""
    supreme: bool = False
    reports_to: str = ""
    composition: tuple[Seat, ...] = ()
    life: tuple[LifeStage, ...] = ()
    chair: str = ""
    seat: Names = field(default_factory=_no_names)
    note: Names = field(default_factory=_no_names)
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Right:
    """Something that a status may do in a body."""

    id: str
    names: Names = field(default_factory=_no_names)


@dataclass(frozen=True, slots=True)
class Grant:
    """Which statuses may, may not or may on a condition do what in which bodies."""

    statuses: tuple[str, ...]
    rights: tuple[str, ...]
    bodies: tuple[str, ...] = (ALL,)
    answer: Answer = "yes"
    condition: Names = field(default_factory=_no_names)
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class SuspensionRule:
    """What suspension does to the holders of a status."""

    statuses: tuple[str, ...]
    loses: tuple[str, ...] = (ALL,)
    becomes: str = ""
    counted_in_base: bool = False
    by: tuple[str, ...] = ()
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Notice:
    """How long after a notice a status ends; see ``withdrawal`` in the charter format.

    ``notice_by`` and ``effect`` are (month, day) of a calendar cut-off.
    """

    months: int = 0
    days: int = 0
    then: Literal["same_day", "next_day", "first_of_next_month", "first_of_next_year"] = "same_day"
    roll_over: bool = False
    notice_by: tuple[int, int] | None = None
    effect: tuple[int, int] | None = None
    not_within_months: int = 0


@dataclass(frozen=True, slots=True)
class WithdrawalRule:
    """How the holders of a status leave by notice."""

    statuses: tuple[str, ...]
    notice: Notice = Notice()
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Ending:
    """Who may end a status, how, and under which article."""

    manner: str
    statuses: tuple[str, ...]
    by: tuple[str, ...] = ()
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Rotation:
    """The order in which an office goes round; ``as_a_rule`` where practice may depart from it."""

    order: str = "alphabetical"
    as_a_rule: bool = True
    article: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A chair or post, held by a party or by a person of a nationality."""

    id: str
    names: Names = field(default_factory=_no_names)
    holder: Literal["party", "person"] = "party"
    body: str = ""
    term_months: int = 0
    renewable: bool = True
    rotation: Rotation | None = None
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the organisation and its role."""

    code: str
    role: str = "official"
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class OrderOfStates:
    """The language whose alphabet orders the list of States."""

    language: str = "en"
    by: Literal["names", "order_names"] = "names"
    article: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the globe in decimal degrees, north and east positive."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True, slots=True)
class Capital:
    """The capital that a State declares: a name and a point, and no border."""

    names: Names
    at: Position
    sources: tuple[str, ...] = ()
    confidence: Confidence = "high"
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Party:
    """A State, organisation or other entity that can hold a status."""

    code: str
    names: Names = field(default_factory=_no_names)
    formal_names: Names = field(default_factory=_no_names)
    order_names: Names = field(default_factory=_no_names)
    former_codes: tuple[str, ...] = ()
    kind: str = "state"
    note: Names = field(default_factory=_no_names)
    capital: Versions[Capital] | None = None


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory that the status of its State may or may not cover."""

    code: str
    of: str
    names: Names = field(default_factory=_no_names)
    within: bool = True


@dataclass(frozen=True)
class Charter:
    """The rules of one organisation, with its code lists and sources."""

    id: str
    statuses: Mapping[str, Versions[Status]]
    names: Names = field(default_factory=_no_names)
    short_names: Names = field(default_factory=_no_names)
    founded_on: date | None = None
    dissolved_on: date | None = None
    recorded_at: datetime | None = None
    note: Names = field(default_factory=_no_names)
    languages: tuple[Language, ...] = ()
    order_of_states: tuple[OrderOfStates, ...] = ()
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    articles: Mapping[str, Versions[Article]] = field(default_factory=dict)
    bases: Mapping[str, Basis] = field(default_factory=lambda: {"effect": Basis("effect")})
    default_basis: str = "effect"
    facets: Mapping[str, Facet] = field(default_factory=lambda: {"membership": Facet("membership")})
    counts: Mapping[str, Versions[Count]] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    bodies: Mapping[str, Versions[Body]] = field(default_factory=dict)
    rights: Mapping[str, Right] = field(default_factory=dict)
    grants: tuple[Grant, ...] = ()
    suspension: tuple[SuspensionRule, ...] = ()
    withdrawal: tuple[WithdrawalRule, ...] = ()
    endings: tuple[Ending, ...] = ()
    offices: Mapping[str, Versions[Office]] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    territories: Mapping[str, Territory] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    decisions: Rules | None = None
    procedures: Procedures | None = None
    digest: str = ""

    @property
    def main_facet(self) -> str:
        """The facet that questions mean when they name none: the first one declared."""
        return next(iter(self.facets))

    def in_language(self, text: str, language: str) -> str:
        """Return a text of the rules or of an act in a language; without a translation, itself."""
        return self.translations.get(language, {}).get(text, text)

    def facet_of(self, status: str) -> str:
        """Return the facet a status belongs to."""
        return self.statuses[status].items[0].facet
