"""Acts and registers for tests of recording, where the rules do not matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from comity.charter.load import load_inline
from comity.cli.benchmark import synthetic
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import Fault
from comity.register.records import from_record
from comity.register.register import Register
from comity_web.register.editions import keep
from comity_web.register.head import Head
from comity_web.register.selectors import present
from comity_web.register.services import append

RECORDED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_LEAGUE = "charter: {organisation: {id: league}, statuses: {member: {}}}"


def act(name: str, kind: str = "noted", **fields: object) -> Act:
    return Act(
        id=name,
        organisation="league",
        kind=kind,
        effective_on=PartialDate.parse("2026-01-01"),
        recorded_at=RECORDED,
        parties=("AA",),
        details={"topic": "practice", "text": {"en": f"remark {name}", "ru": "заметка"}},
        sources=("recollection",),
        **fields,  # type: ignore[arg-type]
    )


def league(parties: Iterable[str]) -> Register:
    """Return the register of an organisation with one status and the rules of the core."""
    charter = load_inline(documents.parse(_LEAGUE), extra_parties=list(parties))
    return Register([charter])


def said_later(name: str, kind: str, **details: Any) -> Act:
    """Return an act of the shipped organisation that is recorded after all that is shipped."""
    return from_record(
        {
            "id": name,
            "organisation": "sco",
            "kind": kind,
            "effective_on": "2026-12-01",
            "recorded_at": "2026-12-01T00:00:00Z",
            "details": details,
        }
    )


def membership(kind: str, party: str, name: str) -> Act:
    day = "2000-01-01" if kind == "admitted" else "2010-01-01"
    return Act(
        id=f"{party.lower()}-{name}",
        organisation="league",
        kind=kind,
        effective_on=PartialDate.parse(day),
        recorded_at=RECORDED,
        parties=(party,),
        details={"status": "member"},
    )


class Counting:
    """A register without rules: it counts, and refuses the kind ``forbidden``."""

    def __init__(self) -> None:
        self.size = 0

    def faults(self, acts: Sequence[Act]) -> tuple[Fault, ...]:
        forbidden = [act for act in acts if act.kind == "forbidden"]
        return tuple(Fault("nothing_to_lift", "forbidden", act=act.id) for act in forbidden)

    def load(self, acts: Iterable[Act]) -> None:
        self.size += len(list(acts))


class Growing:
    """The register of some synthetic organisations, recorded in this instance step by step.

    Every act has its footing, so what is exported of it verifies, at any size.
    """

    def __init__(self, most: int, *, organisations: int = 3) -> None:
        self._charters, self._acts = synthetic.register(most, organisations, seed=11)
        self._head = Head(lambda: Register(self._charters))
        self.size = 0
        for charter in self._charters:
            keep(charter)

    def to(self, size: int) -> None:
        """Record further acts, in one batch, until there are ``size``."""
        acts = list(islice(self._acts, size - self.size))
        named = {"acting_user": "tests", "acting_for": "tests", "as_recorded": True}
        if acts:
            append(acts, head=self._head, **named)
        self.size = size


def acts_of(organisation: str) -> list[Act]:
    """Return the acts that are in the database of the test, whatever another test recorded."""
    now = present()
    return now.register.organisation(organisation).acts[: now.acts(organisation)]
