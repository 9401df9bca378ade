"""How decisions of the past under another rule look on a terminal, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comity.cli.recorded import Asked
from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.replay import Change, Replay, Replayed
from comity.kernel.canonical import JSON
from comity.wording.catalogue import alternatives, capital, known, listed, text
from comity.wording.dates import date_text
from comity.wording.decision_names import rule_name
from comity.wording.decisions import outcome_name

OF_THE_RECORD = ("constructed", "tally_only", "no_day")  # reasons that need no more words


# For people


def show_replay(page: Page, book: Rulebook, asked: Asked, change: Change, found: Replay) -> None:
    """Print every decision as it was and as it would be, what turned it, and what is not known."""
    name = f"{rule_name(asked.name, book.rules, page.language)} – {book.title(page.language)}"
    page.line(_say(page, "title", name=name), style="bold")
    for line in _changes(page, book, change):
        page.line(line, indent=2)
    page.space()
    if found.decisions:
        page.rows(
            [_say(page, key) for key in ("day", "then", "now", "decision")],
            (_row(page, book, each) for each in found.decisions),
        )
    for each in found.decisions:
        if each.verdict != "same":
            page.heading(each.past.title)
            for line in _why(page, book, each):
                page.line(line, indent=2)
    page.heading(_say(page, "summary", number=len(found.decisions)))
    for verdict, number in found.counts.items():
        if number:
            page.line(_say(page, verdict, number=number), indent=2)
    if found.not_replayable:
        page.heading(_say(page, "not_replayable", number=len(found.not_replayable)))
    for code, number in found.reasons.items():
        said = [each.fault.found for each in found.not_replayable if each.fault.code == code]
        why = known(page.language, f"replay_reason.{code}", code)
        page.line(f"{capital(why)}: {number}", indent=2)
        if code not in OF_THE_RECORD:
            for what in dict.fromkeys(said):
                page.line(what, indent=4)
    page.space()
    page.line(_say(page, "assumption"))


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"replay.{key}", **values)


def _members(page: Page, book: Rulebook, members: Iterable[str]) -> str:
    return listed(page.language, (book.name(each, page.language) for each in members))


def _changes(page: Page, book: Rulebook, change: Change) -> Iterator[str]:
    if change.under:
        yield _say(page, "under", name=rule_name(change.under, book.rules, page.language))
    if change.on:
        yield _say(page, "as_on", date=date_text(change.on, page.language))
    for key, members in (("joining", change.joining), ("leaving", change.leaving)):
        if members:
            yield _say(page, key, members=_members(page, book, members))


def _row(page: Page, book: Rulebook, each: Replayed) -> tuple[str, ...]:
    day = each.past.question.on
    return (
        date_text(day, page.language) if day else "–",
        outcome_name(each.past.decision.outcome, book.rules, page.language),
        _now(page, book, each),
        each.past.title,
    )


def _now(page: Page, book: Rulebook, each: Replayed) -> str:
    names = [outcome_name(each_, book.rules, page.language) for each_ in each.outlook.outcomes]
    words = alternatives(page.language, names)
    key = {"open": "is_open", "not_known": "is_not_known"}.get(each.verdict)
    return _say(page, key, outcomes=words) if key else words


def _why(page: Page, book: Rulebook, each: Replayed) -> Iterator[str]:
    then = outcome_name(each.past.decision.outcome, book.rules, page.language)
    yield _say(page, "step", then=then, now=_now(page, book, each))
    if each.verdict in ("now_carried", "now_fails"):
        by = [_say(page, "the_rule")] if each.by_rule else []
        by += [book.name(member, page.language) for member in each.turned_by]
        yield _say(page, "turned_by", what=listed(page.language, by) or _say(page, "several"))
    if each.outlook.hangs_on:
        yield _say(page, "hangs_on", members=_members(page, book, each.outlook.hangs_on))
    for key, decision in (("blocked_then", each.past.decision), ("blocked_now", each.decision)):
        if decision is not None and decision.blocked_by:
            yield _say(page, key, members=_members(page, book, decision.blocked_by))
    for said in (each.past.source, each.past.note):
        if said:
            yield said


# For machines


def replay_data(
    book: Rulebook, asked: Asked, change: Change, found: Replay, language: str
) -> dict[str, JSON]:
    """Return decisions of the past as they were and as they would be, as plain data."""
    return {
        "organisation": book.id,
        "on": _day(change.on),
        "language": language,
        "rule": asked.name,
        "rule_name": rule_name(asked.name, book.rules, language),
        "under": change.under or None,
        "joining": list(change.joining),
        "leaving": list(change.leaving),
        "from": _day(asked.period.start),
        "until": _day(asked.period.end),
        "decisions": [_replayed_data(book, each, language) for each in found.decisions],
        "counts": {str(verdict): number for verdict, number in found.counts.items()},
        "not_replayable": [
            {
                "title": each.title,
                "rule": each.name,
                "on": _day(each.on),
                "code": each.fault.code,
                "reason": str(each.fault),
            }
            for each in found.not_replayable
        ],
        "reasons": dict(found.reasons),
    }


def _replayed_data(book: Rulebook, each: Replayed, language: str) -> JSON:
    past, seen = each.past, each.outlook
    return {
        "title": past.title,
        "on": _day(past.question.on),
        "rule": past.rule.id,
        "rule_now": each.rule.id,
        "then": past.decision.outcome,
        "then_name": outcome_name(past.decision.outcome, book.rules, language),
        "now": list(seen.outcomes),
        "now_names": [outcome_name(name, book.rules, language) for name in seen.outcomes],
        "verdict": each.verdict,
        "how": seen.how,
        "joining": list(each.joining),
        "leaving": list(each.leaving),
        "hangs_on": list(seen.hangs_on),
        "turned_by_rule": each.by_rule,
        "turned_by": list(each.turned_by),
        "blocked_by_then": list(past.decision.blocked_by),
        "blocked_by_now": list(each.decision.blocked_by) if each.decision else None,
        "source": past.source or None,
        "note": past.note or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
