"""Read the record of a treaty: its status on a day, as it was known at an instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from comity.kernel.dates import Period
from comity.kernel.finding import Doubt, unique
from comity.treaty.acceding import answers_refused
from comity.treaty.admitting import Gate
from comity.treaty.applying import provisional
from comity.treaty.conditions import Conditions, Reckoning
from comity.treaty.course import Course
from comity.treaty.dates import dated
from comity.treaty.entering import UNKNOWN, Entering, entering, starts_of
from comity.treaty.holding import Holding
from comity.treaty.leaving import ended
from comity.treaty.model import Treaty
from comity.treaty.record import NOTHING_AROUND, Around, Record
from comity.treaty.reserving import objections_refused
from comity.treaty.status import Bound, Party, Refused, Stage, Status
from comity.treaty.taking import take_again, take_all


def status_of(
    treaty: Treaty,
    record: Record,
    on: date,
    *,
    known_at: datetime | None = None,
    around: Around = NOTHING_AROUND,
) -> Status:
    """Return the status of a treaty on a day, as it was known at an instant.

    Raises `UnknownName` where the rules of the treaty name a class or a weight that it has not.
    """
    return read(treaty, record, on, known_at=known_at, around=around)[0]


def read(
    treaty: Treaty,
    record: Record,
    on: date,
    *,
    known_at: datetime | None = None,
    around: Around = NOTHING_AROUND,
) -> tuple[Status, Conditions]:
    """Return the status, and the conditions with the consents that stand, to ask further."""
    known = record.known(on, known_at)
    holding = Holding(treaty, known, around)
    starts = starts_of(treaty, known, around)
    gate = Gate(holding, UNKNOWN)
    courses = [take_all(Course(name, treaty, gate, starts, known)) for name in known.parties]
    standing = tuple(each for course in courses for each in course.standing())
    # What was not taken puts nobody into a class and gives nobody a weight.
    refused = [each for course in courses for each in course.refused]
    not_taken = {each.act for each in refused if each.code != "not_in_force_yet"}
    if not_taken:
        holding = Holding(treaty, known.without(not_taken), around)
    conditions = Conditions(holding, standing)
    found = entering(conditions, on)
    gate = Gate(holding, found)
    starts = starts.adding("consent", met=found.met_on, entry=found.enters_on)
    courses = [take_again(each, gate, starts) for each in courses]
    parties = {each.name: _party(each) for each in courses}
    refused = [each for course in courses for each in course.refused]
    refused += [*objections_refused(treaty, known), *answers_refused(known)]
    return _status(conditions, known, on, found, parties, tuple(refused)), conditions


def _party(course: Course) -> Party:
    last = course.last
    given = last if last is not None and last.revoked is None else None
    bonds = (ended(course, each) for each in course.given)
    return Party(
        party=course.name,
        signed=course.signature.on if course.signature else None,
        consent=given.act.id if given else "",
        consented=given.act.on if given else None,
        kind=given.kind if given else "",
        bound=tuple(each for each in bonds if each is not None),
        provisional=provisional(course),
        reservations=tuple(course.reserved),
        declarations=tuple(course.declared),
        notice=given.notice.id if given and given.notice else "",
        suspended=(*course.suspended, *course.record.suspended),
    )


def _status(
    conditions: Conditions,
    record: Record,
    on: date,
    found: Entering,
    parties: dict[str, Party],
    refused: tuple[Refused, ...],
) -> Status:
    holding = conditions.holding
    treaty, enters = holding.treaty, found.enters_on
    if treaty.entry is None and enters is None:
        enters = min((bond.since for each in parties.values() for bond in each.bound), default=None)
    parties = {**parties, **_bound_by_class(holding, enters, parties)}
    ended_on = _ended_on(treaty, record, enters, parties, on)
    if ended_on is not None:
        parties = {name: _cut(each, ended_on) for name, each in parties.items()}
    entry = treaty.entry
    reckonings = conditions.reckonings(entry.when, found.met_on or on) if entry else ()
    computed = found.computed
    return Status(
        treaty=treaty,
        record=record,
        on=on,
        stage=_stage(record, on, found, enters, ended_on),
        met_on=found.met_on,
        enters_on=enters,
        computed_on=computed.day if computed else None,
        steps=computed.steps if computed else (),
        held_back=computed.held_back if computed else None,
        because=_grounds(treaty, reckonings, found),
        reckonings=reckonings,
        parties=parties,
        refused=refused,
        doubts=tuple(_doubts(found)),
        lapsed_on=found.lapsed_on,
        ended_on=ended_on,
    )


def _grounds(treaty: Treaty, reckonings: tuple[Reckoning, ...], found: Entering) -> tuple[str, ...]:
    articles = [treaty.entry.article if treaty.entry else ""]
    articles += [each.leaf.article for each in reckonings]
    acts = [act for each in reckonings for act in each.acts]
    return unique((*articles, *acts, found.announced))


def _doubts(found: Entering) -> list[Doubt]:
    computed, announced = found.computed, found.announced_day
    if announced is None or (computed is not None and computed.day == announced):
        return []
    detail = str(computed.day) if computed else ""
    return [Doubt("determined_otherwise", found.announced, detail)]


def _stage(
    record: Record, on: date, found: Entering, enters: date | None, ended: date | None
) -> Stage:
    if ended is not None and ended <= on:
        return "terminated"
    if enters is not None and enters <= on:
        return "in_force"
    if found.lapsed_on is not None:
        return "lapsed"
    if found.met_on is not None:
        return "met"
    if any(record.of_kind(each) for each in ("opened", "signed", "consented")):
        return "open"
    return "adopted" if record.of_kind("adopted") else "negotiated"


def _bound_by_class(
    holding: Holding, enters: date | None, parties: dict[str, Party]
) -> dict[str, Party]:
    """Return who is bound without consent, because a class is."""
    treaty = holding.treaty
    if not treaty.binds or enters is None:
        return {}
    article = treaty.entry.article if treaty.entry else ""
    found = {}
    for name, spells in (holding.among(treaty.binds) or {}).items():
        own = parties.get(name, Party(name))
        periods = [each for each in spells if each.end is None or each.end > enters]
        bound = tuple(
            Bound(max(each.start or enters, enters), each.end, article=article) for each in periods
        )
        found[name] = replace(own, bound=bound)
    return found


def _ended_on(
    treaty: Treaty, record: Record, enters: date | None, parties: dict[str, Party], on: date
) -> date | None:
    ends = [each.on for each in record.of_kind("terminated")]
    rule = treaty.termination
    if rule is not None and rule.falls is not None and enters is not None:
        starts = starts_of(treaty, record, NOTHING_AROUND).adding("entry", entry=enters)
        found = dated(rule.falls, starts)
        ends += [found.day] if found else []
    if rule is not None and rule.fewer_than is not None and enters is not None:
        ends += _too_few(parties, rule.fewer_than, enters)
    return min((each for each in ends if each <= on), default=None)


def _too_few(parties: dict[str, Party], least: int, enters: date) -> list[date]:
    days = sorted({b.until for each in parties.values() for b in each.bound if b.until})
    for day in days:
        if day > enters and sum(each.bond(day) is not None for each in parties.values()) < least:
            return [day]
    return []


def _cut(party: Party, end: date) -> Party:
    bound = tuple(
        replace(each, until=end) if each.until is None or each.until > end else each
        for each in party.bound
        if each.since < end
    )
    provisional = tuple(
        Period(each.start, min(each.end or end, end))
        for each in party.provisional
        if each.start is None or each.start < end
    )
    return replace(party, bound=bound, provisional=provisional)
