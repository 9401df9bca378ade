"""Tables as files: CSV as RFC 4180 has it, and JSON lines.

In CSV no text begins like a formula (`comity.kernel.tables`); in JSON lines every text is as it
was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec

from comity.kernel.tables import csv_rows, in_lots
from comity_web.api.answers.reader import Reader
from comity_web.api.opendata.columns import Holds, Row, Table, by_language

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
    for some in in_lots(table.rows(reader)):
        yield form.rows(table, reader.languages, some)


def _csv_head(header: list[str]) -> bytes:
    return csv_rows([header])


def _csv_rows(table: Table, languages: list[str], rows: list[Row]) -> bytes:
    holds = [column.holds for column in table.columns]
    return csv_rows(_cells(holds, row, languages) for row in rows)


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


def _cells(holds: list[Holds], row: Row, languages: list[str]) -> list[object]:
    cells: list[object] = []
    for what, value in zip(holds, row, strict=True):
        if what == "names":
            cells += by_language(value, languages)
        elif what == "json":
            cells.append(_SORTED.encode(value).decode() if value else "")
        else:
            cells.append(value)
    return cells


def _values(holds: list[Holds], row: Row, languages: list[str]) -> list[object]:
    values: list[object] = []
    for what, value in zip(holds, row, strict=True):
        if what == "names":
            values += [text or None for text in by_language(value, languages)]
        else:
            values.append(None if value == "" else value)
    return values
