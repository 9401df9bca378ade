"""Questions to begin with, taken from the register: each finds something there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from comity.charter.model import Charter
from comity.register.register import OrganisationRecord
from comity.wording.catalogue import LANGUAGES, text
from comity.wording.dates import date_text
from comity_web.register.selectors import Present
from comity_web.search.acts import texts

Sort = Literal["name", "other_name", "former_name", "short_name", "article", "day"]


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and what it shows can be asked."""

    text: str
    sort: Sort
    language: str


def examples(
    present: Present, language: str, organisation: str | None = None
) -> tuple[Example, ...]:
    """Return one question of every sort, from an organisation, or from the first that has it."""
    found: dict[tuple[Sort, str], Example] = {}
    for record in present.register.organisations:
        if organisation in (None, record.charter.id):
            acts = present.acts(record.charter.id)
            for each in _examples(record, acts, language):
                found.setdefault((each.sort, each.language), each)
    return tuple(found.values())


def _examples(record: OrganisationRecord, acts: int, language: str) -> Iterator[Example]:
    charter = record.charter
    for each in dict.fromkeys((language, *LANGUAGES)):
        names = (party.names[each] for party in charter.parties.values() if each in party.names)
        for name in islice(names, 1):
            yield Example(name, "name" if each == language else "other_name", each)
    yield from _former_name(record, acts, language)
    yield from _short_name(charter, language)
    yield from _article(charter, language)
    days = [each.effective_on for each in record.acts[:acts] if each.parties]
    exact = [each for each in days if each.exact]
    if exact:
        yield Example(date_text(max(exact), language), "day", language)


def _former_name(record: OrganisationRecord, acts: int, language: str) -> Iterator[Example]:
    for act in record.acts[:acts]:
        party = record.charter.parties.get(act.parties[0]) if act.kind == "renamed" else None
        now = texts(act, "names", record.charter).get(language)
        if party and now and language in party.names and party.names[language] != now:
            yield Example(party.names[language], "former_name", language)


def _short_name(charter: Charter, language: str) -> Iterator[Example]:
    for bodies in charter.bodies.values():
        short = bodies.items[-1].short_names.get(language, "")
        if short and short == short.upper():
            yield Example(short, "short_name", language)


def _article(charter: Charter, language: str) -> Iterator[Example]:
    for articles in charter.articles.values():
        number = articles.items[-1].number
        if articles.items[-1].instrument and number.isdigit():
            cited = text(language, "ground.article", instrument="", number=number)
            yield Example(cited.strip(" ,，"), "article", language)
