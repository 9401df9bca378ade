"""The one reader of YAML: plain types, no duplicate keys, and a place for every value.

YAML 1.1 as most libraries read it turns ``NO`` into false, the key ``on`` into true, ``010`` into
8 and ``12:30:00`` into 45000. Here only plain integers, true/false, null and text are understood;
dates stay text and are read by `comity.kernel.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from comity.kernel.errors import DataError, Fault, Place

MAX_BYTES = 8_000_000

_Path = tuple[str | int, ...]


class _Loader(yaml.CSafeLoader):
    """A safe loader whose implicit types are reduced to integer, boolean and null."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"true|false", "tf"),
    ("tag:yaml.org,2002:int", r"0|-?[1-9][0-9]*", "-0123456789"),
    ("tag:yaml.org,2002:null", r"~|null|", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})\\Z"), list(_first))


@dataclass(frozen=True)
class Document:
    """A file's data with the place of every value; ``data`` is dict, list, str, int, bool or None."""

    file: str
    data: Any
    places: dict[_Path, Place] = field(repr=False)

    def place(self, *path: str | int) -> Place:
        """Return where the value at ``path`` stands, or its nearest ancestor that is there."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read(path: Path) -> Document:
    """Read one YAML file; raises `DataError` naming the place of the first syntax error."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DataError(
            Fault("unreadable_file", f"cannot read {path}: {error.strerror}", "a readable file")
        ) from error
    if len(raw) > MAX_BYTES:
        raise DataError(
            Fault("file_too_large", f"{path} has {len(raw)} bytes", f"at most {MAX_BYTES}")
        )
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fault = Fault(
            "not_utf8", "bytes that are not UTF-8", "a UTF-8 file", place=Place(str(path), line)
        )
        raise DataError(fault) from error
    return parse(text, str(path))


def parse(text: str, file: str = "input") -> Document:
    """Parse YAML text; ``file`` is the name that places carry."""
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise DataError(_syntax_fault(error, file)) from error
    except RecursionError as error:
        raise DataError(
            Fault("too_deep", "nesting too deep", "at most some 100 levels", place=Place(file))
        ) from error
    places: dict[_Path, Place] = {}
    data = _build(root, (), places, file, []) if root is not None else None
    return Document(file, data, places)


def _syntax_fault(error: yaml.YAMLError, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Fault(
        "malformed_yaml", f"malformed YAML: {problem}", "a well-formed YAML document", place=place
    )


def _build(
    node: yaml.Node,
    path: _Path,
    places: dict[_Path, Place],
    file: str,
    parents: Sequence[yaml.Node],
) -> Any:
    place = Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    places[path] = place
    if any(node is each for each in parents) or len(parents) > 100:
        raise DataError(Fault("too_deep", "a value that contains itself", "a tree", place=place))
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(node, path, places, file, [*parents, node])
    if isinstance(node, yaml.SequenceNode):
        below = [*parents, node]
        return [_build(each, (*path, n), places, file, below) for n, each in enumerate(node.value)]
    return _scalar(node, place)


def _build_mapping(
    node: yaml.MappingNode,
    path: _Path,
    places: dict[_Path, Place],
    file: str,
    parents: Sequence[yaml.Node],
) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = Place(file, key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, yaml.ScalarNode):
            raise DataError(
                Fault("malformed_yaml", "a key that is not text", "a plain word", place=place)
            )
        key = str(key_node.value)
        if key in result:
            raise DataError(
                Fault(
                    "duplicate_key", f'the key "{key}" stands twice', "each key once", place=place
                )
            )
        result[key] = _build(value_node, (*path, key), places, file, parents)
        places[(*path, key)] = place
    return result


def _scalar(node: yaml.Node, place: Place) -> Any:
    if node.tag == "tag:yaml.org,2002:int":
        return int(node.value)
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value == "true"
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:str":
        return node.value
    raise DataError(Fault("malformed_yaml", f'the tag "{node.tag}"', "no tags", place=place))
