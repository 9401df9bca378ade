"""Data as a tree, with the place of every value, and patterns that name values in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from comity.kernel.documents import Document
from comity.kernel.errors import Fault, Place, unknown

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A document, or the value at ``path`` in one, that is checked and built from."""

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


def mapping(value: Any) -> dict[str, Any]:
    """Return ``value`` where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a file that is checked, and faults at the places of their values."""

    part: Part
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
