"""Measuring treaties: one of 200 parties, all that are shipped, the smallest sets, a replay."""

from __future__ import annotations

import csv
import gc
import gzip
import statistics
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from comity.cli.benchmark.figures import Figure
from comity.kernel import documents
from comity.kernel.dates import PartialDate
from comity.treaty.cases import Case, read_case
from comity.treaty.completing import smallest_completing
from comity.treaty.conditions import Conditions
from comity.treaty.fold import read, status_of
from comity.treaty.model import Treaty
from comity.treaty.read import read_file, read_treaties
from comity.treaty.record import Act, Record

PARTIES, TIMES = 200, 50
ON = date(2026, 1, 1)
_RULES = {
    "weights": {"emissions": {}},
    "treaties": {
        "convention": {
            "enters_into_force": {
                "when": {
                    "all": [
                        {"consents": "all", "at_least": 55},
                        {
                            "consents": "all",
                            "weight": "emissions",
                            "at_least": "55 %",
                            "of": "total",
                        },
                    ]
                },
                "after": [{"days": 30}],
            },
            "for_parties": [{"after": [{"days": 30}]}],
        },
        "plain": {
            "enters_into_force": {
                "when": {"consents": "all", "at_least": 3},
                "after": [{"days": 30}],
            },
            "for_parties": [{"after": [{"days": 30}]}],
        },
    },
}


def measure(seed: int, organisations: Path, replayed: Path | None) -> Iterator[Figure]:
    """Measure treaties; ``replayed`` is a table of deposits with treaty, party and day."""
    chance = Random(seed)
    treaty, record = _convention(chance)
    cases = [*_shipped(organisations)]
    gc.collect()
    gc.freeze()
    one = [_timed(lambda: status_of(treaty, record, ON)) * 1000 for _ in range(TIMES)]
    yield Figure(f"status of one treaty with {PARTIES} parties", statistics.median(one), "ms", 2.0)
    every = [_timed(lambda: [case.status(ON, None) for case in cases]) * 1000 for _ in range(5)]
    name = f"status of all {len(cases)} shipped treaties, {_deposits(cases)} deposits"
    yield Figure(name, statistics.median(every), "ms", 100.0)
    yield _smallest(treaty, record)
    if replayed is not None:
        yield from _replay(replayed)


def _convention(chance: Random) -> tuple[Treaty, Record]:
    """Return a treaty of shares, and a record in which most have consented."""
    names = [f"P{number:03}" for number in range(PARTIES)]
    values = {each: chance.randrange(1, 10_000) for each in names}
    tables = [{"values": values, "total": sum(values.values())}]
    rules: dict[str, Any] = {**_RULES, "weights": {"emissions": {"tables": tables}}}
    start = date(2016, 4, 22)
    days = [start + timedelta(days=chance.randrange(3000)) for _ in names]
    acts = [_deposit(n, who, day) for n, (who, day) in enumerate(zip(names, days, strict=True))]
    return read_treaties(rules).treaty("convention"), Record.of(acts)


def _deposit(number: int, party: str, day: date) -> Act:
    return Act(f"deposit-{number}", "consented", day, party, "ratification")


def _shipped(organisations: Path) -> Iterator[Case]:
    """Yield one case of every treaty that is shipped, that with the most deposits."""
    for file in sorted(organisations.glob("*/cases/treaties.yaml")):
        treaties = read_file(file.parent.parent / "treaties.yaml")
        most: dict[str, Case] = {}
        for data in documents.read(file).data["cases"]:
            case = read_case(data, treaties)
            known = most.get(case.treaty.id)
            if known is None or len(case.record.acts) > len(known.record.acts):
                most[case.treaty.id] = case
        yield from most.values()


def _deposits(cases: list[Case]) -> int:
    return sum(len(case.record.of_kind("consented")) for case in cases)


def _smallest(treaty: Treaty, record: Record) -> Figure:
    """Measure the smallest sets that would meet the condition, of all who could consent."""
    assert treaty.entry is not None
    when, names = treaty.entry.when, record.parties
    conditions: Conditions = read(treaty, Record(), ON)[1]

    def ask() -> None:
        found = smallest_completing(conditions, when, ON, names)
        assert found.size
        assert found.proof

    times = [_timed(ask) for _ in range(3)]
    name = f"smallest completing sets of {PARTIES} States, first 100, with proof"
    return Figure(name, statistics.median(times), "s", 1.0)


def _replay(table: Path) -> Iterator[Figure]:
    """Put every treaty of a table to one rule, from its deposits, and count who is bound."""
    start = perf_counter()
    treaty = read_treaties(_RULES).treaty("plain")
    records, rows = _read(table)
    bound = sum(len(status_of(treaty, record, ON).now_bound) for record in records)
    name = f"replay of {rows:,} rows, {len(records):,} treaties, {bound:,} parties bound"
    yield Figure(name, perf_counter() - start, "s", 10.0)


def _read(table: Path) -> tuple[list[Record], int]:
    acts: dict[str, list[Act]] = {}
    rows = 0
    with gzip.open(table, "rt", encoding="utf-8", newline="") as lines:
        for rows, row in enumerate(csv.DictReader(lines), 1):
            day = row["deposited"] or row["in_force"]
            if day:
                key = f"{row['source']} {row['treaty_id']}"
                when = PartialDate.parse(day).first
                acts.setdefault(key, []).append(_deposit(rows, row["party"], when))
    return [Record.of(each) for each in acts.values()], rows


def _timed(ask: Callable[[], object]) -> float:
    start = perf_counter()
    ask()
    return perf_counter() - start
