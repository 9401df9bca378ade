"""The page of an act: what it says, what it changed, what rests on it, and its place in the log."""

from __future__ import annotations

import json

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.register.effects import parties_of
from comity.register.kinds import KINDS, REVISING
from comity.register.records import to_record
from comity.wording.acts import act_sentence, act_statement, field_text
from comity_web.public import words
from comity_web.public.pages import citing
from comity_web.public.pages.act_corrections import corrections
from comity_web.public.pages.act_effects import changed, resting
from comity_web.public.pages.act_proof import drawing, proved
from comity_web.public.pages.act_relations import naming, neighbours, notes
from comity_web.public.pages.grounds import as_recorded
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.proofs import ActProof

_NAMED = 4


def act(reader: Reader, act_id: str, proof: ActProof) -> Page:
    """Return the page of an act: as it reads at the moment of knowledge, and as it was recorded."""
    recorded = reader.record.recorded_act(act_id)
    now = reader.situation.act(act_id)
    title = reader.act_label(now)
    trail = (gettext("Acts"), reader.address("acts")), (title, reader.address("acts", act_id))
    return {
        **reader.frame(title, *trail, section="acts"),
        "id": act_id,
        "statement": _statement(reader, now),
        "sentence": capital(act_sentence(now, reader.situation, reader.language)),
        **_facts(reader, now),
        "recorded_at": recorded.recorded_at.isoformat(),
        "recorded_at_in_words": reader.moment(recorded.recorded_at),
        **as_recorded(reader, now),
        "confidence_explained": words.confidence(now.confidence),
        "details": [_detail(reader, now, name) for name in _told_below(now)],
        "changed": changed(reader, now),
        "resting": resting(reader, now),
        **corrections(reader, act_id),
        "notes": notes(reader, now),
        "naming": naming(reader, now),
        "neighbours": neighbours(reader, now),
        "citations": citing.texts(reader, now, proof),
        "proof": proved(reader, proof),
        "drawing": drawing(proof),
        "record": to_record(recorded),
        "record_text": json.dumps(to_record(recorded), ensure_ascii=False, indent=2),
    }


def _statement(reader: Reader, act: Act) -> str:
    """Return what an act says; of many parties the first is named, and the others are counted."""
    about = act.parties[0] if len(act.parties) > _NAMED else None
    return capital(act_statement(act, reader.situation, reader.language, about=about))


def _facts(reader: Reader, act: Act) -> Page:
    body, article = act.authority.body, act.authority.article
    return {
        "kind": act.kind,
        "kind_name": words.kind(act.kind),
        "effective_on": str(act.effective_on),
        "effective_on_in_words": reader.day(act.effective_on),
        "decided_on_in_words": reader.day(act.decided_on),
        "to_come": act.effective_on.first > reader.question.on,
        "parties": [reader.party(each) for each in parties_of(act, reader.situation)],
        "body": reader.body_name(body) if body else "",
        "body_url": reader.address("bodies", body) if body else "",
        "article": reader.ground(article, [act.id]) if article else None,
        "place": reader.translated(act.place),
    }


def _told_below(act: Act) -> list[str]:
    """Return the details to list: of a revision the changes are shown as they read."""
    return [name for name in act.details if act.kind not in REVISING or name != "changes"]


def _detail(reader: Reader, act: Act, name: str) -> Page:
    """Return one detail of an act; a ``link`` where it names another act."""
    declared = KINDS[act.kind].field(name)
    value = act.details[name]
    if declared is None:
        said: Page = {"text": json.dumps(value, ensure_ascii=False)}
    elif declared.holds == "act" and isinstance(value, str) and value in reader.record:
        said = {"links": reader.grounds([value])}
    else:
        text = field_text(act, declared, reader.situation, reader.language)
        said = {"text": text, "code": declared.holds == "identifier" and text == value}
    return {"name": name, "label": words.field(name), **said}
