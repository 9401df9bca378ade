"""``comity check``: validate organisations and run case files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from comity.charter.completeness import advice, completeness
from comity.cli.context import Session, common, read_record
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.errors import ComityError, DataError, Fault, Place
from comity.register.cases import Outcome, case_files, run_file
from comity.register.reading import find_organisations
from comity.register.register import OrganisationRecord
from comity.wording.catalogue import LANGUAGES
from comity.wording.data import fault_data


@dataclass(slots=True)
class Report:
    """What a check found: faults of organisations and files, remarks, and how cases went."""

    organisations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """How many cases passed."""
        return sum(each.passed for each in self.outcomes)

    @property
    def failed(self) -> int:
        """How many cases failed."""
        return len(self.outcomes) - self.passed

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.failed


@click.command(
    "check",
    epilog="""\b
Examples:
  comity check organisations
  comity check organisations/sco/cases/partners.yaml --json
""",
)
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--strict", is_flag=True, help="A name missing in en, ru or zh is a fault.")
@click.option("--remarks", is_flag=True, help="List what is allowed but better mended.")
@common
def command(session: Session, paths: tuple[Path, ...], strict: bool, remarks: bool) -> int:
    """Check the organisations and run the case files at or below each PATH.

    Checks charters and acts, looks for missing names, and runs every case, also those that bring
    rules of their own. Nothing stops at the first fault. The exit code is 1 if anything is wrong.
    """
    report = Report()
    folders, files = _found(paths)
    for folder in folders:
        _check_organisation(folder, report, strict=strict)
    _run(session, files, report)
    report.faults = list(dict.fromkeys(report.faults))
    if session.as_json:
        session.emit(_data(report))
    else:
        _show(Page(session), report, list_remarks=remarks)
    return 0 if report.good else 1


def _found(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the folders of organisations and the case files at or below the paths, each once."""
    folders: dict[Path, None] = {}
    files: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise DataError(Fault("no_such_path", f"no file or folder {path}", "one that exists"))
        below = _organisations(path)
        cases = case_files(path) or ([] if below else sorted(path.rglob("*.yaml")))
        if not below and not cases:
            expected = "a folder with a charter.yaml, or case files"
            raise DataError(Fault("nothing_to_check", f"nothing to check in {path}", expected))
        folders.update(dict.fromkeys(below))
        files.update(dict.fromkeys(cases))
    return [*folders], [*files]


def _organisations(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    below = find_organisations(path)
    return below or sorted({each.parent for each in path.rglob("charter.yaml")})


def _check_organisation(folder: Path, report: Report, *, strict: bool) -> None:
    report.organisations.append(folder.name)
    try:
        record = _record(folder)
    except ComityError as error:
        report.faults += error.faults
        return
    charter = record.charter
    place = Place(str(folder / "charter.yaml"))
    missing = [
        replaced(each, place=each.place or place) for each in completeness(charter, LANGUAGES)
    ]
    (report.faults if strict else report.remarks).extend(missing)
    report.remarks += [replaced(each, place=each.place or place) for each in advice(charter)]


@cache
def _record(folder: Path) -> OrganisationRecord:
    return read_record(folder)


def _run(session: Session, files: list[Path], report: Report) -> None:
    broken: set[Path] = set()

    def organisation(name: str, file: Path) -> OrganisationRecord:
        folder = _folder_of(name, file, session)
        if folder in broken:
            raise DataError(_not_run(file, name))
        try:
            return _record(folder)
        except ComityError as error:
            broken.add(folder)
            report.faults += error.faults
            raise DataError(_not_run(file, name)) from error

    for file in _with_progress(files, quiet=session.as_json):
        try:
            report.outcomes += run_file(file, organisation)
        except ComityError as error:
            faults = [replaced(f, place=f.place or Place(str(file))) for f in error.faults]
            report.outcomes.append(_unreadable(file, faults))


def _unreadable(file: Path, faults: list[Fault]) -> Outcome:
    return Outcome("(the file)", Place(str(file)), tuple(str(each) for each in faults))


def _not_run(file: Path, name: str) -> Fault:
    found = f'the cases were not run: the organisation "{name}" has faults'
    return Fault(
        "organisation_has_faults", found, "an organisation without faults", place=Place(str(file))
    )


def _folder_of(name: str, file: Path, session: Session) -> Path:
    """Return the organisation that a case names: the one around its file, else one in the data."""
    for above in file.resolve().parents:
        if (above / "charter.yaml").exists():
            if above.name == name:
                return above
            beside = above.parent / name
            if (beside / "charter.yaml").exists():
                return beside
    return session.folder(name)


def _with_progress(files: list[Path], *, quiet: bool) -> Iterator[Path]:
    """Yield the files; on a terminal, with a bar where there are many."""
    if quiet or len(files) < 10 or not sys.stderr.isatty():
        yield from files
        return
    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(files, description="")


# For people


def _show(page: Page, report: Report, *, list_remarks: bool) -> None:
    for fault in report.faults:
        page.line(f"✗ {fault}")
    for outcome in report.outcomes:
        if not outcome.passed:
            page.line(f"✗ {outcome.place}: {outcome.title}")
            for failure in outcome.failures:
                page.line(failure, indent=4)
    if list_remarks:
        for remark in report.remarks:
            page.line(f"· {remark}")
    elif report.remarks:
        page.line(f"{len(report.remarks)} remarks; list them with --remarks", style="dim")
    if report.faults:
        page.line(f"{len(report.faults)} faults in organisations")
    page.line(f"{report.passed} passed, {report.failed} failed")


# For machines


def _data(report: Report) -> dict[str, JSON]:
    return {
        "passed": report.passed,
        "failed": report.failed,
        "organisations": list(report.organisations),
        "faults": [fault_data(each) for each in report.faults],
        "remarks": [fault_data(each) for each in report.remarks],
        "failures": [
            {
                "title": each.title,
                "place": str(each.place),
                "file": each.place.file,
                "line": each.place.line,
                "failures": list(each.failures),
            }
            for each in report.outcomes
            if not each.passed
        ],
    }
