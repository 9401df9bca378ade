"""What happens to a matter, and who has to do with it: events, members, roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from comity.decision.model import HEADS
from comity.decision.numbers import Number, exact
from comity.decision.question import Question
from comity.kernel.dates import Period
from comity.procedure.model import nothing

Needs = Literal["position", "text", "until", "about", "positions"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something done or received at an instant; ``at`` is when it counts as received.

    ``text`` is the version of the text that it brings or speaks of, ``until`` the end it sets,
    ``about`` the article that it would set aside, ``positions`` those taken on a question of
    procedure that is decided with it.
    """

    id: str
    kind: str
    at: datetime
    by: str = ""
    position: str = ""
    text: str = ""
    until: datetime | None = None
    reason: str = ""
    about: str = ""
    positions: Mapping[str, str] = field(default_factory=nothing, hash=False)

    @property
    def content(self) -> tuple[str, ...]:
        """All that it says, to tell events apart and to order those that share an identifier."""
        said = (self.kind, self.by, self.position, self.text, self.reason, self.about)
        taken = (f"{who}={what}" for who, what in sorted(self.positions.items()))
        return (*said, str(self.until), *taken)


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event that the engine knows, and what it must say.

    ``gives``: it gives the position it names or the one of the stage. ``own``: whoever acts does so
    for itself, as a member. ``ends_at``: it may set when the stage ends that it leads to.
    """

    needs: tuple[Needs, ...] = ()
    gives: bool = False
    own: bool = False
    brings_text: bool = False
    ends_at: bool = False


KINDS: Mapping[str, EventKind] = {
    "tabled": EventKind(brings_text=True),
    "round_opened": EventKind(ends_at=True),
    "amended": EventKind(needs=("text",), brings_text=True),
    "position_given": EventKind(needs=("position",), gives=True, own=True),
    "objection_withdrawn": EventKind(gives=True, own=True),
    "confirmed": EventKind(gives=True, own=True),
    "entered": EventKind(gives=True, own=True),
    "walked_out": EventKind(gives=True, own=True),
    "declared_interest": EventKind(gives=True, own=True),
    "opted_out": EventKind(gives=True, own=True),
    "joined": EventKind(own=True),
    "left": EventKind(own=True),
    "statement_filed": EventKind(own=True),
    "silence_opened": EventKind(ends_at=True),
    "extended": EventKind(needs=("until",)),
    "referred": EventKind(ends_at=True),
    "put_to_meeting": EventKind(ends_at=True),
    "put_to_decision": EventKind(),
    "question_decided": EventKind(needs=("positions",)),
    "rule_suspended": EventKind(needs=("about", "positions")),
    "withdrawn": EventKind(),
}

OF_PROCEDURE = (
    "question_decided",
    "rule_suspended",
)  # what they decide is no decision on the matter

Seats = Mapping[str, tuple[Period, ...]]
ALWAYS = (Period(),)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is decided about: who belongs to which body and holds which role, and when.

    ``members`` are those of the bodies that ``bodies`` does not name. A member may come and go;
    whose day it is, the calendar of the procedure says.
    """

    id: str
    members: Seats
    bodies: Mapping[str, Seats] = field(default_factory=nothing)
    roles: Mapping[str, Seats] = field(default_factory=nothing)
    groups: Mapping[str, frozenset[str]] = field(default_factory=nothing)
    weights: Mapping[str, Mapping[str, Number]] = field(default_factory=nothing)

    @staticmethod
    def of(
        id: str,
        members: Iterable[str] | Seats,
        *,
        bodies: Mapping[str, Iterable[str] | Seats] | None = None,
        roles: Mapping[str, Iterable[str] | Seats] | None = None,
        groups: Mapping[str, Iterable[str]] | None = None,
        weights: Mapping[str, Mapping[str, object]] | None = None,
    ) -> Matter:
        """Return a matter; a list of members or holders is of those who always were."""
        return Matter(
            id,
            _seats(members),
            {name: _seats(each) for name, each in (bodies or {}).items()},
            {name: _seats(each) for name, each in (roles or {}).items()},
            {name: frozenset(each) for name, each in (groups or {}).items()},
            {
                name: {who: exact(each) for who, each in values.items()}
                for name, values in (weights or {}).items()
            },
        )

    def on(self, day: date, body: str = "") -> frozenset[str]:
        """Return who is a member of a body on a day."""
        return _holding(self.bodies.get(body, self.members), day)

    def holders(self, role: str, day: date) -> frozenset[str]:
        """Return who holds a role on a day; nobody holds one that is not named."""
        return _holding(self.roles.get(role, {}), day)

    def question(self, day: date, body: str = "") -> Question:
        """Return the question that the members of a body decide on a day."""
        members = self.on(day, body)
        return Question(
            members=tuple(sorted(members)),
            groups={name: each & members for name, each in self.groups.items()},
            weights={
                name: {who: each for who, each in values.items() if who in members}
                for name, values in self.weights.items()
                if name != HEADS
            },
            roles={name: self.holders(name, day) & members for name in self.roles},
            on=day,
        )


def _seats(given: Iterable[str] | Seats) -> Seats:
    return dict(given) if isinstance(given, Mapping) else dict.fromkeys(given, ALWAYS)


def _holding(seats: Seats, day: date) -> frozenset[str]:
    return frozenset(who for who, spells in seats.items() if any(day in each for each in spells))
