"""What all tests share: a PostgreSQL where one is asked for, and one browser for all journeys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tests.go_verifier", "tests.postgres"]

# How long an example takes says something about the machine, not about the property.
settings.register_profile("comity", deadline=None)
settings.load_profile("comity")

E2E = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share a browser, or a program to be built, each on one worker."""
    for item in items:
        if item.path.is_relative_to(E2E):
            item.add_marker(pytest.mark.xdist_group("e2e"))
        elif "program" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("go"))
