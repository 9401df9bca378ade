"""The catalogues: the same keys and placeholders, and a sentence for everything there is to say."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from comity.kernel.errors import UnknownName
from comity.membership.kinds import MANNERS, MODES
from comity.register.kinds import KINDS, LIFE_STAGES
from comity.wording.acts import UNSAID
from comity.wording.catalogue import LANGUAGES, catalogue, known, listed, text

SOURCE = Path(__file__).parents[3] / "src" / "comity"
CYRILLIC, HAN = re.compile("[а-яё]", re.IGNORECASE), re.compile("[一-鿿]")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def in_source(pattern: str) -> set[str]:
    """Find the words that the engine itself writes, wherever it does."""
    files = (path.read_text() for path in SOURCE.rglob("*.py"))
    return {word for source in files for word in re.findall(pattern, source)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_keys_and_placeholders_are_the_same(language: str) -> None:
    english = {key: placeholders(words) for key, words in catalogue("en").items()}
    assert {key: placeholders(words) for key, words in catalogue(language).items()} == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_and_each_is_in_its_script(language: str) -> None:
    for key, words in catalogue(language).items():
        assert words.strip(), key
        assert bool(CYRILLIC.search(words)) <= (language == "ru"), key
        assert bool(HAN.search(words)) <= (language == "zh"), key


def heads(kind: str) -> list[str]:
    return [key for key in catalogue("en") if re.fullmatch(rf"act\.{kind}(_[a-z_]+)?", key)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_act_has_a_sentence(kind: str) -> None:
    keys = [f"act.succeeded_{mode}" for mode in MODES] if kind == "succeeded" else [f"act.{kind}"]
    for key in keys:
        assert key in catalogue("en")
        required = {field.name for field in KINDS[kind].fields if field.required}
        assert placeholders(catalogue("en")[key]) <= required, "a head needs what is always there"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_an_act_is_said(kind: str) -> None:
    chosen_by = {"mode", "stage"} if kind in ("succeeded", "stage_reached") else set()
    for key in heads(kind):
        said = placeholders(catalogue("en")[key]) | chosen_by | UNSAID
        for field in KINDS[kind].fields:
            assert field.name in said or f"detail.{field.name}" in catalogue("en"), field.name


def test_every_doubt_has_a_sentence() -> None:
    codes = in_source(r'Doubt\(\s*"([a-z_]+)"') | {"medium_confidence", "low_confidence"}
    assert codes >= {"imprecise_date", "disputed_date", "other_basis"}
    assert {f"doubt.{code}" for code in codes} == {
        key for key in catalogue("en") if key.startswith("doubt.")
    }


def test_every_manner_of_ending_has_a_name() -> None:
    closed = in_source(r'\b(?:close|_end\w*)\([^\n"]*"([a-z_]+)"')
    assert {"promoted", "notice", "term", "withdrew", "merged"} <= closed
    takes_the_seat = {mode for mode in MODES if mode != "separation"}
    manners = {*MANNERS, *closed, *takes_the_seat}
    assert {f"manner.{each}" for each in manners} <= set(catalogue("en"))


def test_every_stage_of_life_and_answer_has_a_name() -> None:
    assert {f"life.{each}" for each in (*LIFE_STAGES, "none")} <= set(catalogue("en"))
    assert {f"answer.{each}" for each in ("yes", "no", "conditional")} <= set(catalogue("en"))


def test_every_section_of_a_charter_has_a_name() -> None:
    sections = in_source(r'_rule\("([a-z_]+)"') | {"articles", "statuses", "counts"}
    sections |= {"composition", "life", "grants", "suspension", "withdrawal", "endings"}
    assert {f"section.{each}" for each in sections} == {
        key for key in catalogue("en") if key.startswith("section.")
    }


def test_a_language_without_catalogue_is_named() -> None:
    with pytest.raises(UnknownName, match='no language "fr"'):
        text("fr", "act.admitted", status="membre")


def test_small_words() -> None:
    assert listed("zh", ["甲", "乙"]) == "甲、乙"
    assert known("en", "manner.exploded", "exploded") == "exploded"
