"""What an event does to what stands, before anything follows from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from comity.procedure.course import Course
from comity.procedure.events import KINDS, Event
from comity.procedure.model import Take
from comity.procedure.standing import Bond, Position, Standing, Statement, Version

Effect: TypeAlias = Callable[[Course, Standing, Event, Take], Standing]


def applied(course: Course, standing: Standing, event: Event, take: Take) -> Standing:
    """Return what stands with the event; the same object where it changes nothing."""
    effect = _EFFECTS.get(event.kind)
    if effect is not None:
        return effect(course, standing, event, take)
    return _with_position(standing, event, take) if KINDS[event.kind].gives else standing


def changes_something(kind: str) -> bool:
    """Whether an event of the kind that changes nothing is refused for it."""
    return kind in _EFFECTS or KINDS[kind].gives


def _with_position(standing: Standing, event: Event, take: Take) -> Standing:
    word = event.position or take.position
    before = standing.positions.get(event.by)
    positions = {who: each for who, each in standing.positions.items() if who != event.by}
    if not word:
        return replace(standing, positions=positions) if before else standing
    text = event.text or standing.text
    if before and (before.word, before.text, before.reason) == (word, text, event.reason):
        return standing
    positions[event.by] = Position(word, event.at, event.id, text, event.reason)
    return replace(standing, positions=positions)


def _new_text(_: Course, standing: Standing, event: Event, __: Take) -> Standing:
    text = event.text or event.id
    if event.kind == "amended" and text == standing.text:
        return standing
    texts = (*standing.texts, Version(text, event.at, event.id))
    proposer = event.by if event.kind == "tabled" else standing.proposer
    return replace(standing, texts=texts, proposer=proposer)


def _withdrawn_objection(course: Course, standing: Standing, event: Event, take: Take) -> Standing:
    if event.by not in course.objectors(standing, event.at):
        return standing
    return _with_position(standing, event, take)


def _interest(_: Course, standing: Standing, event: Event, take: Take) -> Standing:
    if event.by in standing.participants:
        return standing
    participants = standing.participants | {event.by}
    return _with_position(replace(standing, participants=participants), event, take)


def _joined(course: Course, standing: Standing, event: Event, _: Take) -> Standing:
    if event.by in course.actors("bound", standing, event.at):
        return standing
    after = course.stage(standing).binds_after
    since = course.end(event.at, after).value if after else event.at
    participants = standing.participants | {event.by}
    bonds = (*standing.bonds, Bond(event.by, since))
    return replace(standing, bonds=bonds, participants=participants)


def _left(_: Course, standing: Standing, event: Event, __: Take) -> Standing:
    """Whoever leaves is no longer bound; before there is a decision, no longer takes part."""
    participants = standing.participants - {event.by}
    positions = {who: each for who, each in standing.positions.items() if who != event.by}
    bonds = tuple(
        replace(each, until=event.at) if each.member == event.by and each.until is None else each
        for each in standing.bonds
    )
    if bonds != standing.bonds:
        return replace(standing, bonds=bonds, participants=participants)
    if participants != standing.participants:
        return replace(standing, participants=participants, positions=positions)
    return standing


def _stated(_: Course, standing: Standing, event: Event, __: Take) -> Standing:
    said = Statement(event.by, event.at, event.id, event.reason)
    return replace(standing, statements=(*standing.statements, said))


def _extended(_: Course, standing: Standing, event: Event, __: Take) -> Standing:
    pending = standing.deadline
    if pending is None or event.until is None or event.until == pending.at:
        return standing
    return replace(standing, deadline=replace(pending, at=event.until, event=event.id))


_EFFECTS: Mapping[str, Effect] = {
    "tabled": _new_text,
    "amended": _new_text,
    "objection_withdrawn": _withdrawn_objection,
    "declared_interest": _interest,
    "joined": _joined,
    "left": _left,
    "statement_filed": _stated,
    "extended": _extended,
}
