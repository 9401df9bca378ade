"""Questions to the register, answered from memory after one look at the head of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation
from comity.tlog.tree import Frontier
from comity_web.register.editions import current_charters
from comity_web.register.head import Head
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.signing import check_head

HEAD: Head[Register] = Head(lambda: Register(current_charters()))
"""What this process knows; everything in it that appends or answers uses this one."""


@dataclass(frozen=True, slots=True)
class Present:
    """The register as it stands, and the head of the log that it was read at.

    Others may record more while this is read, and the register in memory then grows. So what is
    asked here counts each organisation's acts at that head (``known``), and not all there are.
    """

    register: Register
    frontier: Frontier
    recorded_at: datetime | None
    known: Mapping[str, int]

    @property
    def size(self) -> int:
        """The number of acts recorded."""
        return self.frontier.size

    @property
    def mark(self) -> str:
        """A short name of this state of the record: two states never have the same."""
        return f"{self.size}-{self.frontier.root().hex()[:16]}"

    def acts(self, organisation: str) -> int:
        """Return how many acts of an organisation are recorded."""
        return self.known.get(organisation, 0)

    def situation(
        self,
        organisation: str,
        *,
        on: date,
        known_at: datetime | date | None = None,
        basis: str | None = None,
    ) -> Situation:
        """Return the situation of an organisation on a day, as known at a moment, on a basis.

        Raises `UnknownName` with the nearest organisation or basis.
        """
        record = self.register.organisation(organisation)
        found = record.situation(on=on, known_at=known_at, basis=basis)
        known = min(found.known, self.acts(organisation))
        return Situation(record, on=on, known=known, basis=found.basis)


def present() -> Present:
    """Return the register up to the head of the database: one query, unless something is new.

    Raises `IntegrityError` where this instance did not sign that head, or the entries are not
    those it covers.
    """
    rows = Checkpoint.objects.order_by("-size").values_list("frontier", "note", "recorded_at")
    head = rows.first()
    frontier = Frontier()
    if head:
        frontier = Frontier.from_bytes(bytes(head[0]))
        check_head(head[1], frontier)
    held = HEAD.read_at(frontier)
    return Present(held.register, frontier, head[2] if head else None, held.known)


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
    return present().situation(organisation, on=on, known_at=known_at, basis=basis)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Where an act stands in the log."""

    position: int
    hash: bytes


def leaf_of(organisation: str, act_id: str, *, size: int) -> Leaf | None:
    """Return the place of an act among the first ``size`` of the log, or ``None``."""
    found = Entry.objects.filter(organisation=organisation, act_id=act_id, position__lt=size)
    row = found.values_list("position", "leaf_hash").first()
    return Leaf(row[0], bytes(row[1])) if row else None
