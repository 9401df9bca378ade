"""Examples for the documentation, found in the record itself: each is a real question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from django.http import QueryDict

from comity.membership.history import Spell
from comity.register.register import OrganisationRecord
from comity.register.situation import Situation
from comity_web.api.addresses import ROOT
from comity_web.api.operations import OPERATIONS, Operation
from comity_web.api.parameters import read
from comity_web.register.questions import today
from comity_web.register.selectors import Present

_YEARS = timedelta(days=5 * 365)


@dataclass(frozen=True, slots=True)
class Example:
    """A question as an address, and its real answer with every list cut to its first entry."""

    address: str
    answer: Any


@dataclass(frozen=True, slots=True)
class Examples:
    """Values for what can be named, and an example of each operation for which there are all."""

    values: Mapping[str, str]
    of: Mapping[str, Example]


def examples(present: Present) -> Examples:
    """Return examples about the party with the longest history, where the most acts are.

    Where nothing is recorded yet there are none but those that need no name.
    """
    values = _values(present)
    found = ((each, _address(each, values)) for each in OPERATIONS)
    return Examples(
        values,
        {each.id: _example(present, each, path, values) for each, path in found if path},
    )


def _values(present: Present) -> dict[str, str]:
    records = [each for each in present.register.organisations if present.acts(each.charter.id)]
    if not records:
        return {}
    record = max(records, key=lambda each: present.acts(each.charter.id))
    situation = present.situation(record.charter.id, on=today())
    return {"organisation": record.charter.id, **_names(record), **_of_a_party(situation)}


def _names(record: OrganisationRecord) -> dict[str, str]:
    charter = record.charter
    firsts = {"body": charter.bodies, "office": charter.offices, "article": charter.articles}
    found = {name: next(iter(known)) for name, known in firsts.items() if known}
    return {**found, "act": record.acts[0].id}


def _of_a_party(situation: Situation) -> dict[str, str]:
    """Return a party, and days on which its last spell but one began and some years later."""
    histories = {each: situation.history(each) for each in situation.record.parties()}
    party = max(histories, key=lambda each: len(histories[each]), default="")
    spells = histories.get(party, ())
    return {"party": party, **_of_a_spell(spells[-2:][0])} if spells else {}


def _of_a_spell(spell: Spell) -> dict[str, str]:
    start = spell.start.first
    days = {"on": start, "from": start, "to": start + _YEARS}
    return {"act": spell.began_by[-1], **{name: str(day) for name, day in days.items()}}


def _address(operation: Operation, values: Mapping[str, str]) -> str | None:
    """Return the address of an example below the root; none where a name for it is missing."""
    names = [each.name for each in operation.parameters if each.required or each.name == "on"]
    try:
        path = operation.path.format(**values)
        query = "&".join(f"{name}={values[name]}" for name in names)
    except KeyError:
        return None if names or "{" in operation.path else operation.path
    return f"{path}?{query}" if query else path


def _example(
    present: Present, operation: Operation, address: str, values: Mapping[str, str]
) -> Example:
    query = QueryDict(address.partition("?")[2])
    asked = read(query, operation.parameters, today())
    names = {name: values[name] for name in operation.names}
    answer = msgspec.to_builtins(operation.make(present, asked, **names))
    return Example(f"{ROOT}/{address}", _shortened(answer))


def _shortened(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _shortened(each) for name, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [_shortened(each) for each in list(value)[:1]]
    return value
