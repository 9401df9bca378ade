"""What changed, in words: how something was and is, and how two days compare in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from comity.membership.bodies import Tenure
from comity.register.changes import Balance, Change
from comity.register.situation import Situation, in_language
from comity.register.threads import Aspect
from comity.wording import names
from comity.wording.catalogue import listed, text
from comity.wording.dates import date_text

_NAMED = 12  # so many parties are named in a sentence; where there are more, they are counted
_YES_OR_NO: Mapping[Aspect, tuple[str, str]] = {
    "suspension": ("suspended", "not_suspended"),
    "territory": ("covered", "not_covered"),
}


def value_text(change: Change[Any], value: Any, situation: Situation, language: str) -> str:
    """Return what something was before a change, or is after it, in names of its day."""
    charter, day = situation.charter, change.on
    if change.aspect in _YES_OR_NO:
        return text(language, f"change.{_YES_OR_NO[change.aspect][not value]}")
    if change.aspect == "status":
        return names.status_name(charter, value, day, language)
    if change.aspect == "body":
        return names.life_stage_name(value, language)
    if value is None:
        return text(language, "change.nothing")
    if change.aspect == "stage":
        return names.stage_name(charter, change.part, value, day, language)
    if isinstance(value, Tenure):
        return holder_text(value, situation, language)
    return date_text(value, language) if isinstance(value, date) else in_language(value, language)


def holder_text(tenure: Tenure, situation: Situation, language: str) -> str:
    """Return who holds an office: a party, or a person with the party's name."""
    day = tenure.start.first
    party = names.party_name(situation, tenure.party, language, on=day) if tenure.party else ""
    person = situation.charter.in_language(tenure.person, language)
    if not person or not party:
        return person or party
    return text(language, "change.person", person=person, party=party)


def balance_text(balance: Balance, after: Situation, language: str) -> str:
    """Return how two days compare: the numbers of each status, who came, left and moved."""
    charter, day = after.charter, after.on
    said = [
        text(
            language,
            "change.count",
            status=names.status_heading(charter, status, max(held, holds), day, language),
            before=held,
            after=holds,
        )
        for status, held, holds in balance.counts
    ]
    for key in ("came", "left", "moved"):
        parties = getattr(balance, key)
        if parties:
            said.append(text(language, f"change.{key}", parties=_parties(parties, after, language)))
    if not (balance.came or balance.left or balance.moved):
        said.append(text(language, "change.same"))
    return text(language, "list.pairs").join(said)


def _parties(parties: Iterable[str], situation: Situation, language: str) -> str:
    every = list(parties)
    if len(every) > _NAMED:
        return str(len(every))
    return listed(language, (names.party_name(situation, each, language) for each in every))
