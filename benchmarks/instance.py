"""An instance of the site in a folder of its own, served as the demonstration serves it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from benchmarks.load import Failed, answers
from benchmarks.processes import stop
from comity.cli.benchmark import assembly
from comity.register.writing import write_organisation

ROOT = Path(__file__).parents[1]
ASSEMBLY_ACTS = 10_000
LANGUAGES = ("en", "ru", "zh")


@dataclass(frozen=True, slots=True)
class Site:
    """A site that is being served: its address, and the process at the head of its tree."""

    base: str
    pid: int


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Prepare an instance in a folder, serve it with two workers, and stop it in the end."""
    environment = os.environ | {
        "COMITY_VAR": str(folder / "var"),
        "COMITY_ORGANISATIONS": str(organisations(folder / "organisations")),
    }
    log = folder / "log"
    with log.open("wb") as said:
        command = [sys.executable, "-m", "comity_web.demo"]
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=said, stderr=said)
        try:
            yield Site(_address(process, log), process.pid)
        finally:
            stop(process)


def organisations(folder: Path) -> Path:
    """Put the shipped organisations, and the one that is made for measuring, into a folder."""
    folder.mkdir(parents=True)
    for shipped in sorted((ROOT / "organisations").iterdir()):
        (folder / shipped.name).symlink_to(shipped)
    write_organisation(folder / "assembly", assembly.charter(), assembly.acts(ASSEMBLY_ACTS))
    return folder


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return where the demonstration says it is served, once it answers there."""
    while process.poll() is None:
        found = re.search(r"is served at\s+(\S+?)/?\s", log.read_text())
        if found and answers(found[1]):
            return found[1]
        time.sleep(0.1)
    raise Failed(f"the site did not start:\n{log.read_text()}")


def days(first: date = assembly.FIRST_DAY, last: date = assembly.LAST_DAY) -> list[str]:
    """Return every day between two, in an order of chance that is always the same."""
    every = [first + timedelta(days=number) for number in range((last - first).days)]
    Random(1).shuffle(every)
    return [each.isoformat() for each in every]
