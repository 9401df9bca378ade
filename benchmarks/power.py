"""How long power indices take: ``python -m benchmarks.power``, beside peers with ``--peers``.

``--peers PYTHON`` names the interpreter of an environment that has some of these packages:
powerindices (Apache-2.0), powerindex (PSF), power_bdd and coopgt (MIT).
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks import power_peer
from benchmarks.figures import Figure, of_figures, shown, table
from comity.power.answers import Banzhaf, Power, Reckoning, Shapley
from comity.power.game import AllOf, AnyOf, Game, Threshold, heads
from comity.power.indices import banzhaf, power, shapley
from comity.power.standard import Every, Rule, Some, Standard, Test, standard

WEIGHTS = Path(__file__).parent / "weights"
ROUNDS = 3
Answer = Banzhaf | Shapley | Power


@dataclass(frozen=True, slots=True)
class Task:
    """A game, the indices wanted of it, and the processor time it may take."""

    name: str
    game: Game
    wanted: tuple[str, ...]
    most_seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A task, its answer, and the least processor time of a few rounds."""

    task: Task
    answer: Answer
    seconds: float


@dataclass(frozen=True, slots=True)
class Peer:
    """What became of a task in the hands of a peer."""

    name: str
    seconds: float | None
    failed: str
    differs_by: float | None


BOTH = ("banzhaf", "shapley")


def column(file: str, name: str) -> list[int]:
    """Return the numbers of a column of a file of weights, without empty ones."""
    lines = (WEIGHTS / file).read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return [int(row[name]) for row in rows if row[name]]


def tasks() -> Iterator[Task]:
    """Yield all tasks, the small ones first."""
    council = column("eu-council-1973-2014.csv", "of_15")
    yield Task("15 members, 62 of 87 votes", _weighted(council, Fraction(62)), BOTH, 0.5)
    points = column("eu27-2025.csv", "basis_points")
    yield Task("27 members, two measures or few against", _double(points), BOTH, 0.5)
    population = sorted(column("eu28-2019.csv", "population"))
    del population[-3]  # the third largest left
    yield Task("the same, populations by head", _double(population), BOTH, 0.5)
    votes = column("imf-2022.csv", "votes")
    for percent in (50, 70, 85):
        game = _weighted(votes, Fraction(percent, 100) * sum(votes))
        yield Task(f"190 members, {percent} % of five million", game, ("banzhaf",), 1)
        yield Task(f"190 members, {percent} % of five million", game, ("shapley",), 20)
    yield Task("190 members, 3/5 of them with 85 %", _amendment(votes), BOTH, 20)


def title(task: Task) -> str:
    """Return what a task is called in a table."""
    return f"{task.name}: {' and '.join(task.wanted)}"


def measure(task: Task, rounds: int = ROUNDS) -> Measured:
    """Ask for the answer a few times; the quickest is the least disturbed."""
    asked = {BOTH: power, ("banzhaf",): banzhaf, ("shapley",): shapley}[task.wanted]
    times = []
    for _ in range(rounds):
        start = time.process_time()
        answer: Answer = asked(task.game)
        times.append(time.process_time() - start)
    return Measured(task, answer, min(times))


def reckonings(answer: Answer) -> list[Reckoning]:
    """Return how the indices of an answer were found."""
    if isinstance(answer, Power):
        return [answer.banzhaf.how, answer.shapley.how]
    return [answer.how]


def of_measured(found: Sequence[Measured]) -> list[str]:
    """Return the lines of a table of what was measured, and by which method."""
    figures = [
        Figure(
            title(each.task),
            each.seconds * 1000,
            "ms",
            ("<", each.task.most_seconds * 1000),
        )
        for each in found
    ]
    methods = [
        (figure.name, how.method, "exact" if how.exact else f"{how.relative_error:.1e}")
        for figure, each in zip(figures, found, strict=True)
        for how in reckonings(each.answer)
    ]
    return [
        *of_figures(figures),
        "",
        *table(("figure", "method", "relative error, at most"), methods),
    ]


def ask_peer(python: str, name: str, found: Measured, limit: float) -> Peer:
    """Give the task to a peer, for at most so many seconds."""
    asked = json.dumps(as_data(found.task))
    command = [python, power_peer.__file__, name]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return Peer(name, None, f"more than {limit:.0f} s", None)
    if done.returncode:
        return Peer(name, None, (done.stderr.strip().splitlines() or ["killed"])[-1][:80], None)
    answer = json.loads(done.stdout.splitlines()[-1])
    if "failed" in answer:
        return Peer(name, None, answer["failed"], None)
    return Peer(name, answer["seconds"], "", _difference(found.answer, answer))


def of_peers(found: Measured, peers: Sequence[Peer]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each peer: its time as a multiple of ours, and how far its values differ."""
    for peer in peers:
        ratio = differs = ""
        if peer.seconds is not None:
            ratio = f"{shown(peer.seconds / found.seconds)} ×"
            differs = f"{peer.differs_by:.1e}"
        taken = peer.failed or f"{shown(peer.seconds or 0)} s"
        yield title(found.task), peer.name, taken, ratio, differs


def as_data(task: Task) -> dict[str, Any]:
    """Return a task as peers understand it: tests that must all be met, or else any of others."""
    form = standard(task.game)
    tests, or_tests = _split(form.rule)
    return {
        "wanted": task.wanted,
        "tests": [_test(form, each) for each in tests],
        "or_tests": [_test(form, each) for each in or_tests],
    }


def _split(rule: Rule) -> tuple[list[Test], list[Test]]:
    if isinstance(rule, Some):
        alone = [part for part in rule.parts if isinstance(part, Test)]
        (together,) = (part for part in rule.parts if not isinstance(part, Test))
        return _split(together)[0], alone
    parts = rule.parts if isinstance(rule, Every) else (rule,)
    return [part for part in parts if isinstance(part, Test)], []


def _test(form: Standard, test: Test) -> dict[str, Any]:
    return {"weights": list(form.axes[test.axis]), "quota": test.needed}


def _difference(answer: Answer, peer: dict[str, Any]) -> float:
    """Return the largest difference of shares; peers differ in how they norm Banzhaf."""
    differences = [0.0]
    for index in (answer.banzhaf, answer.shapley) if isinstance(answer, Power) else (answer,):
        name = "banzhaf" if isinstance(index, Banzhaf) else "shapley"
        values = index.normalised if isinstance(index, Banzhaf) else index.values
        if name in peer:
            total = sum(peer[name]) if name == "banzhaf" else 1
            pairs = zip(values, peer[name], strict=True)
            differences += [abs(float(one) - other / total) for one, other in pairs]
    return max(differences)


def _weighted(weights: list[int], quota: Fraction) -> Game:
    return Game(_players(weights), Threshold(tuple(weights), quota))


def _double(weights: list[int]) -> Game:
    count = len(weights)
    shares = Threshold(tuple(weights), Fraction(65, 100) * sum(weights))
    both = AllOf((heads(count, Fraction(55, 100) * count), shares))
    return Game(_players(weights), AnyOf((both, heads(count, count - 3))))


def _amendment(weights: list[int]) -> Game:
    count = len(weights)
    shares = Threshold(tuple(weights), Fraction(85, 100) * sum(weights))
    return Game(_players(weights), AllOf((heads(count, Fraction(3, 5) * count), shares)))


def _players(weights: list[int]) -> tuple[str, ...]:
    return tuple(map(str, range(1, len(weights) + 1)))


def main() -> None:
    """Print what was measured, and what became of the peers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter that has peers installed")
    parser.add_argument("--limit", type=float, default=120, help="seconds that a peer may take")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    found = [measure(task, options.rounds) for task in tasks()]
    print("\n".join(of_measured(found)))
    if options.peers:
        rows = [
            row
            for each in found
            for row in of_peers(
                each,
                [ask_peer(options.peers, name, each, options.limit) for name in power_peer.PEERS],
            )
        ]
        print("\n" + "\n".join(table(("figure", "peer", "took", "ratio", "differs by"), rows)))


if __name__ == "__main__":
    main()
