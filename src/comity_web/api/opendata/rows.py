"""How the rows of each table are made, cell by cell in the order of its columns.

A cell that holds names is one mapping by language here; whoever writes the row spreads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from comity.kernel.dates import PartialDate
from comity.kernel.finding import Doubt
from comity.register.records import to_record
from comity_web.api.answers.reader import Reader
from comity_web.api.opendata.columns import Row
from comity_web.register.selectors import all_leaves


def acts(reader: Reader) -> Iterator[Row]:
    """Yield every act known, as it reads, with its place in the log: one query."""
    places = all_leaves(reader.charter.id, size=reader.present.size)
    for recorded in reader.record.acts[: reader.situation.known]:
        act, leaf = reader.act(recorded.id), places[recorded.id]
        revisions = reader.revisions(recorded.id)
        yield (
            leaf.position,
            act.id,
            act.kind,
            str(act.effective_on),
            act.effective_on.first,
            act.effective_on.last,
            _when(act.decided_on),
            act.recorded_at,
            act.parties,
            act.authority.body,
            act.authority.article,
            dict(act.details),
            act.place,
            act.note,
            act.sources,
            act.confidence,
            to_record(act)["alternatives"] if act.alternatives else [],
            reader.annulled_by(revisions),
            revisions,
            leaf.hash.hex(),
        )


def parties(reader: Reader) -> Iterator[Row]:
    """Yield every party, in the order of States."""
    for code in reader.parties_in_order:
        party, situation = reader.charter.parties[code], reader.situation
        names, formal = situation.names(code), situation.names(code, formal=True)
        yield (
            code,
            party.kind,
            names.value,
            formal.value,
            party.order_names,
            party.former_codes,
            party.note,
        )


def spells(reader: Reader) -> Iterator[Row]:
    """Yield every spell of every party, in the order of States."""
    for party in reader.parties_in_order:
        for facet in reader.charter.facets:
            for each in reader.situation.history(party, facet):
                yield (
                    party,
                    facet,
                    each.status,
                    *_from_to(each.start, each.end),
                    str(each.since),
                    each.ended_as,
                    each.began_by,
                    each.ended_by,
                    reader.situation.basis,
                )


def statuses(reader: Reader) -> Iterator[Row]:
    """Yield who holds a status on the day, facet by facet, in the order of States."""
    for line in reader.roster:
        yield (
            reader.situation.on,
            reader.situation.basis,
            line.party,
            reader.charter.facet_of(line.status),
            line.status,
            str(line.since),
            line.suspended,
            line.finding.grounds,
            _doubts(line.finding.doubts),
        )


def tenures(reader: Reader) -> Iterator[Row]:
    """Yield who held each office, oldest first."""
    for office in reader.charter.offices:
        for each in reader.situation.tenures(office):
            yield (
                office,
                each.party,
                each.person,
                *_from_to(each.start, each.end),
                _listed(each.act),
                _listed(each.ended_by),
            )


def bodies(reader: Reader) -> Iterator[Row]:
    """Yield every body in the version of the day."""
    for name, versions in reader.charter.bodies.items():
        body, stage = versions.nearest(reader.situation.on), reader.situation.body(name)
        yield (
            name,
            body.names,
            body.short_names,
            stage.value,
            body.supreme,
            body.reports_to,
            body.chair,
            body.seat,
            body.article,
            stage.grounds,
        )


def grants(reader: Reader) -> Iterator[Row]:
    """Yield every grant of the rules, of whatever time."""
    for number, each in enumerate(reader.charter.grants, 1):
        yield (
            number,
            each.statuses,
            each.rights,
            each.bodies,
            each.answer,
            each.condition,
            each.article,
            each.period.start,
            each.period.end,
        )


def articles(reader: Reader) -> Iterator[Row]:
    """Yield every version of every article, oldest first."""
    for versions in reader.charter.articles.values():
        for version, each in enumerate(versions.items, 1):
            yield (
                each.id,
                each.instrument,
                version,
                each.number,
                each.period.start,
                each.period.end,
                each.title,
                each.text,
                each.confidence,
                each.sources,
            )


def instruments(reader: Reader) -> Iterator[Row]:
    """Yield every instrument."""
    for each in reader.charter.instruments.values():
        yield (
            each.id,
            each.names,
            _when(each.signed_on),
            _when(each.adopted_on),
            _when(each.in_force_on),
            each.confidence,
            each.note,
            each.sources,
        )


def sources(reader: Reader) -> Iterator[Row]:
    """Yield every source."""
    for each in reader.charter.sources.values():
        yield each.id, each.title, each.url, each.publisher, each.kind, each.read, each.accessed


def _when(when: PartialDate | None) -> str | None:
    return str(when) if when else None


def _from_to(
    start: PartialDate, end: PartialDate | None
) -> tuple[str, str | None, date, date | None]:
    """Return both dates as they are known, and the first day of each."""
    return str(start), _when(end), start.first, end.first if end else None


def _doubts(doubts: Iterable[Doubt]) -> list[dict[str, str]]:
    return [{"code": d.code, "ground": d.ground, "detail": d.detail} for d in doubts]


def _listed(act: str) -> tuple[str, ...]:
    return (act,) if act else ()
