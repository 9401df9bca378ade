"""``comity verify``: prove that a record is what its log says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from comity.cli.context import Session, common
from comity.cli.progress import progress_bar
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault
from comity.register.export import VerifiedExport, verify_export
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.note import VerifierKey
from comity.wording.catalogue import text

DEFAULT = Path("var", "register")


@click.command(
    "verify",
    epilog="""\b
Examples:
  comity verify var/register
  comity verify record --key "$(cat published.vkey)" --earlier last-year.checkpoint
""",
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--key", metavar="KEY|FILE", help="The verifier key as published, or its file.")
@click.option(
    "--earlier",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A checkpoint kept from earlier: the log must have grown from it.",
)
@click.option(
    "--law/--no-law",
    default=None,
    help="Check that every act has its footing in the rules [default: for up to 50,000 acts].",
)
@common
def command(
    session: Session, path: Path | None, key: str | None, earlier: Path | None, law: bool | None
) -> int:
    """Verify an export (default: var/register, which the demonstration writes).

    Recomputes every hash from the acts up, compares every file byte by byte, and checks the
    signature; then that the register could have recorded the acts: each once, in the order of
    time, well formed, and with its footing in the rules in force when it was recorded. The first
    leaf or file that is wrong is named, with exit code 3.
    """
    folder = _there(path) if path else _nearest_default()
    verifier = _key(key) if key else None
    before = _earlier(earlier, verifier, folder) if earlier else None
    with progress_bar(quiet=session.as_json) as progress:
        found = verify_export(folder, key=verifier, earlier=before, law=law, progress=progress)
    if session.as_json:
        session.emit(_data(found, given=verifier is not None))
    else:
        _show(Page(session), folder, found, given=verifier is not None)
    return 0


def _there(path: Path) -> Path:
    if not path.is_dir():
        raise DataError(Fault("no_such_path", f"no folder {path}", "a folder written by export"))
    return path


def _nearest_default() -> Path:
    here = Path.cwd()
    found = next(
        (each / DEFAULT for each in (here, *here.parents) if (each / DEFAULT).is_dir()), None
    )
    if found is None:
        raise DataError(
            Fault(
                "no_export",
                f"no {DEFAULT} in {here} or above it",
                "the path of an export",
                "Name it, start the demonstration, or write one with: comity export DIR",
            )
        )
    return found


def _key(text_or_file: str) -> VerifierKey:
    path = Path(text_or_file)
    is_file = "+" not in text_or_file or path.is_file()
    return VerifierKey.parse((path.read_text() if is_file else text_or_file).strip())


def _earlier(file: Path, key: VerifierKey | None, folder: Path) -> Checkpoint:
    verifier = key or VerifierKey.parse((folder / "register.vkey").read_text().strip())
    return Checkpoint.open(file.read_bytes(), verifier)


def _data(found: VerifiedExport, *, given: bool) -> dict[str, JSON]:
    return {
        "verified": True,
        "origin": found.log.checkpoint.origin,
        "leaves": found.log.size,
        "root": found.log.root.hex(),
        "closed": found.closed,
        "law_checked": found.law_checked,
        "law_not_checked_for": list(found.with_closed),
        "key_given": given,
        "earlier_leaves": found.log.earlier.size if found.log.earlier else None,
        "organisations": [
            {"id": each.charter.id, "acts": len(each.acts), "rules": each.charter.digest}
            for each in found.register.organisations
        ],
    }


def _show(page: Page, folder: Path, found: VerifiedExport, *, given: bool) -> None:
    page.line(_say(page, "verified", path=folder), style="bold")
    for line in _lines(page, found, given=given):
        page.line(line, indent=2)


def _lines(page: Page, found: VerifiedExport, *, given: bool) -> Iterator[str]:
    log = found.log
    yield _say(page, "log", origin=log.checkpoint.origin, leaves=log.size, closed=found.closed)
    yield _say(page, "root", root=log.root.hex())
    if log.earlier:
        yield _say(page, "grown", leaves=log.earlier.size)
    for each in found.register.organisations:
        yield _say(
            page,
            "organisation",
            id=each.charter.id,
            acts=len(each.acts),
            digest=each.charter.digest,
        )
    yield _say(page, "law_checked" if found.law_checked else "law_not_checked")
    if found.law_checked and found.with_closed:
        yield _say(page, "law_closed", organisations=", ".join(found.with_closed))
    yield _say(page, "key_given" if given else "key_taken")


def _say(page: Page, key: str, **values: object) -> str:
    return text(page.language, f"record.{key}", **values)
