"""The command as a process of its own: what only shows there."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from comity import __version__
from tests.core.cli.conftest import GUILDS

COMITY = Path(sys.executable).with_name("comity")


def comity(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {**os.environ, "COMITY_DATA": str(GUILDS), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run([COMITY, *words], capture_output=True, text=True, env=own, check=False)


def test_the_version_is_told_without_loading_what_answers_need() -> None:
    script = (
        "import sys; from comity.cli.main import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: print(sorted({'rich', 'yaml', 'jsonschema'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"comity {__version__}\n[]\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    own = {**os.environ, "COMITY_DATA": str(GUILDS)}
    process = subprocess.Popen(
        [COMITY, "rules", "guild"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=own
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (141, b"")


def test_letters_the_terminal_has_not_are_replaced() -> None:
    done = comity("orgs", "--lang", "ru", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert "guild" in done.stdout


def test_the_exit_code_reaches_the_shell() -> None:
    assert comity("may", "guild", "XC", "decide", "assembly", "--on", "2010-01-01").returncode == 1
    assert comity("status", "guild", "nobody").returncode == 2


@pytest.mark.parametrize(("columns", "tabular"), [("100", True), ("40", False)])
def test_a_table_folds_on_a_narrow_terminal(columns: str, tabular: bool) -> None:
    shown = on_a_terminal("at", "guild", "2010-01-01", "--lang", "zh", columns=columns)
    assert ("────" in shown) == tabular
    assert "桤木国" in shown
    assert "1990年5月1日" in shown


def test_colour_only_on_a_terminal_and_only_if_wanted() -> None:
    assert "\x1b[" in on_a_terminal("at", "guild", "2010-01-01", columns="100")
    plain = on_a_terminal("at", "guild", "2010-01-01", "--no-color", columns="100")
    assert "\x1b[3" not in plain
    assert "\x1b[" not in comity("at", "guild", "2010-01-01").stdout


def on_a_terminal(*words: str, columns: str) -> str:
    """Run on a terminal of a width and return what it showed."""
    leader, follower = pty.openpty()
    own = {**os.environ, "COMITY_DATA": str(GUILDS), "COLUMNS": columns, "TERM": "xterm"}
    own.pop("NO_COLOR", None)
    process = subprocess.Popen([COMITY, *words], stdout=follower, stderr=follower, env=own)
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 65536):
            shown += chunk
    except OSError:
        pass  # the other end is closed: the process is done
    os.close(leader)
    assert process.wait() == 0
    return shown.decode()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script(shell: str) -> None:
    done = comity("completion", shell)
    assert done.returncode == 0
    assert "_COMITY_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("comity sta", "status"),
        ("comity at gu", "guild"),
        ("comity status guild XA", "XA"),
        ("comity may guild XA sp", "speak"),
        ("comity may guild XA speak ass", "assembly"),
        ("comity rules guild pact__art_7", "pact__art_7"),
        ("comity status nowhere X", ""),
    ],
)
def test_completion_knows_the_names(line: str, offered: str) -> None:
    words = line.split()
    done = comity(_COMITY_COMPLETE="bash_complete", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    assert done.stdout.strip().removeprefix("plain,") == offered
    assert done.stderr == ""
