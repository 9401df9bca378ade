"""How a family of rules declares the kinds of act it understands.

A kind names its fields and what each may hold, so that a file or a message can be checked before
any rule sees it, and so that documentation and schema are made from one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Holds = Literal[
    "text",  # a word or sentence
    "identifier",  # a name that is the same in every language
    "names",  # text by language
    "date",  # YYYY, YYYY-MM or YYYY-MM-DD
    "day",  # YYYY-MM-DD
    "integer",
    "act",  # identifier of an act of the same organisation
    "party",
    "parties",
    "status",
    "statuses",
    "stage",  # of the path to the status named beside it
    "rights",
    "body",
    "office",
    "instrument",
    "territory",
    "mapping",  # free, for the reader
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind; ``choices`` lists the words allowed, if not all are."""

    name: str
    holds: Holds = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act: its fields, and if it is about ``one`` party, ``some``, ``any`` or ``none``.

    ``rank`` orders acts of one day: lower first.
    """

    name: str
    fields: tuple[Field, ...] = ()
    about: Literal["one", "some", "any", "none"] = "any"
    rank: int = 50
    summary: str = ""

    def field(self, name: str) -> Field | None:
        """Return the declaration of a field, or ``None``."""
        return next((each for each in self.fields if each.name == name), None)


def vocabulary(*families: Iterable[ActKind]) -> Mapping[str, ActKind]:
    """Put the kinds of several families together; a name may be declared once."""
    kinds: dict[str, ActKind] = {}
    for kind in (each for family in families for each in family):
        if kind.name in kinds:
            raise ValueError(f'the kind "{kind.name}" is declared twice')
        kinds[kind.name] = kind
    return kinds
