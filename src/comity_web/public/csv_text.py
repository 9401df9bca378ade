"""Tables as CSV (RFC 4180, UTF-8): the first row names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from comity.register.export import harmless


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """Return a table; a list in a cell is joined by blanks, and what is missing is empty.

    >>> as_csv(["a", "b"], [{"a": "=1+1", "b": ["x", "y"]}, {"b": None}])
    b'a,b\\r\\n =1+1,x y\\r\\n,\\r\\n'
    """
    text = StringIO()
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return " ".join(map(_cell, value))
    return harmless(value) if isinstance(value, str) else str(value)
