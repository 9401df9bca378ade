"""The situation of an organisation on a day, as known at a moment, on a basis of counting.

Every question returns a `Finding`. What a correction or annulment changed is named among the
grounds, and where another basis of counting gives another answer, that is a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from comity.charter.model import ALL, Article, Body, Names
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import check_known
from comity.kernel.finding import Doubt, Finding, unique
from comity.kernel.remembering import remembered
from comity.membership import answers
from comity.membership.answers import Permission
from comity.membership.bodies import Tenure
from comity.membership.granting import granted
from comity.membership.history import History, Spell, Suspension
from comity.membership.rights import Holder
from comity.membership.seats import seat_on
from comity.membership.ways import under_way
from comity.register import counting, grounding, institutions
from comity.register.institutions import SeatLine
from comity.register.ordering import place_in_order

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


class Situation:
    """Answers for one organisation, day, moment of knowledge and basis."""

    def __init__(self, record: OrganisationRecord, *, on: date, known: int, basis: str) -> None:
        self.record = record
        self.charter = record.charter
        self.on = on
        self.known = known
        self.basis = basis

    # Status

    @remembered
    def status(self, party: str, facet: str | None = None) -> Finding[str | None]:
        """Return the status of a party in a facet (the main one if none is named), or ``None``."""
        chosen = self.facet(facet)
        finding = self._status(self.folded(party), chosen)
        elsewhere = self._other_bases(party, chosen)
        return Finding(finding.value, finding.grounds, (*finding.doubts, *elsewhere))

    def _status(self, history: History, facet: str) -> Finding[str | None]:
        finding = answers.status_on(history, charter=self.charter, day=self.on, facet=facet)
        return self._completed(finding)

    @remembered
    def _other_bases(self, party: str, facet: str) -> tuple[Doubt, ...]:
        """Doubts about an answer that would be another on another basis of counting."""
        bases = self.charter.bases
        if len(bases) == 1:
            return ()
        own = self.folded(party).spell_on(self.on, facet)
        doubts = []
        for basis in bases:
            if basis == self.basis:
                continue
            other = self.folded(party, basis).spell_on(self.on, facet)
            if (own and own.status) != (other and other.status):
                doubts.append(Doubt("other_basis", basis, other.status if other else "none"))
        return tuple(doubts)

    def holds(self, party: str, status: str) -> Finding[bool]:
        """Return whether a party holds a status."""
        check_known("status", status, self.charter.statuses)
        return self._on_every_basis(
            lambda basis: answers.holds(
                self.folded(party, basis), charter=self.charter, day=self.on, status=status
            )
        )

    def since(self, party: str, facet: str | None = None) -> Finding[PartialDate | None]:
        """Return from when the present status of a party counts, or ``None``."""
        chosen = self.facet(facet)
        return self._on_every_basis(
            lambda basis: answers.since(
                self.folded(party, basis), charter=self.charter, day=self.on, facet=chosen
            )
        )

    def spell(self, party: str, facet: str | None = None) -> Spell | None:
        """Return the spell that holds on the day, or ``None``."""
        return self.folded(party).spell_on(self.on, self.facet(facet))

    @remembered
    def roster(self, status: str | None = None, facet: str | None = None) -> tuple[RosterLine, ...]:
        """Return who holds a status (or any in the facet), in the order of States."""
        if status is not None:
            check_known("status", status, self.charter.statuses)
        chosen = self.charter.facet_of(status) if status else self.facet(facet)
        spells = self.held(chosen, self.basis)
        parties = (each for each, spell in spells.items() if status in (None, spell.status))
        return tuple(self._line(each, chosen) for each in self.order(parties))

    @remembered
    def _line(self, party: str, facet: str) -> RosterLine:
        spell = self.held(facet, self.basis)[party]
        suspended = bool(self.running_suspensions(party))
        return RosterLine(party, spell.status, spell.since, suspended, self.status(party, facet))

    @remembered
    def held(self, facet: str, basis: str) -> Mapping[str, Spell]:
        """Return the spells that hold in a facet, by party, on a basis."""
        found = {
            party: self.folded(party, basis).spell_on(self.on, facet)
            for party in self.record.parties()
        }
        return MappingProxyType({party: spell for party, spell in found.items() if spell})

    def count(self, name: str) -> Finding[int]:
        """Return how many parties hold a status, or the statuses of a count, and who they are.

        Grounds: the article of the count or status, then the act behind each party counted.
        """
        return counting.count(self, name)

    def number(self, name: str) -> int:
        """Return the value of `count` alone, for one who leads elsewhere for the grounds."""
        return counting.number(self, name)

    def history(self, party: str, facet: str | None = None) -> tuple[Spell, ...]:
        """Return every spell of a party in a facet, past, present and to come."""
        return self.folded(party).in_facet(self.facet(facet))

    @remembered
    def folded(self, party: str, basis: str | None = None) -> History:
        """Return all that the acts say of a party, on the basis of the situation or another."""
        code = self.record.party(party)
        return self.record.history(code, basis=basis or self.basis, known=self.known)

    # Rights

    def may(self, party: str, right: str, body: str | None = None) -> Finding[Permission]:
        """Return whether a party may exercise a right (in a body), on what terms, and why."""
        check_known("right", right, self.charter.rights)
        if closed := self._not_active(body):
            return closed
        if body not in self._named_in_grants:
            body = ALL if body is None else ""  # no grant tells those without a name here apart
        return self._may(party, right, body)

    @remembered
    def granted(self, status: str, right: str, body: str | None = None) -> Finding[Permission]:
        """Return whether a status gives a right (in a body), on what terms, and which rule says."""
        check_known("status", status, self.charter.statuses)
        check_known("right", right, self.charter.rights)
        return self._not_active(body) or self._completed(
            granted(self.charter, day=self.on, status=status, right=right, body=body or ALL)
        )

    def _not_active(self, body: str | None) -> Finding[Permission] | None:
        """Return why nobody has a right in a body that has not begun, or is over."""
        stage = self.body(body) if body else None
        if stage is None or stage.value == "active":
            return None
        return Finding(Permission("no"), stage.grounds, stage.doubts)

    @remembered
    def _may(self, party: str, right: str, body: str) -> Finding[Permission]:
        return self._on_every_basis(lambda basis: self._holder(party, basis).may(right, body))

    @remembered
    def _holder(self, party: str, basis: str) -> Holder:
        return Holder(self.folded(party, basis), charter=self.charter, day=self.on)

    @cached_property
    def _named_in_grants(self) -> frozenset[str]:
        return frozenset(each for grant in self.charter.grants for each in grant.bodies)

    @remembered
    def suspension(self, party: str) -> Finding[Suspension | None]:
        """Return the suspension in force, or ``None``."""
        return self._on_every_basis(
            lambda basis: answers.suspension_on(
                self.folded(party, basis), charter=self.charter, day=self.on
            )
        )

    @remembered
    def running_suspensions(self, party: str) -> tuple[Suspension, ...]:
        """Return the suspensions in force, the gravest first."""
        return answers.running_suspensions(self.folded(party), self.on)

    def all_suspended(self) -> Finding[tuple[str, ...]]:
        """Return the parties under a suspension, in the organisation's order, and the acts."""
        # Who is not suspended, and of whom no date is in doubt, adds nothing.
        asked = [
            each
            for each in self.record.parties()
            if self.running_suspensions(each) or not self.folded(each).all_sure
        ]
        found = {party: self.suspension(party) for party in asked}
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
        return self._on_every_basis(lambda basis: counting.in_base(self, self.folded(party, basis)))

    # Coming and going

    def pending_departure(self, party: str) -> Finding[date | None]:
        """Return the day on which a notice of withdrawal takes effect as it stands, or ``None``."""
        return self._on_every_basis(
            lambda basis: answers.pending_departure(
                self.folded(party, basis), charter=self.charter, day=self.on
            )
        )

    def stage(self, party: str, status: str) -> Finding[str | None]:
        """Return the last stage that a party reached on the path to a status, or ``None``."""
        check_known("status", status, self.charter.statuses)
        history = self.folded(party)
        return self._completed(
            answers.stage_on(history, charter=self.charter, day=self.on, status=status)
        )

    def under_way(self, party: str) -> tuple[tuple[str, Finding[str | None]], ...]:
        """Return the statuses a party is on the way to, each with the last stage reached."""
        found = under_way(self.folded(party), charter=self.charter, day=self.on)
        return tuple((status, self._completed(each)) for status, each in found)

    # Names and scope

    @remembered
    def name(self, party: str, language: str = "en", *, formal: bool = False) -> Finding[str]:
        """Return the name of a party on the day; without one in the language, the first given."""
        names = self.names(party, formal=formal)
        return names.map(lambda each: in_language(each, language) or self.record.party(party))

    @remembered
    def names(self, party: str, *, formal: bool = False) -> Finding[Names]:
        """Return the names of a party on the day, by language."""
        history = self.folded(party)
        return answers.name_on(history, charter=self.charter, day=self.on, formal=formal)

    def represented_by(self, party: str, language: str = "en") -> Finding[str | None]:
        """Return who represents a party, where that is recorded."""
        return self.representation(party).map(lambda each: in_language(each, language) or None)

    def representation(self, party: str) -> Finding[Names]:
        """Return who represents a party, by language; empty where that is not recorded."""
        return self._completed(answers.represented_by(self.folded(party), day=self.on))

    def covers(self, territory: str) -> Finding[bool]:
        """Return whether the status of its State covers a territory."""
        check_known("territory", territory, self.charter.territories)
        state = self.charter.territories[territory].of
        history = self.folded(state)
        return self._completed(
            answers.covers(history, charter=self.charter, day=self.on, territory=territory)
        )

    # Institutions

    @remembered
    def body(self, body: str) -> Finding[str | None]:
        """Return the stage of a body's life, or ``None`` before it began."""
        check_known("body", body, self.charter.bodies)
        return self._completed(institutions.body(self, body))

    @remembered
    def bodies(self) -> tuple[Body, ...]:
        """Return the bodies that have begun and are not over, in the order of the charter."""
        return institutions.bodies(self)

    def composition(self, body: str) -> tuple[SeatLine, ...]:
        """Return who sits in a body, in the organisation's order, each once, full seats first."""
        check_known("body", body, self.charter.bodies)
        return institutions.composition(self, body)

    def seat(self, body: str, party: str) -> Finding[str | None]:
        """Return in which capacity a party sits in a body, or ``None``, and why or why not."""
        check_known("body", body, self.charter.bodies)
        return self._on_every_basis(
            lambda basis: seat_on(
                self.folded(party, basis), charter=self.charter, day=self.on, body=body
            )
        )

    def office(self, office: str) -> Finding[Tenure | None]:
        """Return who holds an office, or ``None``."""
        check_known("office", office, self.charter.offices)
        return self._completed(institutions.office(self, office))

    def tenures(self, office: str) -> tuple[Tenure, ...]:
        """Return all who have held an office, oldest first."""
        check_known("office", office, self.charter.offices)
        return institutions.holders(self, office)

    def next_office(self, office: str) -> Finding[str | None]:
        """Return the party that the rotation proposes next.

        A proposal only: practice departs from the rotation, and holders are recorded, not computed.
        """
        check_known("office", office, self.charter.offices)
        return institutions.next_office(self, office)

    # Rules

    def rule(self, article: str) -> Finding[bool]:
        """Return whether an article is in force on the day."""
        check_known("article", article, self.charter.articles)
        return Finding(self.charter.articles[article].on(self.on) is not None, (article,))

    def article(self, article: str, grounds: Iterable[str] = ()) -> Article:
        """Return an article in the version that an answer rests on.

        Among the grounds of an answer it is the version of the day of the act that was done under
        it: an accession of 2004 rests on the article of 2004. Else it is that of the day asked.
        """
        check_known("article", article, self.charter.articles)
        return grounding.version(self, article, grounds)

    @remembered
    def act(self, act: str) -> Act:
        """Return an act as it reads at the moment of knowledge; raises `UnknownName`."""
        return self.record.act(act, known=self.known)

    def order(self, parties: Iterable[str]) -> tuple[str, ...]:
        """Return parties in the order of States: by a language's alphabet and the day's names."""
        return tuple(sorted(parties, key=self._place_in_order))

    def order_of_states(self) -> Finding[str]:
        """Return the language whose alphabet orders the States, and the article that says so."""
        rules = [each for each in self.charter.order_of_states if self.on in each.period]
        return Finding(rules[0].language, unique((rules[0].article,))) if rules else Finding("en")

    # Inside

    @remembered
    def _place_in_order(self, party: str) -> tuple[str, str]:
        return place_in_order(party, charter=self.charter, day=self.on, name=self._name_of)

    def _name_of(self, party: str, language: str) -> str:
        return self.name(party, language).value

    def facet(self, facet: str | None) -> str:
        """Return a facet, the main one if none is named; raises `UnknownName`."""
        if facet is None:
            return self.charter.main_facet
        check_known("facet", facet, self.charter.facets)
        return facet

    def _on_every_basis(self, ask: Callable[[str], Finding[T]]) -> Finding[T]:
        """Answer on the basis asked for, in doubt where another basis answers otherwise."""
        own = self._completed(ask(self.basis))
        others = ((each, ask(each).value) for each in self.charter.bases if each != self.basis)
        doubts = (Doubt("other_basis", e, _shown(v)) for e, v in others if v != own.value)
        return replace(own, doubts=tuple(dict.fromkeys((*own.doubts, *doubts))))

    def _completed(self, finding: Finding[T]) -> Finding[T]:
        return grounding.completed(self, finding)

    @remembered
    def revisions_of(self, act: str) -> tuple[str, ...]:
        """Return the acts known by then that correct or annul an act."""
        return self.record.revisions_of(act, known=self.known)


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
