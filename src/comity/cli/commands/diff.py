"""``comity diff``: what changed between two days, and by which act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import click

from comity.charter.queries import RuleChange, rules_changed
from comity.cli.context import (
    Session,
    about_situation,
    as_day,
    common,
    facet_option,
    organisation_argument,
)
from comity.cli.tables import Page
from comity.kernel.act import Act
from comity.kernel.canonical import JSON
from comity.kernel.errors import DataError, Fault
from comity.register.changes import (
    Balance,
    Change,
    Move,
    act_behind,
    balance,
    changes_between,
    moves,
)
from comity.register.situation import Situation
from comity.wording import names
from comity.wording.acts import act_sentence
from comity.wording.catalogue import listed, text
from comity.wording.changes import balance_text
from comity.wording.data import act_data, finding_data, situation_data
from comity.wording.dates import date_text, period_text
from comity.wording.rules import rule_line

# What changes something else than a status. Meetings, texts and instruments are left to `history`.
TOLD = frozenset(
    {
        "withdrawal_notified", "notice_extended", "notice_rescinded", "suspended",
        "suspension_lifted", "renamed", "representation_changed", "territory_left",
        "territory_joined", "appointed", "left_office", "body_changed", "stage_reached",
        "statuses_merged", "succeeded",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """What lies between two days."""

    start: date
    situation: Situation
    balances: dict[str, Balance]
    changes: tuple[Change[str | None], ...]
    acts: list[Act]
    rules: tuple[RuleChange, ...]


@click.command(
    "diff",
    epilog="""\b
Examples:
  comity diff sco 2017-01-01 2018-01-01
  comity diff eu 2019-12-31 2020-12-31 --lang ru
""",
)
@organisation_argument
@click.argument("start", callback=as_day, metavar="DATE1")
@click.argument("end", callback=as_day, metavar="DATE2")
@facet_option
@about_situation
@common
def command(
    session: Session,
    organisation: str,
    start: date,
    end: date,
    facet: str | None,
    known_at: date | datetime | None,
    basis: str | None,
) -> int:
    """Show what changed after DATE1 up to DATE2: statuses and the acts behind them, and rules."""
    if end < start:
        raise DataError(
            Fault("days_out_of_order", f"{end} is before {start}", "the earlier day first")
        )
    record = session.record(organisation)
    before = record.situation(on=start, known_at=known_at, basis=basis)
    situation = record.situation(on=end, known_at=known_at, basis=basis)
    facets = [facet] if facet else [*record.charter.facets]
    changes = [
        change
        for each in facets
        for change in changes_between(
            record, start, end, facet=each, known_at=known_at, basis=basis
        )
    ]
    found = Difference(
        start,
        situation,
        {each: balance(before, situation, each) for each in facets},
        tuple(sorted(changes, key=lambda each: each.on)),
        _other_acts(situation, start, changes),
        rules_changed(record.charter, start, end),
    )
    if session.as_json:
        session.emit(_data(found, session.language))
    else:
        _show(Page(session), found)
    return 0


def _other_acts(situation: Situation, start: date, changes: list[Change[str | None]]) -> list[Act]:
    """Return acts of the time that changed something else than a status."""
    named = {ground for each in changes for ground in each.finding.grounds}
    record, known = situation.record, situation.known
    every = (each for each in record.acts[:known] if each.kind in TOLD and each.id not in named)
    acts = (record.act(each.id, known=known) for each in every)
    within = [act for act in acts if start < act.effective_on.first <= situation.on]
    return sorted(within, key=lambda act: (act.effective_on, act.id))


# For people


def _show(page: Page, found: Difference) -> None:
    situation, language = found.situation, page.language
    charter = situation.charter
    first, last = date_text(found.start, language), date_text(situation.on, language)
    name = names.organisation_name(charter, language)
    page.line(f"{name}: {first} → {last}", style="bold")
    for facet, each in found.balances.items():
        if each.counts:
            page.line(_balance(situation, facet, each, language))
    page.heading(page.word("changes"))
    if found.changes:
        columns = [page.word(each) for each in ("day", "party", "status", "act")]
        every = moves(found.changes, situation)
        page.rows(columns, (_row(page, situation, each) for each in every))
    else:
        page.line(page.word("no_change"), indent=2)
    if found.acts:
        page.heading(page.word("other_acts"))
    for act in found.acts:
        page.line(f"{act_sentence(act, situation, language)}  [{act.id}]", indent=2)
    if found.rules:
        page.heading(page.word("rules_changed"))
        columns = [page.word(each) for each in ("section", "rule", "period", "what")]
        page.rows(columns, (_rule_row(page, situation, each) for each in found.rules))
    page.more(f"at {charter.id} {found.start}", f"at {charter.id} {situation.on}")


def _balance(situation: Situation, facet: str, found: Balance, language: str) -> str:
    """Return one sentence; facets but the main one are named."""
    said = balance_text(found, situation, language)
    if facet == situation.charter.main_facet:
        return said
    name = names.facet_name(situation.charter, facet, language)
    return text(language, "list.pair", name=name, value=said)


def _row(page: Page, situation: Situation, move: Move) -> tuple[str, ...]:
    charter, language = situation.charter, page.language
    befores = (names.status_name(charter, e, move.on, language) for e in move.befores)
    after = names.status_name(charter, move.after, move.on, language)
    reason = ""
    if move.act:
        act = situation.record.act(move.act, known=situation.known)
        reason = f"{act_sentence(act, situation, language, brief=True)} [{act.id}]"
    status = f"{listed(language, befores)} → {after}"
    return date_text(move.on, language), _parties(situation, move, language), status, reason


def _parties(situation: Situation, move: Move, language: str) -> str:
    named = [names.party_name(situation, each, language, on=move.on) for each in move.parties]
    return f"{named[0]} ({move.parties[0]})" if len(named) == 1 else listed(language, named)


def _rule_row(page: Page, situation: Situation, change: RuleChange) -> tuple[str, ...]:
    language = page.language
    rule = change.after or change.before
    key = "rule_changes" if change.before and change.after else "rule_begins"
    if change.after is None:
        key = "rule_ends"
    section = names.section_name(change.section, language)
    if rule is None:
        return section, change.id, "", ""
    what = rule_line(rule, situation.charter, situation.on, language)
    return section, f"{change.id}: {page.word(key)}", period_text(rule.period, language), what


# For machines


def _data(found: Difference, language: str) -> dict[str, JSON]:
    situation = found.situation
    return {
        **situation_data(situation, language),
        "from": found.start.isoformat(),
        "balance": [_balance_data(facet, each) for facet, each in found.balances.items()],
        "changes": [_change_data(situation, each, language) for each in found.changes],
        "other_acts": [act_data(each, situation, language) for each in found.acts],
        "rules": [_rule_data(situation, each, language) for each in found.rules],
    }


def _balance_data(facet: str, found: Balance) -> dict[str, JSON]:
    return {
        "facet": facet,
        "counts": [
            {"status": status, "before": before, "after": after}
            for status, before, after in found.counts
        ],
        "came": list(found.came),
        "left": list(found.left),
        "moved": list(found.moved),
    }


def _change_data(
    situation: Situation, change: Change[str | None], language: str
) -> dict[str, JSON]:
    act = act_behind(change, situation)
    return {
        "party": change.party,
        "name": names.party_name(situation, change.party, language, on=change.on),
        "on": change.on.isoformat(),
        "before": change.before,
        "after": change.after,
        "act": act.id if act else None,
        **finding_data(change.finding, situation, language),
    }


def _rule_data(situation: Situation, change: RuleChange, language: str) -> dict[str, JSON]:
    def says(rule: object) -> str | None:
        known = change.before if rule is change.before else change.after
        return rule_line(known, situation.charter, situation.on, language) if known else None

    rule = change.after or change.before
    return {
        "section": change.section,
        "id": change.id,
        "article": (rule.article or None) if rule else None,
        "before": says(change.before) if change.before else None,
        "after": says(change.after) if change.after else None,
    }
