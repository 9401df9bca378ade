"""How decision rules look on a terminal, and as data."""

from __future__ import annotations

from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.decision.model import Rule
from comity.kernel.canonical import JSON
from comity.wording.catalogue import text
from comity.wording.dates import date_text, period_text
from comity.wording.decision_names import provision_name, rule_name
from comity.wording.decisions import rule_sentences


def _in_force(book: Rulebook, only: str | None) -> list[Rule]:
    """Return the versions in force on the day, of one rule or of all."""
    if only is not None:
        return [book.rules.on(only, book.on)]
    every = (each for versions in book.rules.versions.values() for each in versions)
    return [each for each in every if book.on in each.period]


def show_rules(page: Page, book: Rulebook, *, only: str | None) -> None:
    """Print the rules in force on the day, each in words."""
    day = date_text(book.on, page.language)
    page.line(page.word("on", name=book.title(page.language), date=day), style="bold")
    for rule in _in_force(book, only):
        page.heading(f"{rule.id}: {rule_name(rule.id, book.rules, page.language)}")
        for sentence in rule_sentences(rule, book.rules, page.language):
            page.line(sentence, indent=2)
        if rule.table is not None:
            page.line(
                text(page.language, "decide.words", words=", ".join(rule.table.positions)), indent=2
            )
        for summary, _ in book.ground_lines([rule.article] if rule.article else [], page.language):
            page.line(summary, indent=2, style="dim")
        if rule.period.start or rule.period.end:
            page.line(period_text(rule.period, page.language), indent=2, style="dim")


def rules_data(book: Rulebook, language: str, *, only: str | None) -> dict[str, JSON]:
    """Return the rules in force on the day as plain data."""
    return {
        "organisation": book.id,
        "on": book.on.isoformat(),
        "language": language,
        "rules": [
            {
                "id": rule.id,
                "name": rule_name(rule.id, book.rules, language),
                "says": [*rule_sentences(rule, book.rules, language)],
                "positions": list(rule.table.positions) if rule.table else [],
                "article": rule.article or None,
                "article_name": provision_name(rule.article, book.rules, language) or None,
                "from": str(rule.period.start) if rule.period.start else None,
                "until": str(rule.period.end) if rule.period.end else None,
            }
            for rule in _in_force(book, only)
        ],
    }
