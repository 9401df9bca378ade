"""How statuses pass: from several statuses into one, and from one party to another."""

from __future__ import annotations

from dataclasses import replace

from comity.kernel.act import Act
from comity.membership.history import History, Spell, Suspension
from comity.membership.ledger import Handlers, Ledger, is_empty

_KEEPING_SENIORITY = frozenset({"continuation", "merger"})


def statuses_merged(ledger: Ledger, act: Act) -> None:
    """Turn several statuses into one, for all who hold them or only for the parties named."""
    if act.parties and ledger.party not in act.parties:
        return
    start, merged, into = act.effective_on, act.listed("statuses"), act.detail("into")
    for facet, spell in list(ledger.open.items()):
        if spell.status in merged:
            ledger.close(facet, start, (act.id,), "merged")
            # Who got the old status that very day has it as a ground of the new one.
            by = (*spell.began_by, act.id) if is_empty(ledger.closed[-1]) else (act.id,)
            ledger.open[facet] = Spell(facet, into, start, start, by)
    _carry_over(ledger, act, merged, into)


def succeeded(ledger: Ledger, act: Act) -> None:
    """Let the successor take over what its predecessors held, and end it with them.

    After a separation the predecessor stays.
    """
    mode = act.detail("mode")
    if ledger.party == act.detail("successor"):
        _inherit(ledger, act)
    elif ledger.party in act.listed("predecessors") and mode != "separation":
        if not ledger.open:
            found = f"{ledger.party} held no status when it was succeeded"
            ledger.fault(act, "nothing_to_end", found, "a predecessor that holds a status")
        for facet in list(ledger.open):
            ledger.close(facet, act.effective_on, (act.id,), mode)


HANDLERS: Handlers = {"statuses_merged": statuses_merged, "succeeded": succeeded}


def _carry_over(ledger: Ledger, act: Act, merged: tuple[str, ...], into: str) -> None:
    """Let running suspensions and notices, and what a suspension interrupts, be about ``into``."""
    for act_id, notice in ledger.notices.items():
        if notice.status in merged and notice.closed_on is None:
            ledger.notices[act_id] = replace(notice, status=into)
    for act_id, suspension in ledger.suspensions.items():
        if suspension.status in merged and suspension.end is None:
            ledger.suspensions[act_id] = replace(suspension, status=into)
    for act_id, spell in ledger.suspended_before.items():
        if spell.status in merged and ledger.suspensions[act_id].end is None:
            start = act.effective_on
            resumed = Spell(spell.facet, into, start, start, (act.id,))
            ledger.suspended_before[act_id] = resumed


def _inherit(ledger: Ledger, act: Act) -> None:
    for predecessor in act.listed("predecessors"):
        if predecessor == ledger.party:
            continue
        history = ledger.history_of(predecessor, act)
        for spell in _passed_on(history, act):
            suspension = _interrupting(history, act, spell)
            if suspension is None:
                _take_over(ledger, act, spell)
            elif act.detail("mode") == "continuation":
                _take_over_suspended(ledger, act, spell, suspension, history)
            else:
                _take_over(ledger, act, history.interrupted[suspension.act])


def _passed_on(history: History, act: Act) -> tuple[Spell, ...]:
    """The spells of a predecessor that pass to the successor by ``act``."""
    if act.detail("mode") == "separation":
        day = act.effective_on.first
        return tuple(spell for spell in history.spells if spell.holds_on(day))
    return tuple(spell for spell in history.spells if act.id in spell.ended_by)


def _interrupting(history: History, act: Act, spell: Spell) -> Suspension | None:
    """The suspension by which a predecessor holds ``spell`` instead of what it was before."""
    for act_id, interrupted in history.interrupted.items():
        suspension = next(each for each in history.suspensions if each.act == act_id)
        running = suspension.end is None or suspension.ended_by == act.id
        made = (interrupted.facet, suspension.rule.becomes) == (spell.facet, spell.status)
        if running and made:
            return suspension
    return None


def _take_over_suspended(
    ledger: Ledger, act: Act, inherited: Spell, suspension: Suspension, history: History
) -> None:
    """Continue the seat as it is, suspended; who holds what it was is not suspended by that."""
    interrupted = history.interrupted[suspension.act]
    held = ledger.open.get(inherited.facet)
    if held and held.status == interrupted.status:
        _take_over(ledger, act, interrupted)
        return
    _take_over(ledger, act, inherited)
    passed = replace(suspension, start=act.effective_on, end=None, ended_by="")
    ledger.suspensions[passed.act] = passed
    ledger.suspended_before[passed.act] = replace(
        interrupted, start=passed.start, began_by=(act.id,), since_by=interrupted.origin
    )
    ledger.inherited[passed.act] = history.acts[passed.act]
    if passed.until:
        ledger.schedule(passed.until, "suspension", passed.act)


def _take_over(ledger: Ledger, act: Act, inherited: Spell) -> None:
    """Hold what a predecessor held; who holds it already keeps the earlier seniority."""
    start, facet = act.effective_on, inherited.facet
    keeps_seniority = act.detail("mode") in _KEEPING_SENIORITY
    held = ledger.open.get(facet)
    if held and held.status == inherited.status:
        if keeps_seniority and inherited.since < held.since:
            senior = replace(held, since=inherited.since, since_by=inherited.origin)
            ledger.open[facet] = senior
        return
    if held:
        ledger.close(facet, start, (act.id,), "promoted")
    spell = Spell(facet, inherited.status, start, start, (act.id,))
    if keeps_seniority:
        spell = replace(spell, since=inherited.since, since_by=inherited.origin)
    ledger.open[facet] = spell
