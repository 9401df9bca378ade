"""Treaties in memory: conditions, dates, ways of consenting and of leaving.

What every field means is in ``docs/reference/treaties.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from comity.decision.model import ALWAYS, HEADS, Names, Provision
from comity.decision.numbers import Number, Rounding
from comity.kernel.dates import Period
from comity.kernel.errors import UnknownName, unknown

ALL = "all"  # the class of whoever consents
SIGNATORIES = "signatories"
CLASSES = (ALL, SIGNATORIES)

# Bases that are no classes: the total of a weight, and those who consent.
TOTAL = "total"
CONSENTS = "consents"

# From which day a date may be reckoned.
Start = Literal[
    "met", "adoption", "opening", "signature", "consent", "succession", "notice", "entry", "effect",
]  # fmt: skip
# The way of consenting, where it matters to a rule.
KINDS = (
    "ratification", "acceptance", "approval", "accession", "succession", "formal_confirmation",
    "definitive_signature", "notification",
)  # fmt: skip

Comparator = Literal["at_least", "more_than"]


def nothing() -> Mapping[str, Any]:
    """Return an empty mapping that nobody can fill."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Counting:
    """How a depositary counts periods; the default is the n-th day, the anniversary, clamped."""

    id: str = ""
    clear_days: bool = False
    day_after: bool = False
    roll_over: bool = False
    names: Names = field(default_factory=nothing, hash=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a date: ``unit`` says which, ``number`` how many.

    Units: ``days``, ``months``, ``years``, ``first_of_month``, ``end_of_year``, ``next``. ``gap``:
    the fewest days before a first of the month. ``day``: month and day of the calendar.
    """

    unit: Literal["days", "months", "years", "first_of_month", "end_of_year", "next"]
    number: int = 0
    gap: int = 0
    day: tuple[int, int] = (1, 1)
    or_same: bool = False
    counting: Counting | None = None


Steps: TypeAlias = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A day of the calendar."""

    day: date


@dataclass(frozen=True, slots=True)
class After:
    """A pipeline from a day: of the treaty, of the party, or when another treaty is in force."""

    steps: Steps = ()
    since: Start | None = None
    treaty: str = ""


@dataclass(frozen=True, slots=True)
class Of:
    """The earliest or the latest of several dates."""

    dates: tuple[Date, ...]
    latest: bool


@dataclass(frozen=True, slots=True)
class Case:
    """A date that applies where the condition is met by a day; the last case has no such day."""

    falls: Date
    met_by: date | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    """The date of the first case that applies."""

    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class NotBefore:
    """A date that never precedes any of others."""

    falls: Date
    others: tuple[Date, ...]


Date: TypeAlias = Fixed | After | Of | Cases | NotBefore


@dataclass(frozen=True, slots=True)
class Having:
    """Those who weigh so much in a unit."""

    weight: str
    comparator: Comparator
    number: Number


@dataclass(frozen=True, slots=True)
class Largest:
    """The so many who weigh most in a unit, among a class."""

    number: int
    weight: str
    among: str = ALL


@dataclass(frozen=True, slots=True)
class Class:
    """Who is meant by a word; without any particular, those whose consent is tagged with it.

    ``at``: as it was on that day, at adoption or at opening. ``size``: how many they are, where
    only that is known.
    """

    id: str
    spells: Mapping[str, tuple[Period, ...]] = field(default_factory=nothing, hash=False)
    parties_of: str = ""
    members_of: str = ""
    having: Having | None = None
    largest: Largest | None = None
    any_of: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    at: Literal["adoption", "opening"] | date | None = None
    size: int | None = None
    names: Names = field(default_factory=nothing, hash=False)


@dataclass(frozen=True, slots=True)
class WeightTable:
    """What parties weigh during a period, and all together; ``certified`` that day if it was."""

    values: Mapping[str, Number]
    total: Number
    period: Period = ALWAYS
    certified: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """What parties weigh in one unit, by date."""

    id: str
    tables: tuple[WeightTable, ...] = ()
    names: Names = field(default_factory=nothing, hash=False)

    def on(self, day: date) -> WeightTable | None:
        """Return the table in force on a day."""
        return next((each for each in self.tables if day in each.period), None)


@dataclass(frozen=True, slots=True)
class Amount:
    """What is compared with: a number, or a share of a base, rounded if said, plus something."""

    number: Number = 0
    of: str = ""
    of_weight: str = ""
    rounded: Rounding | None = None
    plus: Number = 0


@dataclass(frozen=True, slots=True)
class Test:
    """Compare what the consents of a class weigh with an amount."""

    comparator: Comparator
    amount: Amount
    among: str = ALL
    without: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    weight: str = HEADS
    article: str = ""


@dataclass(frozen=True, slots=True)
class Every:
    """Everybody in a class has consented."""

    among: str
    without: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Certified:
    """The depositary has certified something."""

    what: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """Another treaty is in force."""

    treaty: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """All of several conditions, or any of them."""

    conditions: tuple[Condition, ...]
    any: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a condition."""

    condition: Condition
    article: str = ""


Leaf: TypeAlias = Test | Every | Certified | InForce
Condition: TypeAlias = Leaf | Together | Not


def leaves_of(condition: Condition) -> Iterator[Leaf]:
    """Yield every test that a condition puts together, in the order written."""
    if isinstance(condition, Together):
        for each in condition.conditions:
            yield from leaves_of(each)
    elif isinstance(condition, Not):
        yield from leaves_of(condition.condition)
    else:
        yield condition


@dataclass(frozen=True, slots=True)
class Entry:
    """When a treaty enters into force; ``lapses``: by when the condition must be met."""

    when: Condition
    falls: Date
    lapses: Date | None = None
    must_hold: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """When a treaty is open for signature, and to whom (``by`` empty: to anyone)."""

    start: date | None = None
    end: date | None = None
    by: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """A way of consenting to be bound; ``end`` is the last day.

    ``accepted_by``: whose acceptance an accession needs, of ``acceptances`` of them or of each.
    """

    kinds: tuple[str, ...]
    by: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    from_entry: bool = False
    accepted_by: str = ""
    acceptances: int | None = None
    article: str = ""


Moment = Literal["before_met", "after_met", "before_entry", "after_entry"]


@dataclass(frozen=True, slots=True)
class Way:
    """From when a party that comes later is bound; the first way that fits is taken."""

    falls: Date
    kinds: tuple[str, ...] = ()
    among: str = ALL
    without: tuple[str, ...] = ()
    consented: Moment | None = None
    waits: bool = True
    towards_accepting: bool = False
    article: str = ""


@dataclass(frozen=True, slots=True)
class Provisional:
    """Application before entry into force.

    ``by``: a class, or ``declared`` (those who declared it). ``ended_by_notice``: since the notice.
    """

    by: str = SIGNATORIES
    falls: Date = After(since="signature")
    unless_declared: bool = False
    end: date | None = None
    ended_by_notice: Date | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Reservations:
    """Whether reservations may be made, and to which articles (none named: to any).

    ``objection_within``: how long after its notice a reservation may be objected to.
    """

    allowed: bool = True
    articles: tuple[str, ...] = ()
    objection_within: Steps = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Windows:
    """When notice may be given: for ``lasts``, first ``after`` the start, then ``every``."""

    after: Step
    every: Step
    lasts: Step
    since: Literal["effect", "entry"] = "effect"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How a party leaves; without a date, by no notice.

    ``locked``: no notice before this date. ``rescindable`` until it has effect. ``survives``: how
    long obligations last after it. ``with_class``: who leaves it ceases to be a party.
    """

    falls: Date | None = None
    locked: Date | None = None
    windows: Windows | None = None
    rescindable: bool = True
    survives: Steps = ()
    with_class: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Termination:
    """When a treaty ends by itself: on a date, or with fewer than so many parties."""

    falls: Date | None = None
    fewer_than: int | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Treaty:
    """The rules of one treaty; without ``entry`` it is in force for each party by itself.

    ``binds_newcomers``: who becomes a party to the treaty amended once the amendment is in force is
    bound by it too (Vienna Convention on the Law of Treaties, art. 40, para. 5).
    """

    id: str
    entry: Entry | None = None
    signature: Signature | None = None
    consents: tuple[Consent, ...] = ()
    ways: tuple[Way, ...] = ()
    binds: str = ""
    provisional: Provisional | None = None
    reservations: Reservations | None = None
    withdrawal: Withdrawal | None = None
    termination: Termination | None = None
    counting: Counting = Counting()
    amends: str = ""
    binds_newcomers: bool = False
    part_of: str = ""
    protocol_to: str = ""
    replaces: str = ""
    classes: Mapping[str, Class] = field(default_factory=nothing, hash=False)
    weights: Mapping[str, Weights] = field(default_factory=nothing, hash=False)
    names: Names = field(default_factory=nothing, hash=False)
    short_names: Names = field(default_factory=nothing, hash=False)
    depositary: Names = field(default_factory=nothing, hash=False)
    source: str = ""
    confidence: Literal["high", "medium", "low"] = "high"


@dataclass(frozen=True, slots=True)
class Treaties:
    """The treaties of one file, their articles, and what their organisation is called."""

    treaties: Mapping[str, Treaty]
    articles: Mapping[str, Provision] = field(default_factory=nothing, hash=False)
    names: Names = field(default_factory=nothing, hash=False)
    short_names: Names = field(default_factory=nothing, hash=False)
    data: Mapping[str, Any] = field(default_factory=nothing, hash=False)

    def treaty(self, name: str) -> Treaty:
        """Return a treaty; raises `UnknownName`."""
        found = self.treaties.get(name)
        if found is None:
            raise UnknownName(unknown("treaty", name, self.treaties))
        return found
