"""Faults of what lies beside the rules: capitals, translations, and files that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.charter.load import load
from comity.kernel.errors import DataError
from tests.core.charter.faults import BASE, Scenario, faults_of

CAPITALS = {
    "beyond the pole": ("at: [90.1, 0]", "impossible_position"),
    "beyond the globe": ("at: [0, 180.01]", "impossible_position"),
    "one number": ("at: [39.9]", "impossible_position"),
    "three numbers": ("at: [39.9, 116.39, 4]", "impossible_position"),
    "no number": ("at: [north, east]", "impossible_position"),
    "degrees and minutes": ("at: [39°54′, 116°23′]", "impossible_position"),
    "a list in it": ("at: [[39.9], [116.39]]", "impossible_position"),
    "a text": ("at: north", "wrong_type"),
    "nowhere": ("sources: []", "missing_key"),
}


@pytest.mark.parametrize("name", CAPITALS)
def test_a_point_that_is_not_on_the_globe_is_told(name: str, tmp_path: Path) -> None:
    at, code = CAPITALS[name]
    parties = f"parties:\n  XA:\n    capital: {{names: {{en: Ferryton}}, {at}}}\n"
    scenario = Scenario(name, parties, code, 3, "", "codelists/parties.yaml")
    (fault,) = faults_of(scenario, tmp_path)
    assert (fault.code, fault.place and fault.place.line) == (code, 3)


def test_two_capitals_at_once_are_told(tmp_path: Path) -> None:
    one = "{names: {en: Ferryton}, at: [1, 1]}"
    parties = f"parties:\n  XA:\n    capital:\n      - {one}\n      - {one}\n"
    scenario = Scenario("twice", parties, "versions_overlap", 5, "", "codelists/parties.yaml")
    (fault,) = faults_of(scenario, tmp_path)
    assert (fault.code, fault.place and fault.place.line) == ("versions_overlap", 5)
    assert "two capitals of XA hold at once" in str(fault)


TRANSLATIONS = {
    "a text twice": ("ru.yaml", "Ufa: Уфа\nUfa: Уфе\n", "duplicate_key", 2),
    "a text without translation": ("ru.yaml", 'Ufa: Уфа\nMoscow: ""\n', "empty_value", 2),
    "a list for a text": ("ru.yaml", "Ufa: [Уфа]\n", "wrong_type", 1),
    "no mapping": ("ru.yaml", "- Ufa\n", "wrong_type", 1),
    "nothing": ("ru.yaml", "", "wrong_type", 0),
    "an unknown language": ("ur.yaml", "# Ufa\nUfa: Уфа\n", "unknown_language", 2),
    "a name that nobody reads": ("ru.yml", "Ufa: Уфа\n", "unknown_file", 0),
}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_fault_of_a_translation_is_told_where_it_stands(name: str, tmp_path: Path) -> None:
    file, text, code, line = TRANSLATIONS[name]
    rules = BASE.replace("{id: club}", "{id: club, names: {en: Club, ru: Клуб}}")
    (tmp_path / "charter.yaml").write_text(rules)
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / file).write_text(text)
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [
        (fault.code, Path(fault.place.file).name, fault.place.line)
        for fault in caught.value.faults
        if fault.place
    ] == [(code, file, line)]


def test_a_file_that_is_no_mapping(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text("- format")
    with pytest.raises(DataError, match=r"charter\.yaml:1:1: a list. Expected: a mapping"):
        load(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "charter.yaml").write_text("")
    with pytest.raises(DataError, match=r"charter\.yaml: nothing. Expected: a mapping"):
        load(tmp_path)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot read"):
        load(tmp_path)
