"""Asking a server as fast as it answers: with wrk where there is one, else with four threads.

A list of addresses is asked from its beginning to its end and not twice, so that nothing in it can
come from a cache. One address is asked again and again.
"""

from __future__ import annotations

import json
import shutil
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from benchmarks.processes import cpu_seconds

CONNECTIONS = 4
_REST = 1.2  # seconds in which what a warm-up left unfinished ends
_FEW, _LONGEST = 10, 60  # answers, and seconds

_SCRIPT = """
local paths, number = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function()
  number = number + 1
  return wrk.format("GET", paths[(number - 1) %% #paths + 1])
end
done = function(summary, latency)
  local bad = summary.errors
  io.write(string.format('{"requests": %%d, "seconds": %%f, "p50": %%f, "p99": %%f, "bytes": %%d,'
    .. ' "failed": %%d}', summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.bytes,
    bad.connect + bad.read + bad.write + bad.status + bad.timeout))
end
"""


class Failed(Exception):
    """Something could not be measured, and why."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a server did under load; times in ms, ``cpu`` is of its processes for one answer."""

    rate: float
    p50: float
    p99: float
    cpu: float
    size: int


def put_under_load(base: str, paths: Sequence[str], seconds: int, pid: int) -> Load:
    """Ask for ``paths`` over four connections; raises `Failed` if an answer is no answer."""
    warm, asked = _parted(paths)
    _wake(base, warm[0])
    _ask(base, warm, 1)
    time.sleep(_REST)
    before = cpu_seconds(pid)
    found = _ask(base, asked, seconds)
    used = cpu_seconds(pid) - before
    requests = int(found["requests"])
    if requests < _FEW and seconds < _LONGEST:  # too slow to be measured in this time
        return put_under_load(base, paths, min(seconds * 4, _LONGEST), pid)
    if found["failed"]:
        raise Failed(f"{found['failed']} of {requests} requests to {base}{asked[0]} failed")
    if len(asked) > 1 and requests > len(asked):
        raise Failed(f"{requests} requests for {len(asked)} addresses: some came from a cache")
    cpu = used / max(requests, 1) * 1000
    size = int(found["bytes"] / max(requests, 1))
    return Load(requests / found["seconds"], found["p50"], found["p99"], cpu, size)


def _wake(base: str, path: str) -> None:
    """Let every worker have answered once: some take long over their first answer."""
    for _ in range(CONNECTIONS):
        with Client(base) as client:
            took, _, good = client.get(path)
            if not good:
                raise Failed(f"{base}{path} is not answered (after {took:.0f} ms)")


def _parted(paths: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Keep a sixth of the list for the warm-up; one address serves for both."""
    if len(paths) == 1:
        return paths, paths
    part = len(paths) // 6
    return paths[:part], paths[part:]


def _ask(base: str, paths: Sequence[str], seconds: int) -> dict[str, float]:
    return (_with_wrk if shutil.which("wrk") else _with_threads)(base, paths, seconds)


def _with_wrk(base: str, paths: Sequence[str], seconds: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="comity-wrk-") as folder:
        listed, script = Path(folder, "paths"), Path(folder, "ask.lua")
        listed.write_text("\n".join(paths))
        script.write_text(_SCRIPT % listed)
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s"]
        command = ["wrk", *options, "-s", str(script), base]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"wrk ended with {done.returncode}: {done.stderr.strip()}")
    found: dict[str, float] = json.loads(done.stdout[done.stdout.rindex("{") :])
    return found


def _with_threads(base: str, paths: Sequence[str], seconds: int) -> dict[str, float]:
    """The same in Python, which takes more of the machine: servers answer somewhat less."""
    lock, following = Lock(), cycle(paths) if len(paths) == 1 else iter(paths)
    start = time.perf_counter()

    def ask(_: int) -> list[tuple[float, int, bool]]:
        took = []
        with Client(base) as client:
            while time.perf_counter() - start < seconds:
                with lock:
                    path = next(following, None)
                if path is None:
                    raise Failed(f"{len(paths)} addresses were too few for {seconds} s")
                took.append(client.get(path))
        return took

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        took = [each for part in threads.map(ask, range(CONNECTIONS)) for each in part]
    elapsed = time.perf_counter() - start
    times = sorted(each for each, _, _ in took)
    return {
        "requests": len(took),
        "seconds": elapsed,
        "p50": statistics.median(times),
        "p99": times[int(len(times) * 0.99)],
        "bytes": sum(size for _, size, _ in took),
        "failed": sum(not good for _, _, good in took),
    }


class Client:
    """One connection to a server, kept open."""

    def __init__(self, base: str) -> None:
        self._connection = HTTPConnection(urlsplit(base).netloc, timeout=120)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str, **headers: str) -> tuple[float, int, bool]:
        """Return how long an answer took in ms, its size, and whether it was one."""
        start = time.perf_counter()
        try:
            self._connection.request("GET", path, headers=headers)
            answer = self._connection.getresponse()
            size = len(answer.read())
        except (OSError, HTTPException):
            self._connection.close()
            return (time.perf_counter() - start) * 1000, 0, False
        return (time.perf_counter() - start) * 1000, size, answer.status == 200


def answers(base: str) -> bool:
    """Whether a server answers at all."""
    try:
        with socket.create_connection((urlsplit(base).hostname, urlsplit(base).port), timeout=1):
            return True
    except OSError:
        return False
