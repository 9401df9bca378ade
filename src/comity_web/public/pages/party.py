"""The page of a party: what it is on the day, how it came to it, what it may do, what it did."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext

from comity.kernel.act import Act
from comity.membership.bodies import Tenure
from comity.membership.history import Spell
from comity.register.standing import standing_acts
from comity.wording import names
from comity_web.public import words
from comity_web.public.pages.body import meeting
from comity_web.public.pages.granted import of_party
from comity_web.public.pages.path import party_path
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.pages.ways import ways

_CONSENT = ("signed", "ratified", "deposited", "acceded")
_LATEST = 8


def party(reader: Reader, code: str) -> Page:
    """Return the page of a party, named by its code or a former one."""
    code = reader.record.party(code)
    name = reader.party_name(code)
    trail = (gettext("Parties"), reader.address("parties"))
    return {
        **reader.frame(name, trail, (name, reader.address("parties", code)), section="parties"),
        "party": _identity(reader, code),
        "statuses": [_status(reader, code, facet) for facet in reader.charter.facets],
        "suspension": _suspension(reader, code),
        "departure": _departure(reader, code),
        "under_way": ways(reader, code),
        "base": _base(reader, code),
        "territories": _territories(reader, code),
        "history": _history(reader, code),
        "offices": _offices(reader, code),
        "meetings": [meeting(reader, each) for each in _acts(reader, code, ["met"])],
        "rights": of_party(reader, code),
        "instruments": _instruments(reader, code),
        **_latest(reader, code),
        "drawing": party_path(reader, code),
    }


# Who it is


def _identity(reader: Reader, code: str) -> Page:
    situation, declared = reader.situation, reader.charter.parties[code]
    represented = situation.represented_by(code, reader.language)
    return {
        **reader.party(code),
        "formal_name": reader.formal_name(code),
        "other_names": [
            {"language": language, "name": situation.name(code, language).value}
            for language, _ in settings.LANGUAGES
            if language != reader.language and language in declared.names
        ],
        "named": reader.reasons(situation.name(code, reader.language), "name", code),
        "former_codes": list(declared.former_codes),
        "represented_by": represented.value,
        "represented": reader.reasons(represented, "represented", code),
        "note": reader.text(declared.note),
    }


# What it is on the day


def _status(reader: Reader, code: str, facet: str) -> Page:
    finding = reader.situation.status(code, facet)
    since = reader.situation.since(code, facet).value
    spell = reader.situation.spell(code, facet)
    resumed = spell is not None and spell.start != spell.since
    return {
        "facet": facet,
        "facet_name": reader.text(reader.charter.facets[facet].names),
        "main": facet == reader.charter.main_facet,
        "status": finding.value,
        "name": reader.status_name(finding.value),
        "shade": reader.shade(finding.value) if finding.value else 0,
        "since": str(since) if since else "",
        "since_in_words": reader.day(since),
        "resumed_in_words": reader.day(spell.start) if spell and resumed else "",
        **reader.reasons(finding, "status", code, *reader.in_facet(facet)),
    }


def _suspension(reader: Reader, code: str) -> Page | None:
    finding = reader.situation.suspension(code)
    running = finding.value
    if running is None:
        return None
    lost = (names.right_name(reader.charter, each, reader.language) for each in running.rights)
    return {
        "since_in_words": reader.day(running.start),
        "rights": list(running.rights),
        "rights_in_words": reader.listed(lost),
        **reader.reasons(finding, "suspension", code),
    }


def _departure(reader: Reader, code: str) -> Page | None:
    finding = reader.situation.pending_departure(code)
    if finding.value is None:
        return None
    return {
        "on": finding.value.isoformat(),
        "on_in_words": reader.day(finding.value),
        **reader.reasons(finding, "departure", code),
    }


def _base(reader: Reader, code: str) -> Page | None:
    """Return whether a party with a status counts in the base of a decision."""
    if reader.situation.status(code).value is None:
        return None
    finding = reader.situation.in_base(code)
    return {"counts": finding.value, **reader.reasons(finding, "base", code)}


def _territories(reader: Reader, code: str) -> list[Page]:
    """Return the territories of a State, and whether its status covers them."""
    own = [each.code for each in reader.charter.territories.values() if each.of == code]
    held = reader.situation.status(code).value is not None
    found = {each: reader.situation.covers(each) for each in own if held}
    return [
        {
            "code": each,
            "name": names.territory_name(reader.charter, each, reader.language),
            "covered": finding.value,
            **reader.reasons(finding, "territory", each),
        }
        for each, finding in found.items()
    ]


# How it came to it


def _history(reader: Reader, code: str) -> list[Page]:
    """Return every spell, oldest first; what begins one is not told as the end of another."""
    spells = sorted(reader.situation.folded(code).spells, key=lambda each: each.start)
    begins = {act for each in spells for act in each.began_by}
    return [_spell(reader, code, each, begins) for each in spells]


def _spell(reader: Reader, code: str, spell: Spell, begins: set[str]) -> Page:
    """Return a spell with the acts that began and ended it."""
    then = reader.on(spell.start.first)
    return {
        "status": spell.status,
        "name": reader.status_name(spell.status),
        "shade": reader.shade(spell.status),
        "start": str(spell.start),
        "start_in_words": reader.day(spell.start),
        "began_by": reader.grounds(spell.began_by),
        "end": str(spell.end) if spell.end else "",
        "end_in_words": reader.day(spell.end),
        "ended_by": reader.grounds(each for each in spell.ended_by if each not in begins),
        "ended_as": names.manner_name(spell.ended_as, reader.language) if spell.ended_as else "",
        "holds": spell.holds_on(reader.question.on),
        "to_come": spell.start.first > reader.question.on,
        "why": then.why("status", code, *reader.in_facet(spell.facet)),
    }


# What it did


def _offices(reader: Reader, code: str) -> list[Page]:
    """Return the offices that a party held, or persons of its nationality, oldest first."""
    held = [
        (office, tenure)
        for office in reader.charter.offices
        for tenure in reader.situation.tenures(office)
        if tenure.party == code and tenure.start.first <= reader.question.on
    ]
    held.sort(key=lambda each: each[1].start)
    return [_tenure(reader, *each) for each in held]


def _tenure(reader: Reader, office: str, tenure: Tenure) -> Page:
    then = reader.on(tenure.start.first)
    return {
        "id": office,
        "name": then.office_name(office),
        "person": reader.translated(tenure.person),
        "start_in_words": reader.day(tenure.start),
        "end_in_words": reader.day(tenure.end),
        "holds": tenure.holds_on(reader.question.on),
        "why": then.why("office", office),
    }


def _instruments(reader: Reader, code: str) -> list[Page]:
    """Return the instruments that a party signed or consented to by the day, and when."""
    steps: dict[str, list[Act]] = {}
    for act in _acts(reader, code, _CONSENT):
        steps.setdefault(act.detail("instrument"), []).append(act)
    return [
        {
            "id": instrument,
            "name": reader.instrument_name(instrument),
            "steps": [
                {**reader.ground(act.id), "label": words.kind(act.kind), **_when(reader, act)}
                for act in acts
            ],
        }
        for instrument, acts in steps.items()
    ]


def _latest(reader: Reader, code: str) -> Page:
    """Return what is on record of a party, last first; the register has all of it."""
    known = reader.situation.known
    recorded = reader.record.acts_of(code, known=known)
    acts = sorted(
        (reader.record.act(each.id, known=known) for each in recorded),
        key=lambda act: (act.effective_on, act.id),
        reverse=True,
    )
    return {
        "acts": [
            {
                **reader.ground(act.id),
                "label": reader.act_label(act),
                "place": reader.translated(act.place),
                "to_come": act.effective_on.first > reader.question.on,
                **_when(reader, act),
            }
            for act in acts[:_LATEST]
        ],
        "acts_recorded": len(acts),
        "all_acts": f"{reader.address('acts')}{'&' if reader.question.given else '?'}party={code}",
    }


def _acts(reader: Reader, code: str, kinds: list[str] | tuple[str, ...]) -> Iterator[Act]:
    """Yield the acts of some kinds that name a party, by the day."""
    found = standing_acts(reader.record, kinds, known=reader.situation.known, party=code)
    return (each for each in found if each.effective_on.first <= reader.question.on)


def _when(reader: Reader, act: Act) -> Page:
    return {"on": str(act.effective_on), "on_in_words": reader.day(act.effective_on)}
