"""The rules of a treaty as sentences: entry into force, parties, provisional application, leaving.

The same tree is walked in every language. What follows from a record is said in `treaty_status`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from comity.treaty.applying import DECLARED
from comity.treaty.model import (
    ALL,
    After,
    Cases,
    Consent,
    Date,
    Entry,
    Fixed,
    NotBefore,
    Of,
    Provisional,
    Reservations,
    Signature,
    Step,
    Termination,
    Treaties,
    Treaty,
    Way,
    Windows,
    Withdrawal,
)
from comity.wording.treaty_conditions import class_sentences, condition_text, weight_sentences
from comity.wording.treaty_dates import (
    counting_sentences,
    day_after,
    day_of,
    pipeline,
    started,
    when,
)
from comity.wording.treaty_names import Voice

_BY_ITSELF = Way(After(since="consent"))


def treaty_sentences(
    treaty: Treaty,
    language: str,
    *,
    name_of: Callable[[str], str] | None = None,
    around: Treaties | None = None,
    article: Callable[[str], str] | None = None,
) -> list[str]:
    """Return what the rules of a treaty say, one sentence for each.

    ``name_of`` names parties and bodies, ``around`` gives other treaties and articles their names,
    ``article`` names the articles that it does not have.
    """
    voice = Voice(treaty, language, around=around)
    voice = replace(voice, name=name_of) if name_of else voice
    voice = replace(voice, article=article) if article else voice
    return [voice.sentence(each) for each in _sentences(voice)]


def _sentences(voice: Voice) -> Iterator[str]:
    treaty = voice.treaty
    yield from _relations(voice)
    yield from _entry(treaty.entry, voice) if treaty.entry else (voice.say("by_itself"),)
    yield from class_sentences(voice)
    yield from weight_sentences(voice)
    yield from _later(voice)
    if treaty.binds:
        yield voice.say("binds", who=voice.group(treaty.binds))
    if treaty.signature:
        yield _signature(treaty.signature, voice)
    yield from (_consent(each, voice) for each in treaty.consents)
    if treaty.provisional:
        yield from _provisional(treaty.provisional, voice)
    if treaty.reservations:
        yield from _reservations(treaty.reservations, voice)
    yield from _withdrawal(treaty.withdrawal, voice)
    if treaty.termination:
        yield from _termination(treaty.termination, voice)
    yield from counting_sentences(treaty, _steps(treaty), voice)


def _relations(voice: Voice) -> Iterator[str]:
    treaty = voice.treaty
    for key in ("amends", "part_of", "protocol_to", "replaces"):
        other: str = getattr(treaty, key)
        if other:
            yield voice.say(key, treaty=voice.title(other))
    if treaty.binds_newcomers:
        yield voice.say("binds_newcomers", treaty=voice.title(treaty.amends))
    if treaty.depositary:
        names = treaty.depositary
        name = names.get(voice.language) or names.get("en") or next(iter(names.values()))
        yield voice.say("depositary", name=name)


def _entry(entry: Entry, voice: Voice) -> Iterator[str]:
    condition = condition_text(entry.when, voice)
    yield voice.say("condition", article=voice.cited(entry.article), condition=condition)
    yield voice.say("enters", date=when(entry.falls, "met", voice))
    if entry.must_hold:
        yield voice.say("must_hold")
    if entry.lapses is not None:
        yield voice.say("lapses", date=day_of(entry.lapses, "adoption", voice))


def _later(voice: Voice) -> Iterator[str]:
    """Yield when the treaty enters into force for the founders, and on which way for others."""
    treaty = voice.treaty
    if treaty.entry is not None:
        own = any(each.consented is not None for each in treaty.ways)
        yield voice.say("founders_unless" if own else "founders")
    if len(treaty.ways) > 1:
        yield voice.say("first_way")
    who = "who_later" if treaty.entry is not None else "who_any"
    yield from (_way(each, who, voice) for each in treaty.ways)
    if not any(_fits_all(each) for each in treaty.ways):
        yield _way(_BY_ITSELF, "who_other" if treaty.ways else who, voice)


def _fits_all(way: Way) -> bool:
    return replace(
        way, falls=_BY_ITSELF.falls, waits=True, towards_accepting=False, article=""
    ) == (_BY_ITSELF)


def _way(way: Way, who: str, voice: Voice) -> str:
    limit = "waits" if way.waits else "waits_not"
    return voice.say(
        "way",
        who=voice.say("who_any" if way.consented else who),
        kinds=voice.say("way_kinds", kinds=voice.kinds(way.kinds)) if way.kinds else "",
        among=voice.say("way_among", who=voice.group(way.among)) if way.among != ALL else "",
        without=voice.say("way_without", who=voice.groups(way.without)) if way.without else "",
        moment=voice.say(way.consented) if way.consented else "",
        date=when(way.falls, "consent", voice),
        limit=voice.say(limit) if voice.treaty.entry else "",
        towards=voice.say("towards") if way.towards_accepting else "",
        article=voice.cited(way.article),
    )


def _signature(rule: Signature, voice: Voice) -> str:
    return voice.say(
        "signature",
        period=_open(rule.start, rule.end, voice),
        who=voice.whose(rule.by),
        article=voice.cited(rule.article),
    )


def _consent(rule: Consent, voice: Voice) -> str:
    accepted = ""
    if rule.accepted_by:
        key = "accepted_each" if rule.acceptances is None else "accepted_some"
        number = {} if rule.acceptances is None else {"number": rule.acceptances}
        accepted = voice.say(key, who=voice.group(rule.accepted_by), **number)
    return voice.say(
        "consent",
        kinds=voice.kinds(rule.kinds),
        period=_open(rule.start, rule.end, voice),
        who=voice.whose(rule.by),
        once=voice.say("once") if rule.from_entry else "",
        accepted=accepted,
        article=voice.cited(rule.article),
    )


def _open(start: date | None, end: date | None, voice: Voice) -> str:
    said = voice.say("from", day=voice.day(start)) if start else ""
    return said + (voice.say("until", day=voice.day(end)) if end else "")


def _provisional(rule: Provisional, voice: Voice) -> Iterator[str]:
    article = voice.cited(rule.article)
    unless = voice.say("unless") if rule.unless_declared else ""
    if rule.by == DECLARED:
        yield voice.say("provisional_declared", article=article)
    else:
        yield voice.say(
            "provisional",
            who=voice.group(rule.by),
            unless=unless,
            date=when(rule.falls, "signature", voice),
            article=article,
        )
    notice = rule.ended_by_notice
    yield voice.say(
        "provisional_ends",
        until=voice.say("provisional_until", day=voice.day(rule.end)) if rule.end else "",
        notice=voice.say("provisional_notice", date=when(notice, "notice", voice))
        if notice
        else "",
    )


def _reservations(rule: Reservations, voice: Voice) -> Iterator[str]:
    article = voice.cited(rule.article)
    if not rule.allowed:
        yield voice.say("reservations_none", article=article)
    elif rule.articles:
        articles = voice.series(voice.provision(each) for each in rule.articles)
        yield voice.say("reservations_some", articles=articles, article=article)
    else:
        yield voice.say("reservations_any", article=article)
    if rule.objection_within:
        yield voice.say("objections", date=day_after(rule.objection_within, "reservation", voice))


def _withdrawal(rule: Withdrawal | None, voice: Voice) -> Iterator[str]:
    if rule is None:
        yield voice.say("withdrawal_none")
        return
    if rule.falls is None:
        yield voice.say("withdrawal_by_no_notice", article=voice.cited(rule.article))
    else:
        date = when(rule.falls, "notice", voice)
        yield voice.say("withdrawal", article=voice.cited(rule.article), date=date)
    if rule.locked is not None:
        yield voice.say("locked", date=day_of(rule.locked, "notice", voice))
    if rule.windows is not None:
        yield _windows(rule.windows, voice)
    yield voice.say("rescindable" if rule.rescindable else "rescindable_not")
    if rule.survives:
        yield voice.say("survives", date=day_after(rule.survives, "leaving", voice))
    if rule.with_class:
        yield voice.say("with_class", who=voice.group(rule.with_class))


def _windows(windows: Windows, voice: Voice) -> str:
    return voice.say(
        "windows",
        first=pipeline((windows.after,), started(windows.since, voice), voice),
        next=pipeline((windows.every,), started("last_window", voice), voice),
        end=day_after((windows.lasts,), "window", voice),
    )


def _termination(rule: Termination, voice: Voice) -> Iterator[str]:
    article = voice.cited(rule.article)
    if rule.falls is not None:
        yield voice.say("terminates", date=when(rule.falls, "entry", voice), article=article)
    if rule.fewer_than is not None:
        yield voice.say("fewer_than", number=rule.fewer_than, article=article)


def _steps(treaty: Treaty) -> Iterator[Step]:
    """Yield every step of every date of a treaty."""
    entry, leaving, applied = treaty.entry, treaty.withdrawal, treaty.provisional
    dates = [entry.falls, entry.lapses] if entry else []
    dates += [each.falls for each in treaty.ways]
    dates += [applied.falls, applied.ended_by_notice] if applied else []
    dates += [leaving.falls, leaving.locked] if leaving else []
    dates += [treaty.termination.falls] if treaty.termination else []
    yield from chain.from_iterable(_steps_of(each) for each in dates if each is not None)
    yield from treaty.reservations.objection_within if treaty.reservations else ()
    if leaving is not None:
        yield from leaving.survives
        if leaving.windows is not None:
            yield from (leaving.windows.after, leaving.windows.every, leaving.windows.lasts)


def _steps_of(falls: Date) -> Iterator[Step]:
    match falls:
        case Fixed():
            return
        case After(steps):
            yield from steps
        case Of(dates):
            yield from chain.from_iterable(map(_steps_of, dates))
        case Cases(cases):
            yield from chain.from_iterable(_steps_of(each.falls) for each in cases)
        case NotBefore(own, others):
            yield from chain.from_iterable(map(_steps_of, (own, *others)))
