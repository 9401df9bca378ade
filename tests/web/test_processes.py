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
    # However fast the machine: kills at counted points leave each one act in doubt after a receipt,
    # before the commit and after it.
    assert seen["counted"] <= min(seen["acknowledged"], seen["in_doubt"])
    assert 0 < seen["counted_but_recorded"] < seen["counted"]


@pytest.mark.parametrize("times", [60])
def test_two_writers_get_one_order(database_url: str, tmp_path: Path, times: int) -> None:
    seen = observe("writers", times, database_url, tmp_path)
    assert (seen["doubled"], seen["wrong"]) == (0, [])
    assert seen["receipts"] == [2 * times, 2 * times]
    assert seen["appends"] == seen["groups"] == 3 * times
    assert (seen["shared"], seen["same_receipts"]) == (times, True)


def test_of_two_acts_that_exclude_each_other_one_is_recorded(
    database_url: str, tmp_path: Path
) -> None:
    seen = observe("rivals", 40, database_url, tmp_path)
    assert seen["outcomes"] == [["nothing_to_end", "recorded"]] * 40
    assert (seen["withdrawals"], seen["wrong"]) == (40, [])


def test_two_imports_at_once_record_everything_once(database_url: str, tmp_path: Path) -> None:
    seen = observe("imports", 1, database_url, tmp_path)
    assert seen["came"] == ["0", seen["acts"]]
    assert int(seen["acts"]) > 50
    assert seen["wrong"] == []
