"""The smallest charter, and the faults of what is added to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from comity.charter.load import load
from comity.kernel.errors import DataError, Fault

BASE = """\
format: comity-charter/1
organisation: {id: club}
statuses: {member: {}, guest: {}}
"""


@dataclass(frozen=True)
class Scenario:
    """Rules added to the smallest charter (from line 4 on), and the one fault they have."""

    title: str
    rules: str
    code: str
    line: int
    says: str
    file: str = "charter.yaml"


def faults_of(scenario: Scenario, folder: Path) -> tuple[Fault, ...]:
    in_charter = scenario.file == "charter.yaml"
    (folder / "charter.yaml").write_text(BASE + (scenario.rules if in_charter else ""))
    if not in_charter:
        (folder / scenario.file).parent.mkdir(exist_ok=True)
        (folder / scenario.file).write_text(scenario.rules)
    with pytest.raises(DataError) as caught:
        load(folder)
    return caught.value.faults


def faults_in(folder: Path) -> list[tuple[str, str, int]]:
    """Return code, file and line of every fault of an organisation's folder."""
    with pytest.raises(DataError) as refused:
        load(folder)
    found = []
    for each in refused.value.faults:
        assert each.place is not None, each
        found.append((each.code, Path(each.place.file).name, each.place.line))
    return found
