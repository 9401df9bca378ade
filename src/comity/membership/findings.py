"""Putting a finding together: articles before acts, and what dates and acts leave in doubt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.finding import Doubt, Finding, unique
from comity.membership.history import History, Turn

T = TypeVar("T")


def finding(
    value: T,
    grounds: Iterable[str],
    history: History,
    charter: Charter,
    day: date,
    turns: Iterable[Turn],
) -> Finding[T]:
    """Return an answer with its grounds, in doubt as far as ``turns`` and the acts named are."""
    ordered = articles_first(grounds, charter)
    acts = [history.acts[each] for each in ordered if each in history.acts]
    return Finding(value, ordered, doubts_of_dates(history, turns, day) + doubts_of_acts(acts))


def articles_first(grounds: Iterable[str], charter: Charter) -> tuple[str, ...]:
    """Return grounds, articles first, then acts, each once."""
    every = unique(tuple(grounds))
    articles = tuple(each for each in every if each in charter.articles)
    return articles + tuple(each for each in every if each not in charter.articles)


def turns_in(history: History, facet: str) -> list[Turn]:
    """Return when statuses of a facet began and ended, unless none of that can be in doubt."""
    if history.all_sure:
        return []
    return [turn for spell in history.in_facet(facet) for turn in spell.turns]


def turns_of_suspensions(history: History) -> list[Turn]:
    """Return when suspensions began and ended, unless none of that can be in doubt."""
    if history.all_sure:
        return []
    begun = [(each.start, each.act) for each in history.suspensions]
    ended = [(each.end, each.ended_by) for each in history.suspensions if each.end]
    return begun + ended


def doubts_of_dates(history: History, turns: Iterable[Turn], day: date) -> tuple[Doubt, ...]:
    """Return the doubts about turns on or about the day: known only roughly, or disputed."""
    every = tuple(turns)
    return imprecise(every, day) + _disputed(history, every, day) if every else ()


def imprecise(turns: Iterable[Turn], day: date) -> tuple[Doubt, ...]:
    """Return the doubts about turns that may have come before the day or after it."""
    vague = {
        act: Doubt("imprecise_date", act, str(when))
        for when, act in turns
        if not when.exact and when.first <= day <= when.last
    }
    return tuple(vague.values())


def _disputed(history: History, turns: Iterable[Turn], day: date) -> tuple[Doubt, ...]:
    """Doubts about acts for which another source gives a date that would change the answer."""
    doubts = {}
    for when, act_id in turns:
        act = history.acts.get(act_id)
        for other in act.alternatives if act else ():
            low, high = sorted((when.first, other.effective_on.first))
            if low <= day < high:
                doubts[act_id] = Doubt("disputed_date", act_id, str(other.effective_on))
    return tuple(doubts.values())


def doubts_of_acts(acts: Iterable[Act]) -> tuple[Doubt, ...]:
    """Return the doubts about acts whose sources were not read in full."""
    return tuple(
        Doubt(f"{act.confidence}_confidence", act.id) for act in acts if act.confidence != "high"
    )
