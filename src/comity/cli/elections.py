"""How an election stands after its ballots, on a terminal and as data."""

from __future__ import annotations

from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.election import Counted, Election
from comity.decision.model import Rule
from comity.decision.numbers import text_of
from comity.decision.reckoning import Reckoning
from comity.kernel.canonical import JSON
from comity.kernel.finding import Finding
from comity.wording.catalogue import in_series, listed, text
from comity.wording.dates import date_text
from comity.wording.decision_names import rule_name
from comity.wording.decisions import outcome_name, reckoning_sentence


def show_election(
    page: Page, book: Rulebook, rule: Rule, finding: Finding[Election], *, taken: str = ""
) -> None:
    """Print the ballots, who is elected or goes on, what was counted last, and the grounds.

    ``taken`` says which rule was taken, where that goes without an earlier decision.
    """
    election = finding.value
    name = f"{rule_name(rule.id, book.rules, page.language)} – {book.title(page.language)}"
    page.line(page.word("on", name=name, date=date_text(book.on, page.language)), style="bold")
    if taken:
        page.line(taken, indent=2)
    for number, counted in enumerate(election.ballots, 1):
        page.line(_ballot(page, book, number, counted), indent=2)
    page.heading(_outcome(page, book, election))
    if election.elected is not None:
        page.line(_say(page, "elected", candidate=election.elected), indent=2)
    if election.candidates:
        page.line(_say(page, "next", candidates=_listed(page, election.candidates)), indent=2)
    if election.tied:
        tied = _listed(page, election.tied)
        page.line(_say(page, "tied", number=election.places, tied=tied), indent=2)
    for each in _last(election):
        page.line(reckoning_sentence(each, rule, book.rules, page.language), indent=2)
    page.heading(page.word("rests_on"))
    for summary, body in book.ground_lines(finding.grounds, page.language):
        page.line(summary, indent=2)
        if body:
            page.line(body, indent=6)


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"decide.{key}", **values)


def _listed(page: Page, candidates: tuple[str, ...]) -> str:
    return listed(page.language, candidates)


def _ballot(page: Page, book: Rulebook, number: int, counted: Counted) -> str:
    votes = in_series(
        page.language, (f"{each} {text_of(counted.votes[each])}" for each in counted.ranked())
    )
    said = _say(page, "ballot", number=number, votes=votes)
    if counted.valid:
        return said
    return f"{said} ({outcome_name('no_quorum', book.rules, page.language)})"


def _outcome(page: Page, book: Rulebook, election: Election) -> str:
    if election.outcome is None:
        return _say(page, "nobody_yet")
    outcome = outcome_name(election.outcome, book.rules, page.language)
    return _say(page, "outcome", outcome=outcome)


def _last(election: Election) -> tuple[Reckoning, ...]:
    """Return what was counted in the last ballot for the candidate with the most votes."""
    counted = election.ballots[-1]
    return counted.decisions[counted.ranked()[0]].value.reckonings


def election_data(
    book: Rulebook, rule: Rule, finding: Finding[Election], language: str
) -> dict[str, JSON]:
    """Return how an election stands as plain data."""
    election = finding.value
    outcome = election.outcome
    return {
        "organisation": book.id,
        "on": book.on.isoformat(),
        "language": language,
        "rule": rule.id,
        "rule_name": rule_name(rule.id, book.rules, language),
        "outcome": outcome,
        "outcome_name": outcome_name(outcome, book.rules, language) if outcome else None,
        "elected": election.elected,
        "candidates": list(election.candidates),
        "places": election.places,
        "tied": list(election.tied),
        "ballots": [
            {
                "valid": counted.valid,
                "candidates": [
                    {
                        "candidate": each,
                        "votes": text_of(counted.votes[each]),
                        "outcome": counted.decisions[each].value.outcome,
                    }
                    for each in counted.ranked()
                ],
            }
            for counted in election.ballots
        ],
        "grounds": book.grounds(finding.grounds, language),
    }
