"""What follows: stages entered, deadlines set, decisions asked, members bound, papers issued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from comity.decision.deciding import Decision
from comity.kernel.finding import Doubt, Finding, merged, unique
from comity.procedure.conditions import conditions_hold
from comity.procedure.course import Course, words
from comity.procedure.events import KINDS, OF_PROCEDURE, Event
from comity.procedure.model import AS_DECIDED, Answer, Asked, Stage, Step
from comity.procedure.standing import Asking, Bond, Issued, Pending, Spell, Standing


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something follows at an instant: an event, or a deadline that passed."""

    at: datetime
    event: Event | None = None
    article: str = ""

    @property
    def id(self) -> str:
        """The identifier of the event; ``""`` for a deadline."""
        return self.event.id if self.event else ""


def begun(course: Course) -> Standing:
    """Return how a matter stands before anything happened."""
    stage = course.procedure.stages[course.procedure.starts]
    return Standing(
        procedure=course.procedure.id,
        matter=course.matter.id,
        stage=stage.id,
        body=stage.body,
        outcome=stage.outcome,
        spells=(Spell(stage.id, None),),
        grounds=unique((course.procedure.article, stage.article)),
    )


def opened(course: Course, standing: Standing, event: Event) -> Standing:
    """Return what stands when the first event is taken, with which the first stage begins."""
    stage = course.stage(standing)
    if stage.deadline is None or standing.deadline is not None:
        return standing
    return _with_deadline(course, standing, stage, Cause(event.at, replace(event, until=None)))


def followed(
    course: Course,
    standing: Standing,
    step: Step,
    cause: Cause,
    *,
    asked: tuple[Asking, ...] = (),
) -> Standing:
    """Return what stands after a step; ``asked`` are the decisions that led to it."""
    standing = _cleared(_issued(standing, step, cause), step)
    if step.asked is not None:
        return _after_decision(course, standing, step.asked, cause, asked)
    if step.to:
        return _entered(course, standing, step, cause, asked)
    if step.restarts:
        stage = course.stage(standing)
        return _with_deadline(course, standing, stage, cause)
    return standing


def _issued(standing: Standing, step: Step, cause: Cause) -> Standing:
    if not step.issues:
        return standing
    article = step.article or cause.article
    new = tuple(Issued(each, cause.at, cause.id, article) for each in step.issues)
    return replace(standing, issued=standing.issued + new)


def _cleared(standing: Standing, step: Step) -> Standing:
    if "positions" in step.clears:
        standing = replace(standing, positions={})
    if "participants" in step.clears:
        standing = replace(standing, participants=frozenset())
    return standing


def _after_decision(
    course: Course, standing: Standing, asked: Asked, cause: Cause, before: tuple[Asking, ...]
) -> Standing:
    event = cause.event
    aside = event is not None and event.kind in OF_PROCEDURE
    positions = event.positions if event and asked.of == "event" else words(standing)
    found = course.ask(standing, cause.at, asked.rule, positions)
    if isinstance(found, Doubt):
        return replace(standing, doubts=merged(standing.doubts, (found,)))
    rule = asked.rule or course.procedure.rule_of(course.stage(standing))
    asking = Asking(rule, cause.at, found, cause.id, aside)
    if aside:
        standing = _decided_aside(standing, asking, event)
    answer = _answer(course, standing, asked.answers, found, cause)
    if answer is None:
        return standing
    chain = before if aside else (*before, asking)
    return followed(course, standing, answer.step, cause, asked=chain)


def _decided_aside(standing: Standing, asking: Asking, event: Event | None) -> Standing:
    decision = asking.decision.value
    standing = replace(standing, asked=(*standing.asked, asking))
    if event is None:
        return standing
    if event.kind == "question_decided":
        return replace(standing, prior=decision.outcome)
    if event.kind == "rule_suspended" and decision.carried:
        return replace(standing, suspended=unique((*standing.suspended, event.about)))
    return standing


def _answer(
    course: Course,
    standing: Standing,
    answers: tuple[Answer, ...],
    found: Finding[Decision],
    cause: Cause,
) -> Answer | None:
    outcome = found.value.outcome
    return next(
        (
            each
            for each in answers
            if (not each.outcomes or outcome in each.outcomes)
            and conditions_hold(each.when, course, standing, cause.at)
        ),
        None,
    )


def _entered(
    course: Course, standing: Standing, step: Step, cause: Cause, asked: tuple[Asking, ...]
) -> Standing:
    """Return a matter that enters a stage, be it the one in which it stands."""
    stage = course.procedure.stages[step.to]
    kept = _kept_deadline(standing, stage) if step.resumes else None
    left = replace(
        standing.spells[-1],
        until=cause.at,
        deadline=standing.deadline,
        ended_by_deadline=cause.event is None,
    )
    decided = asked[-1].decision if asked else None
    standing = replace(
        standing,
        stage=stage.id,
        since=cause.at,
        body=stage.body or standing.body,
        outcome=_outcome(stage, decided),
        asked=standing.asked + asked,
        spells=(*standing.spells[:-1], left, Spell(stage.id, cause.at, event=cause.id)),
        grounds=_grounds(course, stage, step, cause, decided),
    )
    if stage.binds:
        standing = _bound(course, standing, stage, cause.at)
    if kept is not None:
        return replace(standing, deadline=kept)
    return _with_deadline(course, standing, stage, cause)


def _outcome(stage: Stage, decided: Finding[Decision] | None) -> str:
    if stage.outcome != AS_DECIDED:
        return stage.outcome
    return decided.value.outcome if decided else ""


def _grounds(
    course: Course,
    stage: Stage,
    step: Step,
    cause: Cause,
    decided: Finding[Decision] | None,
) -> tuple[str, ...]:
    articles = (course.procedure.article, stage.article, step.article, cause.article)
    return unique((*articles, *(decided.grounds if decided else ()), cause.id))


def _kept_deadline(standing: Standing, stage: Stage) -> Pending | None:
    spells = reversed(standing.spells)
    return next((each.deadline for each in spells if each.stage == stage.id), None)


def _with_deadline(course: Course, standing: Standing, stage: Stage, cause: Cause) -> Standing:
    rule, event = stage.deadline, cause.event
    if rule is None:
        return replace(standing, deadline=None)
    if event is not None and event.until is not None and KINDS[event.kind].ends_at:
        pending = Pending(event.until, rule.until, rule.article, event.id)
        return replace(standing, deadline=pending)
    if rule.span is None:
        return replace(standing, deadline=None)
    since = standing.last(rule.since) if rule.since else None
    received = since is not None or event is not None
    end = course.end(since or cause.at, rule.span, received=received)
    pending = Pending(end.value, rule.until, rule.article, cause.id)
    return replace(standing, deadline=pending, doubts=merged(standing.doubts, end.doubts))


def _bound(course: Course, standing: Standing, stage: Stage, at: datetime) -> Standing:
    """Return those bound whom the last decision binds; a bond that goes on keeps its beginning."""
    decision = standing.decision
    if decision is None or not decision.carried:
        return standing
    since = course.end(at, stage.binds_after).value if stage.binds_after else at
    going_on = {each.member for each in standing.bonds if each.until is None}
    ended = tuple(
        replace(each, until=at)
        if each.until is None and each.member not in decision.bound
        else each
        for each in standing.bonds
    )
    new = tuple(Bond(each, since) for each in decision.bound if each not in going_on)
    return replace(standing, bonds=ended + new)
