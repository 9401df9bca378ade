"""What there is to ask: names of everything in the record, and questions that have an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import product

from django.conf import settings

from comity.charter.model import Charter
from comity.register.export import charter_file
from comity.register.kinds import KINDS
from comity.register.records import CONFIDENCES
from comity.tlog.tiles import TILE_WIDTH
from comity_web.api.opendata.formats import FORMS
from comity_web.api.opendata.tables import TABLES
from comity_web.public.pages.act_filters import SORTS
from comity_web.public.pages.acts import SIZES
from comity_web.public.pages.reasons import QUESTIONS
from comity_web.register.editions import all_charters
from comity_web.register.models import Entry
from comity_web.register.selectors import record
from comity_web.search.things import KINDS as THINGS
from tests.web.registers import acts_of

LANGUAGES = [code for code, _ in settings.LANGUAGES]
ORGANISATIONS = sorted(each.parent.name for each in settings.ORGANISATIONS.glob("*/charter.yaml"))
DAYS = ["1995-01-01", "2005-06-15", "2012-12-31", "2023-12-14", "2040-01-01"]
# Where nothing is to be found, whatever is asked.
NOWHERE = {"log/<path:name>", "log/", "api/<path:rest>", "data/<path:rest>"}
_MOST = 30
Texts = Sequence[str]
Of = Callable[[str], Texts]
Choose = Callable[[Texts], str]


def _charter(organisation: str) -> Charter:
    return record(organisation).charter


def _parties(organisation: str) -> Texts:
    return sorted(record(organisation).parties())


def _questions(organisation: str, *, of_names: bool) -> Texts:
    """Return what may follow ``why/``: every question, about all that it can be asked about."""
    charter = _charter(organisation)
    about: Mapping[str, Texts] = {
        "party": _parties(organisation),
        "facet": list(charter.facets),
        "status": list(charter.statuses),
        "right": list(charter.rights),
        "body": list(charter.bodies),
        "territory": list(charter.territories),
        "office": list(charter.offices),
        "article": list(charter.articles),
    }
    return [
        "/".join((asked, *names))
        for asked, question in QUESTIONS.items()
        if bool(question.names) == of_names
        for names in product(*(about[each][:_MOST] for each in question.names))
    ]


def _tiles(level: str) -> Texts:
    full, rest = divmod(Entry.objects.count(), TILE_WIDTH)
    tiles = [f"{level}{each:03}" for each in range(full)]
    return [*tiles, f"{level}{full:03}.p/{rest}"] if rest else tiles


# By the name of a place in a route; where that says too little, by what stands before the place.
PLACES: Mapping[str, Of] = {
    "language": lambda _: LANGUAGES,
    "organisation": lambda organisation: [organisation],
    "number": lambda _: ["1"],
    "party": _parties,
    "act": lambda organisation: [each.id for each in acts_of(organisation)],
    "body": lambda organisation: list(_charter(organisation).bodies),
    "article": lambda organisation: list(_charter(organisation).articles),
    "source": lambda organisation: list(_charter(organisation).sources),
    "asked": lambda organisation: _questions(organisation, of_names=False),
    "asked with names": lambda organisation: _questions(organisation, of_names=True),
    "charters/": lambda _: [charter_file(each.id, each.digest) for each in all_charters()],
    "log/tile/": lambda _: _tiles("0/"),
    "log/tile/entries/": lambda _: _tiles(""),
    "data/<str:organisation>/": lambda _: [f"{table}.{form}" for table in TABLES for form in FORMS],
}
EVERYWHERE: Mapping[str, Of] = {
    "on": lambda _: DAYS,
    "known_at": lambda _: ["2040-01-01", "2040-01-01T12:00:00Z"],
    "basis": lambda organisation: list(_charter(organisation).bases),
}
VALUES: Mapping[str, Of] = EVERYWHERE | {
    "format": lambda _: ["json", "html"],
    "with": lambda _: DAYS,
    "against": lambda _: DAYS,
    "from": lambda _: ["1996", "2001-06", "2001-06-15"],
    "to": lambda _: ["2017", "2020-02", "2024-02-29"],
    "kind": lambda _: list(KINDS),
    "party": _parties,
    "body": PLACES["body"],
    "article": PLACES["article"],
    "source": PLACES["source"],
    "confidence": lambda _: CONFIDENCES,
    "q": lambda _: ["Казахстан", "中国", "charter 14", "June 2017", ""],
    "sort": lambda _: list(SORTS),
    "per": lambda _: SIZES,
    "page": lambda _: ["1"],
    "organisation": lambda _: ORGANISATIONS,
}


def _things(_: str) -> Texts:
    return THINGS


@cache
def _offered(of: Of, organisation: str) -> Texts:
    return of(organisation)


def real_path(route: str, organisation: str, choose: Choose) -> str:
    """Put names of an organisation into a route, so that it is the address of something."""
    route = route.replace("<str:asked>/<path:names>", "<path:asked with names>")

    def chosen(match: re.Match[str]) -> str:
        of = PLACES.get(match[1]) or PLACES[route[: match.start()]]
        return choose(_offered(of, organisation))

    return "/" + re.sub(r"<\w+:([\w ]+)>", chosen, route)


def offered(route: str, organisation: str) -> Mapping[str, Texts]:
    """Return by parameter what every address of this route can answer."""
    known = EVERYWHERE if route.startswith("data/") else VALUES
    if "search" in route:
        known = {**known, "kind": _things}
    return {name: _offered(of, organisation) for name, of in known.items()}
