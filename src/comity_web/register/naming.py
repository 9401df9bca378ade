"""What there is of a kind, by every word for it: to say what a name was perhaps meant for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from comity.charter.model import NO_NAMES, Charter, Names, Versions
from comity_web.register.selectors import Present

Things = dict[str, tuple[str, Names]]
"""Identifier and names of a thing, by a word for it; names are those of its last version."""

_SINGLE: Mapping[str, Callable[[Charter], Mapping[str, Any]]] = {
    "party": lambda charter: charter.parties,
    "facet": lambda charter: charter.facets,
    "right": lambda charter: charter.rights,
    "territory": lambda charter: charter.territories,
}
_VERSIONED: Mapping[str, Callable[[Charter], Mapping[str, Versions[Any]]]] = {
    "status": lambda charter: {**charter.statuses, **charter.counts},
    "body": lambda charter: charter.bodies,
    "office": lambda charter: charter.offices,
}
_NAMELESS: Mapping[str, Callable[[Charter], Iterable[str]]] = {
    "article": lambda charter: charter.articles,
    "source": lambda charter: charter.sources,
}


def called(kind: str, organisation: str, present: Present) -> Things:
    """Return all things of a kind that an organisation has, or all organisations.

    Raises `UnknownName` where there is no such organisation.
    """
    if kind == "organisation":
        charters = [each.charter for each in present.register.organisations]
        return _by_word((each.id, [each.short_names, each.names]) for each in charters)
    record = present.register.organisation(organisation)
    charter = record.charter
    if kind == "act":
        known = record.acts[: present.acts(organisation)]
        return {act.id: (act.id, NO_NAMES) for act in known}
    if kind in _SINGLE:
        things = _SINGLE[kind](charter).items()
        return _by_word((identifier, [each.names]) for identifier, each in things)
    if kind in _VERSIONED:
        rules = _VERSIONED[kind](charter).items()
        return _by_word((name, [each.names for each in found.items]) for name, found in rules)
    return {each: (each, NO_NAMES) for each in _NAMELESS[kind](charter)}


def _by_word(things: Iterable[tuple[str, list[Names]]]) -> Things:
    """Spread things over their words; ``names`` of each are oldest first."""
    return {
        word: (identifier, names[-1])
        for identifier, names in things
        for word in (identifier, *(word for each in names for word in each.values()))
    }
