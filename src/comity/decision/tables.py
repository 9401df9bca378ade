"""Check periods that must not overlap, and tables of weights, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Any

from comity.decision.numbers import exact
from comity.decision.tree import Tree
from comity.kernel.dates import Period, parse_day
from comity.kernel.errors import DataError, Fault
from comity.kernel.trees import find


def faults_of_periods(tree: Tree, pattern: str, what: str) -> Iterator[Fault]:
    """Yield periods that are reversed, or share a day, among what a pattern names."""
    for path, several in find(tree.sections, pattern):
        listed = several if isinstance(several, list) else [several]
        placed = [
            (((*path, n) if isinstance(several, list) else path), period_in(each))
            for n, each in enumerate(listed)
            if isinstance(each, dict)
        ]
        for at, period in placed:
            if period.start and period.end and period.start >= period.end:
                yield tree.wrong(
                    "period_reversed", f"from {period.start} until {period.end}",
                    "an until later than from", "", *at, "until",
                )  # fmt: skip
        for (_, one), (at, other) in combinations(placed, 2):
            if one.overlaps(other):
                yield tree.wrong(
                    "versions_overlap",
                    f'two {what} of "{path[1]}" hold at once: {one} and {other}',
                    "periods that share no day",
                    "Give the older one an until: the day from which the newer one holds.",
                    *at,
                )  # fmt: skip


def period_in(rule: dict[str, Any]) -> Period:
    """Return from when until when something holds, as far as it can be read."""
    return Period(day_in(rule.get("from")), day_in(rule.get("until")))


def day_in(value: object) -> date | None:
    """Return the day that a value is, if it is one."""
    try:
        return parse_day(value) if isinstance(value, str) else None
    except DataError:
        return None


def faults_of_weights(tree: Tree) -> Iterator[Fault]:
    """Yield weights of those who are no members, and weights below nothing."""
    members = tree.known.members
    for path, value in find(tree.sections, "weights.*.tables.[].values.*"):
        if members is not None and path[-1] not in members:
            yield tree.unknown("member", str(path[-1]), members, *path)
        try:
            negative = exact(value) < 0
        except DataError:
            continue
        if negative:
            yield tree.wrong("out_of_range", f"the weight {value}", "at least 0", "", *path)
