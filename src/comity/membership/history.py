"""What a fold of acts yields for one party: spells, suspensions, notices, stages, names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.charter.model import Names, SuspensionRule
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import Fault

Turn = tuple[PartialDate, str]
"""A date on which an answer can change, and the act that makes it."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A status held from ``start`` up to but not including ``end``.

    ``since`` is the seniority: the start of the first spell that this one continues, and
    ``since_by`` the acts that began that one, where it is another. ``ended_as`` says how it ended
    (promoted, withdrew, expelled, notice, merged, ...).
    """

    facet: str
    status: str
    start: PartialDate
    since: PartialDate
    began_by: tuple[str, ...]
    end: PartialDate | None = None
    ended_by: tuple[str, ...] = ()
    ended_as: str = ""
    since_by: tuple[str, ...] = ()

    @property
    def origin(self) -> tuple[str, ...]:
        """The acts that the seniority rests on."""
        return self.since_by or self.began_by

    @property
    def turns(self) -> tuple[Turn, ...]:
        """When it began and ended, and by which act."""
        began = tuple((self.start, act) for act in self.began_by[-1:])
        return (*began, *((self.end, act) for act in self.ended_by[-1:])) if self.end else began

    def holds_on(self, day: date) -> bool:
        """Whether the status is held on ``day``; an imprecise date counts from its first day."""
        return self.start.first <= day and (self.end is None or day < self.end.first)


@dataclass(frozen=True, slots=True)
class Suspension:
    """A suspension in force from ``start`` up to but not including ``end``.

    ``until`` is the day on which it runs out, where it was imposed for a time.
    """

    status: str
    start: PartialDate
    act: str
    rule: SuspensionRule
    rights: tuple[str, ...]
    end: PartialDate | None = None
    ended_by: str = ""
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the suspension is in force on ``day``."""
        return self.start.first <= day and (self.end is None or day < self.end.first)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """When it began and ended, and by which act."""
        began = (self.start, self.act)
        return (began, (self.end, self.ended_by)) if self.end else (began,)

    def takes_away(self, right: str) -> bool:
        """Whether the suspended party loses ``right``."""
        return "all" in self.rights or right in self.rights


@dataclass(frozen=True, slots=True)
class Revision:
    """From ``known_from`` on a notice takes effect on ``effect`` (``None``: not at all)."""

    known_from: date
    effect: date | None
    act: str


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """A notice of withdrawal and what became of it, oldest revision first."""

    status: str
    act: str
    article: str
    revisions: tuple[Revision, ...]
    closed_on: date | None = None

    def pending_on(self, day: date) -> Revision | None:
        """Return the revision that stands on ``day``, if the notice is still running then."""
        standing = [each for each in self.revisions if each.known_from <= day]
        if not standing or (self.closed_on and self.closed_on <= day):
            return None
        last = standing[-1]
        return last if last.effect is None or day < last.effect else None


@dataclass(frozen=True, slots=True)
class StageReached:
    """A stage on the path to a status, and the act that reached it."""

    status: str
    stage: str
    on: PartialDate
    act: str


@dataclass(frozen=True, slots=True)
class Change:
    """From ``start`` on something about the party is ``value``: a name, a representative."""

    start: PartialDate
    value: Names
    act: str


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """From ``start`` on the status of the State covers a territory, or no longer does."""

    territory: str
    start: PartialDate
    within: bool
    act: str


@dataclass(frozen=True, slots=True)
class History:
    """All that the acts say of one party on one basis. ``faults`` name acts without footing.

    ``interrupted`` has, by the act of a suspension, the spell that it interrupts where the party
    becomes something else by it. ``all_sure`` says that every status and suspension began and
    ended on a day that is known, and that no source disputes.
    """

    party: str
    acts: Mapping[str, Act]
    spells: tuple[Spell, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    notices: tuple[NoticeGiven, ...] = ()
    stages: tuple[StageReached, ...] = ()
    names: tuple[Change, ...] = ()
    formal_names: tuple[Change, ...] = ()
    representatives: tuple[Change, ...] = ()
    scope: tuple[ScopeChange, ...] = ()
    faults: tuple[Fault, ...] = ()
    interrupted: Mapping[str, Spell] = field(default_factory=dict)
    all_sure: bool = False

    def spell_on(self, day: date, facet: str) -> Spell | None:
        """Return the spell in ``facet`` that holds on ``day``."""
        for spell in reversed(self.spells):
            if spell.facet == facet and spell.holds_on(day):
                return spell
        return None

    def in_facet(self, facet: str) -> tuple[Spell, ...]:
        """Return the spells in one facet, oldest first."""
        return tuple(spell for spell in self.spells if spell.facet == facet)
