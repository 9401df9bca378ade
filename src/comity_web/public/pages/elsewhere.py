"""What another basis of counting gives beside a number, and which parties make the difference."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext

from comity.charter.model import Count
from comity.kernel.finding import Doubt, Finding
from comity.register.disagreements import difference
from comity_web.public.pages.reader import Page, Reader


def told_elsewhere(reader: Reader, name: str, finding: Finding[int]) -> list[Page]:
    """Return each other basis that gives another number, with those who are counted there only.

    ``others`` are groups of parties, each a ``label`` with links to their status on that basis.
    """
    bases = reader.charter.bases
    found = (each for each in finding.doubts if each.ground in bases and each.detail.isdigit())
    return [_elsewhere(reader, name, each) for each in found]


def _elsewhere(reader: Reader, name: str, doubt: Doubt) -> Page:
    (said,) = reader.doubts([doubt])
    return {**said, "others": list(_others(reader, name, doubt.ground))}


def _others(reader: Reader, name: str, basis: str) -> Iterator[Page]:
    found = difference(reader.situation, name, basis)
    groups = {
        gettext("Counted there as well:"): found.there,
        gettext("Not counted there:"): found.here,
    }
    for label, parties in groups.items():
        if parties:
            links = [_party(reader.counting(basis), name, each) for each in parties]
            yield {"label": label, "parties": links}


def _party(there: Reader, name: str, party: str) -> Page:
    """Return a party as a link to its status on the other basis."""
    facet = there.in_facet(there.charter.facet_of(_first_status(there, name)))
    return {**there.party(party), "why": there.why("status", party, *facet)}


def _first_status(reader: Reader, name: str) -> str:
    counted = reader.charter.counts.get(name)
    rule: Count | None = counted.nearest(reader.question.on) if counted else None
    return rule.statuses[0] if rule else name
