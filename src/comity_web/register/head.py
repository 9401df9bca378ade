"""The register in this process's memory, brought up to the head of the database step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from threading import RLock
from typing import Generic, Protocol, TypeVar

from comity.kernel.act import Act
from comity.kernel.errors import Fault, IntegrityError
from comity.register.records import from_bytes
from comity.tlog.hashing import leaf_hash
from comity.tlog.tree import Frontier
from comity_web.register.models import Entry


class Ledger(Protocol):
    """What recording needs of the core's register."""

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        """Return why acts may not be recorded."""
        ...

    def load(self, acts: Iterable[Act]) -> None:
        """Take in acts that were checked when they were recorded."""
        ...


L = TypeVar("L", bound=Ledger)


class Head(Generic[L]):
    """Keeps what this process knows of the register.

    Entries never change, so only what follows has to be read. The frontier of the log says what
    is known: before anything is taken in, the leaves read have to lead from the frontier known to
    the one that the signed checkpoint covers. So a process cannot answer from a record that is
    not the log's, nor from acts whose transaction was undone.
    """

    def __init__(self, empty: Callable[[], L]) -> None:
        """Begin with nothing; ``empty`` makes a register that holds nothing but the rules."""
        self._empty = empty
        self._register = empty()
        self._frontier = Frontier()
        self._lock = RLock()

    def at(self, frontier: Frontier) -> L:
        """Return the register as far as the log's frontier; raises `IntegrityError`."""
        if self._frontier == frontier:
            return self._register
        with self._lock:
            if not self._follow(frontier):
                self._register, self._frontier = self._empty(), Frontier()
                if not self._follow(frontier):
                    raise IntegrityError(_not_the_log(frontier))
            return self._register

    def adopt(self, before: Frontier, acts: Sequence[Act], after: Frontier) -> None:
        """Take in acts that this process has recorded and committed."""
        with self._lock:
            if self._frontier == before:
                self._register.load(acts)
                self._frontier = after

    def _follow(self, frontier: Frontier) -> bool:
        """Read the entries between the two frontiers; False if they do not lead there."""
        if self._frontier.size > frontier.size:
            return False
        leaves = _leaves(self._frontier.size, frontier.size)
        if self._frontier.extend(leaf_hash(each) for each in leaves) != frontier:
            return False
        self._register.load([from_bytes(each) for each in leaves])
        self._frontier = frontier
        return True


def _leaves(start: int, end: int) -> list[bytes]:
    rows = Entry.objects.filter(position__gte=start, position__lt=end).order_by("position")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True).iterator(chunk_size=5000)]


def _not_the_log(frontier: Frontier) -> Fault:
    return Fault(
        "entries_not_in_log",
        f"the first {frontier.size} entries are not those that the checkpoint covers",
        f"entries with the root {frontier.root().hex()}",
        "Restore the database from a copy that verifies.",
    )
