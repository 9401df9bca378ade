"""The register: acts in the order of recording, and the record of each organisation in it.

A register is added to and never changed. `Register.append` refuses, as a whole, a batch that holds
an act without footing; a refused batch leaves everything as it was.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import end_of_day
from comity.kernel.errors import DataError, Fault, Refusal, UnknownName, unknown
from comity.membership.fold import fold
from comity.membership.history import History
from comity.register.filing import EVERYWHERE, INSTITUTIONS, Filing
from comity.register.revision import annulments, as_revised, corrected, correction_faults
from comity.register.situation import Situation
from comity.register.validity import validity_faults

_CACHE_LIMIT = 50_000


class OrganisationRecord:
    """What the register holds of one organisation: its charter and its acts."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter
        self.acts: list[Act] = []
        self.aliases = {
            former: party.code
            for party in charter.parties.values()
            for former in party.former_codes
        }
        self._filing = Filing(self.aliases)
        self._recorded: list[datetime] = []
        self._histories: dict[tuple[str, str, object], History] = {}

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
        key = (party, basis, self._fingerprint(party, known, ()))
        history = self._histories.get(key)
        if history is None:
            if len(self._histories) >= _CACHE_LIMIT:
                self._histories.clear()
            history = self._histories[key] = self._fold(self._filing, party, basis, known, ())
        return history

    def institutional_acts(self, known: int) -> list[Act]:
        """Return the acts about offices and bodies, as revised."""
        acts, _ = as_revised(self._filing.known(INSTITUTIONS, known))
        return list(acts.values())

    def act(self, act_id: str, *, known: int | None = None) -> Act:
        """Return an act as it reads after corrections; raises `UnknownName`."""
        recorded = self.recorded_act(act_id)
        files = self._filing.files_of(recorded) or ("",)
        acts, _ = as_revised(self._filing.known(files[0], self._known(known)))
        return acts.get(act_id, recorded)

    def recorded_act(self, act_id: str) -> Act:
        """Return an act as it was recorded; raises `UnknownName`."""
        act = self._filing.act(act_id)
        if act is None:
            raise UnknownName(unknown("act", act_id, (each.id for each in self.acts)))
        return act

    def revisions_of(self, act_id: str, *, known: int | None = None) -> tuple[str, ...]:
        """Return the acts that correct or annul an act, in the order of recording."""
        count = self._known(known)
        files = self._filing.files_of(self.recorded_act(act_id))
        if not files:
            acts = [each for each in self.acts[:count] if each.detail("act") == act_id]
        else:
            acts = self._filing.known(files[0], count)
        _, corrected = as_revised(acts)
        annulled = annulments(acts).get(act_id)
        return (*corrected.get(act_id, ()), *((annulled,) if annulled else ()))

    def acts_of(self, party: str, *, known: int | None = None) -> list[Act]:
        """Return every act that names a party, as recorded."""
        return self._filing.known(party, self._known(known))

    def __contains__(self, act_id: str) -> bool:
        return act_id in self._filing

    def _known(self, known: int | None) -> int:
        return len(self.acts) if known is None else known

    def _fingerprint(self, party: str, known: int, above: tuple[str, ...]) -> object:
        """Return what a party's history depends on: how much is filed on it and those before it."""
        own = self._filing.size(party, known), self._filing.size(EVERYWHERE, known)
        predecessors = _predecessors(self._filing.known(party, known), party)
        below = [each for each in predecessors if each not in above]
        if not below:
            return own
        return own, tuple(self._fingerprint(each, known, (*above, party)) for each in below)

    def _fold(
        self, filing: Filing | _Trial, party: str, basis: str, known: int, above: tuple[str, ...]
    ) -> History:
        every, _ = as_revised([*filing.known(EVERYWHERE, known), *filing.known(party, known)])
        mine = [act for act in every.values() if self._concerns(act, party)]

        def history_of(predecessor: str) -> History:
            code = self.aliases.get(predecessor, predecessor)
            if code in above or code == party:
                return History(code, {})
            return self._fold(filing, code, basis, known, (*above, party))

        return fold(mine, party=party, charter=self.charter, basis=basis, history_of=history_of)

    def _concerns(self, act: Act, party: str) -> bool:
        files = self._filing.files_of(act)
        return party in files or EVERYWHERE in files

    # Recording

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        """Return why ``acts`` may not be recorded together; nothing is changed."""
        malformed = [*self._order_faults(acts), *self._form_faults(acts)]
        return tuple(malformed) if malformed else tuple(self._footing_faults(acts))

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

    def _form_faults(self, acts: Sequence[Act]) -> Iterable[Fault]:
        together = {act.id: act for act in acts}
        known = _Either(self._filing, together)
        for act in acts:
            yield from validity_faults(act, charter=self.charter, known_acts=known)
            if act.kind == "corrected":
                name = act.detail("act")
                target = self.act(name) if name in self._filing else together.get(name)
                yield from self._correction_faults(act, target, known)

    def _correction_faults(
        self, act: Act, target: Act | None, known: Container[str]
    ) -> Iterable[Fault]:
        """A correction must be possible, and what it leaves must be an act like any other."""
        faults = correction_faults(act, target)
        if target and not faults:
            result = validity_faults(corrected(target, act), charter=self.charter, known_acts=known)
            faults = tuple(replace(fault, act=act.id) for fault in result)
        yield from faults

    def _footing_faults(self, acts: Sequence[Act]) -> Iterable[Fault]:
        """Fold every party concerned with and without the acts: a new fault is a refusal."""
        count, basis = len(self.acts), self.charter.default_basis
        trial = _Trial(self._filing, acts, count)
        seen: set[tuple[str, str]] = set()
        for party in trial.concerned():
            before = {(f.code, f.act) for f in self.history(party, basis=basis, known=count).faults}
            for fault in self._fold(trial, party, basis, count + len(acts), ()).faults:
                if (fault.code, fault.act) not in before | seen:
                    seen.add((fault.code, fault.act))
                    yield fault

    def add(self, act: Act) -> None:
        """Record an act that has been checked, or comes from a log checked when written."""
        position = len(self.acts)
        self.acts.append(act)
        self._recorded.append(act.recorded_at)
        self._filing.add(position, act)


class _Either:
    """Acts recorded or to be recorded together."""

    def __init__(self, filing: Filing, together: dict[str, Act]) -> None:
        self._filing, self._together = filing, together

    def __contains__(self, act_id: object) -> bool:
        return act_id in self._together or (isinstance(act_id, str) and act_id in self._filing)


class _Trial:
    """A filing as it would be with further acts."""

    def __init__(self, filing: Filing, acts: Sequence[Act], count: int) -> None:
        self._filing = filing
        self._more = Filing(filing._aliases)
        self._count = count
        for number, act in enumerate(acts):
            target = act.detail("act")
            if target and target not in self._more:
                recorded = filing.act(target)
                if recorded:
                    self._more.add(-1, recorded)
            self._more.add(count + number, act)

    def known(self, file: str, count: int) -> list[Act]:
        seen = self._filing.known(file, self._count)
        ids = {act.id for act in seen}
        return seen + [act for act in self._more.known(file, count) if act.id not in ids]

    def concerned(self) -> Iterable[str]:
        if self._more.size(EVERYWHERE, self._count + 10**9):
            return [*dict.fromkeys((*self._filing.files(), *self._more.files()))]
        return list(self._more.files())


def _predecessors(acts: Iterable[Act], party: str) -> list[str]:
    found: list[str] = []
    for act in acts:
        if act.kind == "succeeded" and act.detail("successor") == party:
            found += [each for each in act.listed("predecessors") if each != party]
    return found


class Register:
    """All acts of all organisations, in the one order of recording."""

    def __init__(self, charters: Iterable[Charter] = (), acts: Iterable[Act] = ()) -> None:
        """Build a register from charters and from acts checked when they were recorded."""
        self.acts: list[Act] = []
        self._organisations: dict[str, OrganisationRecord] = {}
        for charter in charters:
            self.add_charter(charter)
        self.load(acts)

    def add_charter(self, charter: Charter) -> OrganisationRecord:
        """Take in an organisation, or a new edition of its rules."""
        record = OrganisationRecord(charter)
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
        "notice_already_settled",
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
