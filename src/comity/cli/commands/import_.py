"""``comity import``: take in a record that was exported, or acts to be recorded."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from comity.cli.context import Session, common
from comity.cli.progress import progress_bar
from comity.cli.tables import Page
from comity.kernel.documents import parse_bytes, read_bytes
from comity.kernel.errors import DataError, Fault
from comity.register.export import verify_export
from comity.register.reading import check_acts
from comity.register.register import Register
from comity.register.writing import write_organisation
from comity.tlog.note import VerifierKey
from comity.wording.catalogue import text


@click.command(
    "import",
    epilog="""\b
Examples:
  comity import record --to restored
  comity import admissions-2026.yaml --to organisations/sco --dry-run
""",
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="For an export: a new folder of organisations. For acts: the folder of an organisation.",
)
@click.option("--key", metavar="KEY", help="The verifier key that the export must be signed with.")
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@common
def command(session: Session, path: Path, target: Path, key: str | None, dry_run: bool) -> int:
    """Import an export (a directory) or a file of acts (YAML).

    Everything is checked first: the log of an export, the form and the footing of acts. Where
    anything is wrong nothing is written.
    """
    if not path.exists():
        raise DataError(Fault("no_such_path", f"no file or folder {path}", "one that exists"))
    if path.is_dir():
        number = _import_export(session, path, target, key, dry_run)
    else:
        number = _import_acts(path, target, dry_run)
    if session.as_json:
        session.emit({"path": str(path), "to": str(target), "acts": number, "written": not dry_run})
    else:
        page = Page(session)
        sentence = "record.would_import" if dry_run else "record.imported"
        page.line(text(page.language, sentence, acts=number, path=target))
    return 0


def _import_export(
    session: Session, path: Path, target: Path, key: str | None, dry_run: bool
) -> int:
    verifier = VerifierKey.parse(key) if key else None
    _check_new(target)
    with progress_bar(quiet=session.as_json) as progress:
        found = verify_export(path, key=verifier, law=True, progress=progress)
    if not dry_run:
        _write_all(target, found.register)
    return len(found.register)


def _check_new(target: Path) -> None:
    if not target.name:
        raise DataError(Fault("no_such_path", "a folder without a name", "a new name"))
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        fault = Fault("not_empty", f"{target} is there already", "a new name, or an empty folder")
        raise DataError(fault)


def _write_all(target: Path, register: Register) -> None:
    """Write all organisations beside ``target`` and move them there, so that none stands alone."""
    beside = target.with_name(f".{target.name}.new")
    try:
        beside.mkdir(parents=True)
    except FileExistsError as error:
        found, advice = (
            f"{beside} is there already",
            "An import that was cut off left it: remove it.",
        )
        raise DataError(Fault("not_empty", found, "nothing there", advice)) from error
    try:
        for record in register.organisations:
            write_organisation(beside / record.charter.id, record.charter, record.acts)
        if target.exists():
            target.rmdir()
        beside.rename(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _import_acts(path: Path, target: Path, dry_run: bool) -> int:
    if path.suffix.lower() not in (".yaml", ".yml"):
        found = f"{path} does not end in .yaml or .yml"
        raise DataError(Fault("not_yaml", found, "a file of acts in YAML, or an export"))
    raw = read_bytes(path)
    acts = check_acts(target, parse_bytes(raw, str(path)))
    # Only *.yaml is read from the folder of an organisation.
    kept = target / "acts" / f"{path.stem}.yaml"
    if kept.exists():
        fault = Fault("not_empty", f"{kept} is there already", "a file with a new name")
        raise DataError(fault)
    if not dry_run:
        _keep(kept, raw)
    return len(acts)


def _keep(file: Path, raw: bytes) -> None:
    """Write a file beside its place and move it there, so that no half file is ever read."""
    file.parent.mkdir(exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(raw)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
