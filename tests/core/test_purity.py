"""The core is pure: no clock, randomness, environment or network, whoever forgets the linter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "src" / "comity"

CLOCK = {
    "time",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
}
CHANCE = {"random", "secrets", "os.urandom", "os.getrandom", "uuid.uuid1", "uuid.uuid4"}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "locale", "getpass", "platform"}
NETWORK = {"socket", "ssl", "http", "urllib.request", "asyncio"}
PROGRAMS = {"subprocess", "multiprocessing", "os.system", "os.fork", "os.popen", "os.execv"}
# Methods that draw randomness whatever object they hang on: the key is an argument.
DRAWS = {"generate", "generate_private_key", "generate_key"}

MODULES = sorted(CORE.rglob("*.py"))


def denied_in(path: Path) -> set[str]:
    """Return what a module may not use.

    The command line alone stands at the edge: it may read a clock and draw a salt or a key. The
    benchmark may start processes too: each figure has one of its own, for honest memory. One
    module of it asks over the network for a record that is to be proved from outside.
    """
    denied = ENVIRONMENT | (set() if path == CORE / "cli" / "http_reader.py" else NETWORK)
    if not path.is_relative_to(CORE / "cli" / "benchmark"):
        denied |= PROGRAMS
    if not path.is_relative_to(CORE / "cli"):
        denied |= CLOCK | CHANCE | DRAWS
    return denied


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(CORE)))
def test_the_core_is_pure(path: Path) -> None:
    found = list(impurities(path.read_text(), denied_in(path)))
    assert found == [], f"{path.relative_to(CORE)} uses {', '.join(found)}: take it as an argument"


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.time()",
        "from time import monotonic",
        "from datetime import date\ndate.today()",
        "from datetime import datetime as clock\nclock.now()",
        "import datetime\ndatetime.datetime.utcnow()",
        "import datetime as dt\ndt.date.today()",
        "import random",
        "from os import environ",
        "import os\nos.getenv('HOME')",
        "import os as system\nsystem.urandom(8)",
        "from uuid import uuid4",
        "import urllib.request",
        "from urllib import request",
        "import http.client",
        "from importlib import import_module\nimport_module('socket')",
        "__import__('random')",
        "Ed25519PrivateKey.generate()",
    ],
)
def test_each_way_around_is_seen(source: str) -> None:
    assert list(impurities(source, denied_in(CORE / "kernel" / "dates.py")))


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import date, time\ndate(2030, 1, 1)",
        "import os\nos.fsync(3)",
        "from urllib.parse import quote",
        "timetable = 1\ntimetable",
    ],
)
def test_what_is_pure_passes(source: str) -> None:
    assert list(impurities(source, denied_in(CORE / "kernel" / "dates.py"))) == []


def test_only_the_command_line_may_read_a_clock_and_only_the_benchmark_start_a_process() -> None:
    cli = denied_in(CORE / "cli" / "main.py")
    benchmark = denied_in(CORE / "cli" / "benchmark" / "measure.py")
    assert list(impurities("import time\ntime.perf_counter()", cli)) == []
    assert list(impurities("import subprocess", benchmark)) == []
    assert list(impurities("import subprocess", cli)) == ["subprocess"]
    assert list(impurities("import socket", benchmark)) == ["socket"]


def test_only_one_module_may_use_the_network() -> None:
    allowed = [path for path in MODULES if not denied_in(path) >= NETWORK]
    assert allowed == [CORE / "cli" / "http_reader.py"]
    assert list(impurities("import os\nos.getenv('HOME')", denied_in(allowed[0])))


def impurities(source: str, denied: set[str]) -> Iterator[str]:
    """Name each denied thing that the source imports, reaches or loads by name."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for full_name in names.values():
        yield from _denied(full_name, denied)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield from _denied(_dotted(node, names), denied)
            if node.attr in denied & DRAWS:
                yield f".{node.attr}()"
        elif isinstance(node, ast.Call) and _loads_by_name(node):
            yield f"{ast.unparse(node)}"


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield (each.asname or each.name, each.name)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for each in node.names:
                yield (each.asname or each.name, f"{node.module}.{each.name}")


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, names)}.{node.attr}"
    return names.get(node.id, "") if isinstance(node, ast.Name) else ""


def _denied(full_name: str, denied: set[str]) -> Iterator[str]:
    for each in denied:
        if full_name == each or full_name.startswith(f"{each}."):
            yield full_name


def _loads_by_name(node: ast.Call) -> bool:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    called = node.func.id if isinstance(node.func, ast.Name) else called
    return called in {"__import__", "import_module", "eval", "exec"}
