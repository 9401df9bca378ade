"""Processes that write at once, and processes that are killed while they write.

Run as ``python -m tests.web.processes kills|writers|rivals|imports TIMES SEED`` with the instance
named in the environment; prints what was seen as JSON. It is a process of its own because it forks:
children inherit a Django that is already loaded, so that hundreds of them cost little.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity_web.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from comity.kernel.errors import ComityError, Refusal  # noqa: E402
from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint  # noqa: E402
from comity.tlog.hashing import leaf_hash  # noqa: E402
from comity.tlog.tree import Frontier, Tree  # noqa: E402
from comity_web.register import services  # noqa: E402
from comity_web.register.head import Head  # noqa: E402
from comity_web.register.importing import import_organisations  # noqa: E402
from comity_web.register.models import Checkpoint, Entry  # noqa: E402
from comity_web.register.services import Receipt  # noqa: E402
from comity_web.register.signing import signed_note, verifier_key  # noqa: E402
from tests.web.registers import Counting, act, league, membership  # noqa: E402

LONGEST_LIFE = 0.05
ACTS_TOGETHER = 3
# Before and after each of at most six statements; the last points lie past the commit.
COUNTED_POINTS = 14


def append(head: Head, key: str) -> Receipt:
    """Record the acts that belong to a key: some keys stand for one act, some for three."""
    together = ACTS_TOGETHER if int(key.rpartition("-")[2]) % 2 else 1
    acts = [act(f"{key}-{number}") for number in range(together)]
    named = {"acting_user": "officer", "acting_for": "secretariat", "idempotency_key": key}
    return services.append(acts, head=head, **named)


def fork(work: Callable[[int], None]) -> tuple[int, int]:
    """Start a child that does ``work`` with a pipe to write to; return its id and the other end."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)
    try:
        work(writing)
    finally:
        os._exit(0)


def read_lines(pipe: int) -> list[str]:
    with os.fdopen(pipe) as file:
        return file.read().splitlines()


def kills(times: int, seed: int) -> dict[str, Any]:
    """Kill a writing child at random instants; after each kill repeat what was left in doubt."""
    chance = random.Random(seed)
    head = Head(Counting)
    signed_note(0, bytes(32))  # the key exists before any child needs it
    acknowledged: dict[str, int] = {}
    lost, in_doubt, had_been_recorded = [], 0, 0
    for number in range(times):
        head.at(_frontier())
        child, pipe = fork(lambda pipe, number=number: _write_until_killed(head, number, pipe))
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        begun, done = _told(read_lines(pipe))
        acknowledged |= done
        lost += [key for key, first in done.items() if _position(key) != first]
        for key in begun:
            in_doubt += 1
            had_been_recorded += append(head, key).replayed
    counted, recorded = _counted_kills(head, acknowledged)
    return {
        "counted": counted,
        "counted_but_recorded": recorded,
        "acknowledged": len(acknowledged),
        "lost": lost + [key for key, first in acknowledged.items() if _position(key) != first],
        "in_doubt": in_doubt + counted,
        "in_doubt_but_recorded": had_been_recorded + recorded,
        **inspect(),
    }


def _counted_kills(head: Head, acknowledged: dict[str, int]) -> tuple[int, int]:
    """Let children die before and after each statement of an append, however fast they are."""
    recorded = 0
    points = [(turn, point) for turn in (0, 1) for point in range(COUNTED_POINTS)]
    for turn, point in points:
        head.at(_frontier())
        name = f"c{turn}{point:02}"
        child, pipe = fork(lambda pipe, each=(name, turn, point): _die_at(head, *each, pipe))
        os.waitpid(child, 0)
        begun, done = _told(read_lines(pipe))
        if (begun, list(done)) != ([f"{name}-{turn}"], [f"{name}-{turn + 2}"]):
            raise AssertionError(f"killed at point {point}, it left {begun} and {done}")
        acknowledged |= done
        recorded += append(head, begun[0]).replayed
    return len(points), recorded


def _die_at(head: Head, name: str, turn: int, point: int, pipe: int) -> None:
    """Append once, and die in the second append: before or after a statement, or at its end."""
    _append_telling(head, f"{name}-{turn + 2}", pipe)
    passed = iter(range(1_000_000))

    def count(execute: Callable[..., Any], *statement: Any) -> Any:
        if next(passed) == point:
            os.kill(os.getpid(), signal.SIGKILL)
        result = execute(*statement)
        if next(passed) == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connections["default"].execute_wrapper(count):
        os.write(pipe, f"begun {name}-{turn}\n".encode())
        append(head, f"{name}-{turn}")
    os.kill(os.getpid(), signal.SIGKILL)  # recorded, and nobody was told


def _write_until_killed(head: Head, number: int, pipe: int) -> None:
    for turn in range(1_000_000):
        _append_telling(head, f"{number}-{turn}", pipe)


def _append_telling(head: Head, key: str, pipe: int) -> None:
    os.write(pipe, f"begun {key}\n".encode())
    receipt = append(head, key)
    os.write(pipe, f"done {key} {receipt.first}\n".encode())


def _told(lines: list[str]) -> tuple[list[str], dict[str, int]]:
    words = [line.split() for line in lines]
    done = {each[1]: int(each[2]) for each in words if each[0] == "done"}
    return [each[1] for each in words if each[0] == "begun" and each[1] not in done], done


def writers(times: int, seed: int) -> dict[str, Any]:
    """Let two children write their own acts and the same shared ones, in different orders."""
    signed_note(0, bytes(32))
    children = [fork(lambda pipe, name=name: _write_all(name, times, seed, pipe)) for name in "ab"]
    told = [read_lines(pipe) for _, pipe in children]
    for child, _ in children:
        os.waitpid(child, 0)
    receipts = [dict(line.split(" ", 1) for line in lines) for lines in told]
    shared = [{key: r for key, r in each.items() if key[0] == "s"} for each in receipts]
    return {
        "receipts": [len(each) for each in receipts],
        "same_receipts": shared[0] == shared[1],
        "shared": len(shared[0]),
        **inspect(),
    }


def _write_all(name: str, times: int, seed: int, pipe: int) -> None:
    chance = random.Random(f"{seed}{name}")
    head = Head(Counting)
    keys = [f"{whose}-{number}" for whose in (name, "s") for number in range(times)]
    chance.shuffle(keys)
    for key in keys:
        receipt = append(head, key)
        os.write(pipe, f"{key} {receipt.first} {receipt.size} {receipt.root.hex()}\n".encode())


def rivals(times: int, _: int) -> dict[str, Any]:
    """Let two children withdraw the same parties at the same moments, under the real rules."""
    signed_note(0, bytes(32))
    parties = [f"P{number}" for number in range(times)]
    head = Head(lambda: league(parties))
    named = {"acting_user": "officer", "acting_for": "secretariat"}
    services.append([membership("admitted", each, "in") for each in parties], head=head, **named)
    together = get_context("fork").Barrier(2)

    def withdraw_all(name: str, pipe: int) -> None:
        for party in parties:
            together.wait()
            try:
                act = membership("withdrew", party, f"out-{name}")
                services.append([act], head=head, **named)
                said = "recorded"
            except Refusal as error:
                said = error.code
            os.write(pipe, f"{party} {said}\n".encode())

    children = [fork(lambda pipe, name=name: withdraw_all(name, pipe)) for name in "ab"]
    told = [dict(line.split() for line in read_lines(pipe)) for _, pipe in children]
    for child, _ in children:
        os.waitpid(child, 0)
    return {
        "outcomes": [sorted((told[0].get(each, ""), told[1].get(each, ""))) for each in parties],
        "withdrawals": Entry.objects.filter(kind="withdrew").count(),
        "wrong": _wrong(),
    }


def imports(_: int, __: int) -> dict[str, Any]:
    """Let two children import the same organisation at the same moment."""
    signed_note(0, bytes(32))
    together = get_context("fork").Barrier(2)

    def bring(pipe: int) -> None:
        together.wait()
        try:
            named = {"acting_user": "officer", "acting_for": "secretariat"}
            [came] = import_organisations(settings.ORGANISATIONS / "opec", **named)
            os.write(pipe, f"{came.acts}\n".encode())
        except ComityError as error:
            os.write(pipe, f"{error}\n".encode())

    children = [fork(bring) for _ in range(2)]
    told = [read_lines(pipe)[0] for _, pipe in children]
    for child, _ in children:
        os.waitpid(child, 0)
    acts = Entry.objects.exclude(kind="rules_recorded").count()
    return {"came": sorted(told), "acts": str(acts), "wrong": _wrong()}


def _wrong() -> list[str]:
    leaves = Entry.objects.order_by("position").values_list("leaf", flat=True)
    tree = Tree(leaf_hash(bytes(leaf)) for leaf in leaves)
    return [f"checkpoint {c.size}" for c in Checkpoint.objects.all() if not _holds(c, tree)]


def inspect() -> dict[str, Any]:
    """Look at the whole register as a stranger would, and say what is wrong with it."""
    rows = list(Entry.objects.order_by("position").values_list("position", "act_id", "leaf"))
    tree = Tree(leaf_hash(bytes(leaf)) for _, _, leaf in rows)
    wrong = [f"position {at}" for at, (position, _, _) in enumerate(rows) if at != position]
    names = [name for _, name, _ in rows]
    groups = {name.rpartition("-")[0]: 0 for name in names}
    for name in names:
        groups[name.rpartition("-")[0]] += 1
    wrong += [
        f"{key} has {count} acts"
        for key, count in groups.items()
        if count != (ACTS_TOGETHER if int(key.rpartition("-")[2]) % 2 else 1)
    ]
    checkpoints = list(Checkpoint.objects.order_by("size"))
    wrong += [f"checkpoint {each.size}" for each in checkpoints if not _holds(each, tree)]
    if checkpoints and checkpoints[-1].size != len(rows):
        wrong.append("entries beyond the last checkpoint")
    return {
        "entries": len(rows),
        "doubled": len(names) - len(set(names)),
        "appends": len(checkpoints),
        "groups": len(groups),
        "wrong": wrong,
    }


def _holds(checkpoint: Checkpoint, tree: Tree) -> bool:
    opened = SignedCheckpoint.open(checkpoint.note, verifier_key())
    root = tree.root(checkpoint.size)
    frontier = Frontier.from_bytes(bytes(checkpoint.frontier))
    return (
        (opened.size, opened.root) == (checkpoint.size, root)
        and bytes(checkpoint.root) == root
        and frontier == tree.frontier(checkpoint.size)
    )


def _frontier() -> Frontier:
    last = Checkpoint.objects.order_by("-size").values_list("frontier", flat=True).first()
    return Frontier.from_bytes(bytes(last)) if last else Frontier()


def _position(key: str) -> int | None:
    found = Entry.objects.filter(idempotency_key=key).values_list("position", flat=True)
    return found.first()


if __name__ == "__main__":
    runs = {"kills": kills, "writers": writers, "rivals": rivals, "imports": imports}
    what = runs[sys.argv[1]]
    print(json.dumps(what(int(sys.argv[2]), int(sys.argv[3]))))
