"""Questions about one party on one day, answered with grounds and doubts.

Every function takes the party's `History`, the charter and the day. Grounds are identifiers,
articles first; a "no" rests on what ended the status or on the article that would open the way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from comity.charter import queries
from comity.charter.model import ALL, NO_NAMES, Answer, Charter, Names
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.finding import Doubt, Finding, merged, unique
from comity.membership.findings import (
    articles_first,
    doubts_of_acts,
    doubts_of_dates,
    finding,
    imprecise,
    turns_in,
    turns_of_suspensions,
)
from comity.membership.history import Change, History, Spell, Suspension

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a party may do something; ``condition`` says on what terms (by language).

    Where no body is named and the answer depends on it, it is conditional, and ``bodies`` are
    those in which it is not no. A no that no rule says, because nothing grants it, is ``unsaid``;
    it is the same answer.
    """

    answer: Answer
    condition: Names = field(default_factory=dict)
    bodies: tuple[str, ...] = ()
    unsaid: bool = field(default=False, compare=False)


def status_on(history: History, *, charter: Charter, day: date, facet: str) -> Finding[str | None]:
    """Return the status that the party holds in a facet on a day, or ``None``, and why."""
    spell = history.spell_on(day, facet)
    if spell is None:
        grounds = _why_none(history, charter, day, facet)
        return finding(None, grounds, history, charter, day, turns_in(history, facet))
    grounds = _why(history, charter, spell)
    return finding(spell.status, grounds, history, charter, day, turns_in(history, facet))


def holds(history: History, *, charter: Charter, day: date, status: str) -> Finding[bool]:
    """Return whether the party holds ``status`` on the day, and why or why not."""
    facet = charter.facet_of(status)
    found = status_on(history, charter=charter, day=day, facet=facet)
    if found.value == status:
        return found.map(bool)
    if found.value is None:
        grounds = _why_none(history, charter, day, facet, status)
        return finding(False, grounds, history, charter, day, turns_in(history, facet))
    ended = [
        spell
        for spell in history.in_facet(facet)
        if spell.status == status and spell.end and spell.end.first <= day
    ]
    grounds = found.grounds + (ended[-1].ended_by if ended else ())
    return Finding(False, articles_first(grounds, charter), found.doubts)


def since(
    history: History, *, charter: Charter, day: date, facet: str
) -> Finding[PartialDate | None]:
    """Return from when the present spell counts: a resumed or continued seat keeps seniority."""
    found = status_on(history, charter=charter, day=day, facet=facet)
    spell = history.spell_on(day, facet)
    if spell is None:
        return found.map(lambda _: None)
    grounds = articles_first((*found.grounds, *spell.since_by), charter)
    return Finding(spell.since, grounds, found.doubts)


def suspension_on(history: History, *, charter: Charter, day: date) -> Finding[Suspension | None]:
    """Return the suspension in force on the day, of several the gravest, or ``None``."""
    running = running_suspensions(history, day)
    if running:
        return why_suspended(running[0], history, charter, day)
    over = [each for each in history.suspensions if each.end and each.end.first <= day]
    if over and over[-1].ended_by in history.acts:
        lifting = history.acts[over[-1].ended_by]
        grounds = (_article_of(lifting, over[-1].rule.article), lifting.id)
        return finding(None, grounds, history, charter, day, turns_of_suspensions(history))
    found = status_on(history, charter=charter, day=day, facet=charter.main_facet)
    doubts = merged(found.doubts, suspension_doubts(history, day))
    return Finding(None, found.grounds, doubts)


def running_suspensions(history: History, day: date) -> tuple[Suspension, ...]:
    """Return the suspensions in force on the day: those of all rights first, then the latest."""
    running = [each for each in reversed(history.suspensions) if each.holds_on(day)]
    return tuple(sorted(running, key=lambda each: ALL not in each.rights))


def why_suspended(
    suspension: Suspension, history: History, charter: Charter, day: date
) -> Finding[Suspension | None]:
    """Return a suspension with the rule and the act that it rests on."""
    act = history.acts[suspension.act]
    grounds = (_article_of(act, suspension.rule.article), act.id)
    return finding(suspension, grounds, history, charter, day, turns_of_suspensions(history))


def suspension_doubts(history: History, day: date) -> tuple[Doubt, ...]:
    """Return what is in doubt about when suspensions began and ended, as far as the day goes."""
    return doubts_of_dates(history, turns_of_suspensions(history), day)


def pending_departure(history: History, *, charter: Charter, day: date) -> Finding[date | None]:
    """Return the day on which a notice takes effect, as it stood on ``day``, or ``None``."""
    for notice in reversed(history.notices):
        standing = notice.pending_on(day)
        if standing:
            acts = unique((notice.act, standing.act))
            grounds = (notice.article, *acts)
            return finding(standing.effect, grounds, history, charter, day, [])
    settled = [each for each in history.notices if each.closed_on and each.closed_on <= day]
    if settled:
        last = settled[-1]
        return Finding(None, unique((last.article, last.act, last.revisions[-1].act)))
    found = status_on(history, charter=charter, day=day, facet=charter.main_facet)
    return found.map(lambda _: None)


def stage_on(history: History, *, charter: Charter, day: date, status: str) -> Finding[str | None]:
    """Return the last stage reached on the path to ``status`` by the day, or ``None``."""
    reached = [each for each in history.stages if each.status == status and each.on.first <= day]
    path = queries.path_to(charter, status, day)
    article = path.article if path else ""
    if not reached:
        return Finding(None, unique((article,)))
    act = history.acts[reached[-1].act]
    stages = {each.id: each.article for each in path.stages} if path else {}
    grounds = (_article_of(act, stages.get(reached[-1].stage, "") or article), act.id)
    turns = [(each.on, each.act) for each in reached]
    return finding(reached[-1].stage, grounds, history, charter, day, turns)


def name_on(
    history: History, *, charter: Charter, day: date, formal: bool = False
) -> Finding[Names]:
    """Return the names of the party on the day, by language; later ones rest on their act."""
    changes = history.formal_names if formal else history.names
    declared = charter.parties.get(history.party)
    first = (declared.formal_names if formal else declared.names) if declared else NO_NAMES
    return _latest(history, changes, day, first)


def represented_by(history: History, *, day: date) -> Finding[Names]:
    """Return who represents the party on the day, by language; empty where nothing is recorded."""
    return _latest(history, history.representatives, day, NO_NAMES)


def covers(history: History, *, charter: Charter, day: date, territory: str) -> Finding[bool]:
    """Return whether the status of the State covers one of its territories on the day."""
    held = status_on(history, charter=charter, day=day, facet=charter.main_facet)
    if held.value is None:
        return held.map(lambda _: False)
    changes = [each for each in history.scope if each.territory == territory]
    dates = [(each.start, each.act) for each in changes]
    doubts = doubts_of_dates(history, dates, day)
    standing = [each for each in changes if each.start.first <= day]
    if not standing:
        declared = charter.territories.get(territory)
        within = declared.within if declared else True
        return Finding(within, held.grounds, merged(held.doubts, doubts))
    last = standing[-1]
    act = history.acts[last.act]
    grounds = unique((act.authority.article, act.id))
    return Finding(last.within, grounds, doubts + doubts_of_acts([act]))


def _latest(
    history: History, changes: tuple[Change, ...], day: date, first: Names
) -> Finding[Names]:
    standing = [each for each in changes if each.start.first <= day]
    if not standing:
        return Finding(first)
    last = standing[-1]
    doubts = imprecise([(last.start, last.act)], day)
    return Finding(last.value, (last.act,), doubts + doubts_of_acts([history.acts[last.act]]))


def doubts_of_absence(
    history: History, *, statuses: tuple[str, ...], day: date
) -> tuple[Doubt, ...]:
    """Return the doubts about dates by which a party might hold one of the statuses after all."""
    if history.all_sure:
        return ()
    turns = [turn for spell in history.spells if spell.status in statuses for turn in spell.turns]
    return doubts_of_dates(history, turns, day)


# Grounds


def _why(history: History, charter: Charter, spell: Spell) -> tuple[str, ...]:
    """Articles and acts on which a spell rests."""
    own = charter.statuses[spell.status].nearest(spell.start.first).article
    articles = [_article_of(history.acts[each], "") for each in spell.began_by]
    path = queries.path_to(charter, spell.status, spell.start.first)
    fallback = (path.article if path else "") or own
    named = [each for each in articles if each]
    return unique((*(named or [fallback]), *spell.began_by))


def _why_none(
    history: History, charter: Charter, day: date, facet: str, status: str = ""
) -> tuple[str, ...]:
    """Why no status is held in a facet, or why ``status``: what ended it, or the way to it."""
    asked = (status,) if status else _statuses_of(charter, facet)
    spells = [each for each in history.in_facet(facet) if each.status in asked]
    ended = [each for each in spells if each.end and each.end.first <= day]
    if ended:
        return _why_ended(history, charter, ended[-1])
    to_come = spells[0].began_by if spells else ()
    if charter.founded_on and day < charter.founded_on and to_come:
        return to_come  # before the organisation there is no way into it
    under_way = tuple(
        each.act for each in history.stages if each.status in asked and each.on.first <= day
    )
    return unique((*_ways_in(charter, day, asked), *under_way, *to_come))


def _why_ended(history: History, charter: Charter, spell: Spell) -> tuple[str, ...]:
    acts = [history.acts[each] for each in spell.ended_by if each in history.acts]
    notices = {each.act: each.article for each in history.notices}
    articles = [act.authority.article or notices.get(act.id, "") for act in acts]
    end = spell.end.first if spell.end else date.max
    rule = queries.ending_rule(charter, spell.status, spell.ended_as, end)
    provided = rule.article if rule else ""
    if spell.ended_as in ("withdrew", "notice") and not any(articles):
        leaving = queries.withdrawal_rule(charter, spell.status, end)
        provided = leaving.article if leaving else provided
    return unique((*articles, provided, *spell.ended_by))


def _statuses_of(charter: Charter, facet: str) -> tuple[str, ...]:
    return tuple(each for each in charter.statuses if charter.facet_of(each) == facet)


def _ways_in(charter: Charter, day: date, statuses: tuple[str, ...]) -> tuple[str, ...]:
    """The articles under which one of the statuses could be had on the day, or else ever."""
    paths = [each for each in charter.paths if each.status in statuses]
    open_now = tuple(each.article for each in paths if day in each.period)
    if any(open_now):
        return open_now
    versions = [charter.statuses[each] for each in statuses]
    there_now = [found for each in versions if (found := each.on(day))]
    return tuple(each.article for each in there_now or [each.nearest(day) for each in versions])


def _article_of(act: Act, otherwise: str) -> str:
    return act.authority.article or otherwise
