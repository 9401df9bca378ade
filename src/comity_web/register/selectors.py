"""Questions to the register, answered from memory after one look at the head of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation
from comity.tlog.tree import Frontier
from comity_web.register.editions import current_charters
from comity_web.register.head import Head
from comity_web.register.models import Checkpoint, Entry

HEAD: Head[Register] = Head(lambda: Register(current_charters()))
"""What this process knows; everything in it that appends or answers uses this one."""


@dataclass(frozen=True, slots=True)
class Present:
    """The register as it stands, and the head of the log that it was read at."""

    register: Register
    frontier: Frontier
    recorded_at: datetime | None

    @property
    def size(self) -> int:
        """The number of acts recorded."""
        return self.frontier.size

    @property
    def mark(self) -> str:
        """A short name of this state of the record: two states never have the same."""
        return f"{self.size}-{self.frontier.root().hex()[:16]}"


def present() -> Present:
    """Return the register up to the head of the database: one query, unless something is new."""
    head = Checkpoint.objects.order_by("-size").values_list("frontier", "recorded_at").first()
    frontier = Frontier.from_bytes(bytes(head[0])) if head else Frontier()
    return Present(HEAD.at(frontier), frontier, head[1] if head else None)


def record(organisation: str) -> OrganisationRecord:
    """Return the record of an organisation; raises `UnknownName` with the nearest one."""
    return present().register.organisation(organisation)


def situation(
    organisation: str,
    *,
    on: date,
    known_at: datetime | date | None = None,
    basis: str | None = None,
) -> Situation:
    """Return the situation of an organisation on a day, as known at a moment, on a basis."""
    return record(organisation).situation(on=on, known_at=known_at, basis=basis)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where an act stands in the log."""

    position: int
    hash: bytes


def leaf_of(organisation: str, act_id: str) -> Leaf | None:
    """Return the place of an act in the log, or ``None`` for one that is not in it."""
    found = Entry.objects.filter(organisation=organisation, act_id=act_id)
    row = found.values_list("position", "leaf_hash").first()
    return Leaf(row[0], bytes(row[1])) if row else None
