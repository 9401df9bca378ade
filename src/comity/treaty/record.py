"""What happened to a treaty, act by act, each with its day; and what is around it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from comity.decision.numbers import Number
from comity.kernel.dates import Period
from comity.treaty.lines import Line, Spells
from comity.treaty.model import nothing

Mode = Literal["simple", "ad_referendum", "definitive"]
Needs = Literal["party", "kind", "of", "to", "text", "what", "day", "until", "topic"]


@dataclass(frozen=True, slots=True)
class Act:
    """Something done about a treaty on a day; ``known_at``: from when it was known (none: always).

    ``consent``: the kind of consent, empty where it is not known.

    ``of``: the party whose accession it is about. ``to``: the reservation objected to. ``until``:
    to when a notice is extended. ``day``: what the depositary determined. ``says``: the day that a
    notice names. ``succeeds``: whom a State succeeds, ``effective_from``: from when it is bound.
    ``parts``: those consented to.
    """

    id: str
    kind: str
    on: date
    party: str = ""
    consent: str = ""
    mode: Mode = "simple"
    tags: tuple[str, ...] = ()
    weights: Mapping[str, Number] = field(default_factory=nothing, hash=False)
    tables: Mapping[str, Mapping[str, Number]] = field(default_factory=nothing, hash=False)
    parts: tuple[str, ...] = ()
    succeeds: str = ""
    of: str = ""
    to: str = ""
    text: str = ""
    articles: tuple[str, ...] = ()
    opposes_entry: bool = False
    what: str = ""
    topic: str = ""
    day: date | None = None
    says: date | None = None
    until: date | None = None
    effective_from: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act that the engine knows; ``rank`` orders those of one day."""

    rank: int
    needs: tuple[Needs, ...] = ("party",)


KINDS: Mapping[str, ActKind] = {
    "adopted": ActKind(0, ()),
    "opened": ActKind(1, ()),
    "certified": ActKind(2, ("what",)),
    "signed": ActKind(3),
    "confirmed": ActKind(4),
    "declared": ActKind(5, ("party", "topic")),
    "accepted_accession": ActKind(6, ("party", "of")),
    "objected_to_accession": ActKind(6, ("party", "of")),
    "withdrew": ActKind(7),
    "revoked": ActKind(7),
    "consented": ActKind(8),
    "reserved": ActKind(9, ("party", "text")),
    "objected": ActKind(10, ("party", "to")),
    "reservation_withdrawn": ActKind(11, ("party", "to")),
    "declaration_withdrawn": ActKind(11, ("party", "topic")),
    "denounced": ActKind(12),
    "extended": ActKind(13, ("party", "until")),
    "rescinded": ActKind(14),
    "suspended": ActKind(15, ()),
    "resumed": ActKind(16, ()),
    "closed": ActKind(17, ()),
    "determined": ActKind(18, ("day",)),
    "terminated": ActKind(19, ()),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What a treaty looks at outside itself.

    ``in_force``: whether other treaties are, day by day. ``parties``: theirs, with periods.
    ``members``: those of bodies. ``exists``: when a State could act (one not named always could).
    """

    in_force: Mapping[str, Line[bool]] = field(default_factory=nothing, hash=False)
    parties: Mapping[str, Mapping[str, Spells]] = field(default_factory=nothing, hash=False)
    members: Mapping[str, Mapping[str, Spells]] = field(default_factory=nothing, hash=False)
    exists: Mapping[str, Spells] = field(default_factory=nothing, hash=False)


NOTHING_AROUND = Around()


@dataclass(frozen=True, slots=True)
class Record:
    """The acts about one treaty in the order of their days, whatever the order of recording."""

    acts: tuple[Act, ...] = ()
    _by: dict[str, tuple[Act, ...]] = field(default_factory=dict, init=False, compare=False)
    _of: dict[str, tuple[Act, ...]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        self._by.update(_grouped(self.acts, lambda act: act.party))
        self._of.update(_grouped(self.acts, lambda act: act.kind))

    @staticmethod
    def of(acts: Iterable[Act]) -> Record:
        """Return a record of acts in any order."""
        return Record(tuple(sorted(acts, key=_order)))

    def adding(self, acts: Iterable[Act]) -> Record:
        """Return the record with further acts."""
        return Record.of((*self.acts, *acts))

    def known(self, on: date, known_at: datetime | None = None) -> Record:
        """Return what had happened by a day, as it was known at an instant."""
        kept = (
            each
            for each in self.acts
            if each.on <= on
            and (known_at is None or each.known_at is None or each.known_at <= known_at)
        )
        return Record(tuple(kept))

    def of_kind(self, kind: str) -> tuple[Act, ...]:
        """Return the acts of a kind."""
        return self._of.get(kind, ())

    def by(self, party: str) -> tuple[Act, ...]:
        """Return the acts of a party."""
        return self._by.get(party, ())

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody who did something, in the order of their first acts."""
        return tuple(each for each in self._by if each)

    def of_part(self, part: str) -> Record:
        """Return what of the record of a whole is about a part: not consents that name others."""
        kept = (each for each in self.acts if not each.parts or part in each.parts)
        return Record(tuple(each for each in kept if each.kind != "determined"))

    def without(self, acts: Collection[str]) -> Record:
        """Return the record without some acts."""
        return Record(tuple(each for each in self.acts if each.id not in acts))

    @property
    def suspended(self) -> Spells:
        """When the treaty is suspended for everybody."""
        spells: list[Period] = []
        for act in self.by(""):
            running = bool(spells) and spells[-1].end is None
            if act.kind == "suspended" and not running:
                spells.append(Period(act.on))
            elif act.kind == "resumed" and running:
                spells[-1] = Period(spells[-1].start, act.on)
        return tuple(spells)

    def first_day(self, kind: str) -> date | None:
        """Return the day of the first act of a kind."""
        found = self.of_kind(kind)
        return found[0].on if found else None


def _grouped(acts: Iterable[Act], key: Callable[[Act], str]) -> dict[str, tuple[Act, ...]]:
    groups: dict[str, list[Act]] = {}
    for each in acts:
        groups.setdefault(key(each), []).append(each)
    return {name: tuple(each) for name, each in groups.items()}


def _order(act: Act) -> tuple[date, int, str]:
    return act.on, KINDS[act.kind].rank, act.id
