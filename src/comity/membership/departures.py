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
_OTHER_ENDS = frozenset({"expelled", "status_ended"})


def withdrawal_notified(ledger: Ledger, act: Act) -> None:
    """Give notice: the status ends when the period of the rule has run."""
    spell = _spell_to_leave(ledger, act)
    if spell is None:
        what = act.detail("status") or "a status"
        found = f"{ledger.party} gave notice to leave on {act.effective_on} without {what}"
        ledger.fault(act, "nothing_to_end", found, f"{ledger.party} holding {what} on that day")
        return
    rule = _rule(ledger, spell, act.effective_on.first)
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
        ledger.schedule(effect, "notice", notice.act)


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
        ledger.schedule(until, "notice", notice.act)


def notice_rescinded(ledger: Ledger, act: Act) -> None:
    """Take a notice back: the status does not end."""
    notice = _running_notice(ledger, act)
    if notice:
        day = act.effective_on.first
        _revise(ledger, replace(notice, closed_on=day), Revision(day, None, act.id))


def notice_falls_due(ledger: Ledger, notice_id: str, day: date) -> None:
    """End the status on the day of effect, unless the notice was settled or moved meanwhile.

    Where a recorded departure says that the party left on a later day, that is the day from here.
    """
    notice = ledger.notices[notice_id]
    if notice.closed_on or notice.revisions[-1].effect != day:
        return
    departure = _departure_after(ledger, notice, day)
    if departure:
        left = departure.effective_on.first
        if left > day:
            _revise(ledger, notice, Revision(day, left, departure.id))
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


def _rule(ledger: Ledger, spell: Spell, day: date) -> WithdrawalRule | None:
    """The rule on leaving what the notice is about, or else what the party has become."""
    held = ledger.open[spell.facet]
    rules = (
        queries.withdrawal_rule(ledger.charter, status, day)
        for status in (spell.status, held.status)
    )
    return next((each for each in rules if each), None)


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
    received, since = act.effective_on.first, spell.since.first
    return takes_effect_on(received, notice=rule.notice, held_since=since, says=named)


def _departure_after(ledger: Ledger, notice: NoticeGiven, day: date) -> Act | None:
    """Return the departure, on ``day`` or later, by which a party really left after a notice.

    One that names the notice is it until the status begins anew. One that names none is it only
    where nothing else begins or ends in between; an expulsion never is.
    """
    undisturbed = True
    for act in ledger.acts:
        if act.effective_on.first < day:
            continue
        if act.kind == "withdrew" and _is_about(ledger, act, notice.status):
            named = act.detail("notice")
            if named == notice.act or (not named and undisturbed):
                return act
        if _begins_anew(ledger, act, notice.status):
            return None
        undisturbed = undisturbed and not _disturbs(ledger, act, notice.status)
    return None


def _is_about(ledger: Ledger, act: Act, status: str) -> bool:
    """Whether an act of ending is about a status; one that names none is about the main facet."""
    named = act.detail("status")
    return named == status or (
        not named and ledger.charter.facet_of(status) == ledger.charter.main_facet
    )


def _begins_anew(ledger: Ledger, act: Act, status: str) -> bool:
    """Whether an act begins a status of the facet, so that an earlier notice is of no account."""
    begun = act.detail("status")
    if act.kind not in _BEGINNINGS or not begun:
        return False
    if act.kind == "stage_reached":
        return begun == status
    return ledger.charter.facet_of(begun) == ledger.charter.facet_of(status)


def _disturbs(ledger: Ledger, act: Act, status: str) -> bool:
    """Whether after an act a departure that names no notice may be one from something else."""
    if act.kind == "succeeded":
        return True
    if act.kind == "statuses_merged":
        return act.detail("into") == status and status not in act.listed("statuses")
    if act.kind == "stage_reached":
        return ledger.charter.facet_of(act.detail("status")) == ledger.charter.facet_of(status)
    ends = act.kind in _OTHER_ENDS or act.kind == "withdrew"
    return ends and _is_about(ledger, act, status)


def _spell_to_leave(ledger: Ledger, act: Act) -> Spell | None:
    """The spell a notice is about; a suspended party leaves what its suspension interrupts."""
    facet, spell = ledger.named_spell(act)
    suspended = ledger.interrupted_spell(facet)
    if suspended is None:
        return spell
    interrupted = suspended[1]
    return interrupted if spell or act.detail("status") == interrupted.status else None


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
