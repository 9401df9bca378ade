"""The course of one party: the consents it gave, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from comity.kernel.dates import Period
from comity.treaty.acceding import acceptances
from comity.treaty.admitting import Gate
from comity.treaty.conditions import Standing
from comity.treaty.dates import Starts
from comity.treaty.entering import Entering
from comity.treaty.model import Consent, Treaty
from comity.treaty.record import Act, Record
from comity.treaty.status import Bound, Refused


@dataclass(slots=True)
class Given:
    """A consent that was taken, on which way, and what became of it.

    ``bound``: from when it binds. ``notice``: the act by which the party leaves, on ``ends``.
    """

    act: Act
    kind: str
    way: Consent | None
    revoked: Act | None = None
    bound: Bound | None = None
    notice: Act | None = None
    ends: date | None = None

    def stands(self, day: date) -> bool:
        """Whether it is neither revoked nor ended on a day."""
        return self.revoked is None and (self.ends is None or day < self.ends)

    def binds(self, day: date) -> bool:
        """Whether its party is bound by it on a day."""
        return self.bound is not None and self.bound.since <= day and self.stands(day)


@dataclass(slots=True)
class Course:
    """What stands of the acts of one party as they are taken one after another."""

    name: str
    treaty: Treaty
    gate: Gate
    starts: Starts
    record: Record
    signature: Act | None = None
    given: list[Given] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    reserved: dict[str, Act] = field(default_factory=dict)
    declared: dict[str, Act] = field(default_factory=dict)
    suspended: list[Period] = field(default_factory=list)

    @property
    def entering(self) -> Entering:
        """When the treaty enters into force."""
        return self.gate.entering

    @property
    def last(self) -> Given | None:
        """The consent given last."""
        return self.given[-1] if self.given else None

    def binding(self, day: date) -> Given | None:
        """Return the consent that binds the party on a day."""
        return next((each for each in reversed(self.given) if each.binds(day)), None)

    def is_in(self, name: str, day: date) -> bool:
        """Whether the party is in a class on a day."""
        return any(day in each for each in self.gate.holding.of(name, self.name))

    def counts_from(self, given: Given) -> date | None:
        """Return from when a consent counts: its own day, or when enough accepted it, if ever."""
        way = given.way
        if way is None or not way.accepted_by:
            return given.act.on
        among = self.gate.holding.among(way.accepted_by) or {}
        wanted = {who for who, held in among.items() if any(given.act.on in each for each in held)}
        accepted = reversed(acceptances(self.record, given.act))
        days = sorted({each.party: each.on for each in accepted if each.party in wanted}.values())
        number = way.acceptances or len(wanted)
        return max(given.act.on, days[number - 1]) if 0 < number <= len(days) else None

    def standing(self) -> Iterator[Standing]:
        """Yield the consents that count, each with the period in which it does."""
        later = [each.act.on for each in self.given[1:]]
        for each, again in zip_longest(self.given, later):
            start, end = self.counts_from(each), each.revoked.on if each.revoked else again
            if start is not None and (end is None or start < end):
                period = Period(start, end)
                yield Standing(self.name, each.kind, each.act.id, (period,))
