"""The situation of an organisation on a day, as known at a moment, on a basis of counting.

Every question returns a `Finding`. What a correction or annulment changed is named among the
grounds, and where another basis of counting gives another answer, that is a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from comity.charter import queries
from comity.charter.model import Article, Body, Names
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import UnknownName, unknown
from comity.kernel.finding import Doubt, Finding, unique
from comity.membership import answers
from comity.membership.answers import Permission
from comity.membership.bodies import Tenure, body_on, office_on, tenures
from comity.membership.history import History, Spell, Suspension
from comity.register.ordering import in_order

if TYPE_CHECKING:
    from comity.register.register import OrganisationRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One party in the roster: its status, its seniority, whether it is suspended, and why."""

    party: str
    status: str
    since: PartialDate
    suspended: bool
    finding: Finding[str | None]


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One party in a body: in which capacity it sits there, and why."""

    party: str
    capacity: str
    suspended: bool
    grounds: tuple[str, ...]


class Situation:
    """Answers for one organisation, day, moment of knowledge and basis."""

    def __init__(self, record: OrganisationRecord, *, on: date, known: int, basis: str) -> None:
        self.record = record
        self.charter = record.charter
        self.on = on
        self.known = known
        self.basis = basis

    # Status

    def status(self, party: str, facet: str | None = None) -> Finding[str | None]:
        """Return the status of a party in a facet (the main one if none is named), or ``None``."""
        chosen = self._facet(facet)
        finding = self._status(self._history(party), chosen)
        return replace(finding, doubts=(*finding.doubts, *self._other_bases(party, chosen)))

    def _status(self, history: History, facet: str) -> Finding[str | None]:
        finding = answers.status_on(history, charter=self.charter, day=self.on, facet=facet)
        return self._completed(finding)

    def _other_bases(self, party: str, facet: str) -> tuple[Doubt, ...]:
        """Doubts about an answer that would be another on another basis of counting."""
        bases = self.charter.bases
        if len(bases) == 1:
            return ()
        own = self._history(party).spell_on(self.on, facet)
        doubts = []
        for basis in bases:
            if basis == self.basis:
                continue
            other = self._history(party, basis).spell_on(self.on, facet)
            if (own and own.status) != (other and other.status):
                doubts.append(Doubt("other_basis", basis, other.status if other else "none"))
        return tuple(doubts)

    def holds(self, party: str, status: str) -> Finding[bool]:
        """Return whether a party holds a status."""
        self._defined("status", status, self.charter.statuses)
        return self._on_every_basis(
            lambda basis: answers.holds(
                self._history(party, basis), charter=self.charter, day=self.on, status=status
            )
        )

    def since(self, party: str, facet: str | None = None) -> Finding[PartialDate | None]:
        """Return from when the present status of a party counts, or ``None``."""
        chosen = self._facet(facet)
        return self._on_every_basis(
            lambda basis: answers.since(
                self._history(party, basis), charter=self.charter, day=self.on, facet=chosen
            )
        )

    def spell(self, party: str, facet: str | None = None) -> Spell | None:
        """Return the spell that holds on the day, or ``None``."""
        return self._history(party).spell_on(self.on, self._facet(facet))

    def roster(self, status: str | None = None, facet: str | None = None) -> tuple[RosterLine, ...]:
        """Return who holds a status (or any in the facet), in the order of States."""
        if status is not None:
            self._defined("status", status, self.charter.statuses)
        chosen = self.charter.facet_of(status) if status else self._facet(facet)
        lines = {}
        for party in self.record.parties():
            spell = self._history(party).spell_on(self.on, chosen)
            if spell and status in (None, spell.status):
                lines[party] = self._line(party, spell)
        return tuple(lines[each] for each in self.order(lines))

    def _line(self, party: str, spell: Spell) -> RosterLine:
        history = self._history(party)
        suspended = any(each.holds_on(self.on) for each in history.suspensions)
        finding = self.status(party, spell.facet)
        return RosterLine(party, spell.status, spell.since, suspended, finding)

    def count(self, name: str) -> Finding[int]:
        """Return how many parties hold a status, or the statuses of a count, and who they are.

        Grounds: the article of the count or status, then the act behind each party counted.
        """
        counts = self.charter.counts
        if name in counts:
            rule = counts[name].nearest(self.on)
            statuses, article = rule.statuses, rule.article
        else:
            self._defined("status", name, {**self.charter.statuses, **counts})
            statuses, article = (name,), self.charter.statuses[name].nearest(self.on).article
        lines = [line for each in statuses for line in self.roster(each)]
        parties = {line.party for line in lines}
        grounds = [ground for line in lines for ground in line.finding.grounds]
        doubts = [doubt for line in lines for doubt in line.finding.doubts]
        doubts += self._doubts_of_absence(statuses, parties)
        acts = [each for each in grounds if each not in self.charter.articles]
        every = (*dict.fromkeys(doubts), *self._count_elsewhere(name))
        return Finding(len(parties), unique((article, *acts)), every)

    def _doubts_of_absence(self, statuses: tuple[str, ...], counted: set[str]) -> list[Doubt]:
        """Doubts about dates by which a party not counted might have to be."""
        return [
            doubt
            for party in self.record.parties()
            if party not in counted
            for doubt in answers.doubts_of_absence(
                self._history(party), statuses=statuses, day=self.on
            )
        ]

    def _count_elsewhere(self, name: str) -> tuple[Doubt, ...]:
        own = self._plain_count(name)
        others = {
            basis: Situation(self.record, on=self.on, known=self.known, basis=basis)._plain_count(
                name
            )
            for basis in self.charter.bases
            if basis != self.basis
        }
        return tuple(Doubt("other_basis", b, str(n)) for b, n in others.items() if n != own)

    def _plain_count(self, name: str) -> int:
        counted = self.charter.counts.get(name)
        statuses = counted.nearest(self.on).statuses if counted else (name,)
        facets = {self.charter.facet_of(each) for each in statuses}
        spells = (
            self._history(party).spell_on(self.on, facet)
            for party in self.record.parties()
            for facet in facets
        )
        return sum(1 for spell in spells if spell and spell.status in statuses)

    def history(self, party: str, facet: str | None = None) -> tuple[Spell, ...]:
        """Return every spell of a party in a facet, past, present and to come."""
        return self._history(party).in_facet(self._facet(facet))

    # Rights

    def may(self, party: str, right: str, body: str | None = None) -> Finding[Permission]:
        """Return whether a party may exercise a right (in a body), on what terms, and why."""
        self._defined("right", right, self.charter.rights)
        if body is not None:
            stage = self.body(body)
            if stage.value != "active":
                return Finding(Permission("no"), stage.grounds, stage.doubts)
        return self._on_every_basis(
            lambda basis: answers.may(
                self._history(party, basis),
                charter=self.charter,
                day=self.on,
                right=right,
                body=body or "all",
            )
        )

    def suspension(self, party: str) -> Finding[Suspension | None]:
        """Return the suspension in force, or ``None``."""
        return self._on_every_basis(
            lambda basis: answers.suspension_on(
                self._history(party, basis), charter=self.charter, day=self.on
            )
        )

    def all_suspended(self) -> Finding[tuple[str, ...]]:
        """Return the parties under a suspension, in the organisation's order, and the acts."""
        found = {party: self.suspension(party) for party in self.record.parties()}
        running = {party: each for party, each in found.items() if each.value}
        parties = self.order(running)
        grounds = unique(tuple(ground for each in parties for ground in running[each].grounds))
        # A doubt about who is not suspended is a doubt about the list as well.
        dated = ("imprecise_date", "disputed_date")
        doubts = [doubt for each in found.values() for doubt in each.doubts if doubt.code in dated]
        doubts += [doubt for each in parties for doubt in running[each].doubts]
        return Finding(parties, grounds, tuple(dict.fromkeys(doubts)))

    def in_base(self, party: str) -> Finding[bool]:
        """Return whether a party counts in the base of a decision.

        Those count who sit in the supreme body in full capacity (where no body is declared: who
        hold the first status of the charter) and are not suspended out of the base.
        """
        return self._on_every_basis(lambda basis: self._in_base(self._history(party, basis)))

    def _in_base(self, history: History) -> Finding[bool]:
        facet = self.charter.main_facet
        held = answers.status_on(history, charter=self.charter, day=self.on, facet=facet)
        suspension = answers.suspension_on(history, charter=self.charter, day=self.on)
        running = answers.running_suspensions(history, self.on)
        if held.value not in self._full_statuses():
            becomes = [each for each in running if each.rule.becomes == held.value]
            if held.value is None or not becomes:
                return held.map(lambda _: False)
            return suspension.map(lambda _: becomes[0].rule.counted_in_base)
        # An act that takes less away than the rule provides leaves the party in the base.
        if any(e.rights == e.rule.loses and not e.rule.counted_in_base for e in running):
            return suspension.map(lambda _: False)
        doubts = answers.suspension_doubts(history, self.on)
        return Finding(True, held.grounds, tuple(dict.fromkeys((*held.doubts, *doubts))))

    def _full_statuses(self) -> tuple[str, ...]:
        versions = (each.nearest(self.on) for each in self.charter.bodies.values())
        supreme = next((body for body in versions if body.supreme), None)
        if supreme is None:
            return tuple(self.charter.statuses)[:1]
        seats = [seat for seat in supreme.composition if self.on in seat.period]
        return tuple(seat.status for seat in seats if seat.capacity == "full")

    # Coming and going

    def pending_departure(self, party: str) -> Finding[date | None]:
        """Return the day on which a notice of withdrawal takes effect as it stands, or ``None``."""
        return self._on_every_basis(
            lambda basis: answers.pending_departure(
                self._history(party, basis), charter=self.charter, day=self.on
            )
        )

    def stage(self, party: str, status: str) -> Finding[str | None]:
        """Return the last stage that a party reached on the path to a status, or ``None``."""
        self._defined("status", status, self.charter.statuses)
        history = self._history(party)
        return self._completed(
            answers.stage_on(history, charter=self.charter, day=self.on, status=status)
        )

    # Names and scope

    def name(self, party: str, language: str = "en", *, formal: bool = False) -> Finding[str]:
        """Return the name of a party on the day; without one in the language, the first given."""
        history = self._history(party)
        names = answers.name_on(history, charter=self.charter, day=self.on, formal=formal)
        return names.map(lambda each: in_language(each, language) or self.record.party(party))

    def represented_by(self, party: str, language: str = "en") -> Finding[str | None]:
        """Return who represents a party, where that is recorded."""
        found = answers.represented_by(self._history(party), day=self.on)
        return self._completed(found.map(lambda each: in_language(each, language) or None))

    def covers(self, territory: str) -> Finding[bool]:
        """Return whether the status of its State covers a territory."""
        self._defined("territory", territory, self.charter.territories)
        state = self.charter.territories[territory].of
        history = self._history(state)
        return self._completed(
            answers.covers(history, charter=self.charter, day=self.on, territory=territory)
        )

    # Institutions

    def body(self, body: str) -> Finding[str | None]:
        """Return the stage of a body's life, or ``None`` before it began."""
        self._defined("body", body, self.charter.bodies)
        acts = self.record.institutional_acts(self.known)
        return self._completed(body_on(acts, charter=self.charter, body=body, day=self.on))

    def composition(self, body: str) -> tuple[SeatLine, ...]:
        """Return who sits in a body, in the organisation's order, each once, full seats first."""
        self._defined("body", body, self.charter.bodies)
        rules = self.charter.bodies[body].nearest(self.on)
        lines: dict[str, SeatLine] = {}
        for seat in rules.composition:
            if self.on not in seat.period:
                continue
            article = seat.article or rules.article
            for party, grounds in self._seated(seat.status, seat.parties):
                suspended = self._excluded(party)
                line = SeatLine(party, seat.capacity, suspended, unique((article, *grounds)))
                lines.setdefault(party, line)
        return tuple(lines[each] for each in self.order(lines))

    def _seated(
        self, status: str, parties: tuple[str, ...]
    ) -> Iterable[tuple[str, tuple[str, ...]]]:
        if status:
            yield from ((line.party, line.finding.grounds) for line in self.roster(status))
        yield from ((self.record.party(each), ()) for each in parties)

    def _excluded(self, party: str) -> bool:
        history = self._history(party)
        return any(
            each.holds_on(self.on) and "all" in each.rights and not each.rule.becomes
            for each in history.suspensions
        )

    def office(self, office: str) -> Finding[Tenure | None]:
        """Return who holds an office, or ``None``."""
        self._defined("office", office, self.charter.offices)
        acts = self.record.institutional_acts(self.known)
        return self._completed(office_on(acts, charter=self.charter, office=office, day=self.on))

    def tenures(self, office: str) -> tuple[Tenure, ...]:
        """Return all who have held an office, oldest first."""
        self._defined("office", office, self.charter.offices)
        return tenures(self.record.institutional_acts(self.known), office)

    def next_office(self, office: str) -> Finding[str | None]:
        """Return the party that the rotation proposes next.

        A proposal only: practice departs from the rotation, and holders are recorded, not computed.
        """
        now = self.office(office)
        rules = self.charter.offices[office].nearest(self.on)
        if rules.rotation is None or now.value is None:
            return Finding(None, unique((rules.article,)))
        if not now.value.party:  # a person without nationality has no place in the order of States
            return Finding(None, unique((rules.article, *now.grounds)))
        article = rules.rotation.article or rules.article
        turn = self._rotation()
        after = self.order({*turn, now.value.party})
        index = after.index(now.value.party)
        following = [each for each in (*after[index + 1 :], *after[:index]) if each in turn]
        return Finding(following[0] if following else None, unique((article, *now.grounds)))

    def _rotation(self) -> list[str]:
        return [
            line.party
            for status in self._full_statuses()
            for line in self.roster(status)
            if not line.suspended
        ]

    # Rules

    def rule(self, article: str) -> Finding[bool]:
        """Return whether an article is in force on the day."""
        self._defined("article", article, self.charter.articles)
        return Finding(self.charter.articles[article].on(self.on) is not None, (article,))

    def bodies(self) -> tuple[Body, ...]:
        """Return the bodies that have begun and are not over, in the order of the charter."""
        return tuple(
            versions.nearest(self.on)
            for body, versions in self.charter.bodies.items()
            if self.body(body).value in ("in_formation", "active")
        )

    def article(self, article: str, grounds: Iterable[str] = ()) -> Article:
        """Return an article in the version that an answer rests on.

        Among the grounds of an answer it is the version of the day of the act that was done under
        it: an accession of 2004 rests on the article of 2004. Else it is that of the day asked.
        """
        self._defined("article", article, self.charter.articles)
        acts = (self.record.act(e, known=self.known) for e in grounds if e in self.record)
        days = [act.effective_on.first for act in acts if self._done_under(act, article)]
        return self.charter.articles[article].nearest(min((*days, self.on)))

    def _done_under(self, act: Act, article: str) -> bool:
        if act.authority.article or act.kind != "stage_reached":
            return act.authority.article == article
        path = queries.path_to(self.charter, act.detail("status"), act.effective_on.first)
        if path is None:
            return False
        stages = {each.id: each.article for each in path.stages}
        return article in (stages.get(act.detail("stage")), path.article)

    def order(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Return parties in the order of States: by a language's alphabet and the day's names."""
        return in_order(parties, charter=self.charter, day=self.on, name=self._order_name)

    def order_of_states(self) -> Finding[str]:
        """Return the language whose alphabet orders the States, and the article that says so."""
        rules = [each for each in self.charter.order_of_states if self.on in each.period]
        return Finding(rules[0].language, (rules[0].article,)) if rules else Finding("en")

    # Inside

    def _order_name(self, party: str, language: str) -> str:
        return self.name(party, language).value

    def _history(self, party: str, basis: str | None = None) -> History:
        code = self.record.party(party)
        return self.record.history(code, basis=basis or self.basis, known=self.known)

    def _facet(self, facet: str | None) -> str:
        if facet is None:
            return self.charter.main_facet
        self._defined("facet", facet, self.charter.facets)
        return facet

    def _on_every_basis(self, ask: Callable[[str], Finding[T]]) -> Finding[T]:
        """Answer on the basis asked for, in doubt where another basis answers otherwise."""
        own = self._completed(ask(self.basis))
        others = ((each, ask(each).value) for each in self.charter.bases if each != self.basis)
        doubts = (Doubt("other_basis", e, _shown(v)) for e, v in others if v != own.value)
        return replace(own, doubts=tuple(dict.fromkeys((*own.doubts, *doubts))))

    def _completed(self, finding: Finding[T]) -> Finding[T]:
        """Name among the grounds what corrected them, and doubt articles known only in part."""
        revisions = (
            revision
            for ground in finding.grounds
            if ground in self.record
            for revision in self.record.revisions_of(ground, known=self.known)
        )
        doubts = (
            Doubt(f"{article.confidence}_confidence", ground)
            for ground in finding.grounds
            if ground in self.charter.articles
            and (article := self.article(ground, finding.grounds)).confidence != "high"
        )
        grounds = unique((*finding.grounds, *revisions))
        return replace(
            finding, grounds=grounds, doubts=tuple(dict.fromkeys((*finding.doubts, *doubts)))
        )

    @staticmethod
    def _defined(kind: str, name: str, known: Iterable[str]) -> None:
        if name not in known:
            raise UnknownName(unknown(kind, name, known))


def _shown(value: object) -> str:
    """Say what another basis answers, in a word."""
    if isinstance(value, Permission):
        return value.answer
    if isinstance(value, Suspension):
        return value.act
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_language(names: Names, language: str) -> str:
    """Return the text in a language, else the first one given, else nothing.

    >>> in_language({"en": "Belarus", "ru": "Беларусь"}, "zh")
    'Belarus'
    """
    return names.get(language) or next(iter(names.values()), "")
