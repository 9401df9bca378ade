"""The acts of some kinds that stand at a moment of knowledge."""

from __future__ import annotations

from collections.abc import Collection

from comity.kernel.act import Act
from comity.register.register import OrganisationRecord


def standing_acts(
    record: OrganisationRecord, kinds: Collection[str], *, known: int, party: str | None = None
) -> list[Act]:
    """Return acts as they read at a moment, without annulled ones, in the order of their effect.

    ``party`` leaves those that name it; raises `UnknownName` with the nearest one.
    """
    code = record.party(party) if party is not None else None
    return [
        act
        for act in record.standing(known)
        if act.kind in kinds and (code is None or code in _parties(record, act))
    ]


def _parties(record: OrganisationRecord, act: Act) -> set[str]:
    return {record.aliases.get(each, each) for each in act.parties}
