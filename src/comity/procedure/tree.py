"""The sections of procedures as a tree, for the checks: their versions, and every step in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from comity.decision.rules import Rules
from comity.kernel.errors import Fault, unknown
from comity.kernel.trees import Part, Path, find, mapping


@dataclass(frozen=True, slots=True)
class Tree:
    """The sections, where their values stand, and what is known besides.

    ``rules`` is ``None`` where the decision rules themselves could not be read. ``articles`` and
    ``bodies`` are all that are defined anywhere; ``None``: any will do.
    """

    part: Part
    rules: Rules | None
    articles: Collection[str] | None = None
    bodies: Collection[str] | None = None
    roles: Collection[str] = ()
    sections: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sections", mapping(self.part.data))

    def entries(self, section: str) -> dict[str, Any]:
        """Return a section, or an empty mapping."""
        return mapping(self.sections.get(section))

    def wrong(self, code: str, found: str, expected: str, advice: str, *path: str | int) -> Fault:
        """Return a fault at the place of a value."""
        return Fault(code, found, expected, advice, place=self.part.place(*path))

    def unknown(self, kind: str, name: str, known: Collection[str], *path: str | int) -> Fault:
        """Return the fault for a name that is not defined."""
        return unknown(kind, name, known, place=self.part.place(*path))

    def known_roles(self) -> set[str]:
        """Return the roles defined here, with the decision rules, or in the charter."""
        return {*self.entries("roles"), *(self.rules.roles if self.rules else ()), *self.roles}


def versions(tree: Tree) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every version of a procedure, with its place."""
    for path, procedure in find(tree.sections, "procedures.*.~"):
        if isinstance(procedure, dict):
            yield path, procedure


def steps(procedure: dict[str, Any]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every step of a procedure: of takes, deadlines, and of the answers below them."""
    for pattern in ("stages.*.takes.[]", "stages.*.deadline"):
        for path, step in find(procedure, pattern):
            yield from _below(step, path)


def _below(step: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if not isinstance(step, dict):
        return
    yield path, step
    for below, answer in find(step, "decide.outcomes.[]"):
        yield from _below(answer, (*path, *below))


def texts(value: Any) -> list[str]:
    """Return the texts that a value is or lists."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def listed(value: Any) -> list[Any]:
    """Return a list, or an empty one."""
    return value if isinstance(value, list) else []
