"""Everyone who ever held a status or is on the way to one, in the order of States."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from comity.membership.history import Spell
from comity_web.public.pages.reader import Page, Reader
from comity_web.public.pages.ways import ways
from comity_web.register.questions import one_of

STATUS = "status"
UNDER_WAY, FORMER, LATER = "under_way", "former", "later"
_GROUPS = {
    "present": gettext_noop("On this day"),
    FORMER: gettext_noop("Former"),
    LATER: gettext_noop("To come after this day"),
}


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a party stands on the day: in which group, and by which words it is found."""

    party: str
    spells: tuple[Spell, ...]
    group: str
    found_by: frozenset[str]


def parties(reader: Reader, chosen: str) -> Page:
    """Return the parties by how they stand; ``chosen`` leaves those of a status or a group.

    Raises `BadQuestion` for a word by which nobody is found.
    """
    title = gettext("Parties")
    everyone = list(_standings(reader))
    choices = _choices(reader, everyone)
    one_of(STATUS, chosen, [each["id"] for each in choices])
    found = [each for each in everyone if not chosen or chosen in each.found_by]
    return {
        **reader.frame(title, (title, reader.address("parties")), section="parties"),
        "total": len(everyone),
        "all": {"url": reader.question.other(status=""), "current": not chosen},
        "choices": [{**each, "current": each["id"] == chosen} for each in choices],
        "groups": [
            {"id": group, "name": gettext(name), "parties": lines}
            for group, name in _GROUPS.items()
            if (lines := [_line(reader, each) for each in found if each.group == group])
        ],
    }


def _standings(reader: Reader) -> Iterator[_Standing]:
    """Yield how everyone stands; who neither held a status nor is on the way is left out."""
    situation, day = reader.situation, reader.question.on
    for party in situation.order(situation.record.parties()):
        spells = situation.folded(party).spells
        found_by = {each.status for each in spells if each.holds_on(day)}
        found_by |= {UNDER_WAY} if situation.under_way(party) else set()
        group = "present"
        if not found_by:
            group = FORMER if any(each.start.first <= day for each in spells) else LATER
        if found_by or spells:
            yield _Standing(party, spells, group, frozenset({*found_by, group}))


def _choices(reader: Reader, everyone: Iterable[_Standing]) -> list[Page]:
    """Return by what one can choose, with how many there are."""
    statuses = {each: reader.status_heading(each, 2) for each in reader.charter.statuses}
    others = {
        UNDER_WAY: gettext("On the way"),
        FORMER: gettext("Former"),
        LATER: gettext("To come after this day"),
    }
    numbers = {word: sum(word in each.found_by for each in everyone) for word in statuses | others}
    return [
        {
            "id": word,
            "name": name,
            "count": numbers[word],
            "url": reader.question.other(status=word),
            "shade": reader.shade(word) if word in statuses else 0,
            **({"why": reader.why("count", word)} if word in statuses else {}),
        }
        for word, name in (statuses | others).items()
        if numbers[word]
    ]


def _line(reader: Reader, standing: _Standing) -> Page:
    party, day = standing.party, reader.question.on
    return {
        **reader.party(party),
        "formal_name": reader.formal_name(party),
        "statuses": [
            _status(reader, party, each) for each in standing.spells if each.holds_on(day)
        ],
        "suspended": bool(reader.situation.running_suspensions(party)),
        "under_way": [
            {
                "status": each["name"],
                "stage": each["stage_name"],
                "ended": each["ended"],
                "why": each["why"],
            }
            for each in ways(reader, party)
        ],
        "path": _path(reader, standing),
        "why": reader.why("status", party),
    }


def _status(reader: Reader, party: str, spell: Spell) -> Page:
    return {
        "status": spell.status,
        "name": reader.status_name(spell.status),
        "shade": reader.shade(spell.status),
        "main": spell.facet == reader.charter.main_facet,
        "since": str(spell.since),
        "since_in_words": reader.day(spell.since),
        "why": reader.why("status", party, *reader.in_facet(spell.facet)),
    }


def _path(reader: Reader, standing: _Standing) -> list[Page]:
    """Return the statuses of the main facet one after another, or else of the others, in brief."""
    own = [each for each in standing.spells if each.facet == reader.charter.main_facet]
    spells = [each for each in own or standing.spells if each.end is None or each.start != each.end]
    return [
        {
            "status": each.status,
            "name": reader.status_name(each.status),
            "shade": reader.shade(each.status),
            "from": each.start.first.year,
            "to_come": each.start.first > reader.question.on,
            "until": each.end.first.year if each.end and _is_last(each, spells) else "",
        }
        for each in spells
    ]


def _is_last(spell: Spell, spells: list[Spell]) -> bool:
    """Whether no other status begins where this one ends."""
    return all(each.start != spell.end for each in spells)
