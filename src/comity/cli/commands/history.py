"""``comity history``: every status a party has held, and every act that names it."""

from __future__ import annotations

from datetime import date, datetime

import click

from comity.cli.context import (
    Session,
    about_situation,
    common,
    facet_option,
    organisation_argument,
    party_argument,
    party_code,
    today,
)
from comity.cli.tables import Page
from comity.kernel.act import Act
from comity.kernel.canonical import JSON
from comity.membership.history import Spell
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.data import act_data, grounds_data, situation_data
from comity.wording.dates import date_text


@click.command(
    "history",
    epilog="""\b
Examples:
  comity history eu GB
  comity history sco IR --basis memorandum --lang zh
""",
)
@organisation_argument
@party_argument
@facet_option
@about_situation
@common
def command(
    session: Session,
    organisation: str,
    party: str,
    facet: str | None,
    known_at: date | datetime | None,
    basis: str | None,
) -> int:
    """Show every status PARTY has held, how each ended, and every act that names it."""
    record = session.record(organisation)
    code = party_code(record, party)
    situation = record.situation(on=today(), known_at=known_at, basis=basis)
    facets = [facet] if facet else [*record.charter.facets]
    spells = tuple(spell for each in facets for spell in situation.history(code, each))
    acts = _acts(situation, code)
    if session.as_json:
        session.emit(_data(situation, code, spells, acts, session.language))
    else:
        _show(Page(session), situation, code, spells, acts)
    return 0


def _acts(situation: Situation, party: str) -> list[Act]:
    """Return the acts that name a party, as they read now, in order of effect."""
    record, known = situation.record, situation.known
    acts = [record.act(each.id, known=known) for each in record.acts_of(party, known=known)]
    return sorted(acts, key=lambda act: (act.effective_on, act.recorded_at, act.id))


# For people


def _show(
    page: Page, situation: Situation, party: str, spells: tuple[Spell, ...], acts: list[Act]
) -> None:
    language, charter = page.language, situation.charter
    name = names.party_name(situation, party, language)
    organisation = names.organisation_name(charter, language)
    page.line(f"{name} ({party}) – {organisation}", style="bold")
    if len(charter.bases) > 1:
        page.line(page.word("basis", basis=names.basis_name(charter, situation.basis, language)))
    page.space()
    if spells:
        columns = [page.word(each) for each in ("from", "until", "status", "ended_as")]
        page.rows(columns, (_spell_row(page, situation, each) for each in _by_start(spells)))
    else:
        page.line(page.word("no_spell"))
    page.heading(page.word("acts"))
    for act in acts:
        _show_act(page, situation, party, act)
    if acts:
        page.more(f"act {charter.id} {acts[0].id}", f"status {charter.id} {party}")


def _by_start(spells: tuple[Spell, ...]) -> list[Spell]:
    """Tell spells in several facets as one story; Python keeps the order of those of one day."""
    return sorted(spells, key=lambda each: each.start.first)


def _spell_row(page: Page, situation: Situation, spell: Spell) -> tuple[str, ...]:
    charter = situation.charter
    status = names.status_name(charter, spell.status, spell.start.first, page.language)
    if spell.facet != charter.main_facet:
        status += f" ({names.facet_name(charter, spell.facet, page.language)})"
    start = date_text(spell.start, page.language)
    if spell.since != spell.start:
        start += f" ({page.word('since')} {date_text(spell.since, page.language)})"
    end = date_text(spell.end, page.language) if spell.end else "…"
    manner = names.manner_name(spell.ended_as, page.language) if spell.ended_as else ""
    by = ", ".join(spell.ended_by)
    return start, end, status, f"{manner} [{by}]" if by else manner


def _show_act(page: Page, situation: Situation, party: str, act: Act) -> None:
    sentence = act_sentence(act, situation, page.language, about=party)
    page.line(f"{sentence}  [{act.id}]", indent=2)
    revised = situation.record.revisions_of(act.id, known=situation.known)
    if revised:
        page.line(f"{page.word('revised_by')}: {', '.join(revised)}", indent=6)


# For machines


def _data(
    situation: Situation, party: str, spells: tuple[Spell, ...], acts: list[Act], language: str
) -> dict[str, JSON]:
    return {
        **situation_data(situation, language),
        "party": party,
        "party_name": names.party_name(situation, party, language),
        "spells": [_spell_data(situation, each, language) for each in spells],
        "acts": [act_data(each, situation, language) for each in acts],
    }


def _spell_data(situation: Situation, spell: Spell, language: str) -> dict[str, JSON]:
    day = spell.start.first
    return {
        "facet": spell.facet,
        "status": spell.status,
        "name": names.status_name(situation.charter, spell.status, day, language),
        "from": str(spell.start),
        "until": str(spell.end) if spell.end else None,
        "since": str(spell.since),
        "ended_as": spell.ended_as or None,
        "began_by": grounds_data(spell.began_by, situation, language),
        "ended_by": grounds_data(spell.ended_by, situation, language),
    }
