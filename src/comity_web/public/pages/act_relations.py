"""What stands beside an act in the record: notes of its day, acts that name it, those around it."""

from __future__ import annotations

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.register.browsing import Wanted
from comity_web.public.pages.grounds import as_recorded
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.indexes import index_of

_NAMED = 3  # the acts around it are told of so many parties


def notes(reader: Reader, act: Act) -> list[Page]:
    """Return the statements on the record of the same day, of the same parties or of none."""
    index = index_of(reader.record, reader.situation.known)
    places = index.in_order(index.choose(Wanted({"kind": "noted"})), by="effect")
    about = (index.acts[each] for each in places)
    return [
        {**_link(reader, note), "text": reader.statement(note), **as_recorded(reader, note)}
        for note in about
        if note.id != act.id
        and note.effective_on == act.effective_on
        and (not note.parties or {*note.parties} & {*act.parties})
    ]


def naming(reader: Reader, act: Act) -> list[Page]:
    """Return the acts that name this one: a notice extended, a suspension lifted, a correction."""
    index = index_of(reader.record, reader.situation.known)
    places = index.in_order(index.choose(Wanted({"act": act.id})), by="effect")
    return [_link(reader, index.acts[each]) for each in places]


def neighbours(reader: Reader, act: Act) -> list[Page]:
    """Return the act before and the act after, in the record and of each party."""
    every = [_around(reader, act, gettext("In the record"), Wanted())]
    for party in act.parties[: _NAMED if len(act.parties) <= _NAMED else 0]:
        code = reader.record.aliases.get(party, party)
        if code in reader.charter.parties:
            every.append(_around(reader, act, reader.party_name(code), Wanted({"party": code})))
    return every


def _around(reader: Reader, act: Act, label: str, wanted: Wanted) -> Page:
    index = index_of(reader.record, reader.situation.known)
    ordered = [index.acts[each] for each in index.in_order(index.choose(wanted), by="effect")]
    place = next((n for n, each in enumerate(ordered) if each.id == act.id), None)
    if place is None:  # not known at the moment asked about
        return {"label": label, "before": None, "after": None}
    before, after = ordered[max(place - 1, 0) : place], ordered[place + 1 : place + 2]
    return {
        "label": label,
        "before": _link(reader, before[0]) if before else None,
        "after": _link(reader, after[0]) if after else None,
    }


def _link(reader: Reader, act: Act) -> Page:
    return {
        "id": act.id,
        "label": reader.act_label(act),
        "url": reader.address("acts", act.id),
        "on_in_words": reader.day(act.effective_on),
    }
