"""What one act changed, what rests on it, and what a correction made of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from comity.kernel.act import Act
from comity.kernel.finding import Finding
from comity.register.changes import Change, changes_on, in_order
from comity.register.records import to_record
from comity.register.revision import corrected
from comity.register.situation import Situation
from comity.register.threads import Thread, of_institutions, of_party


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act changed, and the bases of counting on which it did."""

    change: Change[Any]
    bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the day: to which question, about whom, and in which facet if it is a status."""

    question: Literal[
        "status", "suspension", "departure", "name", "covers", "office", "body", "count"
    ]
    of: str
    finding: Finding[Any]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """How an act read before and after a correction ``by`` another.

    ``fields`` are those of its record that differ, of the details each by itself
    (``details.title``).
    """

    by: str
    before: Act
    after: Act
    fields: tuple[str, ...]


def effects(situation: Situation, act_id: str) -> tuple[Effect, ...]:
    """Return what an act changed, on whichever day: a notice changes a status once it has run.

    Raises `UnknownName` where there is no such act.
    """
    act = situation.record.act(act_id, known=situation.known)
    found: dict[tuple[str, ...], Effect] = {}
    for basis in situation.charter.bases:
        for each in _made_by(act, _counted(situation, basis)):
            key = (each.aspect, each.of, each.part, str(each.before), str(each.after), str(each.on))
            bases = found[key].bases if key in found else ()
            found[key] = Effect(found[key].change if bases else each, (*bases, basis))
    ordered = in_order(situation, (each.change for each in found.values()))
    place = {id(change): number for number, change in enumerate(ordered)}
    return tuple(sorted(found.values(), key=lambda each: place[id(each.change)]))


def _counted(situation: Situation, basis: str) -> Situation:
    return Situation(situation.record, on=situation.on, known=situation.known, basis=basis)


def _made_by(act: Act, situation: Situation) -> Iterator[Change[Any]]:
    for thread in _concerned(act, situation):
        days = [day for day, name in thread.turns if name == act.id]
        yield from changes_on(situation, thread, days)


def _concerned(act: Act, situation: Situation) -> Iterator[Thread[Any]]:
    for party in parties_of(act, situation):
        yield from of_party(situation, party)
    yield from of_institutions(situation)


def parties_of(act: Act, situation: Situation) -> tuple[str, ...]:
    """Return the parties that an act is about: all, where it merges statuses and names none."""
    record = situation.record
    if act.kind == "statuses_merged" and not act.parties:
        return situation.order(record.parties())
    named = (*act.parties, *act.listed("predecessors"), act.detail("successor"))
    present = dict.fromkeys(record.aliases.get(each, each) for each in named)
    return tuple(each for each in present if each in situation.charter.parties)


def resting_on(situation: Situation, act_id: str) -> tuple[Answer, ...]:
    """Return the answers of the day that have an act among their grounds."""
    act = situation.record.act(act_id, known=situation.known)
    parties = parties_of(act, situation)
    answers = [each for party in parties for each in _about_party(situation, party)]
    answers += [
        Answer("office", each, situation.office(each)) for each in situation.charter.offices
    ]
    answers += [Answer("body", each, situation.body(each)) for each in situation.charter.bodies]
    resting = [each for each in answers if _rests(each, act_id)]
    statuses = {each.finding.value for each in resting if each.question == "status"}
    return (*resting, *_counts(situation, act_id, statuses))


def _about_party(situation: Situation, party: str) -> Iterator[Answer]:
    for facet in situation.charter.facets:
        yield Answer("status", party, situation.status(party, facet), facet)
    yield Answer("suspension", party, situation.suspension(party))
    yield Answer("departure", party, situation.pending_departure(party))
    yield Answer("name", party, situation.name(party))
    if situation.status(party).value:
        territories = situation.charter.territories.items()
        covered = (code for code, territory in territories if territory.of == party)
        yield from (Answer("covers", code, situation.covers(code)) for code in covered)


def _rests(answer: Answer, act_id: str) -> bool:
    """Whether an answer says something, and rests on the act."""
    return answer.finding.value is not None and act_id in answer.finding.grounds


def _counts(situation: Situation, act_id: str, statuses: Iterable[Any]) -> Iterator[Answer]:
    """Yield the counts in which a status that rests on the act is counted."""
    charter = situation.charter
    versions = {name: each.nearest(situation.on).statuses for name, each in charter.counts.items()}
    for name, counted in {**{each: (each,) for each in charter.statuses}, **versions}.items():
        if not set(counted).isdisjoint(statuses):
            answer = Answer("count", name, situation.count(name))
            if _rests(answer, act_id):
                yield answer


def corrections_of(situation: Situation, act_id: str) -> tuple[Correction, ...]:
    """Return the corrections of an act, in their order, and what each of them changed.

    An annulled correction has changed nothing, and an annulment changes no field.
    """
    record = situation.record
    reading = record.recorded_act(act_id)
    found: list[Correction] = []
    for revision in situation.revisions_of(act_id):
        act = record.recorded_act(revision)
        if act.kind == "corrected":
            before, reading = reading, corrected(reading, act)
            found.append(Correction(revision, before, reading, _differing(before, reading)))
    return tuple(found)


def _differing(before: Act, after: Act) -> tuple[str, ...]:
    one, other = _flat(before), _flat(after)
    return tuple(each for each in {**one, **other} if one.get(each) != other.get(each))


def _flat(act: Act) -> dict[str, Any]:
    record: dict[str, Any] = to_record(act)
    details = record.pop("details", {})
    return record | {f"details.{name}": value for name, value in details.items()}
