"""The home page of an organisation: who holds which status on a day, and why."""

from __future__ import annotations

from itertools import groupby

from comity.charter.model import Count
from comity.register.situation import RosterLine
from comity_web.public import words
from comity_web.public.pages import linked
from comity_web.public.pages.elsewhere import told_elsewhere
from comity_web.public.pages.growth import small_growth
from comity_web.public.pages.news import latest, pending
from comity_web.public.pages.reader import Page, Reader


def organisation(reader: Reader) -> Page:
    """Return the home page of an organisation."""
    name = reader.text(reader.charter.names) or reader.charter.id
    groups = [group for facet in reader.charter.facets for group in _groups(reader, facet)]
    frame = reader.frame(name)
    return {
        **frame,
        "linked": [*frame["linked"], *linked.organisation(reader)],
        "note": reader.text(reader.charter.note),
        "founded_on": reader.day(reader.charter.founded_on),
        "groups": groups,
        "counts": _counts(reader),
        "suspended": _suspended(reader),
        "offices": _offices(reader),
        "disagreements": reader.address("disagreements"),
        "latest": latest(reader),
        "pending": pending(reader),
        "order": _order(reader),
        "drawing": small_growth(reader),
        "rules": {"digest": reader.charter.digest},
    }


def _groups(reader: Reader, facet: str) -> list[Page]:
    """Return the holders of each status of a facet, in the order of the charter."""
    lines = reader.situation.roster(facet=facet)
    by_status = {status: list(each) for status, each in _by_status(lines)}
    main = facet == reader.charter.main_facet
    return [
        {
            "facet": facet,
            "facet_name": "" if main else reader.text(reader.charter.facets[facet].names),
            "status": status,
            "name": reader.status_name(status),
            "heading": reader.status_heading(status, len(by_status[status])),
            "shade": reader.shade(status),
            "count": len(by_status[status]),
            "why": reader.why("count", status),
            "doubts": told_elsewhere(reader, status, reader.situation.count(status)),
            "lines": [_line(reader, each) for each in by_status[status]],
        }
        for status in reader.charter.statuses
        if status in by_status
    ]


def _by_status(lines: tuple[RosterLine, ...]) -> list[tuple[str, list[RosterLine]]]:
    ordered = sorted(
        lines, key=lambda line: line.status
    )  # a stable sort: the order of States stays
    return [(key, list(group)) for key, group in groupby(ordered, key=lambda line: line.status)]


def _line(reader: Reader, line: RosterLine) -> Page:
    facet = reader.in_facet(reader.charter.facet_of(line.status))
    return {
        **reader.party(line.party),
        "formal_name": reader.formal_name(line.party),
        "since": str(line.since),
        "since_in_words": reader.day(line.since),
        "suspended": line.suspended,
        **reader.reasons(line.finding, "status", line.party, *facet),
    }


def _counts(reader: Reader) -> list[Page]:
    """Return the counts that the charter names, where they put several statuses together."""
    versions = (each.on(reader.question.on) for each in reader.charter.counts.values())
    return [_count(reader, each) for each in versions if each and len(each.statuses) > 1]


def _count(reader: Reader, count: Count) -> Page:
    finding = reader.situation.count(count.id)
    name = reader.text(count.names) or count.id
    return {
        "id": count.id,
        "name": name,
        "heading": reader.count_heading(count.id, finding.value),
        "count": finding.value,
        "why": reader.why("count", count.id),
        "doubts": told_elsewhere(reader, count.id, finding),
    }


def _suspended(reader: Reader) -> Page:
    finding = reader.situation.all_suspended()
    return {
        "count": len(finding.value),
        "parties": [reader.party(each) for each in finding.value],
        **reader.reasons(finding, "suspended"),
    }


def _offices(reader: Reader) -> list[Page]:
    found = []
    for office in reader.charter.offices:
        finding = reader.situation.office(office)
        if finding.value is not None:
            tenure = finding.value
            found.append(
                {
                    "id": office,
                    "name": reader.office_name(office),
                    "party": reader.party(tenure.party) if tenure.party else None,
                    "person": reader.translated(tenure.person),
                    "since_in_words": reader.day(tenure.start),
                    **reader.reasons(finding, "office", office),
                }
            )
    return found


def _order(reader: Reader) -> Page:
    finding = reader.situation.order_of_states()
    return {"language": words.language(finding.value), **reader.reasons(finding, "order")}
