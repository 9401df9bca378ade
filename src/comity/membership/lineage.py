"""The history of a party together with those it has succeeded.

What passes by a succession depends only on what the predecessor held at that point of the legal
order. So successions are read in that order, each with the predecessor's acts up to it, and there
is no circle even where two States succeed each other by turns.
"""

from __future__ import annotations

from collections.abc import Callable

from comity.charter.model import Charter
from comity.kernel.act import Act
from comity.membership.fold import fold, legal_order
from comity.membership.history import History

ActsOf = Callable[[str], list[Act]]


def fold_with_predecessors(party: str, acts_of: ActsOf, *, charter: Charter, basis: str) -> History:
    """Return the history of ``party``; ``acts_of`` gives the acts that concern a party."""
    own = acts_of(party)
    if "succeeded" not in [act.kind for act in own]:
        return fold(own, party=party, charter=charter, basis=basis, history_of=_no_history)
    files = {party: own}
    successions = _successions(files, acts_of)
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
            )
    return fold(own, party=party, charter=charter, basis=basis, history_of=history_of)


def _no_history(predecessor: str, act: Act) -> History:
    raise AssertionError(f"{act.id} is no succession, {predecessor} no predecessor")


def _successions(files: dict[str, list[Act]], acts_of: ActsOf) -> list[Act]:
    """Return what made the party and its predecessors successors, in legal order.

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
    return sorted(found.values(), key=legal_order)
