"""Measuring the whole situation of one large organisation on a date, with all grounds."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from time import perf_counter

from comity.cli.benchmark import assembly
from comity.cli.benchmark.figures import Figure
from comity.register.register import OrganisationRecord, Register
from comity.register.situation import Situation

MOST_ACTS, TIMES = 10_000, 100


def situation(situation: Situation) -> None:
    """Ask for all: every party's status in every facet, counts, suspensions, offices, bodies."""
    charter = situation.charter
    for facet in charter.facets:
        for party in situation.record.parties():
            situation.status(party, facet)
        situation.roster(facet=facet)
    for name in (*charter.statuses, *charter.counts):
        situation.count(name)
    situation.all_suspended()
    for office in charter.offices:
        situation.office(office)
    for body in situation.bodies():
        situation.composition(body.id)


def measure(acts: int, seed: int) -> Iterator[Figure]:
    """Ask about random days, then as known at random moments, then for one answer at a time.

    The organisation has 100 parties and ``acts`` acts, but no more than it was made for.
    """
    acts = min(acts, MOST_ACTS)
    register = Register([assembly.charter()], assembly.acts(acts, seed))
    record, chance = register.organisation("assembly"), Random(seed)
    gc.collect()
    gc.freeze()
    situation(record.situation(on=_day(chance)))  # from here on histories are folded
    now = [_timed(situation, record.situation(on=_day(chance))) for _ in range(TIMES)]
    yield _median(f"whole situation of 100 parties from {acts:,} acts", now, 17.0)
    yield Figure("the same, 99th percentile", sorted(now)[int(TIMES * 0.99)], "ms")
    moments = [chance.choice(record.acts).recorded_at for _ in range(TIMES // 10)]
    first = [_timed(situation, _as_known(record, each, chance)) for each in moments]
    again = [_timed(situation, _as_known(record, each, chance)) for each in moments]
    yield _median("the same, as known at a moment first asked about", first)
    yield _median("the same, as known at a moment", again, 17.0)
    parties = [*record.parties()]
    one = [
        _timed(
            lambda asked: asked.status(chance.choice(parties)), record.situation(on=_day(chance))
        )
        for _ in range(TIMES)
    ]
    yield _median("one status among 100 parties", one, 1.0)


def _day(chance: Random) -> date:
    days = (assembly.LAST_DAY - assembly.FIRST_DAY).days
    return assembly.FIRST_DAY + timedelta(days=chance.randrange(days))


def _as_known(record: OrganisationRecord, moment: datetime, chance: Random) -> Situation:
    return record.situation(on=_day(chance), known_at=moment)


def _timed(ask: Callable[[Situation], object], asked: Situation) -> float:
    start = perf_counter()
    ask(asked)
    return (perf_counter() - start) * 1000


def _median(name: str, times: list[float], limit: float = 0) -> Figure:
    return Figure(name, statistics.median(times), "ms", limit)
