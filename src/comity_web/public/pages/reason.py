"""An answer with what a page needs to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from comity.kernel.finding import Finding

Link = tuple[str, str]
"""A label and an address; without an address it is only said."""

NOTHING_MORE: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """How a question is asked and answered in words, and the finding that answers it.

    ``more`` is said beneath the answer, ``among`` are those it is about, ``trail`` leads to the
    page it belongs to, which is in the room ``section``.
    """

    asks: str
    answer: str
    finding: Finding[Any]
    section: str = ""
    trail: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()
    among: tuple[Link, ...] = ()
