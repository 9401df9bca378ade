"""Where a matter stands, what may follow and what was refused, as sentences in any zone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from comity.kernel.dates import parse_instant
from comity.procedure.model import Names, Procedure
from comity.procedure.standing import Bond, Pending, Possible, Refused, Standing
from comity.procedure.zones import local_time, zone_of
from comity.wording.catalogue import capital, known, listed, text
from comity.wording.dates import date_text
from comity.wording.decision_names import position_name
from comity.wording.decisions import outcome_name


def _same(name: str) -> str:
    return name


def _readable(identifier: str) -> str:
    return identifier.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells of a procedure: in which language, in whose zone, with which names.

    ``zone`` is that of the procedure's calendar unless another is given. ``name`` names parties and
    matters, ``article`` and ``role`` the articles and the offices of a charter; a file of
    procedures may name its own.
    """

    procedure: Procedure
    language: str
    zone: str = ""
    name: Callable[[str], str] = field(default=_same)
    article: Callable[[str], str] = field(default=_same)
    role: Callable[[str], str] = field(default=_readable)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the catalogue about procedures."""
        return text(self.language, f"procedure.{key}", **values)

    def instant(self, instant: datetime, *, beside: datetime | None = None) -> str:
        """Return an instant in the zone: ``18:00 (UTC+8) on 3 May 2030``; beside one of the same
        day and offset, the time alone.
        """
        zone = self.zone or self.procedure.calendar.zone
        shown = local_time(instant, zone)
        time = f"{shown:%H:%M}" if not (shown.second or shown.microsecond) else f"{shown:%H:%M:%S}"
        offset = offset_text(instant, zone)
        if beside is not None and _same_day(instant, beside, zone):
            return self.say("time", time=time)
        day = date_text(shown.date(), self.language)
        return self.say("instant", time=time, offset=offset, date=day)

    def articles(self, article: str) -> str:
        """Return an article in brackets, or nothing."""
        if not article:
            return ""
        own = self._named(self.procedure.articles, article)
        return self.say("article", article=own or self.article(article))

    def stage(self, stage: str) -> str:
        """Return what a stage is called."""
        names = {name: each.names for name, each in self.procedure.stages.items()}
        return self._named(names, stage) or _readable(stage)

    def document(self, document: str) -> str:
        """Return what something is called that is issued."""
        return self._named(self.procedure.documents, document) or _readable(document)

    def position(self, word: str) -> str:
        """Return what a position is called: by the rule, else by the catalogue."""
        tables = self.procedure.rules.tables.values()
        table = next((each for each in tables if word in each.positions), None)
        if table is not None:
            return position_name(word, table, self.language)
        return known(self.language, f"decision_position.{word}", _readable(word))

    def actor(self, actor: str) -> str:
        """Return what those are called who may act: a role, a member, a participant."""
        key = {"bound": "bound_member", "not_bound": "not_bound_member"}.get(actor, actor)
        own = self._named(self.procedure.roles, actor)
        return own or known(self.language, f"procedure.{key}", "") or self.role(actor)

    def body(self, body: str) -> str:
        """Return what a body is called, by the decision rules."""
        return self._named(self.procedure.rules.bodies, body) or self.role(body)

    def event(self, refused: Refused, objects: bool = False) -> str:
        """Return what an event is called that was refused."""
        if objects:
            return self.say("objection")
        kind = _readable(refused.kind)
        return known(self.language, f"procedure_event.{refused.kind}", kind)

    def names(self, members: Iterable[str]) -> str:
        """Return the names of parties as a list."""
        return listed(self.language, (self.name(each) for each in members))

    def _named(self, names: Mapping[str, Names], name: str) -> str:
        return self._of(names.get(name, {}))

    def _of(self, names: Names) -> str:
        return names.get(self.language) or names.get("en") or ""


def _same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Whether two instants share a day and the offset of the clocks."""
    days = [local_time(each, zone).date() for each in (one, other)]
    return days[0] == days[1] and offset_text(one, zone) == offset_text(other, zone)


def offset_text(instant: datetime, zone: str) -> str:
    """Return how far the clocks of a zone are from UTC at an instant.

    >>> offset_text(parse_instant("2030-05-03T10:00:00Z"), "Asia/Kolkata")
    'UTC+5:30'
    """
    offset = instant.astimezone(zone_of(zone)).utcoffset()
    assert offset is not None
    minutes = round(offset.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02}' if rest else ''}"


def standing_sentences(standing: Standing, teller: Teller) -> list[str]:
    """Return where a matter stands: stage, text, positions, deadline, who is bound."""
    said = [_stage(standing, teller)]
    if standing.texts:
        version = standing.texts[-1]
        since = teller.instant(version.since)
        said.append(teller.say("text", text=version.text, since=since))
    if standing.positions:
        said.append(_positions(standing, teller))
    if standing.deadline is not None:
        said.append(_deadline(standing.deadline, teller))
    return [*said, *_bound(standing, teller)]


def _stage(standing: Standing, teller: Teller) -> str:
    matter, stage = teller.name(standing.matter), teller.stage(standing.stage)
    if standing.since is None:
        return teller.say("stands", matter=matter, stage=stage)
    since = teller.instant(standing.since)
    if not standing.outcome:
        return teller.say("stands_since", matter=matter, stage=stage, since=since)
    outcome = outcome_name(standing.outcome, teller.procedure.rules, teller.language)
    return teller.say("stands_outcome", matter=matter, stage=stage, since=since, outcome=outcome)


def _positions(standing: Standing, teller: Teller) -> str:
    taken = (
        teller.say("position", member=teller.name(who), position=teller.position(each.word))
        for who, each in sorted(standing.positions.items())
    )
    return teller.say("positions", positions=text(teller.language, "list.pairs").join(taken))


def _deadline(pending: Pending, teller: Teller) -> str:
    at, article = teller.instant(pending.at), teller.articles(pending.article)
    return teller.say(f"ends_{pending.until}", at=at, article=article)


def _bound(standing: Standing, teller: Teller) -> list[str]:
    said = []
    if standing.bound:
        said.append(teller.say("bound", members=teller.names(standing.bound)))
    later: dict[datetime, list[Bond]] = {}
    for each in standing.bonds:
        if standing.at is not None and standing.at < each.since and each.until is None:
            later.setdefault(each.since, []).append(each)
    for since, bonds in sorted(later.items()):
        members = teller.names(sorted(each.member for each in bonds))
        said.append(teller.say("bound_later", since=teller.instant(since), members=members))
    decision = standing.decision
    holding = {each.member for each in standing.bonds if each.until is None}
    free = [each for each in (decision.not_bound if decision else ()) if each not in holding]
    if standing.bonds and free:
        said.append(teller.say("not_bound", members=teller.names(free)))
    return said


def issued_sentences(standing: Standing, teller: Teller) -> list[str]:
    """Return what was issued, in order of time."""
    return [
        teller.say(
            "issued",
            at=teller.instant(each.at),
            article=teller.articles(each.article),
            document=teller.document(each.document),
        )
        for each in standing.issued
    ]


def next_sentences(standing: Standing, teller: Teller, *, members: Iterable[str] = ()) -> list[str]:
    """Return what may happen next, by whom, from when and up to when.

    Where all ``members`` may, they are not named one by one.
    """
    everybody = tuple(sorted(members))
    return [*dict.fromkeys(_may(each, teller, everybody) for each in standing.next)]


def _may(way: Possible, teller: Teller, everybody: tuple[str, ...]) -> str:
    limits = ""
    if way.earliest is not None:
        limits += teller.say("earliest", at=teller.instant(way.earliest))
    if way.latest is not None:
        limits += teller.say("latest", at=teller.instant(way.latest))
    if way.who == ("anyone",):
        who = teller.say("anyone")
    else:
        who = teller.say("any_delegation") if way.who == everybody else teller.names(way.who)
    article = teller.articles(way.article)
    key = f"procedure_may.{way.kind}"
    return text(teller.language, key, article=article, limits=limits, who=who)


def refusal_sentence(refused: Refused, standing: Standing, teller: Teller) -> str:
    """Return why an event was not taken: what was found, what was required, which article."""
    event = teller.event(refused, objects=refused.objects)
    if refused.deadline is not None:
        return _after_the_end(refused, standing, teller, event)
    return capital(
        text(
            teller.language,
            f"procedure_refusal.{refused.code}",
            event=event,
            by=teller.name(refused.by) or teller.say("nothing"),
            found=_told(refused.code, refused.found, teller, _FOUND),
            required=_told(refused.code, refused.required, teller, _REQUIRED),
            article=teller.articles(refused.article),
        )
    )


def _after_the_end(refused: Refused, standing: Standing, teller: Teller, event: str) -> str:
    assert refused.deadline is not None
    carried = teller.procedure.rules.outcomes.get(standing.outcome, False)
    return capital(
        teller.say(
            "expired_decided" if carried else "expired",
            stage=capital(teller.stage(refused.stage)),
            matter=teller.name(standing.matter),
            deadline=teller.instant(refused.deadline.at),
            article=teller.articles(refused.article),
            event=event,
            by=teller.name(refused.by),
            at=teller.instant(refused.at, beside=refused.deadline.at),
        )
    )


Tell = Callable[[Teller, str], str]


def _each(tell: Tell) -> Tell:
    def several(teller: Teller, said: str) -> str:
        return listed(teller.language, (tell(teller, each) for each in said.split(", ")))

    return several


def _instant(teller: Teller, said: str) -> str:
    # A condition may ask for an event that never was: then its kind stands for the instant.
    if said.endswith("Z"):
        return teller.instant(parse_instant(said))
    return known(teller.language, f"procedure_event.{said}", _readable(said))


def _article(teller: Teller, said: str) -> str:
    return teller.articles(said).strip(" ()（）") or said


_FOUND: Mapping[str, Tell] = {
    "not_taken": Teller.stage,
    "not_entitled": lambda teller, said: teller.name(said),
    "unknown_word": lambda _, said: _readable(said),
    "other_position": Teller.position,
    "not_suspendable": _article,
    **dict.fromkeys(("too_late", "too_early", "too_short", "too_long"), _instant),
}
_REQUIRED: Mapping[str, Tell] = {
    "not_taken": _each(Teller.stage),
    "not_entitled": _each(Teller.actor),
    "unknown_word": _each(Teller.position),
    "not_suspendable": _each(_article),
    **dict.fromkeys(("too_late", "too_early", "too_short", "too_long"), _instant),
}


def _told(code: str, said: str, teller: Teller, tells: Mapping[str, Tell]) -> str:
    if not said:
        return teller.say("nothing")
    return tells[code](teller, said) if code in tells else said


def notice(
    refused: Refused, standing: Standing, teller: Teller, *, members: Iterable[str] = ()
) -> str:
    """Return what to tell whoever acted in vain: why, and what may still be done."""
    sentences = [
        refusal_sentence(refused, standing, teller),
        *next_sentences(standing, teller, members=members),
    ]
    said = sentences[0]
    for each in sentences[1:]:
        said = text(teller.language, "list.sentences", first=said, second=each)
    return said
