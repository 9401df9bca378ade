"""What follows from the record of a treaty as sentences: in force or not, since when, for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from comity.decision.model import HEADS
from comity.decision.numbers import Number, text_of
from comity.kernel.finding import Doubt
from comity.treaty.conditions import Reckoning
from comity.treaty.model import Certified, Every, InForce, Not, Test, Together, Treaties
from comity.treaty.record import Act, Record
from comity.treaty.status import Bound, Party, Status
from comity.wording.catalogue import listed, text
from comity.wording.dates import period_text
from comity.wording.treaty_conditions import condition_text, leaf_text
from comity.wording.treaty_dates import taken
from comity.wording.treaty_names import Voice
from comity.wording.treaty_refusals import act_text, refusal_sentence


def status_sentences(
    status: Status,
    language: str,
    name_of: Callable[[str], str] | None = None,
    *,
    around: Treaties | None = None,
    article: Callable[[str], str] | None = None,
) -> list[str]:
    """Return where a treaty stands and why; then its parties, acts not taken, and doubts.

    The names are given as to `treaties.treaty_sentences`.
    """
    voice = Voice(status.treaty, language, around=around)
    voice = replace(voice, name=name_of) if name_of else voice
    voice = replace(voice, article=article) if article else voice
    return [
        *entry_sentences(status, voice),
        *party_sentences(status, voice),
        *(refusal_sentence(each, status.record, voice) for each in status.refused),
        *(doubt_sentence(each, status, voice) for each in status.doubts),
    ]


def entry_sentences(status: Status, voice: Voice) -> list[str]:
    """Return the stage, what is missing or what the entry into force rests on, and every date."""
    return [voice.sentence(each) for each in _Telling(status, voice).entry()]


def party_sentences(status: Status, voice: Voice) -> list[str]:
    """Return how many are parties, then what each did and what binds it."""
    telling = _Telling(status, voice)
    return [
        voice.sentence(each)
        for each in (telling.number(), *map(telling.party, status.parties.values()))
    ]


def reckoning_sentence(reckoning: Reckoning, voice: Voice) -> str:
    """Return what a test of the condition comes to, and what is missing."""
    return voice.sentence(_reckoned(reckoning, voice))


def doubt_sentence(doubt: Doubt, status: Status, voice: Voice) -> str:
    """Return why the answer should be read with care."""
    telling = _Telling(status, voice)
    if doubt.code == "determined_otherwise":
        return voice.sentence(telling.determined(doubt))
    ground = telling.grounds((doubt.ground,))
    return text(voice.language, f"doubt.{doubt.code}", ground=ground, detail=doubt.detail)


def _say(voice: Voice, key: str, **values: object) -> str:
    return text(voice.language, f"treaty_status.{key}", **values)


def _reckoned(reckoning: Reckoning, voice: Voice) -> str:
    leaf, verdict = leaf_text(reckoning.leaf, voice), _verdict(reckoning, voice)
    if isinstance(reckoning.leaf, Certified | InForce):
        return _say(voice, "simple", leaf=leaf, verdict=verdict)
    counted, required = text_of(reckoning.counted), text_of(reckoning.required)
    if not isinstance(reckoning.leaf, Test):
        values = {"counted": counted, "required": required, "verdict": verdict}
        return _say(voice, "named", leaf=leaf, **values)
    base = reckoning.base
    return _say(
        voice,
        "reckoned",
        leaf=leaf,
        counted=counted,
        of="" if base is None else _say(voice, "of", base=text_of(base)),
        required=_say(voice, "more_than", number=required) if reckoning.strict else required,
        verdict=verdict,
    )


def _verdict(reckoning: Reckoning, voice: Voice) -> str:
    if reckoning.met:
        return _say(voice, "met")
    missing = reckoning.missing
    if isinstance(missing, tuple) and isinstance(reckoning.leaf, Every):
        return _say(voice, "missing", missing=voice.parties(missing))
    if (
        isinstance(missing, tuple)
        or not isinstance(reckoning.leaf, Test)
        or missing < 0
        or not (missing or reckoning.strict)
    ):
        return _say(voice, "missed")
    return _say(voice, "missing", missing=_lack(missing, reckoning.leaf, reckoning.strict, voice))


def _lack(missing: Number, test: Test, strict: bool, voice: Voice) -> str:
    number = text_of(missing)
    return _say(voice, "more_than", number=number) if strict and test.weight != HEADS else number


@dataclass(frozen=True, slots=True)
class _Telling:
    """One status in one language."""

    status: Status
    voice: Voice

    def say(self, key: str, **values: object) -> str:
        return _say(self.voice, key, **values)

    def day(self, day: date) -> str:
        return self.voice.day(day)

    def entry(self) -> Iterator[str]:
        status, voice = self.status, self.voice
        stage = voice.word("stage", status.stage)
        title = voice.title(status.treaty.id)
        yield self.say("stage", treaty=title, day=self.day(status.on), stage=stage)
        yield from self.since()
        entry = status.treaty.entry
        if entry is not None and isinstance(entry.when, Together | Not):
            condition = condition_text(entry.when, voice)
            article = voice.cited(entry.article)
            yield voice.say("condition", article=article, condition=condition)
        yield from (_reckoned(each, voice) for each in status.reckonings)
        yield from (taken(each, voice) for each in status.steps)
        if status.held_back is not None and status.computed_on is not None:
            own, until = self.day(status.held_back), self.day(status.computed_on)
            yield self.say("held_back", day=own, until=until)
        if status.because and status.enters_on is not None:
            yield self.say("because", grounds=self.grounds(status.because))

    def since(self) -> Iterator[str]:
        status = self.status
        if status.stage == "lapsed":
            yield self.say("lapsed")
        elif status.met_on is not None:
            yield self.met(status.met_on)
        elif status.enters_on is not None:
            key = "entered" if status.enters_on <= status.on else "enters"
            yield self.say(key, day=self.day(status.enters_on))
        elif status.treaty.entry is not None:
            yield self.say("not_met")
        if status.ended_on is not None:
            yield self.say("ended", day=self.day(status.ended_on))

    def met(self, met: date) -> str:
        enters = self.status.enters_on
        if enters is None:
            return self.say("met_waits", met=self.day(met))
        key = "met_entered" if enters <= self.status.on else "met_enters"
        return self.say(key, met=self.day(met), day=self.day(enters))

    def grounds(self, grounds: tuple[str, ...]) -> str:
        acts = _acts(self.status.record)
        return self.voice.series(
            act_text(acts[each], self.voice) if each in acts else self.voice.provision(each)
            for each in grounds
        )

    def determined(self, doubt: Doubt) -> str:
        found = _acts(self.status.record).get(doubt.ground)
        announced = self.day(found.day) if found and found.day else doubt.ground
        if not doubt.detail:
            return self.say("determined_alone", announced=announced)
        computed = self.day(date.fromisoformat(doubt.detail))
        return self.say("determined", announced=announced, computed=computed)

    def number(self) -> str:
        status = self.status
        return self.say("number", day=self.day(status.on), number=len(status.now_bound))

    def party(self, party: Party) -> str:
        facts = [*self.done(party), *self.bonds(party), *self.besides(party)]
        said = self.voice.series(facts or [self.say("nothing_standing")])
        return self.say("party", party=self.voice.name(party.party), facts=said)

    def done(self, party: Party) -> Iterator[str]:
        if party.signed is not None:
            yield self.say("signed", day=self.day(party.signed))
        if party.consented is not None:
            kind = self.voice.consent(party.kind)
            yield self.say("consented", kind=kind, day=self.day(party.consented))

    def bonds(self, party: Party) -> Iterator[str]:
        yield from (self.bond(each) for each in party.bound)
        if party.consented is not None and not party.bound:
            yield self.say("not_bound")

    def bond(self, bound: Bound) -> str:
        values = {"since": self.day(bound.since)}
        key = "bound" if bound.since <= self.status.on else "bound_later"
        if bound.until is not None:
            key, values = "bound_until", {**values, "until": self.day(bound.until)}
        said = self.say(key, **values)
        if bound.steps:
            steps = self.voice.series(taken(each, self.voice) for each in bound.steps)
            said += self.say("bound_steps", steps=steps)
        said += self.voice.cited(bound.article)
        if bound.determined:
            said += self.say("bound_determined")
        if bound.towards is not None:
            said += self.say("bound_towards", who=self.towards(bound.towards))
        if bound.survives_until is not None:
            said += self.say("survives", day=self.day(bound.survives_until))
        return said

    def towards(self, days: Mapping[str, date]) -> str:
        """Return towards whom a bond holds, each from a day of its own."""
        if not days:
            return self.say("none")
        every = ((self.voice.name(who), self.day(day)) for who, day in days.items())
        said = (self.say("towards_from", party=party, day=day) for party, day in every)
        return listed(self.voice.language, said)

    def besides(self, party: Party) -> Iterator[str]:
        """Yield provisional application, suspension, notice, reservations and declarations."""
        language, acts = self.voice.language, _acts(self.status.record)
        for key, spells in (("provisional", party.provisional), ("suspended", party.suspended)):
            yield from (self.say(key, period=period_text(each, language)) for each in spells)
        if party.notice:
            notice = acts.get(party.notice)
            yield self.say("notice", day=self.day(notice.on) if notice else party.notice)
        if party.reservations:
            texts = (acts[each].text if each in acts else each for each in party.reservations)
            yield self.say("reservations", texts=listed(language, texts))
        if party.declarations:
            topics = (self.voice.word("topic", each) for each in party.declarations)
            yield self.say("declarations", topics=listed(language, topics))


def _acts(record: Record) -> dict[str, Act]:
    return {each.id: each for each in record.acts}
