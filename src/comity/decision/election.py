"""Elect: put a rule to each candidate, ballot by ballot, until one carries or no ballot is left.

Normative: docs/reference/algorithms/deciding.md, Electing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from comity.decision.deciding import Decision, decide_tallied, require_entries
from comity.decision.model import ALL, NO_QUORUM, Rule
from comity.decision.numbers import Number, exact
from comity.decision.stages import Elects
from comity.decision.tallies import KEYS, Tally
from comity.kernel.errors import DataError, Fault, UnknownName, unknown
from comity.kernel.finding import Finding

Ballot = Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Counted:
    """One ballot: what each candidate got, and what the rule made of it for each."""

    votes: Mapping[str, Number]
    decisions: Mapping[str, Finding[Decision]]

    @property
    def valid(self) -> bool:
        """Whether there was a quorum: a ballot without one is none of its stage."""
        return all(each.value.outcome != NO_QUORUM for each in self.decisions.values())

    def ranked(self) -> list[str]:
        """Return the candidates from the most votes to the fewest, in order of names if equal."""
        return sorted(self.votes, key=lambda each: (-self.votes[each], each))

    def first(self) -> tuple[str, ...]:
        """Return whoever leads of those for whom the rule carries: several, if equal."""
        carried = [each for each in self.ranked() if self.decisions[each].value.carried]
        return tuple(each for each in carried if self.votes[each] == self.votes[carried[0]])


@dataclass(frozen=True, slots=True)
class Election:
    """How an election stands after the ballots; votes that are equal elect nobody.

    ``outcome`` is that of the rule for whoever is elected, or what the stages end with; ``None``
    while a ballot is left. Of ``candidates`` at most ``places`` take part in it: more than that
    are named where some of them (``tied``) had equally many votes, and then another means than
    the ballots says who of these does.
    """

    ballots: tuple[Counted, ...]
    outcome: str | None = None
    elected: str | None = None
    candidates: tuple[str, ...] = ()
    places: int = 0

    @property
    def tied(self) -> tuple[str, ...]:
        """Those of the candidates of whom not all take part in the next ballot."""
        if len(self.candidates) <= self.places:
            return ()
        votes = self.ballots[-1].votes
        fewest = min(votes[each] for each in self.candidates)
        return tuple(each for each in self.candidates if votes[each] == fewest)


def elect(rule: Rule, ballots: Iterable[Ballot]) -> Finding[Election]:
    """Return how an election stands after ballots, each a tally or several by group and weight.

    A ballot gives each candidate a number, and each other position (an abstention) one, if there
    are any. A candidate whom a later ballot does not name has withdrawn. Raises `DataError` for a
    rule that elects nobody, a ballot after the last, and whatever a tally can be faulty in;
    `UnknownName` for whoever is no candidate any more.
    """
    require_entries(rule)
    if rule.elects is None:
        found = f'the rule "{rule.id}", which says nothing of ballots'
        raise DataError(Fault("elects_nobody", found, "a rule with the key elects"))
    course = _Course(rule, rule.elects)
    for ballot in ballots:
        course.take(ballot)
    return course.finding()


class _Course:
    """An election as it goes on; a stage that would leave out nobody is passed over."""

    def __init__(self, rule: Rule, elects: Elects) -> None:
        self.rule = rule
        self.elects = elects
        self.stages = list(elects.stages)
        self.left = self.stages.pop(0).ballots
        self.now = Election(())
        self.grounds: tuple[str, ...] = (rule.article,) if rule.article else ()

    def take(self, ballot: Ballot) -> None:
        number = len(self.now.ballots) + 1
        if self.now.outcome is not None:
            found = f"a ballot {number} after the last"
            raise DataError(Fault("election_over", found, f"at most {number - 1} ballots"))
        tallies = [ballot] if isinstance(ballot, Mapping) else [*ballot]
        counted = self._count(tallies, self._named(tallies, number))
        ballots = (*self.now.ballots, counted)
        self.grounds = tuple(self._grounds(counted))
        first = counted.first()
        if counted.valid and len(first) > 1:
            self.now = Election(ballots, candidates=first, places=1)
        elif counted.valid and first:
            outcome = counted.decisions[first[0]].value.outcome
            self.now = Election(ballots, outcome, elected=first[0])
        elif counted.valid:
            self._advance(ballots)
        else:
            names = tuple(counted.ranked())
            self.now = Election(ballots, candidates=names, places=len(names))

    def _advance(self, ballots: tuple[Counted, ...]) -> None:
        """Go to the next ballot of the stage, else to the next stage that leaves somebody out."""
        names = ballots[-1].ranked()
        self.left -= 1
        places = len(names)
        while self.left == 0 and self.stages:
            stage = self.stages.pop(0)
            if stage.candidates < len(names):
                places = stage.candidates or len(names)
                self.left = stage.ballots
        if self.left == 0:
            self.now = Election(ballots, self.elects.otherwise)
            return
        last = ballots[-1].votes[names[places - 1]]
        remaining = tuple(each for each in names if ballots[-1].votes[each] >= last)
        self.now = Election(ballots, candidates=remaining, places=places)

    def _named(self, tallies: Sequence[Mapping[str, Any]], number: int) -> list[str]:
        """Return the candidates of a ballot; raises where one of them cannot be one."""
        positions = self.rule.positions.positions
        words = [word for tally in tallies for word in tally if word not in KEYS]
        named = [*dict.fromkeys(word for word in words if word not in positions)]
        if self.elects.supporting in words or not named:
            found = f"ballot {number} without the name of a candidate"
            raise DataError(Fault("candidate_missing", found, "a number of votes by candidate"))
        allowed = self.now.candidates
        for each in named:
            if allowed and each not in allowed:
                fault = unknown("candidate", each, allowed)
                raise UnknownName(replace(fault, found=f"{fault.found} in ballot {number}"))
        if allowed and len(named) > self.now.places:
            found = f"{len(named)} candidates in ballot {number}"
            hint = "Only those with the most votes in the ballot before take part."
            fault = Fault("too_many_candidates", found, f"at most {self.now.places}", hint)
            raise DataError(fault)
        return named

    def _count(self, tallies: Sequence[Mapping[str, Any]], named: Sequence[str]) -> Counted:
        return Counted(
            votes={each: self._votes(tallies, each) for each in named},
            decisions={
                each: decide_tallied(self.rule, [self._seen_by(each, tally) for tally in tallies])
                for each in named
            },
        )

    def _votes(self, tallies: Sequence[Mapping[str, Any]], candidate: str) -> Number:
        for tally in tallies:
            read = Tally.of(tally)
            if (read.group, read.weight) == (ALL, self.elects.weight):
                return read.counts.get(candidate, 0)
        found = f'a ballot without a tally of all in "{self.elects.weight or "heads"}"'
        raise DataError(
            Fault("tally_incomplete", found, "the votes by which candidates are ranked")
        )

    def _seen_by(self, candidate: str, tally: Mapping[str, Any]) -> dict[str, Any]:
        """Return a tally as it is for one candidate: votes for others are the other position."""
        positions = self.rule.positions.positions
        kept = {key: each for key, each in tally.items() if key in KEYS or key in positions}
        others = [each for key, each in tally.items() if key not in kept and key != candidate]
        kept[self.elects.supporting] = tally.get(candidate, 0)
        kept[self.elects.other] = sum(map(exact, [kept.get(self.elects.other, 0), *others]))
        return kept

    def _grounds(self, counted: Counted) -> Iterator[str]:
        leader = counted.ranked()[0]
        yield from dict.fromkeys((*self.grounds, *counted.decisions[leader].grounds))

    def finding(self) -> Finding[Election]:
        return Finding(self.now, self.grounds)
