from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from comity.cli.http_reader import HttpReader
from comity.cli.main import main
from tests.core.cli.web_reader import CONTENT
from tests.core.cli.web_server import Server, serving

GUILDS = Path(__file__).parents[1] / "data" / "guilds"

Run = Callable[..., Result]
Ask = Callable[..., Any]


@pytest.fixture
def run() -> Run:
    """Run a command line in this process, on the guild unless it names other data."""

    def invoke(*words: str, data: Path | None = GUILDS, **environment: str) -> Result:
        own = {"COMITY_DATA": str(data) if data else "", "LC_ALL": "C", **environment}
        result = CliRunner().invoke(main, list(words), env=own)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def ask(run: Run) -> Ask:
    """Run a command with ``--json`` and return what it says; ``code`` is the exit code expected."""

    def invoke(*words: str, code: int = 0, data: Path = GUILDS) -> Any:
        result = run(*words, "--json", data=data)
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    return invoke


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the guild that a test may break."""
    shutil.copytree(GUILDS / "organisations", tmp_path / "organisations")
    return tmp_path


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no proxy in the environment."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Serve a folder with one file."""
    (tmp_path / "file").write_bytes(CONTENT)
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def reader(server: Server) -> Iterator[HttpReader]:
    with HttpReader(server.address, timeout=5) as reader:
        yield reader
