"""``comity export``: the whole public record as a directory that anyone can keep and check."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from comity.charter.model import Charter
from comity.cli.context import Session, common
from comity.cli.progress import progress_bar
from comity.cli.tables import Page
from comity.kernel.errors import DataError, Fault
from comity.register.continuing import acts_beyond
from comity.register.export import log_entries, verify_export, write_export
from comity.register.reading import read_organisation, read_register
from comity.register.records import to_bytes
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.note import SigningKey
from comity.wording.catalogue import text


@click.command(
    "export",
    epilog="""\b
Examples:
  comity export record
  comity export record sco --key-file secretariat.key --origin sco.example/register
  comity export record-2027 --continue record
""",
)
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("organisations", metavar="[ORG]...", nargs=-1)
@click.option(
    "--key-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The signing key; made (readable by you alone) if it is not there [default: DIR.key].",
)
@click.option(
    "--origin",
    default="comity.example/register",
    show_default=True,
    help="Name of the log, for a new key.",
)
@click.option(
    "--continue",
    "earlier",
    type=click.Path(path_type=Path),
    metavar="EARLIER",
    help="Carry on the log of an earlier export, with its key [key: EARLIER.key].",
)
@common
def command(
    session: Session,
    target: Path,
    organisations: tuple[str, ...],
    key_file: Path | None,
    origin: str,
    earlier: Path | None,
) -> int:
    """Write the record of organisations (default: all) into a new directory DIR, signed.

    The directory holds the log as tiles, the acts as JSONL and CSV, and the rules. Anybody can
    check it with: comity verify DIR. A record that was published once is carried on with
    --continue, so that it only grows: what was recorded stays, also an edition of rules that
    the files no longer hold.
    """
    if not target.name:
        raise DataError(Fault("no_such_path", "a directory without a name", "a new name"))
    folders = [session.folder(each) for each in organisations] or session.folders()
    key = _signing_key(key_file or _beside(earlier or target), origin, must_exist=bool(earlier))
    entries, charters = _continued(earlier, key, folders) if earlier else _begun(folders)
    with progress_bar(quiet=session.as_json) as progress:
        checkpoint = write_export(
            target, entries=entries, charters=charters, key=key, progress=progress
        )
    _report(session, target, checkpoint, key)
    return 0


def _begun(folders: Sequence[Path]) -> tuple[list[bytes], list[Charter]]:
    """Return the entries of a new log, and the rules it names."""
    register = read_register(folders[0].parent, *(folder.name for folder in folders))
    charters = [each.charter for each in register.organisations if each.acts]
    return [to_bytes(act) for act in register.acts], charters


def _continued(
    earlier: Path, key: SigningKey, folders: Sequence[Path]
) -> tuple[list[bytes], list[Charter]]:
    """Return the entries of a log that goes on, and every edition of rules it names."""
    found = verify_export(earlier, key=key.verifier)
    read = [read_organisation(folder) for folder in folders]
    fresh = acts_beyond(found.register, read)
    editions = {charter.digest: charter for charter in found.editions}
    editions |= {charter.digest: charter for charter, acts in read if acts}
    old = log_entries(earlier, found.log.size)
    return [*old, *(to_bytes(act) for act in fresh)], [*editions.values()]


def _report(session: Session, target: Path, checkpoint: Checkpoint, key: SigningKey) -> None:
    if session.as_json:
        session.emit(
            {"path": str(target), "leaves": checkpoint.size, "root": checkpoint.root.hex(),
             "key": str(key.verifier)}
        )  # fmt: skip
        return
    page = Page(session)
    page.line(text(page.language, "record.exported", path=target, leaves=checkpoint.size))
    page.line(text(page.language, "record.publish", key=str(key.verifier)), indent=2)
    page.more(f"verify {target}")


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.key")


def _signing_key(file: Path, origin: str, *, must_exist: bool) -> SigningKey:
    """Read the signing key, or make one where there is none and a new log may begin."""
    if not file.exists() and not must_exist:
        key = SigningKey.from_seed(origin, os.urandom(32))
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(f"{key.private_text()}\n")
        return key
    try:
        return SigningKey.parse(file.read_text().strip())
    except OSError as error:
        fault = Fault("unreadable_file", f"cannot read {file}: {error.strerror}", "a signing key")
        raise DataError(fault) from error
