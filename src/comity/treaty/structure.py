"""Check the form of treaties against the published JSON Schema."""

from __future__ import annotations

import re
from datetime import date

from comity.decision.numbers import exact
from comity.kernel.dates import parse_day
from comity.kernel.errors import DataError, Fault
from comity.kernel.forms import Form

FORMAT = "comity-treaties/1"
MOMENTS = ("adoption", "opening")

_DAY_OF_YEAR = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_A_COMMON_YEAR = 2001


def parse_day_of_year(text: str) -> tuple[int, int]:
    """Read month and day, ``MM-DD``; raises `DataError` for a day that not every year has.

    >>> parse_day_of_year("06-30")
    (6, 30)
    """
    match = _DAY_OF_YEAR.fullmatch(text)
    try:
        if match:
            found = date(_A_COMMON_YEAR, int(match[1]), int(match[2]))
            return found.month, found.day
    except ValueError:
        pass
    found_text, expected = f'"{text[:80]}" is no day of every year', "month and day, such as 06-30"
    raise DataError(Fault("impossible_date", found_text, expected))


def parse_moment_of(text: str) -> str | date:
    """Read the moment of a class: a word, or a day; raises `DataError`."""
    if text in MOMENTS:
        return text
    try:
        return parse_day(text)
    except DataError:
        found, expected = f'"{text[:80]}" is no moment', f"{', '.join(MOMENTS)}, or a day"
        raise DataError(Fault("impossible_date", found, expected)) from None


# The published JSON Schema of treaties, and how their form is checked.
FORM = Form(
    "comity.treaty",
    "treaty.schema.json",
    {
        "date": (parse_day, (str,)),
        "number": (exact, (str, int)),
        "day_of_year": (parse_day_of_year, (str,)),
        "moment": (parse_moment_of, (str,)),
    },
)
