"""Which statuses a party is on the way to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from comity.charter import queries
from comity.charter.model import Charter, Stage
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
    """Whether the status was held when the last stage on the way to it was reached, or since.

    A status that was given and merged into another on one day was held for no whole day: what
    is held then began by that stage.
    """
    reached = [each for each in history.stages if each.status == status and each.on.first <= day]
    last = reached[-1]
    begun = [e for e in history.in_facet(charter.facet_of(status)) if e.start.first <= day]
    return any(
        last.act in spell.began_by
        or (spell.status == status and (spell.end is None or spell.end.first > last.on.first))
        for spell in begun
    )


def stages_left(history: History, *, charter: Charter, day: date, status: str) -> tuple[Stage, ...]:
    """Return the stages that a way still asks for after the last one reached by the day."""
    reached = [each for each in history.stages if each.status == status and each.on.first <= day]
    if not reached:
        return ()
    path = queries.path_to(charter, status, reached[-1].on.first)
    stages = path.stages if path else ()
    places = [n for n, each in enumerate(stages, 1) if each.id == reached[-1].stage]
    return tuple(each for place in places for each in stages[place:] if each.required)
