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

# A closed act is in the log as a salted commitment, and says nothing here.
_CLOSED = b'{"commitment":'


class Ledger(Protocol):
    """What recording needs of the core's register."""

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        """Return why acts may not be recorded."""
        ...

    def load(self, acts: Iterable[Act]) -> None:
        """Take in acts that were checked when they were recorded."""
        ...


L_co = TypeVar("L_co", bound=Ledger, covariant=True)


class Head(Generic[L_co]):
    """Keeps what this process knows of the register.

    Entries never change, so only what follows has to be read. The frontier of the log says what
    is known: before anything is taken in, the leaves read have to lead from the frontier known to
    the one that the signed checkpoint covers. So a process cannot answer from a record that is
    not the log's, nor from acts whose transaction was undone.
    """

    def __init__(self, empty: Callable[[], L_co]) -> None:
        """Begin with nothing; ``empty`` makes a register that holds nothing but the rules."""
        self._empty = empty
        self._register: L_co | None = None
        self._frontier = Frontier()
        self._lock = RLock()

    def at(self, frontier: Frontier) -> L_co:
        """Return the register as far as the log's frontier; raises `IntegrityError`."""
        register = self._register
        if register is not None and self._frontier == frontier:
            return register
        with self._lock:
            if self._register is not None and self._follow(self._register, frontier):
                return self._register
            self._register, self._frontier = self._empty(), Frontier()
            if not self._follow(self._register, frontier, anew=True):
                raise IntegrityError(_not_the_log(frontier))
            return self._register

    def forget(self) -> None:
        """Forget everything; the next question reads the database again."""
        with self._lock:
            self._register, self._frontier = None, Frontier()

    def adopt(self, before: Frontier, acts: Sequence[Act], after: Frontier) -> None:
        """Take in acts that this process has recorded and committed."""
        with self._lock:
            if self._register is not None and self._frontier == before and not _change_rules(acts):
                self._register.load(acts)
                self._frontier = after

    def _follow(self, register: Ledger, frontier: Frontier, *, anew: bool = False) -> bool:
        """Read the entries between the two frontiers.

        False if they do not lead there, or bring new rules: then the register is built anew.
        """
        if self._frontier.size > frontier.size:
            return False
        leaves = _leaves(self._frontier.size, frontier.size)
        if self._frontier.extend(leaf_hash(each) for each in leaves) != frontier:
            return False
        acts = [from_bytes(each) for each in leaves if not each.startswith(_CLOSED)]
        if not anew and _change_rules(acts):
            return False
        register.load(acts)
        self._frontier = frontier
        return True


def _change_rules(acts: Iterable[Act]) -> bool:
    return any(act.kind == "rules_recorded" for act in acts)


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
