"""What a search answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from comity.kernel.dates import PartialDate
from comity_web.search.things import Kind, Role

MatchedBy = Role | Literal["former_name", "later_name", "identifier"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, the places in it that were found (``start``, ``end``), and its language if any."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()
    language: str = ""

    def parts(self) -> tuple[tuple[str, bool], ...]:
        """Return the text in parts, each with whether it was found.

        >>> Marked("Kazakhstan", ((0, 5),)).parts()
        (('Kazak', True), ('hstan', False))
        """
        cuts = [0, *(each for pair in self.ranges for each in pair), len(self.text)]
        places = enumerate(pairwise(cuts))
        return tuple(
            (self.text[start:end], bool(at % 2)) for at, (start, end) in places if start < end
        )


@dataclass(frozen=True, slots=True)
class Match:
    """What a thing was found by, where its label does not show it: a name, a code, a passage."""

    by: MatchedBy
    marked: Marked


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found.

    ``steps`` lead from the address of the organisation to where it is shown, ``part`` is the part
    of that page.
    """

    kind: Kind
    organisation: str
    id: str
    steps: tuple[str, ...]
    part: str
    label: Marked
    match: Match | None = None
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another question, and how many things it finds."""

    text: str
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, in order, with the numbers of each kind and in each organisation.

    ``total`` counts what the filters leave; ``kinds`` counts what the organisation leaves, and
    ``organisations`` what the kinds leave. ``only_near`` is true where a word was found by its
    sound alone, or by another that is a letter apart.
    """

    text: str
    hits: tuple[Hit, ...]
    total: int
    kinds: Mapping[Kind, int]
    organisations: Mapping[str, int]
    suggestions: tuple[Suggestion, ...] = ()
    only_near: bool = False
