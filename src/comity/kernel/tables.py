"""Tables as CSV (RFC 4180, UTF-8), in which a spreadsheet finds nothing to run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from itertools import islice
from typing import TypeVar

from comity.kernel.dates import format_instant

# As OWASP lists them under "CSV Injection"; the wide ones are what Chinese keyboards write.
_LIKE_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_ROWS_AT_ONCE = 500

T = TypeVar("T")


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    r"""Yield a table some hundred rows at a time, the first row naming the columns.

    >>> list(csv_table(["a", "b"], [{"a": "=1+1", "b": ["x", "y"]}, {"b": True}]))
    [b'a,b\r\n', b' =1+1,x y\r\n,true\r\n']
    """
    yield csv_rows([columns])
    for some in in_lots(rows):
        yield csv_rows([row.get(column) for column in columns] for row in some)


def csv_rows(rows: Iterable[Iterable[object]]) -> bytes:
    """Return rows as CSV, each value as `cell` writes it."""
    text = StringIO()
    csv.writer(text).writerows([cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def cell(value: object) -> str:
    """Return a value as text: a list joined by blanks, nothing as an empty cell.

    Whatever the text is of, it is made `harmless`; a number is a number, a negative one too.

    >>> [cell(each) for each in (None, False, -1, ("a", "b"), "-1")]
    ['', 'false', '-1', 'a b', ' -1']
    """
    if isinstance(value, str):
        return harmless(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return harmless(" ".join(map(str, value)))
    return format_instant(value) if isinstance(value, datetime) else str(value)


def harmless(text: str) -> str:
    """Put a blank before a text that begins like a formula, which a spreadsheet would run.

    A blank is seen and easily taken away; an apostrophe is taken for part of the text by all
    but a spreadsheet.

    >>> harmless("=1+1"), harmless("1+1=2")
    (' =1+1', '1+1=2')
    """
    return f" {text}" if text and text[0] in _LIKE_A_FORMULA else text


def in_lots(rows: Iterable[T]) -> Iterator[list[T]]:
    """Yield rows some hundreds at a time."""
    every = iter(rows)
    while some := list(islice(every, _ROWS_AT_ONCE)):
        yield some
