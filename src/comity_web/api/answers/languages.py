"""The languages that an organisation's data is in."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from comity.charter.model import Charter, Names


def languages_of(charter: Charter) -> list[str]:
    """Return the languages that an organisation's data is in, those of the site first."""
    used = {language for names in _all_names(charter) for language in names}
    site = [code for code, _ in settings.LANGUAGES]
    return [*site, *sorted(used - set(site))]


def _all_names(charter: Charter) -> Iterable[Names]:
    yield charter.names
    for party in charter.parties.values():
        yield from (party.names, party.formal_names, party.order_names, party.note)
    yield from (each.names for each in charter.instruments.values())
    yield from (each.condition for each in charter.grants)
    for bodies in charter.bodies.values():
        yield from (names for each in bodies.items for names in (each.names, each.seat))
    for articles in charter.articles.values():
        yield from (names for each in articles.items for names in (each.title, each.text))
