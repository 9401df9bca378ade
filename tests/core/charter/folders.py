"""Faults of an organisation's folder, as tests of the files beside a charter compare them."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.charter.load import load
from comity.kernel.errors import DataError


def faults_in(folder: Path) -> list[tuple[str, str, int]]:
    """Return code, file and line of every fault in a folder."""
    with pytest.raises(DataError) as refused:
        load(folder)
    places = [(each.code, each.place) for each in refused.value.faults]
    return [(code, Path(at.file).name, at.line) for code, at in places if at is not None]
