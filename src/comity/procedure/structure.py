"""Check the form of procedures against the published JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time
from functools import lru_cache
from importlib import resources
from typing import Any

from jsonschema import Draft202012Validator

from comity.kernel.dates import parse_day
from comity.kernel.errors import DataError, Fault
from comity.kernel.forms import Readers, faults_of, format_checker
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


_READERS: Readers = {
    "date": (parse_day, (str,)),
    "clock": (parse_clock, (str,)),
    "ends": (parse_ends, (str,)),
    "zone": (zone_of, (str,)),
}


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the published JSON Schema of procedures."""
    file = resources.files("comity.procedure").joinpath("procedure.schema.json")
    result: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return result


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=format_checker(_READERS))


def faults_of_form(part: Part) -> Iterator[Fault]:
    """Yield every fault of form in the sections of procedures."""
    yield from faults_of(part, _validator())
