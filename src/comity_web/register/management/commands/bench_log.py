"""Measure how fast this instance gives the files of its log, and proofs."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable
from random import Random

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comity.tlog.tiles import ENTRIES, TILE_WIDTH, TileId
from comity.tlog.upper_levels import UpperLevels
from comity_web.register.log_files import tile_bytes
from comity_web.register.log_tree import TREE
from comity_web.register.models import Entry
from comity_web.register.proofs import inclusion_proof
from comity_web.register.selectors import signed_head


class Command(BaseCommand):
    """Give random tiles, bundles and proofs of the log as it stands; nothing is changed."""

    help = "Measure giving tiles, entry bundles and proofs of the log of this instance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how many of each are given."""
        parser.add_argument("--times", type=int, default=500, help="how many of each")

    def handle(self, times: int, **_: object) -> None:
        """Measure, and print the times."""
        head = signed_head()
        if head is None or head.frontier.size < TILE_WIDTH:
            raise CommandError(f"The log is too short. Expected: {TILE_WIDTH} acts or more.")
        size = head.frontier.size
        self.stdout.write(f"{connection.vendor}, a log of {size} entries")
        first = _measured(lambda: TREE.at(head.frontier), times=1)
        self.stdout.write(f"reading the tree, once in a process: {first}")
        for name, give in _given(TREE.at(head.frontier)).items():
            self.stdout.write(f"{name}: {_measured(give, times)}")


def _given(levels: UpperLevels) -> dict[str, Callable[[], object]]:
    """Return what a site gives of its log: each time another file, or the proof of another act."""
    chance, full = Random(1), levels.size // TILE_WIDTH

    def proof() -> object:
        row = Entry.objects.only("organisation", "act_id").get(
            position=chance.randrange(levels.size)
        )
        return inclusion_proof(row.organisation, row.act_id, size=levels.size)

    return {
        "tile of leaves": lambda: tile_bytes(levels, TileId(0, chance.randrange(full))),
        "tile above": lambda: tile_bytes(levels, TileId(1, 0, min(full, TILE_WIDTH))),
        "entry bundle": lambda: tile_bytes(levels, TileId(ENTRIES, chance.randrange(full))),
        "proof of an act": proof,
    }


def _measured(give: Callable[[], object], times: int) -> str:
    began = time.process_time()
    waits = sorted(_timed(give) for _ in range(times))
    own = (time.process_time() - began) * 1000 / times
    median, slowest = waits[times // 2], waits[int(times * 0.99)]
    spread = f"{median:.2f} ms (99th percentile {slowest:.2f} ms)"
    return f"{spread}, processor time {own:.2f} ms"


def _timed(give: Callable[[], object]) -> float:
    start = time.perf_counter()
    give()
    return (time.perf_counter() - start) * 1000
