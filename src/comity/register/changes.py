"""What changed between two days, and by which act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any, Generic, TypeVar

from comity.kernel.act import Act
from comity.kernel.finding import Finding
from comity.membership.history import Spell
from comity.register.register import OrganisationRecord
from comity.register.situation import Situation
from comity.register.threads import ASPECTS, Aspect, Thread, of_institutions, of_party, status

T = TypeVar("T")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """Something that is otherwise from a day on, and why it is as it is then.

    ``aspect`` says what: a ``status``, a ``stage`` on the way to one, a ``suspension`` (whether
    there is one), a ``departure`` (its day), the ``name`` or the one who represents (by language),
    whether a ``territory`` is covered, the tenure of an ``office``, the stage of a ``body``. ``of``
    is the party, the office or the body; ``part`` the facet, the status or the territory.
    """

    aspect: Aspect
    of: str
    before: T
    after: T
    on: date
    finding: Finding[T]
    part: str = ""

    @property
    def party(self) -> str:
        """The party, where it is one that the change is of."""
        return self.of


@dataclass(frozen=True, slots=True)
class Move:
    """One act that brought one party, or many at once, from what they were to one status."""

    on: date
    act: str
    parties: tuple[str, ...]
    befores: tuple[str | None, ...]
    after: str | None
    changes: tuple[Change[str | None], ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """How two days compare, whatever lay between them.

    ``counts`` have each status with the number of its holders before and after; ``came`` held
    none before, ``left`` hold none after, and ``moved`` hold another one, in the order of States.
    """

    counts: tuple[tuple[str, int, int], ...]
    came: tuple[str, ...]
    left: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which a status begins or ends; ``moves`` are (party, status before, after)."""

    on: date
    moves: tuple[tuple[str, str | None, str | None], ...]


def turns(situation: Situation, facet: str | None = None) -> tuple[Turn, ...]:
    """Return every day on which a status in the facet begins or ends, past and to come."""
    moves: dict[date, list[tuple[str, str | None, str | None]]] = {}
    for party in situation.record.parties():
        spells = situation.history(party, facet)
        before = None
        for day in sorted(_boundaries(spells)):
            after = _held(spells, day)
            if after != before:
                moves.setdefault(day, []).append((party, before, after))
            before = after
    return tuple(Turn(day, tuple(moves[day])) for day in sorted(moves))


def _boundaries(spells: tuple[Spell, ...]) -> set[date]:
    return {each.start.first for each in spells} | {each.end.first for each in spells if each.end}


def _held(spells: tuple[Spell, ...], day: date) -> str | None:
    return next((each.status for each in reversed(spells) if each.holds_on(day)), None)


def changes_between(
    record: OrganisationRecord,
    start: date,
    end: date,
    *,
    facet: str | None = None,
    known_at: date | None = None,
    basis: str | None = None,
) -> tuple[Change[str | None], ...]:
    """Return every change of status after ``start`` up to ``end``, in order of day and party.

    Each step counts: a party that came and left between the two days appears twice.
    """
    then = record.situation(on=end, known_at=known_at, basis=basis)
    return changes_until(then, start, facet=facet)


def changes_until(
    then: Situation, start: date, *, facet: str | None = None
) -> tuple[Change[str | None], ...]:
    """Return every change of status after ``start``, up to the day of ``then`` and as known there.

    Raises `UnknownName` with the nearest facet.
    """
    chosen = then.facet(facet)
    threads = (status(then, party, chosen) for party in then.record.parties())
    return in_order(then, (each for thread in threads for each in _since(then, thread, start)))


def all_changes(situation: Situation, start: date) -> tuple[Change[Any], ...]:
    """Return everything that changed after ``start`` up to the day of the situation, in order.

    Rules are not among it: `comity.charter.queries.rules_changed` has those.
    """
    parties = chain.from_iterable(of_party(situation, p) for p in situation.record.parties())
    threads = chain(parties, of_institutions(situation))
    found = (each for thread in threads for each in _since(situation, thread, start))
    return in_order(situation, found)


def _since(situation: Situation, thread: Thread[T], start: date) -> Iterator[Change[T]]:
    days = (day for day, _ in thread.turns if start < day <= situation.on)
    return changes_on(situation, thread, days)


def changes_on(
    situation: Situation, thread: Thread[T], days: Iterable[date]
) -> Iterator[Change[T]]:
    """Yield what changed on these days: each is compared with the day before it."""
    for day in sorted({each for each in days if each > date.min}):
        before = thread.ask(_on(situation, day - _ONE_DAY)).value
        now = thread.ask(_on(situation, day))
        if now.value != before:
            yield Change(thread.aspect, thread.of, before, now.value, day, now, thread.part)


def _on(situation: Situation, day: date) -> Situation:
    return Situation(situation.record, on=day, known=situation.known, basis=situation.basis)


def in_order(situation: Situation, changes: Iterable[Change[T]]) -> tuple[Change[T], ...]:
    """Return changes in order of day, then of party; those of offices and bodies come last."""
    found = list(changes)
    parties = {each.of for each in found if each.aspect not in ("office", "body")}
    place = {party: number for number, party in enumerate(situation.order(parties))}

    def key(change: Change[T]) -> tuple[date, int, int]:
        return change.on, place.get(change.of, len(place)), ASPECTS.index(change.aspect)

    return tuple(sorted(found, key=key))


def moves(changes: Iterable[Change[str | None]], situation: Situation) -> tuple[Move, ...]:
    """Put changes of status together that one act made, so that a merger is read in one line."""
    found: dict[tuple[date, str, str, str | None], list[Change[str | None]]] = {}
    for each in changes:
        act = act_behind(each, situation)
        key = (each.on, act.id if act else f"{each.of} ", each.part, each.after)
        found.setdefault(key, []).append(each)
    return tuple(_move(key[1], group) for key, group in found.items())


def _move(act: str, changes: list[Change[str | None]]) -> Move:
    first = changes[0]
    return Move(
        on=first.on,
        act="" if act.endswith(" ") else act,
        parties=tuple(each.of for each in changes),
        befores=tuple(dict.fromkeys(each.before for each in changes)),
        after=first.after,
        changes=tuple(changes),
    )


def act_behind(change: Change[Any], situation: Situation) -> Act | None:
    """Return the act that took effect on the day of a change, else the last among its grounds."""
    record = situation.record
    acts = [record.act(g, known=situation.known) for g in change.finding.grounds if g in record]
    on_the_day = [each for each in acts if each.effective_on.first == change.on]
    return next(iter(on_the_day or acts[-1:]), None)


def balance(before: Situation, after: Situation, facet: str | None = None) -> Balance:
    """Return how two days compare in a facet: the main one if none is named."""
    one = {line.party: line.status for line in before.roster(facet=facet)}
    other = {line.party: line.status for line in after.roster(facet=facet)}
    held, holds = list(one.values()), list(other.values())
    both = one.keys() & other.keys()
    return Balance(
        counts=tuple(
            (each, held.count(each), holds.count(each))
            for each in before.charter.statuses
            if each in held or each in holds
        ),
        came=after.order(other.keys() - one.keys()),
        left=before.order(one.keys() - other.keys()),
        moved=after.order(each for each in both if one[each] != other[each]),
    )
