"""The acts of an organisation: found, listed page by page, and one with its place in the log."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext_noop
from msgspec import Meta

from comity.kernel.act import Act as RecordedAct
from comity.kernel.errors import Fault, UnknownName
from comity.register.records import to_record
from comity_web.api.addresses import api_url
from comity_web.api.answers.finding_acts import page_of
from comity_web.api.answers.parts import (
    Confidence,
    Ground,
    Instant,
    OfOrganisation,
    Part,
    Said,
    When,
)
from comity_web.api.answers.reader import Reader, written
from comity_web.register.selectors import Leaf, leaves_of


class AlternativeDate(Part):
    """Another date that some sources give."""

    effective_on: When
    sources: list[str]
    note: Said | None


class ActReading(Part):
    """An act as it reads at the moment of knowledge, after corrections."""

    id: str
    kind: str
    effective_on: When
    decided_on: When | None
    recorded_at: Instant
    parties: list[str]
    body: str | None
    article: str | None
    details: Annotated[
        dict[str, Any],
        Meta(description=gettext_noop("The fields of its kind; see the reference of acts.")),
    ]
    place: Said | None
    note: Said | None
    sources: list[str]
    confidence: Confidence
    alternatives: list[AlternativeDate]
    annulled: bool
    revised_by: list[Ground]
    position: Annotated[
        int, Meta(description=gettext_noop("Its place in the log; the first has 0."))
    ]
    url: str


class Acts(OfOrganisation):
    """Acts of an organisation that were found, a page of them."""

    total: Annotated[int, Meta(description=gettext_noop("How many were found on all pages."))]
    acts: list[ActReading]


class LogEntry(Part):
    """The place of an act in the log, and the hash of its leaf."""

    position: int
    leaf_hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Act(OfOrganisation):
    """One act: as it reads, as it was recorded, and where it stands in the log."""

    act: ActReading
    recorded: Annotated[
        dict[str, Any],
        Meta(description=gettext_noop("The record in the log: its canonical JSON is the leaf.")),
    ]
    log_entry: LogEntry


def acts(reader: Reader) -> Acts:
    """Return a page of the acts that were asked for."""
    page = page_of(reader)
    names = [each.id for each in page.acts]
    leaves = leaves_of(reader.charter.id, names, size=reader.present.size)
    following = _page_after(reader, page.acts[-1].id) if page.more else None
    return Acts(
        **reader.frame("acts", page="acts", following=following),
        total=page.total,
        acts=[_reading(reader, each, leaves[each.id]) for each in page.acts],
    )


def _page_after(reader: Reader, after: str) -> str:
    return api_url("organisations", reader.charter.id, "acts") + reader.asked.other(after=after)


def act(reader: Reader, act: str) -> Act:
    """Return an act; raises `UnknownName` where it is not recorded, or was not known yet."""
    recorded = reader.record.recorded_act(act)
    leaf = leaves_of(reader.charter.id, [act], size=reader.present.size).get(act)
    if leaf is None or not reader.knows(act):
        found = f'the act "{act}" was recorded after the moment asked about'
        raise UnknownName(Fault("unknown_act", found, "a later moment of knowledge"))
    return Act(
        **reader.frame("acts", act, page="act", act=act),
        act=_reading(reader, reader.act(act), leaf),
        recorded=dict(to_record(recorded)),
        log_entry=LogEntry(position=leaf.position, leaf_hash=leaf.hash.hex()),
    )


def _reading(reader: Reader, found: RecordedAct, leaf: Leaf) -> ActReading:
    revisions = reader.revisions(found.id)
    return ActReading(
        id=found.id,
        kind=found.kind,
        effective_on=str(found.effective_on),
        decided_on=written(found.decided_on),
        recorded_at=found.recorded_at,
        parties=list(found.parties),
        body=found.authority.body or None,
        article=found.authority.article or None,
        details=dict(found.details),
        place=reader.said(found.place),
        note=reader.said(found.note),
        sources=list(found.sources),
        confidence=found.confidence,
        alternatives=_alternatives(reader, found),
        annulled=reader.annulled_by(revisions),
        revised_by=[reader.ground(each) for each in revisions],
        position=leaf.position,
        url=reader.url("acts", found.id),
    )


def _alternatives(reader: Reader, found: RecordedAct) -> list[AlternativeDate]:
    return [
        AlternativeDate(
            effective_on=str(each.effective_on),
            sources=list(each.sources),
            note=reader.said(each.note),
        )
        for each in found.alternatives
    ]
