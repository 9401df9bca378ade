"""How answers are sent, whatever they say: named, kept, compressed, not sent twice."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from comity_web.serving.answers import ANSWERS, accepts_gzip, answered, name_of
from comity_web.serving.kept import Kept

TEXT = b"the same words again and again; " * 100


class Answer:
    """An answer that counts how often it was made."""

    def __init__(self, content: bytes = TEXT) -> None:
        self.content = content
        self.made = 0

    def render(self) -> bytes:
        self.made += 1
        return self.content

    def ask(self, *depends_on: str, **headers: str) -> HttpResponse:
        request = RequestFactory().get("/", headers=headers)
        return answered(
            request,
            depends_on or ("a",),
            self.render,
            content_type="text/plain",
            vary=["Accept"],
        )


@pytest.fixture
def answer() -> Iterator[Answer]:
    ANSWERS.clear()
    yield Answer()
    ANSWERS.clear()


def test_an_answer_is_made_once(answer: Answer) -> None:
    assert [answer.ask().content for _ in range(3)] == [TEXT] * 3
    assert answer.made == 1
    answer.ask("b")
    assert answer.made == 2


def test_an_answer_is_compressed_once_and_reads_the_same(answer: Answer) -> None:
    packed = [answer.ask(**{"accept-encoding": "br, gzip"}) for _ in range(2)]
    for each in packed:
        assert each.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(each.content) == TEXT
        assert len(each.content) < len(TEXT) / 10
    assert (answer.made, len(ANSWERS)) == (1, 1)
    assert "Content-Encoding" not in answer.ask().headers


def test_what_an_answer_varies_by_is_said(answer: Answer) -> None:
    for header in ("gzip", "identity"):
        response = answer.ask(**{"accept-encoding": header})
        assert response.headers["Vary"] == "Accept, Accept-Encoding"
        assert response.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("gzip", True),
        ("GZIP;q=0.5", True),
        ("deflate, gzip ; q=1.0, br", True),
        ("*", True),
        ("*;q=0.1", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("gzipped", False),
        ("", False),
        (";;,=,\x00", False),
    ],
)
def test_compression_is_only_for_who_accepts_it(header: str, accepted: bool) -> None:
    request = RequestFactory().get("/", headers={"accept-encoding": header})
    assert accepts_gzip(request) is accepted


@pytest.mark.parametrize(
    "form", ["{}", "W/{}", '"other", {}', 'W/"other" , W/{}', '"a,b", {}', " {} ", "*"]
)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_the_reader_has_is_not_sent_again(answer: Answer, form: str, encoding: str) -> None:
    first = answer.ask(**{"accept-encoding": encoding})
    strong = first.headers["ETag"].removeprefix("W/")
    again = answer.ask(**{"accept-encoding": encoding, "if-none-match": form.format(strong)})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again.headers[name] == first.headers[name]


def test_plain_and_compressed_have_one_name_strong_and_weak(answer: Answer) -> None:
    plain, packed = answer.ask(), answer.ask(**{"accept-encoding": "gzip"})
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert answer.ask(**{"if-none-match": packed.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("held", ['"other"', "W/", "abc", '"', "**", ""])
def test_what_the_reader_has_not_is_sent(answer: Answer, held: str) -> None:
    assert answer.ask(**{"if-none-match": held}).status_code == 200


def test_a_part_of_a_name_is_not_the_name(answer: Answer) -> None:
    name = answer.ask().headers["ETag"].strip('"')
    for held in (f'"x{name}"', f'"{name}x"', name):
        assert answer.ask(**{"if-none-match": held}).status_code == 200


@given(st.lists(st.text(max_size=3), max_size=3), st.lists(st.text(max_size=3), max_size=3))
def test_two_answers_have_one_name_only_if_they_depend_on_the_same(
    one: list[str], other: list[str]
) -> None:
    assert (name_of(one) == name_of(other)) == (one == other)


# What is kept


def test_the_least_lately_asked_is_forgotten_first() -> None:
    kept = Kept(limit=10)
    kept.keep("a", b"1234")
    kept.keep("b", b"1234")
    kept.get("a")
    kept.keep("c", b"1234")
    assert [kept.get(each) for each in "abc"] == [b"1234", None, b"1234"]


def test_what_is_kept_anew_counts_once() -> None:
    kept = Kept(limit=10)
    for content in (b"12345678", b"1", b"12345678"):
        kept.keep("a", content)
    kept.keep("b", b"12")
    assert [kept.get(each) for each in "ab"] == [b"12345678", b"12"]


def test_what_is_larger_than_everything_is_not_kept() -> None:
    kept = Kept(limit=10)
    kept.keep("a", b"1")
    kept.keep("b", b"x" * 11)
    assert [kept.get(each) for each in "ab"] == [b"1", None]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.binary(max_size=12))))
def test_never_more_bytes_than_the_limit_are_kept(kept_in_turn: list[tuple[str, bytes]]) -> None:
    kept = Kept(limit=20)
    for name, content in kept_in_turn:
        kept.keep(name, content)
        assert kept.get(name) == content
        assert sum(len(kept.get(each) or b"") for each in "abcde") <= 20
    kept.clear()
    assert len(kept) == 0
