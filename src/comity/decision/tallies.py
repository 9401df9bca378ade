"""Tallies: how many took each position, by group and weight, where no names are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from comity.decision.counting import Counts, Sums, TallyIncomplete, Unit, add
from comity.decision.model import ALL, EVERYONE, HEADS, MEMBERS, PRESENT, FewestWith, Rule
from comity.decision.numbers import Number, not_negative
from comity.kernel.errors import DataError, Fault

_HEADS = frozenset({"", "one", "heads"})  # how a tally may call the weight of one for each
_TOTALS = ("total", "members", "everybody")
KEYS = frozenset({"group", "weight", *_TOTALS})  # of a tally; every other is a position


@dataclass(frozen=True, slots=True)
class Tally:
    """What those who took each position weigh, in one group and one weight.

    ``total`` is what all those weigh whom the tally covers, ``members`` what the whole electorate
    does; either may be left out where no test asks for it. ``everybody`` is what all members weigh,
    those outside the electorate too: the base ``members``. Left out, nobody is outside.
    """

    counts: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    group: str = ALL
    weight: str = HEADS
    total: Number | None = None
    members: Number | None = None
    everybody: Number | None = None

    @staticmethod
    def of(data: Mapping[str, object]) -> Tally:
        """Read ``{group, weight, members, total, everybody}`` and a number for each position.

        Raises `DataError` for what is no number, or less than 0.
        """
        given = {key: value for key, value in data.items() if value is not None}
        weight = str(given.pop("weight", HEADS))
        group = str(given.pop("group", ALL))
        numbers = {key: not_negative(each, f'"{key}" in a tally') for key, each in given.items()}
        totals = {key: numbers.pop(key) for key in _TOTALS if key in numbers}
        return Tally(
            numbers,
            group=group,
            weight=HEADS if weight in _HEADS else weight,
            total=totals.get("total"),
            members=totals.get("members"),
            everybody=totals.get("everybody"),
        )


def count_tallies(rule: Rule, tallies: Iterable[Tally]) -> Counts:
    """Count tallies as a rule does; raises `DataError` where they do not add up."""
    sums = {(each.group, each.weight): _sums_of(rule, each) for each in tallies}
    return Counts({**_of_the_electorate(rule, sums), **sums}, _fewest)


def _of_the_electorate(rule: Rule, sums: Mapping[Unit, Sums]) -> dict[Unit, Sums]:
    """Return the tallies of the one group that decides, as those of all who do.

    Of how many members there are besides they say nothing.
    """
    among = rule.electorate.among
    return {
        (ALL, weight): {name: each for name, each in found.items() if name != MEMBERS}
        for (group, weight), found in sums.items()
        if group == among
    }


def _fewest(fewest: FewestWith) -> int:
    found = f'tallies, which do not say what each member weighs in "{fewest.weight}"'
    raise TallyIncomplete(Fault("tally_incomplete", found, "the members and their weights"))


def _sums_of(rule: Rule, tally: Tally) -> Sums:
    table = rule.positions
    sums: Sums = {EVERYONE: 0, PRESENT: 0}
    outside: Number = 0
    for position, weighed in _complete(rule, tally):
        effect = table.effect(position)
        if effect.takes_part:
            add(sums, effect, weighed)
        else:
            outside += weighed
    members = sums[EVERYONE] + outside
    if tally.total is None and tally.members is None:
        del sums[EVERYONE]  # what is listed may not be all
    else:
        sums[MEMBERS] = members
    if tally.everybody is not None:
        _at_most(members, tally.everybody, "everybody")
        sums[MEMBERS] = tally.everybody
    return sums


def _complete(rule: Rule, tally: Tally) -> list[tuple[str, Number]]:
    """Return the positions with what they weigh, and those of whom nothing is said."""
    table = rule.positions
    found = [*tally.counts.items()]
    for total, position, name in (
        (tally.total, table.unlisted or table.silent, "total"),
        (tally.members, table.silent, "members"),
    ):
        if total is None:
            continue
        listed = sum(weighed for _, weighed in found)
        _at_most(listed, total, name)
        found.append((position, total - listed))
    return found


def _at_most(listed: Number, total: Number, name: str) -> None:
    if listed > total:
        what = f"positions of {listed} of {total} ({name}) in a tally"
        raise DataError(Fault("tally_exceeded", what, "no more than there are"))
