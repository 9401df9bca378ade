"""Measure how fast acts are recorded in this instance's database."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, parse_instant
from comity.register.register import Register
from comity_web.register.head import Head
from comity_web.register.models import Entry
from comity_web.register.services import append

PARTIES = 500
_RULES = "charter: {organisation: {id: bench}, statuses: {member: {}}}"
_FIRST_DAY = date(1815, 6, 9)
_RECORDED_AT = parse_instant("2026-01-01T00:00:00Z")


class Command(BaseCommand):
    """Record acts one by one and in batches, each checked by the rules and durable."""

    help = "Measure appending; only in an empty register, which is of no other use afterwards."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how much is recorded."""
        parser.add_argument("--acts", type=int, default=2000, help="acts recorded one by one")
        parser.add_argument("--batches", type=int, default=20)
        parser.add_argument("--batch-size", type=int, default=1000)

    def handle(self, acts: int, batches: int, batch_size: int, **_: object) -> None:
        """Measure, and print the rates."""
        if Entry.objects.exists():
            raise CommandError("The register holds acts already. Expected: an empty register.")
        head = Head(lambda: Register([_charter()]))
        made = _acts()
        waits = sorted(self._timed(head, list(islice(made, 1))) for _ in range(acts))
        together = sum(self._timed(head, list(islice(made, batch_size))) for _ in range(batches))
        median, slowest = waits[len(waits) // 2], waits[int(len(waits) * 0.99)]
        self.stdout.write(
            f"{connection.vendor}: one by one {acts / sum(waits):,.0f} acts/s "
            f"(median {median * 1000:.2f} ms, 99th percentile {slowest * 1000:.2f} ms); "
            f"in batches of {batch_size} {batches * batch_size / together:,.0f} acts/s"
        )

    @staticmethod
    def _timed(head: Head[Register], acts: list[Act]) -> float:
        start = time.perf_counter()
        append(
            acts,
            head=head,
            acting_user="bench",
            acting_for="bench",
            idempotency_key=f"bench-{acts[0].id}",
        )
        return time.perf_counter() - start


def _charter() -> Charter:
    parties = [f"P{number}" for number in range(PARTIES)]
    return load_inline(documents.parse(_RULES), extra_parties=parties)


def _acts() -> Iterator[Act]:
    """Make every party join and leave in turn, each time later, without end."""
    for number in count():
        spell, party = divmod(number, PARTIES)
        yield Act(
            id=f"act-{number}",
            organisation="bench",
            kind="withdrew" if spell % 2 else "admitted",
            effective_on=PartialDate.of(_FIRST_DAY + timedelta(days=spell)),
            recorded_at=_RECORDED_AT,
            parties=(f"P{party}",),
            details={"status": "member"},
        )
