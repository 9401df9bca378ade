"""Questions to the register, answered from memory after one look at the head of the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from django.db import connection

from comity.kernel.errors import UnknownName
from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation
from comity.tlog.note import VerifierKey
from comity.tlog.tree import Frontier
from comity_web.register.editions import current_charters
from comity_web.register.head import Head
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.signing import check_head, verifier_key

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
        return _mark(self.frontier)

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


@lru_cache(maxsize=64)
def _mark(frontier: Frontier) -> str:
    return f"{frontier.size}-{frontier.root().hex()[:16]}"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The log up to a checkpoint that this instance signed: right edge, note, last recording."""

    frontier: Frontier
    note: str
    recorded_at: datetime


def signed_head(size: int | None = None) -> SignedHead | None:
    """Return the head of the log, or its head when it had ``size`` entries: one query.

    ``None`` where nothing is recorded, or no checkpoint was signed at this size. Raises
    `IntegrityError` where this instance did not sign it.
    """
    at_size = Checkpoint.objects.all() if size is None else Checkpoint.objects.filter(size=size)
    rows = at_size.order_by("-size").values_list("frontier", "note", "recorded_at")
    row = rows.first()
    if row is None:
        return None
    frontier = Frontier.from_bytes(bytes(row[0]))
    check_head(row[1], frontier)
    return SignedHead(frontier, row[1], row[2])


def present() -> Present:
    """Return the register up to the head of the database: one query, unless something is new.

    Raises `IntegrityError` where this instance did not sign that head, or the entries are not
    those it covers.
    """
    head = _newest_head()
    frontier = head.frontier if head else Frontier()
    held = HEAD.read_at(frontier)
    return Present(held.register, frontier, head.recorded_at if head else None, held.known)


_Row = tuple[bytes, str]
# The row, the key that it was checked with, and what it says: replaced as a whole, by any thread.
_LAST_SEEN: tuple[_Row, VerifierKey, SignedHead] | None = None


def _newest_head() -> SignedHead | None:
    """Return the head of the log: the one last seen, if its row and the key are the same."""
    global _LAST_SEEN
    row, key, seen = _newest_row(), verifier_key(), _LAST_SEEN
    if row is None or seen is None or seen[:2] != (row, key):
        head = signed_head()
        if head is not None:
            _LAST_SEEN = (head.frontier.to_bytes(), head.note), key, head
        return head
    return seen[2]


def _newest_row() -> _Row | None:
    """Read the right edge and the note of the newest checkpoint: what every answer begins with."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor))
        row = cursor.fetchone()
    return (bytes(row[0]), str(row[1])) if row else None


@cache
def _statement(vendor: str) -> str:  # noqa: ARG001
    """Return the statement that reads it; to write it takes longer than to answer it."""
    rows = Checkpoint.objects.order_by("-size").values_list("frontier", "note")[:1]
    return str(rows.query)


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


def record_of(present: Present, organisation: str) -> OrganisationRecord | None:
    """Return the record of an organisation, or ``None`` where there is no such."""
    try:
        return present.register.organisation(organisation)
    except UnknownName:
        return None


def leaves_of(organisation: str, act_ids: Collection[str], *, size: int) -> dict[str, Leaf]:
    """Return the places of acts among the first ``size`` of the log, by act."""
    if not act_ids:
        return {}
    return _leaves(organisation, size, act_id__in=act_ids)


def all_leaves(organisation: str, *, size: int) -> dict[str, Leaf]:
    """Return the places of all acts of an organisation among the first ``size`` of the log."""
    return _leaves(organisation, size)


def _leaves(organisation: str, size: int, **chosen: Collection[str]) -> dict[str, Leaf]:
    found = Entry.objects.filter(organisation=organisation, position__lt=size, **chosen)
    rows = found.values_list("act_id", "position", "leaf_hash").iterator(chunk_size=5000)
    return {act_id: Leaf(position, bytes(leaf_hash)) for act_id, position, leaf_hash in rows}
