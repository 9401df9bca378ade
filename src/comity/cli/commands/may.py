"""``comity may``: whether a party may do something, on what terms, and why."""

from __future__ import annotations

from datetime import date, datetime

import click

from comity.charter.model import ALL
from comity.cli.context import (
    Session,
    about_situation,
    common,
    complete_body,
    complete_right,
    defined,
    on_option,
    organisation_argument,
    party_argument,
    party_code,
)
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.finding import Finding
from comity.membership.answers import Permission
from comity.register.situation import Situation, in_language
from comity.wording import names
from comity.wording.catalogue import listed
from comity.wording.data import finding_data, situation_data
from comity.wording.dates import date_text
from comity.wording.grounds import grounds_lines, lines_of


@click.command(
    "may",
    epilog="""\b
Examples:
  comity may sco BY speak cmfa --on 2016-06-01
  comity may eu GB --on 2019-06-01
""",
)
@organisation_argument
@party_argument
@click.argument("right", required=False, metavar="[RIGHT]", shell_complete=complete_right)
@click.argument("body", required=False, metavar="[BODY]", shell_complete=complete_body)
@on_option
@about_situation
@common
def command(
    session: Session,
    organisation: str,
    party: str,
    right: str | None,
    body: str | None,
    on: date,
    known_at: date | datetime | None,
    basis: str | None,
) -> int:
    """Say whether PARTY may exercise RIGHT in BODY: yes, no, or on a condition; and why.

    Without RIGHT, show every right in every body. The exit code is 1 where the answer is no.
    """
    record = session.record(organisation)
    code = party_code(record, party)
    situation = record.situation(on=on, known_at=known_at, basis=basis)
    if right is None:
        _answer_all(session, situation, code)
        return 0
    defined("right", right, situation.charter.rights)
    body = None if body == ALL else body
    if body is not None:
        defined("body", body, situation.charter.bodies)
    found = situation.may(code, right, body)
    if session.as_json:
        session.emit(_data(situation, code, right, body, found, session.language))
    else:
        _show(Page(session), situation, code, right, body, found)
    return 1 if found.value.answer == "no" else 0


def _title(page: Page, situation: Situation, party: str) -> None:
    name = names.party_name(situation, party, page.language)
    organisation = names.organisation_name(situation.charter, page.language)
    day = date_text(situation.on, page.language)
    page.line(page.word("on", name=f"{name} ({party}) – {organisation}", date=day), style="bold")
    status = situation.status(party).value
    page.line(names.status_name(situation.charter, status, situation.on, page.language))


# One right


def _show(
    page: Page,
    situation: Situation,
    party: str,
    right: str,
    body: str | None,
    found: Finding[Permission],
) -> None:
    _title(page, situation, party)
    language, charter = page.language, situation.charter
    what = names.right_name(charter, right, language)
    where = names.body_name(charter, body or ALL, situation.on, language)
    answer = names.answer_name(found.value.answer, language)
    page.heading(f"{what} – {where}: {answer}")
    if found.value.bodies:
        bodies = (names.body_name(charter, e, situation.on, language) for e in found.value.bodies)
        page.line(page.word("in_bodies", bodies=listed(language, bodies)), indent=2)
    condition = in_language(found.value.condition, language)
    if condition:
        page.line(page.word("condition", condition=condition), indent=2)
    page.heading(page.word("rests_on"))
    page.grounds(grounds_lines(found, situation, language, about=party))
    page.doubts(found.doubts, situation)
    page.more(f"may {charter.id} {party} --on {situation.on.isoformat()}")


def _data(
    situation: Situation,
    party: str,
    right: str,
    body: str | None,
    found: Finding[Permission],
    language: str,
) -> dict[str, JSON]:
    return {
        **situation_data(situation, language),
        "party": party,
        "right": right,
        "body": body,
        **finding_data(found, situation, language, value=lambda each: each.answer),
        "condition": in_language(found.value.condition, language) or None,
        "bodies": list(found.value.bodies),
    }


# Every right in every body


def _answer_all(session: Session, situation: Situation, party: str) -> None:
    bodies = [*(each.id for each in situation.bodies()), None]
    rights = [*situation.charter.rights]
    found = {
        (right, body): situation.may(party, right, body) for body in bodies for right in rights
    }
    if session.as_json:
        session.emit(_all_data(situation, party, found, session.language))
    else:
        _show_all(Page(session), situation, party, found)


Answers = dict[tuple[str, str | None], Finding[Permission]]


def _all_data(situation: Situation, party: str, found: Answers, language: str) -> dict[str, JSON]:
    return {
        **situation_data(situation, language),
        "party": party,
        "rights": [
            {
                "right": right,
                "body": body,
                "value": each.value.answer,
                "condition": in_language(each.value.condition, language) or None,
                "grounds": list(each.grounds),
            }
            for (right, body), each in found.items()
        ],
    }


def _show_all(page: Page, situation: Situation, party: str, found: Answers) -> None:
    """Show a table of rights; bodies in which all answers are the same share a row."""
    _title(page, situation, party)
    charter, language = situation.charter, page.language
    conditions: list[str] = []
    rows: dict[tuple[str, ...], list[str]] = {}
    for body in dict.fromkeys(body for _, body in found):
        cells = tuple(_cell(page, found[right, body], conditions) for right in charter.rights)
        name = names.body_name(charter, body or ALL, situation.on, language)
        if body is None and rows:
            name = page.word("elsewhere")
        rows.setdefault(cells, []).append(name)
    page.space()
    rights = [names.right_name(charter, each, language) for each in charter.rights]
    table = [(listed(language, bodies), *cells) for cells, bodies in rows.items()]
    if page.fits([page.word("body"), *rights], table):
        page.rows([page.word("body"), *rights], table)
    else:
        _stack(page, rights, table)
    for number, condition in enumerate(conditions, start=1):
        page.line(f"({number}) {condition}", indent=2)
    _show_articles(page, situation, found)


def _stack(page: Page, rights: list[str], table: list[tuple[str, ...]]) -> None:
    """Say for each body which rights have which answer."""
    for bodies, *cells in table:
        page.line(bodies, style="bold")
        no = names.answer_name("no", page.language)
        in_order = sorted({*cells}, key=lambda cell: (cell == no, cell[0] == "(", cell))
        for cell in in_order:
            those = (right for right, each in zip(rights, cells, strict=True) if each == cell)
            terms = names.answer_name("conditional", page.language) if cell[0] == "(" else ""
            page.line(f"{f'{terms} {cell}'.strip()}: {listed(page.language, those)}", indent=2)


def _show_articles(page: Page, situation: Situation, found: Answers) -> None:
    articles = situation.charter.articles
    grounds = (ground for each in found.values() for ground in each.grounds if ground in articles)
    page.heading(page.word("rests_on"))
    page.summaries(lines_of(dict.fromkeys(grounds), situation, page.language))


def _cell(page: Page, found: Finding[Permission], conditions: list[str]) -> str:
    """Say yes or no, or the number of the condition."""
    condition = in_language(found.value.condition, page.language)
    if found.value.answer == "conditional" and condition:
        if condition not in conditions:
            conditions.append(condition)
        return f"({conditions.index(condition) + 1})"
    # The row of no body in particular is about those that have no row of their own.
    answer = "no" if found.value.bodies else found.value.answer
    return names.answer_name(answer, page.language)
