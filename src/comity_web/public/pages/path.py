"""One party's path, for its page: spells, stages on the way, and what is still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.membership.history import History, Spell
from comity_web.drawing.path import Lane, Pending, Step, path
from comity_web.drawing.plate import Caption, Plate
from comity_web.public.pages.drawn import (
    Statuses,
    as_markup,
    day_label,
    days_of,
    scale,
    slots,
)
from comity_web.public.pages.reader import Page, Reader, capital

_ID = "path"


@dataclass(frozen=True, slots=True)
class _Lane:
    """A facet in which the party holds or held something."""

    facet: str
    statuses: Statuses
    spells: tuple[Spell, ...]


def party_path(reader: Reader, code: str) -> Page:
    """Return the drawing of a party's path and the list that its numbers lead to.

    ``plates`` is empty for a party that never held or sought a status.
    """
    history = reader.situation.folded(code)
    lanes = _lanes(reader, history)
    steps = [_step(reader, number, act) for number, act in enumerate(_acts(history), 1)]
    drawn = bool(steps or any(each.spells for each in lanes))
    return {
        "plates": as_markup([_plate(reader, history, lanes, steps)] if drawn else []),
        "key": [
            item
            for lane in lanes
            for item in lane.statuses.key(_ID, (each.status for each in lane.spells))
        ],
        "suspended": bool(slots(reader, history.suspensions)),
        "steps": steps,
    }


def _lanes(reader: Reader, history: History) -> list[_Lane]:
    """Return the main facet, and the others in which there is anything."""
    main = reader.charter.main_facet
    found = [
        _Lane(facet, Statuses(reader, facet), history.in_facet(facet))
        for facet in reader.charter.facets
    ]
    return [each for each in found if each.spells or each.facet == main]


def _acts(history: History) -> list[Act]:
    """Return the acts on the way to statuses and out of them, oldest first."""
    stages = [each.act for each in history.stages]
    notices = [revision.act for notice in history.notices for revision in notice.revisions]
    acts = {each: history.acts[each] for each in (*stages, *notices)}
    return sorted(acts.values(), key=lambda act: (act.effective_on, act.id))


def _step(reader: Reader, number: int, act: Act) -> Page:
    return {
        **reader.ground(act.id),
        "number": number,
        "label": reader.act_label(act),
        "on": str(act.effective_on),
        "on_in_words": reader.day(act.effective_on),
        "to_come": act.effective_on.first > reader.question.on,
    }


def _plate(reader: Reader, history: History, lanes: list[_Lane], steps: list[Page]) -> Plate:
    return path(
        [_drawn_lane(reader, history, each) for each in lanes],
        [_drawn_step(history, each) for each in steps],
        caption=_caption(reader, history, lanes),
        scale=scale(reader, _days(history)),
        day=reader.question.on,
        day_label=day_label(reader),
        pending=_pending(reader, history),
    )


def _drawn_lane(reader: Reader, history: History, lane: _Lane) -> Lane:
    main = lane.facet == reader.charter.main_facet
    name = capital(reader.text(reader.charter.facets[lane.facet].names) or lane.facet)
    suspensions = slots(reader, history.suspensions) if main else ()
    return Lane(
        name, tuple(lane.statuses.bar(each, named=True) for each in lane.spells), suspensions
    )


def _drawn_step(history: History, step: Page) -> Step:
    day = history.acts[step["id"]].effective_on.first
    label = gettext("%(number)s. %(day)s – %(label)s") % {
        "number": step["number"],
        "day": step["on_in_words"],
        "label": step["label"],
    }
    return Step(step["number"], day, step["url"], label)


def _caption(reader: Reader, history: History, lanes: list[_Lane]) -> Caption:
    name = reader.party_name(history.party)
    title = gettext("The path of %(party)s") % {"party": name}
    held = [lane.statuses.bar(each).label for lane in lanes for each in lane.spells]
    suspended = [each.label for each in slots(reader, history.suspensions)]
    return Caption(_ID, title, reader.in_series([*held, *suspended]))


def _days(history: History) -> list[date]:
    effects = [r.effect for each in history.notices for r in each.revisions if r.effect]
    reached = [each.on.first for each in history.stages]
    return [*days_of(history.spells), *reached, *effects]


def _pending(reader: Reader, history: History) -> Pending | None:
    """Return the departure that is announced as it stands on the day, if there is one."""
    effect = reader.situation.pending_departure(history.party).value
    standing = [each for each in history.notices if each.pending_on(reader.question.on)]
    if effect is None or not standing:
        return None
    text = gettext("Notice of withdrawal has been given; it takes effect on %(day)s.")
    announced = standing[-1].revisions[0].known_from
    return Pending(announced, effect, text % {"day": reader.day(effect)})
