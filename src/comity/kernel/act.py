"""A formal act: the only thing that changes the official state of things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from comity.kernel.canonical import JSON
from comity.kernel.dates import PartialDate

Confidence = Literal["high", "medium", "low"]
NOTHING: Mapping[str, JSON] = MappingProxyType({})


def _nothing() -> Mapping[str, JSON]:
    # A factory, because Python 3.11 takes a mapping proxy for a mutable default.
    return NOTHING


@dataclass(frozen=True, slots=True)
class Authority:
    """Who acted, and under which article: identifiers of a body and an article of the charter."""

    body: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another date that some sources give for the same act."""

    effective_on: PartialDate
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the register.

    ``effective_on`` is the day of legal effect, ``recorded_at`` the instant (UTC) of entry in the
    register, ``decided_on`` the day of the decision where it is another than that of effect.
    ``kind`` and ``details`` mean what the kind's family says (see ``docs/reference/acts.md``).
    """

    id: str
    organisation: str
    kind: str
    effective_on: PartialDate
    recorded_at: datetime
    parties: tuple[str, ...] = ()
    authority: Authority = Authority()
    details: Mapping[str, JSON] = field(default_factory=_nothing)
    decided_on: PartialDate | None = None
    place: str = ""
    sources: tuple[str, ...] = ()
    confidence: Confidence = "high"
    alternatives: tuple[Alternative, ...] = ()
    note: str = ""

    def detail(self, name: str) -> str:
        """Return a detail that is text, or ``""`` where the act has none of that name."""
        value = self.details.get(name, "")
        return value if isinstance(value, str) else ""

    def listed(self, name: str) -> tuple[str, ...]:
        """Return a detail that is a list of texts; a single text counts as a list of one."""
        value = self.details.get(name, ())
        if isinstance(value, str):
            return (value,)
        return (
            tuple(each for each in value if isinstance(each, str))
            if isinstance(value, list | tuple)
            else ()
        )
