"""The register in this process's memory, brought up to the head of the database step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Generic, Protocol, TypeVar

from comity.kernel.act import Act
from comity.kernel.errors import Fault, IntegrityError
from comity.register.records import from_bytes
from comity.tlog.commitment import is_closed_entry
from comity.tlog.hashing import leaf_hash
from comity.tlog.tree import Frontier
from comity_web.register.models import Entry

# A closed act is in the log as a salted commitment, and says nothing here.

# A reader who asked for the head may come to read when others have moved it on by so many appends.
_EARLIER_HELD = 64


class Ledger(Protocol):
    """What recording needs of the core's register."""

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        """Return why acts may not be recorded."""
        ...

    def load(self, acts: Iterable[Act]) -> None:
        """Take in acts that were checked when they were recorded."""
        ...


L_co = TypeVar("L_co", bound=Ledger, covariant=True)


@dataclass(frozen=True, slots=True)
class Held(Generic[L_co]):
    """A register up to a frontier of the log; ``known`` counts each organisation's acts by then.

    The register itself may go on to grow while it is read: what counts is what was known.
    """

    register: L_co
    frontier: Frontier
    known: Mapping[str, int]

    def extended(self, acts: Sequence[Act], frontier: Frontier) -> Held[L_co]:
        """Return what is held after further acts, which the register has taken in."""
        came = Counter(act.organisation for act in acts)
        known = {**self.known, **{each: self.known.get(each, 0) + came[each] for each in came}}
        return Held(self.register, frontier, known)


class Head(Generic[L_co]):
    """Keeps what this process knows of the register.

    Entries never change, so only what follows has to be read. The frontier of the log says what
    is known: before anything is taken in, the leaves read have to lead from the frontier known to
    the one that the signed checkpoint covers. So a process cannot answer from a record that is
    not the log's, nor from acts whose transaction was undone.

    What is held is one value, replaced by one assignment once a whole batch is taken in; a reader
    in another thread sees the state before or the state after.
    """

    def __init__(self, empty: Callable[[], L_co]) -> None:
        """Begin with nothing; ``empty`` makes a register that holds nothing but the rules."""
        self._empty = empty
        self._held: Held[L_co] | None = None
        self._earlier: tuple[Held[L_co], ...] = ()
        self._lock = RLock()

    def at(self, frontier: Frontier) -> L_co:
        """Return the register that ends at the log's frontier; raises `IntegrityError`."""
        held = self._held
        if held is None or held.frontier != frontier:
            with self._lock:
                held = self._brought_to(frontier)
        return held.register

    def read_at(self, frontier: Frontier) -> Held[L_co]:
        """Return what was known at the log's frontier, even if more is by now."""
        held = self._held
        if held is not None and held.frontier == frontier:
            return held
        with self._lock:
            for each in self._earlier:
                if each.frontier == frontier:
                    return each
            return self._brought_to(frontier)

    def forget(self) -> None:
        """Forget everything; the next question reads the database again."""
        with self._lock:
            self._held, self._earlier = None, ()

    def adopt(self, before: Frontier, acts: Sequence[Act], after: Frontier) -> None:
        """Take in acts that this process has recorded and committed."""
        with self._lock:
            held = self._held
            if held is not None and held.frontier == before and not _change_rules(acts):
                self._take_in(held, acts, after)

    def _brought_to(self, frontier: Frontier) -> Held[L_co]:
        held = self._held
        if held is not None and held.frontier == frontier:
            return held
        acts = self._between(held.frontier, frontier) if held is not None else None
        if held is None or acts is None or _change_rules(acts):
            self.forget()
            acts = self._between(Frontier(), frontier)
            if acts is None:
                raise IntegrityError(_not_the_log(frontier))
            held = Held(self._empty(), Frontier(), {})
        return self._take_in(held, acts, frontier)

    def _take_in(self, held: Held[L_co], acts: Sequence[Act], frontier: Frontier) -> Held[L_co]:
        """Let the register take in a batch, and then let others see it."""
        try:
            held.register.load(acts)
        except BaseException:
            self.forget()  # half of it may be in
            raise
        now = held.extended(acts, frontier)
        if held.frontier.size:
            self._earlier = (held, *self._earlier[: _EARLIER_HELD - 1])
        self._held = now
        return now

    @staticmethod
    def _between(known: Frontier, frontier: Frontier) -> list[Act] | None:
        """Read the acts between two frontiers; none if the leaves do not lead there."""
        if known.size > frontier.size:
            return None
        leaves = _leaves(known.size, frontier.size)
        if known.extend(leaf_hash(each) for each in leaves) != frontier:
            return None
        return [from_bytes(each) for each in leaves if not is_closed_entry(each)]


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
