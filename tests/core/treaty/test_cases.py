"""The treaties of the world and of this project: every case of every file here, and the runner."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.decision.cases import Result
from comity.kernel import documents
from comity.kernel.errors import ComityError, DataError
from comity.treaty.cases import holds_treaties, read_case, run_document, run_file
from comity.treaty.read import read_file, read_treaties
from tests.core.tampering import changed, paths_in

DATA = Path(__file__).parent / "data"
FILES = sorted(DATA.glob("*.yaml"))
RESULTS = [each for file in FILES for each in run_file(file)]


@pytest.mark.parametrize("result", RESULTS, ids=lambda each: each.title[:70])
def test_the_treaty_is_as_a_lawyer_says(result: Result) -> None:
    assert result.failures == (), result.place


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_every_treaty_has_a_case(file: Path) -> None:
    data = documents.read(file).data
    asked = {each["treaty"] for each in data["cases"]}
    asked |= {name for each in data["cases"] for name in each.get("around", {})}
    assert {*data["treaties"]} == asked
