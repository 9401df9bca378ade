"""Acceptances of an accession by those who are parties already, and objections to it."""

from __future__ import annotations

from collections.abc import Iterator

from comity.treaty.record import Act, Record
from comity.treaty.status import Refused


def acceptances(record: Record, accession: Act) -> list[Act]:
    """Return the acceptances of an accession, from its own day on."""
    accepted = record.of_kind("accepted_accession")
    return [each for each in accepted if each.of == accession.party and each.on >= accession.on]


def answers_refused(record: Record) -> Iterator[Refused]:
    """Yield the acceptances of, and objections to, an accession that is not there."""
    first: dict[str, Act] = {}
    for act in record.of_kind("consented"):
        first.setdefault(act.party, act)
    for kind in ("accepted_accession", "objected_to_accession"):
        for act in record.of_kind(kind):
            accession = first.get(act.of)
            if accession is None or act.on < accession.on:
                found = f"{act.of} on {act.on}"
                required = str(accession.on) if accession else ""
                yield Refused(act.id, "no_such_accession", found, required)
