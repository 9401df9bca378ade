"""The acts between two days, and the days that a comparison can be made of: meetings, landmarks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from comity.kernel.act import Act
from comity.register.browsing import Wanted
from comity.register.changes import turns
from comity_web.public import words
from comity_web.public.pages.reader import Page, Reader
from comity_web.register.indexes import index_of

_SHOWN = 100  # where there are more, the register has them all
_TEXTS = ("adopted", "designated")


def acts_between(reader: Reader, earlier: date, later: date, kind: str) -> Page:
    """Return the acts that took effect after one day up to the other, of a kind if it is named."""
    found, kinds = _chosen(reader, earlier, later, kind)
    return {
        "kind": kind,
        "total": len(found),
        "kinds": _kinds(reader, kinds, kind),
        "all": reader.question.other(kind=""),
        "register": _register(reader, earlier, later, kind),
        "list": [_act(reader, each) for each in found[:_SHOWN]],
    }


def texts(reader: Reader, earlier: date, later: date) -> list[Page]:
    """Return the texts adopted and the titles given between two days."""
    found = [act for kind in _TEXTS for act in _chosen(reader, earlier, later, kind)[0]]
    return [{**_act(reader, each), "subject": reader.act_subject(each)} for each in found]


def _chosen(
    reader: Reader, earlier: date, later: date, kind: str
) -> tuple[list[Act], Mapping[str, int]]:
    if earlier == later:
        return [], {}
    index = index_of(reader.record, reader.situation.known)
    values = {"kind": kind} if kind else {}
    chosen = index.choose(Wanted(values, earlier + timedelta(days=1), later))
    places = index.in_order(chosen, by="effect")
    return [index.acts[each] for each in places], chosen.counts["kind"]


def _act(reader: Reader, act: Act) -> Page:
    known = (each for each in act.parties if each in reader.charter.parties)
    return {
        "id": act.id,
        "kind": act.kind,
        "label": reader.act_label(act),
        "url": reader.address("acts", act.id),
        "on_in_words": reader.day(act.effective_on),
        "parties": [reader.party_name(each) for each in known],
    }


def _kinds(reader: Reader, counts: Mapping[str, int], chosen: str) -> list[Page]:
    kinds = [
        {
            "kind": kind,
            "label": words.kind(kind),
            "count": count,
            "url": reader.question.other(kind=kind) + "#acts",
            "chosen": kind == chosen,
        }
        for kind, count in counts.items()
    ]
    return sorted(kinds, key=lambda each: (-counts[str(each["kind"])], str(each["label"])))


def _register(reader: Reader, earlier: date, later: date, kind: str) -> str:
    after = earlier + timedelta(days=1) if earlier < later else later
    period = {"from": after.isoformat(), "to": later.isoformat()}
    asked = urlencode({name: text for name, text in (*period.items(), ("kind", kind)) if text})
    return reader.address("acts") + ("&" if reader.question.suffix else "?") + asked


# Days to compare


def day_before(reader: Reader) -> date:
    """Return the day to compare with where none is named: the eve of the last change of a status.

    So who asks for nothing sees what changed last, and not that nothing did since some day. Where
    no status of the main facet has changed by the day it is the same day a year before.
    """
    on = reader.question.on
    changed = [each.on for each in turns(reader.situation) if date.min < each.on <= on]
    return changed[-1] - timedelta(days=1) if changed else _year_before(on)


def _year_before(day: date) -> date:
    if day.year == date.min.year:
        return day
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28) if leap else day.replace(year=day.year - 1)


def choices(reader: Reader, on: date, other: date) -> list[Page]:
    """Return the meetings of the supreme body as days to choose for either side, newest first."""
    return [
        {
            "id": act.id,
            "on": act.effective_on.first.isoformat(),
            "on_in_words": reader.day(act.effective_on),
            "label": reader.translated(act.place),
            "as_on": _compared(reader, act.effective_on.first, other),
            "as_with": _compared(reader, on, act.effective_on.first),
            "is_on": act.effective_on.first == on,
            "is_with": act.effective_on.first == other,
        }
        for act in reversed(_meetings(reader))
    ]


def _compared(reader: Reader, on: date, other: date) -> str:
    return reader.question.other(**{"on": on.isoformat(), "with": other.isoformat()})


def _meetings(reader: Reader) -> list[Act]:
    supreme = {
        name
        for name, versions in reader.charter.bodies.items()
        if any(each.supreme for each in versions.items)
    }
    index = index_of(reader.record, reader.situation.known)
    places = index.in_order(index.choose(Wanted({"kind": "met"})), by="effect")
    return [index.acts[each] for each in places if index.acts[each].detail("body") in supreme]
