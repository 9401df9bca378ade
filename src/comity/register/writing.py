"""Writing an organisation back as a folder of data, the way `comity.register.reading` reads it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from comity.charter.bundle import bundle
from comity.charter.model import Charter
from comity.charter.parts import DECISIONS, PROCEDURES, TRANSLATIONS
from comity.kernel.act import Act
from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault
from comity.register.records import to_record

FILES = {
    "parties": Path("codelists", "parties.yaml"),
    "territories": Path("codelists", "territories.yaml"),
    "sources": Path("sources.yaml"),
}


def write_organisation(folder: Path, charter: Charter, acts: Iterable[Act]) -> None:
    """Write charter and acts into a new or empty folder; raises `DataError` where it is in use.

    Reading the folder gives an equal charter and the same acts. The act that records the rules
    follows from the charter and is not written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fault = Fault("not_empty", f"{folder} is there already", "a new name, or an empty folder")
        raise DataError(fault)
    rules = bundle(charter)
    order = rules.pop("order", {})
    for name, file in FILES.items():
        if name in rules:
            _write(folder / file, {name: rules.pop(name)})
    for name in (DECISIONS, PROCEDURES):
        if name in rules:
            _write(folder / f"{name}.yaml", rules.pop(name))
    for language, texts in charter.translations.items():
        _write(folder / TRANSLATIONS / f"{language}.yaml", dict(texts))
    rules.pop(TRANSLATIONS, None)
    _write(folder / "charter.yaml", _in_order(rules, order))
    recorded = [act for act in acts if act.kind != "rules_recorded"]
    _write(folder / "acts" / "acts.yaml", {"acts": [act_as_written(act) for act in recorded]})


def act_as_written(act: Act) -> dict[str, JSON]:
    """Return an act as it is written in a file: its details beside the common fields."""
    record = to_record(act)
    record.pop("organisation")
    details = record.pop("details", {})
    parties = record.pop("parties", [])
    written: dict[str, JSON] = {key: record.pop(key) for key in ("id", "kind")}
    if isinstance(parties, list) and parties:
        written |= {"party": parties[0]} if len(parties) == 1 else {"parties": parties}
    return {**written, **(details if isinstance(details, dict) else {}), **record}


def _in_order(rules: dict[str, Any], order: Any) -> dict[str, Any]:
    """Put the entries of each section in the order in which the charter lists them."""
    return {
        section: {name: entries[name] for name in order[section]} if section in order else entries
        for section, entries in rules.items()
    }


def _write(file: Path, data: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    file.write_text(text, encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes no anchors: our reader takes none."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True
