"""When the condition of a treaty is met, and when the treaty enters into force because of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from comity.treaty.conditions import Conditions
from comity.treaty.dates import Dated, Starts, dated
from comity.treaty.lines import START, Line
from comity.treaty.model import Entry, Treaty
from comity.treaty.record import Around, Record


@dataclass(frozen=True, slots=True)
class Entering:
    """The day the condition was met, and the day it leads to; what was not reached is missing.

    ``lapsed_on``: the day by which the condition was to be met, where it was not.
    ``announced``: the act by which the depositary determined another day.
    """

    met_on: date | None = None
    computed: Dated | None = None
    lapsed_on: date | None = None
    announced: str = ""
    announced_day: date | None = None

    @property
    def enters_on(self) -> date | None:
        """The day of entry into force: the one announced goes before the one computed."""
        return self.announced_day or (self.computed.day if self.computed else None)


UNKNOWN = Entering()  # before the consents are known that a condition asks for


def starts_of(treaty: Treaty, record: Record, around: Around) -> Starts:
    """Return the days that every date of a treaty may start from."""
    adopted, opened = record.first_day("adopted"), record.first_day("opened")
    if opened is None and treaty.signature is not None:
        opened = treaty.signature.start
    bare = Starts(treaty.counting, "met", in_force=around.in_force)
    return bare.adding("met", adoption=adopted, opening=opened)


def entering(conditions: Conditions, on: date) -> Entering:
    """Return when a treaty enters into force, as of a day; what lies after it is not known."""
    holding = conditions.holding
    treaty, record = holding.treaty, holding.record
    determined = [each for each in record.of_kind("determined") if not each.party]
    announced = (determined[-1].id, determined[-1].day) if determined else ("", None)
    starts = starts_of(treaty, record, holding.around)
    if treaty.entry is None:
        return Entering(announced=announced[0], announced_day=announced[1])
    line = conditions.line(treaty.entry.when).until(on)
    lapses = dated(treaty.entry.lapses, starts.adding("adoption")) if treaty.entry.lapses else None
    met, computed = _met(treaty.entry, line, starts)
    if lapses and (lapses.day < met if met else lapses.day < on):
        return Entering(None, None, lapses.day, *announced)
    return Entering(met, computed, None, *announced)


def _met(entry: Entry, line: Line[bool], starts: Starts) -> tuple[date | None, Dated | None]:
    since = starts.days.get("adoption", START)
    met = line.first(True, since)
    while met is not None:
        computed = dated(entry.falls, starts.adding("met", met=met))
        undone = line.first(False, met)
        if not entry.must_hold or undone is None or (computed and computed.day < undone):
            return met, computed
        met = line.first(True, undone)
    return None, None
