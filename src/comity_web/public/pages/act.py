"""The page of an act: all its fields, what it rests on, and where it stands in the log."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import ComityError
from comity.register.kinds import KINDS
from comity.register.records import to_record
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.selectors import Leaf
from comity_web.ui.dates import instant_in_words


def act(reader: Reader, act_id: str, leaf: Leaf | None) -> Page:
    """Return the page of an act: as it reads at the moment of knowledge, and as it was recorded."""
    recorded = reader.record.recorded_act(act_id)
    known = reader.situation.known
    now = reader.record.act(act_id, known=known)
    revisions = reader.record.revisions_of(act_id, known=known)
    title = reader.act_label(now)
    return {
        **reader.frame(title, (title, reader.address("acts", act_id))),
        "id": act_id,
        "kind": now.kind,
        "kind_name": words.kind(now.kind),
        "effective_on": str(now.effective_on),
        "effective_on_in_words": reader.day(now.effective_on),
        "decided_on_in_words": reader.day(now.decided_on),
        "recorded_at": recorded.recorded_at.isoformat(),
        "recorded_at_in_words": instant_in_words(recorded.recorded_at, reader.language),
        "parties": [reader.party(each) for each in _known_parties(reader, now)],
        "body": reader.body_name(now.authority.body) if now.authority.body else "",
        "article": reader.ground(now.authority.article) if now.authority.article else None,
        "place": now.place,
        "note": now.note,
        "details": [_detail(reader, now, name) for name in now.details],
        "alternatives": [
            {
                "on_in_words": reader.day(each.effective_on),
                "sources": reader.sources(each.sources),
                "note": each.note,
            }
            for each in now.alternatives
        ],
        "confidence": now.confidence,
        "confidence_in_words": words.confidence(now.confidence),
        "sources": reader.sources(now.sources),
        "revised_by": reader.grounds(revisions),
        "log_entry": {"position": leaf.position, "leaf_hash": leaf.hash.hex()} if leaf else None,
        "record": to_record(recorded),
        "record_text": json.dumps(to_record(recorded), ensure_ascii=False, indent=2),
    }


def _known_parties(reader: Reader, found: Act) -> list[str]:
    codes = []
    for each in found.parties:
        try:
            codes.append(reader.record.party(each))
        except ComityError:
            continue  # an act may name a party that the rules of the day no longer list
    return codes


def _detail(reader: Reader, found: Act, name: str) -> Page:
    declared = KINDS[found.kind].field(name) if found.kind in KINDS else None
    holds = declared.holds if declared else "text"
    value = found.details[name]
    return {"name": name, "label": words.field(name), **_value(reader, found, holds, value)}


def _value(reader: Reader, found: Act, holds: str, value: Any) -> Page:
    if holds == "names" and isinstance(value, Mapping):
        return {"text": reader.text({key: str(each) for key, each in value.items()})}
    if holds == "act" and value in reader.record:
        return {"links": reader.grounds([value])}
    if holds in ("party", "parties"):
        codes = [value] if isinstance(value, str) else list(value)
        return {"text": ", ".join(reader.party_name(each) for each in codes)}
    if isinstance(value, Mapping):
        return {"text": json.dumps(value, ensure_ascii=False)}
    if isinstance(value, list | tuple):
        return {"text": ", ".join(_word(reader, found, holds, str(each)) for each in value)}
    return {"text": _word(reader, found, holds, str(value))}


def _word(reader: Reader, found: Act, holds: str, value: str) -> str:
    if holds in ("date", "day"):
        return reader.day(PartialDate.parse(value))
    if holds == "stage":
        return reader.stage_name(found.detail("status"), value, found.effective_on.first)
    named = {
        "status": reader.status_name,
        "statuses": reader.status_name,
        "body": reader.body_name,
        "office": reader.office_name,
        "instrument": reader.instrument_name,
    }
    return named[holds](value) if holds in named else value
