"""How what stands of a matter looks on a terminal, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from comity.cli.matters import Followed
from comity.cli.rulebook import Rulebook
from comity.cli.tables import Page
from comity.kernel.canonical import JSON
from comity.kernel.dates import format_instant
from comity.kernel.finding import Doubt, Finding
from comity.procedure.fold import state_of
from comity.procedure.model import Procedure
from comity.procedure.standing import Possible, Refused, Standing
from comity.procedure.zones import local_time
from comity.wording import names
from comity.wording.catalogue import text
from comity.wording.decisions import outcome_name
from comity.wording.grounds import article_reference
from comity.wording.procedure_names import procedure_name
from comity.wording.procedures import (
    Teller,
    issued_sentences,
    next_sentences,
    offset_text,
    refusal_sentence,
    standing_sentences,
)

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Told:
    """A matter followed to an instant: what stands, in whose words, and what comes of itself."""

    book: Rulebook
    followed: Followed
    finding: Finding[Standing]
    teller: Teller
    later: Standing | None

    @property
    def standing(self) -> Standing:
        """What stands."""
        return self.finding.value

    @property
    def carried(self) -> bool:
        """Whether the matter has come to a decision that is taken."""
        return self.followed.procedure.rules.outcomes.get(self.standing.outcome, False)


def told(book: Rulebook, followed: Followed, language: str) -> Told:
    """Follow a matter to its instant, and to the end of its stage if nothing happens before."""
    asked = (followed.procedure, followed.matter, followed.events)
    finding = state_of(*asked, followed.at)
    pending, later = finding.value.deadline, None
    if pending is not None:
        known = tuple(each for each in followed.events if each.at <= followed.at)
        end = pending.at if pending.until == "exclusive" else pending.at + MOMENT
        later = state_of(followed.procedure, followed.matter, known, end).value
    return Told(book, followed, finding, teller_of(book, followed.procedure, language,
                                                   zone=followed.zone), later)  # fmt: skip


def teller_of(book: Rulebook, procedure: Procedure, language: str, *, zone: str = "") -> Teller:
    """Return who tells of a procedure with the names that the record, if there is one, gives."""
    situation = book.situation
    if situation is None:
        return Teller(procedure, language, zone)
    charter = situation.charter

    def party(name: str) -> str:
        if name not in charter.parties:
            return role(name)
        return names.party_name(situation, name, language)

    def article(name: str) -> str:
        if name not in charter.articles:
            return name
        return article_reference(charter, situation.article(name), language)

    def role(name: str) -> str:
        for versions in (charter.offices, charter.bodies, charter.statuses):
            if name in versions:
                found = versions[name].nearest(situation.on).names
                return found.get(language) or found.get("en") or name
        return name

    return Teller(procedure, language, zone, party, article, role)


# What stands, for people


def show_standing(page: Page, said: Told) -> None:
    """Print what stands of a matter, what may follow, what was refused and issued, and why."""
    standing, teller = said.standing, said.teller
    _title(page, said)
    for line in _lines(page, said):
        page.line(line, indent=2)
    page.heading(_say(page, "next"))
    members = said.followed.matter.on(said.book.on, standing.body)
    for line in next_sentences(standing, teller, members=members) or [_say(page, "nothing_next")]:
        page.line(line, indent=2)
    if said.later is not None:
        page.heading(_say(page, "ends_in"))
        page.line(_then(page, said.later, teller), indent=2)
    _section(page, "refused", (_refusal(each, said) for each in standing.refused))
    _section(page, "issued", issued_sentences(standing, teller))
    _grounds(page, said)


def _say(page: Page, key: str, /, **values: object) -> str:
    return text(page.language, f"follow.{key}", **values)


def _title(page: Page, said: Told) -> None:
    title = _say(
        page,
        "title",
        procedure=procedure_name(said.followed.procedure, page.language),
        organisation=said.book.title(page.language),
        at=said.teller.instant(said.followed.at),
    )
    page.line(title, style="bold")


def _lines(page: Page, said: Told) -> Iterator[str]:
    standing, teller = said.standing, said.teller
    first, *others = standing_sentences(standing, teller)
    yield first
    if standing.body:
        yield _say(page, "body", body=teller.body(standing.body))
    yield from others
    if standing.deadline is not None:
        yield _say(page, "in_utc", at=replace(teller, zone="UTC").instant(standing.deadline.at))
    decision = standing.decision
    for key, members in (
        ("blocked_by", decision.blocked_by if decision and not decision.carried else ()),
        ("on_record", decision.on_record if decision else ()),
    ):
        if members:
            yield text(page.language, f"decide.{key}", members=teller.names(members))
    if standing.statements:
        who = dict.fromkeys(each.member for each in standing.statements)
        yield _say(page, "statements", members=teller.names(who))


def _then(page: Page, later: Standing, teller: Teller) -> str:
    assert later.since is not None
    at, stage = teller.instant(later.since), teller.stage(later.stage)
    if not later.outcome:
        return _say(page, "then", at=at, stage=stage)
    outcome = outcome_name(later.outcome, teller.procedure.rules, teller.language)
    return _say(page, "then_outcome", at=at, stage=stage, outcome=outcome)


def _refusal(refused: Refused, said: Told) -> str:
    sentence = refusal_sentence(refused, said.standing, said.teller)
    language = said.teller.language
    return text(
        language, "follow.refusal", event=refused.event, code=refused.code, sentence=sentence
    )


def _section(page: Page, key: str, lines: Iterable[str]) -> None:
    every = [*lines]
    if every:
        page.heading(_say(page, key))
    for each in every:
        page.line(each, indent=2)


def _grounds(page: Page, said: Told) -> None:
    articles = _articles(said)
    if articles:
        page.heading(page.word("rests_on"))
    for summary, body in said.book.ground_lines(articles, page.language):
        page.line(summary, indent=2)
        if body:
            page.line(body, indent=6)
    doubts = [_doubt(each, page.language) for each in said.finding.doubts]
    if doubts:
        page.heading(page.word("doubts"))
    for each in doubts:
        page.line(f"? {each}", indent=2)


def _articles(said: Told) -> list[str]:
    events = {each.id for each in said.followed.events}
    return [each for each in said.finding.grounds if each not in events]


def _doubt(doubt: Doubt, language: str) -> str:
    return text(language, f"doubt.{doubt.code}", ground=doubt.ground, detail=doubt.detail)


# What stands, for machines


def standing_data(said: Told, language: str) -> dict[str, JSON]:
    """Return what stands of a matter as plain data."""
    standing, teller = said.standing, said.teller
    rules = said.followed.procedure.rules
    decision = standing.decision
    return {
        "organisation": said.book.id,
        "name": said.book.title(language),
        "language": language,
        "procedure": said.followed.procedure.id,
        "procedure_name": procedure_name(said.followed.procedure, language),
        "matter": standing.matter,
        "at": _instant(said.followed.at, teller),
        "stage": standing.stage,
        "stage_name": teller.stage(standing.stage),
        "since": _instant(standing.since, teller),
        "body": standing.body or None,
        "text": standing.text or None,
        "outcome": standing.outcome or None,
        "outcome_name": (
            outcome_name(standing.outcome, rules, language) if standing.outcome else None
        ),
        "carried": said.carried,
        "deadline": _deadline_data(said),
        "positions": {who: each.word for who, each in sorted(standing.positions.items())},
        "participants": sorted(standing.participants),
        "bound": list(standing.bound),
        "blocked_by": list(decision.blocked_by) if decision and not decision.carried else [],
        "on_record": list(decision.on_record) if decision else [],
        "statements": [each.member for each in standing.statements],
        "next": [_next_data(each, said) for each in standing.next],
        "refused": [_refused_data(each, said) for each in standing.refused],
        "issued": [
            {
                "document": each.document,
                "document_name": teller.document(each.document),
                "at": _instant(each.at, teller),
                "article": each.article or None,
            }
            for each in standing.issued
        ],
        "stages": [
            {"stage": each.stage, "since": _instant(each.since, teller)} for each in standing.spells
        ],
        "grounds": said.book.grounds(_articles(said), language),
        "doubts": [
            {"code": each.code, "sentence": _doubt(each, language)} for each in said.finding.doubts
        ],
        "says": standing_sentences(standing, teller),
    }


def _instant(instant: datetime | None, teller: Teller) -> JSON:
    if instant is None:
        return None
    zone = teller.zone or teller.procedure.calendar.zone
    local = local_time(instant, zone)
    return {
        "utc": format_instant(instant),
        "local": f"{local:%Y-%m-%d %H:%M:%S}".removesuffix(":00"),
        "offset": offset_text(instant, zone),
        "zone": zone,
    }


def _deadline_data(said: Told) -> JSON:
    pending, later = said.standing.deadline, said.later
    if pending is None or later is None:
        return None
    return {
        "at": _instant(pending.at, said.teller),
        "until": pending.until,
        "article": pending.article or None,
        "then": later.stage,
        "then_outcome": later.outcome or None,
    }


def _next_data(way: Possible, said: Told) -> JSON:
    return {
        "event": way.kind,
        "who": list(way.who),
        "stages": [each for each in way.stages if each],
        "article": way.article or None,
        "earliest": _instant(way.earliest, said.teller),
        "latest": _instant(way.latest, said.teller),
    }


def _refused_data(refused: Refused, said: Told) -> JSON:
    return {
        "event": refused.event,
        "kind": refused.kind,
        "by": refused.by,
        "code": refused.code,
        "article": refused.article or None,
        "at": _instant(refused.at, said.teller),
        "sentence": refusal_sentence(refused, said.standing, said.teller),
    }
