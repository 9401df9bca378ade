"""The rules: every article on the day, what follows from it, and what differs from another day."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.utils.translation import gettext

from comity.charter.model import Article, Versions
from comity.charter.queries import Rule, rules_changed, rules_on
from comity.wording import names
from comity.wording.rules import rule_line
from comity_web.public.pages.reader import Page, Reader, capital
from comity_web.register.questions import read_day

AGAINST = "against"


def charter(reader: Reader, against: str) -> Page:
    """Return the rules on the day; ``against`` is another day to compare them with, or nothing.

    Raises `BadQuestion` where that is not a date.
    """
    other = read_day(AGAINST, against) if against else None
    title = gettext("Charter and rules")
    return {
        **reader.frame(title, (title, reader.address("charter")), section="charter"),
        "instruments": _instruments(reader),
        "sections": _sections(reader),
        "against": other.isoformat() if other else "",
        "against_in_words": reader.day(other),
        "differences": differences(reader, other) if other else [],
        "editions": _editions(reader),
        "digest": reader.charter.digest,
    }


def _instruments(reader: Reader) -> list[Page]:
    """Return the articles under their instruments, in the order of the charter."""
    articles = reader.charter.articles.values()
    current = [(each, each.nearest(reader.question.on)) for each in articles]
    groups = groupby(current, key=lambda pair: pair[1].instrument)
    return [
        {
            "id": instrument or "other",
            "name": reader.instrument_name(instrument) or gettext("Other provisions"),
            "articles": [_article(reader, versions, article) for versions, article in found],
        }
        for instrument, found in groups
    ]


def _article(reader: Reader, versions: Versions[Article], article: Article) -> Page:
    day = reader.question.on
    starts = [each.period.start for each in versions.items]
    return {
        "id": article.id,
        "number": article.number,
        "label": reader.article_label(article),
        "title": reader.text(article.title),
        "text": reader.text(article.text),
        "url": reader.address("articles", article.id),
        "in_force": reader.situation.rule(article.id).value,
        "to_come": all(start and start > day for start in starts),
        "from_in_words": reader.day(article.period.start),
        "until_in_words": reader.day(article.period.end),
        "versions": len(versions.items),
        "confidence": article.confidence,
    }


def _sections(reader: Reader) -> list[Page]:
    """Return what the articles provide, section by section; the articles stand above."""
    by_section: dict[str, list[Rule]] = {}
    for rule in rules_on(reader.charter, reader.question.on):
        if rule.section != "articles":
            by_section.setdefault(rule.section, []).append(rule)
    return [
        {
            "id": section,
            "name": capital(names.section_name(section, reader.language)),
            "rules": [_rule(reader, each) for each in found],
        }
        for section, found in by_section.items()
    ]


def _rule(reader: Reader, rule: Rule) -> Page:
    cited = rule.article in reader.charter.articles
    line = rule_line(rule, reader.charter, reader.question.on, reader.language)
    return {
        "id": rule.id,
        "text": "" if rule.section == "articles" else capital(line),  # its link says it all
        "about": reader.body_name(rule.id) if rule.section in ("composition", "life") else "",
        "article": reader.ground(rule.article) if cited else None,
        "from_in_words": reader.day(rule.period.start),
        "until_in_words": reader.day(rule.period.end),
    }


def differences(reader: Reader, other: date) -> list[Page]:
    """Return the rules that hold on one of the two days only, earlier day first."""
    earlier, later = sorted((other, reader.question.on))
    changes = rules_changed(reader.charter, earlier, later)
    return [
        {
            "section": capital(names.section_name(each.section, reader.language)),
            "before": _rule(reader, each.before) if each.before else None,
            "after": _rule(reader, each.after) if each.after else None,
        }
        for each in changes
    ]


def _editions(reader: Reader) -> list[Page]:
    """Return when which edition of the rules as data was recorded."""
    acts = reader.record.acts[: reader.situation.known]
    return [
        {**reader.ground(each.id), "recorded_in_words": reader.day(each.recorded_at.date())}
        for each in acts
        if each.kind == "rules_recorded"
    ]
