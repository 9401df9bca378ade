"""``comity follow``: what stands of a matter under a procedure, and what may follow."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from click.core import ParameterSource

from comity.cli.context import Session, common, now, on_option
from comity.cli.following import show_standing, standing_data, told
from comity.cli.matters import read_followed
from comity.cli.procedures import procedures_data, show_procedures
from comity.cli.questions import refused
from comity.cli.rulebook import open_procedures
from comity.cli.tables import Page
from comity.procedure.zones import parse_local


@click.command(
    "follow",
    epilog="""\b
Examples:
  comity follow --list nato
  comity follow nato silence --events matter.yaml
  comity follow nato silence --events matter.yaml --at "2003-02-10 12:00"
\b
A file of events:
  matter: {members: [Belgium, Canada, France], roles: {secretary_general: SG}}
  events:
    - {at: 2003-02-06 18:00, event: silence_opened, by: SG, until: 2003-02-10 12:00}
    - {at: 2003-02-10 09:30, event: position_given, by: France, position: breaks_silence}
""",
)
@click.argument("organisation", metavar="ORG|FILE")
@click.argument("procedure", required=False, metavar="[PROCEDURE]")
@click.option("--list", "list_only", is_flag=True, help="List the procedures, stage by stage.")
@click.option(
    "--events",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with the matter and what happened to it.",
)
@click.option(
    "--at",
    metavar="INSTANT",
    help="The instant asked about, local (2003-02-10 12:00) or in UTC [default: now].",
)
@on_option
@common
def command(
    session: Session,
    organisation: str,
    procedure: str | None,
    list_only: bool,
    file: Path | None,
    at: str | None,
    on: date,
) -> int:
    """Say where a matter stands under PROCEDURE of ORG: stage, deadline, positions, who is bound.

    And what may happen next and by whom, what was refused and why, and what comes if nothing
    happens. Without events, or with --list, the procedures in force on a day are listed, each stage
    in sentences. The procedure is one of an organisation, or of a FILE of procedures. The exit code
    is 1 where no decision is taken.
    """
    _check_options(file, at, list_only=list_only)
    if file is not None and procedure is None and not list_only:
        raise refused("--events without a procedure", "comity follow ORG PROCEDURE --events FILE")
    book, procedures = open_procedures(session, organisation, on)
    if list_only or procedure is None or file is None:
        if session.as_json:
            session.emit(procedures_data(book, procedures, session.language, only=procedure))
        else:
            show_procedures(Page(session), book, procedures, only=procedure)
        return 0

    def instant(zone: str) -> datetime:
        return parse_local(at, zone) if at else now()

    followed = read_followed(file, procedures, procedure, book, instant)
    said = told(book, followed, session.language)
    if session.as_json:
        session.emit(standing_data(said, session.language))
    else:
        show_standing(Page(session), said)
    return 0 if said.carried else 1


def _check_options(file: Path | None, at: str | None, *, list_only: bool) -> None:
    """Refuse an option that would be passed over."""
    of_day = click.get_current_context().get_parameter_source("on") is not ParameterSource.DEFAULT
    if file is None:
        if at is not None:
            raise refused("--at without --events", "--events FILE; --on DATE for a list")
    elif list_only:
        raise refused("--list with --events", "one of the two")
    elif of_day:
        raise refused("--on with --events", "--at INSTANT")
