"""Acts and registers for tests of recording, where the rules do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from comity.kernel.act import Act
from comity.kernel.dates import PartialDate
from comity.kernel.errors import Fault, Refusal

RECORDED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


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


@dataclass(frozen=True)
class Counting:
    """A register without rules: it counts, and refuses the kind ``forbidden``."""

    size: int = 0

    def extended(self, acts: Sequence[Act]) -> Counting:
        for each in acts:
            if each.kind == "forbidden":
                raise Refusal(Fault("forbidden", "an act of the kind forbidden", act=each.id))
        return Counting(self.size + len(acts))
