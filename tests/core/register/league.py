"""A small organisation for tests: every way of coming, going and being suspended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from comity.charter.load import load_inline
from comity.charter.model import Charter
from comity.kernel import documents
from comity.kernel.act import Act
from comity.register.records import from_record
from comity.register.register import OrganisationRecord, Register

PARTIES = ("AA", "BB", "CC", "DD", "EE")

CHARTER = """
charter:
  organisation: {id: league, founded_on: 1950-01-01}
  bases: {signature: {default: true}, decision: {}}
  facets: {membership: {}, command: {}}
  articles:
    art_1: {title: {en: Members}}
    art_2: {title: {en: Suspension}}
    art_3: {title: {en: Withdrawal}}
    art_4: {title: {en: Expulsion}}
    art_5: {title: {en: Observers}}
  statuses:
    member: {article: art_1}
    observer: {article: art_5, until: 2010-01-01, merged_into: partner}
    partner: {article: art_5, from: 2010-01-01}
    dormant: {article: art_2}
    commander: {facet: command, article: art_1}
  counts: {family: {statuses: [member, observer, partner], article: art_1}}
  paths:
    - status: observer
      article: art_5
      stages:
        - {id: applied, required: false}
        - {id: decided, by: [council], gives_status_on: [decision]}
        - {id: signed, gives_status_on: [signature]}
    - status: member
      article: art_1
      preceded_by: [observer]
      from: 1980-01-01
      stages:
        - {id: invited, by: [council]}
        - {id: joined, by: [council], gives_status_on: all}
  bodies:
    council:
      supreme: true
      composition: [{status: member}, {status: observer, capacity: observer}]
    committee: {life: [{stage: active, from: 1960-01-01}]}
    academy: {life: [{stage: in_formation, from: 1990-01-01}]}
  rights: {attend: {}, decide: {}, speak: {}}
  grants:
    - {statuses: [member], rights: [attend, decide, speak], bodies: all,
       answer: yes, article: art_1}
    - {statuses: [observer], rights: [attend], bodies: [council], answer: yes, article: art_5}
    - statuses: [observer]
      rights: [speak]
      bodies: [council]
      answer: conditional
      condition: {en: if invited}
      article: art_5
  suspension:
    - {statuses: [member], loses: all, counted_in_base: false, by: [council], article: art_2}
    - {statuses: [observer], becomes: dormant, article: art_2}
  withdrawal: [{statuses: [member], notice: {months: 12}, article: art_3}]
  endings:
    - {manner: expelled, statuses: [member], by: [council], article: art_4}
    - {manner: revoked, statuses: [observer], by: [council], article: art_4}
  offices:
    chair: {holder: party, rotation: {order: alphabetical, as_a_rule: true}, article: art_1}
territories:
  ISLE: {of: AA}
"""


def charter() -> Charter:
    return load_inline(documents.parse(CHARTER, "league"), extra_parties=PARTIES)


def act(kind: str, party: str | Iterable[str] = (), on: str = "2000-01-01", **more: Any) -> Act:
    """Make an act; what is no field of every act is a detail of its kind."""
    common = ("id", "recorded_at", "decided_on", "authority", "alternatives", "confidence", "note")
    parties = [party] if isinstance(party, str) else list(party)
    details = {key: value for key, value in more.items() if key not in common}
    record = {
        "id": f"{on}-{'-'.join(parties).lower() or 'all'}-{kind}",
        "organisation": "league",
        "kind": kind,
        "effective_on": on,
        "recorded_at": "2026-01-01T00:00:00Z",
        "parties": parties,
        "details": details,
        **{key: more[key] for key in common if key in more},
    }
    return from_record({key: value for key, value in record.items() if value not in ([], {})})


def league(*acts: Act) -> OrganisationRecord:
    """Return the record of the league after the acts were appended together."""
    register = Register([charter()])
    register.append(acts)
    return register.organisation("league")


def member(party: str, on: str = "1960-01-01", **more: Any) -> Act:
    return act("admitted", party, on, status="member", **more)


def in_year(year: int) -> str:
    """The moment of recording that stands for a year."""
    return f"{year}-06-01T12:00:00Z"


def recorded(*acts: Act) -> OrganisationRecord:
    """Return the record of the league after the acts were appended one by one."""
    register = Register([charter()])
    for each in acts:
        register.append([each])
    return register.organisation("league")


def correct(year: int, target: str, **changes: Any) -> Act:
    """A correction recorded in a year."""
    return act("corrected", on=f"{year}-06-01", id=f"correction-{year}", act=target,
               changes=changes, recorded_at=in_year(year))  # fmt: skip


def annul(year: int, target: str) -> Act:
    """An annulment recorded in a year."""
    name = f"annulment-{year}"
    return act("annulled", on=f"{year}-06-01", id=name, act=target, recorded_at=in_year(year))
