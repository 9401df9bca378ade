"""The history of a party together with those it has succeeded.

What passes by a succession depends only on what the predecessor held at that point of the legal
order. So successions are read in that order, each with the predecessor's acts up to it, and there
is no circle even where two States succeed each other by turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.membership.fold import fold, reading_order
from comity.membership.history import History

ActsOf = Callable[[str], list[Act]]


def fold_with_predecessors(party: str, acts_of: ActsOf, *, charter: Charter, basis: str) -> History:
    """Return the history of ``party``; ``acts_of`` gives the acts that concern a party."""
    own = acts_of(party)
    if "succeeded" not in [act.kind for act in own]:
        return fold(own, party=party, charter=charter, basis=basis, history_of=_no_history)
    files = {party: own}
    found = _successions(files, acts_of)
    places = _places([act for acts in files.values() for act in acts])
    successions = sorted(found, key=lambda act: reading_order(act, charter, places))
    passed: dict[tuple[str, str], History] = {}

    def history_of(predecessor: str, act: Act) -> History:
        return passed[predecessor, act.id]

    for act in successions:
        others = (p for p in act.listed("predecessors") if p != act.detail("successor"))
        for each in others:
            passed[each, act.id] = fold(
                files[each],
                party=each,
                charter=charter,
                basis=basis,
                history_of=history_of,
                until=act,
                places=places,
            )
    return fold(
        own, party=party, charter=charter, basis=basis, history_of=history_of, places=places
    )


def _no_history(predecessor: str, act: Act) -> History:
    raise AssertionError(f"{act.id} is no succession, {predecessor} no predecessor")


def _successions(files: dict[str, list[Act]], acts_of: ActsOf) -> list[Act]:
    """Return what made the party and its predecessors successors.

    The acts of every predecessor, however far back, are added to ``files``.
    """
    found: dict[str, Act] = {}
    to_read = list(files)
    for party in to_read:
        for act in files[party]:
            if act.kind == "succeeded" and act.detail("successor") == party:
                found[act.id] = act
                for each in act.listed("predecessors"):
                    if each not in files:
                        files[each] = acts_of(each)
                        to_read.append(each)
    return list(found.values())


def _places(acts: Iterable[Act]) -> dict[str, int]:
    """Return on how many successions of its own day each one rests, directly or through others.

    Successions that rest on each other do not count for each other. So a predecessor has
    what it gets that day before it passes it on, whatever the acts are called.
    """
    by_day: dict[date, dict[str, Act]] = {}
    for act in acts:
        if act.kind == "succeeded":
            by_day.setdefault(act.effective_on.first, {})[act.id] = act
    places = {}
    for same_day in by_day.values():
        before = {name: _resting_on(act, same_day) for name, act in same_day.items()}
        for name, names in before.items():
            places[name] = sum(name not in before[each] for each in names)
    return places


def _resting_on(act: Act, same_day: Mapping[str, Act]) -> set[str]:
    """The other successions of a day by which predecessors of ``act`` got what they pass on."""
    found: set[str] = set()
    to_read = [act]
    for each in to_read:
        predecessors = each.listed("predecessors")
        for other in same_day.values():
            if other.id not in found | {act.id} and other.detail("successor") in predecessors:
                found.add(other.id)
                to_read.append(other)
    return found
