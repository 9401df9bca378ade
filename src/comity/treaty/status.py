"""The status of a treaty on a day: in force or not, for whom, since when, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from comity.kernel.finding import Doubt
from comity.treaty.conditions import Reckoning
from comity.treaty.counting import Reckoned
from comity.treaty.lines import Spells
from comity.treaty.model import Treaty, nothing
from comity.treaty.record import Record

Stage = Literal["negotiated", "adopted", "open", "met", "in_force", "lapsed", "terminated"]


@dataclass(frozen=True, slots=True)
class Refused:
    """An act that was not taken: why, what was found and required, under which article."""

    act: str
    code: str
    found: str = ""
    required: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """From when, and until when, a party is bound by one consent.

    ``steps`` led from the consent to ``since``. ``acts`` are the grounds of beginning and end,
    ``article`` what the beginning rests on. ``towards``: only these and from when, if not all.
    """

    since: date
    until: date | None = None
    steps: tuple[Reckoned, ...] = ()
    acts: tuple[str, ...] = ()
    article: str = ""
    determined: bool = False
    towards: Mapping[str, date] | None = field(default=None, hash=False)
    survives_until: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """What one State or organisation did, and what binds it.

    ``consent`` is the act that stands, ``kind`` its kind. ``bound`` may lie in the future.
    ``provisional``: when it applies the treaty before being bound by it.
    """

    party: str
    signed: date | None = None
    consent: str = ""
    consented: date | None = None
    kind: str = ""
    bound: tuple[Bound, ...] = ()
    provisional: Spells = ()
    reservations: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()
    notice: str = ""
    suspended: Spells = ()

    def bond(self, day: date) -> Bound | None:
        """Return what binds it on a day."""
        return next(
            (e for e in self.bound if e.since <= day and (e.until is None or day < e.until)), None
        )

    @property
    def since(self) -> date | None:
        """From when its last consent binds it, be that past or to come."""
        return self.bound[-1].since if self.bound else None


@dataclass(frozen=True, slots=True)
class Status:
    """All that follows for one treaty from its record, as of a day.

    ``met_on``: the day the condition was met. ``enters_on``: the day of entry into force, past or
    to come. ``steps`` led from one to the other. ``because``: articles, then acts. ``reckonings``:
    what every test comes to on the day, or on the day the condition was met. ``lapsed_on``: by when
    it should have been met.
    """

    treaty: Treaty
    record: Record
    on: date
    stage: Stage
    met_on: date | None = None
    enters_on: date | None = None
    computed_on: date | None = None
    steps: tuple[Reckoned, ...] = ()
    held_back: date | None = None
    because: tuple[str, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()
    parties: Mapping[str, Party] = field(default_factory=nothing, hash=False)
    refused: tuple[Refused, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    lapsed_on: date | None = None
    ended_on: date | None = None

    @property
    def in_force(self) -> bool:
        """Whether the treaty is in force on the day."""
        return self.stage == "in_force"

    def bound_on(self, day: date) -> tuple[str, ...]:
        """Return who is bound on a day, in the order of the record."""
        return tuple(who for who, each in self.parties.items() if each.bond(day) is not None)

    @property
    def now_bound(self) -> tuple[str, ...]:
        """Who is bound on the day of the status."""
        return self.bound_on(self.on)

    @property
    def missing(self) -> tuple[object, ...]:
        """What each test of the condition still misses; nothing once it is met."""
        return () if self.met_on else tuple(each.missing for each in self.reckonings)
