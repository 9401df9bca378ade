"""What the commands share: options, the data they read, the day of today, and shell completion.

Nothing below this layer reads a clock or the environment; here the clock is read in `now`, and
the environment by click (``COMITY_DATA``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``).
"""

from __future__ import annotations

import functools
import json
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from comity.charter.load import load as load_charter
from comity.charter.model import Charter
from comity.kernel.canonical import JSON
from comity.kernel.dates import parse_day, parse_moment
from comity.kernel.errors import ComityError, DataError, Fault, UnknownName, unknown
from comity.register.reading import find_organisations, read_register
from comity.register.register import OrganisationRecord
from comity.register.situation import Situation
from comity.wording.catalogue import LANGUAGES

FOLDER = "organisations"


def now() -> datetime:
    """Return the present instant, the one place that reads a clock for an answer."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date where the reader is."""
    return now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Session:
    """What was asked for on the command line, besides the question itself.

    ``hints`` are the options that a command proposed for copying must repeat.
    """

    data: Path | None
    as_json: bool
    language: str
    color: bool
    hints: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        """The folder with the organisations; raises `DataError` where there is none."""
        found = self.data or _nearest(Path.cwd()) or _shipped()
        if found is None:
            raise DataError(
                Fault(
                    "no_data",
                    f'no folder "{FOLDER}" in {Path.cwd()} or above it',
                    "a folder of organisations",
                    "Name it with --data DIR, or set COMITY_DATA.",
                )
            )
        if not found.is_dir():
            raise DataError(Fault("no_data", f"{found} is not a folder", "a folder"))
        below = found / FOLDER
        return below if below.is_dir() and not find_organisations(found) else found

    def folders(self) -> list[Path]:
        """Return the folders of all organisations; raises `DataError` where there is none."""
        folders = find_organisations(self.root)
        if not folders:
            expected = "folders with a charter.yaml"
            raise DataError(Fault("no_data", f"no organisation in {self.root}", expected))
        return folders

    def record(self, organisation: str) -> OrganisationRecord:
        """Read one organisation; raises `UnknownName` with the nearest one."""
        return read_record(self.folder(organisation))

    def folder(self, organisation: str) -> Path:
        """Return the folder of an organisation; case does not count."""
        known = {folder.name: folder for folder in self.folders()}
        found = known.get(organisation) or known.get(organisation.casefold())
        if found is None:
            raise UnknownName(unknown("organisation", organisation, known))
        return found

    def emit(self, data: Mapping[str, JSON]) -> None:
        """Print an answer for machines."""
        print_json(data)


def read_record(folder: Path) -> OrganisationRecord:
    """Read the organisation in a folder; raises `DataError` with all faults."""
    return read_register(folder.parent, folder.name).organisations[0]


def print_json(data: Mapping[str, JSON]) -> None:
    """Print JSON as people can read it too."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def party_code(record: OrganisationRecord, party: str) -> str:
    """Return the code of a party, named by code, former code or name; case does not count."""
    try:
        return record.party(party)
    except UnknownName:
        folded = party.casefold()
        for each in record.charter.parties.values():
            if folded in (name.casefold() for name in each.names.values()):
                return each.code
        raise


def defined(kind: str, name: str, known: Mapping[str, object]) -> str:
    """Return ``name`` if it is defined; raises `UnknownName` with the nearest one."""
    if name not in known:
        raise UnknownName(unknown(kind, name, known))
    return name


def _nearest(folder: Path) -> Path | None:
    """Return ``organisations`` in a folder or the nearest one above it."""
    candidates = (each / FOLDER for each in (folder, *folder.parents))
    return next((each for each in candidates if each.is_dir()), None)


def _shipped() -> Path | None:
    """Return the organisations beside the source tree this package runs from."""
    beside = Path(__file__).parents[3] / FOLDER
    return beside if beside.is_dir() else None


# Options


def common(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the options that all share, and a `Session` as its first argument."""

    @click.option(
        "--data",
        type=click.Path(path_type=Path),
        envvar="COMITY_DATA",
        metavar="DIR",
        help="Folder of organisations [default: the nearest one upward; COMITY_DATA].",
    )
    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")
    @language_option
    @click.option("--no-color", is_flag=True, help="Print without colour (also: NO_COLOR).")
    @functools.wraps(command)
    def with_session(
        *args: Any, data: Path | None, as_json: bool, language: str, no_color: bool, **rest: Any
    ) -> int | None:
        session = Session(data, as_json, language, not no_color, _hints(data, language))
        return command(session, *args, **rest)

    return with_session  # fmt: skip


def _hints(data: Path | None, language: str) -> tuple[str, ...]:
    """Return the options that were given as such, and not by the environment."""
    source = click.get_current_context().get_parameter_source
    given = {"--data": ("data", str(data)), "--lang": ("language", language)}
    return tuple(
        word
        for option, (name, value) in given.items()
        if source(name) is ParameterSource.COMMANDLINE
        for word in (option, shlex.quote(value))
    )


def _language(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """Take the language from the option, else from the environment if it is one of ours."""
    name = parameter.name or ""
    code = (value or "").partition(".")[0].partition("_")[0].partition("-")[0].casefold()
    if code in LANGUAGES:
        return code
    asked = context.get_parameter_source(name) in (
        ParameterSource.COMMANDLINE,
        ParameterSource.DEFAULT_MAP,
    )
    if asked and value is not None:
        raise UnknownName(unknown("language", value, LANGUAGES))
    return "en"


language_option = click.option(
    "--lang",
    "language",
    envvar=["LC_ALL", "LC_MESSAGES", "LANG"],
    callback=_language,
    metavar="|".join(LANGUAGES),
    help="Language of the answer [default: from LC_ALL or LANG, else en].",
)


def as_day(_: click.Context, __: click.Parameter, value: str) -> date:
    """Read a day, ``2017-06-09`` or ``today``; raises `DataError` with what a day looks like."""
    return today() if value.casefold() == "today" else parse_day(value)


def as_moment(_: click.Context, __: click.Parameter, value: str | None) -> date | datetime | None:
    """Read a day, all of which counts, or an instant in UTC; raises `DataError`."""
    if value is None or value.casefold() == "today":
        return today() if value else None
    return parse_moment(value)


on_option = click.option(
    "--on",
    callback=as_day,
    default="today",
    metavar="DATE",
    help="The day asked about [default: today].",
)
known_at_option = click.option(
    "--known-at", callback=as_moment, metavar="MOMENT",
    help="Answer from what was recorded by then: a day, or 2026-11-21T09:30:00Z.",
)  # fmt: skip
basis_option = click.option(
    "--basis", metavar="BASIS", help="Basis of counting [default: the organisation's own]."
)
facet_option = click.option(
    "--facet", metavar="FACET", help="What the status is a status of [default: the main one]."
)


def about_situation(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command ``--known-at`` and ``--basis``."""
    return known_at_option(basis_option(command))


# Shell completion


def complete_organisation(
    context: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the organisations there are."""
    with suppress(ComityError):
        names = (folder.name for folder in _session_of(context).folders())
        return [CompletionItem(each) for each in names if each.startswith(incomplete)]
    return []


def complete_from(
    names: Callable[[Charter], Mapping[str, str]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Offer what the charter of the organisation named before defines."""

    def complete(
        context: click.Context, _: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        with suppress(ComityError, KeyError):
            folder = _session_of(context).folder(context.params["organisation"])
            offered = names(load_charter(folder)).items()
            folded = incomplete.casefold()
            return [
                CompletionItem(name, help=text)
                for name, text in offered
                if name.casefold().startswith(folded)
            ]
        return []

    return complete


def _session_of(context: click.Context) -> Session:
    return Session(context.params.get("data"), False, "en", False)


def _first(names: Mapping[str, str]) -> str:
    return next(iter(names.values()), "")


complete_party = complete_from(lambda c: {p.code: _first(p.names) for p in c.parties.values()})
complete_right = complete_from(lambda c: {r.id: _first(r.names) for r in c.rights.values()})
complete_body = complete_from(
    lambda c: {name: _first(body.items[0].names) for name, body in c.bodies.items()}
)
complete_article = complete_from(
    lambda c: {name: _first(article.items[0].title) for name, article in c.articles.items()}
)

organisation_argument = click.argument(
    "organisation", metavar="ORG", shell_complete=complete_organisation
)
party_argument = click.argument("party", metavar="PARTY", shell_complete=complete_party)


def bases(situation: Situation) -> Iterator[str]:
    """Name the bases of counting other than the one asked for."""
    yield from (each for each in situation.charter.bases if each != situation.basis)
