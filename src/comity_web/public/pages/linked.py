"""What a page is about, in the words of schema.org, for those who index it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from comity.charter.model import Article, Names

if TYPE_CHECKING:
    from comity_web.public.pages.reader import Reader

_CONTEXT = "https://schema.org"


def trail(steps: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return where a page stands in the site."""
    items = [
        {"@type": "ListItem", "position": number, "name": step["label"], "item": step["url"]}
        for number, step in enumerate(steps, 1)
    ]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def organisation(reader: Reader) -> list[dict[str, Any]]:
    """Return the organisation, and its record as data that can be fetched."""
    charter = reader.charter
    name = reader.text(charter.names) or charter.id
    home = f"/{reader.language}/{charter.id}/"
    body = {
        "@context": _CONTEXT,
        "@type": "Organization",
        "@id": f"/{charter.id}",
        "name": name,
        "alternateName": _others(charter.names, charter.short_names, but=name),
        "url": home,
    }
    if charter.founded_on:
        body["foundingDate"] = charter.founded_on.isoformat()
    files = {"acts.csv": "text/csv", "acts.jsonl": "application/jsonl"}
    dataset = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": name,
        "description": name,
        "url": home,
        "inLanguage": list(charter.names),
        "about": {"@id": f"/{charter.id}"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"/data/{charter.id}/{file}",
            }
            for file, kind in files.items()
        ],
    }
    return [body, dataset]


def article(reader: Reader, found: Article) -> dict[str, Any]:
    """Return an article of the rules."""
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Legislation",
        "name": reader.article_label(found),
        "legislationIdentifier": found.id,
        "abstract": reader.text(found.text),
        "url": f"/{reader.language}/{reader.charter.id}/articles/{found.id}/",
        "legislationPassedBy": {"@id": f"/{reader.charter.id}"},
    }
    if found.period.start:
        said["legislationDateVersion"] = found.period.start.isoformat()
    return said


def _others(*names: Names, but: str) -> list[str]:
    every = dict.fromkeys(text for each in names for text in each.values())
    return [each for each in every if each != but]
