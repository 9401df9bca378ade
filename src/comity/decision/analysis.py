"""What can be known of a rule without any question: what it can never reach, what it always does.

Simple electorates show what can be reached; what they do not reach is an error only where it is
proved that nothing does (docs/reference/algorithms/deciding.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.decision.deciding import QUORUM, all_tests, outcome_of
from comity.decision.model import Condition, Rule, Test
from comity.decision.reckoning import reckon
from comity.decision.space import Branch, Space, profiles, together

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is so whatever is asked: a code, and where in the rule it stands.

    ``rule_never_met``, ``rule_always_met``, ``outcome_never_reached``, ``test_never_met``,
    ``test_always_met``.
    """

    code: str
    path: Path = ()


def analyse(rule: Rule, *, members: int | None = None) -> tuple[Remark, ...]:
    """Return what is always so under a rule, for any electorate or for one of so many members.

    Nothing is said that is not proved. A rule that an earlier decision selects has nothing to say.
    """
    if rule.chosen_by is not None:
        return ()
    found = _Found(rule, members)
    return tuple(found.remarks())


class _Found:
    """What simple electorates reach, and proofs for what they do not."""

    def __init__(self, rule: Rule, members: int | None) -> None:
        self.rule = rule
        self.members = members
        self.space = Space(rule)
        self.entries: set[int] = set()
        self.met: set[tuple[Test, bool]] = set()
        self._try(all_tests(rule))

    def _try(self, tests: list[Test]) -> None:
        wanted = len(self.rule.decide) + bool(self.rule.quorum)
        for numbers in profiles(self.space):
            if self.members and sum(numbers.values()) != self.members:
                continue
            counts = self.space.counts(numbers)
            self.entries.add(outcome_of(self.rule, counts))
            self.met.update((each, reckon(each, counts).met) for each in tests)
            if len(self.entries) == wanted and len(self.met) == 2 * len(tests):
                return

    def remarks(self) -> Iterator[Remark]:
        yield from self._tests()
        reached = {number for number in range(len(self.rule.decide)) if self._reached(number)}
        carried = {number for number in reached if self.rule.decide[number].carries}
        if not carried:
            yield Remark("rule_never_met")
        elif carried == reached and not self._reached(QUORUM):
            yield Remark("rule_always_met")
        for number in range(len(self.rule.decide)):
            if number not in reached:
                yield Remark("outcome_never_reached", ("decide", number))

    def _tests(self) -> Iterator[Remark]:
        for path, test in _placed(self.rule):
            if not self._can_be(test, True):
                yield Remark("test_never_met", path)
            elif not self._can_be(test, False):
                yield Remark("test_always_met", path)

    def _can_be(self, test: Test, wanted: bool) -> bool:
        return (test, wanted) in self.met or self._open(self.space.test(test, wanted))

    def _reached(self, number: int) -> bool:
        return number in self.entries or self._open(ways_to(self.space, number))

    def _open(self, ways: list[Branch] | None) -> bool:
        return self.space.can_hold(ways, self.members)


def ways_to(space: Space, number: int) -> list[Branch] | None:
    """Return the ways to an outcome: no earlier condition holds, its own does."""
    quorum = space.rule.quorum
    if number == QUORUM:
        return space.condition(quorum.when, False) if quorum else []
    entries = space.rule.decide
    wanted = [(quorum.when, True)] if quorum else []
    wanted += [(each.when, False) for each in entries[:number] if each.when is not None]
    last = entries[number].when
    wanted += [(last, True)] if last is not None else []
    return together(space.condition(condition, value) for condition, value in wanted)


def _placed(rule: Rule) -> Iterator[tuple[Path, Test]]:
    """Yield every test with its path in the data of the rule."""
    if rule.quorum:
        yield from _below(rule.quorum.when, ("quorum",))
    for number, entry in enumerate(rule.decide):
        if entry.when is not None:
            yield from _below(entry.when, ("decide", number, "when"))


def _below(condition: Condition, path: Path) -> Iterable[tuple[Path, Test]]:
    if isinstance(condition, Test):
        yield path, condition
    elif hasattr(condition, "condition"):
        yield from _below(condition.condition, (*path, "not"))
    else:
        key = type(condition).__name__.lower()
        for number, each in enumerate(condition.conditions):
            yield from _below(each, (*path, key, number))
