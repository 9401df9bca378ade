"""The page of an act: all its fields, what it rests on, and where it stands in the log."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from comity.kernel.act import Act
from comity.kernel.errors import ComityError, UnknownName, unknown
from comity.register.kinds import KINDS
from comity.register.records import to_record
from comity.wording import names
from comity.wording.acts import act_sentence, field_text
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.selectors import Leaf


def act(reader: Reader, act_id: str, leaf: Leaf | None) -> Page:
    """Return the page of an act: as it reads at the moment of knowledge, and as it was recorded."""
    recorded = reader.record.recorded_act(act_id)
    if leaf is None:  # recorded since the head of the log that this page is about
        raise UnknownName(unknown("act", act_id, ()))
    known = reader.situation.known
    now = reader.record.act(act_id, known=known)
    revisions = reader.record.revisions_of(act_id, known=known)
    title = reader.act_label(now)
    return {
        **reader.frame(title, (title, reader.address("acts", act_id))),
        "id": act_id,
        "sentence": capital(act_sentence(now, reader.situation, reader.language)),
        "kind": now.kind,
        "kind_name": words.kind(now.kind),
        "effective_on": str(now.effective_on),
        "effective_on_in_words": reader.day(now.effective_on),
        "decided_on_in_words": reader.day(now.decided_on),
        "recorded_at": recorded.recorded_at.isoformat(),
        "recorded_at_in_words": _moment(reader, recorded.recorded_at),
        "parties": [reader.party(each) for each in _known_parties(reader, now)],
        "body": reader.body_name(now.authority.body) if now.authority.body else "",
        "article": reader.ground(now.authority.article, [now.id])
        if now.authority.article
        else None,
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
        "confidence_in_words": capital(names.confidence_name(now.confidence, reader.language)),
        "sources": reader.sources(now.sources),
        "revised_by": reader.grounds(revisions),
        "log_entry": {"position": leaf.position, "leaf_hash": leaf.hash.hex()},
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
    value = found.details[name]
    if declared is None:
        said: Page = {"text": json.dumps(value, ensure_ascii=False)}
    elif declared.holds == "act" and isinstance(value, str) and value in reader.record:
        said = {"links": reader.grounds([value])}
    else:
        said = {"text": field_text(found, declared, reader.situation, reader.language)}
    return {"name": name, "label": words.field(name), **said}


def _moment(reader: Reader, instant: datetime) -> str:
    moment = instant.astimezone(UTC)
    return f"{reader.day(moment.date())}, {moment:%H:%M} UTC"
