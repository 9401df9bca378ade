"""What would follow if these States consented on these days, and what an act would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from comity.treaty.fold import status_of
from comity.treaty.model import Treaty
from comity.treaty.record import NOTHING_AROUND, Act, Around, Record
from comity.treaty.status import Party, Status

What = Literal["refused", "met_on", "enters_on", "ended_on", "bound_since", "bound_until", "stage"]


@dataclass(frozen=True, slots=True)
class Planned:
    """A consent that somebody might give."""

    party: str
    on: date
    kind: str = "ratification"
    tags: tuple[str, ...] = ()

    @property
    def act(self) -> Act:
        """The act as which it would be recorded."""
        name = f"planned-{self.party}-{self.on}"
        return Act(name, "consented", self.on, self.party, self.kind, tags=self.tags)


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that would be otherwise: of the treaty, or of a ``party``.

    ``before`` and ``after`` are days, or for ``stage`` and ``refused`` words; none is ``None``.
    """

    what: What
    before: date | str | None
    after: date | str | None
    party: str = ""
    act: str = ""


def forecast(
    treaty: Treaty,
    record: Record,
    planned: Iterable[Planned],
    *,
    around: Around = NOTHING_AROUND,
) -> Status:
    """Return the status on the last day of all, if nothing else happened until then."""
    added = [each.act for each in planned]
    days = [each.on for each in (*record.acts, *added)]
    return status_of(treaty, record.adding(added), max(days, default=date.min), around=around)


def consequences(
    treaty: Treaty, record: Record, act: Act, *, around: Around = NOTHING_AROUND
) -> tuple[Consequence, ...]:
    """Return all that an act would change, as of its day or of the last act, if that is later."""
    on = max((each.on for each in (*record.acts, act)), default=act.on)
    before = status_of(treaty, record, on, around=around)
    after = status_of(treaty, record.adding([act]), on, around=around)
    return tuple(changes(before, after))


def changes(before: Status, after: Status) -> Iterator[Consequence]:
    """Yield what differs between two statuses: refusals, then the treaty, then its parties."""
    known = {each.act for each in before.refused}
    for refused in after.refused:
        if refused.act not in known:
            yield Consequence("refused", None, refused.code, act=refused.act)
    yield from _of_treaty(before, after)
    for name in dict.fromkeys((*before.parties, *after.parties)):
        yield from _of_party(name, before.parties.get(name), after.parties.get(name))


def _of_treaty(before: Status, after: Status) -> Iterator[Consequence]:
    if before.met_on != after.met_on:
        yield Consequence("met_on", before.met_on, after.met_on)
    if before.enters_on != after.enters_on:
        yield Consequence("enters_on", before.enters_on, after.enters_on)
    if before.ended_on != after.ended_on:
        yield Consequence("ended_on", before.ended_on, after.ended_on)
    if before.stage != after.stage:
        yield Consequence("stage", before.stage, after.stage)


def _of_party(name: str, before: Party | None, after: Party | None) -> Iterator[Consequence]:
    since, until = zip(_bond(before), _bond(after), strict=True)
    if since[0] != since[1]:
        yield Consequence("bound_since", since[0], since[1], party=name)
    if until[0] != until[1]:
        yield Consequence("bound_until", until[0], until[1], party=name)


def _bond(party: Party | None) -> tuple[date | None, date | None]:
    if party is None or not party.bound:
        return None, None
    return party.bound[-1].since, party.bound[-1].until
