"""Who counts: how many parties hold a status in a situation, and who is in a base of decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.kernel.errors import check_known
from comity.kernel.finding import Doubt, Finding, merged, unique
from comity.membership import answers
from comity.membership.history import History
from comity.register.institutions import full_statuses

if TYPE_CHECKING:
    from comity.register.situation import Situation


def count(situation: Situation, name: str) -> Finding[int]:
    """Return how many parties hold a status, or the statuses of a count, and who they are."""
    charter = situation.charter
    statuses, article = _counted(situation, name)
    lines = [line for each in statuses for line in situation.roster(each)]
    parties = {line.party for line in lines}
    grounds = [ground for line in lines for ground in line.finding.grounds]
    doubts = [doubt for line in lines for doubt in line.finding.doubts]
    doubts += _doubts_of_absence(situation, statuses, parties)
    acts = [each for each in grounds if each not in charter.articles]
    every = (*dict.fromkeys(doubts), *_elsewhere(situation, statuses))
    found = unique((article, *acts)) or _articles(situation, statuses)
    return Finding(len(parties), found, every)


def number(situation: Situation, name: str) -> int:
    """Return how many parties hold a status, or the statuses of a count, without the grounds."""
    statuses, _ = _counted(situation, name)
    facets = {situation.charter.facet_of(each) for each in statuses}
    return len(
        {
            party
            for facet in facets
            for party, spell in situation.held(facet, situation.basis).items()
            if spell.status in statuses
        }
    )


def _articles(situation: Situation, statuses: tuple[str, ...]) -> tuple[str, ...]:
    """What "none" rests on where a count has no article of its own: those of what it counts."""
    versions = (situation.charter.statuses[each] for each in statuses)
    return unique(tuple(each.nearest(situation.on).article for each in versions))


def _counted(situation: Situation, name: str) -> tuple[tuple[str, ...], str]:
    """Return the statuses that are counted, and the article that says so."""
    charter = situation.charter
    if name in charter.counts:
        rule = charter.counts[name].nearest(situation.on)
        return rule.statuses, rule.article
    check_known("status", name, {**charter.statuses, **charter.counts})
    return (name,), charter.statuses[name].nearest(situation.on).article


def _doubts_of_absence(
    situation: Situation, statuses: tuple[str, ...], counted: set[str]
) -> list[Doubt]:
    """Doubts about dates by which a party not counted might have to be."""
    return [
        doubt
        for party in situation.record.parties()
        if party not in counted
        for doubt in answers.doubts_of_absence(
            situation.folded(party), statuses=statuses, day=situation.on
        )
    ]


def _elsewhere(situation: Situation, statuses: tuple[str, ...]) -> tuple[Doubt, ...]:
    """Doubts about a number that would be another on another basis of counting."""
    numbers = {each: _number(situation, statuses, each) for each in situation.charter.bases}
    own = numbers[situation.basis]
    return tuple(Doubt("other_basis", b, str(n)) for b, n in numbers.items() if n != own)


def _number(situation: Situation, statuses: tuple[str, ...], basis: str) -> int:
    facets = {situation.charter.facet_of(each) for each in statuses}
    spells = (each for facet in facets for each in situation.held(facet, basis).values())
    return sum(each.status in statuses for each in spells)


def in_base(situation: Situation, history: History) -> Finding[bool]:
    """Return whether the party of a history counts in the base of a decision."""
    charter, day = situation.charter, situation.on
    held = answers.status_on(history, charter=charter, day=day, facet=charter.main_facet)
    suspension = answers.suspension_on(history, charter=charter, day=day)
    running = answers.running_suspensions(history, day)
    if held.value not in full_statuses(situation):
        becomes = [each for each in running if each.rule.becomes == held.value]
        if held.value is None or not becomes:
            return held.map(lambda _: False)
        return suspension.map(lambda _: becomes[0].rule.counted_in_base)
    # An act that takes less away than the rule provides leaves the party in the base.
    if any(e.rights == e.rule.loses and not e.rule.counted_in_base for e in running):
        return suspension.map(lambda _: False)
    doubts = answers.suspension_doubts(history, day)
    return Finding(True, held.grounds, merged(held.doubts, doubts))
