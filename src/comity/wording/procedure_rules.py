"""Procedures as sentences: what a stage takes, on what conditions, when it ends, what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import time

from comity.procedure.calendars import SAME_TIME, Span
from comity.procedure.events import KINDS
from comity.procedure.model import AS_DECIDED, Answer, Condition, Stage, Step, Take
from comity.wording.catalogue import alternatives, in_series, known, listed, text
from comity.wording.decision_names import rule_name
from comity.wording.decisions import named, outcome_name
from comity.wording.procedures import Teller


def stage_sentences(stage: Stage, teller: Teller) -> list[str]:
    """Return what a stage says: where and by which rule, what it takes, its end, what it means."""
    return [*_frame(stage, teller), *_takes(stage, teller), *_end(stage, teller)]


def _say(teller: Teller, key: str, **values: object) -> str:
    return text(teller.language, f"procedure_rule.{key}", **values)


def _frame(stage: Stage, teller: Teller) -> Iterator[str]:
    procedure = teller.procedure
    if stage.body:
        yield _say(teller, "body", body=teller.body(stage.body))
    if stage.rule:
        yield _say(teller, "rule", rule=rule_name(stage.rule, procedure.rules, teller.language))
    if stage.outcome == AS_DECIDED:
        yield _say(teller, "as_decided")
    elif stage.outcome:
        yield _say(teller, "outcome", outcome=_outcome(stage.outcome, teller))
    if stage.binds_after is not None:
        yield _say(teller, "binds_after", period=span_text(stage.binds_after, teller.language))
    elif stage.binds:
        yield _say(teller, "binds")


def _takes(stage: Stage, teller: Teller) -> Iterator[str]:
    for take in stage.takes:
        who = _actors(take.by, teller)
        if take.without:
            who = _say(teller, "without", who=who, others=_actors(take.without, teller))
        limits = "".join(
            _say(teller, "on_condition", condition=_condition(each, take, teller))
            for each in take.when
        )
        said = text(
            teller.language,
            f"procedure_may.{take.kind}",
            article=teller.articles(take.article),
            limits=limits,
            who=who,
        )
        yield _with(said, [*_given(take, teller), *_follows(take.step, teller)], teller)


def _given(take: Take, teller: Teller) -> Iterator[str]:
    if take.position:
        yield _say(teller, "position", position=teller.position(take.position))


def _end(stage: Stage, teller: Teller) -> Iterator[str]:
    rule = stage.deadline
    if rule is None:
        return
    article = teller.articles(rule.article)
    if rule.span is None:
        said = _say(teller, "ends_as_set", article=article)
    else:
        since = _event(rule.since, teller) if rule.since else _say(teller, "its_beginning")
        period = span_text(rule.span, teller.language)
        key = "ends_or_as_set" if _set_by_events(stage, teller) else "ends"
        said = _say(teller, key, period=period, since=since, article=article)
    late = _say(teller, f"until_{rule.until}")
    yield _with(text(teller.language, "list.sentences", first=said, second=late),
                _follows(rule.step, teller), teller)  # fmt: skip


def _set_by_events(stage: Stage, teller: Teller) -> bool:
    """Whether an event that leads to the stage may say when it ends."""
    takes = [take for each in teller.procedure.stages.values() for take in each.takes]
    return any(KINDS[take.kind].ends_at and take.step.to == stage.id for take in takes)


def _with(said: str, follows: Iterable[str], teller: Teller) -> str:
    more = [*follows]
    return (
        _say(teller, "follows", said=said, follows=in_series(teller.language, more))
        if more
        else said
    )


def _follows(step: Step, teller: Teller) -> Iterator[str]:
    if step.to:
        yield _say(teller, "to", stage=teller.stage(step.to))
    for key, holds in (("resumes", step.resumes), ("restarts", step.restarts)):
        if holds:
            yield _say(teller, key)
    if step.clears:
        cleared = (_say(teller, f"clears_{each}") for each in step.clears)
        yield in_series(teller.language, cleared)
    if step.issues:
        documents = listed(teller.language, map(teller.document, step.issues))
        yield _say(teller, "issues", documents=documents)
    if step.asked is not None:
        key = "asked_rule" if step.asked.rule else "asked"
        rule = rule_name(step.asked.rule, teller.procedure.rules, teller.language)
        answers = in_series(teller.language, (_answer(each, teller) for each in step.asked.answers))
        yield (
            _say(teller, key, rule=rule, answers=answers) if answers else _say(teller, "asked_only")
        )


def _answer(answer: Answer, teller: Teller) -> str:
    said = _say(teller, "otherwise")
    if answer.outcomes:
        said = alternatives(teller.language, (_outcome(each, teller) for each in answer.outcomes))
    conditions = (
        _say(teller, "on_condition", condition=_condition(each, None, teller))
        for each in answer.when
    )
    follows = in_series(teller.language, _follows(answer.step, teller))
    return _say(
        teller,
        "answer",
        outcome="".join((said, *conditions)),
        follows=follows or _say(teller, "stays"),
    )


def _outcome(outcome: str, teller: Teller) -> str:
    return outcome_name(outcome, teller.procedure.rules, teller.language)


def _event(kind: str, teller: Teller) -> str:
    return known(teller.language, f"procedure_event.{kind}", kind.replace("_", " "))


def _actors(actors: Iterable[str], teller: Teller) -> str:
    return alternatives(teller.language, map(teller.actor, actors))


# Conditions


def _condition(condition: Condition, take: Take | None, teller: Teller) -> str:
    what = _what(condition, take, teller)
    bounds = "".join(_bounds(condition, teller))
    key = f"procedure_condition.{condition.kind}"
    said = text(teller.language, key, what=what, bounds=bounds)
    return said + teller.articles(condition.article)


def _what(condition: Condition, take: Take | None, teller: Teller) -> str:
    if condition.kind == "counts_as":
        return alternatives(teller.language, (_class(each, teller) for each in condition.words))
    if condition.kind == "times":
        own = take is not None and condition.word == take.kind
        return _say(teller, "this") if own else _event(condition.word, teller)
    if condition.kind == "since":
        beginning = condition.word == "stage"
        return _say(teller, "its_beginning") if beginning else _event(condition.word, teller)
    if condition.kind == "count":
        default = teller.actor(condition.word)
        return known(teller.language, f"procedure_counted.{condition.word}", default)
    return ""


def _class(word: str, teller: Teller) -> str:
    tables = teller.procedure.rules.tables.values()
    names = next((each.classes[word] for each in tables if word in each.classes), {})
    default = known(teller.language, f"decision_class.{word}", word.replace("_", " "))
    return named(names, teller.language, default)


def _bounds(condition: Condition, teller: Teller) -> Iterator[str]:
    for key, number, period in (
        ("at_least", condition.least, condition.span_least),
        ("at_most", condition.most, condition.span_most),
    ):
        if period is not None:
            yield _say(teller, key, amount=span_text(period, teller.language))
        elif number is not None:
            yield _say(teller, key, amount=number)


# Periods


def span_text(span: Span, language: str) -> str:
    """Return a period in words, with its time of ending and where it falls.

    >>> span_text(Span(72, "clock_hours"), "en"), span_text(Span(10, "days", "end_of_day"), "ru")
    ('72 hours', 'дней: 10 (конец дня)')
    """
    key = f"procedure_period.{span.unit}" + ("_one" if span.number == 1 else "")
    said = text(language, key, number=span.number)
    more = []
    if span.then != "same_day":
        more.append(text(language, f"procedure_period.{span.then}"))
    if isinstance(span.ends, time):
        more.append(text(language, "procedure_period.at", time=f"{span.ends:%H:%M}"))
    elif span.ends != SAME_TIME:
        more.append(text(language, f"procedure_period.{span.ends}"))
    if span.falls != "as_it_is":
        more.append(text(language, f"procedure_period.{span.falls}"))
    if not more:
        return said
    return text(language, "procedure_period.with", period=said, more=in_series(language, more))
