"""The files of a charter seen as one tree, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from comity.kernel.documents import Document
from comity.kernel.errors import Place

Path = tuple[str | int, ...]

RULES = "charter"
TRANSLATIONS = "translations"
CODELISTS = ("parties", "territories", "sources", TRANSLATIONS)


@dataclass(frozen=True, slots=True)
class Part:
    """A document, or the value at ``path`` in one, that holds a part of a charter."""

    document: Document
    path: Path = ()

    @property
    def data(self) -> Any:
        """The value itself; the path must be there."""
        value = self.document.data
        for step in self.path:
            value = value[step]
        return value

    def place(self, *path: str | int) -> Place:
        """Return where a value of this part stands; without lines, as a JSON Pointer."""
        whole = (*self.path, *path)
        if self.document.places or not whole:
            return self.document.place(*whole)
        return Place(f"{self.document.file}#{_pointer(whole)}")


def _pointer(path: Path) -> str:
    return "".join("/" + str(each).replace("~", "~0").replace("/", "~1") for each in path)


@dataclass(frozen=True, slots=True)
class Parts:
    """The rules and the code lists of one charter; a code list that is left out is not there.

    ``lenient`` sections may be left out although other rules name entries of them, as in
    self-contained cases; ``extra_parties`` are parties that only acts name.
    """

    rules: Part
    codelists: Mapping[str, Part] = field(default_factory=dict)
    lenient: frozenset[str] = frozenset()
    extra_parties: frozenset[str] = frozenset()

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


def mapping(value: Any) -> dict[str, Any]:
    """Return ``value`` where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def find(tree: Any, pattern: str) -> Iterator[tuple[Path, Any]]:
    """Yield path and value of all that a pattern such as ``statuses.*.article`` names.

    ``*`` stands for every entry of a mapping, ``[]`` for every item of a list, ``~`` for every
    version of a rule, be it one mapping or a list of them. What has another shape is passed over.
    """
    return _find(tree, tuple(pattern.split(".")), ())


def _find(value: Any, steps: Path, path: Path) -> Iterator[tuple[Path, Any]]:
    if not steps:
        yield path, value
        return
    step, rest = steps[0], steps[1:]
    if step == "~" and isinstance(value, dict):
        yield from _find(value, rest, path)
        return
    for key, each in _below(value, str(step)):
        yield from _find(each, rest, (*path, key))


def _below(value: Any, step: str) -> Iterator[tuple[str | int, Any]]:
    if step in ("[]", "~"):
        if isinstance(value, list):
            yield from enumerate(value)
    elif isinstance(value, dict):
        if step == "*":
            yield from value.items()
        elif step in value:
            yield step, value[step]
