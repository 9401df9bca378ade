"""The tree above the leaves in this process's memory, from which the files of the log are served.

It is made of the hashes in the database, once, and then follows the head. What leads to no root
that this instance signed is not answered from: nobody is served a hash or an entry that the
checkpoint does not cover, whatever was done to the database.
"""

from __future__ import annotations

from itertools import islice
from threading import Lock

from django.db.models import QuerySet

from comity.kernel.errors import Fault, IntegrityError
from comity.tlog.tiles import TILE_WIDTH
from comity.tlog.tree import Frontier
from comity.tlog.upper_levels import UpperLevels
from comity_web.register.models import Entry

_READ_TOGETHER = 16_384


class LogTree:
    """Keeps the upper levels of the log; they are one value, replaced as a whole."""

    def __init__(self) -> None:
        """Begin with nothing; the first question reads the hashes of all leaves."""
        self._latest = UpperLevels()
        self._frontier = Frontier()
        self._lock = Lock()

    def at(self, frontier: Frontier) -> UpperLevels:
        """Return the levels of the log that ends at a frontier; raises `IntegrityError`.

        No query where nothing is new since the last question, else one (two where the database
        is not the one that was read before).
        """
        with self._lock:
            if self._frontier == frontier:
                return self._latest
            for known in (self._latest, UpperLevels()):
                levels = _moved(known, frontier.size)
                if levels.size == frontier.size and levels.frontier() == frontier:
                    if levels.size >= known.size:
                        self._latest, self._frontier = levels, frontier
                    return levels
        raise IntegrityError(not_covered(0, frontier.size))

    def forget(self) -> None:
        """Forget everything; the next question reads the hashes of all leaves again."""
        with self._lock:
            self._latest, self._frontier = UpperLevels(), Frontier()


TREE = LogTree()
"""The one that this process serves from."""


def not_covered(start: int, end: int) -> Fault:
    """Return the fault of entries that are not those of the signed log."""
    return Fault(
        "entries_not_in_log",
        f"what stands from entry {start} to {end - 1} is not what the checkpoint covers",
        "the entries that were signed",
        "Restore the database from a copy that verifies.",
    )


def leaf_hashes(start: int, end: int) -> bytes:
    """Read the hashes of leaves, one behind the other, as they stand in the database."""
    return b"".join([bytes(each) for each in _hashes(start, end)])


def _moved(known: UpperLevels, size: int) -> UpperLevels:
    """Return the levels at another size, by what the database holds."""
    if size < known.size:
        return known.shortened(size, leaf_hashes(size // TILE_WIDTH * TILE_WIDTH, size))
    rows = _hashes(known.size, size).iterator(chunk_size=_READ_TOGETHER)
    while some := b"".join([bytes(each) for each in islice(rows, _READ_TOGETHER)]):
        known = known.extended(some)
    return known


def _hashes(start: int, end: int) -> QuerySet[Entry, bytes | memoryview[int]]:
    rows = Entry.objects.filter(position__gte=start, position__lt=end).order_by("position")
    return rows.values_list("leaf_hash", flat=True)
