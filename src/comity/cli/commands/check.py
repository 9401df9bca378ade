"""``comity check``: validate organisations and run case files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from comity.charter.completeness import advice, completeness
from comity.charter.load import DECISIONS_FILE, PROCEDURES_FILE, TREATIES_FILE
from comity.cli.context import Session, common, read_record
from comity.cli.tables import Page
from comity.decision.model import Names
from comity.decision.remarks import remarks as remarks_on
from comity.decision.rules import Rules
from comity.kernel.canonical import JSON
from comity.kernel.errors import ComityError, DataError, Fault, Place
from comity.procedure.model import Procedures
from comity.register.cases import Outcome, case_files, run_file
from comity.register.reading import find_organisations
from comity.register.register import OrganisationRecord
from comity.register.rules import (
    find_rules,
    find_treaties,
    has_procedures,
    has_treaties,
    procedures_in,
    rules_in,
    stands_alone,
    treaties_in,
)
from comity.register.texts import untranslated
from comity.wording.catalogue import LANGUAGES
from comity.wording.data import fault_data
from comity.wording.decision_names import unnamed
from comity.wording.decisions import named
from comity.wording.names import organisation_name
from comity.wording.procedure_names import unnamed_in

# What makes a folder an organisation's.
RULES = ("charter.yaml", DECISIONS_FILE.name, PROCEDURES_FILE.name, TREATIES_FILE.name)


@dataclass(slots=True)
class Report:
    """What a check found: faults of organisations and files, remarks, and how cases went.

    ``rules`` are the folders of decision rules that stand alone; ``names`` are what the
    organisations that could be read are called, by folder, and ``short_names`` in a word.
    """

    organisations: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    short_names: list[str] = field(default_factory=list)
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
@click.option("--strict", is_flag=True, help="A name or text missing in en, ru or zh is a fault.")
@click.option("--remarks", is_flag=True, help="List what is allowed but better mended.")
@common
def command(session: Session, paths: tuple[Path, ...], strict: bool, remarks: bool) -> int:
    """Check the organisations and run the case files at or below each PATH.

    Checks charters, decision rules, procedures, treaties and acts, looks for missing names and
    translations, and runs every case, also those that bring rules of their own. Nothing stops at
    the first fault. The exit code is 1 if anything is wrong.
    """
    folders, files = _found(paths)
    check = _Check(session, strict=strict)
    for folder in folders:
        if stands_alone(folder):
            check.rules_alone(folder)
        else:
            check.organisation(folder)
    for file in _with_progress(files, quiet=session.as_json):
        check.cases(file)
    report = check.report
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
        if path.name in RULES:
            folders[path.parent] = None
            continue
        below = _organisations(path)
        cases = case_files(path) or ([] if below else sorted(path.rglob("*.yaml")))
        if not below and not cases:
            expected = f"a folder with one of {', '.join(RULES)}, or case files"
            raise DataError(Fault("nothing_to_check", f"nothing to check in {path}", expected))
        folders.update(dict.fromkeys(below))
        files.update(dict.fromkeys(cases))
    return [*folders], [*files]


def _organisations(path: Path) -> list[Path]:
    if not path.is_dir():
        return []
    below = {*find_organisations(path), *find_rules(path), *find_treaties(path)}
    deeper = (path.rglob(name) for name in RULES)
    return sorted(below or {each.parent for found in deeper for each in found})


class _Check:
    """One run: reads each organisation once, and goes on after every fault."""

    def __init__(self, session: Session, *, strict: bool) -> None:
        self.report = Report()
        self._session = session
        self._strict = strict
        self._records: dict[Path, OrganisationRecord | None] = {}

    def organisation(self, folder: Path) -> None:
        """Check charter and acts, and look for missing names and translations."""
        self.report.organisations.append(folder.name)
        record = self._record(folder)
        if record is None:
            return
        charter, place = record.charter, Place(str(folder / "charter.yaml"))
        language = self._session.language
        short = organisation_name(charter, language, short=True)
        self._called(folder, organisation_name(charter, language), short)
        translations = Place(str(folder / "translations"))
        missing = [replaced(each, place=place) for each in completeness(charter, LANGUAGES)]
        missing += [replaced(each, place=translations) for each in untranslated(record, LANGUAGES)]
        (self.report.faults if self._strict else self.report.remarks).extend(missing)
        self.report.remarks += [replaced(each, place=place) for each in advice(charter)]
        if charter.decisions is not None:
            self._decisions(charter.decisions, folder)
        if charter.procedures is not None:
            self._procedures(charter.procedures, folder)

    def rules_alone(self, folder: Path) -> None:
        """Check decision rules, procedures and treaties that have no charter beside them."""
        self.report.rules.append(folder.name)
        if has_treaties(folder):
            self._treaties_alone(folder)
        if find_rules(folder) != [folder]:
            return
        try:
            procedures = procedures_in(folder) if has_procedures(folder) else None
            rules = procedures.rules if procedures else rules_in(folder)
        except ComityError as error:
            self.report.faults += error.faults
            return
        self._called_as(folder, rules.names, rules.short_names)
        self._decisions(rules, folder, alone=folder.name)
        if procedures is not None:
            self._procedures(procedures, folder)

    def _treaties_alone(self, folder: Path) -> None:
        try:
            treaties = treaties_in(folder)
        except ComityError as error:
            self.report.faults += error.faults
            return
        if find_rules(folder) != [folder]:
            self._called_as(folder, treaties.names, treaties.short_names)

    def _called_as(self, folder: Path, names: Names, short_names: Names) -> None:
        name = named(names, self._session.language, folder.name)
        self._called(folder, name, named(short_names, self._session.language, name))

    def _called(self, folder: Path, name: str, short: str) -> None:
        self.report.names[folder.name] = name
        self.report.short_names.append(short)

    def _decisions(self, rules: Rules, folder: Path, *, alone: str = "") -> None:
        place = Place(str(folder / DECISIONS_FILE))
        missing = [replaced(each, place=place) for each in unnamed(rules, LANGUAGES, alone=alone)]
        (self.report.faults if self._strict else self.report.remarks).extend(missing)
        self.report.remarks += [replaced(each, place=place) for each in remarks_on(rules)]

    def _procedures(self, procedures: Procedures, folder: Path) -> None:
        place = Place(str(folder / PROCEDURES_FILE))
        missing = [replaced(each, place=place) for each in unnamed_in(procedures, LANGUAGES)]
        (self.report.faults if self._strict else self.report.remarks).extend(missing)

    def cases(self, file: Path) -> None:
        """Run the cases of a file; one that cannot be read is one failed case."""
        try:
            self.report.outcomes += run_file(file, self._named)
        except ComityError as error:
            self.report.outcomes.append(_unreadable(file, error.faults))

    def _named(self, name: str, file: Path) -> OrganisationRecord:
        record = self._record(_folder_of(name, file, self._session))
        if record is None:
            found = f'the cases were not run: the organisation "{name}" has faults'
            expected = "an organisation without faults"
            raise DataError(Fault("organisation_has_faults", found, expected))
        return record

    def _record(self, folder: Path) -> OrganisationRecord | None:
        """Read an organisation, or note its faults; each once, however its folder is named."""
        key = folder.resolve()
        if key not in self._records:
            try:
                self._records[key] = read_record(folder)
            except ComityError as error:
                self._records[key] = None
                self.report.faults += error.faults
        return self._records[key]


def _unreadable(file: Path, faults: Iterable[Fault]) -> Outcome:
    """Return a file as one failed case; a fault without a line of its own needs no place."""
    shown = (
        fault if fault.place and fault.place.line else replaced(fault, place=None)
        for fault in faults
    )
    return Outcome("(the file)", Place(str(file)), tuple(str(each) for each in shown))


def _folder_of(name: str, file: Path, session: Session) -> Path:
    """Return the organisation that a case names: the one around its file, else one in the data."""
    for above in file.resolve().parents:
        if (above / "charter.yaml").exists():
            beside = above if above.name == name else above.parent / name
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
        page.whole(f"✗ {fault}")
    for outcome in report.outcomes:
        if not outcome.passed:
            page.whole(f"✗ {outcome.place}: {outcome.title}")
            for failure in outcome.failures:
                page.whole(failure, indent=4)
    if list_remarks:
        for remark in report.remarks:
            page.whole(f"· {remark}")
    elif report.remarks:
        count = len(report.remarks)
        words = "1 remark; list it" if count == 1 else f"{count} remarks; list them"
        page.whole(f"{words} with --remarks", style="dim")
    if report.faults:
        count = len(report.faults)
        page.whole(f"{count} {'fault' if count == 1 else 'faults'} in organisations")
    if report.short_names:
        page.line(f"Checked: {', '.join(report.short_names)}")
    page.whole(f"{report.passed} passed, {report.failed} failed")


# For machines


def _data(report: Report) -> dict[str, JSON]:
    return {
        "passed": report.passed,
        "failed": report.failed,
        "organisations": list(report.organisations),
        "rules": list(report.rules),
        "names": dict(report.names),
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
