"""One matter under one procedure: who is who on the day, and what a rule makes of positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from comity.decision.deciding import Decision, decide
from comity.decision.model import Effect, PositionTable, Rule
from comity.kernel.errors import ComityError, UnknownName
from comity.kernel.finding import Doubt, Finding
from comity.procedure.calendars import Span, end_of
from comity.procedure.events import Matter
from comity.procedure.model import Procedure, Stage
from comity.procedure.standing import Standing


@dataclass(frozen=True, slots=True)
class Course:
    """A procedure and the matter that takes it; who belongs and which rule holds is kept by day."""

    procedure: Procedure
    matter: Matter
    _members: dict[tuple[date, str], frozenset[str]] = field(default_factory=dict)
    _rules: dict[tuple[str, date, str], Rule | None] = field(default_factory=dict)

    def day(self, instant: datetime) -> date:
        """Return the day that the seat has at an instant."""
        return self.procedure.calendar.day_of(instant)

    def stage(self, standing: Standing) -> Stage:
        """Return the stage in which a matter stands."""
        return self.procedure.stages[standing.stage]

    def members(self, standing: Standing, instant: datetime) -> frozenset[str]:
        """Return the members of the body before which the matter is."""
        key = (self.day(instant), standing.body)
        if key not in self._members:
            self._members[key] = self.matter.on(*key)
        return self._members[key]

    def end(self, start: datetime, span: Span, *, received: bool = False) -> Finding[datetime]:
        """Return when a period ends that begins at an instant, or with what is received then."""
        return end_of(start, span, self.procedure.calendar, received=received)

    def actors(self, name: str, standing: Standing, instant: datetime) -> frozenset[str]:
        """Return who acts under a name of `ACTORS` or a role; ``anyone`` are the members."""
        found = _ACTORS.get(name)
        if found is None:
            return self.matter.holders(name, self.day(instant))
        return frozenset(found(self, standing, instant))

    def number(self, name: str, standing: Standing, instant: datetime) -> int:
        """Return how many there are of a name of `COUNTED`, of an actor or of a role."""
        if name in _STATES:
            return len(self.in_state(_STATES[name], standing, instant))
        return len(self.actors(_COUNTED.get(name, name), standing, instant))

    def in_state(
        self, wanted: Callable[[Effect], bool], standing: Standing, instant: datetime
    ) -> frozenset[str]:
        """Return the members whose position, taken or not, has an effect."""
        table = self.table(standing, instant)
        if table is None:
            return frozenset()
        found = set()
        for member in self.members(standing, instant):
            taken = standing.positions.get(member)
            word = taken.word if taken and taken.word in table.positions else table.silent
            if wanted(table.positions[word]):
                found.add(member)
        return frozenset(found)

    def objectors(self, standing: Standing, instant: datetime) -> frozenset[str]:
        """Return the members whose position objects, whatever word it has."""
        objects = self.procedure.objections
        return self.in_state(lambda effect: effect.counts_as in objects, standing, instant)

    def objects(self, word: str, standing: Standing, instant: datetime) -> bool:
        """Whether a position objects."""
        table = self.table(standing, instant)
        effect = table.positions.get(word) if table else None
        return effect is not None and effect.counts_as in self.procedure.objections

    def rule(self, standing: Standing, instant: datetime, name: str = "") -> Rule | None:
        """Return a rule in force on the day, by default that of the stage; ``None``: there is none.

        A rule that an earlier decision selects is the one selected.
        """
        name = name or self.procedure.rule_of(self.stage(standing))
        key = (name, self.day(instant), standing.prior)
        if key not in self._rules:
            self._rules[key] = self._chosen(*key)
        return self._rules[key]

    def _chosen(self, name: str, day: date, prior: str) -> Rule | None:
        try:
            return self.procedure.rules.chosen(name, day, prior=prior)
        except UnknownName:
            return None

    def table(self, standing: Standing, instant: datetime, rule: str = "") -> PositionTable | None:
        """Return the positions that can be taken under a rule."""
        found = self.rule(standing, instant, rule)
        return found.table if found else None

    def ask(
        self, standing: Standing, instant: datetime, rule: str, positions: Mapping[str, str]
    ) -> Finding[Decision] | Doubt:
        """Return what the members of the day decide, or why they cannot.

        Positions of those who are no members that day, and words that the rule has not, are passed
        over.
        """
        found = self.rule(standing, instant, rule)
        if found is None:
            return Doubt("undecided", rule or self.procedure.rule, "no such rule on the day")
        question = self.matter.question(self.day(instant), standing.body)
        words = found.positions.positions
        counted = {
            who: word
            for who, word in positions.items()
            if who in question.members and word in words
        }
        try:
            return decide(found, question, counted)
        except ComityError as error:
            return Doubt("undecided", found.id, error.faults[0].found)


def words(standing: Standing) -> dict[str, str]:
    """Return the positions taken, by member."""
    return {who: each.word for who, each in standing.positions.items()}


def _bound(_: Course, standing: Standing, instant: datetime) -> Iterable[str]:
    # Also those whom a decision will bind at a later day that is already known.
    return (each.member for each in standing.bonds if each.until is None or instant < each.until)


_ACTORS: Mapping[str, Callable[[Course, Standing, datetime], Iterable[str]]] = {
    "anyone": Course.members,
    "member": Course.members,
    "participant": lambda _, standing, __: standing.participants,
    "proposer": lambda _, standing, __: (standing.proposer,) if standing.proposer else (),
    "objector": Course.objectors,
    "bound": _bound,
    "not_bound": lambda course, standing, instant: (
        course.members(standing, instant) - {*_bound(course, standing, instant)}
    ),
}

_COUNTED = {"members": "member", "participants": "participant", "objectors": "objector"}

_STATES: Mapping[str, Callable[[Effect], bool]] = {
    "present": lambda effect: effect.present,
    "outstanding": lambda effect: effect.provisional or effect.awaited,
}
