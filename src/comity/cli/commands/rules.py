"""``comity rules``: the rules in force on a day, or one article in full."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import click

from comity.charter.model import Article
from comity.charter.queries import Rule, rules_on
from comity.cli.context import (
    Session,
    common,
    complete_article,
    defined,
    on_option,
    organisation_argument,
)
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.register.situation import Situation, in_language
from comity.wording import names
from comity.wording.data import article_data, situation_data
from comity.wording.dates import date_text, period_text
from comity.wording.grounds import article_heading, lines_of
from comity.wording.rules import rule_line


@click.command(
    "rules",
    epilog="""\b
Examples:
  comity rules sco --on 2015-01-01 --section paths
  comity rules eu teu__art_50
""",
)
@organisation_argument
@click.argument("article", required=False, metavar="[ARTICLE]", shell_complete=complete_article)
@click.option("--section", metavar="SECTION", help="Only one section, such as grants or bodies.")
@on_option
@common
def command(
    session: Session, organisation: str, article: str | None, section: str | None, on: date
) -> int:
    """Show the rules in force on a day, or one ARTICLE in full with the rules that rest on it.

    The exit code is 1 where the article is not in force on the day.
    """
    record = session.record(organisation)
    situation = record.situation(on=on)
    if article is not None:
        defined("article", article, record.charter.articles)
        return _answer_article(session, situation, article)
    rules = rules_on(record.charter, on)
    if section is not None:
        defined("section", section, {each.section: None for each in rules})
        rules = tuple(each for each in rules if each.section == section)
    if session.as_json:
        session.emit(_data(situation, rules, session.language))
    else:
        _show(Page(session), situation, rules)
    return 0


# All rules


def _show(page: Page, situation: Situation, rules: tuple[Rule, ...]) -> None:
    charter = situation.charter
    name = names.organisation_name(charter, page.language)
    page.line(page.word("on", name=name, date=date_text(situation.on, page.language)), style="bold")
    for section in dict.fromkeys(each.section for each in rules):
        page.heading(names.section_name(section, page.language))
        columns = [page.word(each) for each in ("rule", "what", "article", "period")]
        every = [_row(page, situation, each) for each in rules if each.section == section]
        if section == "articles":
            every = [(id, what, "", period) for id, what, _, period in every]
        page.rows(columns, every)
    if charter.articles:
        page.more(f"rules {charter.id} {next(iter(charter.articles))}")


def _row(page: Page, situation: Situation, rule: Rule) -> tuple[str, str, str, str]:
    what = rule_line(rule, situation.charter, situation.on, page.language)
    return rule.id, what, rule.article, period_text(rule.period, page.language)


def _data(situation: Situation, rules: Iterable[Rule], language: str) -> dict[str, JSON]:
    return {
        **situation_data(situation, language),
        "rules": [rule_data(each, situation, language) for each in rules],
    }


def rule_data(rule: Rule, situation: Situation, language: str) -> dict[str, JSON]:
    """Return a rule as plain data."""
    return {
        "section": rule.section,
        "id": rule.id,
        "says": rule_line(rule, situation.charter, situation.on, language),
        "article": rule.article or None,
        "from": str(rule.period.start) if rule.period.start else None,
        "until": str(rule.period.end) if rule.period.end else None,
    }


# One article


def _answer_article(session: Session, situation: Situation, article: str) -> int:
    in_force = situation.charter.articles[article].on(situation.on) is not None
    resting = [
        rule
        for rule in rules_on(situation.charter, situation.on)
        if rule.article == article and rule.section != "articles"
    ]
    if session.as_json:
        session.emit(
            {
                **situation_data(situation, session.language),
                "value": in_force,
                "article": article_data(article, situation, session.language),
                "rules": [rule_data(each, situation, session.language) for each in resting],
            }
        )
    else:
        _show_article(Page(session), situation, article, resting)
    return 0 if in_force else 1


def _show_article(page: Page, situation: Situation, article: str, resting: list[Rule]) -> None:
    charter, language = situation.charter, page.language
    versions = charter.articles[article]
    found = versions.nearest(situation.on)
    page.line(article_heading(charter, found, language), style="bold")
    page.line(f"{page.word('period')}: {period_text(found.period, language)}")
    page.space()
    if not in_language(found.text, language):
        page.line(page.word("no_text"), indent=2)
    for line in lines_of([article], situation, language):
        page.details(line, indent=2)
    if resting:
        page.heading(page.word("rests_on_it"))
        for rule in resting:
            section = names.section_name(rule.section, language)
            page.line(f"{section}: {rule_line(rule, charter, situation.on, language)}", indent=2)
    _show_versions(page, [each for each in versions.items if each is not found])


def _show_versions(page: Page, others: list[Article]) -> None:
    if others:
        page.heading(page.word("versions"))
    for version in others:
        page.line(period_text(version.period, page.language), indent=2)
        page.line(in_language(version.text, page.language), indent=6)
