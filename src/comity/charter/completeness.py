"""What a published charter should have beyond being free of faults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from comity.charter.model import Charter, Names, Versions
from comity.kernel.errors import Fault

LANGUAGES = ("en", "ru", "zh")


def completeness(charter: Charter, languages: tuple[str, ...] = LANGUAGES) -> tuple[Fault, ...]:
    """Return a fault for every name that is missing in one of the languages.

    The names of a single basis or facet are shown nowhere and may be missing.
    """
    return tuple(
        Fault(
            "name_missing",
            f"{what} has no {kind} in {', '.join(missing)}",
            f"a {kind} in {', '.join(languages)}",
        )
        for what, kind, names in _names(charter)
        if (missing := [each for each in languages if each not in names])
    )


def advice(charter: Charter) -> tuple[Fault, ...]:
    """Return what is allowed but better mended: no source of an article, no article of a rule."""
    return (*_articles_without_source(charter), *_rules_without_article(charter))


def _names(charter: Charter) -> Iterator[tuple[str, str, Names]]:
    yield "the organisation", "name", charter.names
    for section, word in _SECTIONS:
        entries: Mapping[str, Any] = getattr(charter, section)
        if section in ("bases", "facets") and len(entries) == 1:
            continue
        for name, entry in entries.items():
            for each in entry.items if isinstance(entry, Versions) else (entry,):
                kind = "title" if section == "articles" else "name"
                yield _label(word, name, each), kind, each.title if kind == "title" else each.names
                if plural := getattr(each, "plural_names", None):
                    yield _label(word, name, each), "plural name", plural
    for party in charter.parties.values():
        for capital in party.capital.items if party.capital else ():
            yield _label("capital of", party.code, capital), "name", capital.names
    for path in charter.paths:
        for stage in path.stages:
            yield f'the stage "{stage.id}" to "{path.status}"', "name", stage.names
    for number, grant in enumerate(charter.grants, start=1):
        if grant.answer == "conditional":
            yield f"grant number {number}", "condition", grant.condition


_SECTIONS = (
    ("articles", "article"),
    ("bases", "basis"),
    ("facets", "facet"),
    ("statuses", "status"),
    ("counts", "count"),
    ("bodies", "body"),
    ("rights", "right"),
    ("offices", "office"),
    ("parties", "party"),
    ("territories", "territory"),
)


def _label(word: str, name: str, entry: Any) -> str:
    start = entry.period.start if hasattr(entry, "period") else None
    return f'the {word} "{name}"' + (f" from {start}" if start else "")


def _articles_without_source(charter: Charter) -> Iterator[Fault]:
    if not charter.sources:
        return
    for versions in charter.articles.values():
        for article in versions.items:
            if not article.sources:
                yield Fault(
                    "article_without_source",
                    f"{_label('article', article.id, article)} has no source",
                    "sources: what the statement rests on, entries of sources.yaml",
                )


def _rules_without_article(charter: Charter) -> Iterator[Fault]:
    for section in ("statuses", "bodies", "offices"):
        for versions in getattr(charter, section).values():
            for rule in versions.items:
                yield from _without_article(f'"{rule.id}" under {section}', rule)
    for section in ("paths", "grants", "suspension", "withdrawal", "endings"):
        for number, rule in enumerate(getattr(charter, section), start=1):
            yield from _without_article(f"number {number} under {section}", rule)


def _without_article(what: str, rule: Any) -> Iterator[Fault]:
    if not rule.article:
        yield Fault(
            "rule_without_article",
            f"{what} names no article",
            "article: an answer that rests on the rule has no ground without it",
        )
