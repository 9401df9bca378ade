"""Loading a table of membership spells as a register: scale, and agreement with the table.

The table is CSV (gzip or not) with the columns ``igo``, ``state``, ``status_code`` (1 full,
2 associate, 3 observer), ``first_year_coded``, ``last_year_coded`` and ``open_at_last_coded_year``,
as derived from the Correlates of War IGO data (Pevehouse, Nordstrom, McManus, Jamison 2020). It is
for measuring only: years are years of coding, and the table has known errors.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.cli.benchmark.figures import Figure
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.errors import DataError, Fault
from comity.register.records import from_record
from comity.register.register import Register

_STATUSES = {"1": "full", "2": "associate", "3": "observer"}
_COLUMNS = {"igo", "state", "status_code", "first_year_coded", "last_year_coded"}
_RECORDED_AT = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """One row: a State held a status in an organisation from ``first`` to ``last``."""

    organisation: str
    party: str
    first: int
    last: int
    status: str
    is_open: bool


def read_spells(path: Path) -> list[Spell]:
    """Read the table; raises `DataError` where a column is missing."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        rows = csv.DictReader(file)
        missing = _COLUMNS - set(rows.fieldnames or ())
        if missing:
            found = f"{path} has no column {', '.join(sorted(missing))}"
            raise DataError(Fault("missing_column", found, ", ".join(sorted(_COLUMNS))))
        return sorted(_spell(row) for row in rows)


def _spell(row: dict[str, str]) -> Spell:
    return Spell(
        organisation=re.sub(r"[^a-z0-9]+", "_", f"o_{row['igo'].lower()}").strip("_"),
        party=re.sub(r"[^A-Z0-9]+", "", row["state"].upper()),
        first=int(row["first_year_coded"]),
        last=int(row["last_year_coded"]),
        status=_STATUSES[row["status_code"]],
        is_open=row["open_at_last_coded_year"] == "1",
    )


def measure(path: Path) -> Iterator[Figure]:
    """Record every spell with all checks, then ask for every State in every year it was coded."""
    spells = read_spells(path)
    by_organisation: dict[str, list[Spell]] = defaultdict(list)
    for spell in spells:
        by_organisation[spell.organisation].append(spell)
    start = perf_counter()
    charters = [_charter(name, rows) for name, rows in by_organisation.items()]
    register = Register(charters)
    for rows in by_organisation.values():
        register.append(list(_acts(rows)))
    yield Figure("organisations", len(charters), "")
    yield Figure("spells", len(spells), "")
    yield Figure("acts recorded with all checks", len(register), "")
    yield Figure("making charters and recording", perf_counter() - start, "s")
    start = perf_counter()
    asked, wrong = _compare(register, spells)
    yield Figure("questions asked", asked, "")
    yield Figure("answers that differ from the table", wrong, "")
    yield Figure("time for a question", (perf_counter() - start) / max(asked, 1) * 1e6, "µs")


def _charter(name: str, rows: Iterable[Spell]) -> Charter:
    statuses = ", ".join(f"{each}: {{}}" for each in _STATUSES.values())
    text = f"charter: {{organisation: {{id: {name}}}, statuses: {{{statuses}}}}}"
    return load_inline(documents.parse(text, name), extra_parties={each.party for each in rows})


def _acts(rows: list[Spell]) -> Iterator[Act]:
    """An admission for each spell, and an end where another status does not follow at once."""
    for number, spell in enumerate(rows):
        follower = rows[number + 1] if number + 1 < len(rows) else None
        yield _act(spell, "admitted", spell.first, {"status": spell.status})
        goes_on = (
            follower is not None
            and follower.party == spell.party
            and follower.first == spell.last + 1
        )
        if not spell.is_open and not goes_on:
            details = {"status": spell.status, "manner": "lapsed"}
            yield _act(spell, "status_ended", spell.last + 1, details)


def _act(spell: Spell, kind: str, year: int, details: dict[str, str]) -> Act:
    return from_record(
        {
            "id": f"{year}-{spell.party.lower()}-{kind}",
            "organisation": spell.organisation,
            "kind": kind,
            "effective_on": str(year),
            "recorded_at": _RECORDED_AT,
            "parties": [spell.party],
            "details": details,
        }
    )


def _compare(register: Register, spells: list[Spell]) -> tuple[int, int]:
    asked = wrong = 0
    for spell in spells:
        record = register.organisation(spell.organisation)
        for year in range(spell.first, spell.last + 1):
            found = record.situation(on=date(year, 12, 31)).status(spell.party)
            asked += 1
            wrong += found.value != spell.status
    return asked, wrong
