"""Treaties as a tree that is checked: their conditions, dates and steps, at any depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from comity.decision.tree import Tree, nested
from comity.kernel.trees import Path, find, mapping

FORMS = ("after", "on", "earliest", "latest", "cases")
UNITS = ("days", "months", "years", "first_of_month", "end_of_year", "next")

_ALWAYS_KNOWN = frozenset({"adoption", "opening"})
_OF_A_PARTY = _ALWAYS_KNOWN | {"met", "entry", "signature", "consent", "succession"}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a date stands in a treaty, and from which days it may be reckoned there.

    ``may_lack``: the key beside which no date is needed.
    """

    key: tuple[str | int, ...]
    starts: frozenset[str]
    may_lack: str = ""


# A pattern of each place where a date stands.
SPOTS = (
    Spot(("enters_into_force",), _ALWAYS_KNOWN | {"met"}),
    Spot(("enters_into_force", "lapses"), _ALWAYS_KNOWN),
    Spot(("for_parties", "[]"), _OF_A_PARTY),
    Spot(("provisional", "from"), _ALWAYS_KNOWN | {"met", "signature"}),
    Spot(("provisional", "ended_by_notice"), _ALWAYS_KNOWN | {"met", "signature", "notice"}),
    Spot(("withdrawal",), _OF_A_PARTY | {"effect", "notice"}, may_lack="with"),
    Spot(("terminates",), _ALWAYS_KNOWN | {"entry"}, may_lack="fewer_than"),
)
LOCK = Spot(("withdrawal", "not_within"), _OF_A_PARTY | {"effect"})

_STEPS = (
    "reservations.objection_within.[]", "withdrawal.survives.[]", "withdrawal.windows.after",
    "withdrawal.windows.every", "withdrawal.windows.lasts", "withdrawal.not_within",
)  # fmt: skip


def treaties(tree: Tree) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every treaty that is a mapping, with its place."""
    written = tree.entries("treaties").items()
    yield from ((("treaties", name), each) for name, each in written if isinstance(each, dict))


def conditions(tree: Tree) -> Iterator[tuple[Path, dict[str, Any], dict[str, Any]]]:
    """Yield every condition at any depth, with its place and its treaty."""
    for path, treaty in treaties(tree):
        root = mapping(treaty.get("enters_into_force")).get("when")
        for at, condition in nested(root, (*path, "enters_into_force", "when")):
            yield at, condition, treaty


def dates(tree: Tree) -> Iterator[tuple[Path, dict[str, Any], Spot, dict[str, Any]]]:
    """Yield every date at any depth, with its place, where it stands and its treaty."""
    for path, treaty in treaties(tree):
        for spot in SPOTS:
            for below, root in find(treaty, ".".join(map(str, spot.key))):
                for at, found in _below(root, (*path, *below)):
                    yield at, found, spot, treaty


def _below(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if not isinstance(value, dict):
        return
    yield path, value
    for key in ("earliest", "latest", "cases", "not_before"):
        for below, each in find(value, f"{key}.[]"):
            yield from _below(each, (*path, *below))


def steps(tree: Tree) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every step, with its place."""
    for path, found, _, _ in dates(tree):
        for below, step in find(found, "after.[]"):
            if isinstance(step, dict):
                yield (*path, *below), step
    for path, treaty in treaties(tree):
        for pattern in _STEPS:
            for below, step in find(treaty, pattern):
                if isinstance(step, dict):
                    yield (*path, *below), step


def starts(tree: Tree) -> Iterator[tuple[Path, Any, Spot, dict[str, Any]]]:
    """Yield what every date says it is reckoned from, with its place and where it stands."""
    for path, found, spot, treaty in dates(tree):
        if "since" in found:
            yield (*path, "since"), found["since"], spot, treaty
    for path, treaty in treaties(tree):
        for below, lock in find(treaty, ".".join(map(str, LOCK.key))):
            if "since" in mapping(lock):
                yield (*path, *below, "since"), lock["since"], LOCK, treaty
