"""What may change in an organisation: of each thing the days on which it may, and how to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, TypeVar, get_args

from comity.charter.model import Names
from comity.kernel.dates import Period
from comity.kernel.finding import Finding
from comity.membership.bodies import Tenure
from comity.membership.history import History
from comity.register.situation import Situation

T = TypeVar("T")

Aspect = Literal[
    "status",
    "stage",
    "suspension",
    "departure",
    "name",
    "represented_by",
    "territory",
    "office",
    "body",
]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

Turn = tuple[date, str]
"""A day on which something may change, and the act by which it would; nothing for a rule."""


@dataclass(frozen=True, slots=True)
class Thread(Generic[T]):
    """One thing that may change.

    ``of`` is a party, an office or a body; ``part`` the facet of a status, the status that a stage
    leads to, or a territory.
    """

    aspect: Aspect
    of: str
    turns: tuple[Turn, ...]
    ask: Callable[[Situation], Finding[T]]
    part: str = ""


def of_party(situation: Situation, party: str) -> Iterator[Thread[Any]]:
    """Yield what may change of a party."""
    history = situation.folded(party)
    yield from (status(situation, party, facet) for facet in situation.charter.facets)
    yield from _stages(history)
    yield Thread("suspension", party, tuple(_of_suspensions(history)), _suspended(party))
    notices = tuple((r.known_from, r.act) for each in history.notices for r in each.revisions)
    yield Thread("departure", party, notices, _departure(party))
    yield Thread("name", party, _starts(history.names), _name(party))
    yield Thread("represented_by", party, _starts(history.representatives), _represented(party))
    for territory in dict.fromkeys(each.territory for each in history.scope):
        scope = (each for each in history.scope if each.territory == territory)
        yield Thread("territory", party, _starts(scope), _covers(territory), territory)


def status(situation: Situation, party: str, facet: str) -> Thread[str | None]:
    """Return how the status of a party in a facet may change."""
    spells = situation.history(party, facet)
    turns = [(each.start.first, _last(each.began_by)) for each in spells]
    turns += [(each.end.first, _last(each.ended_by)) for each in spells if each.end]
    return Thread("status", party, tuple(turns), lambda then: then.status(party, facet), facet)


def of_institutions(situation: Situation) -> Iterator[Thread[Any]]:
    """Yield what may change of offices and bodies."""
    yield from (_office(situation, office) for office in situation.charter.offices)
    yield from (_body(situation, body) for body in situation.charter.bodies)


def _office(situation: Situation, office: str) -> Thread[Tenure | None]:
    tenures = situation.tenures(office)
    turns = [(each.start.first, each.act) for each in tenures]
    turns += [(each.end.first, each.ended_by) for each in tenures if each.end]
    return Thread("office", office, tuple(turns), lambda then: then.office(office))


def _body(situation: Situation, body: str) -> Thread[str | None]:
    changes = situation.record.institutions(situation.known).changes.get(body, ())
    turns = [(act.effective_on.first, act.id) for act in changes]
    for version in situation.charter.bodies[body].items:
        turns += _ends(version.period)
        for stage in version.life:
            turns += _ends(stage.period, stage.act)
    return Thread("body", body, tuple(turns), lambda then: then.body(body))


def _stages(history: History) -> Iterator[Thread[Any]]:
    for status in dict.fromkeys(each.status for each in history.stages):
        reached = (each for each in history.stages if each.status == status)
        turns = tuple((each.on.first, each.act) for each in reached)
        yield Thread("stage", history.party, turns, _stage(history.party, status), status)


def _ends(period: Period, act: str = "") -> Iterator[Turn]:
    return ((day, act) for day in (period.start, period.end) if day)


def _of_suspensions(history: History) -> Iterator[Turn]:
    for each in history.suspensions:
        yield each.start.first, each.act
        if each.end:
            yield each.end.first, each.ended_by or each.act


def _starts(changes: Iterable[Any]) -> tuple[Turn, ...]:
    return tuple((each.start.first, each.act) for each in changes)


def _last(acts: tuple[str, ...]) -> str:
    """Return the act that completed what several began."""
    return acts[-1] if acts else ""


def _stage(party: str, status: str) -> Callable[[Situation], Finding[str | None]]:
    return lambda then: then.stage(party, status)


def _departure(party: str) -> Callable[[Situation], Finding[date | None]]:
    return lambda then: then.pending_departure(party)


def _suspended(party: str) -> Callable[[Situation], Finding[bool]]:
    return lambda then: then.suspension(party).map(bool)


def _covers(territory: str) -> Callable[[Situation], Finding[bool]]:
    return lambda then: then.covers(territory)


def _name(party: str) -> Callable[[Situation], Finding[Names]]:
    return lambda then: then.names(party)


def _represented(party: str) -> Callable[[Situation], Finding[Names]]:
    return lambda then: then.representation(party)
