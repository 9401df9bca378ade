"""Decision rules, procedures and treaties of an organisation: beside its charter, or alone."""

from __future__ import annotations

from pathlib import Path

from comity.charter.load import DECISIONS_FILE, PROCEDURES_FILE, TREATIES_FILE, load
from comity.decision import read as decisions
from comity.decision.rules import Rules
from comity.kernel.errors import DataError, Fault
from comity.procedure import read as procedures
from comity.procedure.model import Procedures
from comity.treaty import read as treaties
from comity.treaty.model import Treaties


def find_rules(root: Path) -> list[Path]:
    """Return the folders at or below ``root`` that have decision rules or procedures."""
    if _has(root, DECISIONS_FILE) or _has(root, PROCEDURES_FILE):
        return [root]
    found = (root.glob(f"*/{name}") for name in (DECISIONS_FILE, PROCEDURES_FILE))
    return sorted({path.parent for paths in found for path in paths})


def find_treaties(root: Path) -> list[Path]:
    """Return the folders at or below ``root`` that have treaties."""
    if _has(root, TREATIES_FILE):
        return [root]
    return sorted(path.parent for path in root.glob(f"*/{TREATIES_FILE}"))


def stands_alone(folder: Path) -> bool:
    """Whether the rules in a folder are those of an organisation without a charter here."""
    return not (folder / "charter.yaml").exists()


def has_procedures(folder: Path) -> bool:
    """Whether a folder has procedures."""
    return _has(folder, PROCEDURES_FILE)


def has_treaties(folder: Path) -> bool:
    """Whether a folder has treaties."""
    return _has(folder, TREATIES_FILE)


def rules_in(folder: Path) -> Rules:
    """Read the decision rules in a folder, under its charter if it has one.

    Where there is no ``decisions.yaml``, those that stand with the procedures. Raises `DataError`
    with all their faults, and where the folder has none.
    """
    if stands_alone(folder) and _has(folder, DECISIONS_FILE):
        return decisions.read_file(folder / DECISIONS_FILE)
    if stands_alone(folder) and _has(folder, PROCEDURES_FILE):
        return procedures_in(folder).rules
    charter = load(folder)
    if charter.decisions is not None:
        return charter.decisions
    if charter.procedures is not None:
        return charter.procedures.rules
    found = f"no decision rules beside the charter in {folder}"
    raise DataError(Fault("no_decision_rules", found, f"a file {DECISIONS_FILE}"))


def procedures_in(folder: Path) -> Procedures:
    """Read the procedures in a folder, under its charter if it has one.

    Raises `DataError` with all faults of them and of the decision rules beside them, and where the
    folder has none.
    """
    if not has_procedures(folder):
        found = f"no procedures in {folder}"
        raise DataError(Fault("no_procedures", found, f"a file {PROCEDURES_FILE}"))
    if stands_alone(folder):
        return procedures.read_file(folder / PROCEDURES_FILE)
    found_with_it = load(folder).procedures
    assert found_with_it is not None
    return found_with_it


def treaties_in(folder: Path) -> Treaties:
    """Read the treaties in a folder, under its charter if it has one.

    Raises `DataError` with all their faults, and where the folder has none.
    """
    if not has_treaties(folder):
        found = f"no treaties in {folder}"
        raise DataError(Fault("no_treaties", found, f"a file {TREATIES_FILE}"))
    if stands_alone(folder):
        return treaties.read_file(folder / TREATIES_FILE)
    found_with_it = load(folder).treaties
    assert found_with_it is not None
    return found_with_it


def _has(folder: Path, file: Path) -> bool:
    return (folder / file).exists()
