"""Which statuses a party is on the way to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.charter.model import Charter
from comity.kernel.finding import Finding
from comity.membership.answers import stage_on
from comity.membership.history import History


def under_way(
    history: History, *, charter: Charter, day: date
) -> Iterator[tuple[str, Finding[str | None]]]:
    """Yield the statuses a party is on the way to, each with the last stage reached, and why.

    A way that led to the status, or was passed while the status was held, is not under way.
    """
    begun = {each.status for each in history.stages if each.on.first <= day}
    for status in dict.fromkeys(path.status for path in charter.paths):
        if status in begun and not _arrived(history, charter, status, day):
            yield status, stage_on(history, charter=charter, day=day, status=status)


def _arrived(history: History, charter: Charter, status: str, day: date) -> bool:
    """Whether the status was held when the last stage on the way to it was reached, or since."""
    reached = [each for each in history.stages if each.status == status and each.on.first <= day]
    last = reached[-1].on.first
    return any(
        spell.status == status
        and spell.start.first <= day
        and (spell.end is None or spell.end.first > last)
        for spell in history.in_facet(charter.facet_of(status))
    )
