"""Corrections and annulments: acts that say how earlier acts are to be read from now on.

``docs/reference/algorithms/two-times.md`` is the rule for this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from comity.kernel.act import Act
from comity.kernel.errors import DataError, Fault
from comity.register.kinds import REVISING
from comity.register.records import from_record, to_record

CHANGEABLE = (
    "effective_on",
    "decided_on",
    "parties",
    "authority",
    "details",
    "sources",
    "confidence",
    "alternatives",
    "note",
    "place",
)


def as_revised(acts: Iterable[Act]) -> tuple[dict[str, Act], dict[str, tuple[str, ...]]]:
    """Return acts as they read after all revisions among them, by id, and what revised each.

    ``acts`` come in the order of recording. An annulled act is left out, and an annulled
    correction or annulment is undone.
    """
    known = {act.id: act for act in acts}
    revisions = [act for act in known.values() if act.kind in REVISING]
    if not revisions:
        return known, {}
    annulled: set[str] = set()
    for act in reversed(revisions):
        if act.kind == "annulled" and act.id not in annulled:
            annulled.add(act.detail("act"))
    revised_by: dict[str, tuple[str, ...]] = {}
    for act in revisions:
        target = act.detail("act")
        if act.kind == "corrected" and act.id not in annulled and target in known:
            known[target] = corrected(known[target], act)
            revised_by[target] = (*revised_by.get(target, ()), act.id)
    kept = {act_id: act for act_id, act in known.items() if act_id not in annulled}
    return kept, revised_by


def annulments(acts: Iterable[Act]) -> dict[str, str]:
    """Return the act that annulled each annulled act; annulments themselves undone are left out."""
    revisions = [act for act in acts if act.kind == "annulled"]
    undone: set[str] = set()
    found: dict[str, str] = {}
    for act in reversed(revisions):
        if act.id not in undone:
            undone.add(act.detail("act"))
            found[act.detail("act")] = act.id
    return found


def correction_faults(act: Act, target: Act | None) -> tuple[Fault, ...]:
    """Return why a correction cannot be applied: unknown fields, or a malformed outcome."""
    changes = act.details.get("changes")
    if act.kind != "corrected" or not isinstance(changes, Mapping):
        return ()
    unknown = [key for key in changes if key not in CHANGEABLE]
    if unknown or not changes:
        found = f"changes of {', '.join(unknown)}" if unknown else "no changes"
        return (Fault("cannot_correct", found, ", ".join(CHANGEABLE), act=act.id),)
    if target is None:
        return ()
    if target.kind in REVISING:
        advice = "Annul it and record it anew."
        found = f"a correction of the {target.kind} act {target.id}"
        return (Fault("cannot_correct", found, "an act of another kind", advice, act=act.id),)
    try:
        corrected(target, act)
    except DataError as error:
        return tuple(replace(fault, act=act.id) for fault in error.faults)
    return ()


def corrected(target: Act, correction: Act) -> Act:
    """Return an act as a correction leaves it; raises `DataError` where that is no act."""
    changes = correction.details["changes"]
    record: dict[str, Any] = {**to_record(target), **_plain(changes)}
    return from_record({key: value for key, value in record.items() if value is not None})


def _plain(changes: object) -> dict[str, Any]:
    return dict(changes) if isinstance(changes, Mapping) else {}
