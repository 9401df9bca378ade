"""What can be found: things of the register, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "organisation",
    "party",
    "body",
    "office",
    "status",
    "right",
    "instrument",
    "article",
    "document",
    "act",
    "source",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of thing; of two found equally well, the one of the earlier kind comes first."""

Role = Literal[
    "name",
    "short_name",
    "formal_name",
    "order_name",
    "code",
    "number",
    "title",
    "text",
    "note",
]
"""What a phrase is to its thing."""
NAMES: frozenset[Role] = frozenset(get_args(Role)) - {"text", "note"}

ALWAYS = -1


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the register.

    ``id`` is its code or identifier. ``since`` is the position, among the acts of the organisation,
    of the act that it became known by; ``day`` the first day of an act, as an ordinal.
    """

    kind: Kind
    organisation: str
    id: str
    since: int = ALWAYS
    day: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name or text of a thing; ``language`` is empty where it is in none or any."""

    node: int
    role: Role
    language: str
    since: int = ALWAYS
