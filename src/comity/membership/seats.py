"""Who sits in a body: the holders of a status, and parties that the rules name."""

from __future__ import annotations

from datetime import date

from comity.charter.model import Charter, Seat, in_force
from comity.kernel.finding import Finding, unique
from comity.membership.answers import status_on
from comity.membership.history import History


def seat_on(history: History, *, charter: Charter, day: date, body: str) -> Finding[str | None]:
    """Return in which capacity a party sits in a body on a day, or ``None``, and why or why not.

    Of several seats the first in the charter counts. Whether the body is active is another
    question.
    """
    rules = charter.bodies[body].nearest(day)
    seats = in_force(rules.composition, day)
    for seat in seats:
        taken = _taken(seat, history, charter, day)
        if taken:
            grounds = unique((seat.article or rules.article, *taken.grounds))
            return Finding(seat.capacity, grounds, taken.doubts)
    held = status_on(history, charter=charter, day=day, facet=charter.main_facet)
    articles = [seat.article for seat in seats if seat.article] or [rules.article]
    return Finding(None, unique((*articles, *held.grounds)), held.doubts)


def _taken(seat: Seat, history: History, charter: Charter, day: date) -> Finding[str | None] | None:
    """Return why a party has a seat, or ``None`` where it is not one of its kind."""
    if history.party in seat.parties:
        return Finding(seat.capacity)
    if not seat.status:
        return None
    facet = charter.facet_of(seat.status)
    held = status_on(history, charter=charter, day=day, facet=facet)
    return held if held.value == seat.status else None
