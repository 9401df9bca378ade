"""``comity at``: who holds which status on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import click

from comity.cli.context import (
    Session,
    about_situation,
    as_day,
    bases,
    common,
    defined,
    facet_option,
    organisation_argument,
)
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.finding import Doubt
from comity.register.situation import RosterLine, Situation
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.catalogue import text
from comity.wording.data import doubt_data, finding_data, situation_data
from comity.wording.dates import date_text
from comity.wording.grounds import article_reference, doubt_sentence

_OF_SOURCES = ("medium_confidence", "low_confidence")


@click.command(
    "at",
    epilog="""\b
Examples:
  comity at sco 2017-06-09
  comity at sco --basis memorandum --status dialogue_partner --lang ru
""",
)
@organisation_argument
@click.argument("on", callback=as_day, default="today", metavar="[DATE]")
@click.option("--status", metavar="STATUS", help="Only those who hold this status.")
@facet_option
@about_situation
@common
def command(
    session: Session,
    organisation: str,
    on: date,
    status: str | None,
    facet: str | None,
    known_at: date | datetime | None,
    basis: str | None,
) -> int:
    """Show who holds which status on DATE, since when, and why."""
    record = session.record(organisation)
    situation = record.situation(on=on, known_at=known_at, basis=basis)
    lines = situation.roster(status, facet)
    held = _by_status(situation, lines, status)
    if session.as_json:
        session.emit(_data(situation, held, session.language))
    else:
        _show(Page(session), situation, held)
    return 0


Held = dict[str, list[RosterLine]]


def _by_status(situation: Situation, lines: Iterable[RosterLine], status: str | None) -> Held:
    """Group lines by status, in the order of the charter; a status asked for is always there."""
    if status is not None:
        defined("status", status, situation.charter.statuses)
    held: Held = {each: [] for each in situation.charter.statuses}
    for line in lines:
        held[line.status].append(line)
    return {each: found for each, found in held.items() if found or each == status}


# For people


def _show(page: Page, situation: Situation, held: Held) -> None:
    language, charter = page.language, situation.charter
    name = names.organisation_name(charter, language)
    page.line(page.word("on", name=name, date=date_text(situation.on, language)), style="bold")
    if len(charter.bases) > 1:
        page.line(page.word("basis", basis=names.basis_name(charter, situation.basis, language)))
    if situation.known < len(situation.record.acts):
        page.line(_known(page, situation))
    if not any(held.values()):
        page.line(page.word("nobody"))
    for status, lines in held.items():
        page.heading(_count(page, situation, status))
        if lines:
            columns = [page.word(each) for each in ("code", "party", "since", "reason")]
            page.rows(columns, (_row(page, situation, line) for line in lines))
    _show_counts(page, situation)
    _show_suspended(page, situation)
    every = [line for lines in held.values() for line in lines]
    _show_doubts(page, situation, every)
    page.more(*_more(situation, every))


def _known(page: Page, situation: Situation) -> str:
    acts = situation.record.acts[: situation.known]
    if acts:
        return page.word("known_at", date=date_text(acts[-1].recorded_at.date(), page.language))
    every = situation.record.acts
    first = date_text(every[0].recorded_at.date(), page.language) if every else "–"
    return page.word("nothing_known", date=first)


def _count(page: Page, situation: Situation, counted: str) -> str:
    """Say how many hold a status or belong to a count, and how many on another basis."""
    charter, found = situation.charter, situation.count(counted)
    heading = names.count_heading if counted in charter.counts else names.status_heading
    name = heading(charter, counted, found.value, situation.on, page.language)
    elsewhere = [_elsewhere(page, situation, each) for each in found.doubts]
    said = [str(found.value), *(each for each in elsewhere if each)]
    return page.word("count", status=name, number=text(page.language, "list.pairs").join(said))


def _elsewhere(page: Page, situation: Situation, doubt: Doubt) -> str:
    if doubt.code != "other_basis" or not doubt.detail.isdigit():
        return ""
    basis = names.basis_name(situation.charter, doubt.ground, page.language)
    return page.word("count_elsewhere", count=doubt.detail, basis=basis)


def _row(page: Page, situation: Situation, line: RosterLine) -> tuple[str, ...]:
    name = names.party_name(situation, line.party, page.language)
    if line.suspended:
        name += f" ({page.word('suspended')})"
    if _of_answer(line):
        name += " ?"
    return line.party, name, date_text(line.since, page.language), _reason(page, situation, line)


def _reason(page: Page, situation: Situation, line: RosterLine) -> str:
    """Say the act that gave the status and the article it rests on, as far as they are known."""
    grounds, language = line.finding.grounds, page.language
    acts = [each for each in grounds if each in situation.record]
    articles = [each for each in grounds if each in situation.charter.articles]
    said = []
    if acts:
        act = situation.record.act(acts[0], known=situation.known)
        said.append(act_sentence(act, situation, language, brief=True))
    if articles:
        article = situation.article(articles[0], grounds)
        said.append(article_reference(situation.charter, article, language))
    reason = text(language, "list.pairs").join(said)
    return f"{reason} [{acts[0]}]" if acts else reason


def _show_suspended(page: Page, situation: Situation) -> None:
    found = situation.all_suspended()
    if not found.value:
        return
    page.heading(page.word("all_suspended", number=len(found.value)))
    for party in found.value:
        name = names.party_name(situation, party, page.language)
        grounds = situation.suspension(party).grounds
        acts = [each for each in grounds if each in situation.record]
        act = situation.record.act(acts[0], known=situation.known)
        said = act_sentence(act, situation, page.language, brief=True)
        page.line(f"{party}  {name}: {said} [{act.id}]", indent=2)


def _show_counts(page: Page, situation: Situation) -> None:
    charter = situation.charter
    counts = [each for each, versions in charter.counts.items() if versions.on(situation.on)]
    if counts:
        page.space()
    for each in counts:
        page.line(_count(page, situation, each))


def _of_answer(line: RosterLine) -> list[Doubt]:
    return [each for each in line.finding.doubts if each.code not in _OF_SOURCES]


def _show_doubts(page: Page, situation: Situation, lines: list[RosterLine]) -> None:
    """Say what is in doubt about single lines; doubts about sources only name the parties."""
    doubtful = [(line, doubt) for line in lines for doubt in _of_answer(line)]
    unsure = [line.party for line in lines if len(_of_answer(line)) < len(line.finding.doubts)]
    if doubtful or unsure:
        page.heading(page.word("doubts"))
    for line, doubt in doubtful:
        sentence = doubt_sentence(doubt, situation, page.language)
        page.line(f"? {line.party}: {sentence}", indent=2)
    if unsure:
        page.line(page.word("confidence_of", parties=", ".join(unsure)), indent=2)


def _more(situation: Situation, lines: list[RosterLine]) -> list[str]:
    name, day = situation.charter.id, situation.on.isoformat()
    party = lines[0].party if lines else "PARTY"
    commands = [f"status {name} {party} --on {day}", f"rules {name} --on {day}"]
    commands += [f"at {name} {day} --basis {each}" for each in bases(situation)]
    others = [each for each in situation.charter.facets if each != situation.charter.main_facet]
    return commands + [f"at {name} {day} --facet {each}" for each in others]


# For machines


def _data(situation: Situation, held: Held, language: str) -> dict[str, JSON]:
    return {
        **situation_data(situation, language),
        "statuses": [_status_data(situation, *each, language) for each in held.items()],
        "counts": {
            name: situation.count(name).value
            for name, versions in situation.charter.counts.items()
            if versions.on(situation.on)
        },
    }


def _status_data(
    situation: Situation, status: str, lines: list[RosterLine], language: str
) -> dict[str, JSON]:
    found = situation.count(status)
    elsewhere = [each for each in found.doubts if each.code == "other_basis"]
    return {
        "status": status,
        "name": names.status_name(situation.charter, status, situation.on, language),
        "count": found.value,
        "doubts": [doubt_data(each, situation, language) for each in elsewhere if each.detail],
        "parties": [_line_data(situation, each, language) for each in lines],
    }


def _line_data(situation: Situation, line: RosterLine, language: str) -> dict[str, JSON]:
    return {
        "party": line.party,
        "name": names.party_name(situation, line.party, language),
        "since": str(line.since),
        "suspended": line.suspended,
        **finding_data(line.finding, situation, language),
    }
