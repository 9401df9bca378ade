"""The page of a party: its status on the day, how it came to it, and what it may do."""

from __future__ import annotations

from comity.kernel.act import Act
from comity.kernel.finding import Finding
from comity.membership.answers import Permission
from comity.membership.history import Spell
from comity.wording import names
from comity_web.public.pages.reader import Page, Reader, capital


def party(reader: Reader, code: str) -> Page:
    """Return the page of a party, named by its code or a former one."""
    present_code = reader.record.party(code)
    name = reader.party_name(present_code)
    here = reader.address("parties", present_code)
    return {
        **reader.frame(name, (name, here)),
        "party": _identity(reader, present_code),
        "statuses": [_status(reader, present_code, facet) for facet in reader.charter.facets],
        "suspension": _suspension(reader, present_code),
        "departure": _departure(reader, present_code),
        "history": [
            _spell(reader, spell)
            for facet in reader.charter.facets
            for spell in reader.situation.history(present_code, facet)
        ],
        "rights": _rights(reader, present_code),
        "acts": _acts(reader, present_code),
    }


def _identity(reader: Reader, code: str) -> Page:
    situation, declared = reader.situation, reader.charter.parties[code]
    represented = situation.represented_by(code, reader.language)
    return {
        **reader.party(code),
        "formal_name": reader.formal_name(code),
        "name_grounds": reader.grounds(situation.name(code, reader.language).grounds),
        "former_codes": list(declared.former_codes),
        "represented_by": represented.value,
        "represented": reader.reasons(represented),
        "note": reader.text(declared.note),
    }


def _status(reader: Reader, code: str, facet: str) -> Page:
    finding = reader.situation.status(code, facet)
    since = reader.situation.since(code, facet).value
    spell = reader.situation.spell(code, facet)
    resumed = spell is not None and spell.start != spell.since
    main = facet == reader.charter.main_facet
    return {
        "facet": facet,
        "facet_name": reader.text(reader.charter.facets[facet].names),
        "main": main,
        "status": finding.value,
        "name": reader.status_name(finding.value),
        "shade": reader.shade(finding.value) if finding.value else 0,
        "since": str(since) if since else "",
        "since_in_words": reader.day(since),
        "resumed_in_words": reader.day(spell.start) if spell and resumed else "",
        **reader.reasons(finding),
    }


def _suspension(reader: Reader, code: str) -> Page | None:
    finding = reader.situation.suspension(code)
    running = finding.value
    if running is None:
        return None
    return {
        "since_in_words": reader.day(running.start),
        "rights": list(running.rights),
        **reader.reasons(finding),
    }


def _departure(reader: Reader, code: str) -> Page | None:
    finding = reader.situation.pending_departure(code)
    if finding.value is None:
        return None
    return {
        "on": finding.value.isoformat(),
        "on_in_words": reader.day(finding.value),
        **reader.reasons(finding),
    }


def _spell(reader: Reader, spell: Spell) -> Page:
    return {
        "status": spell.status,
        "name": reader.status_name(spell.status),
        "shade": reader.shade(spell.status),
        "start": str(spell.start),
        "start_in_words": reader.day(spell.start),
        "began_by": reader.grounds(spell.began_by),
        "end": str(spell.end) if spell.end else "",
        "end_in_words": reader.day(spell.end),
        "ended_by": reader.grounds(spell.ended_by),
        "ended_as": names.manner_name(spell.ended_as, reader.language) if spell.ended_as else "",
        "holds": spell.holds_on(reader.question.on),
    }


def _rights(reader: Reader, code: str) -> list[Page]:
    if reader.situation.status(code).value is None:
        return []
    bodies = [each.id for each in reader.situation.bodies()]
    return [_right(reader, code, right, bodies) for right in reader.charter.rights]


def _right(reader: Reader, code: str, right: str, bodies: list[str]) -> Page:
    """Return what holds in general, and what holds otherwise in which bodies.

    Where all depends on the body, there is no general answer.
    """
    general = reader.situation.may(code, right)
    otherwise: dict[tuple[object, ...], Page] = {}
    for body in bodies:
        found = reader.situation.may(code, right, body)
        if found.value != general.value:
            key = (found.value.answer, reader.text(found.value.condition), found.grounds)
            group = otherwise.setdefault(key, {**_permission(reader, found), "bodies": []})
            group["bodies"].append({"body": body, "name": reader.body_name(body)})
    in_general = [] if general.value.bodies and otherwise else [_permission(reader, general)]
    return {
        "right": right,
        "name": reader.text(reader.charter.rights[right].names) or right,
        "answers": [*in_general, *otherwise.values()],
    }


def _permission(reader: Reader, found: Finding[Permission]) -> Page:
    return {
        "answer": found.value.answer,
        "answer_in_words": capital(names.answer_name(found.value.answer, reader.language)),
        "condition": reader.text(found.value.condition),
        **reader.reasons(found),
    }


def _acts(reader: Reader, code: str) -> list[Page]:
    recorded = reader.record.acts_of(code, known=reader.situation.known)
    acts = [reader.record.act(each.id, known=reader.situation.known) for each in recorded]
    ordered = sorted(acts, key=lambda act: (act.effective_on, act.id))
    return [_act(reader, each) for each in ordered]


def _act(reader: Reader, act: Act) -> Page:
    return {
        **reader.ground(act.id),
        "label": reader.act_label(act),
        "effective_on": str(act.effective_on),
        "effective_on_in_words": reader.day(act.effective_on),
        "place": act.place,
        "to_come": act.effective_on.first > reader.question.on,
    }
