"""The one reader of YAML: plain types, no duplicate keys, and a place for every value.

YAML 1.1 as most libraries read it turns ``NO`` into false, the key ``on`` into true, ``010`` into
8 and ``12:30:00`` into 45000. Here only plain integers, true/false, null and text are understood;
dates stay text and are read by `comity.kernel.dates`. Tags, anchors and aliases are refused: a
reader of the file should see each value where it stands, and a few nested aliases can stand for
more values than any memory holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from comity.kernel.canonical import MAX_INTEGER
from comity.kernel.errors import DataError, Fault, Place

MAX_BYTES = 8_000_000
MAX_DEPTH = 100

_INTEGER = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

_Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A file's data with the place of every value.

    ``data`` is a dict, list, text, integer, boolean or None.
    """

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
    return parse_bytes(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Read the bytes of a file that is not too large; raises `DataError`."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DataError(
            Fault("unreadable_file", f"cannot read {path}: {error.strerror}", "a readable file")
        ) from error
    if len(raw) > MAX_BYTES:
        found = f"{path} has more than {MAX_BYTES} bytes"
        raise DataError(Fault("file_too_large", found, f"at most {MAX_BYTES}"))
    return raw


def parse_bytes(raw: bytes, file: str) -> Document:
    """Parse the bytes of a file; ``file`` is the name that places carry."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(_not_utf8(file, raw[: error.start].count(b"\n") + 1)) from error
    return parse(text, file)


def parse(text: str, file: str = "input") -> Document:
    """Parse YAML text; ``file`` is the name that places carry."""
    try:
        return _Builder(file, yaml.parse(text, Loader=yaml.CSafeLoader)).document()
    except UnicodeEncodeError as error:
        raise DataError(_not_utf8(file, text[: error.start].count("\n") + 1)) from error
    except yaml.YAMLError as error:
        raise DataError(_syntax_fault(error, text, file)) from error


def _not_utf8(file: str, line: int) -> Fault:
    return Fault("not_utf8", "bytes that are not UTF-8", "a UTF-8 file", place=Place(file, line))


def _syntax_fault(error: yaml.YAMLError, text: str, file: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    position = getattr(error, "position", None)
    place = Place(file)
    if mark:
        place = Place(file, mark.line + 1, mark.column + 1)
    elif position is not None:
        place = Place(file, text.encode()[:position].count(b"\n") + 1)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return Fault(
        "malformed_yaml", f"malformed YAML: {problem}", "a well-formed YAML document", place=place
    )


class _Builder:
    """Build values from the events of the parser.

    Events, not nodes: the library composes nodes by recursion in C, and a file of opening brackets
    ends the whole process there. Here the depth is counted before going deeper.
    """

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self.file = file
        self.events = events
        self.places: dict[_Path, Place] = {}

    def document(self) -> Document:
        """Read the single document of the stream; an empty stream is null."""
        data = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(event, "a second document", "one document in a file")
                data = self._value(next(self.events), ())
        return Document(self.file, data, self.places)

    def _value(self, event: yaml.Event, path: _Path) -> Any:
        self._require_plain(event)
        self.places.setdefault(path, self._place(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if len(path) >= MAX_DEPTH:
            found, expected = "nesting too deep", f"at most {MAX_DEPTH} levels"
            raise DataError(Fault("too_deep", found, expected, place=self._place(event)))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._sequence(path)

    def _mapping(self, path: _Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self._require_plain(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused(event, "a key that is not text", "a plain word")
            key = event.value
            if key in result:
                found = f'the key "{key}" stands twice'
                place = self._place(event)
                raise DataError(Fault("duplicate_key", found, "each key once", place=place))
            self.places[(*path, key)] = self._place(event)
            result[key] = self._value(next(self.events), (*path, key))
        return result

    def _sequence(self, path: _Path) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _scalar(self, event: yaml.ScalarEvent) -> str | int | bool | None:
        text: str = event.value
        if not event.implicit[0]:  # quoted, or a block of text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if not _INTEGER.fullmatch(text):
            return text
        # The length first: Python refuses to convert thousands of digits.
        if len(text) > 20 or abs(int(text)) > MAX_INTEGER:
            found, place = f"the integer {text[:20]}…", self._place(event)
            expected = "at most 53 bits, or text in quotes"
            raise DataError(Fault("integer_too_large", found, expected, place=place))
        return int(text)

    def _require_plain(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refused(event, f"the alias *{event.anchor}", "the value itself")
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
        if event.anchor:
            raise self._refused(event, f"the anchor &{event.anchor}", "no anchors")
        if event.tag:
            raise self._refused(event, f'the tag "{event.tag}"', "no tags")

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1) if mark else Place(self.file)

    def _refused(self, event: yaml.Event, found: str, expected: str) -> DataError:
        return DataError(Fault("malformed_yaml", found, expected, place=self._place(event)))
