"""How an act read before it was corrected: the old text stays, with the act that replaced it."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.register.effects import Correction, corrections_of
from comity.register.kinds import KINDS, REVISING
from comity.wording import names
from comity.wording.acts import field_text
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader, capital


def corrections(reader: Reader, act_id: str) -> Page:
    """Return what revised an act and how it read before; of a revision, what it made of its act."""
    act = reader.record.recorded_act(act_id)
    target = act.detail("act") if act.kind in REVISING else ""
    revised = target if target in reader.record else act_id
    found = corrections_of(reader.situation, revised)
    revisions = reader.situation.revisions_of(act_id)
    kinds = {reader.record.recorded_act(each).kind for each in revisions}
    return {
        "revised_by": reader.grounds(revisions),
        "annulled": "annulled" in kinds,
        "revises": reader.ground(target) if target in reader.record else None,
        "corrections": [
            {**_line(reader, each, name), "by": _by(reader, each.by)}
            for each in found
            for name in each.fields
            if revised == act_id or each.by == act_id
        ],
    }


def _by(reader: Reader, act_id: str) -> Page:
    """Return the act that corrected; what it changed stands beside it."""
    act = reader.record.recorded_act(act_id)
    return {
        "id": act_id,
        "label": reader.act_label(act),
        "on_in_words": reader.day(act.effective_on),
        "url": reader.address("acts", act_id),
    }


def _line(reader: Reader, correction: Correction, name: str) -> Page:
    return {
        "field": name,
        "label": _label(name),
        "before": _shown(reader, correction.before, name),
        "after": _shown(reader, correction.after, name),
    }


def _label(name: str) -> str:
    if name.startswith("details."):
        return words.field(name.removeprefix("details."))
    return {
        "effective_on": gettext("Takes effect on"),
        "decided_on": gettext("Decided on"),
        "parties": gettext("Parties"),
        "authority": gettext("Body and article"),
        "place": gettext("Place"),
        "note": gettext("Note"),
        "sources": gettext("Sources"),
        "confidence": gettext("Confidence"),
        "alternatives": gettext("Other dates given"),
    }.get(name, name)


def _shown(reader: Reader, act: Act, name: str) -> str:
    """Return one field of an act as it read; nothing where it was not there."""
    if name.startswith("details."):
        return _detail(reader, act, name.removeprefix("details."))
    value: Any = getattr(act, name)
    if not value:
        return ""
    said = {
        "effective_on": lambda: reader.day(value),
        "decided_on": lambda: reader.day(value),
        "parties": lambda: reader.listed(reader.party_name(each) for each in value),
        "authority": lambda: _authority(reader, act),
        "sources": lambda: reader.listed(str(e["title"]) for e in reader.sources(value)),
        "confidence": lambda: capital(names.confidence_name(value, reader.language)),
        "alternatives": lambda: reader.listed(reader.day(each.effective_on) for each in value),
    }
    return said[name]() if name in said else reader.translated(value)


def _authority(reader: Reader, act: Act) -> str:
    body, article = act.authority.body, act.authority.article
    named = [reader.body_name(body)] if body else []
    named += [str(reader.ground(article, [act.id])["label"])] if article else []
    return reader.listed(named)


def _detail(reader: Reader, act: Act, name: str) -> str:
    declared = KINDS[act.kind].field(name)
    if name not in act.details:
        return ""
    if declared is None:
        return json.dumps(act.details[name], ensure_ascii=False)
    return field_text(act, declared, reader.situation, reader.language)
