"""One synthetic organisation with all that a page can show: 100 parties, as many acts as asked.

Every party holds a status from 1960 on, so that a page about a later day has a row for each. The
same size and seed always give the same acts, and every act has its footing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from itertools import cycle
from random import Random
from typing import Any

from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.dates import format_instant
from comity.register.reading import rules_act
from comity.register.records import from_record

FIRST_DAY, LAST_DAY = date(1960, 1, 1), date(2025, 12, 31)
_CODES = [f"{one}{other}" for one in "ABCDEFGHIJ" for other in "ABCDEFGHIJ"]
_SPAN = (LAST_DAY - FIRST_DAY).days
_SHARE = 0.2  # of the acts is about the organisation itself
_RECORDED = datetime(2026, 1, 1, tzinfo=UTC)

Record = dict[str, Any]


def charter() -> Charter:
    """Return the charter of the assembly, with a hundred parties named in three languages."""
    file = resources.files("comity.cli.benchmark") / "assembly.yaml"
    parties = "".join(_party(number, code) for number, code in enumerate(_CODES, 1))
    text = f"{file.read_text('utf-8')}parties:\n{parties}"
    return load_inline(documents.parse(text, file.name))


def _party(number: int, code: str) -> str:
    names = f"{{en: Land {number:03d}, ru: Земля {number:03d}, zh: 第{number:03d}地}}"
    formal = (
        f"{{en: Republic of Land {number:03d}, ru: Республика Земля {number:03d}, "
        f"zh: 第{number:03d}地共和国}}"
    )
    return f"  {code}: {{names: {names}, formal_names: {formal}}}\n"


def acts(number: int, seed: int = 1) -> list[Act]:
    """Return ``number`` acts in the order of recording: of the parties, and of the organisation."""
    chance = Random(seed)
    of_parties, of_all = number * (1 - _SHARE), number * _SHARE
    lives = cycle(_life(code, _SPAN * len(_CODES) / of_parties, chance) for code in _CODES)
    common = _common(_SPAN / of_all, chance)
    recorded = rules_act(charter())
    found = [recorded] if recorded else []
    while len(found) < number:
        record = next(common if chance.random() < _SHARE else next(lives))
        found.append(_act(len(found), record))
    return found


def _act(place: int, record: Record) -> Act:
    instant = _RECORDED + timedelta(seconds=place)
    common = {
        "organisation": "assembly",
        "sources": ["made"],
        "recorded_at": format_instant(instant),
    }
    return from_record({**common, **record})


def _life(code: str, apart: float, chance: Random) -> Iterator[Record]:
    """The acts of one party, without end, some ``apart`` days from one another."""
    day = date(1955, 1, 1) + timedelta(days=chance.randrange(1400))

    def act(kind: str, days: float = apart, **details: Any) -> Record:
        nonlocal day
        day += timedelta(days=int(days * chance.uniform(0.5, 1.5)))
        return {
            "id": f"{day}-{code.lower()}-{kind}".replace("_", "-"),
            "kind": kind,
            "parties": [code],
            "effective_on": day.isoformat(),
            "authority": {"body": "council"},
            "details": details,
        }

    yield act("stage_reached", 1, status="observer", stage="decision")
    yield act("stage_reached", 200, status="observer", stage="memorandum_signed")
    if chance.random() < 0.8:
        yield act("admitted", status=chance.choice(["member", "member", "member", "partner"]))
    notice = act("withdrawal_notified")
    yield notice
    yield act("notice_rescinded", 100, notice=notice["id"])
    while True:
        yield act("suspended", rights=["decide"])
        yield act("suspension_lifted")
        yield act("renamed", names=_names(code, day.year))
        yield act("representation_changed", represented_by=_names(code, day.year))


def _names(code: str, year: int) -> dict[str, str]:
    return {
        "en": f"Land {code} of {year}",
        "ru": f"Земля {code} {year} года",
        "zh": f"{year}年{code}地",
    }


def _common(apart: float, chance: Random) -> Iterator[Record]:
    """The acts of the organisation itself: meetings, texts adopted, and who takes up an office."""
    day, number = FIRST_DAY, 0
    while True:
        for kind, details in (
            ("met", {"body": chance.choice(["council", "ministers", "trade"]), "ordinal": number}),
            ("adopted", {"title": {"en": f"Declaration {number}", "ru": f"Декларация {number}"}}),
            ("appointed", {"office": "secretary", "person": f"Officer {number}"}),
            ("appointed", {"office": "chair"}),
        ):
            day += timedelta(days=int(apart * chance.uniform(0.5, 1.5)))
            number += 1
            yield {
                "id": f"{day}-{kind}-{number}",
                "kind": kind,
                "parties": [chance.choice(_CODES)] if kind == "appointed" else [],
                "effective_on": day.isoformat(),
                "details": details,
            }
