"""How words are read and compared: days, numbers, cases, letters that are one or apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity_web.search.folding import fold, sound, stems, whole
from comity_web.search.lexicon import one_letter_apart
from comity_web.search.numerals import number, numbers
from comity_web.search.reading import Day, Word, read


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2017-06-09", ["2017-06-09"]),
        ("2017-06", ["2017-06"]),
        ("с 9 июня 2017 до 4 июля 2024 г.", ["2017-06-09", "2024-07-04"]),
        ("Sept. 1, 2025", ["2025-09-01"]),
        ("二〇二五年九月", ["2025-09"]),
        ("2016-2020", []),
        ("31 June 2017", ["2017-06"]),
        ("2017-13-01", []),
        ("room 2017b", []),
    ],
)
def test_days_are_read_as_they_are_written(text: str, days: list[str]) -> None:
    assert [each.iso for each in read(text).parts if isinstance(each, Day)] == days


def test_numbers_are_read_in_every_way() -> None:
    assert [number(each) for each in ("28", "xxviii", "二十八", "廿八", "")] == [
        28,
        28,
        28,
        None,
        None,
    ]
    assert numbers("European Council conclusions") == set()


def test_words_that_say_nothing_count_only_where_nothing_else_is_asked() -> None:
    assert [str(each.text) for each in read("the Council of the EU").parts] == ["council", "eu"]
    assert [str(each.text) for each in read("in").parts] == ["in"]
    assert read("in 2017").parts == (Day("2017", Word("2017")),)


RUSSIAN_CASES = {
    "Беларусь": "Беларуси Беларусью",
    "Китай": "Китая Китаю Китаем Китае",
    "Индия": "Индии Индию Индией",
    "Египет": "Египта Египту Египтом Египте",
    "Вьетнам": "Вьетнама Вьетнаму Вьетнамом Вьетнаме",
    "Нидерланды": "Нидерландов Нидерландам Нидерландами Нидерландах",
    "Маврикий": "Маврикия Маврикию Маврикием Маврикии",
    "Мальдивы": "Мальдив Мальдивам Мальдивами Мальдивах",
    "Чад": "Чада Чаду Чадом Чаде",
    "Гвинея": "Гвинеи Гвинее Гвинею Гвинеей",
    "Саудовская": "Саудовской Саудовскую",
    "Соединённое": "Соединённого Соединённому Соединённым Соединённом",
    "совет": "совета совету советом совете советы советов советам советами советах",
    "член": "члена члену членом члене члены членов членам членами членах",
    "статья": "статьи статье статью статьёй статей статьям статьями статьях",
    "государство": "государства государству государством государстве государств государствах",
    "приостановление": "приостановления приостановлению приостановлением приостановлений",
}


@pytest.mark.parametrize("word", RUSSIAN_CASES)
def test_all_cases_of_a_russian_word_are_one_word(word: str) -> None:
    for form in RUSSIAN_CASES[word].split():
        assert set(stems(fold(word))) & set(stems(fold(form))), form


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = whole(text)
    assert whole(once) == once


@given(st.text("abcdefgh", max_size=8), st.text("abcdefgh", max_size=8))
def test_one_letter_apart_is_the_same_both_ways(one: str, other: str) -> None:
    assert one_letter_apart(one, other) == one_letter_apart(other, one)
    assert not one_letter_apart(one, one)


@given(st.text("abcdefgh", min_size=2, max_size=9), st.data())
def test_one_letter_away_is_one_letter_apart(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    for other in (
        word[:at] + word[at + 1 :],
        word[:at] + "z" + word[at + 1 :],
        word[:at] + "z" + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ):
        assert one_letter_apart(word, other) or word == other


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12))
def test_every_word_has_a_sound_and_no_end(word: str) -> None:
    assert len(sound(word)) <= 2 * len(word)
