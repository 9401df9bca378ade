"""Leaving by notice: given, extended, taken back, fallen due.

When a notice takes effect is computed by `comity.membership.notice`; here is what becomes of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.charter import queries
from comity.charter.model import WithdrawalRule
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, parse_day
from comity.kernel.errors import DataError
from comity.kernel.finding import unique
from comity.membership.history import NoticeGiven, Revision, Spell
from comity.membership.ledger import Handlers, Ledger
from comity.membership.notice import takes_effect_on

_BEGINNINGS = frozenset({"admitted", "returned", "stage_reached"})
_DEPARTURES = frozenset({"withdrew", "expelled"})


def withdrawal_notified(ledger: Ledger, act: Act) -> None:
    """Give notice: the status ends when the period of the rule has run."""
    _, spell = ledger.named_spell(act)
    if spell is None:
        what = act.detail("status") or "a status"
        found = f"{ledger.party} gave notice to leave on {act.effective_on} without {what}"
        ledger.fault(act, "nothing_to_end", found, f"{ledger.party} holding {what} on that day")
        return
    rule = queries.withdrawal_rule(ledger.charter, spell.status, act.effective_on.first)
    if rule is None and ledger.charter.withdrawal:
        found = f"no rule in force on {act.effective_on} lets a {spell.status} leave by notice"
        ledger.fault(act, "no_withdrawal_rule", found, "a withdrawal rule for that status")
        return
    if _given_already(ledger, act, spell, rule):
        return
    try:
        effect = _effect(act, spell, rule)
    except DataError as error:
        ledger.faults += [replace(fault, act=act.id) for fault in error.faults]
        return
    article = act.authority.article or (rule.article if rule else "")
    revision = Revision(act.effective_on.first, effect, act.id)
    notice = NoticeGiven(spell.status, act.id, article, (revision,))
    ledger.notices[act.id] = notice
    if effect:
        _schedule(ledger, notice, effect)


def notice_extended(ledger: Ledger, act: Act) -> None:
    """Move the day on which a notice takes effect."""
    notice = _running_notice(ledger, act)
    if notice:
        until, computed = parse_day(act.detail("until")), notice.revisions[-1].effect
        if computed and until < computed:
            found = f"the notice {notice.act} takes effect on {computed}; {until} is earlier"
            advice = "A State that left earlier is recorded as such (kind: withdrew)."
            ledger.fault(act, "notice_shortened", found, f"{computed} or later", advice)
            return
        _revise(ledger, notice, Revision(act.effective_on.first, until, act.id))
        _schedule(ledger, notice, until)


def notice_rescinded(ledger: Ledger, act: Act) -> None:
    """Take a notice back: the status does not end."""
    notice = _running_notice(ledger, act)
    if notice:
        day = act.effective_on.first
        _revise(ledger, replace(notice, closed_on=day), Revision(day, None, act.id))


def notice_falls_due(ledger: Ledger, notice_id: str, day: date) -> None:
    """End the status on the day of effect, unless the notice was settled or moved meanwhile."""
    notice = ledger.notices[notice_id]
    if notice.closed_on or notice.revisions[-1].effect != day:
        return
    facet = ledger.charter.facet_of(notice.status)
    spell = ledger.open.get(facet)
    if spell and spell.status in (notice.status, *_suspended_into(ledger, notice.status)):
        by = unique((notice.act, notice.revisions[-1].act))
        ledger.close(facet, PartialDate.of(day), by, "notice")
        ledger.notices[notice_id] = replace(ledger.notices[notice_id], closed_on=day)


HANDLERS: Handlers = {
    "withdrawal_notified": withdrawal_notified,
    "notice_extended": notice_extended,
    "notice_rescinded": notice_rescinded,
}


def _given_already(ledger: Ledger, act: Act, spell: Spell, rule: WithdrawalRule | None) -> bool:
    """Note a fault where a notice runs already: to name another day is to extend it."""
    for notice in ledger.notices.values():
        if notice.status == spell.status and notice.closed_on is None:
            found = f"{ledger.party} gave notice already: {notice.act}"
            advice = "Extend it (kind: notice_extended), or rescind it first."
            article = rule.article if rule else ""
            expected = "one notice at a time"
            ledger.fault(act, "notice_already_given", found, expected, advice, rule=article)
            return True
    return False


def _effect(act: Act, spell: Spell, rule: WithdrawalRule | None) -> date | None:
    """Return the day the rule computes; without a rule, the one the notice names, if any."""
    says = act.detail("says_effective_on")
    named = parse_day(says) if says else None
    if rule is None:
        return named
    received, since = act.effective_on.first, spell.start.first
    return takes_effect_on(received, notice=rule.notice, held_since=since, says=named)


def _schedule(ledger: Ledger, notice: NoticeGiven, effect: date) -> None:
    """Let the notice fall due, unless a recorded departure says on which day it really did."""
    if not _departure_is_recorded(ledger, notice):
        ledger.schedule(effect, "notice", notice.act)


def _departure_is_recorded(ledger: Ledger, notice: NoticeGiven) -> bool:
    """Whether a later act, before the next beginning of the status, ends it by this notice."""
    given = next(n for n, act in enumerate(ledger.acts) if act.id == notice.act)
    for act in ledger.acts[given + 1 :]:
        if act.kind in _BEGINNINGS and act.detail("status") == notice.status:
            return False
        if act.kind in _DEPARTURES and act.detail("status") in ("", notice.status):
            return act.detail("notice") in ("", notice.act)
    return False


def _revise(ledger: Ledger, notice: NoticeGiven, revision: Revision) -> None:
    ledger.notices[notice.act] = replace(notice, revisions=(*notice.revisions, revision))


def _running_notice(ledger: Ledger, act: Act) -> NoticeGiven | None:
    named = act.detail("notice")
    notice = ledger.notices.get(named)
    if notice is None:
        found = f'no notice "{named}" of {ledger.party} is running'
        ledger.fault(act, "no_such_notice", found, "the id of a notice given before")
        return None
    if notice.closed_on:
        found = f"the notice {notice.act} was settled on {notice.closed_on}"
        advice = "A State that has left comes back by a new admission."
        ledger.fault(act, "notice_already_settled", found, "a notice still running", advice)
        return None
    return notice


def _suspended_into(ledger: Ledger, status: str) -> tuple[str, ...]:
    """What a holder of ``status`` has become by a suspension that still runs."""
    running = (each for each in ledger.suspensions.values() if each.end is None)
    return tuple(each.rule.becomes for each in running if each.status == status)
