"""Questions for who comes for the first time, made from the organisations that are loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from comity.register.changes import turns
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.pages.reasons import reason

Asked: TypeAlias = tuple[Reader, str, tuple[str, ...]]
"""Of whom and on which day, which question, and its names."""


def first_questions(readers: Sequence[Reader]) -> list[Page]:
    """Return a status, a number and a right to ask about, of different organisations if possible.

    Each is asked of the last day on which a status changed: there is something to see.
    """
    asked = []
    for number, ask in enumerate(_QUESTIONS):
        in_turn = [*readers[number:], *readers[:number]] if number < len(readers) else readers
        asked += [found for each in in_turn if (found := ask(each))][:1]
    return [_shown(*each) for each in asked]


def _shown(reader: Reader, question: str, names: tuple[str, ...]) -> Page:
    return {
        "asks": reason(reader, question, names).asks,
        "organisation": reader.short_name,
        "url": reader.why(question, *names),
    }


def _on_the_last_turn(reader: Reader) -> Reader:
    days = [each.on for each in turns(reader.situation) if each.on <= reader.question.on]
    return reader.on(days[-1]) if days else reader


def _status(reader: Reader) -> Asked | None:
    then = _on_the_last_turn(reader)
    today = [each for each in turns(then.situation) if each.on == then.question.on]
    return (then, "status", (today[0].moves[0][0],)) if today else None


def _count(reader: Reader) -> Asked | None:
    then = _on_the_last_turn(reader)
    counted = [*reader.charter.counts, *reader.charter.statuses]
    held = [each for each in counted if then.situation.count(each).value]
    return (then, "count", (held[0],)) if held else None


def _right(reader: Reader) -> Asked | None:
    then = _on_the_last_turn(reader)
    holders, rights = then.situation.roster(), [*reader.charter.rights]
    return (then, "right", (holders[0].party, rights[0])) if holders and rights else None


_QUESTIONS: tuple[Callable[[Reader], Asked | None], ...] = (_status, _count, _right)
