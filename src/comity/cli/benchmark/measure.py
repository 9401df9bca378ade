"""The measurements of ``comity bench``; each runs in a process of its own, for honest memory."""

from __future__ import annotations

import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from comity.cli.benchmark import synthetic, whole
from comity.cli.benchmark.figures import Figure
from comity.register.changes import changes_between
from comity.register.export import load_export, verify_export, write_export
from comity.register.records import to_bytes
from comity.register.register import OrganisationRecord, Register
from comity.tlog.note import SigningKey

QUESTIONS, QUESTIONS_OF_A_LARGE_ONE = 20_000, 2_000
ACTS_OF_THE_LIMITS = 100_000  # the limits in time are for a register of this size
_KEY = SigningKey.from_seed("bench.example/log", bytes(range(32)))


def run(acts: int, organisations: int, seed: int) -> Iterator[Figure]:
    """Make a synthetic register of ``acts`` acts and measure it, figure by figure."""
    with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
        path = Path(folder, "export")
        for what, arguments in (
            ("make", (acts, organisations, seed)),
            ("questions", (seed,)),
            ("whole", (acts, seed)),
            ("verification", ()),
        ):
            for figure in _in_a_new_process(what, path, *map(str, arguments)):
                timed = figure.unit in ("s", "ms")
                yield replace(figure, limit=0) if timed and acts > ACTS_OF_THE_LIMITS else figure


def _in_a_new_process(what: str, path: Path, *arguments: str) -> list[Figure]:
    command = [sys.executable, "-m", "comity.cli.benchmark.measure", what, str(path), *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [Figure(*each) for each in json.loads(done.stdout)]


def make(path: Path, acts: int, organisations: int, seed: int) -> Iterator[Figure]:
    """Write the synthetic register as an export."""
    start = perf_counter()
    charters, stream = synthetic.register(acts, organisations, seed)
    entries = [to_bytes(act) for act in stream]
    yield Figure("making the acts", perf_counter() - start, "s")
    start = perf_counter()
    write_export(path, entries=entries, charters=charters, key=_KEY)
    yield Figure("export of the whole record", perf_counter() - start, "s")


def questions(path: Path, seed: int) -> Iterator[Figure]:
    """Load cold, answer a first question, then many of every sort at random."""
    start = perf_counter()
    register = _load(path)
    first = register.organisations[0]
    first.situation(on=date(2000, 1, 1)).roster()
    yield Figure("cold load to first answer", perf_counter() - start, "s", 5.0)
    yield Figure("memory after loading", _megabytes(), "MiB", 2048)
    gc.freeze()
    took = _ask(register, Random(seed))
    every = sorted(each for times in took.values() for each in times)
    yield Figure("a question, median", statistics.median(every) * 1000, "ms", 2.0)
    yield Figure("a question, 99th percentile", every[int(len(every) * 0.99)] * 1000, "ms", 10.0)
    for name, times in took.items():
        times.sort()
        yield Figure(f"{name}, median", statistics.median(times) * 1000, "ms")
        yield Figure(f"{name}, 99th percentile", times[int(len(times) * 0.99)] * 1000, "ms")
    yield Figure("memory at its highest", _megabytes(), "MiB", 2048)


def whole_situation(path: Path, acts: int, seed: int) -> Iterator[Figure]:  # noqa: ARG001
    """Ask one organisation of its own for its whole situation on random days."""
    yield from whole.measure(acts, seed)


def verification(path: Path) -> Iterator[Figure]:
    """Verify the whole export from its entries up."""
    start = perf_counter()
    gc.disable()
    verify_export(path, key=_KEY.verifier)
    yield Figure("full verification", perf_counter() - start, "s", 5.0)
    yield Figure("memory of verification", _megabytes(), "MiB", 2048)


def _load(path: Path) -> Register:
    """Load with the collector at rest: everything that is read stays."""
    gc.disable()
    register = load_export(path)
    gc.enable()
    return register


def _ask(register: Register, chance: Random) -> dict[str, list[float]]:
    records = register.organisations
    took: dict[str, list[float]] = {name: [] for name in _ASKED}
    large = len(register) > ACTS_OF_THE_LIMITS
    for _ in range(QUESTIONS_OF_A_LARGE_ONE if large else QUESTIONS):
        name = chance.choice(_NAMES)
        record = chance.choice(records)
        start = perf_counter()
        _ASKED[name](record, chance)
        took[name].append(perf_counter() - start)
    return took


def _day(chance: Random) -> date:
    return date(1955, 1, 1) + timedelta(days=chance.randrange(30_000))


def _moment(record: OrganisationRecord, chance: Random) -> datetime:
    return chance.choice(record.acts).recorded_at


def _party(record: OrganisationRecord, chance: Random) -> str:
    return chance.choice(list(record.parties()))


_ASKED: dict[str, Callable[[OrganisationRecord, Random], object]] = {
    "status": lambda r, c: r.situation(on=_day(c)).status(_party(r, c)),
    "status as known at a moment": lambda r, c: r.situation(
        on=_day(c), known_at=_moment(r, c)
    ).status(_party(r, c)),
    "right": lambda r, c: r.situation(on=_day(c)).may(_party(r, c), "decide", "council"),
    "roster": lambda r, c: r.situation(on=_day(c)).roster(),
    "roster as known at a moment": lambda r, c: r.situation(
        on=_day(c), known_at=_moment(r, c)
    ).roster(),
    "count on a basis": lambda r, c: r.situation(on=_day(c), basis="decision").count("family"),
    "changes of a year": lambda r, c: changes_between(
        r, (day := _day(c)), day + timedelta(days=365)
    ),
}
_NAMES = tuple(_ASKED)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


_PARTS: dict[str, Callable[..., Iterator[Figure]]] = {
    "make": make,
    "questions": questions,
    "whole": whole_situation,
    "verification": verification,
}


def _main(what: str, path: str, *arguments: str) -> None:
    numbers = [int(each) for each in arguments]
    found = [(f.name, f.value, f.unit, f.limit) for f in _PARTS[what](Path(path), *numbers)]
    print(json.dumps(found))


if __name__ == "__main__":
    _main(*sys.argv[1:])
