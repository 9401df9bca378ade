"""The ledger of one fold: what stands open and what is closed while the acts are read.

The modules of handlers (`beginnings`, `endings`, `departures`, `suspensions`, `successions`,
`particulars`) write in it, each what it is named for; `fold` opens it and draws the history from
it. A handler whose act has no footing notes a fault and leaves the rest as it was.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import Fault
from comity.membership.history import (
    Change,
    History,
    NoticeGiven,
    ScopeChange,
    Spell,
    StageReached,
    Suspension,
    Turn,
)

Lookup = Callable[[str, Act], History]


@dataclass(slots=True)
class Ledger:
    """The state of one fold: one party, one basis, its acts in legal order.

    ``open`` holds the running spell of each facet; ``suspended_before`` the spell that each
    suspension interrupts where the party becomes something else by it; ``inherited`` the acts of
    predecessors on which a suspension rests; ``due`` what takes effect on a later day without a
    further act, as (day, what, act).
    """

    party: str
    charter: Charter
    basis: str
    acts: list[Act]
    history_of: Lookup
    open: dict[str, Spell] = field(default_factory=dict)
    closed: list[Spell] = field(default_factory=list)
    suspensions: dict[str, Suspension] = field(default_factory=dict)
    suspended_before: dict[str, Spell] = field(default_factory=dict)
    inherited: dict[str, Act] = field(default_factory=dict)
    notices: dict[str, NoticeGiven] = field(default_factory=dict)
    stages: list[StageReached] = field(default_factory=list)
    names: list[Change] = field(default_factory=list)
    formal_names: list[Change] = field(default_factory=list)
    representatives: list[Change] = field(default_factory=list)
    scope: list[ScopeChange] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    due: list[tuple[date, str, str]] = field(default_factory=list)

    def named_spell(self, act: Act) -> tuple[str, Spell | None]:
        """Return the facet an act is about, and the running spell there if the act means it."""
        status = act.detail("status")
        facet = self.charter.facet_of(status) if status else self.charter.main_facet
        spell = self.open.get(facet)
        return facet, spell if spell and status in ("", spell.status) else None

    def interrupted_spell(self, facet: str) -> tuple[Suspension, Spell] | None:
        """Return the running suspension that interrupts a spell of the facet, and that spell."""
        for act_id, spell in self.suspended_before.items():
            suspension = self.suspensions[act_id]
            if spell.facet == facet and suspension.end is None:
                return suspension, spell
        return None

    def close(self, facet: str, end: PartialDate, by: tuple[str, ...], manner: str) -> None:
        """End the running spell of a facet, and with it its notices and suspensions.

        A party suspended out of its status keeps both: it is still there, as something else. So
        does one whose status is merged into another; but what it had become by a suspension is
        then no more.
        """
        spell = self.open.pop(facet)
        self.closed.append(replace(spell, end=end, ended_by=by, ended_as=manner))
        if manner == "suspended":
            return
        self._end_suspensions(spell.status, end, by[0], merged=manner == "merged")
        if manner != "merged":
            self._close_notices(spell.status, end.first)

    def _close_notices(self, status: str, day: date) -> None:
        for act_id, notice in self.notices.items():
            if notice.status == status and notice.closed_on is None:
                self.notices[act_id] = replace(notice, closed_on=day)

    def _end_suspensions(self, status: str, end: PartialDate, by: str, *, merged: bool) -> None:
        for act_id, suspension in self.suspensions.items():
            of_spell = status == suspension.rule.becomes or (
                status == suspension.status and not merged
            )
            if of_spell and suspension.end is None:
                self.suspensions[act_id] = replace(suspension, end=end, ended_by=by)

    def schedule(self, day: date, what: str, act: str) -> None:
        """Let something take effect on a day: a ``notice``, a ``suspension`` or a ``term``."""
        heapq.heappush(self.due, (day, what, act))

    def check_authority(self, act: Act, competent: tuple[str, ...], rule: str) -> None:
        """Note a fault where the act is by a body that the rule does not name."""
        body = act.authority.body
        if body and competent and body not in competent:
            found = f"the act is by {body}, which is not competent"
            self.fault(act, "wrong_authority", found, " or ".join(competent), rule=rule)

    def fault(
        self, act: Act, code: str, found: str, expected: str, advice: str = "", *, rule: str = ""
    ) -> None:
        """Note that an act has no footing."""
        self.faults.append(Fault(code, found, expected, advice, rule=rule, act=act.id))

    def history(self, *, passing: bool = False) -> History:
        """Return what the ledger says; spells that held on no day are left out.

        Those count only for what is ``passing`` on: a seat got and handed on within one day.
        """
        every = (*self.closed, *self.open.values())
        spells = [each for each in every if passing or not is_empty(each)]
        acts = {**self.inherited, **{act.id: act for act in self.acts}}
        dated: list[Spell | Suspension] = [*spells, *self.suspensions.values()]
        return History(
            party=self.party,
            acts=acts,
            spells=tuple(sorted(spells, key=lambda each: (each.start.first, each.facet))),
            suspensions=tuple(self.suspensions.values()),
            notices=tuple(self.notices.values()),
            stages=tuple(self.stages),
            names=tuple(self.names),
            formal_names=tuple(self.formal_names),
            representatives=tuple(self.representatives),
            scope=tuple(self.scope),
            faults=tuple(self.faults),
            interrupted=dict(self.suspended_before),
            all_sure=all(_is_sure(turn, acts) for each in dated for turn in each.turns),
        )


def _is_sure(turn: Turn, acts: Mapping[str, Act]) -> bool:
    when, act = turn
    return when.exact and not (act in acts and acts[act].alternatives)


Handler = Callable[[Ledger, Act], None]
Handlers = Mapping[str, Handler]


def is_empty(spell: Spell) -> bool:
    """Return whether a spell began and ended on the same day, so that it held on none."""
    return spell.end is not None and spell.end.first <= spell.start.first
