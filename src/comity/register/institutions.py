"""Bodies and offices in a situation: their life, who sits in them, who holds them, who is next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.charter.model import ALL, Body
from comity.kernel.finding import Finding, unique
from comity.membership.bodies import Tenure, body_on, office_on

if TYPE_CHECKING:
    from comity.register.situation import Situation


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One party in a body: in which capacity it sits there, and why."""

    party: str
    capacity: str
    suspended: bool
    grounds: tuple[str, ...]


def body(situation: Situation, name: str) -> Finding[str | None]:
    """Return the stage of a body's life, or ``None`` before it began."""
    known = situation.record.institutions(situation.known)
    return body_on(known, charter=situation.charter, body=name, day=situation.on)


def bodies(situation: Situation) -> tuple[Body, ...]:
    """Return the bodies that have begun and are not over, in the order of the charter."""
    return tuple(
        versions.nearest(situation.on)
        for name, versions in situation.charter.bodies.items()
        if situation.body(name).value in ("in_formation", "active")
    )


def composition(situation: Situation, name: str) -> tuple[SeatLine, ...]:
    """Return who sits in a body, in the organisation's order, each once, full seats first."""
    rules = situation.charter.bodies[name].nearest(situation.on)
    lines: dict[str, SeatLine] = {}
    for seat in rules.composition:
        if situation.on not in seat.period:
            continue
        article = seat.article or rules.article
        for party, grounds in _seated(situation, seat.status, seat.parties):
            suspended = _excluded(situation, party)
            line = SeatLine(party, seat.capacity, suspended, unique((article, *grounds)))
            lines.setdefault(party, line)
    return tuple(lines[each] for each in situation.order(lines))


def _seated(
    situation: Situation, status: str, parties: tuple[str, ...]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    if status:
        yield from ((line.party, line.finding.grounds) for line in situation.roster(status))
    yield from ((situation.record.party(each), ()) for each in parties)


def _excluded(situation: Situation, party: str) -> bool:
    running = situation.running_suspensions(party)
    return any(ALL in each.rights and not each.rule.becomes for each in running)


def full_statuses(situation: Situation) -> tuple[str, ...]:
    """Return the statuses whose holders sit in the supreme body in full capacity.

    Where no body is declared supreme it is the first status of the charter.
    """
    charter = situation.charter
    versions = (each.nearest(situation.on) for each in charter.bodies.values())
    supreme = next((body for body in versions if body.supreme), None)
    if supreme is None:
        return tuple(charter.statuses)[:1]
    seats = [seat for seat in supreme.composition if situation.on in seat.period]
    return tuple(seat.status for seat in seats if seat.capacity == "full")


def office(situation: Situation, name: str) -> Finding[Tenure | None]:
    """Return who holds an office, or ``None``."""
    known = situation.record.institutions(situation.known)
    return office_on(known, charter=situation.charter, office=name, day=situation.on)


def holders(situation: Situation, name: str) -> tuple[Tenure, ...]:
    """Return all who have held an office, oldest first."""
    return situation.record.institutions(situation.known).tenures.get(name, ())


def next_office(situation: Situation, name: str) -> Finding[str | None]:
    """Return the party that the rotation proposes next."""
    now = situation.office(name)
    rules = situation.charter.offices[name].nearest(situation.on)
    if rules.rotation is None or now.value is None:
        return Finding(None, unique((rules.article,)))
    if not now.value.party:  # a person without nationality has no place in the order of States
        return Finding(None, unique((rules.article, *now.grounds)))
    article = rules.rotation.article or rules.article
    turn = _rotation(situation)
    after = situation.order({*turn, now.value.party})
    index = after.index(now.value.party)
    following = [each for each in (*after[index + 1 :], *after[:index]) if each in turn]
    return Finding(following[0] if following else None, unique((article, *now.grounds)))


def _rotation(situation: Situation) -> list[str]:
    return [
        line.party
        for status in full_statuses(situation)
        for line in situation.roster(status)
        if not line.suspended
    ]
