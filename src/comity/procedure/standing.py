"""What stands of a matter at an instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from comity.decision.deciding import Decision
from comity.kernel.finding import Doubt, Finding
from comity.procedure.model import Until, nothing


@dataclass(frozen=True, slots=True)
class Position:
    """A position taken: the word, since when, by which event, on which version of the text."""

    word: str
    since: datetime
    event: str
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """A deadline that has not passed: the instant, and if an act at the very instant is in time."""

    at: datetime
    until: Until = "exclusive"
    article: str = ""
    event: str = ""

    def passed(self, instant: datetime) -> bool:
        """Whether it has passed at an instant."""
        return instant > self.at if self.until == "inclusive" else instant >= self.at


@dataclass(frozen=True, slots=True)
class Spell:
    """A stage through which a matter went, what led to it (an event; ``""``: a deadline), and how.

    ``ended_by_deadline`` is the deadline by which it was left.
    """

    stage: str
    since: datetime | None
    until: datetime | None = None
    event: str = ""
    deadline: Pending | None = None
    ended_by_deadline: bool = False


@dataclass(frozen=True, slots=True)
class Issued:
    """Something that was to be issued, when, and after which event (``""``: a deadline)."""

    document: str
    at: datetime
    event: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that was not taken: the first reason in the order of `REFUSALS`.

    ``stage`` is where the matter stood, or had stood until ``deadline``; ``found`` and
    ``required`` are what was compared. ``objects``: its position is one that objects.
    """

    event: str
    kind: str
    by: str
    at: datetime
    code: str
    stage: str
    article: str = ""
    found: str = ""
    required: str = ""
    deadline: Pending | None = None
    objects: bool = False


@dataclass(frozen=True, slots=True)
class Bond:
    """A member that the decision binds, from when, until when."""

    member: str
    since: datetime
    until: datetime | None = None

    def holds(self, instant: datetime) -> bool:
        """Whether it binds at an instant."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the text, since when, by which event."""

    text: str
    since: datetime
    event: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a member put on record after the decision."""

    member: str
    at: datetime
    event: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """A decision that moved the matter, or (``aside``) one about the procedure."""

    rule: str
    at: datetime
    decision: Finding[Decision]
    event: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Possible:
    """What may happen next: the kind of event, who may, where it leads, up to when.

    ``who`` are those who may today; ``anyone`` is named as such. ``stages`` are all to which it can
    lead, by the outcome of a decision.
    """

    kind: str
    by: tuple[str, ...]
    who: tuple[str, ...]
    stages: tuple[str, ...] = ()
    article: str = ""
    earliest: datetime | None = None
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything that stands of a matter at an instant, each list in order of time."""

    procedure: str
    matter: str
    stage: str
    at: datetime | None = None
    since: datetime | None = None
    body: str = ""
    texts: tuple[Version, ...] = ()
    positions: Mapping[str, Position] = field(default_factory=nothing)
    participants: frozenset[str] = frozenset()
    proposer: str = ""
    deadline: Pending | None = None
    outcome: str = ""
    asked: tuple[Asking, ...] = ()
    prior: str = ""
    bonds: tuple[Bond, ...] = ()
    issued: tuple[Issued, ...] = ()
    refused: tuple[Refused, ...] = ()
    statements: tuple[Statement, ...] = ()
    suspended: tuple[str, ...] = ()
    spells: tuple[Spell, ...] = ()
    taken: tuple[tuple[str, datetime, str], ...] = ()
    grounds: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    next: tuple[Possible, ...] = ()

    @property
    def text(self) -> str:
        """The version of the text that is before the members; ``""`` before there is one."""
        return self.texts[-1].text if self.texts else ""

    @property
    def decision(self) -> Decision | None:
        """The last decision that moved the matter."""
        on_the_matter = [each for each in self.asked if not each.aside]
        return on_the_matter[-1].decision.value if on_the_matter else None

    @property
    def bound(self) -> tuple[str, ...]:
        """Who is bound at the instant, in order of names."""
        if self.at is None:
            return ()
        return tuple(sorted(each.member for each in self.bonds if each.holds(self.at)))

    def times(self, kind: str) -> int:
        """Return how often an event of a kind was taken."""
        return sum(name == kind for name, _, _ in self.taken)

    def last(self, kind: str) -> datetime | None:
        """Return when an event of a kind was last taken."""
        return max((at for name, at, _ in self.taken if name == kind), default=None)
