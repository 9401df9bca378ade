"""Taking organisations in from their folders: rules and acts, once each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils import timezone

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.errors import DataError, Fault
from comity.register.reading import (
    find_organisations,
    not_recorded_yet,
    read_organisation,
    rules_act,
)
from comity.register.register import OrganisationRecord, Register
from comity_web.register.editions import RULES_RECORDED, current_charters, digest_in_use, keep
from comity_web.register.head import Head
from comity_web.register.selectors import present
from comity_web.register.services import append, locked


@dataclass(frozen=True, slots=True)
class Imported:
    """What one organisation brought: how many acts, and whether its rules were new."""

    organisation: str
    acts: int
    new_rules: bool


def import_organisations(path: Path, *, acting_user: str, acting_for: str) -> list[Imported]:
    """Record the organisations in the folders at or below ``path``.

    What the register has already is left alone, so a second import changes nothing. An act that
    stands in the register with other words is an error: it has to be corrected by an act.
    Raises `DataError` or `Refusal`; then nothing of that organisation was recorded.
    """
    folders = find_organisations(path)
    if not folders:
        found = f"no organisation in {path}"
        raise DataError(Fault("no_organisation", found, "folders with a charter.yaml"))
    return [_import(each, acting_user, acting_for) for each in folders]


def _import(folder: Path, acting_user: str, acting_for: str) -> Imported:
    charter, acts = read_organisation(folder)
    with locked():  # what is new is decided behind the lock: two imports may run at once
        register = present().register
        known = {each.charter.id: each for each in register.organisations}.get(charter.id)
        new = not_recorded_yet(register, charter, _as_known(acts, known))
        rules_before = digest_in_use(charter.id)
        if rules_before != charter.digest:
            keep(charter)
            new = _with_rules(charter, new)
        if new:
            append(
                new,
                head=_head_with(charter),
                acting_user=acting_user,
                acting_for=acting_for,
                as_recorded=known is None,
            )
    came = sum(act.kind != RULES_RECORDED for act in new)
    return Imported(charter.id, came, rules_before != charter.digest)


def _as_known(acts: Sequence[Act], known: OrganisationRecord | None) -> list[Act]:
    """Give acts the moment of their recording: late ones came later than the file says."""
    if known is None:
        return list(acts)
    return [
        replace(act, recorded_at=known.recorded_act(act.id).recorded_at) if act.id in known else act
        for act in acts
    ]


def _with_rules(charter: Charter, acts: list[Act]) -> list[Act]:
    """Let the act that names the edition of the rules go before the acts made under it."""
    named = [act for act in acts if act.kind == RULES_RECORDED]
    others = [act for act in acts if act.kind != RULES_RECORDED]
    earliest = min((act.recorded_at for act in others), default=timezone.now())
    made = rules_act(charter, otherwise=earliest)
    return [*(named or ([made] if made else [])), *others]


def _head_with(charter: Charter) -> Head[Register]:
    """Return a head that knows the new rules, which the register names only after this import."""
    others = [each for each in current_charters() if each.id != charter.id]
    return Head(lambda: Register([*others, charter]))
