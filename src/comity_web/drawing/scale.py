"""Days on a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from ``first``, at 0 percent of the width, to ``last``, at 100."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def at(self, day: date) -> float:
        """Return where a day lies, in percent; days outside lie at the nearer end."""
        length = max(1, self.last.toordinal() - self.first.toordinal())
        share = (day.toordinal() - self.first.toordinal()) / length
        return round(min(1.0, max(0.0, share)) * 100, 2)

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """Return at most ``most`` years, evenly spaced; of these, every other one is ``minor``.

        >>> [each.year for each in Scale(date(2001, 6, 15), date(2026, 11, 21)).ticks(10)]
        [2005, 2010, 2015, 2020, 2025]
        """
        step = next((s for s in _STEPS if len(self._years(s)) <= most), _STEPS[-1])
        major = set(self._years(self._next(step)))
        return tuple(
            Tick(year, self.at(date(year, 1, 1)), year not in major) for year in self._years(step)
        )

    def _years(self, step: int) -> range:
        """The years that begin on the line, every ``step`` of them."""
        begins_in = self.first.year + (self.first > date(self.first.year, 1, 1))
        return range(-(-begins_in // step) * step, self.last.year + 1, step)

    def _next(self, step: int) -> int:
        return step * 2 if str(step)[0] in "15" or step == 25 else step * 5 // 2


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a year on a scale; a ``minor`` one goes unnamed where room is scarce."""

    year: int
    at: float
    minor: bool
