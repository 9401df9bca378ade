"""``comity orgs``: the organisations there are."""

from __future__ import annotations

import click

from comity.charter.load import load
from comity.charter.model import Charter
from comity.cli.context import Session, common
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.errors import ComityError
from comity.register.rules import find_rules, stands_alone
from comity.wording import names
from comity.wording.catalogue import listed
from comity.wording.data import fault_data
from comity.wording.dates import date_text


@click.command(
    "orgs",
    epilog="""\b
Examples:
  comity orgs
  comity orgs --data my/organisations --json
""",
)
@common
def command(session: Session) -> int:
    """List the organisations, by the names that the other commands take.

    Below them stand those of which only decision rules or procedures are known. The exit code is 2
    where one cannot be read; the others are listed all the same.
    """
    found: dict[str, Charter | ComityError] = {}
    for folder in session.folders():
        try:
            found[folder.name] = load(folder)
        except ComityError as error:
            found[folder.name] = error
    alone = [each.name for each in find_rules(session.root) if stands_alone(each)]
    if session.as_json:
        rows = [_data(name, each, session.language) for name, each in found.items()]
        answer: dict[str, JSON] = {
            "language": session.language,
            "organisations": [*rows],
            "rules_only": [*alone],
        }
        session.emit(answer)
    else:
        page = Page(session)
        columns = [page.word(each) for each in ("organisation", "name", "founded")]
        page.rows(columns, (_row(page, name, each) for name, each in found.items()))
        if alone:
            page.space()
            page.line(page.word("rules_only", names=listed(page.language, alone)))
    return 2 if any(isinstance(each, ComityError) for each in found.values()) else 0


def _row(page: Page, name: str, found: Charter | ComityError) -> tuple[str, ...]:
    if isinstance(found, ComityError):
        return name, f"{page.word('unreadable')}: {found.faults[0]}", ""
    founded = date_text(found.founded_on, page.language) if found.founded_on else ""
    return name, names.organisation_name(found, page.language), founded


def _data(name: str, found: Charter | ComityError, language: str) -> dict[str, JSON]:
    if isinstance(found, ComityError):
        return {"id": name, "faults": [fault_data(each) for each in found.faults]}
    return {
        "id": name,
        "name": names.organisation_name(found, language),
        "short_name": names.organisation_name(found, language, short=True),
        "founded_on": str(found.founded_on) if found.founded_on else None,
        "statuses": list(found.statuses),
        "bases": list(found.bases),
        "digest": found.digest,
    }
