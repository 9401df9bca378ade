"""What acts say of a party besides its status: names, representation, territories."""

from __future__ import annotations

from comity.charter.model import Names
from comity.kernel.act import Act
from comity.membership.history import Change, ScopeChange
from comity.membership.ledger import Handlers, Ledger


def renamed(ledger: Ledger, act: Act) -> None:
    """Give the party another name from that day, and another formal one if the act has it."""
    ledger.names.append(Change(act.effective_on, _texts(act, "names"), act.id))
    if "formal_names" in act.details:
        formal = Change(act.effective_on, _texts(act, "formal_names"), act.id)
        ledger.formal_names.append(formal)


def representation_changed(ledger: Ledger, act: Act) -> None:
    """Let another authority represent the party; its membership is untouched."""
    represented_by = _texts(act, "represented_by")
    ledger.representatives.append(Change(act.effective_on, represented_by, act.id))


def territory_left(ledger: Ledger, act: Act) -> None:
    """Take a territory out of what the status of its State covers."""
    _scope_changes(ledger, act, within=False)


def territory_joined(ledger: Ledger, act: Act) -> None:
    """Bring a territory under the status of its State."""
    _scope_changes(ledger, act, within=True)


HANDLERS: Handlers = {
    "renamed": renamed,
    "representation_changed": representation_changed,
    "territory_left": territory_left,
    "territory_joined": territory_joined,
}


def _scope_changes(ledger: Ledger, act: Act, *, within: bool) -> None:
    territory = act.detail("territory")
    if _covered(ledger, territory, otherwise=not within) == within:
        state = "covered already" if within else "not covered anyway"
        found = f"{territory} is {state} on {act.effective_on}"
        ledger.fault(act, "scope_unchanged", found, "a change of what the status covers")
        return
    ledger.scope.append(ScopeChange(territory, act.effective_on, within, act.id))


def _covered(ledger: Ledger, territory: str, *, otherwise: bool) -> bool:
    """Whether the status covers a territory: as last changed, else as the charter declares."""
    changes = [each.within for each in ledger.scope if each.territory == territory]
    if changes:
        return changes[-1]
    declared = ledger.charter.territories.get(territory)
    return declared.within if declared else otherwise


def _texts(act: Act, field: str) -> Names:
    value = act.details.get(field)
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}
