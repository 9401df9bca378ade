"""Suspension: what it takes away, what a party becomes by it, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.charter import queries
from comity.charter.model import SuspensionRule
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, parse_day
from comity.membership.history import Spell, Suspension
from comity.membership.ledger import Handlers, Ledger


def suspended(ledger: Ledger, act: Act) -> None:
    """Suspend a party as the rule of its status says; ``rights`` in the act narrow it.

    A suspension for a time may be renewed before it runs out: it ends where the new one begins.
    """
    facet, spell = _spell_to_suspend(ledger, act)
    if spell is None:
        what = act.detail("status") or "a status"
        found = f"{ledger.party} does not hold {what} on {act.effective_on}"
        ledger.fault(act, "nothing_to_suspend", found, f"{ledger.party} holding {what}")
        return
    rule = queries.suspension_rule(ledger.charter, spell.status, act.effective_on.first)
    if rule is None and ledger.charter.suspension:
        found = f"no rule in force on {act.effective_on} provides for suspending {spell.status}"
        ledger.fault(act, "no_suspension_rule", found, "a suspension rule for that status")
        return
    rule = rule or SuspensionRule((spell.status,))
    rights = act.listed("rights") or rule.loses
    same = [e for e in ledger.suspensions.values() if e.end is None and e.rights == rights]
    if not all(_renews(act, each) for each in same):
        found = f"{ledger.party} is suspended already"
        ledger.fault(act, "already_suspended", found, "a party not suspended", rule=rule.article)
        return
    ledger.check_authority(act, rule.by, rule.article)
    for each in same:
        _end(ledger, each.act, act.effective_on, act.id)
    _suspend(
        ledger, act, facet, spell, Suspension(spell.status, act.effective_on, act.id, rule, rights)
    )


def suspension_lifted(ledger: Ledger, act: Act) -> None:
    """End the suspension that the act names, or all that run."""
    named = act.detail("suspension")
    running = [
        each.act
        for each in ledger.suspensions.values()
        if each.end is None and named in ("", each.act)
    ]
    if not running:
        found = f"no suspension of {ledger.party} is in force on {act.effective_on}"
        ledger.fault(act, "nothing_to_lift", found, "a suspension that has begun")
    for suspension in running:
        _end(ledger, suspension, act.effective_on, act.id)


def suspension_runs_out(ledger: Ledger, act_id: str, day: date) -> None:
    """End a suspension that was imposed for a time."""
    _end(ledger, act_id, PartialDate.of(day), "")


HANDLERS: Handlers = {"suspended": suspended, "suspension_lifted": suspension_lifted}


def _spell_to_suspend(ledger: Ledger, act: Act) -> tuple[str, Spell | None]:
    """The spell the act is about; while one is interrupted for a time, to renew is about that."""
    facet, spell = ledger.named_spell(act)
    suspended = ledger.interrupted_spell(facet)
    if suspended is None or suspended[0].until is None:
        return facet, spell
    interrupted = suspended[1]
    meant = spell is not None or act.detail("status") == interrupted.status
    return facet, interrupted if meant else None


def _renews(act: Act, running: Suspension) -> bool:
    """Whether the act prolongs a suspension for a time: to a later day, or without end."""
    if running.until is None:
        return False
    until = act.detail("until")
    return not until or parse_day(until) > running.until


def _suspend(ledger: Ledger, act: Act, facet: str, spell: Spell, suspension: Suspension) -> None:
    start, becomes = suspension.start, suspension.rule.becomes
    until = act.detail("until")
    if until:
        suspension = replace(suspension, until=parse_day(until))
    ledger.suspensions[act.id] = suspension
    if becomes:
        ledger.suspended_before[act.id] = spell
        ledger.close(facet, start, (act.id,), "suspended")
        ledger.open[facet] = Spell(
            facet, becomes, start, spell.since, (act.id,), since_by=spell.origin
        )
    if suspension.until:
        ledger.schedule(suspension.until, "suspension", act.id)


def _end(ledger: Ledger, act_id: str, end: PartialDate, by: str) -> None:
    """End a suspension; a party that had become something else is again what it was."""
    suspension = ledger.suspensions[act_id]
    if suspension.end is not None:
        return
    ledger.suspensions[act_id] = replace(suspension, end=end, ended_by=by)
    before = ledger.suspended_before.get(act_id)
    if before and before.facet in ledger.open:
        ledger.close(before.facet, end, (by or act_id,), "lifted")
        grounds = (by,) if by else before.began_by
        ledger.open[before.facet] = replace(
            before, start=end, began_by=grounds, since_by=before.origin
        )
