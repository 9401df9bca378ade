"""Processes that write at once, and processes that are killed while they write.

Run as ``python -m tests.web.processes kills|writers TIMES SEED`` with the instance named in the
environment; prints what was seen as JSON. It is a process of its own because it forks: children
inherit a Django that is already loaded, so that hundreds of them cost little.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity_web.config.settings")
django.setup()

from django.db import connections  # noqa: E402

from comity.tlog.checkpoint import Checkpoint as SignedCheckpoint  # noqa: E402
from comity.tlog.hashing import leaf_hash  # noqa: E402
from comity.tlog.tree import Frontier, Tree  # noqa: E402
from comity_web.register import services  # noqa: E402
from comity_web.register.head import Head  # noqa: E402
from comity_web.register.models import Checkpoint, Entry  # noqa: E402
from comity_web.register.services import Receipt  # noqa: E402
from comity_web.register.signing import signed_note, verifier_key  # noqa: E402
from tests.web.registers import Counting, act  # noqa: E402

LONGEST_LIFE = 0.05
ACTS_TOGETHER = 3


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
    return {
        "acknowledged": len(acknowledged),
        "lost": lost + [key for key, first in acknowledged.items() if _position(key) != first],
        "in_doubt": in_doubt,
        "in_doubt_but_recorded": had_been_recorded,
        **inspect(),
    }


def _write_until_killed(head: Head, number: int, pipe: int) -> None:
    for turn in range(1_000_000):
        key = f"{number}-{turn}"
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
    what = {"kills": kills, "writers": writers}[sys.argv[1]]
    print(json.dumps(what(int(sys.argv[2]), int(sys.argv[3]))))
