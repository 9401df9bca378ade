"""What acts and rules say in one language stands on the pages in the reader's own."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("published")

SEAT = "sco/acts/2003-09-05-charter-protocol-2003-signed/"
COUNTING = "sco/articles/secretariat_account__counting/"


def text(path: str) -> str:
    return Client().get(path).content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        pytest.param(f"/ru/{SEAT}", "Ташкент", id="place_ru"),
        pytest.param(f"/zh/{SEAT}", "塔什干", id="place_zh"),
        pytest.param(f"/ru/{SEAT}", "Переносит местонахождение РАТС", id="note_ru"),
        pytest.param(f"/zh/{SEAT}", "对俄罗斯于某年10月1日生效", id="note_zh"),
        pytest.param(f"/zh/{SEAT}", "2003年9月5日宪章修正议定书", id="source_zh"),
        pytest.param("/zh/sco/?on=2022-06-01", "张明", id="person_zh"),
        pytest.param(f"/ru/{COUNTING}", "Описание, а не норма", id="note_of_instrument_ru"),
        pytest.param("/ru/sco/parties/BY/?on=2016-06-01", "Уфа", id="place_of_a_party_ru"),
        pytest.param("/ru/eu/parties/GB/", "Брюссель и Лондон", id="another_organisation_ru"),
    ],
)
def test_a_text_is_in_the_language_of_the_page(path: str, said: str) -> None:
    assert said in text(path)


def test_an_act_is_still_shown_as_it_was_entered() -> None:
    assert "Moves the seat of the RATS" in text(f"/zh/{SEAT}")  # in the record, folded away


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", ["Member States", "Observers", "Dialogue partners", "SCO family"]),
        ("ru", ["Государства-члены", "Наблюдатели", "Партнёры по диалогу", "«Семья ШОС»"]),
        ("zh", ["成员国", "观察员", "对话伙伴", "上合大家庭"]),
    ],
)
def test_numbers_stand_beside_plurals(language: str, headings: list[str]) -> None:
    page = text(f"/{language}/sco/?on=2023-07-04")
    for heading in headings:
        assert f'<span class="figure-label">{heading}</span>' in page


def test_one_holder_stands_beside_the_singular() -> None:
    assert '<span class="figure-label">Observer</span>' in text("/en/sco/?on=2004-06-17")


def test_an_article_names_the_counts_that_rest_on_it() -> None:
    page = text(f"/ru/{COUNTING}")
    assert "«Семья ШОС»" in page
    assert "Партнёры всех видов" in page
