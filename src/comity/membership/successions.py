"""How statuses pass: from several statuses into one, and from one party to another."""

from __future__ import annotations

from dataclasses import replace

from comity.kernel.act import Act
from comity.membership.history import History, Spell
from comity.membership.ledger import Handlers, Ledger, is_empty

_KEEPING_SENIORITY = frozenset({"continuation", "merger"})


def statuses_merged(ledger: Ledger, act: Act) -> None:
    """Turn several statuses into one, for all who hold them or only for the parties named."""
    if act.parties and ledger.party not in act.parties:
        return
    start = act.effective_on
    for facet, spell in list(ledger.open.items()):
        if spell.status in act.listed("statuses"):
            ledger.close(facet, start, (act.id,), "merged")
            # Who got the old status that very day has it as a ground of the new one.
            by = (*spell.began_by, act.id) if is_empty(ledger.closed[-1]) else (act.id,)
            ledger.open[facet] = Spell(facet, act.detail("into"), start, start, by)


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


def _inherit(ledger: Ledger, act: Act) -> None:
    for predecessor in act.listed("predecessors"):
        if predecessor == ledger.party:
            continue
        for spell in _passed_on(ledger.history_of(predecessor, act), act):
            _take_over(ledger, act, spell)


def _passed_on(history: History, act: Act) -> tuple[Spell, ...]:
    """The spells of a predecessor that pass to the successor by ``act``."""
    if act.detail("mode") == "separation":
        day = act.effective_on.first
        return tuple(spell for spell in history.spells if spell.holds_on(day))
    return tuple(spell for spell in history.spells if act.id in spell.ended_by)


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
