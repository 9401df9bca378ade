"""``comity import``: take in a record that was exported, or acts to be recorded."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from comity.cli.context import Session, common
from comity.cli.progress import progress_bar
from comity.cli.tables import Page
from comity.kernel.errors import DataError, Fault
from comity.register.export import verify_export
from comity.register.reading import check_acts_file
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
    importing = _import_export if path.is_dir() else _import_acts
    number = importing(session, path, target, key, dry_run)
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
    with progress_bar(quiet=session.as_json) as progress:
        found = verify_export(path, key=verifier, progress=progress)
    if target.exists() and any(target.iterdir()):
        fault = Fault("not_empty", f"{target} is there already", "a new name, or an empty folder")
        raise DataError(fault)
    for record in found.register.organisations if not dry_run else ():
        write_organisation(target / record.charter.id, record.charter, record.acts)
    return len(found.register)


def _import_acts(
    session: Session,  # noqa: ARG001
    path: Path,
    target: Path,
    key: str | None,  # noqa: ARG001
    dry_run: bool,
) -> int:
    acts = check_acts_file(target, path)
    kept = target / "acts" / path.name
    if kept.exists():
        fault = Fault("not_empty", f"{kept} is there already", "a file with a new name")
        raise DataError(fault)
    if not dry_run:
        kept.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, kept)
    return len(acts)
