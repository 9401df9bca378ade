"""What holds when several processes write, and when one is killed at any instant."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KILLS = 200
SEED = 20261121


def observe(what: str, times: int, url: str, var: Path) -> dict[str, Any]:
    environment = os.environ | {"COMITY_DATABASE_URL": url, "COMITY_VAR": str(var)}
    command = [sys.executable, "-m", "tests.web.processes", what, str(times), str(SEED)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    seen = observe("kills", KILLS, database_url, tmp_path)
    assert (seen["lost"], seen["doubled"], seen["wrong"]) == ([], 0, [])
    assert seen["groups"] == seen["appends"] == seen["acknowledged"] + seen["in_doubt"]
    # The kills came at the instants that matter: after some receipts, and before some.
    assert seen["acknowledged"] > KILLS / 10
    assert seen["in_doubt"] > KILLS / 10


@pytest.mark.parametrize("times", [60])
def test_two_writers_get_one_order(database_url: str, tmp_path: Path, times: int) -> None:
    seen = observe("writers", times, database_url, tmp_path)
    assert (seen["doubled"], seen["wrong"]) == (0, [])
    assert seen["receipts"] == [2 * times, 2 * times]
    assert seen["appends"] == seen["groups"] == 3 * times
    assert (seen["shared"], seen["same_receipts"]) == (times, True)
