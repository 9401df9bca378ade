"""``comity status``: the status of a party on a day, and all it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click

from comity.cli.context import (
    Session,
    about_situation,
    common,
    facet_option,
    on_option,
    organisation_argument,
    party_argument,
    party_code,
)
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.finding import Finding
from comity.membership.history import Suspension
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.catalogue import listed, text
from comity.wording.data import finding_data, situation_data
from comity.wording.dates import date_text
from comity.wording.grounds import alternatives_text, grounds_lines


@click.command(
    "status",
    epilog="""\b
Examples:
  comity status sco BY --on 2016-06-01
  comity status eu "United Kingdom" --on 2019-06-01 --json
""",
)
@organisation_argument
@party_argument
@on_option
@facet_option
@about_situation
@common
def command(
    session: Session,
    organisation: str,
    party: str,
    on: date,
    facet: str | None,
    known_at: date | datetime | None,
    basis: str | None,
) -> int:
    """Show the status of PARTY and why: articles, acts, sources, doubts.

    PARTY is a code, a former code or a name. The exit code is 1 where it holds no status.
    """
    record = session.record(organisation)
    code = party_code(record, party)
    situation = record.situation(on=on, known_at=known_at, basis=basis)
    found = situation.status(code, facet)
    if session.as_json:
        session.emit(_data(situation, code, facet, session.language))
    else:
        _show(Page(session), situation, code, facet, found)
    return 0 if found.value is not None else 1


# For people


def _show(
    page: Page, situation: Situation, party: str, facet: str | None, found: Finding[str | None]
) -> None:
    language, charter = page.language, situation.charter
    name = names.party_name(situation, party, language)
    organisation = names.organisation_name(charter, language)
    where = f"{name} ({party}) – {organisation}"
    page.line(page.word("on", name=where, date=date_text(situation.on, language)), style="bold")
    if len(charter.bases) > 1:
        page.line(page.word("basis", basis=names.basis_name(charter, situation.basis, language)))
    page.heading(_headline(page, situation, party, facet, found))
    _show_standing(page, situation, party)
    if facet is None:
        _show_other_facets(page, situation, party)
    page.heading(page.word("rests_on"))
    page.grounds(grounds_lines(found, situation, language, about=party))
    _show_alternatives(page, situation, found)
    page.doubts(found.doubts, situation)
    day = situation.on.isoformat()
    page.more(f"history {charter.id} {party}", f"may {charter.id} {party} --on {day}")


def _headline(
    page: Page, situation: Situation, party: str, facet: str | None, found: Finding[str | None]
) -> str:
    status = names.status_name(situation.charter, found.value, situation.on, page.language)
    spell = situation.spell(party, facet)
    if spell is None:
        return status
    since, start = (date_text(each, page.language) for each in (spell.since, spell.start))
    key = "held_since" if spell.since == spell.start else "held_again"
    return page.word(key, status=status, date=since, start=start)


def _show_standing(page: Page, situation: Situation, party: str) -> None:
    language = page.language
    formal = situation.name(party, language, formal=True).value
    if formal not in (party, names.party_name(situation, party, language)):
        page.line(page.word("known_as", name=formal), indent=2)
    represented = situation.represented_by(party, language).value
    if represented:
        page.line(page.word("represented_by", name=represented), indent=2)
    suspension = situation.suspension(party).value
    if suspension:
        rights = (names.right_name(situation.charter, each, language) for each in suspension.rights)
        day = date_text(suspension.start, language)
        page.line(page.word("suspension", date=day, rights=listed(language, rights)), indent=2)
    leaving = situation.pending_departure(party)
    if leaving.value:
        page.line(page.word("pending", date=date_text(leaving.value, language)), indent=2)
        page.summaries(grounds_lines(leaving, situation, language), indent=6)
    for status, found in situation.under_way(party):
        _show_stage(page, situation, status, found)


def other_facets(situation: Situation, party: str) -> Iterator[tuple[str, Finding[str | None]]]:
    """Yield the statuses that a party holds in other facets than the main one."""
    for facet in situation.charter.facets:
        if facet != situation.charter.main_facet:
            found = situation.status(party, facet)
            if found.value is not None:
                yield facet, found


def _show_other_facets(page: Page, situation: Situation, party: str) -> None:
    for facet, found in other_facets(situation, party):
        name = names.facet_name(situation.charter, facet, page.language)
        pair = {"name": name, "value": _headline(page, situation, party, facet, found)}
        page.line(text(page.language, "list.pair", **pair), indent=2)


def _show_stage(page: Page, situation: Situation, status: str, found: Finding[str | None]) -> None:
    charter, language, day = situation.charter, page.language, situation.on
    stage = names.stage_name(charter, status, found.value or "", day, language)
    name = names.status_name(charter, status, day, language)
    page.line(page.word("stage", status=name, stage=stage), indent=2)
    page.summaries(grounds_lines(found, situation, language), indent=6)


def _show_alternatives(page: Page, situation: Situation, found: Finding[str | None]) -> None:
    for ground in found.grounds:
        if ground in situation.record:
            act = situation.record.act(ground, known=situation.known)
            for other in alternatives_text(act, situation.charter, page.language):
                page.line(f"{page.word('alternative', date=other)}  [{ground}]", indent=2)


# For machines


def _data(situation: Situation, party: str, facet: str | None, language: str) -> dict[str, JSON]:
    since = situation.since(party, facet).value
    leaving = situation.pending_departure(party)
    return {
        **situation_data(situation, language),
        "party": party,
        "party_name": names.party_name(situation, party, language),
        "facet": facet or situation.charter.main_facet,
        **finding_data(situation.status(party, facet), situation, language),
        "since": str(since) if since else None,
        "other_facets": [
            {"facet": each, **finding_data(found, situation, language)}
            for each, found in other_facets(situation, party)
        ],
        "represented_by": situation.represented_by(party, language).value,
        "suspension": finding_data(
            situation.suspension(party), situation, language, value=_suspension_data
        ),
        "in_base": finding_data(situation.in_base(party), situation, language),
        "pending_departure": finding_data(
            leaving, situation, language, value=lambda day: day.isoformat() if day else None
        ),
        "pending_stages": [
            {"status": status, **finding_data(found, situation, language)}
            for status, found in situation.under_way(party)
        ],
    }


def _suspension_data(suspension: Suspension | None) -> JSON:
    if suspension is None:
        return None
    return {
        "since": str(suspension.start),
        "until": str(suspension.end) if suspension.end else None,
        "rights": list(suspension.rights),
        "act": suspension.act,
    }
