"""The files of a charter seen as one tree, with the place of every value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.kernel.errors import Place
from comity.kernel.trees import Part, mapping

RULES = "charter"
TRANSLATIONS = "translations"
DECISIONS = "decisions"
PROCEDURES = "procedures"
CODELISTS = ("parties", "territories", "sources", TRANSLATIONS)


@dataclass(frozen=True, slots=True)
class Parts:
    """The rules and the code lists of one charter; a code list that is left out is not there.

    ``lenient`` sections may be left out although other rules name entries of them, as in
    self-contained cases; ``extra_parties`` are parties that only acts name. ``decisions`` and
    ``procedures`` are the sections of decision rules and of procedures, which have formats of their
    own.
    """

    rules: Part
    codelists: Mapping[str, Part] = field(default_factory=dict)
    lenient: frozenset[str] = frozenset()
    extra_parties: frozenset[str] = frozenset()
    decisions: Part | None = None
    procedures: Part | None = None

    def tree(self) -> dict[str, Any]:
        """Return the sections of all parts in one mapping; what is no mapping is left out."""
        tree = dict(mapping(self.rules.data))
        for name in CODELISTS:
            tree.pop(name, None)
            if name in self.codelists:
                tree[name] = mapping(self.codelists[name].data).get(name)
        return tree

    def place(self, *path: str | int) -> Place:
        """Return where the value at a path of the tree stands."""
        if path and path[0] in self.codelists:
            return self.codelists[str(path[0])].place(*path)
        return self.rules.place(*path)
