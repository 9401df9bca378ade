"""Changes in the reader's language: what was, what is, by which act and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from comity.register.changes import Change, Move, act_behind, moves
from comity.register.threads import Aspect
from comity.wording import names
from comity.wording.changes import value_text
from comity_web.public.pages.reader import Page, Reader, capital


def moved(reader: Reader, changes: Iterable[Change[Any]]) -> list[Page]:
    """Return changes of status, those that one act made to many parties in one."""
    return [_move(reader, each) for each in moves(changes, reader.situation)]


def _move(reader: Reader, move: Move) -> Page:
    first = move.changes[0]
    name = names.status_name
    befores = (name(reader.charter, e, move.on, reader.language) for e in move.befores)
    return {
        "on": move.on.isoformat(),
        "on_in_words": reader.day(move.on),
        "facet": first.part,
        "facet_name": about(reader, first) if reader.in_facet(first.part) else "",
        "parties": [_party(reader, each) for each in move.changes],
        "befores": list(befores),
        "after": name(reader.charter, move.after, move.on, reader.language),
        "act": move.act,
        **(_shared(reader, move) if len(move.changes) > 1 else reasons(reader, first)),
    }


def _party(reader: Reader, found: Change[Any]) -> Page:
    return {**reader.party(found.of), "why": reasons_at(reader, found)}


def _shared(reader: Reader, move: Move) -> Page:
    """Return what the changes of many parties rest on together: the articles, and the act."""
    grounds = reader.grounds(move.changes[0].finding.grounds)
    return {
        "shared": [each for each in grounds if each["kind"] == "article" or each["id"] == move.act]
    }


def change(reader: Reader, found: Change[Any]) -> Page:
    """Return one change of anything: of whom, what it is about, before and after."""
    act = act_behind(found, reader.situation)
    return {
        "aspect": found.aspect,
        "about": about(reader, found),
        "of": found.of,
        "subject": subject(reader, found),
        "on": found.on.isoformat(),
        "on_in_words": reader.day(found.on),
        "before": capital(value_text(found, found.before, reader.situation, reader.language)),
        "after": capital(value_text(found, found.after, reader.situation, reader.language)),
        "act": act.id if act else "",
        **reasons(reader, found),
    }


def reasons(reader: Reader, found: Change[Any]) -> Page:
    """Return the grounds of what is after a change, and where they open on its day."""
    return {**reader.reasons(found.finding, ""), "why": reasons_at(reader, found)}


def reasons_at(reader: Reader, found: Change[Any]) -> str:
    """Return the address at which what is after a change opens its grounds, on its day."""
    asked: Mapping[Aspect, tuple[str, ...]] = {
        "status": ("status", found.of, *reader.in_facet(found.part)),
        "stage": ("stage", found.of, found.part),
        "represented_by": ("represented", found.of),
        "territory": ("territory", found.part),
    }
    return reader.on(found.on).why(*asked.get(found.aspect, (found.aspect, found.of)))


def subject(reader: Reader, found: Change[Any]) -> Page:
    """Return of whom something changed, with a link where that has a page."""
    if found.aspect == "office":
        return {"name": reader.office_name(found.of), "url": reader.address("offices")}
    if found.aspect == "body":
        return {"name": reader.body_name(found.of), "url": reader.address("bodies", found.of)}
    return {key: value for key, value in reader.party(found.of).items() if key != "code"}


def about(reader: Reader, found: Change[Any]) -> str:
    """Return what it is that changed."""
    if found.aspect == "stage":
        status = names.status_name(reader.charter, found.part, found.on, reader.language)
        return gettext("On the way to “%(status)s”") % {"status": status}
    if found.aspect == "territory":
        return names.territory_name(reader.charter, found.part, reader.language)
    if found.aspect == "status" and found.part != reader.charter.main_facet:
        return capital(names.facet_name(reader.charter, found.part, reader.language))
    return {
        "status": gettext("Status"),
        "suspension": gettext("Suspension"),
        "departure": gettext("Notice of withdrawal"),
        "name": gettext("Name"),
        "represented_by": gettext("Represented by"),
        "office": gettext("Office"),
        "body": gettext("Stage of its life"),
    }[found.aspect]
