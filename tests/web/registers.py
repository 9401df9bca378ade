"""Acts and registers for tests of recording, where the rules do not matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from comity.charter.load import load_inline
from comity.kernel import documents
from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import Fault
from comity.register.register import Register

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
