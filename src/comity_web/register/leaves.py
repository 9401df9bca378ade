"""Between an act and its leaf in the log."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from comity.kernel import canonical
from comity.kernel.act import Act, Alternative, Authority
from comity.kernel.canonical import JSON
from comity.kernel.dates import PartialDate, format_instant, parse_instant


def leaf_of(act: Act) -> bytes:
    """Return the canonical bytes that the log holds for an act."""
    return canonical.encode(_fields(act))


def content_of(act: Act) -> bytes:
    """Return the canonical bytes of what an act says, whenever it was recorded."""
    fields = _fields(act)
    del fields["recorded_at"]
    return canonical.encode(fields)


def act_of(leaf: bytes) -> Act:
    """Return the act that a leaf holds."""
    fields: dict[str, Any] = json.loads(leaf)
    decided_on = fields.get("decided_on")
    return Act(
        id=fields["id"],
        organisation=fields["organisation"],
        kind=fields["kind"],
        effective_on=PartialDate.parse(fields["effective_on"]),
        recorded_at=parse_instant(fields["recorded_at"]),
        parties=tuple(fields.get("parties", ())),
        authority=Authority(**fields.get("authority", {})),
        details=fields.get("details", {}),
        decided_on=PartialDate.parse(decided_on) if decided_on else None,
        place=fields.get("place", ""),
        sources=tuple(fields.get("sources", ())),
        confidence=fields["confidence"],
        alternatives=tuple(_alternative(each) for each in fields.get("alternatives", ())),
        note=fields.get("note", ""),
    )


def _alternative(fields: dict[str, Any]) -> Alternative:
    return Alternative(
        PartialDate.parse(fields["effective_on"]),
        tuple(fields.get("sources", ())),
        fields.get("note", ""),
    )


def _fields(act: Act) -> dict[str, JSON]:
    recorded_at: datetime = act.recorded_at
    fields: dict[str, JSON] = {
        "id": act.id,
        "organisation": act.organisation,
        "kind": act.kind,
        "effective_on": str(act.effective_on),
        "recorded_at": format_instant(recorded_at),
        "confidence": act.confidence,
    }
    authority = {"body": act.authority.body, "article": act.authority.article}
    optional: dict[str, JSON] = {
        "parties": act.parties,
        "authority": {name: value for name, value in authority.items() if value},
        "details": act.details,
        "decided_on": str(act.decided_on) if act.decided_on else "",
        "place": act.place,
        "sources": act.sources,
        "alternatives": [
            {"effective_on": str(each.effective_on), "sources": each.sources, "note": each.note}
            for each in act.alternatives
        ],
        "note": act.note,
    }
    return fields | {name: value for name, value in optional.items() if value}
