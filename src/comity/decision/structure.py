"""Check the form of decision rules against the published JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from comity.decision.numbers import exact
from comity.kernel.dates import parse_day
from comity.kernel.errors import Fault
from comity.kernel.forms import Form
from comity.kernel.trees import Part

FORMAT = "comity-decisions/1"

_FORM = Form(
    "comity.decision",
    "decision.schema.json",
    {
        "date": (parse_day, (str,)),
        "number": (exact, (str, int)),
        "amount": (exact, (str, int)),
    },
)


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of decision rules."""
    return _FORM.schema


def faults_of_form(part: Part) -> Iterator[Fault]:
    """Yield every fault of form in the sections of decision rules."""
    yield from _FORM.faults(part)
