"""A charter as one value, so that an export can carry the rules it was made under."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from comity.charter.build import build
from comity.charter.load import of_parts
from comity.charter.model import Charter
from comity.charter.parts import CODELISTS, DECISIONS, PROCEDURES, TRANSLATIONS, TREATIES, Parts
from comity.charter.writing import ORDERED, as_data
from comity.decision.read import build_rules
from comity.kernel.canonical import JSON, digest
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place
from comity.kernel.forms import shown
from comity.kernel.trees import Part, mapping
from comity.procedure.building import build_procedures
from comity.treaty.read import build_treaties

NAME = "rules"
MAX_DEPTH = 40


def bundle(charter: Charter) -> dict[str, JSON]:
    """Return the charter as one JSON value; its canonical digest is ``charter.digest``.

    The value is in the charter format: the keys of charter.yaml, those of the code lists and
    sources beside them, and ``order``, the order of entries in each section. ``translations`` are
    pairs of texts, because a text is no key that has a canonical encoding.
    """
    return as_data(charter)


def from_bundle(value: object, *, file: str = NAME, recorded: str = "") -> Charter:
    """Read a charter from its bundle; raises `DataError` with all faults.

    Places are JSON Pointers in ``file``: ``rules#/statuses/member/0/article``. A value whose digest
    is ``recorded`` was checked when it was recorded, and is not checked again unless it cannot be
    built: who made the record may have written anything.
    """
    found = _digest(value, file)
    data = mapping(value).copy()
    order = data.pop("order", {})
    if faults := [*_faults_of_order(order, file), *_faults_of_pairs(data, file)]:
        raise DataError(*faults)
    if isinstance(pairs := data.get(TRANSLATIONS), dict):
        data[TRANSLATIONS] = {language: dict(each) for language, each in pairs.items()}
    lists = {
        name: Part(Document(file, {name: data.pop(name)}, {})) for name in CODELISTS if name in data
    }
    decisions, procedures, treaties = (
        Part(Document(file, {name: data.pop(name)}, {}), (name,)) if name in data else None
        for name in (DECISIONS, PROCEDURES, TREATIES)
    )
    rules = {name: _in_order(each, order.get(name, [])) for name, each in data.items()}
    charter_part = Part(Document(file, rules, {}))
    parts = Parts(
        charter_part, lists, decisions=decisions, procedures=procedures, treaties=treaties
    )
    if recorded and found == recorded and (charter := _built(parts)) is not None:
        return replace(charter, digest=recorded)
    return of_parts(parts)


def _built(parts: Parts) -> Charter | None:
    try:
        decisions = build_rules(parts.decisions.data) if parts.decisions else None
        procedures = None
        if parts.procedures:
            procedures = build_procedures(parts.procedures.data, decisions)
        treaties = build_treaties(parts.treaties.data) if parts.treaties else None
        built = build(parts.tree())
        return replace(built, decisions=decisions, procedures=procedures, treaties=treaties)
    except (LookupError, TypeError, ValueError, AttributeError, DataError):
        return None


def _digest(value: object, file: str) -> str:
    """Refuse what no canonical encoding can carry, before anything walks through it."""
    place = Place(file)
    if not isinstance(value, dict):
        raise DataError(Fault("wrong_type", shown(value), "a mapping: a charter", place=place))
    if not _flat_enough(value, MAX_DEPTH):
        expected = f"at most {MAX_DEPTH} levels"
        raise DataError(Fault("too_deep", "nesting too deep", expected, place=place))
    try:
        return digest(value)
    except DataError as error:
        raise DataError(*(replace(each, place=place) for each in error.faults)) from error


def _flat_enough(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return True
    below = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_flat_enough(each, levels - 1) for each in below)


def _faults_of_order(order: object, file: str) -> list[Fault]:
    if not isinstance(order, dict):
        return [Fault("wrong_type", shown(order), "a mapping", place=Place(f"{file}#/order"))]
    return [
        Fault("wrong_type", shown(names), "a list of identifiers",
              place=Place(f"{file}#/order/{section}"))
        for section, names in order.items()
        if section not in ORDERED
        or not isinstance(names, list)
        or not all(isinstance(each, str) for each in names)
    ]  # fmt: skip


def _faults_of_pairs(data: dict[str, Any], file: str) -> Iterator[Fault]:
    for language, pairs in mapping(data.get(TRANSLATIONS)).items():
        place = Place(f"{file}#/{TRANSLATIONS}/{language}")
        if not isinstance(pairs, list) or not all(map(_is_pair, pairs)):
            expected = "a list of pairs: a text, and what it is in the language"
            yield Fault("wrong_type", shown(pairs), expected, place=place)
        elif len({text for text, _ in pairs}) < len(pairs):
            yield Fault("duplicate_key", "a text that stands twice", "each text once", place=place)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)


def _in_order(section: Any, names: list[str]) -> Any:
    if not isinstance(section, dict):
        return section
    first = {name: section[name] for name in names if name in section}
    return first | {name: each for name, each in section.items() if name not in first}
