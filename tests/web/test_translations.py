"""Every message of the site is said in every language."""

from __future__ import annotations

import gettext
import re
from io import BytesIO
from pathlib import Path

import pytest

import comity_web
from comity.register.kinds import KINDS
from comity_web.public import words
from comity_web.ui.catalogues import compile_catalogue, messages_in, read_po

SOURCE = Path(comity_web.__file__).parent
CATALOGUES = {path.parts[-3]: path for path in SOURCE.rglob("*.po")}


def test_there_is_a_catalogue_for_each_language_but_english() -> None:
    assert sorted(CATALOGUES) == ["ru", "zh"]


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_no_message_is_missing_or_left_over(language: str) -> None:
    messages = read_po(CATALOGUES[language])
    assert set(messages) - {""} == messages_in(SOURCE)
    assert [key for key, value in messages.items() if not value] == []


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_translations_keep_the_placeholders(language: str) -> None:
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"%\(\w+\)s", text))

    messages = read_po(CATALOGUES[language])
    differ = [key for key, value in messages.items() if placeholders(key) != placeholders(value)]
    assert differ == []


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_compiled_catalogues_are_those_of_the_source(language: str) -> None:
    path = CATALOGUES[language]
    assert path.with_suffix(".mo").read_bytes() == compile_catalogue(path)


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_what_is_compiled_reads_as_it_was_written(language: str) -> None:
    path = CATALOGUES[language]
    read = gettext.GNUTranslations(BytesIO(compile_catalogue(path)))
    for key, value in read_po(path).items():
        assert read.gettext(key) == value


def test_every_kind_and_field_of_an_act_has_a_label() -> None:
    assert set(words.KINDS) == set(KINDS)
    fields = {field.name for kind in KINDS.values() for field in kind.fields}
    assert set(words.FIELDS) == fields
