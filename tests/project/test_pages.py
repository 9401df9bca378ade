"""What the pages show is run: case blocks are answered, files are written, commands are compared.

A block opened with ``yaml case`` is a case file of its own, with ``yaml file=PATH`` the content of
a file, with ``yaml file+=PATH`` what is added to it, with ``console`` commands after ``$`` and what
they print. The blocks of a page run in their order, in a folder of their own.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from comity.cli.main import main
from comity.kernel.documents import parse
from comity.register.cases import run_document
from comity.register.reading import read_register
from comity.register.register import OrganisationRecord
from tests.project.files import ROOT, name_of

ORGANISATIONS = ROOT / "organisations"
BLOCK = re.compile(
    r"^```(yaml case|yaml file\+?=\S+|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
PAGES = [
    path
    for mode in ("how-to", "explanation")
    for path in sorted((ROOT / "docs" / mode).glob("*.md"))
    if BLOCK.search(path.read_text())
]


class Block(NamedTuple):
    """A fenced block: what its first line says it is, its text, and where it stands."""

    kind: str
    text: str
    place: str


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text()
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Block(found[1], found[2], f"{name_of(page)}:{line}")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_shows_is_so(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COMITY_DATA", raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("NO_COLOR", "1")
    every = list(blocks(page))
    if not any(each.kind.startswith("yaml file=organisations/") for each in every):
        (tmp_path / "organisations").symlink_to(ORGANISATIONS)
    for block in every:
        if block.kind == "yaml case":
            assert failures(block) == [], block.place
        elif block.kind == "console":
            compare(block)
        else:
            write(block, tmp_path)


def write(block: Block, folder: Path) -> None:
    """Write a file as a page shows it, or add to it."""
    how, _, name = block.kind.partition("=")
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a" if how.endswith("+") else "w") as stream:
        stream.write(block.text)


def failures(block: Block) -> list[str]:
    """Run a block as a case file; it must hold a case."""
    outcomes = list(run_document(parse(block.text, block.place), shipped))
    assert outcomes, block.place
    return [f"{each.title}: {each.failures}" for each in outcomes if not each.passed]


def shipped(name: str, _: Path) -> OrganisationRecord:
    return read_register(ORGANISATIONS, name).organisation(name)


def compare(block: Block) -> None:
    """Run the commands of a block one after another and compare what they print."""
    code = 0
    for session in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, expected = session.partition("\n")
        printed, code = (f"{code}\n", 0) if command == "echo $?" else run(command)
        lines = [line.rstrip() for line in printed.rstrip().splitlines()]
        wanted = [line.rstrip() for line in expected.rstrip().splitlines()]
        assert matches(lines, wanted), f"{block.place}: {command} printed\n{printed}"


def run(command: str) -> tuple[str, int]:
    """Run a command as a reader would; returns all it printed, and its exit code.

    A question needs no process of its own. ``check`` does: it reads an organisation once in its
    life, and the pages change what it reads.
    """
    if re.fullmatch(r"comity (?!check)[^|<>&;]*", command):
        output = io.StringIO()
        with redirect_stdout(output), redirect_stderr(output), pytest.raises(SystemExit) as ended:
            main(shlex.split(command)[1:])
        return output.getvalue(), int(ended.value.code or 0)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout, done.returncode


def matches(lines: list[str], wanted: list[str]) -> bool:
    """Whether lines are as wanted: ``…`` stands for any text, alone on a line for any lines."""
    pattern = "".join(
        r"(.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in wanted
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in lines)) is not None


def test_an_ellipsis_stands_for_text_or_lines_and_nothing_else_does() -> None:
    printed = ["6 leaves", "a", "b", "end"]

    assert matches(printed, ["… leaves", "…", "end"])
    assert matches(["end"], ["…", "end"])
    assert not matches(printed, ["5 leaves", "…"])
    assert not matches(printed, ["… leaves", "a", "end"])
    assert not matches([*printed, "more"], ["… leaves", "…", "end"])


def test_a_case_that_is_wrong_is_found() -> None:
    text = """
charter: {organisation: {id: league}, statuses: {member: {}}}
acts: [{id: a, kind: admitted, party: AA, status: member, effective_on: 1950-01-01}]
cases: [{title: Out, ask: holds, party: AA, status: member, on: 1960-01-01, expect: false}]
"""

    assert failures(Block("yaml case", text, "here")) == ["Out: ('expected False, found True',)"]
