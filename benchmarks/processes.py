"""What a process and its children use, read from ``/proc``."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for path in PROC.glob("[0-9]*/stat"):
        fields = _fields(path)
        if fields:
            yield int(path.parent.name), int(fields[1])


def _fields(path: Path) -> list[str]:
    """Return the fields after the name, which may hold blanks; nothing for one that has ended."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a tree of processes has used so far."""
    every = (_fields(PROC / str(each) / "stat") for each in tree(pid))
    return sum(int(fields[11]) + int(fields[12]) for fields in every if fields) / _TICKS


def memory(pid: int) -> float:
    """Return the memory of a tree in MiB: its own, and its share of what processes share (PSS)."""
    return sum(_pss(each) for each in tree(pid)) / 1024


def _pss(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(each.split()[1]) for each in lines if each.startswith("Pss:")), 0)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to end, and see that all its processes do."""
    every = tree(process.pid)
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _end(every[1:])


def _end(pids: list[int]) -> None:
    """End children that outlive their parent, by their numbers."""
    deadline = time.monotonic() + 5
    while any((PROC / str(each)).exists() for each in pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    for each in pids:
        if (PROC / str(each)).exists():
            os.kill(each, signal.SIGKILL)
