"""How a status begins: admission, return, and the last stage of a path."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.charter import queries
from comity.charter.model import Charter, Path, Stage
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate, parse_day
from comity.membership.history import Spell, StageReached
from comity.membership.ledger import Handlers, Ledger

_STAYING = frozenset({"promoted", "merged", "lifted"})
"""How a status ends for a party that has not left: it is there still, as something else."""


def admitted(ledger: Ledger, act: Act) -> None:
    """Begin a status on every basis."""
    begin(ledger, act, act.detail("status"))


def returned(ledger: Ledger, act: Act) -> None:
    """Begin a status again; a resumption keeps the seniority of the first spell that was left."""
    status = act.detail("status")
    facet = ledger.charter.facet_of(status)
    resumed = act.detail("treated_as") == "resumption"
    left = [
        each
        for each in ledger.closed
        if each.facet == facet
        and each.ended_as not in _STAYING
        and (each.status == status or not resumed)
    ]
    if not left:
        what = status if resumed else "a status here"
        found = f"{ledger.party} returned on {act.effective_on}, but it never left {what}"
        ledger.fault(act, "nothing_to_return_to", found, f"a party that has left {what}")
        return
    begin(ledger, act, status, continues=left[0] if resumed else None)


def stage_reached(ledger: Ledger, act: Act) -> None:
    """Reach a stage of a path, and begin its status where the stage gives it on this basis."""
    status = act.detail("status")
    path = queries.path_to(ledger.charter, status, act.effective_on.first)
    stage = _stage(path, act.detail("stage")) if path else None
    if path is None or stage is None:
        _no_such_stage(ledger, act, path)
        return
    ledger.check_authority(act, stage.by, stage.article or path.article)
    _check_stages_before(ledger, act, path, stage)
    ledger.stages.append(StageReached(status, stage.id, act.effective_on, act.id))
    if ledger.basis in stage.gives_status_on or "all" in stage.gives_status_on:
        _begin_by_path(ledger, act, path)


def term_ends(ledger: Ledger, act_id: str, day: date) -> None:
    """End what was begun for a term, if it still runs."""
    for facet, spell in list(ledger.open.items()):
        if act_id in spell.began_by:
            ledger.close(facet, PartialDate.of(day), (act_id,), "term")


HANDLERS: Handlers = {
    "admitted": admitted,
    "returned": returned,
    "stage_reached": stage_reached,
}


def precedence(act: Act, charter: Charter) -> tuple[int, ...]:
    """Return the key by which the beginnings of one day are read; the last one stands.

    A status comes after those that the path to it requires before, a stage after earlier stages;
    of statuses that no path puts in order, the one that the charter names first is read last.
    """
    status, day = act.detail("status"), act.effective_on.first
    statuses = list(charter.statuses)
    named = -statuses.index(status) if status in charter.statuses else 0
    path = queries.path_to(charter, status, day)
    stages = [each.id for each in path.stages] if path else []
    stage = act.detail("stage")
    reached = stages.index(stage) + 1 if stage in stages else 0
    return _steps_before(charter, status, day, frozenset()), named, reached


def _steps_before(charter: Charter, status: str, day: date, seen: frozenset[str]) -> int:
    """How many statuses the paths require one after another before ``status``."""
    path = queries.path_to(charter, status, day)
    before = set(path.preceded_by) - seen - {status} if path else set()
    steps = (_steps_before(charter, each, day, seen | {status}) for each in before)
    return max((1 + each for each in steps), default=0)


def begin(ledger: Ledger, act: Act, status: str, *, continues: Spell | None = None) -> None:
    """Open a spell; it ends another status of the same facet, and may continue an earlier spell."""
    facet = ledger.charter.facet_of(status)
    spell = ledger.open.get(facet)
    if spell and spell.status == status:
        found = f"{ledger.party} is {status} already, since {spell.start}"
        ledger.fault(act, "already_held", found, f"a party that is not {status}")
        return
    _check_in_force(ledger, act, status, facet)
    start = act.effective_on
    if spell:
        ledger.close(facet, start, (act.id,), "promoted")
    begun = Spell(facet, status, start, start, (act.id,))
    if continues:
        begun = replace(begun, since=continues.since, since_by=continues.origin)
    ledger.open[facet] = begun
    until = act.detail("until")
    if until:
        ledger.schedule(parse_day(until), "term", act.id)


def _check_in_force(ledger: Ledger, act: Act, status: str, facet: str) -> None:
    """An imprecise date is given the benefit of the doubt: its last day is looked at."""
    day, charter = act.effective_on.last, ledger.charter
    founded = charter.founded_on
    if founded and facet == charter.main_facet and day < founded:
        found = f"{status} from {act.effective_on}, before the organisation was founded"
        ledger.fault(act, "before_foundation", found, f"{founded} or later")
    elif charter.statuses[status].on(day) is None:
        found = f"the status {status} did not exist on {act.effective_on}"
        rule = charter.statuses[status].items[0].article
        ledger.fault(act, "status_not_in_force", found, "a day on which it exists", rule=rule)


# Paths


def _stage(path: Path, stage_id: str) -> Stage | None:
    return next((each for each in path.stages if each.id == stage_id), None)


def _begin_by_path(ledger: Ledger, act: Act, path: Path) -> None:
    spell = ledger.open.get(ledger.charter.facet_of(path.status))
    if spell and spell.status == path.status:
        return  # an earlier stage of the same path gave the status on this basis
    held = {each.status for each in ledger.open.values()}
    if path.preceded_by and held.isdisjoint(path.preceded_by):
        found = f"{ledger.party} reached {path.status} without one of the statuses before it"
        expected = f"{ledger.party} holding {' or '.join(path.preceded_by)}"
        ledger.fault(act, "status_required_before", found, expected, rule=path.article)
    begin(ledger, act, path.status)


def _no_such_stage(ledger: Ledger, act: Act, path: Path | None) -> None:
    status, stage = act.detail("status"), act.detail("stage")
    if path is None:
        found = f"no path to {status} was in force on {act.effective_on}"
        ledger.fault(act, "path_not_open", found, "a path in the charter for that day")
        return
    found = f'the path to {status} has no stage "{stage}"'
    known = ", ".join(each.id for each in path.stages)
    ledger.fault(act, "unknown_stage", found, f"one of {known}", rule=path.article)


def _check_stages_before(ledger: Ledger, act: Act, path: Path, stage: Stage) -> None:
    reached = _reached_anew(ledger, path.status)
    before = path.stages[: path.stages.index(stage)]
    missing = [each.id for each in before if each.required and each.id not in reached]
    if missing:
        found = f"{ledger.party} reached {stage.id} on the path to {path.status} too early"
        expected = f"first {', '.join(missing)}"
        ledger.fault(act, "stage_out_of_order", found, expected, rule=path.article)


def _reached_anew(ledger: Ledger, status: str) -> set[str]:
    """Return the stages reached since the status last ended: who left starts the path again."""
    ends = [each.end.first for each in ledger.closed if each.status == status and each.end]
    last_end = max(ends, default=date.min)
    return {
        each.stage for each in ledger.stages if each.status == status and each.on.first >= last_end
    }
