"""Check the form of procedures against the published JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

from comity.kernel.dates import parse_day
from comity.kernel.errors import DataError, Fault
from comity.kernel.forms import Form
from comity.kernel.trees import Part
from comity.procedure.calendars import CLOSE_OF_OFFICE, END_OF_DAY, SAME_TIME
from comity.procedure.zones import parse_clock, zone_of

FORMAT = "comity-procedures/1"
ENDS = (SAME_TIME, END_OF_DAY, CLOSE_OF_OFFICE)


def parse_ends(text: str) -> str | time:
    """Read at what time of its last day a period ends; raises `DataError`."""
    if text in ENDS:
        return text
    try:
        return parse_clock(text)
    except DataError:
        expected = f"one of {', '.join(ENDS)}, or a time such as 18:00"
        fault = Fault("malformed_time", f'"{text[:80]}" is no end of a period', expected)
        raise DataError(fault) from None


_FORM = Form(
    "comity.procedure",
    "procedure.schema.json",
    {
        "date": (parse_day, (str,)),
        "clock": (parse_clock, (str,)),
        "ends": (parse_ends, (str,)),
        "zone": (zone_of, (str,)),
    },
)


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of procedures."""
    return _FORM.schema


def faults_of_form(part: Part) -> Iterator[Fault]:
    """Yield every fault of form in the sections of procedures."""
    yield from _FORM.faults(part)
