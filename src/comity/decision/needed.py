"""Which amounts of a rule would have been needed for another outcome of the same positions.

A test counts what it counts: only the share or number that it compares with is thought to be
another (docs/reference/algorithms/deciding.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from comity.decision.analysis import analyse
from comity.decision.counting import Counts, Held, count, heaviest, hold
from comity.decision.deciding import QUORUM, judge, require_entries
from comity.decision.flips import FlipSets, flip_sets
from comity.decision.model import NO_QUORUM, Amount, Comparator, Entry, Rule, Test, tests_of
from comity.decision.numbers import Number, plain
from comity.decision.question import Question
from comity.decision.reckoning import Reckoning, reckon
from comity.decision.tallies import Tally, count_tallies
from comity.kernel.errors import DataError, check_known

MOST = 4  # tests of which the amounts have to be others together


@dataclass(frozen=True, slots=True)
class Needed:
    """Amounts with which a test would have come out otherwise: all that are ``relation`` a limit.

    ``limit`` is a number or a share of the same base, as the rule states it (of ``fewest_with`` its
    share), and ``comes_to`` what it comes to, rounded and with ``plus`` where the rule says so.
    """

    reckoning: Reckoning
    relation: Comparator
    limit: Number
    comes_to: Number

    @property
    def test(self) -> Test:
        """The test with the limit as its amount, all else as in the rule."""
        return _with(self.reckoning.test, self.limit)


@dataclass(frozen=True, slots=True)
class NeededFor:
    """What another outcome would have needed: each set of amounts is enough, and none less is.

    Every set of at most ``most`` tests is among ``sets``, and if ``complete`` every set.
    """

    outcome: str
    sets: tuple[tuple[Needed, ...], ...]
    most: int
    complete: bool


def needed_amounts(
    rule: Rule,
    question: Question,
    positions: Mapping[str, str],
    *,
    to: str | None = None,
    most: int = MOST,
) -> tuple[NeededFor, ...]:
    """Return which amounts each other outcome of the rule, or ``to``, would have needed.

    Raises `UnknownName` for an outcome that the rule has not, and what `decide` raises.
    """
    require_entries(rule)
    held = hold(rule, question, positions)
    return _needed(rule, count(rule, held), held, to, most)


def needed_amounts_tallied(
    rule: Rule,
    tallies: Iterable[Tally | Mapping[str, object]],
    *,
    to: str | None = None,
    most: int = MOST,
) -> tuple[NeededFor, ...]:
    """Return the same for tallies.

    A test that no tally says anything of is left as it is, and what could depend on it is then not
    complete. Raises `UnknownName` for an outcome, and what `decide_tallied` raises.
    """
    require_entries(rule)
    read = [each if isinstance(each, Tally) else Tally.of(each) for each in tallies]
    return _needed(rule, count_tallies(rule, read), None, to, most)


def _needed(
    rule: Rule, counts: Counts, held: Held | None, to: str | None, most: int
) -> tuple[NeededFor, ...]:
    outcomes = [*dict.fromkeys(_outcome(rule, each) for each in _entries(rule))]
    if to is not None:
        check_known("outcome", to, outcomes)
    now = judge(rule, counts).outcome
    reckoned = _reckoned(rule, counts)
    amounts = {each: _amounts(rule, reckoned[each], counts, held) for each in reckoned}
    met = {each: found.met for each, found in reckoned.items()}
    flippable = {each for each, found in amounts.items() if found is not None}

    def needed_for(outcome: str) -> NeededFor:
        entries = [each for each in _entries(rule) if _outcome(rule, each) == outcome]
        found = flip_sets(rule, entries, met=met, flippable=flippable, most=most)
        return NeededFor(outcome, _in_order(found, amounts), found.most, found.complete)

    wanted = [each for each in outcomes if each != now] if to is None else [to]
    return tuple(map(needed_for, wanted))


def _entries(rule: Rule) -> range:
    return range(0 if rule.quorum is None else QUORUM, len(rule.decide))


def _outcome(rule: Rule, entry: int) -> str:
    return NO_QUORUM if entry == QUORUM else rule.decide[entry].outcome


def _reckoned(rule: Rule, counts: Counts) -> dict[Test, Reckoning]:
    """Return the reckoning of each test, once; those that cannot be counted are left out."""
    found: dict[Test, Reckoning] = {}
    for entry, test in _placed(rule):
        try:
            found.setdefault(test, reckon(test, counts, entry))
        except DataError:  # of tallies the judgement may not ask for it either
            continue
    return found


def _placed(rule: Rule) -> Iterator[tuple[int, Test]]:
    for entry in _entries(rule):
        when = rule.quorum.when if entry == QUORUM and rule.quorum else rule.decide[entry].when
        for test in tests_of(when) if when is not None else ():
            yield entry, test


def _in_order(
    found: FlipSets, amounts: Mapping[Test, Needed | None]
) -> tuple[tuple[Needed, ...], ...]:
    places = {test: number for number, test in enumerate(amounts)}
    sets = [sorted(each, key=places.__getitem__) for each in found.sets]
    sets.sort(key=lambda tests: (len(tests), [places[each] for each in tests]))
    return tuple(
        tuple(needed for each in tests if (needed := amounts[each]) is not None) for tests in sets
    )


# Which amounts turn one test


def _amounts(rule: Rule, reckoning: Reckoning, counts: Counts, held: Held | None) -> Needed | None:
    """Return the amounts with which a test comes out otherwise; ``None`` if no rule states one."""
    test = reckoning.test
    found = _bound_of(rule, reckoning, held)
    if found is None:
        return None
    bound, inclusive = found
    if test.from_below != reckoning.met:  # it needs an amount that is small enough
        relation: Comparator = "at_most" if inclusive else "less_than"
    else:
        relation = "more_than" if inclusive else "at_least"
    limit = plain(bound)
    if test.amount == Amount(test.amount.number, plus=test.amount.plus) and not test.weight:
        relation, limit = _in_heads(relation, limit)
    if not _can_be_stated(rule, test, _within(relation, limit)):
        return None
    comes_to = reckon(_with(test, limit), counts).required
    return Needed(reckoning, relation, limit, comes_to)


def _bound_of(rule: Rule, reckoning: Reckoning, held: Held | None) -> tuple[Number, bool] | None:
    """Return up to which amount what is required is small enough for what was counted.

    With it, whether the bound itself still is. ``None`` where the amount makes no difference.
    """
    test, base = reckoning.test, reckoning.base
    room = reckoning.counted - test.amount.plus
    strict = test.comparator in ("more_than", "at_most")
    whole = math.ceil(room) - 1 if strict else math.floor(room)  # the largest that is small enough
    if test.amount.fewest_with is not None:
        return _share_of_fewest(rule, test, whole, held)
    if base is None:
        return room, not strict
    if base == 0:
        return None
    bound: Number
    bound, inclusive = {
        None: (room, not strict),
        "up": (whole, True),
        "down": (whole + 1, False),
        "half_up": (whole + Fraction(1, 2), False),
    }[test.amount.rounded]
    return Fraction(bound) / base, inclusive


def _share_of_fewest(
    rule: Rule, test: Test, whole: int, held: Held | None
) -> tuple[Number, bool] | None:
    """Return the share that so many members, the heaviest, just have."""
    fewest = test.amount.fewest_with
    if fewest is None or held is None:
        return None
    reached, base = heaviest(rule, held, fewest)
    if base == 0 or not 0 < whole <= len(reached):
        return None
    return Fraction(reached[whole - 1]) / base, fewest.comparator == "at_least"


def _with(test: Test, number: Number) -> Test:
    """Return a test with another share or number."""
    amount = test.amount
    if amount.fewest_with is None:
        return replace(test, amount=replace(amount, number=number))
    fewest = replace(amount.fewest_with, share=number)
    return replace(test, amount=replace(amount, fewest_with=fewest))


def _in_heads(relation: Comparator, limit: Number) -> tuple[Comparator, Number]:
    """Return the same for a number of members, which is whole."""
    if relation in ("at_most", "less_than"):
        return "at_most", math.floor(limit) if relation == "at_most" else math.ceil(limit) - 1
    return "at_least", math.ceil(limit) if relation == "at_least" else math.floor(limit) + 1


def _within(relation: Comparator, limit: Number) -> Number:
    """Return an amount that stands in a relation to a limit, the limit itself where it does."""
    if relation in ("at_least", "at_most"):
        return limit
    if relation == "more_than":
        return Fraction(limit + 1) / 2 if limit < 1 else limit + 1
    return Fraction(limit) / 2 if limit > 0 else limit - 1


def _can_be_stated(rule: Rule, test: Test, number: Number) -> bool:
    """Whether a rule could say so: a test that is always met, or never, says nothing."""
    if number < 0:
        return False
    if test.amount.fewest_with is not None:
        return number <= 1
    alone = Rule(
        id=rule.id,
        table=rule.table,
        decide=(Entry("adopted", _with(test, number), carries=True), Entry("not_adopted")),
        weights=rule.weights,
    )
    return not analyse(alone)
