"""The sections of procedures as a tree, for the checks: their versions, and every step in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from comity.decision.rules import Rules
from comity.kernel.trees import Path, Sections, find


@dataclass(frozen=True, slots=True)
class Tree(Sections):
    """The sections, where their values stand, and what is known besides.

    ``rules`` is ``None`` where the decision rules themselves could not be read. ``articles`` and
    ``bodies`` are all that are defined anywhere; ``None``: any will do.
    """

    rules: Rules | None
    articles: Collection[str] | None = None
    bodies: Collection[str] | None = None
    roles: Collection[str] = ()

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
