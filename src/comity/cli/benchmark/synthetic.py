"""A synthetic register: many organisations whose parties come, are suspended, leave and return.

The same size and seed always give the same acts, and every act has its footing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.act import Act
from comity.register.reading import rules_act
from comity.register.records import from_record

_FIRST_DAY = date(1950, 1, 1)
_RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
_ACTS_OF_A_PARTY = 5

_CHARTER = """
charter:
  organisation: {{id: org{number:04d}, recorded_at: 2026-01-01T00:00:00Z}}
  bases: {{memorandum: {{default: true}}, decision: {{}}}}
  articles:
    art_1: {{title: {{en: Members}}}}
    art_2: {{title: {{en: Suspension}}}}
    art_3: {{title: {{en: Withdrawal}}}}
  statuses:
    member: {{article: art_1}}
    observer: {{article: art_1}}
  counts: {{family: {{statuses: [member, observer], article: art_1}}}}
  paths:
    - status: observer
      article: art_1
      stages:
        - {{id: decision, gives_status_on: [decision]}}
        - {{id: memorandum_signed, gives_status_on: [memorandum]}}
  bodies:
    council: {{supreme: true, article: art_1, composition: [{{status: member}}]}}
  rights: {{attend: {{}}, decide: {{}}}}
  grants:
    - {{statuses: [member], rights: [attend, decide], bodies: all, answer: yes, article: art_1}}
    - {{statuses: [observer], rights: [attend], bodies: [council],
       answer: conditional, condition: {{en: on invitation}}, article: art_1}}
  suspension: [{{statuses: [member], loses: all, counted_in_base: false, article: art_2}}]
  withdrawal: [{{statuses: [member], notice: {{months: 12}}, article: art_3}}]
"""


def charter(number: int, parties: int) -> Charter:
    """Return the charter of one synthetic organisation."""
    document = documents.parse(_CHARTER.format(number=number), f"org{number:04d}")
    return load_inline(document, extra_parties=[_code(each) for each in range(parties)])


def register(acts: int, organisations: int, seed: int = 1) -> tuple[list[Charter], Iterator[Act]]:
    """Return charters, and ``acts`` acts in the order of recording."""
    each = -(-acts // organisations)
    parties = max(2, each // _ACTS_OF_A_PARTY)
    charters = [charter(number, parties) for number in range(organisations)]
    return charters, _interleaved(charters, acts, parties, seed)


def _interleaved(charters: list[Charter], acts: int, parties: int, seed: int) -> Iterator[Act]:
    """Take acts from the organisations in turn, as a shared register would hold them."""
    streams = [_acts_of(charter, parties, Random(f"{seed}/{charter.id}")) for charter in charters]
    for number in range(acts):
        yield next(streams[number % len(streams)])


def _acts_of(charter: Charter, parties: int, chance: Random) -> Iterator[Act]:
    recorded = rules_act(charter)
    if recorded:
        yield recorded
    lives = [_life(charter.id, _code(each), chance) for each in range(parties)]
    number = 0
    while True:
        record = next(lives[number % parties])
        number += 1
        instant = _RECORDED + timedelta(seconds=number)
        record |= {
            "id": f"{record['effective_on']}-{number:06d}",
            "recorded_at": instant.isoformat().replace("+00:00", "Z"),
        }
        yield from_record(record)


def _life(organisation: str, party: str, chance: Random) -> Iterator[dict[str, Any]]:
    """The acts of one party, without end: observer, member, suspensions, notices, return."""
    day = _FIRST_DAY + timedelta(days=chance.randrange(9000))

    def act(kind: str, **details: str) -> dict[str, Any]:
        nonlocal day
        day += timedelta(days=chance.randrange(20, 400))
        authority = {"body": "council", "article": "art_1"}
        return {
            "organisation": organisation,
            "kind": kind,
            "parties": [party],
            "effective_on": day.isoformat(),
            "authority": authority,
            "details": details,
            "note": "made for measuring",
        }

    if chance.random() < 0.5:
        yield act("stage_reached", status="observer", stage="decision")
        yield act("stage_reached", status="observer", stage="memorandum_signed")
    yield act("admitted", status="member")
    while True:
        if chance.random() < 0.8:
            yield act("suspended")
            yield act("suspension_lifted")
        else:
            yield act("withdrew")
            yield act("returned", status="member", treated_as="new_admission")
        if day.year > 9000:
            day = _FIRST_DAY


def _code(number: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return letters[number // 676 % 26] + letters[number // 26 % 26] + letters[number % 26]
