"""How a status ends by an act: departure, expulsion, and every other manner."""

from __future__ import annotations

from dataclasses import replace

from comity.charter import queries
from comity.kernel.act import Act
from comity.membership.ledger import Handlers, Ledger


def withdrew(ledger: Ledger, act: Act) -> None:
    """End a status on the day the party left, whatever a notice computed."""
    _end_or_confirm(ledger, act, "withdrew", ())


def expelled(ledger: Ledger, act: Act) -> None:
    """End a status by expulsion, by who is competent."""
    _check_expulsion(ledger, act)
    _end_or_confirm(ledger, act, "expelled", _competent(ledger, act, "expelled"))


def status_ended(ledger: Ledger, act: Act) -> None:
    """End a status in the manner that the act names."""
    manner = act.detail("manner")
    _end_or_confirm(ledger, act, manner, _competent(ledger, act, manner))


HANDLERS: Handlers = {
    "withdrew": withdrew,
    "expelled": expelled,
    "status_ended": status_ended,
}


def _end_or_confirm(ledger: Ledger, act: Act, manner: str, competent: tuple[str, ...]) -> None:
    facet, spell = ledger.named_spell(act)
    if spell:
        ledger.check_authority(act, competent, "")
        ledger.close(facet, act.effective_on, (act.id,), manner)
    elif not _confirms_a_notice(ledger, act):
        what = act.detail("status") or "a status"
        found = f"{ledger.party} does not hold {what} on {act.effective_on}, so it cannot end"
        ledger.fault(act, "nothing_to_end", found, f"{ledger.party} holding {what} on that day")


def _confirms_a_notice(ledger: Ledger, act: Act) -> bool:
    """An act of ending on the very day a notice fell due is a further ground of that end."""
    status = act.detail("status")
    for number, spell in enumerate(ledger.closed):
        same_day = spell.end is not None and spell.end.first == act.effective_on.first
        if same_day and spell.ended_as == "notice" and status in ("", spell.status):
            ledger.closed[number] = replace(spell, ended_by=(*spell.ended_by, act.id))
            return True
    return False


def _check_expulsion(ledger: Ledger, act: Act) -> None:
    """A charter that says how a status ends, and nothing of expulsion, does not allow it."""
    _, spell = ledger.named_spell(act)
    if spell is None or not ledger.charter.endings:
        return
    day = act.effective_on.first
    if queries.ending_rule(ledger.charter, spell.status, "expelled", day) is None:
        found = f"no rule in force on {act.effective_on} lets a {spell.status} be expelled"
        ledger.fault(act, "no_ending_rule", found, "an ending of that manner in the charter")


def _competent(ledger: Ledger, act: Act, manner: str) -> tuple[str, ...]:
    _, spell = ledger.named_spell(act)
    if spell is None:
        return ()
    rule = queries.ending_rule(ledger.charter, spell.status, manner, act.effective_on.first)
    return rule.by if rule else ()
