"""The decision rules of an organisation: beside its charter, or alone where it has no record."""

from __future__ import annotations

from pathlib import Path

from comity.charter.load import DECISIONS_FILE, load
from comity.decision.read import read_file
from comity.decision.rules import Rules
from comity.kernel.errors import DataError, Fault


def find_rules(root: Path) -> list[Path]:
    """Return the folders at or below ``root`` that have a file of decision rules."""
    if (root / DECISIONS_FILE).exists():
        return [root]
    return sorted(path.parent for path in root.glob(f"*/{DECISIONS_FILE}"))


def stands_alone(folder: Path) -> bool:
    """Whether the rules in a folder are those of an organisation without a charter here."""
    return not (folder / "charter.yaml").exists()


def rules_in(folder: Path) -> Rules:
    """Read the decision rules in a folder, under its charter if it has one.

    Raises `DataError` with all their faults, and where the folder has none.
    """
    if stands_alone(folder):
        return read_file(folder / DECISIONS_FILE)
    decisions = load(folder).decisions
    if decisions is None:
        found = f"no decision rules beside the charter in {folder}"
        raise DataError(Fault("no_decision_rules", found, f"a file {DECISIONS_FILE}"))
    return decisions
