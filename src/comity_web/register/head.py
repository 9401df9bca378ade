"""The register in this process's memory, brought up to the head of the database step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from comity.kernel.act import Act
from comity_web.register.leaves import act_of
from comity_web.register.models import Entry


class Register(Protocol):
    """What recording needs of the core: acts are admissible, or a `Refusal` says why not."""

    def extended(self, acts: Sequence[Act]) -> Register:
        """Return the register with further acts."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A register and how many entries of the log it holds."""

    register: Register
    size: int = 0


class Head:
    """Keeps what this process knows of the register.

    Entries never change, so what is known stays true and only what follows has to be read. The
    value is replaced whole: a reader in another thread sees the one or the other.
    """

    def __init__(self, empty: Register) -> None:
        """Begin with a register that holds nothing but the rules."""
        self._known = Known(empty)
        self._lock = Lock()

    def up_to(self, size: int) -> Register:
        """Return the register with the first ``size`` entries, reading only those not yet known."""
        if self._known.size < size:
            with self._lock:
                self._known = self._read(self._known, size)
        return self._known.register

    def adopt(self, register: Register, size: int) -> None:
        """Take over a register that was extended, and committed, by this process."""
        with self._lock:
            if self._known.size < size:
                self._known = Known(register, size)

    @staticmethod
    def _read(known: Known, size: int) -> Known:
        if known.size >= size:
            return known
        rows = (
            Entry.objects.filter(position__gte=known.size, position__lt=size)
            .order_by("position")
            .values_list("leaf", flat=True)
        )
        acts = [act_of(bytes(leaf)) for leaf in rows.iterator(chunk_size=5000)]
        return Known(known.register.extended(acts), size)
