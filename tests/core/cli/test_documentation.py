"""The pages on the command line: what they show is what it does.

``python -m tests.core.cli.test_documentation`` writes the help of each command into the reference.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from comity.cli.main import COMMANDS, main
from comity.register.cases import run_file
from comity.register.reading import read_register
from comity.register.register import OrganisationRecord
from tests.core.cli.conftest import Ask
from tests.core.cli.test_answers import QUESTIONS

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "docs" / "reference" / "cli.md"
ACTS = ROOT / "docs" / "reference" / "acts.md"
ERRORS = ROOT / "docs" / "reference" / "errors.md"
TUTORIAL = ROOT / "docs" / "tutorial" / "first-answers.md"
HOW_TO = ROOT / "docs" / "how-to" / "write-cases.md"
ORGANISATIONS = ROOT / "organisations"
COMMANDS_HEADING = "What follows is the `--help` of each command, word for word.\n"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def help_of(name: str) -> str:
    result = CliRunner().invoke(main, [name, "--help"], terminal_width=80)
    return f"### {name}\n\n```text\n{result.stdout}```\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_shows_the_help_of_every_command(name: str) -> None:
    assert help_of(name) in REFERENCE.read_text("utf-8"), (
        "run: python -m tests.core.cli.test_documentation"
    )


def test_the_reference_shows_no_other_command() -> None:
    commands = REFERENCE.read_text("utf-8").partition(COMMANDS_HEADING)[2]
    assert re.findall(r"^### (.+)$", commands, re.MULTILINE) == [*COMMANDS]


def test_the_reference_lists_every_fault_of_the_command_line() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "src/comity/cli").rglob("*.py")]
    raised = {code for source in sources for code in re.findall(r'Fault\(\s*"(\w+)"', source)}
    pages = REFERENCE.read_text("utf-8") + ERRORS.read_text("utf-8")
    assert raised <= set(re.findall(r"^\| `(\w+)` \|", pages, re.MULTILINE))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_reference_names_every_key_of_an_answer(name: str, ask: Ask) -> None:
    page = REFERENCE.read_text("utf-8") + ACTS.read_text("utf-8")
    assert [key for key in keys_of(ask(*QUESTIONS[name])) if f"`{key}`" not in page] == []


def keys_of(data: object) -> Iterator[str]:
    """Yield the keys that comity chose; below these, an act's own fields and an id's names."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            if key not in ("counts", "details", "authority", "alternatives"):
                yield from keys_of(value)
    elif isinstance(data, list):
        for each in data:
            yield from keys_of(each)


def blocks(page: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(page.read_text("utf-8")) if kind == language]


def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every command of the page in order; each line that the page shows must be printed."""
    if not (ORGANISATIONS / "sco" / "cases").is_dir():
        pytest.skip("the organisation that the tutorial is about is not there")
    monkeypatch.chdir(tmp_path)
    shown = blocks(TUTORIAL, "console")
    assert len(shown) > 6
    for block in shown:
        command, *expected = block.splitlines()
        assert command.startswith("$ comity "), command
        words = shlex.split(command)[2:]
        data = {"COMITY_DATA": str(ORGANISATIONS), "LC_ALL": "en_GB.UTF-8"}
        result = CliRunner().invoke(main, words, env=data)
        assert result.exit_code in (0, 1), result.output
        assert shows(expected, result.stdout.splitlines()), f"{command}\n{result.stdout}"


def shows(expected: list[str], printed: list[str]) -> bool:
    """Whether the lines were printed in this order, with others only where a ``…`` stands."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "…" else re.escape(line) + r" *\n" for line in expected
    )
    return re.fullmatch(pattern, "\n".join([*printed, ""])) is not None


def test_the_cases_of_the_how_to_run(tmp_path: Path) -> None:
    """Run the page's own cases; those that lean on an organisation, where it is there."""

    def organisation(name: str, _: Path) -> OrganisationRecord:
        return read_register(ORGANISATIONS, name).organisation(name)

    ran = 0
    for number, text in enumerate(blocks(HOW_TO, "yaml")):
        named = re.search(r"^organisation: (\w+)$", text, re.MULTILINE)
        if named and not (ORGANISATIONS / named[1]).is_dir():
            continue
        file = tmp_path / f"{number}.yaml"
        file.write_text(text, "utf-8")
        outcomes = list(run_file(file, organisation))
        assert outcomes
        assert [each.failures for each in outcomes if not each.passed] == []
        ran += len(outcomes)
    assert ran >= 2


def rewritten(page: str) -> str:
    start = page.partition(COMMANDS_HEADING)[0] + COMMANDS_HEADING
    return "\n".join([start, *map(help_of, COMMANDS)])


if __name__ == "__main__":
    REFERENCE.write_text(rewritten(REFERENCE.read_text("utf-8")), "utf-8")
