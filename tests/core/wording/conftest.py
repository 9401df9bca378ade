from __future__ import annotations

from pathlib import Path

import pytest

from comity.register.reading import read_register
from comity.register.register import OrganisationRecord

GUILDS = Path(__file__).parents[1] / "data" / "guilds" / "organisations"


@pytest.fixture(scope="session")
def guild() -> OrganisationRecord:
    return read_register(GUILDS).organisation("guild")
