"""What answers rest on: the right version of articles, corrections, and what is in doubt there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from comity.charter import queries
from comity.charter.model import Article, Charter
from comity.kernel.act import Act
from comity.kernel.finding import Doubt, Finding, merged, unique

if TYPE_CHECKING:
    from comity.register.situation import Situation

T = TypeVar("T")


def completed(situation: Situation, finding: Finding[T]) -> Finding[T]:
    """Name among the grounds what corrected them, and doubt articles known only in part."""
    grounds, articles = finding.grounds, situation.charter.articles
    acts = (each for each in grounds if each in situation.record)
    revisions = [each for act in acts for each in situation.revisions_of(act)]
    cited = (version(situation, each, grounds) for each in grounds if each in articles)
    doubts = [Doubt(f"{e.confidence}_confidence", e.id) for e in cited if e.confidence != "high"]
    return Finding(finding.value, unique((*grounds, *revisions)), merged(finding.doubts, doubts))


def version(situation: Situation, article: str, grounds: Iterable[str]) -> Article:
    """Return an article in the version that an answer with these grounds rests on."""
    charter, record = situation.charter, situation.record
    versions = charter.articles[article]
    if len(versions.items) == 1:
        return versions.items[0]
    acts = (situation.act(each) for each in grounds if each in record)
    days = [act.effective_on.first for act in acts if _done_under(act, article, charter)]
    return versions.nearest(min((*days, situation.on)))


def _done_under(act: Act, article: str, charter: Charter) -> bool:
    if act.authority.article or act.kind != "stage_reached":
        return act.authority.article == article
    path = queries.path_to(charter, act.detail("status"), act.effective_on.first)
    if path is None:
        return False
    stages = {each.id: each.article for each in path.stages}
    return article in (stages.get(act.detail("stage")), path.article)
