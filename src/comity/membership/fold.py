"""The fold: all acts that name a party, read in legal order, become its history.

``docs/reference/algorithms/fold.md`` is the rule for this module and those with the handlers. The
fold never raises for what the acts say. An act without footing (a suspension lifted that never
began) is left aside and reported as a fault; the register refuses to record such an act.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.membership import (
    beginnings,
    departures,
    endings,
    particulars,
    successions,
    suspensions,
)
from comity.membership.history import History
from comity.membership.kinds import RANK
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


def legal_order(act: Act) -> tuple[date, int, str]:
    """Return the key by which acts are read: day of effect, rank of the kind, identifier."""
    return act.effective_on.first, RANK.get(act.kind, 50), act.id


def fold(
    acts: Iterable[Act],
    *,
    party: str,
    charter: Charter,
    basis: str,
    history_of: Lookup,
    until: Act | None = None,
) -> History:
    """Return the history of ``party`` on ``basis``, or as far as the act ``until``.

    ``acts`` are those that concern the party, in any order, corrections already applied;
    ``history_of`` gives the history of a predecessor as far as the act by which it is succeeded.
    """
    ledger = Ledger(party, charter, basis, sorted(acts, key=legal_order), history_of)
    last = legal_order(until) if until else None
    for act in ledger.acts:
        if last and legal_order(act) > last:
            break
        handler = HANDLERS.get(act.kind)
        if handler:
            _let_time_pass(ledger, act.effective_on.first)
            handler(ledger, act)
    _let_time_pass(ledger, until.effective_on.first if until else date.max)
    return ledger.history()


def _let_time_pass(ledger: Ledger, day: date) -> None:
    """Let everything take effect that falls due up to and including a day."""
    while ledger.due and ledger.due[0][0] <= day:
        due, what, act_id = heapq.heappop(ledger.due)
        FALLING_DUE[what](ledger, act_id, due)
