"""The Go program that reads our logs, for tests of files and of sites alike.

Needs Go and Debian's golang-golang-x-mod-dev. Where they are missing the tests are skipped with
that reason, unless ``COMITY_REQUIRE_GO=1`` says that they must be there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "independent" / "go"
GO_LIBRARIES = Path("/usr/share/gocode")


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Go program, built once."""
    library = GO_LIBRARIES / "src/golang.org/x/mod/sumdb/tlog"
    if not shutil.which("go") or not library.is_dir():
        reason = "needs the Debian packages golang-go and golang-golang-x-mod-dev"
        if os.environ.get("COMITY_REQUIRE_GO") == "1":
            pytest.fail(f"COMITY_REQUIRE_GO is set, but this {reason}")
        pytest.skip(reason)
    built = tmp_path_factory.mktemp("go") / "comitylog"
    environment = os.environ | {
        "GO111MODULE": "off",
        "GOPATH": str(GO_LIBRARIES),
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
        "GOCACHE": str(built.parent / "cache"),
    }
    done = subprocess.run(
        ["go", "build", "-o", str(built), "."],
        cwd=SOURCE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return built
