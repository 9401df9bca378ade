"""``comity verify``: prove that a record is what its log says, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from comity.cli.context import Session, common
from comity.cli.http_reader import HttpReader
from comity.cli.progress import progress_bar
from comity.cli.sites import prove_act, verify_site
from comity.cli.tables import Page
from comity.cli.verdicts import say, show_verified, verified_data
from comity.kernel.errors import DataError, Fault
from comity.register.export import verify_export
from comity.tlog.checkpoint import Checkpoint
from comity.tlog.note import VerifierKey

DEFAULT = Path("var", "register")


@click.command(
    "verify",
    epilog="""\b
Examples:
  comity verify var/register
  comity verify record --key "$(cat published.vkey)" --earlier last-year.checkpoint
  comity verify --url https://register.example --key published.vkey
  comity verify --url https://register.example --mirror copy
  comity verify --url https://register.example --act club/2030-01-01-aa-member
""",
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", help="Verify the record served there, not a folder.")
@click.option(
    "--mirror",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="With --url: keep the copy, and fetch next time only what is new.",
)
@click.option(
    "--act", metavar="ORG/ID", help="With --url: prove this act alone, by a few requests."
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="With --url: how long the server may be silent.",
)
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
    session: Session,
    path: Path | None,
    url: str | None,
    mirror: Path | None,
    act: str | None,
    timeout: float,
    key: str | None,
    earlier: Path | None,
    law: bool | None,
) -> int:
    """Verify an export (default: var/register, which the demonstration writes), or a site.

    Recomputes every hash from the acts up, compares every file byte by byte, and checks the
    signature; then that the register could have recorded the acts: each once, in the order of
    time, well formed, and with its footing in the rules in force when it was recorded. The first
    leaf or file that is wrong is named, with exit code 3.

    With --url all of it is fetched from a site, or from an export on any web server, and checked
    in the same way; nothing the server says is believed. Without --key its own key is taken, so
    compare that with the one published elsewhere. A copy (--mirror) remembers key and checkpoint.
    """
    _check_usage(path=path, url=url, mirror=mirror, act=act, law=law)
    verifier = _key(key) if key else None
    if url:
        note = earlier.read_bytes() if earlier else None
        with HttpReader(url, timeout=timeout) as reader:
            if act:
                return prove_act(session, reader, act, key=verifier, earlier=note)
            return verify_site(session, reader, mirror, key=verifier, earlier=note, law=law)
    folder = _there(path) if path else _nearest_default()
    before = _earlier(earlier, verifier, folder) if earlier else None
    with progress_bar(quiet=session.as_json) as progress:
        found = verify_export(folder, key=verifier, earlier=before, law=law, progress=progress)
    if session.as_json:
        session.emit(verified_data(found, given=verifier is not None))
    else:
        page = Page(session)
        show_verified(page, folder, found)
        page.line(say(page, "key_given" if verifier else "key_taken"), indent=2)
    return 0


def _check_usage(
    *, path: Path | None, url: str | None, mirror: Path | None, act: str | None, law: bool | None
) -> None:
    if url and path:
        raise click.UsageError("Give a folder or --url, not both.")
    if not url and (mirror or act):
        raise click.UsageError("--mirror and --act say what to do with a site: give --url too.")
    if act and (mirror or law is not None):
        raise click.UsageError("--act proves one act alone: leave --mirror and --law out.")
    if act and not all(act.partition("/")):
        raise click.UsageError(f'--act "{act}" is no act. Expected: ORG/ID, as in its address.')


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
