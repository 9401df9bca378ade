"""The one way into the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from comity.kernel.act import Act
from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault, Refusal
from comity.register.records import from_bytes, to_bytes, to_record
from comity.register.register import REFUSALS
from comity.tlog.hashing import leaf_hash
from comity.tlog.tree import Frontier
from comity_web.register.head import Head, Ledger
from comity_web.register.models import Checkpoint, Entry
from comity_web.register.signing import check_head, signed_note

# Any number, as long as nothing else in the database locks the same one.
_APPEND_LOCK = 0x636F6D697479
_LONGEST_NAME = 200
_LOCK = "SELECT pg_advisory_xact_lock(%s); "
_READ_HEAD = """
    SELECT frontier, note, recorded_at,
           (SELECT position FROM register_entry WHERE idempotency_key = %s)
    FROM register_checkpoint ORDER BY size DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the register answers: the acts stand at ``first`` up to ``size``, under this note."""

    first: int
    size: int
    root: bytes
    note: str
    replayed: bool = field(default=False, compare=False)


def append(
    acts: Sequence[Act],
    *,
    head: Head[Ledger],
    acting_user: str,
    acting_for: str,
    idempotency_key: str | None = None,
    as_recorded: bool = False,
) -> Receipt:
    """Record acts, all or none, and return the receipt once they are durable.

    The moment of recording is set here, behind the lock, so that it never runs against the order
    of the register; ``as_recorded`` keeps the moments that the acts bring (import of a record).
    With an ``idempotency_key`` a repeated request gets the receipt of the first one.
    Raises `Refusal` where the rules forbid an act; then nothing has changed.
    """
    _check_request(acts, acting_user, acting_for, idempotency_key)
    with transaction.atomic():
        log = _lock_and_read(idempotency_key)
        if log.replays is not None:
            return _replay(acts, log.replays)
        frontier, last_recorded_at = log.frontier, log.recorded_at
        timed = acts if as_recorded else _recorded_now(acts, last_recorded_at)
        _check_admissible(timed, head.at(frontier))
        entries = _entries(timed, frontier.size, acting_user, acting_for, idempotency_key)
        extended = frontier.extend(bytes(entry.leaf_hash) for entry in entries)
        checkpoint = _checkpoint(extended, entries, last_recorded_at)
        if len(entries) == 1:
            _insert(entries[0], checkpoint)
        else:
            _insert_many(entries)
            _insert(checkpoint)
        transaction.on_commit(lambda: head.adopt(frontier, timed, extended))
    return Receipt(frontier.size, checkpoint.size, bytes(checkpoint.root), checkpoint.note)


@contextmanager
def locked() -> Iterator[None]:
    """Hold the register against other writers while deciding what to append, and append it.

    What is read inside was committed before, and nobody else adds to it until the end. An append
    inside takes the same lock again, which the holder may.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(_LOCK, [_APPEND_LOCK])
        yield


def _check_request(
    acts: Sequence[Act], acting_user: str, acting_for: str, idempotency_key: str | None
) -> None:
    if not acts:
        raise DataError(Fault("nothing_to_append", "no act", "at least one act"))
    if not acting_user or not acting_for:
        raise DataError(
            Fault("nobody_acts", "an act by nobody", "who enters it, and on whose behalf")
        )
    keys = [] if idempotency_key is None else [idempotency_key]
    for name in (*(act.id for act in acts), acting_user, acting_for, *keys):
        if not 0 < len(name) <= _LONGEST_NAME:
            found = f'the name "{name[:40]}" has {len(name)} characters'
            raise DataError(Fault("wrong_length", found, f"1 to {_LONGEST_NAME} characters"))


def _check_admissible(acts: Sequence[Act], register: Ledger) -> None:
    faults = register.faults(acts)
    if faults:
        forbidden = all(fault.code in REFUSALS for fault in faults)
        raise Refusal(*faults) if forbidden else DataError(*faults)


@dataclass(frozen=True, slots=True)
class _Log:
    """The log behind the lock; ``replays`` is where the acts of a known key begin."""

    frontier: Frontier
    recorded_at: datetime | None
    replays: int | None


def _lock_and_read(idempotency_key: str | None) -> _Log:
    """Let one writer in at a time, and read all that an append has to know in one round trip.

    The lock falls with the transaction, however that ends. It is a statement of its own, so that
    what is read after it was committed before it. SQLite needs no lock: its transactions begin
    as IMMEDIATE and so already hold the database.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_LOCK + _READ_HEAD, [_APPEND_LOCK, idempotency_key])
            cursor.nextset()
        else:
            cursor.execute(_READ_HEAD, [idempotency_key])
        row = cursor.fetchone()
    if row is None:
        return _Log(Frontier(), None, None)
    raw, note, recorded_at, replays = row
    frontier = Frontier.from_bytes(bytes(raw))
    check_head(note, frontier)  # what another has signed, or nobody, is not extended
    if recorded_at.tzinfo is None:  # SQLite keeps instants without the zone, in UTC
        recorded_at = recorded_at.replace(tzinfo=UTC)
    return _Log(frontier, recorded_at, replays)


def _replay(acts: Sequence[Act], first: int) -> Receipt:
    """Return the receipt that the acts got when they were recorded from position ``first``."""
    checkpoint = Checkpoint.objects.filter(size__gt=first).order_by("size")[0]
    check_head(checkpoint.note, Frontier.from_bytes(bytes(checkpoint.frontier)))
    recorded = (
        Entry.objects.filter(position__gte=first, position__lt=checkpoint.size)
        .order_by("position")
        .values_list("leaf", flat=True)
    )
    if [_content(from_bytes(bytes(leaf))) for leaf in recorded] != [_content(act) for act in acts]:
        raise Refusal(
            Fault(
                "idempotency_key_reused",
                f"the idempotency key was used for other acts (from position {first})",
                "the same acts again, or a new key",
            )
        )
    return Receipt(first, checkpoint.size, bytes(checkpoint.root), checkpoint.note, replayed=True)


def _content(act: Act) -> dict[str, JSON]:
    """Return what an act says, whenever it was recorded."""
    return {name: value for name, value in to_record(act).items() if name != "recorded_at"}


def _recorded_now(acts: Sequence[Act], last_recorded_at: datetime | None) -> list[Act]:
    # A clock that was set back must not make the record run backwards.
    now = timezone.now()
    moment = max(now, last_recorded_at) if last_recorded_at else now
    return [replace(act, recorded_at=moment) for act in acts]


def _entries(
    acts: Sequence[Act], start: int, acting_user: str, acting_for: str, idempotency_key: str | None
) -> list[Entry]:
    # The key stands on the first act; the checkpoint after it says how many there were.
    return [
        _entry(act, start + number, acting_user, acting_for, None if number else idempotency_key)
        for number, act in enumerate(acts)
    ]


def _entry(
    act: Act, position: int, acting_user: str, acting_for: str, idempotency_key: str | None
) -> Entry:
    leaf = to_bytes(act)
    return Entry(
        position=position,
        organisation=act.organisation,
        act_id=act.id,
        kind=act.kind,
        effective_on=str(act.effective_on),
        recorded_at=act.recorded_at,
        idempotency_key=idempotency_key,
        acting_user=acting_user,
        acting_for=acting_for,
        leaf=leaf,
        leaf_hash=leaf_hash(leaf),
    )


def _insert(*rows: Entry | Checkpoint) -> None:
    """Insert rows without the object layer, which would take as long as the database.

    PostgreSQL takes the statements in one round trip.
    """
    statements = [_insertion(row) for row in rows]
    if connection.vendor == "postgresql":
        sql = "; ".join(statement for statement, _ in statements)
        statements = [(sql, [value for _, values in statements for value in values])]
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)


def _insert_many(rows: Sequence[Entry]) -> None:
    """Insert many rows in the way each database is quickest at; triggers see every one of them."""
    statement, _ = _insertion(rows[0])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            table, columns = Entry._meta.db_table, ", ".join(_columns(Entry))
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(_values(row))
        else:
            cursor.executemany(statement, [_values(row) for row in rows])


def _insertion(row: Entry | Checkpoint) -> tuple[str, list[Any]]:
    columns = _columns(type(row))
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {row._meta.db_table} ({', '.join(columns)}) VALUES ({marks})"
    return statement, _values(row)


def _columns(table: type[Entry | Checkpoint]) -> list[str]:
    return [str(field.column) for field in table._meta.concrete_fields]


def _values(row: Entry | Checkpoint) -> list[Any]:
    values = [getattr(row, field.attname) for field in row._meta.concrete_fields]
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(each) if isinstance(each, datetime) else each for each in values]


def _checkpoint(
    frontier: Frontier, entries: Sequence[Entry], last_recorded_at: datetime | None
) -> Checkpoint:
    root = frontier.root()
    moments = [entry.recorded_at for entry in entries]
    return Checkpoint(
        size=frontier.size,
        root=root,
        frontier=frontier.to_bytes(),
        note=signed_note(frontier.size, root),
        recorded_at=max(last_recorded_at or moments[0], *moments),
    )
