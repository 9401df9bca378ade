"""``comity export``: the whole public record as a directory that anyone can keep and check."""

from __future__ import annotations

import os
from pathlib import Path

import click

from comity.cli.context import Session, common
from comity.cli.progress import progress_bar
from comity.cli.tables import Page
from comity.kernel.errors import DataError, Fault
from comity.register.export import write_export
from comity.register.reading import read_register
from comity.register.records import to_bytes
from comity.tlog.note import SigningKey
from comity.wording.catalogue import text


@click.command(
    "export",
    epilog="""\b
Examples:
  comity export record
  comity export record sco --key-file secretariat.key --origin sco.example/register
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
@common
def command(
    session: Session,
    target: Path,
    organisations: tuple[str, ...],
    key_file: Path | None,
    origin: str,
) -> int:
    """Write the record of organisations (default: all) into a new directory DIR, signed.

    The directory holds the log as tiles, the acts as JSONL and CSV, and the rules. Anybody can
    check it with: comity verify DIR
    """
    if not target.name:
        raise DataError(Fault("no_such_path", "a directory without a name", "a new name"))
    names = [session.folder(each).name for each in organisations]
    register = read_register(session.root, *names)
    key = _signing_key(key_file or target.with_name(f"{target.name}.key"), origin)
    charters = [each.charter for each in register.organisations if each.acts]
    entries = [to_bytes(act) for act in register.acts]
    with progress_bar(quiet=session.as_json) as progress:
        checkpoint = write_export(
            target, entries=entries, charters=charters, key=key, progress=progress
        )
    if session.as_json:
        session.emit(
            {"path": str(target), "leaves": checkpoint.size, "root": checkpoint.root.hex(),
             "key": str(key.verifier)}
        )  # fmt: skip
    else:
        page = Page(session)
        page.line(text(page.language, "record.exported", path=target, leaves=checkpoint.size))
        page.line(text(page.language, "record.publish", key=str(key.verifier)), indent=2)
        page.more(f"verify {target}")
    return 0


def _signing_key(file: Path, origin: str) -> SigningKey:
    """Read the signing key, or make one where there is none."""
    if not file.exists():
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
