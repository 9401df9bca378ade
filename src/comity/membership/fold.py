"""The fold: all acts that name a party, read in legal order, become its history.

``docs/reference/algorithms/fold.md`` is the rule for this module and those with the handlers. The
fold never raises for what the acts say. An act without footing (a suspension lifted that never
began) is left aside and reported as a fault; the register refuses to record such an act.
"""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.membership import (
    beginnings,
    departures,
    endings,
    particulars,
    successions,
    suspensions,
)
from comity.membership.history import History
from comity.membership.kinds import BEGINS, RANK
from comity.membership.ledger import Handlers, Ledger, Lookup

HANDLERS: Handlers = {
    **beginnings.HANDLERS,
    **endings.HANDLERS,
    **departures.HANDLERS,
    **suspensions.HANDLERS,
    **successions.HANDLERS,
    **particulars.HANDLERS,
}
"""What each kind of act does; a kind that is not here changes nothing of a party."""

FALLING_DUE: Mapping[str, Callable[[Ledger, str, date], None]] = {
    "notice": departures.notice_falls_due,
    "suspension": suspensions.suspension_runs_out,
    "term": beginnings.term_ends,
}
"""What takes effect on its day without a further act."""


Order = tuple[date, int, tuple[int, ...], str]

NO_PLACES: Mapping[str, int] = {}

WITHOUT_FOOTING = frozenset(
    {
        "already_held",
        "already_suspended",
        "no_such_notice",
        "notice_already_given",
        "nothing_to_end",
        "nothing_to_lift",
        "nothing_to_return_to",
        "nothing_to_suspend",
    }
)
"""Refusals by which an act did nothing at all, so that it may be read again on a later day."""


def legal_order(act: Act) -> tuple[date, int, str]:
    """Return the key by which acts are sorted: day of effect, rank of the kind, identifier."""
    return act.effective_on.first, RANK.get(act.kind, 50), act.id


def reading_order(act: Act, charter: Charter, places: Mapping[str, int]) -> Order:
    """Return the key by which the acts of a party are read: `legal_order`, and what is before it.

    Identifiers decide only between acts of one day and rank of which neither rests on the other.
    ``places`` says how many successions of its day each succession rests on.
    """
    day, rank, name = legal_order(act)
    within: tuple[int, ...] = ()
    if rank == BEGINS:
        within = beginnings.precedence(act, charter)
    elif act.kind == "succeeded":
        within = places.get(act.id, 0), act.detail("mode") != "separation"
    return day, rank, within, name


def fold(
    acts: Iterable[Act],
    *,
    party: str,
    charter: Charter,
    basis: str,
    history_of: Lookup,
    until: Act | None = None,
    places: Mapping[str, int] = NO_PLACES,
) -> History:
    """Return the history of ``party`` on ``basis``, or as far as the act ``until``.

    ``acts`` are those that concern the party, in any order, corrections already applied;
    ``history_of`` gives the history of a predecessor as far as the act by which it is succeeded.
    """
    to_read = [(reading_order(act, charter, places), act) for act in acts]
    to_read.sort(key=lambda each: each[0])
    ledger = Ledger(party, charter, basis, [act for _, act in to_read], history_of)
    last = reading_order(until, charter, places) if until else None
    while to_read:
        order, act = to_read.pop(0)
        if last and order > last:
            break
        later = _read(ledger, act, to_read)
        if later:
            order = reading_order(later, charter, places)
            insort(to_read, (order, later), key=lambda each: each[0])
    _let_time_pass(ledger, until.effective_on.first if until else date.max)
    return ledger.history(passing=until is not None)


def _read(ledger: Ledger, act: Act, to_read: list[tuple[Order, Act]]) -> Act | None:
    """Read one act; if it has no footing yet, return it as it may be read again later.

    A date known only to the month or year is its first day, unless the act has footing only on a
    later one: a suspension lifted "in June" was lifted after it was imposed on 10 June.
    """
    handler = HANDLERS.get(act.kind)
    if not handler:
        return None
    _let_time_pass(ledger, act.effective_on.first)
    before = len(ledger.faults)
    handler(ledger, act)
    faults = ledger.faults[before:]
    if not faults or act.effective_on.exact or faults[0].code not in WITHOUT_FOOTING:
        return None
    narrowed = _narrowed(act.effective_on, ledger, to_read)
    if narrowed is None:
        return None
    del ledger.faults[before:]
    return replace(act, effective_on=narrowed)


def _narrowed(
    when: PartialDate, ledger: Ledger, to_read: list[tuple[Order, Act]]
) -> PartialDate | None:
    """Return what remains of an imprecise date after what next changes something within it.

    That is the day after an act, or the very day on which something falls due.
    """
    after_acts = (each.effective_on.first + timedelta(days=1) for _, each in to_read)
    due = (day for day, _, _ in ledger.due)
    days = [day for day in (*after_acts, *due) if when.first < day <= when.last]
    return PartialDate(min(days), when.last) if days else None


def _let_time_pass(ledger: Ledger, day: date) -> None:
    """Let everything take effect that falls due up to and including a day."""
    while ledger.due and ledger.due[0][0] <= day:
        due, what, act_id = heapq.heappop(ledger.due)
        FALLING_DUE[what](ledger, act_id, due)
