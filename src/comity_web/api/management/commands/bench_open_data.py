"""Measure how fast everything is written as open data."""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comity.cli.benchmark import synthetic
from comity.kernel.act import Act
from comity.register.register import Register
from comity_web.api.opendata.dump import dump
from comity_web.register.editions import keep
from comity_web.register.head import Head
from comity_web.register.models import Entry
from comity_web.register.questions import Question, today
from comity_web.register.selectors import HEAD, present
from comity_web.register.services import append

_BATCH = 5_000


class Command(BaseCommand):
    """Record a synthetic register, then read it cold and write all of its tables."""

    help = "Measure open data; only in an empty register, which is of no other use afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how much is recorded."""
        parser.add_argument("--acts", type=int, default=100_000)
        parser.add_argument("--organisations", type=int, default=500)

    def handle(self, acts: int, organisations: int, **_: object) -> None:
        """Measure, and print the times."""
        if Entry.objects.exists():
            raise CommandError("The register holds acts already. Expected: an empty register.")
        _record(acts, organisations)
        HEAD.forget()
        start = _Moment()
        now = present()
        loaded = _Moment()
        with tempfile.TemporaryDirectory(prefix="comity-open-data-") as folder:
            path = Path(folder, "open-data")
            done = dump(now, path, Question(on=today(), today=today()))
            written = _Moment()
            size = sum(each.stat().st_size for each in path.rglob("*.*"))
        self.stdout.write(
            f"{connection.vendor}: {done.acts:,} acts of {done.organisations} organisations read "
            f"in {loaded.since(start)}, written as {done.files:,} files ({size / 1e6:,.0f} MB) "
            f"in {written.since(loaded)}"
        )


class _Moment:
    """A moment by the clock, and by how much this process has worked."""

    def __init__(self) -> None:
        self.clock, self.work = time.perf_counter(), time.process_time()

    def since(self, other: _Moment) -> str:
        """Say how long ago another moment was; the second figure is what the machine had to do."""
        return f"{self.clock - other.clock:.1f} s (CPU {self.work - other.work:.1f} s)"


def _record(acts: int, organisations: int) -> None:
    charters, stream = synthetic.register(acts, organisations)
    for charter in charters:
        keep(charter)
    head = Head(lambda: Register(charters))
    for batch in _batches(stream):
        append(batch, head=head, acting_user="bench", acting_for="bench", as_recorded=True)


def _batches(stream: Iterator[Act]) -> Iterator[list[Act]]:
    while batch := list(islice(stream, _BATCH)):
        yield batch
