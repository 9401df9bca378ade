"""A charter as one value, so that an export can carry the rules it was made under."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from comity.charter.build import build
from comity.charter.load import of_parts
from comity.charter.model import Charter
from comity.charter.parts import CODELISTS, Part, Parts
from comity.charter.structure import shown
from comity.charter.writing import ORDERED, as_data
from comity.kernel.canonical import JSON, digest
from comity.kernel.documents import Document
from comity.kernel.errors import DataError, Fault, Place

NAME = "rules"


def bundle(charter: Charter) -> dict[str, JSON]:
    """Return the charter as one JSON value; its canonical digest is ``charter.digest``.

    The value is in the charter format: the keys of charter.yaml, those of the code lists and
    sources beside them, and ``order``, the order of entries in each section.
    """
    return as_data(charter)


def from_bundle(value: object, *, file: str = NAME, recorded: str = "") -> Charter:
    """Read a charter from its bundle; raises `DataError` with all faults.

    Places are JSON Pointers in ``file``: ``rules#/statuses/member/0/article``. A value whose digest
    is ``recorded`` was checked when it was recorded, and is not checked again.
    """
    if not isinstance(value, Mapping):
        fault = Fault("wrong_type", shown(value), "a mapping: a charter", place=Place(file))
        raise DataError(fault)
    data = {str(key): each for key, each in value.items()}
    order = data.pop("order", {})
    faults = [*_faults_of_order(order, file)]
    if faults:
        raise DataError(*faults)
    lists = {
        name: Part(Document(file, {name: data.pop(name)}, {})) for name in CODELISTS if name in data
    }
    rules = {name: _in_order(each, order.get(name, [])) for name, each in data.items()}
    parts = Parts(Part(Document(file, rules, {})), lists, extra_parties=frozenset())
    if recorded and digest(dict(value)) == recorded:
        return replace(build(parts.tree(), extra_parties=frozenset()), digest=recorded)
    return of_parts(parts)


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


def _in_order(section: Any, names: list[str]) -> Any:
    if not isinstance(section, dict):
        return section
    first = {name: section[name] for name in names if name in section}
    return first | {name: each for name, each in section.items() if name not in first}
