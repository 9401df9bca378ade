"""Strategies, programmes and plans as they were adopted, theme years, and what else was named."""

from __future__ import annotations

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.register.standing import standing_acts
from comity_web.public.pages.reader import Page, Reader

_KINDS = ("adopted", "designated")


def plans(reader: Reader) -> Page:
    """Return the texts adopted by the day as a tree, and what was designated for a time."""
    title = gettext("Plans and theme years")
    known = standing_acts(reader.record, _KINDS, known=reader.situation.known)
    acts = [each for each in known if each.effective_on.first <= reader.question.on]
    adopted = [each for each in acts if each.kind == "adopted"]
    return {
        **reader.frame(title, (title, reader.address("plans")), section="plans"),
        "texts": _tree(reader, adopted),
        "designations": [_designation(reader, each) for each in acts if each.kind == "designated"],
        "to_come": len(known) - len(acts),
    }


def _tree(reader: Reader, adopted: list[Act]) -> list[Page]:
    """Return the texts that belong to no other, each with those that belong to it."""
    documents = {each.detail("document"): each for each in adopted if each.detail("document")}
    below: dict[str, list[Act]] = {}
    for act in adopted:
        parent = act.detail("parent")
        known_parent = parent in documents and documents[parent] is not act
        below.setdefault(parent if known_parent else "", []).append(act)
    return [_text(reader, act, below) for act in below.get("", [])]


def _text(reader: Reader, act: Act, below: dict[str, list[Act]]) -> Page:
    document = act.detail("document")
    parts = [each for each in below.get(document, []) if document]
    horizon = act.details.get("horizon")
    return {
        **_act(reader, act),
        "horizon": horizon,
        "over": isinstance(horizon, int) and horizon < reader.question.on.year,
        "parts": [_text(reader, each, below) for each in parts],
    }


def _designation(reader: Reader, act: Act) -> Page:
    return {
        **_act(reader, act),
        "period": act.detail("period"),
        "subject": reader.translated(act.detail("subject")),
    }


def _act(reader: Reader, act: Act) -> Page:
    return {
        **reader.ground(act.id),
        "title": reader.act_subject(act),
        "on_in_words": reader.day(act.effective_on),
        "body": reader.body_name(act.authority.body) if act.authority.body else "",
        "place": reader.translated(act.place),
        "parties": [reader.party(each) for each in act.parties],
        "confidence": act.confidence,
    }
