"""The life of bodies and who holds offices: spells that begin and end with acts and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.finding import Doubt, Finding, unique
from comity.membership.fold import legal_order


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held from ``start`` up to but not including ``end`` by a party, or by a person
    of the party's nationality."""

    office: str
    party: str
    person: str
    start: PartialDate
    act: str
    end: PartialDate | None = None
    ended_by: str = ""

    @property
    def holder(self) -> str:
        """The person, or where there is none the party."""
        return self.person or self.party

    def holds_on(self, day: date) -> bool:
        """Whether the office is held on ``day``."""
        return self.start.first <= day and (self.end is None or day < self.end.first)


@dataclass(frozen=True, slots=True)
class Institutions:
    """All that the acts say of bodies and offices.

    ``changes`` has the acts about each body in legal order, ``tenures`` who held each office,
    oldest first.
    """

    acts: Mapping[str, Act]
    changes: Mapping[str, tuple[Act, ...]]
    tenures: Mapping[str, tuple[Tenure, ...]]


def fold_institutions(acts: Iterable[Act]) -> Institutions:
    """Return what acts, in any order and as revised, say of bodies and offices."""
    known = {act.id: act for act in acts}
    changes = _by("body", sorted(known.values(), key=legal_order))
    of_offices = _by("office", sorted(known.values(), key=_leaving_first))
    held = {office: _tenures(office, found) for office, found in of_offices.items()}
    return Institutions(known, changes, held)


def _by(field: str, acts: Iterable[Act]) -> dict[str, tuple[Act, ...]]:
    found: dict[str, list[Act]] = {}
    for act in acts:
        if act.detail(field):
            found.setdefault(act.detail(field), []).append(act)
    return {name: tuple(each) for name, each in found.items()}


def _tenures(office: str, acts: Iterable[Act]) -> tuple[Tenure, ...]:
    """Return who held an office; a new holder ends the tenure before."""
    found: list[Tenure] = []
    for act in acts:
        if not _concerns(act, found):
            continue
        start = act.effective_on
        if found and (found[-1].end is None or start.first < found[-1].end.first):
            last = found.pop()
            if last.start.first < start.first:
                found.append(_ended(last, start, act.id))
        if act.kind == "appointed":
            party = act.parties[0] if act.parties else ""
            until = act.detail("until")
            end = PartialDate.parse(until) if until else None
            found.append(Tenure(office, party, act.detail("person"), start, act.id, end))
    return tuple(found)


def _leaving_first(act: Act) -> tuple[date, bool, str]:
    """An office is left before it is taken up again on the same day."""
    return act.effective_on.first, act.kind != "left_office", act.id


def _concerns(act: Act, found: list[Tenure]) -> bool:
    """Whether an act is an appointment, or the leaving of the one who holds the office."""
    if act.kind != "left_office":
        return True
    if not found:
        return False
    person, holder = act.detail("person"), found[-1]
    return person in ("", holder.person) and (not act.parties or holder.party in act.parties)


def _ended(tenure: Tenure, end: PartialDate, by: str) -> Tenure:
    return Tenure(tenure.office, tenure.party, tenure.person, tenure.start, tenure.act, end, by)


def office_on(
    institutions: Institutions, *, charter: Charter, office: str, day: date
) -> Finding[Tenure | None]:
    """Return who holds an office on the day, and the act of appointment."""
    article = charter.offices[office].nearest(day).article
    every = institutions.tenures.get(office, ())
    held = [each for each in every if each.holds_on(day)]
    if not held:
        over = [each for each in every if each.end and each.end.first <= day]
        last = (over[-1].act, over[-1].ended_by) if over else ()
        return Finding(None, unique((article, *last)))
    act = institutions.acts[held[-1].act]
    grounds = unique((act.authority.article or article, act.id))
    return Finding(held[-1], grounds, _doubts(act, day))


def body_on(
    institutions: Institutions, *, charter: Charter, body: str, day: date
) -> Finding[str | None]:
    """Return the stage of a body's life on the day, or ``None`` before it began."""
    rules = charter.bodies[body].nearest(day)
    changes = institutions.changes.get(body, ())
    latest = [act for act in changes if act.effective_on.first <= day]
    in_force = [stage for stage in rules.life if day in stage.period]
    if latest and not (in_force and _later(in_force[-1].period.start, latest[-1])):
        act = latest[-1]
        grounds = unique((act.authority.article or rules.article, act.id))
        return Finding(act.detail("stage"), grounds, _doubts(act, day))
    if in_force:
        stage = in_force[-1]
        return Finding(stage.stage, unique((stage.article or rules.article, stage.act)))
    begins = bool(changes) and changes[0].detail("stage") in ("in_formation", "active")
    if not rules.life and not begins and day in rules.period:
        return Finding("active", unique((rules.article,)))
    return Finding(None, unique((rules.article,)))


def _later(start: date | None, act: Act) -> bool:
    return start is not None and start > act.effective_on.first


def _doubts(act: Act, day: date) -> tuple[Doubt, ...]:
    doubts = []
    if not act.effective_on.exact and day <= act.effective_on.last:
        doubts.append(Doubt("imprecise_date", act.id, str(act.effective_on)))
    if act.confidence != "high":
        doubts.append(Doubt(f"{act.confidence}_confidence", act.id))
    return tuple(doubts)
