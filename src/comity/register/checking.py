"""Whether a record that was kept could have come about: what `Register` asks before it records.

A log proves that nothing was changed after signing. That its keeper asked what the register asks
(an act once, in the order of time, well formed, with its footing in the rules) is checked here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.errors import Fault, IntegrityError, Place, unknown
from comity.register.memory import Folded
from comity.register.register import HISTORIES, OrganisationRecord

Editions = Mapping[tuple[str, str], Charter]


class Sequels:
    """The leaves of a log one after the other: every act once, and no organisation's clock back."""

    def __init__(self, file: str) -> None:
        """Begin with no leaf; ``file`` is the one whose lines the faults name."""
        self._file = file
        self._last: dict[str, datetime] = {}
        self._leaves: dict[tuple[str, str], int] = {}
        self.closed: set[str] = set()

    def take(self, leaf: int, act: Act) -> None:
        """Take in the act of a leaf; raises `IntegrityError`."""
        key = act.organisation, act.id
        first = self._leaves.setdefault(key, leaf)
        if first != leaf:
            found = f'leaf {leaf}: the act "{act.id}" is recorded already, in leaf {first}'
            fault = Fault("duplicate_act", found, "each act once", act=act.id)
            raise IntegrityError(self._placed(fault, leaf))
        self._in_time(leaf, act.organisation, act.recorded_at)

    def take_closed(self, leaf: int, organisation: str, recorded_at: datetime) -> None:
        """Take in a leaf whose act is closed; raises `IntegrityError`."""
        self.closed.add(organisation)
        self._in_time(leaf, organisation, recorded_at)

    def _in_time(self, leaf: int, organisation: str, recorded_at: datetime) -> None:
        last = self._last.get(organisation)
        if last and recorded_at < last:
            found = f"leaf {leaf}: recorded at {recorded_at.isoformat()}, before the act before it"
            fault = Fault("recorded_out_of_order", found, f"{last.isoformat()} or later")
            raise IntegrityError(self._placed(fault, leaf))
        self._last[organisation] = recorded_at

    def name(self, organisation: str, fault: Fault) -> Fault:
        """Return a fault of an organisation's act with the leaf that it stands in."""
        leaf = self._leaves.get((organisation, fault.act))
        if leaf is None:
            return replace(fault, found=f"{organisation}: {fault.found}")
        return self._placed(replace(fault, found=f"leaf {leaf}: {fault.found}"), leaf)

    def _placed(self, fault: Fault, leaf: int) -> Fault:
        return replace(fault, place=Place(self._file, leaf + 1))


def check_acts(acts: Iterable[Act], editions: Editions, leaves: Sequels, *, law: bool) -> None:
    """Check every act under the rules in force when it was recorded; raises `IntegrityError`.

    With ``law`` also its footing, except where an organisation has closed acts: what a public
    act stands on may be in one of them.
    """
    by_organisation: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_organisation[act.organisation].append(act)
    for organisation, recorded in by_organisation.items():
        has_closed = organisation in leaves.closed
        periods = _periods(recorded, editions)
        if not periods:
            known = {each for each, _ in editions}
            faults: Iterable[Fault] = [
                replace(unknown("organisation", organisation, known), act=recorded[0].id)
            ]
        else:
            faults = _Check(periods, law=law and not has_closed, has_closed=has_closed).faults()
        named = [leaves.name(organisation, fault) for fault in faults]
        if named:
            raise IntegrityError(*named)


@dataclass(frozen=True, slots=True)
class _Period:
    """Acts recorded while one edition of the rules was in force; the edition's act is the first."""

    charter: Charter
    acts: list[Act]


def _periods(acts: Sequence[Act], editions: Editions) -> list[_Period]:
    """Divide acts by edition; what stands before the first edition belongs to it."""
    periods: list[_Period] = []
    before: list[Act] = []
    for act in acts:
        if act.kind == "rules_recorded":
            charter = editions[act.organisation, act.detail("digest")]
            periods.append(_Period(charter, before))
            before = []
        (periods[-1].acts if periods else before).append(act)
    return periods


@dataclass(frozen=True, slots=True)
class _Check:
    """The acts of one organisation, period by period, as they were recorded."""

    periods: list[_Period]
    law: bool
    has_closed: bool

    def faults(self) -> tuple[Fault, ...]:
        """Return the faults of the first period that has any.

        Acts may be recorded together with new rules and stand before them, so a later edition
        that takes them is as good as the one in force.
        """
        earlier: list[Act] = []
        for number, period in enumerate(self.periods):
            found = self._of_period(earlier, period.acts, period.charter)
            later = {each.charter.digest: each.charter for each in self.periods[number + 1 :]}
            if found and all(
                self._of_period(earlier, period.acts, each) for each in later.values()
            ):
                return found
            earlier += period.acts
        return ()

    def _of_period(
        self, earlier: Iterable[Act], acts: Sequence[Act], charter: Charter
    ) -> tuple[Fault, ...]:
        record = OrganisationRecord(charter, Folded(HISTORIES))
        for act in earlier:
            record.add(act)
        # Not record.faults: bytes and order were compared with the log, and encoding takes long.
        found = tuple(record.form_faults(acts))
        if self.law:
            return found or tuple(record.footing_faults(acts))
        return tuple(f for f in found if not (self.has_closed and f.code == "unknown_act"))
