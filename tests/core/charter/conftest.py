from __future__ import annotations

from pathlib import Path

import pytest

from comity.charter.load import load
from comity.charter.model import Charter

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def club_folder() -> Path:
    return DATA / "club"


@pytest.fixture(scope="session")
def club(club_folder: Path) -> Charter:
    return load(club_folder)
