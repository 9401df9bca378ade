"""What the one reader of YAML understands, and what it refuses, with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from comity.kernel import documents
from comity.kernel.errors import DataError, Place


def refusal(text: str) -> str:
    with pytest.raises(DataError) as refused:
        documents.parse(text, "charter.yaml")
    fault = refused.value.faults[0]
    return f"{fault.code} {fault.place}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        *[(word, word) for word in ("NO", "no", "yes", "Yes", "on", "off", "y", "n")],
        *[(word, word) for word in ("True", "FALSE", "Null", "NULL", "nan", ".inf", "=", "<<")],
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("7", 7),
        ("-7", -7),
        ("9007199254740991", 2**53 - 1),
        *[(text, text) for text in ("010", "0o17", "0x1F", "0b11", "1_000", "+1", "-0", "1e3")],
        *[(text, text) for text in ("1.5", "12:30:00", "190:20:30", "1,000", "٣")],
        *[(text, text) for text in ("2017-06-09", "2009-01", "2026-11-21T09:30:00Z")],
        ('"7"', "7"),
        ("'true'", "true"),
        ('""', ""),
        ("'~'", "~"),
    ],
)
def test_a_value_is_what_it_looks_like(written: str, read: Any) -> None:
    data = documents.parse(f"key: {written}\nlist:\n  - {written}\n").data
    assert data == {"key": read, "list": [read]}
    assert type(data["key"]) is type(read)


def test_a_year_alone_is_an_integer_and_a_quoted_one_is_text() -> None:
    assert documents.parse("{a: 1962, b: '1962'}").data == {"a": 1962, "b": "1962"}


def test_keys_are_always_text() -> None:
    text = "on: 1\nNO: 2\ntrue: 3\n7: 4\n010: 5\n2017-06-09: 6\n<<: 7\n"
    assert list(documents.parse(text).data) == ["on", "NO", "true", "7", "010", "2017-06-09", "<<"]


def test_blocks_of_text_stay_text() -> None:
    assert documents.parse("a: |\n  7\nb: >-\n  true\n").data == {"a": "7\n", "b": "true"}


def test_three_scripts_are_read() -> None:
    assert documents.parse("{ru: Шанхай, zh: 上海, emoji: 🕊}").data == {
        "ru": "Шанхай",
        "zh": "上海",
        "emoji": "🕊",
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_an_empty_file_is_null(text: str) -> None:
    assert documents.parse(text).data is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3", "duplicate_key charter.yaml:3:1", id="duplicate-key"),
        pytest.param("- {x: 1, 'x': 2}", "duplicate_key charter.yaml:1:10", id="quoted-twin"),
        pytest.param("a: &x 1", "malformed_yaml charter.yaml:1:4", id="anchor"),
        pytest.param("a: [*x]", "malformed_yaml charter.yaml:1:5", id="alias"),
        pytest.param("&a [*a]", "malformed_yaml charter.yaml:1:1", id="contains-itself"),
        pytest.param("a: !!int abc", "malformed_yaml charter.yaml:1:4", id="tag-int"),
        pytest.param("a: !!bool yes", "malformed_yaml charter.yaml:1:4", id="tag-bool"),
        pytest.param("a: !x {b: 1}", "malformed_yaml charter.yaml:1:4", id="tag-on-mapping"),
        pytest.param("!!set {a, b}", "malformed_yaml charter.yaml:1:1", id="tag-set"),
        pytest.param("!!str a: 1", "malformed_yaml charter.yaml:1:1", id="tag-on-key"),
        pytest.param(
            "!!python/object/apply:os.system [ls]",
            "malformed_yaml charter.yaml:1:1",
            id="tag-that-runs-code",
        ),
        pytest.param("{[a]: 1}", "malformed_yaml charter.yaml:1:2", id="key-is-a-list"),
        pytest.param("? {a: 1}\n: 2", "malformed_yaml charter.yaml:1:3", id="key-is-a-mapping"),
        pytest.param("a: 1\n---\nb: 2", "malformed_yaml charter.yaml:2:1", id="two-documents"),
        pytest.param("a:\n\tb: 1", "malformed_yaml charter.yaml:2:1", id="tab"),
        pytest.param("a: [1, 2", "malformed_yaml charter.yaml:2:1", id="never-closed"),
        pytest.param("a: 'x", "malformed_yaml charter.yaml:1:6", id="quote-never-closed"),
        pytest.param("a: 1\n b: 2", "malformed_yaml charter.yaml:2:3", id="indentation"),
        pytest.param("ab: 1\nb: \x00", "malformed_yaml charter.yaml:2", id="nul"),
        pytest.param('a: "\\ud800"', "malformed_yaml charter.yaml:1:7", id="escaped-surrogate"),
        pytest.param("a: 1\nb: \ud800", "not_utf8 charter.yaml:2", id="lone-surrogate"),
        pytest.param("a: " + "9" * 5000, "integer_too_large charter.yaml:1:4", id="5000-digits"),
        pytest.param("a: 9007199254740992", "integer_too_large charter.yaml:1:4", id="54-bits"),
    ],
)
def test_what_has_no_plain_meaning_is_refused_with_its_place(text: str, expected: str) -> None:
    assert refusal(text) == expected


def test_the_advice_names_the_key() -> None:
    with pytest.raises(DataError, match=r'charter.yaml:2:1: the key "a" stands twice. Expected'):
        documents.parse("a: 1\na: 2", "charter.yaml")


def test_aliases_that_multiply_are_refused_at_once() -> None:
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert refusal("\n".join(["a0: &a0 lol", *rows])) == "malformed_yaml charter.yaml:1:5"


@pytest.mark.parametrize(
    "opening", ["[", "{a: ", "- ", "{a: ["], ids=["lists", "mappings", "blocks", "both"]
)
def test_a_file_of_opening_brackets_is_refused_and_does_not_end_the_process(opening: str) -> None:
    assert refusal(opening * 100_000).startswith("too_deep charter.yaml:1:")


def test_a_hundred_levels_are_read_and_one_more_is_refused() -> None:
    deep = documents.parse("[" * documents.MAX_DEPTH + "]" * documents.MAX_DEPTH).data
    for _ in range(documents.MAX_DEPTH):
        (deep,) = deep or [None]
    assert deep is None
    too_many = documents.MAX_DEPTH + 1
    assert refusal("[" * too_many + "]" * too_many) == f"too_deep charter.yaml:1:{too_many}"


def test_every_value_has_a_place() -> None:
    document = documents.parse("a: 1\nb:\n  - x\n  - {c: 2}\n", "f.yaml")
    assert document.place() == Place("f.yaml", 1, 1)
    assert document.place("b") == Place("f.yaml", 2, 1)
    assert document.place("b", 0) == Place("f.yaml", 3, 5)
    assert document.place("b", 1, "c") == Place("f.yaml", 4, 6)


def test_what_is_missing_has_the_place_of_its_nearest_ancestor() -> None:
    document = documents.parse("a: 1\nb:\n  - x\n", "f.yaml")
    assert document.place("b", 7, "missing") == Place("f.yaml", 2, 1)
    assert documents.parse("", "f.yaml").place("a") == Place("f.yaml")


def write(folder: Path, raw: bytes) -> Path:
    path = folder / "charter.yaml"
    path.write_bytes(raw)
    return path


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert documents.read(write(tmp_path, b"\xef\xbb\xbfa: 1\n")).data == {"a": 1}


@pytest.mark.parametrize(
    ("raw", "line"),
    [(b"a: 1\nb: \xff\n", 2), ("a: Шанхай".encode("cp1251"), 1), ("a: 1".encode("utf-16"), 1)],
    ids=["stray-byte", "cp1251", "utf-16"],
)
def test_bytes_that_are_not_utf8_are_refused_with_their_line(
    tmp_path: Path, raw: bytes, line: int
) -> None:
    path = write(tmp_path, raw)
    with pytest.raises(DataError, match="not UTF-8") as refused:
        documents.read(path)
    assert refused.value.code == "not_utf8"
    assert refused.value.faults[0].place == Place(str(path), line)


@pytest.mark.parametrize("line", [b"x" * 10_000_000, b"- x\n" * 2_500_000], ids=["line", "lines"])
def test_ten_megabytes_are_refused(tmp_path: Path, line: bytes) -> None:
    with pytest.raises(DataError, match="more than 8000000 bytes") as refused:
        documents.read(write(tmp_path, line))
    assert refused.value.code == "file_too_large"


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    line = b"x" * documents.MAX_BYTES
    assert documents.read(write(tmp_path, line)).data == line.decode()


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path):
        with pytest.raises(DataError, match="cannot read") as refused:
            documents.read(path)
        assert refused.value.code == "unreadable_file"
        assert str(path) in str(refused.value)


texts = st.recursive(
    st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@given(texts)
def test_quoted_text_is_read_back_whatever_the_words(value: Any) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, default_style='"')
    assert documents.parse(written).data == value


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>%@?,~ \n\t0\x00é", max_size=40))
def test_any_text_is_read_or_refused_with_its_place(text: str) -> None:
    try:
        document = documents.parse(text)
    except DataError as error:
        refused = error
    else:
        assert document.place().file == "input"
        return
    assert refused.code in {"malformed_yaml", "duplicate_key"}
    assert refused.faults[0].place is not None
