"""Tables as CSV: what a spreadsheet would run is text, and all else is as it was."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel.tables import cell, csv_rows, csv_table, harmless, in_lots

BEGINNINGS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_begins_like_a_formula_has_a_blank_before_it(beginning: str) -> None:
    for text in (beginning, f"{beginning}1+1"):
        assert harmless(text) == f" {text}"
        assert [cell(each) for each in (text, [text], (text, "b"))] == [
            f" {text}",
            f" {text}",
            f" {text} b",
        ]
    assert harmless(f"1{beginning}") == f"1{beginning}"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", ""),
        ([], ""),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-12, "-12"),
        (-1.5, "-1.5"),
        (date(2001, 6, 15), "2001-06-15"),
        (datetime(2001, 6, 15, tzinfo=UTC), "2001-06-15T00:00:00Z"),
        (["CN", "RU"], "CN RU"),
    ],
)
def test_each_sort_of_value_has_one_way_to_be_written(value: object, written: str) -> None:
    assert cell(value) == written


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=5))
def test_a_table_reads_as_it_was_but_for_that_blank(rows: list[list[str]]) -> None:
    found = read(csv_rows(rows))
    assert found == [[harmless(each) for each in row] for row in rows]
    assert all(not each.startswith(tuple(BEGINNINGS)) for row in found for each in row)


def test_a_table_has_its_columns_whatever_its_rows_have() -> None:
    rows = [{"b": number, "c": "not asked for"} for number in range(1100)]
    pieces = list(csv_table(["a", "b"], rows))
    assert [len(read(each)) for each in pieces] == [1, 500, 500, 100]
    assert read(b"".join(pieces)) == [["a", "b"], *(["", str(number)] for number in range(1100))]
    assert list(csv_table(["a"], [])) == [b"a\r\n"]


def test_rows_come_some_hundreds_at_a_time() -> None:
    assert [len(each) for each in in_lots(range(1100))] == [500, 500, 100]
    assert list(in_lots(())) == []
