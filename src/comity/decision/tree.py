"""Decision rules as a tree that is checked: its sections, its tests at any depth, and places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from comity.kernel.errors import Fault
from comity.kernel.trees import Path, Sections, find


@dataclass(frozen=True, slots=True)
class Known:
    """Names defined elsewhere, in the charter that the rules are part of; ``None``: any will do."""

    articles: Collection[str] | None = None
    bodies: Collection[str] | None = None
    members: Collection[str] | None = None
    groups: Collection[str] = ()
    roles: Collection[str] = ()


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Tree(Sections):
    """The sections, where their values stand, and what is known besides."""

    known: Known


Check = Callable[[Tree], Iterator[Fault]]


def versions(tree: Tree) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every version of every rule that is a mapping, with its path."""
    for path, rule in find(tree.sections, "decision_rules.*.~"):
        if isinstance(rule, dict):
            yield path, rule


def conditions(tree: Tree) -> Iterator[tuple[Path, dict[str, Any], dict[str, Any]]]:
    """Yield every condition at any depth, with its place and its rule."""
    for path, rule in versions(tree):
        roots = [((*path, "quorum"), rule.get("quorum"))]
        roots += [((*path, *below), each) for below, each in find(rule, "decide.[].when")]
        for root, each in roots:
            for below, condition in nested(each, root):
                yield below, condition, rule


def nested(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield a condition and all that it puts together, each with its place."""
    if not isinstance(value, dict):
        return
    yield path, value
    for key in ("all", "any"):
        for number, each in enumerate(_listed(value.get(key))):
            yield from nested(each, (*path, key, number))
    yield from nested(value.get("not"), (*path, "not"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def texts(value: Any) -> list[str]:
    """Return a text as a list of one, and of a list what is text."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str)]


def leads_back(start: str, graph: Mapping[str, Collection[str]]) -> bool:
    """Whether what a name leads to, step by step, leads back to it."""
    seen, front = set[str](), set(graph.get(start, ()))
    while front - seen:
        seen |= front
        front = {each for name in front for each in graph.get(name, ())}
    return start in seen
