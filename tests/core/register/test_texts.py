"""What of the rules and the acts is not translated, and which translations nobody needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.kernel.errors import DataError
from comity.register.reading import read_register
from comity.register.texts import untranslated

CHARTER = """
format: comity-charter/1
organisation: {id: league, names: {en: A league, ru: Лига}}
statuses: {member: {}}
offices: {chair: {holder: person}}
instruments: {pact: {note: Lost.}}
"""
ACTS = """recorded_at: 2026-01-01T00:00:00Z
acts:
  - id: in
    kind: admitted
    party: AA
    status: member
    effective_on: 1960
    place: Ferryton
    note: By letter.
    alternatives: [{effective_on: 1961, note: a list}]
  - {id: fix, kind: corrected, act: in, effective_on: 1970, changes: {note: By wire.}}
  - {id: jo, kind: appointed, party: AA, office: chair, person: Jo, effective_on: 1962}
  - id: terms
    kind: signed
    instrument: pact
    effective_on: 1963
    terms: {share: a fifth, AA: "5.8"}
  - id: text
    kind: adopted
    document: plan_1
    title: {en: A plan}
    effective_on: 1964
  - {id: said, kind: noted, topic: A custom, text: {en: It is so., ru: Так.}, effective_on: 1965}
"""
EVERYTHING = [
    "Lost.", "Ferryton", "By letter.", "a list", "By wire.", "Jo", "share", "a fifth", "A plan",
    "A custom",
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "league"
    for name in ("acts", "codelists", "translations"):
        (folder / name).mkdir(parents=True)
    (folder / "charter.yaml").write_text(CHARTER, "utf-8")
    (folder / "codelists" / "parties.yaml").write_text("parties: {AA: {}}\n", "utf-8")
    (folder / "acts" / "acts.yaml").write_text(ACTS, "utf-8")
    return tmp_path


def translate(root: Path, *lines: str) -> None:
    (root / "league" / "translations" / "ru.yaml").write_text("\n".join(lines), "utf-8")


def missing(root: Path, *languages: str) -> list[str]:
    record = read_register(root).organisation("league")
    return [str(each) for each in untranslated(record, languages)]


def test_every_text_in_one_language_wants_a_translation(root: Path) -> None:
    found = missing(root, "en", "ru")
    assert sorted(each.split('"')[1] for each in found) == sorted(EVERYTHING)
    assert (
        '"Ferryton", the place of in, is not translated into ru. '
        "Expected: an entry in translations/ru.yaml."
    ) in found


def test_what_is_translated_is_not_missing(root: Path) -> None:
    translate(root, *(f'"{each}": Перевод' for each in EVERYTHING))
    assert missing(root, "en", "ru") == []
    assert len(missing(root, "ru", "zh")) == len(EVERYTHING) + 1  # what the note says as well


def test_a_translation_of_what_is_said_nowhere_is_told_with_its_line(root: Path) -> None:
    translate(root, "Ferryton: Перевозы", "By leter.: Письмом.")
    with pytest.raises(DataError) as caught:
        read_register(root)
    (fault,) = caught.value.faults
    assert (fault.code, fault.place and fault.place.line) == ("stale_translation", 2)
    assert fault.advice == 'Did you mean "By letter."?'
