"""The register: acts in the order of recording, and the record of each organisation in it.

A register is added to and never changed. `Register.append` refuses, as a whole, a batch that holds
an act without footing; a refused batch leaves everything as it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import end_of_day, format_instant
from comity.kernel.errors import DataError, Fault, Refusal, UnknownName, unknown
from comity.membership.bodies import Institutions, fold_institutions
from comity.membership.history import History
from comity.membership.lineage import fold_with_predecessors
from comity.register.filing import EVERYWHERE, INSTITUTIONS, Filing
from comity.register.kinds import REVISING
from comity.register.memory import Folded
from comity.register.records import encoding_faults
from comity.register.revision import annulments, as_revised, corrected, correction_faults
from comity.register.situation import Situation
from comity.register.validity import validity_faults

HISTORIES = 400_000
"""As many histories a register remembers: one takes some 1.5 KB. One memory serves all its
organisations, so that it does not grow with their number."""

_MOMENTS = 8
"""For so many moments of knowledge an organisation remembers what does not depend on the day."""


class OrganisationRecord:
    """What the register holds of one organisation: its charter and its acts."""

    def __init__(self, charter: Charter, histories: Folded[History]) -> None:
        self.charter = charter
        self.acts: list[Act] = []
        self.aliases = {
            former: party.code
            for party in charter.parties.values()
            for former in party.former_codes
        }
        self._filing = Filing(self.aliases)
        self._recorded: list[datetime] = []
        self._histories = histories
        self._institutions: Folded[Institutions] = Folded(_MOMENTS)
        self._standing: Folded[tuple[Act, ...]] = Folded(_MOMENTS)

    # Questions

    def situation(
        self, *, on: date, known_at: datetime | date | None = None, basis: str | None = None
    ) -> Situation:
        """Return the state of things on a day, as known at a moment, on a basis of counting.

        ``known_at`` may be a day (all of it counts); left out, everything recorded is known.
        Raises `UnknownName` for a basis that the charter does not define.
        """
        chosen = basis or self.charter.default_basis
        if chosen not in self.charter.bases:
            raise UnknownName(unknown("basis", chosen, self.charter.bases))
        return Situation(self, on=on, known=self.known_count(known_at), basis=chosen)

    def known_count(self, known_at: datetime | date | None) -> int:
        """Return how many acts were recorded by a moment."""
        if known_at is None:
            return len(self.acts)
        instant = known_at if isinstance(known_at, datetime) else end_of_day(known_at)
        format_instant(instant)  # refuses one without a time zone
        return bisect_right(self._recorded, instant)

    def party(self, code: str) -> str:
        """Return the present code of a party; raises `UnknownName` with the nearest one."""
        upper = code.upper()
        found = self.aliases.get(upper, upper)
        if found not in self.charter.parties:
            names = {n: p.code for p in self.charter.parties.values() for n in p.names.values()}
            if code in names:
                return names[code]
            raise UnknownName(unknown("party", code, [*self.charter.parties, *names]))
        return found

    def parties(self) -> Iterable[str]:
        """Return the codes of all parties that an act names."""
        return self._filing.files()

    def history(self, party: str, *, basis: str, known: int) -> History:
        """Return the history of a party from the first ``known`` acts."""
        rules = self.charter.id, self.charter.digest
        key = (rules, party, basis, self._fingerprint(party, known))
        return self._histories.get(key, lambda: self._fold(self._filing, party, basis, known))

    def institutions(self, known: int) -> Institutions:
        """Return what the first ``known`` acts, as revised, say of bodies and offices."""
        key = self._filing.size(INSTITUTIONS, known)
        return self._institutions.get(key, lambda: self._fold_institutions(known))

    def _fold_institutions(self, known: int) -> Institutions:
        acts, _ = as_revised(self._filing.known(INSTITUTIONS, known))
        return fold_institutions(self._filing.all_in_present_codes(acts.values()))

    def standing(self, known: int) -> tuple[Act, ...]:
        """Return the first ``known`` acts as they then read, in the order of their effect.

        Annulled acts are left out.
        """
        return self._standing.get(known, lambda: self._in_effect(known))

    def _in_effect(self, known: int) -> tuple[Act, ...]:
        acts, _ = as_revised(self.acts[:known])
        return tuple(sorted(acts.values(), key=_taking_effect))

    def act(self, act_id: str, *, known: int | None = None) -> Act:
        """Return an act as it reads after corrections; raises `UnknownName`."""
        recorded = self.recorded_act(act_id)
        family = self._filing.family(act_id, known)
        return as_revised(family)[0].get(act_id, recorded) if len(family) > 1 else recorded

    def recorded_act(self, act_id: str) -> Act:
        """Return an act as it was recorded; raises `UnknownName`."""
        act = self._filing.act(act_id)
        if act is None:
            raise UnknownName(unknown("act", act_id, (each.id for each in self.acts)))
        return act

    def revisions_of(self, act_id: str, *, known: int | None = None) -> tuple[str, ...]:
        """Return the acts that correct or annul an act, in the order of recording."""
        self.recorded_act(act_id)
        family = self._filing.family(act_id, known)
        if len(family) <= 1:
            return ()
        _, corrected = as_revised(family)
        annulled = annulments(family).get(act_id)
        return (*corrected.get(act_id, ()), *((annulled,) if annulled else ()))

    def acts_of(self, party: str, *, known: int | None = None) -> list[Act]:
        """Return every act that names a party, as recorded."""
        count = len(self.acts) if known is None else known
        return list({act.id: act for act in self._filing.known(party, count)}.values())

    def __contains__(self, act_id: str) -> bool:
        return act_id in self._filing

    def _fingerprint(self, party: str, known: int) -> object:
        """Return what a party's history depends on: how much is filed on it and those before it."""
        filing = self._filing
        before = filing.lineage(party, known)[1:]
        sizes = tuple([filing.size(each, known) for each in before]) if before else ()
        return filing.size(EVERYWHERE, known), filing.size(party, known), sizes

    def _fold(self, filing: Filing, party: str, basis: str, known: int) -> History:
        def acts_of(code: str) -> list[Act]:
            return _read_for(filing, code, known)

        return fold_with_predecessors(party, acts_of, charter=self.charter, basis=basis)

    # Recording

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        """Return why ``acts`` may not be recorded together; nothing is changed."""
        malformed = [fault for act in acts for fault in encoding_faults(act)]
        malformed = malformed or [*self._order_faults(acts), *self.form_faults(acts)]
        return tuple(malformed) if malformed else tuple(self.footing_faults(acts))

    def _order_faults(self, acts: Sequence[Act]) -> Iterable[Fault]:
        last = self._recorded[-1] if self._recorded else None
        seen: set[str] = set()
        for act in acts:
            if act.id in self._filing or act.id in seen:
                found = f'an act with the identifier "{act.id}" is recorded already'
                yield Fault("duplicate_act", found, "a new identifier", act=act.id)
            seen.add(act.id)
            if last and act.recorded_at < last:
                found = f"recorded at {act.recorded_at.isoformat()}, before the act before it"
                yield Fault("recorded_out_of_order", found, f"{last} or later", act=act.id)
            last = max(last or act.recorded_at, act.recorded_at)

    def form_faults(self, acts: Sequence[Act]) -> Iterable[Fault]:
        """Check every act by itself; a correction against its target as it reads by then."""
        together = {act.id: act for act in acts}
        anywhere = _Either(self._filing, together)
        readings: dict[str, Act] = {}
        for act in acts:
            # What is revised must stand before; otherwise acts recorded together may name each
            # other in any order.
            known = _Either(self._filing, readings) if act.kind in REVISING else anywhere
            yield from validity_faults(act, charter=self.charter, known_acts=known)
            readings[act.id] = act
            if act.kind == "corrected":
                yield from self._correct(act, readings, anywhere)

    def _correct(
        self, act: Act, readings: dict[str, Act], known: Container[str]
    ) -> Iterable[Fault]:
        """A correction must be possible, and what it leaves must be an act like any other."""
        name = act.detail("act")
        target = readings.get(name) or (self.act(name) if name in self._filing else None)
        faults = correction_faults(act, target)
        if target and not faults and isinstance(act.details.get("changes"), Mapping):
            readings[name] = corrected(target, act)
            result = validity_faults(readings[name], charter=self.charter, known_acts=known)
            faults = tuple(replace(fault, act=act.id) for fault in result)
        yield from faults

    def footing_faults(self, acts: Sequence[Act]) -> Iterable[Fault]:
        """Fold every party concerned with and without the acts: a new fault is a refusal."""
        count, basis = len(self.acts), self.charter.default_basis
        trial = Filing(self.aliases, below=self._filing)
        for number, act in enumerate(acts):
            trial.add(count + number, act)
        seen: set[tuple[str, str]] = set()
        for party in trial.concerned():
            after = self._fold(trial, party, basis, count + len(acts)).faults
            if not after:
                continue  # the usual case: what was there before need not be folded again
            before = {(f.code, f.act) for f in self.history(party, basis=basis, known=count).faults}
            for fault in after:
                if (fault.code, fault.act) not in before | seen:
                    seen.add((fault.code, fault.act))
                    yield fault

    def add(self, act: Act) -> None:
        """Record an act that has been checked, or comes from a log checked when written.

        It is filed before it counts as recorded: who reads meanwhile knows all of it or nothing.
        """
        self._filing.add(len(self.acts), act)
        self._recorded.append(act.recorded_at)
        self.acts.append(act)


def _taking_effect(act: Act) -> tuple[date, date, str]:
    return act.effective_on.first, act.effective_on.last, act.id


class _Either:
    """Acts recorded or to be recorded together."""

    def __init__(self, filing: Container[str], together: Container[str]) -> None:
        self._filing, self._together = filing, together

    def __contains__(self, act_id: object) -> bool:
        return act_id in self._together or act_id in self._filing


def _read_for(filing: Filing, party: str, known: int) -> list[Act]:
    """Return the acts that concern a party, as revised, in present codes of parties."""
    filed = [*filing.known(EVERYWHERE, known), *filing.known(party, known)]
    every, _ = as_revised(filed)
    for target in [act.detail("act") for act in filed if act.kind == "corrected"]:
        files = filing.files_named(every[target]) if target in every else ()
        if target in every and party not in files and EVERYWHERE not in files:
            del every[target]  # it is another party's: moved by a correction, or moved back
    return filing.all_in_present_codes(every.values())


class Register:
    """All acts of all organisations, in the one order of recording."""

    def __init__(self, charters: Iterable[Charter] = (), acts: Iterable[Act] = ()) -> None:
        """Build a register from charters and from acts checked when they were recorded."""
        self.acts: list[Act] = []
        self._organisations: dict[str, OrganisationRecord] = {}
        self._histories: Folded[History] = Folded(HISTORIES)
        for charter in charters:
            self.add_charter(charter)
        self.load(acts)

    def add_charter(self, charter: Charter) -> OrganisationRecord:
        """Take in an organisation, or a new edition of its rules."""
        record = OrganisationRecord(charter, self._histories)
        before = self._organisations.get(charter.id)
        for act in before.acts if before else ():
            record.add(act)
        self._organisations[charter.id] = record
        return record

    @property
    def organisations(self) -> tuple[OrganisationRecord, ...]:
        """Every organisation in the register, in the order of their coming."""
        return tuple(self._organisations.values())

    def organisation(self, organisation: str) -> OrganisationRecord:
        """Return the record of one organisation; raises `UnknownName` with the nearest one."""
        record = self._organisations.get(organisation)
        if record is None:
            raise UnknownName(unknown("organisation", organisation, self._organisations))
        return record

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        """Return why a batch of acts may not be recorded; empty if it may."""
        by_organisation: dict[str, list[Act]] = {}
        found: list[Fault] = []
        for act in acts:
            if act.organisation not in self._organisations:
                known = self._organisations
                found.append(replace(unknown("organisation", act.organisation, known), act=act.id))
            by_organisation.setdefault(act.organisation, []).append(act)
        if found:
            return tuple(found)
        for organisation, batch in by_organisation.items():
            found += self._organisations[organisation].faults(batch)
        return tuple(found)

    def append(self, acts: Sequence[Act]) -> None:
        """Record acts, all or none.

        Raises `Refusal` where the rules forbid an act in the situation, `DataError` where an act
        is malformed, names something unknown, or is recorded already.
        """
        faults = self.faults(acts)
        if faults:
            raise _error(faults)
        self.load(acts)

    def load(self, acts: Iterable[Act]) -> None:
        """Take in acts that were checked when they were recorded, in that order."""
        for act in acts:
            self.organisation(act.organisation).add(act)
            self.acts.append(act)

    def forget_histories(self) -> None:
        """Forget what was folded: for one who asked about moments that nobody will ask about."""
        self._histories.forget()

    def __len__(self) -> int:
        return len(self.acts)


def _error(faults: tuple[Fault, ...]) -> DataError | Refusal:
    return Refusal(*faults) if all(f.code in REFUSALS for f in faults) else DataError(*faults)


REFUSALS = frozenset(
    {
        "already_held",
        "already_suspended",
        "before_foundation",
        "no_ending_rule",
        "no_such_notice",
        "no_suspension_rule",
        "no_withdrawal_rule",
        "notice_already_given",
        "notice_already_settled",
        "notice_shortened",
        "nothing_to_end",
        "nothing_to_lift",
        "nothing_to_return_to",
        "nothing_to_suspend",
        "path_not_open",
        "scope_unchanged",
        "stage_out_of_order",
        "status_not_in_force",
        "status_required_before",
        "unknown_stage",
        "wrong_authority",
    }
)
