"""Procedures in memory: stages, what each takes, its deadline, and what follows.

What every field means is in ``docs/reference/procedures.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from comity.decision.model import Provision
from comity.decision.rules import Rules
from comity.kernel.dates import Period
from comity.kernel.errors import Fault, UnknownName, check_known
from comity.procedure.calendars import NO_CALENDAR, UNLIMITED, Calendar, Span

Names = Mapping[str, str]
Until = Literal["inclusive", "exclusive"]
Clear = Literal["positions", "participants"]
CLEARS: tuple[Clear, ...] = ("positions", "participants")
Asks = Literal["standing", "event"]

# The outcome of a stage that has come to what was decided on the way to it.
AS_DECIDED = "as_decided"

# Who may act, beside the roles of the matter.
ACTORS = ("anyone", "member", "participant", "proposer", "objector", "bound", "not_bound")
# What can be counted, beside the roles.
COUNTED = ("members", "participants", "objectors", "bound", "outstanding", "present")


def nothing() -> Mapping[str, Any]:
    """Return an empty mapping that nobody can fill."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold for an event to be taken; every ``kind`` is in `CONDITIONS`.

    ``words``: the classes, or what is counted, or since when. ``least`` and ``most`` bound a
    number, ``span`` a time that must have passed (``at_least``) or not yet passed (``at_most``).
    """

    kind: str
    word: str = ""
    words: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    span_least: Span | None = None
    span_most: Span | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What follows an outcome of a decision asked; without ``outcomes``, any."""

    step: Step
    outcomes: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision asked of a rule, with the positions as they stand or those of the event.

    Without ``rule`` it is the rule of the stage. What an event of `OF_PROCEDURE` asks is about the
    procedure, and leaves the matter where it is unless an answer moves it.
    """

    answers: tuple[Answer, ...] = ()
    rule: str = ""
    of: Asks = "standing"


@dataclass(frozen=True, slots=True)
class Step:
    """What follows: to which stage (none: it stays), what is issued, cleared, asked.

    ``resumes``: the deadline of the stage is the one it had when the matter left it. ``restarts``:
    the deadline of the stage in which the matter stays begins anew.
    """

    to: str = ""
    issues: tuple[str, ...] = ()
    clears: tuple[Clear, ...] = ()
    resumes: bool = False
    restarts: bool = False
    asked: Asked | None = None
    article: str = ""


@dataclass(frozen=True, slots=True)
class Take:
    """A kind of event that a stage takes: from whom, when, and what follows.

    ``position`` is the one an event gives that names none. ``suspends``: the articles that
    it can set aside for this matter.
    """

    kind: str
    by: tuple[str, ...]
    step: Step
    without: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    position: str = ""
    suspends: tuple[str, ...] = ()
    article: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a stage ends by itself and what follows.

    Without ``span`` only an event sets it. ``since``: the kind of event from which the period
    runs, else from the beginning of the stage. ``until`` says if the very instant is in time.
    """

    step: Step
    span: Span | None = None
    since: str = ""
    until: Until = "exclusive"
    article: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: what it takes, when it ends, and what it means for those who are in it.

    ``outcome`` is what a matter that stands here has come to (``as_decided``: the outcome of the
    decision that led here). ``binds``: the decision taken binds
    from the beginning of the stage, or a period after it.
    """

    id: str
    takes: tuple[Take, ...] = ()
    deadline: Deadline | None = None
    rule: str = ""
    body: str = ""
    outcome: str = ""
    binds: bool = False
    binds_after: Span | None = None
    names: Names = field(default_factory=nothing)
    article: str = ""

    def of_kind(self, kind: str) -> tuple[Take, ...]:
        """Return what the stage takes of a kind of event, in the order written."""
        return tuple(each for each in self.takes if each.kind == kind)


@dataclass(frozen=True, slots=True)
class Procedure:
    """One version of a procedure, with the calendar and the rules it names.

    ``objections`` are the classes of positions that object. ``ties`` orders events of one instant.
    """

    id: str
    stages: Mapping[str, Stage]
    starts: str
    rule: str = ""
    rules: Rules = field(default_factory=lambda: Rules({}))
    calendar: Calendar = NO_CALENDAR
    objections: frozenset[str] = frozenset({"opposed"})
    ties: tuple[str, ...] = ()
    roles: Mapping[str, Names] = field(default_factory=nothing)
    documents: Mapping[str, Names] = field(default_factory=nothing)
    articles: Mapping[str, Names] = field(default_factory=nothing)
    names: Names = field(default_factory=nothing)
    article: str = ""
    period: Period = UNLIMITED

    def stage(self, name: str) -> Stage:
        """Return a stage; raises `UnknownName`."""
        check_known("stage", name, self.stages)
        return self.stages[name]

    def rule_of(self, stage: Stage) -> str:
        """Return the rule under which a stage decides."""
        return stage.rule or self.rule

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of event that some stage takes."""
        return frozenset(each.kind for stage in self.stages.values() for each in stage.takes)


@dataclass(frozen=True, slots=True)
class Procedures:
    """The procedures of one file: every version, what they name, and the data itself.

    ``articles`` are the provisions that the file or its decision rules define.
    """

    versions: Mapping[str, tuple[Procedure, ...]]
    calendars: Mapping[str, Calendar] = field(default_factory=nothing)
    rules: Rules = field(default_factory=lambda: Rules({}))
    articles: Mapping[str, Provision] = field(default_factory=nothing)
    data: Mapping[str, Any] = field(default_factory=nothing, compare=False, repr=False)

    def on(self, procedure: str, day: date | None = None) -> Procedure:
        """Return the version of a procedure in force on a day, or without a day the last.

        Raises `UnknownName` where there is no such procedure, or none on that day.
        """
        check_known("procedure", procedure, self.versions)
        versions = self.versions[procedure]
        if day is None:
            return versions[-1]
        found = next((each for each in versions if day in each.period), None)
        if found is None:
            periods = ", ".join(str(each.period) for each in versions)
            fault = Fault(
                "procedure_not_in_force",
                f'no version of the procedure "{procedure}" on {day}',
                f"a day in {periods}",
            )
            raise UnknownName(fault)
        return found
