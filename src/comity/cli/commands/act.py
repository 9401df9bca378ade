"""``comity act``: one act in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import click

from comity.cli.context import (
    Session,
    common,
    known_at_option,
    organisation_argument,
    today,
)
from comity.cli.tables import Page
from comity.kernel.act import Act
from comity.kernel.canonical import JSON
from comity.kernel.dates import format_instant
from comity.kernel.errors import Fault, UnknownName
from comity.kernel.kinds import Field
from comity.register.kinds import KINDS
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.acts import act_sentence, field_text
from comity.wording.catalogue import listed
from comity.wording.data import act_data, situation_data
from comity.wording.dates import date_text
from comity.wording.grounds import alternatives_text, lines_of


@click.command(
    "act",
    epilog="""\b
Examples:
  comity act sco 2017-06-09-in-member
  comity act eu 2017-03-29-gb-notice --json
""",
)
@organisation_argument
@click.argument("act", metavar="ID")
@known_at_option
@common
def command(session: Session, organisation: str, act: str, known_at: date | datetime | None) -> int:
    """Show the act ID in full, with its sources and what corrected it."""
    record = session.record(organisation)
    situation = record.situation(on=today(), known_at=known_at)
    recorded = record.recorded_act(act)
    if recorded not in record.acts[: situation.known]:
        found_nothing = f'the act "{act}" was recorded on {recorded.recorded_at.date()}'
        raise UnknownName(Fault("unknown_act", found_nothing, "a later --known-at"))
    found = record.act(act, known=situation.known)
    if session.as_json:
        session.emit(_data(situation, found, recorded, session.language))
    else:
        _show(Page(session), situation, found, recorded)
    return 0


# For people


def _show(page: Page, situation: Situation, act: Act, recorded: Act) -> None:
    page.line(act_sentence(act, situation, page.language), style="bold")
    page.space()
    for name, value in _fields(page, situation, act):
        page.line(f"{name}: {value}", indent=2)
    page.heading(page.word("rests_on"))
    articles = [act.authority.article] if act.authority.article else []
    page.grounds(lines_of([*articles, act.id], situation, page.language))
    revisions = situation.record.revisions_of(act.id, known=situation.known)
    if act != recorded:
        page.heading(page.word("as_recorded"))
        page.line(act_sentence(recorded, situation, page.language), indent=2)
    if revisions:
        page.heading(page.word("revised_by"))
        page.grounds(lines_of(revisions, situation, page.language))


def _fields(page: Page, situation: Situation, act: Act) -> Iterator[tuple[str, str]]:
    language, charter = page.language, situation.charter
    yield page.word("act_id"), act.id
    yield page.word("kind"), act.kind
    yield page.word("effective_on"), date_text(act.effective_on, language)
    if act.decided_on:
        yield page.word("decided_on"), date_text(act.decided_on, language)
    for other in alternatives_text(act, charter, language):
        yield page.word("effective_on"), page.word("alternative", date=other)
    if act.parties:
        day = act.effective_on.first
        parties = (
            f"{names.party_name(situation, each, language, on=day)} ({each})"
            for each in act.parties
        )
        yield page.word("parties"), listed(language, parties)
    if act.authority.body:
        day = act.effective_on.first
        yield page.word("authority"), names.body_name(charter, act.authority.body, day, language)
    if act.place:
        yield page.word("place"), charter.in_language(act.place, language)
    for field in _details(act):
        yield field.name, field_text(act, field, situation, language)
    yield page.word("recorded_at"), format_instant(act.recorded_at)


def _details(act: Act) -> list[Field]:
    return [each for each in KINDS[act.kind].fields if each.name in act.details]


# For machines


def _data(situation: Situation, act: Act, recorded: Act, language: str) -> dict[str, JSON]:
    changed = act_data(recorded, situation, language) if act != recorded else None
    return {
        **situation_data(situation, language),
        "act": act_data(act, situation, language),
        "as_recorded": changed,
    }
