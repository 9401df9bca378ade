"""Tables as files: CSV as RFC 4180 has it, and JSON lines.

What begins like a formula would be run by a spreadsheet, so in CSV a blank is put before it; in
JSON lines every text is as it was recorded.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import msgspec

from comity.kernel.dates import format_instant
from comity_web.api.answers.reader import Reader
from comity_web.api.opendata.columns import Holds, Row, Table, by_language

_ROWS_AT_ONCE = 500
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ENCODER = msgspec.json.Encoder()
_SORTED = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a table: its media type, how a file begins, how rows are written."""

    media_type: str
    head: Callable[[list[str]], bytes]
    rows: Callable[[Table, list[str], list[Row]], bytes]


def written(table: Table, form: Form, reader: Reader) -> Iterator[bytes]:
    """Yield a table piece by piece."""
    yield form.head(table.header(reader.languages))
    for some in pieces(table.rows(reader)):
        yield form.rows(table, reader.languages, some)


def pieces(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows some hundreds at a time."""
    every = iter(rows)
    while some := list(islice(every, _ROWS_AT_ONCE)):
        yield some


def _csv_head(header: list[str]) -> bytes:
    return _csv([header])


def _csv_rows(table: Table, languages: list[str], rows: list[Row]) -> bytes:
    holds = [column.holds for column in table.columns]
    return _csv(_cells(holds, row, languages) for row in rows)


def _csv(rows: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _lines_head(header: list[str]) -> bytes:
    del header  # each line names its values
    return b""


def _lines(table: Table, languages: list[str], rows: list[Row]) -> bytes:
    header = table.header(languages)
    holds = [column.holds for column in table.columns]
    objects = [dict(zip(header, _values(holds, row, languages), strict=True)) for row in rows]
    return _ENCODER.encode_lines(objects)


FORMS: Mapping[str, Form] = {
    "csv": Form("text/csv; charset=utf-8; header=present", _csv_head, _csv_rows),
    "jsonl": Form("application/jsonl; charset=utf-8", _lines_head, _lines),
}
"""By the end of a file's name."""


def _cells(holds: list[Holds], row: Row, languages: list[str]) -> list[str]:
    cells: list[str] = []
    for what, value in zip(holds, row, strict=True):
        if what == "names":
            cells += [_text(each) for each in by_language(value, languages)]
        else:
            cells.append("" if value is None else _WRITERS[what](value))
    return cells


def _text(value: object) -> str:
    text = str(value)
    return f" {text}" if text.startswith(_LIKE_A_FORMULA) else text


def _json(value: Any) -> str:
    return _SORTED.encode(value).decode() if value else ""


# How each sort of value is written in a cell; nothing is an empty cell.
_WRITERS: Mapping[str, Callable[[Any], str]] = {
    "text": _text,
    "when": str,
    "day": str,
    "instant": format_instant,
    "integer": str,
    "flag": lambda value: "true" if value else "false",
    "list": " ".join,
    "json": _json,
}


def _values(holds: list[Holds], row: Row, languages: list[str]) -> list[object]:
    values: list[object] = []
    for what, value in zip(holds, row, strict=True):
        if what == "names":
            values += [text or None for text in by_language(value, languages)]
        else:
            values.append(None if value == "" else value)
    return values
