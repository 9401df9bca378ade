"""Check the form of decision rules against the published JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator

from comity.decision.numbers import exact
from comity.kernel.dates import parse_day
from comity.kernel.errors import Fault
from comity.kernel.forms import Readers, faults_of, format_checker
from comity.kernel.trees import Part

FORMAT = "comity-decisions/1"

_READERS: Readers = {
    "date": (parse_day, (str,)),
    "number": (exact, (str, int)),
    "amount": (exact, (str, int)),
}


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the published JSON Schema of decision rules."""
    file = resources.files("comity.decision").joinpath("decision.schema.json")
    result: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return result


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=format_checker(_READERS))


def faults_of_form(part: Part) -> Iterator[Fault]:
    """Yield every fault of form in the sections of decision rules."""
    yield from faults_of(part, _validator())
