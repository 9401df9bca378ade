"""The fold: all acts that name a party, read in legal order, become its history.

The fold never raises for what the acts say. An act without footing (a suspension lifted that never
began) is left aside and reported as a fault; the register refuses to record such an act.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from comity.charter import queries
from comity.charter.model import Charter, Path, Stage, SuspensionRule
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, parse_day
from comity.kernel.errors import Fault
from comity.membership.history import (
    Change,
    History,
    NoticeGiven,
    Revision,
    ScopeChange,
    Spell,
    StageReached,
    Suspension,
)
from comity.membership.kinds import RANK
from comity.membership.notice import takes_effect_on

Lookup = Callable[[str], History]
_BEGINNINGS = frozenset({"admitted", "returned", "stage_reached"})


def legal_order(act: Act) -> tuple[date, int, str]:
    """Return the key by which acts are read: day of effect, rank of the kind, identifier."""
    return act.effective_on.first, RANK.get(act.kind, 50), act.id


def fold(
    acts: Iterable[Act], *, party: str, charter: Charter, basis: str, history_of: Lookup
) -> History:
    """Return the history of ``party`` on ``basis``.

    ``acts`` are those that concern the party, in any order, corrections already applied;
    ``history_of`` gives the history of a predecessor.
    """
    return _Fold(sorted(acts, key=legal_order), party, charter, basis, history_of).run()


class _Fold:
    """The state of one fold: what is open as the acts are read."""

    def __init__(
        self, acts: list[Act], party: str, charter: Charter, basis: str, history_of: Lookup
    ) -> None:
        self.acts = acts
        self.party = party
        self.charter = charter
        self.basis = basis
        self.history_of = history_of
        self.open: dict[str, Spell] = {}
        self.closed: list[Spell] = []
        self.suspensions: dict[str, Suspension] = {}
        self.suspended_before: dict[str, Spell] = {}
        self.notices: dict[str, NoticeGiven] = {}
        self.stages: list[StageReached] = []
        self.names: list[Change] = []
        self.formal_names: list[Change] = []
        self.representatives: list[Change] = []
        self.scope: list[ScopeChange] = []
        self.faults: list[Fault] = []
        self.due: list[tuple[date, int, str, str]] = []

    def run(self) -> History:
        for act in self.acts:
            self._let_time_pass(act.effective_on.first)
            handler = _HANDLERS.get(act.kind)
            if handler:
                handler(self, act)
        self._let_time_pass(date.max)
        spells = [each for each in (*self.closed, *self.open.values()) if not _empty(each)]
        return History(
            party=self.party,
            acts={act.id: act for act in self.acts},
            spells=tuple(sorted(spells, key=lambda each: (each.start.first, each.facet))),
            suspensions=tuple(self.suspensions.values()),
            notices=tuple(self.notices.values()),
            stages=tuple(self.stages),
            names=tuple(self.names),
            formal_names=tuple(self.formal_names),
            representatives=tuple(self.representatives),
            scope=tuple(self.scope),
            faults=tuple(self.faults),
        )

    # Time: notices, terms and suspensions with an end take effect without a further act.

    def _let_time_pass(self, day: date) -> None:
        while self.due and self.due[0][0] <= day:
            due, _, what, act = heapq.heappop(self.due)
            if what == "notice":
                self._notice_falls_due(act, due)
            elif what == "term":
                self._term_ends(act, due)
            else:
                self._suspension_ends(act, PartialDate.of(due), "")

    def _schedule(self, day: date, what: str, act: str) -> None:
        heapq.heappush(self.due, (day, len(self.due), what, act))

    def _notice_falls_due(self, notice_id: str, day: date) -> None:
        notice = self.notices[notice_id]
        if notice.closed_on or notice.revisions[-1].effect != day:
            return
        facet = self.charter.facet_of(notice.status)
        spell = self.open.get(facet)
        if spell and spell.status in (notice.status, *self._suspended_into(notice.status)):
            by = tuple(dict.fromkeys((notice.act, notice.revisions[-1].act)))
            self._close(facet, PartialDate.of(day), by, "notice")
            self.notices[notice_id] = replace(self.notices[notice_id], closed_on=day)

    def _suspended_into(self, status: str) -> tuple[str, ...]:
        """What a holder of ``status`` has become by a suspension that still runs."""
        running = (each for each in self.suspensions.values() if each.end is None)
        return tuple(each.rule.becomes for each in running if each.status == status)

    def _term_ends(self, act_id: str, day: date) -> None:
        for facet, spell in list(self.open.items()):
            if act_id in spell.began_by:
                self._close(facet, PartialDate.of(day), (act_id,), "term")

    # Beginnings

    def admitted(self, act: Act) -> None:
        self._begin(act, act.detail("status"))

    def returned(self, act: Act) -> None:
        status = act.detail("status")
        earlier = [each for each in self.closed if each.facet == self.charter.facet_of(status)]
        if not earlier:
            text = f"{self.party} returned, but it never held a status here"
            self._fault(act, "nothing_to_return_to", text, "an admission before the return")
            return
        first = next((each for each in earlier if each.status == status), earlier[0])
        resumed = act.detail("treated_as") == "resumption"
        self._begin(act, status, continues=first if resumed else None)

    def stage_reached(self, act: Act) -> None:
        status, day = act.detail("status"), act.effective_on.first
        path = queries.path_to(self.charter, status, day)
        stage = _stage(path, act.detail("stage")) if path else None
        if path is None or stage is None:
            self._no_such_stage(act, path)
            return
        self._check_authority(act, stage.by, stage.article or path.article)
        self._check_stages_before(act, path, stage)
        self.stages.append(StageReached(status, stage.id, act.effective_on, act.id))
        gives = stage.gives_status_on
        if self.basis in gives or "all" in gives:
            self._begin_by_path(act, path)

    def _begin_by_path(self, act: Act, path: Path) -> None:
        spell = self.open.get(self.charter.facet_of(path.status))
        if spell and spell.status == path.status:
            return  # an earlier stage of the same path gave the status on this basis
        held = {each.status for each in self.open.values()}
        if path.preceded_by and not held & set(path.preceded_by):
            found = f"{self.party} reached {path.status} without one of the statuses before it"
            expected = f"{self.party} holding {' or '.join(path.preceded_by)}"
            self._fault(act, "status_required_before", found, expected, rule=path.article)
        self._begin(act, path.status)

    def _no_such_stage(self, act: Act, path: Path | None) -> None:
        status, stage = act.detail("status"), act.detail("stage")
        if path is None:
            found = f"no path to {status} was in force on {act.effective_on}"
            self._fault(act, "path_not_open", found, "a path in the charter for that day")
            return
        found = f'the path to {status} has no stage "{stage}"'
        known = ", ".join(each.id for each in path.stages)
        self._fault(act, "unknown_stage", found, f"one of {known}", rule=path.article)

    def _check_stages_before(self, act: Act, path: Path, stage: Stage) -> None:
        last_end = max(
            (each.end.first for each in self.closed if each.status == path.status and each.end),
            default=date.min,
        )
        reached = {
            each.stage
            for each in self.stages
            if each.status == path.status and each.on.first >= last_end
        }
        before = path.stages[: path.stages.index(stage)]
        missing = [each.id for each in before if each.required and each.id not in reached]
        if missing:
            found = f"{self.party} reached {stage.id} on the path to {path.status} too early"
            expected = f"first {', '.join(missing)}"
            self._fault(act, "stage_out_of_order", found, expected, rule=path.article)

    def _begin(self, act: Act, status: str, *, continues: Spell | None = None) -> None:
        facet = self.charter.facet_of(status)
        spell = self.open.get(facet)
        if spell and spell.status == status:
            found = f"{self.party} is {status} already, since {spell.start}"
            self._fault(act, "already_held", found, f"a party that is not {status}")
            return
        self._check_in_force(act, status, facet)
        if spell:
            self._close(facet, act.effective_on, (act.id,), "promoted")
        begun = Spell(facet, status, act.effective_on, act.effective_on, (act.id,))
        if continues:
            begun = replace(begun, since=continues.since, since_by=continues.origin)
        self.open[facet] = begun
        until = act.detail("until")
        if until:
            self._schedule(parse_day(until), "term", act.id)

    def _check_in_force(self, act: Act, status: str, facet: str) -> None:
        day = act.effective_on.last
        founded = self.charter.founded_on
        if founded and facet == self.charter.main_facet and day < founded:
            found = f"{status} from {act.effective_on}, before the organisation was founded"
            self._fault(act, "before_foundation", found, f"{founded} or later")
        elif self.charter.statuses[status].on(day) is None:
            found = f"the status {status} did not exist on {act.effective_on}"
            rule = self.charter.statuses[status].items[0].article
            self._fault(act, "status_not_in_force", found, "a day on which it exists", rule=rule)

    # Ends

    def withdrew(self, act: Act) -> None:
        if not self._end(act, "withdrew", ()):
            self._confirm_or_refuse(act)

    def expelled(self, act: Act) -> None:
        self._check_expulsion(act)
        if not self._end(act, "expelled", self._competent(act, "expelled")):
            self._confirm_or_refuse(act)

    def _check_expulsion(self, act: Act) -> None:
        """A charter that says how a status ends, and nothing of expulsion, does not allow it."""
        _, spell = self._named_spell(act)
        if spell is None or not self.charter.endings:
            return
        day = act.effective_on.first
        if queries.ending_rule(self.charter, spell.status, "expelled", day) is None:
            found = f"no rule in force on {act.effective_on} lets a {spell.status} be expelled"
            self._fault(act, "no_ending_rule", found, "an ending of that manner in the charter")

    def status_ended(self, act: Act) -> None:
        manner = act.detail("manner")
        if not self._end(act, manner, self._competent(act, manner)):
            self._confirm_or_refuse(act)

    def _end(self, act: Act, manner: str, competent: tuple[str, ...]) -> bool:
        facet, spell = self._named_spell(act)
        if spell is None:
            return False
        self._check_authority(act, competent, "")
        self._close(facet, act.effective_on, (act.id,), manner)
        return True

    def _named_spell(self, act: Act) -> tuple[str, Spell | None]:
        status = act.detail("status")
        facet = self.charter.facet_of(status) if status else self.charter.main_facet
        spell = self.open.get(facet)
        return facet, spell if spell and status in ("", spell.status) else None

    def _confirm_or_refuse(self, act: Act) -> None:
        """An act of ending on the very day a notice fell due confirms it; else it lacks footing."""
        status = act.detail("status")
        for number, spell in enumerate(self.closed):
            same = spell.end is not None and spell.end.first == act.effective_on.first
            if same and spell.ended_as == "notice" and status in ("", spell.status):
                self.closed[number] = replace(spell, ended_by=(*spell.ended_by, act.id))
                return
        what = status or "a status"
        found = f"{self.party} does not hold {what} on {act.effective_on}, so it cannot end"
        self._fault(act, "nothing_to_end", found, f"{self.party} holding {what} on that day")

    def _competent(self, act: Act, manner: str) -> tuple[str, ...]:
        _, spell = self._named_spell(act)
        if spell is None:
            return ()
        rule = queries.ending_rule(self.charter, spell.status, manner, act.effective_on.first)
        return rule.by if rule else ()

    def _close(self, facet: str, end: PartialDate, by: tuple[str, ...], manner: str) -> None:
        spell = self.open.pop(facet)
        self.closed.append(replace(spell, end=end, ended_by=by, ended_as=manner))
        if manner == "suspended":
            return  # a party suspended out of its status keeps its notices and its suspension
        for act_id, notice in self.notices.items():
            if notice.status == spell.status and notice.closed_on is None:
                self.notices[act_id] = replace(notice, closed_on=end.first)
        for suspension in list(self.suspensions.values()):
            if suspension.end is None and spell.status in (
                suspension.status,
                suspension.rule.becomes,
            ):
                ended = replace(suspension, end=end, ended_by=by[0])
                self.suspensions[suspension.act] = ended

    # Notices

    def withdrawal_notified(self, act: Act) -> None:
        _, spell = self._named_spell(act)
        if spell is None:
            what = act.detail("status") or "a status"
            found = f"{self.party} gave notice to leave on {act.effective_on} without {what}"
            self._fault(act, "nothing_to_end", found, f"{self.party} holding {what} on that day")
            return
        rule = queries.withdrawal_rule(self.charter, spell.status, act.effective_on.first)
        if rule is None and self.charter.withdrawal:
            found = f"no rule in force on {act.effective_on} lets a {spell.status} leave by notice"
            self._fault(act, "no_withdrawal_rule", found, "a withdrawal rule for that status")
            return
        effect = self._effect_of_notice(act, spell)
        revision = Revision(act.effective_on.first, effect, act.id)
        article = act.authority.article or (rule.article if rule else "")
        self.notices[act.id] = NoticeGiven(spell.status, act.id, article, (revision,))
        if effect and not self._departure_after(act, spell):
            self._schedule(effect, "notice", act.id)

    def _effect_of_notice(self, act: Act, spell: Spell) -> date | None:
        rule = queries.withdrawal_rule(self.charter, spell.status, act.effective_on.first)
        says = act.detail("says_effective_on")
        named = parse_day(says) if says else None
        if rule is None:
            return named
        received, since = act.effective_on.first, spell.start.first
        return takes_effect_on(received, notice=rule.notice, held_since=since, says=named)

    def _departure_after(self, notice: Act, spell: Spell) -> bool:
        """Whether a recorded departure says on which day the notice really took effect."""
        for act in self.acts[self.acts.index(notice) + 1 :]:
            if act.kind in _BEGINNINGS and act.detail("status") == spell.status:
                return False
            if act.kind in ("withdrew", "expelled") and act.detail("status") in ("", spell.status):
                return act.detail("notice") in ("", notice.id)
        return False

    def notice_extended(self, act: Act) -> None:
        notice = self._running_notice(act)
        if notice:
            until = parse_day(act.detail("until"))
            self._revise(notice, Revision(act.effective_on.first, until, act.id))
            if not self._departure_after(notice_act := self._act(notice.act), self._spell(notice)):
                self._schedule(until, "notice", notice_act.id)

    def notice_rescinded(self, act: Act) -> None:
        notice = self._running_notice(act)
        if notice:
            self._revise(notice, Revision(act.effective_on.first, None, act.id))
            day = act.effective_on.first
            self.notices[notice.act] = replace(self.notices[notice.act], closed_on=day)

    def _revise(self, notice: NoticeGiven, revision: Revision) -> None:
        self.notices[notice.act] = replace(notice, revisions=(*notice.revisions, revision))

    def _running_notice(self, act: Act) -> NoticeGiven | None:
        notice = self.notices.get(act.detail("notice"))
        if notice is None:
            found = f'no notice "{act.detail("notice")}" of {self.party} is running'
            self._fault(act, "no_such_notice", found, "the id of a notice given before")
            return None
        if notice.closed_on:
            found = f"the notice {notice.act} was settled on {notice.closed_on}"
            advice = "A State that has left comes back by a new admission."
            self._fault(act, "notice_already_settled", found, "a notice still running", advice)
            return None
        return notice

    def _act(self, act_id: str) -> Act:
        return next(each for each in self.acts if each.id == act_id)

    def _spell(self, notice: NoticeGiven) -> Spell:
        return self.open[self.charter.facet_of(notice.status)]

    # Suspension

    def suspended(self, act: Act) -> None:
        facet, spell = self._named_spell(act)
        if spell is None:
            what = act.detail("status") or "a status"
            found = f"{self.party} does not hold {what} on {act.effective_on}"
            self._fault(act, "nothing_to_suspend", found, f"{self.party} holding {what}")
            return
        rule = queries.suspension_rule(self.charter, spell.status, act.effective_on.first)
        if rule is None and self.charter.suspension:
            found = f"no rule in force on {act.effective_on} provides for suspending {spell.status}"
            self._fault(act, "no_suspension_rule", found, "a suspension rule for that status")
            return
        rule = rule or SuspensionRule((spell.status,))
        rights = act.listed("rights") or rule.loses
        if any(each.end is None and each.rights == rights for each in self.suspensions.values()):
            found = f"{self.party} is suspended already"
            self._fault(act, "already_suspended", found, "a party not suspended", rule=rule.article)
            return
        self._check_authority(act, rule.by, rule.article)
        self._suspend(act, facet, spell, rule, rights)

    def _suspend(
        self, act: Act, facet: str, spell: Spell, rule: SuspensionRule, rights: tuple[str, ...]
    ) -> None:
        start = act.effective_on
        self.suspensions[act.id] = Suspension(spell.status, start, act.id, rule, rights)
        if rule.becomes:
            self.suspended_before[act.id] = spell
            self._close(facet, start, (act.id,), "suspended")
            self.open[facet] = Spell(
                facet, rule.becomes, start, spell.since, (act.id,), since_by=spell.origin
            )
        until = act.detail("until")
        if until:
            self._schedule(parse_day(until), "suspension", act.id)

    def suspension_lifted(self, act: Act) -> None:
        named = act.detail("suspension")
        running = [
            each.act
            for each in self.suspensions.values()
            if each.end is None and named in ("", each.act)
        ]
        if not running:
            found = f"no suspension of {self.party} is in force on {act.effective_on}"
            self._fault(act, "nothing_to_lift", found, "a suspension that has begun")
        for suspension in running:
            self._suspension_ends(suspension, act.effective_on, act.id)

    def _suspension_ends(self, act_id: str, end: PartialDate, by: str) -> None:
        suspension = self.suspensions[act_id]
        if suspension.end is not None:
            return
        self.suspensions[act_id] = replace(suspension, end=end, ended_by=by)
        before = self.suspended_before.get(act_id)
        if before and before.facet in self.open:
            self._close(before.facet, end, (by or act_id,), "lifted")
            grounds = (by,) if by else before.began_by
            self.open[before.facet] = replace(
                before, start=end, began_by=grounds, since_by=before.origin
            )

    # Mergers and successions

    def statuses_merged(self, act: Act) -> None:
        if act.parties and self.party not in act.parties:
            return
        into = act.detail("into")
        for facet, spell in list(self.open.items()):
            if spell.status in act.listed("statuses"):
                self._close(facet, act.effective_on, (act.id,), "merged")
                start = act.effective_on
                by = (act.id,) if not _empty(self.closed[-1]) else (*spell.began_by, act.id)
                self.open[facet] = Spell(facet, into, start, start, by)

    def succeeded(self, act: Act) -> None:
        mode = act.detail("mode")
        if self.party == act.detail("successor"):
            self._inherit(act, mode)
        elif self.party in act.listed("predecessors") and mode != "separation":
            if not self.open:
                found = f"{self.party} held no status when it was succeeded"
                self._fault(act, "nothing_to_end", found, "a predecessor that holds a status")
            for facet in list(self.open):
                self._close(facet, act.effective_on, (act.id,), mode)

    def _inherit(self, act: Act, mode: str) -> None:
        keeps_seniority = mode in ("continuation", "merger")
        for predecessor in act.listed("predecessors"):
            if predecessor == self.party:
                continue
            for spell in _passed_on(self.history_of(predecessor), act):
                self._take_over(act, spell, keeps_seniority)

    def _take_over(self, act: Act, inherited: Spell, keeps_seniority: bool) -> None:
        start = act.effective_on
        held = self.open.get(inherited.facet)
        if held and held.status == inherited.status:
            if keeps_seniority and inherited.since < held.since:
                senior = replace(held, since=inherited.since, since_by=inherited.origin)
                self.open[inherited.facet] = senior
            return
        if held:
            self._close(inherited.facet, start, (act.id,), "promoted")
        spell = Spell(inherited.facet, inherited.status, start, start, (act.id,))
        if keeps_seniority:
            spell = replace(spell, since=inherited.since, since_by=inherited.origin)
        self.open[inherited.facet] = spell

    # Names, representation, scope

    def renamed(self, act: Act) -> None:
        self.names.append(Change(act.effective_on, _names(act, "names"), act.id))
        if "formal_names" in act.details:
            formal = Change(act.effective_on, _names(act, "formal_names"), act.id)
            self.formal_names.append(formal)

    def representation_changed(self, act: Act) -> None:
        represented_by = _names(act, "represented_by")
        self.representatives.append(Change(act.effective_on, represented_by, act.id))

    def territory_left(self, act: Act) -> None:
        self._scope_changes(act, within=False)

    def territory_joined(self, act: Act) -> None:
        self._scope_changes(act, within=True)

    def _scope_changes(self, act: Act, *, within: bool) -> None:
        territory = act.detail("territory")
        declared = self.charter.territories.get(territory)
        before = [each.within for each in self.scope if each.territory == territory]
        covered = before[-1] if before else (declared.within if declared else not within)
        if covered == within:
            state = "covered already" if within else "not covered anyway"
            found = f"{territory} is {state} on {act.effective_on}"
            self._fault(act, "scope_unchanged", found, "a change of what the status covers")
            return
        self.scope.append(ScopeChange(territory, act.effective_on, within, act.id))

    # Checks

    def _check_authority(self, act: Act, competent: tuple[str, ...], rule: str) -> None:
        body = act.authority.body
        if body and competent and body not in competent:
            found = f"the act is by {body}, which is not competent"
            self._fault(act, "wrong_authority", found, " or ".join(competent), rule=rule)

    def _fault(
        self, act: Act, code: str, found: str, expected: str, advice: str = "", *, rule: str = ""
    ) -> None:
        self.faults.append(Fault(code, found, expected, advice, rule=rule, act=act.id))


def _stage(path: Path, stage_id: str) -> Stage | None:
    return next((each for each in path.stages if each.id == stage_id), None)


def _empty(spell: Spell) -> bool:
    """Whether a spell began and ended on the same day, so that it held on none."""
    return spell.end is not None and spell.end.first <= spell.start.first


def _passed_on(history: History, act: Act) -> tuple[Spell, ...]:
    """The spells of a predecessor that pass to the successor by ``act``."""
    if act.detail("mode") == "separation":
        day = act.effective_on.first
        return tuple(spell for spell in history.spells if spell.holds_on(day))
    return tuple(spell for spell in history.spells if act.id in spell.ended_by)


def _names(act: Act, field: str) -> Mapping[str, str]:
    value = act.details.get(field)
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}


_HANDLERS: Mapping[str, Callable[[_Fold, Act], None]] = {
    kind: getattr(_Fold, kind) for kind in RANK
}
