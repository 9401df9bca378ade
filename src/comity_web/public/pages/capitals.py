"""Where a party's capital lies on a day."""

from __future__ import annotations

from comity.charter.model import Capital
from comity_web.drawing.projection import Degrees
from comity_web.public.pages.reader import Reader


def capital_of(reader: Reader, code: str) -> Capital | None:
    """Return the capital of a party on the day, or ``None`` where none is declared."""
    versions = reader.charter.parties[code].capital
    return versions.on(reader.question.on) if versions else None


def place_of(capital: Capital) -> Degrees:
    """Return where a capital lies, as a map has it."""
    return float(capital.at.longitude), float(capital.at.latitude)
