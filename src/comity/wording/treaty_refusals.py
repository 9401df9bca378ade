"""Why an act about a treaty was not taken, as a sentence with what was found and required."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from comity.kernel.dates import Period
from comity.treaty.record import Act, Record
from comity.treaty.status import Refused
from comity.wording.catalogue import listed, text
from comity.wording.dates import period_text
from comity.wording.treaty_names import Voice, readable

_OPEN = "…"  # a period without beginning or end


def act_text(act: Act, voice: Voice) -> str:
    """Return who did what and when: "AA (ratification, 5 October 2016)"."""
    kind = _kind_of(act, voice)
    day = voice.day(act.on)
    if not act.party:
        return text(voice.language, "treaty_status.act_alone", kind=kind, day=day)
    party = voice.name(act.party)
    return text(voice.language, "treaty_status.act", party=party, kind=kind, day=day)


def _kind_of(act: Act, voice: Voice) -> str:
    """Return what an act is, with what it is about."""
    if act.consent:
        return voice.word("kind", act.consent)
    if act.kind == "signed" and act.mode != "simple":
        return voice.word("act", f"signed_{act.mode}")
    kind = voice.word("act", act.kind)
    days = (voice.day(each) for each in (act.day, act.until, act.says) if each is not None)
    topic = voice.word("topic", act.topic) if act.topic else ""
    party = voice.name(act.of) if act.of else ""
    about = (readable(act.what), topic, party, act.text, *days)
    value = listed(voice.language, (each for each in about if each))
    return text(voice.language, "list.pair", name=kind, value=value) if value else kind


def refusal_sentence(refused: Refused, record: Record, voice: Voice, act: Act | None = None) -> str:
    """Return why an act was not taken; ``act`` where it is not in the record yet."""
    acts = {each.id: each for each in (*record.acts, *([act] if act else []))}
    said = acts.get(refused.act)
    required = refused.required
    if refused.code == "not_in_force_yet" and not required:
        required = text(voice.language, "treaty_status.unknown")
    reason = text(
        voice.language,
        f"treaty_refusal.{refused.code}",
        found=_told(refused.found, _FOUND.get(refused.code), acts, voice),
        required=_told(required, _REQUIRED.get(refused.code), acts, voice),
    )
    return voice.sentence(
        text(
            voice.language,
            "treaty_refusal.refused",
            act=act_text(said, voice) if said else refused.act,
            reason=reason,
            article=voice.cited(refused.article),
        )
    )


Tell = Callable[[Voice, str], str]


def _existing(voice: Voice, said: str) -> str:
    party, _, day = said.rpartition(" on ")
    return voice.name(party) if party and _day(day) else said


def _periods(voice: Voice, said: str) -> str:
    return voice.series(_period(voice, each) for each in said.split("; "))


def _period(voice: Voice, said: str) -> str:
    start, slash, end = said.partition("/")
    if not slash:
        return said
    bounds = (None if each == _OPEN else _day(each) for each in (start, end))
    return period_text(Period(*bounds), voice.language)


def _kind(voice: Voice, said: str) -> str:
    return voice.consent(said)


def _topic(voice: Voice, said: str) -> str:
    return voice.word("topic", said)


def _party(voice: Voice, said: str) -> str:
    return voice.name(said)


def _group(voice: Voice, said: str) -> str:
    return voice.group(said)


def _provision(voice: Voice, said: str) -> str:
    return voice.provision(said)


def _each(tell: Tell) -> Tell:
    return lambda voice, said: listed(voice.language, (tell(voice, e) for e in said.split(", ")))


_FOUND: Mapping[str, Tell] = {
    "not_existing": _existing,
    "kind_not_provided": _kind,
    "already_consented": _kind,
    "not_entitled": _party,
    "not_signatory": _party,
    "no_such_accession": _party,
    "no_such_declaration": _topic,
    "other_article": _each(_provision),
}
_REQUIRED: Mapping[str, Tell] = {
    "not_existing": _periods,
    "kind_not_provided": _each(_kind),
    "not_entitled": _each(_group),
    "not_signatory": _each(_group),
    "no_such_accession": _each(_party),
    "no_such_declaration": _each(_topic),
    "other_article": _each(_provision),
}


def _told(said: str, tell: Tell | None, acts: Mapping[str, Act], voice: Voice) -> str:
    """Return a value in words: as its code says, else a day, acts of the record, or itself."""
    if not said:
        return text(voice.language, "treaty_status.none")
    if tell is not None:
        return tell(voice, said)
    day = _day(said)
    if day is not None:
        return voice.day(day)
    named = (act_text(acts[e], voice) if e in acts else e for e in said.split(", "))
    return listed(voice.language, named)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
