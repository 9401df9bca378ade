"""Check what the form of a charter cannot say: references, periods and exclusive choices.

Every check reads the tree of `comity.charter.parts` and passes over what has the wrong form, so
that faults of form and of meaning are reported together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

from comity.charter.model import ALL
from comity.charter.parts import TRANSLATIONS, Parts
from comity.kernel.dates import Period, parse_day
from comity.kernel.errors import DataError, Fault, unknown
from comity.kernel.trees import Path, find, mapping

# Where a name stands, and the section whose entries it may be.
REFERENCES: tuple[tuple[str, str], ...] = (
    ("languages.[].article", "articles"),
    ("order_of_states.[].article", "articles"),
    ("instruments.*.sources.[]", "sources"),
    ("articles.*.~.instrument", "instruments"),
    ("articles.*.~.sources.[]", "sources"),
    ("statuses.*.~.facet", "facets"),
    ("statuses.*.~.article", "articles"),
    ("statuses.*.~.merged_into", "statuses"),
    ("counts.*.~.statuses.[]", "statuses"),
    ("counts.*.~.article", "articles"),
    ("paths.[].status", "statuses"),
    ("paths.[].article", "articles"),
    ("paths.[].preceded_by.[]", "statuses"),
    ("paths.[].stages.[].by.[]", "bodies"),
    ("paths.[].stages.[].article", "articles"),
    ("paths.[].stages.[].gives_status_on.[]", "bases"),
    ("bodies.*.~.article", "articles"),
    ("bodies.*.~.reports_to", "bodies"),
    ("bodies.*.~.chair", "offices"),
    ("bodies.*.~.composition.[].status", "statuses"),
    ("bodies.*.~.composition.[].parties.[]", "parties"),
    ("bodies.*.~.composition.[].article", "articles"),
    ("bodies.*.~.life.[].into", "bodies"),
    ("bodies.*.~.life.[].article", "articles"),
    ("grants.[].statuses.[]", "statuses"),
    ("grants.[].rights.[]", "rights"),
    ("grants.[].bodies.[]", "bodies"),
    ("grants.[].article", "articles"),
    ("suspension.[].statuses.[]", "statuses"),
    ("suspension.[].loses.[]", "rights"),
    ("suspension.[].becomes", "statuses"),
    ("suspension.[].by.[]", "bodies"),
    ("suspension.[].article", "articles"),
    ("withdrawal.[].statuses.[]", "statuses"),
    ("withdrawal.[].article", "articles"),
    ("endings.[].statuses.[]", "statuses"),
    ("endings.[].by.[]", "bodies"),
    ("endings.[].article", "articles"),
    ("offices.*.~.body", "bodies"),
    ("offices.*.~.article", "articles"),
    ("offices.*.~.rotation.article", "articles"),
    ("territories.*.of", "parties"),
    ("parties.*.capital.~.sources.[]", "sources"),
)

# Lists of names that may also say ``all``.
MAY_BE_ALL = frozenset(
    {
        "paths.[].stages.[].gives_status_on.[]",
        "grants.[].rights.[]",
        "grants.[].bodies.[]",
        "suspension.[].loses.[]",
    }
)

# What an entry of each section is called in a sentence; the fault's code is unknown_<word>.
ENTRY: dict[str, str] = {
    "articles": "article",
    "bases": "basis",
    "bodies": "body",
    "facets": "facet",
    "instruments": "instrument",
    "offices": "office",
    "parties": "party",
    "rights": "right",
    "sources": "source",
    "statuses": "status",
}

VERSIONED = ("articles", "statuses", "counts", "bodies", "offices")

# Sections that have an entry even where the charter leaves them out.
DEFAULT_ENTRY = {"bases": "effect", "facets": "membership"}

Tree = dict[str, Any]
Check = Callable[[Tree, Parts], Iterator[Fault]]


def faults_of_meaning(parts: Parts) -> Iterator[Fault]:
    """Yield every fault that a file of the right form can still have."""
    tree = parts.tree()
    for check in CHECKS:
        yield from check(tree, parts)


def entries(tree: Tree, section: str) -> set[str]:
    """Return the identifiers that a section defines, with its default entry."""
    if section in DEFAULT_ENTRY and not mapping(tree.get(section)):
        return {DEFAULT_ENTRY[section]}
    return set(mapping(tree.get(section)))


def _references(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for pattern, section in REFERENCES:
        if section in parts.lenient and not tree.get(section):
            continue
        known = entries(tree, section) | (parts.extra_parties if section == "parties" else set())
        also = {ALL} if pattern in MAY_BE_ALL else set()
        for path, name in find(tree, pattern):
            if isinstance(name, str) and name not in known | also:
                yield unknown(ENTRY[section], name, known, place=parts.place(*path))


def _reserved_names(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for section in ("bases", "bodies", "rights"):
        if ALL in mapping(tree.get(section)):
            word = ENTRY[section]
            place = parts.place(section, ALL)
            yield Fault(
                "reserved_name", f'a {word} called "all"', "another name: all means every one",
                place=place,
            )  # fmt: skip


def _day(value: object) -> date | None:
    try:
        return parse_day(value) if isinstance(value, str) else None
    except DataError:
        return None


def _period(rule: Any) -> Period:
    return Period(_day(mapping(rule).get("from")), _day(mapping(rule).get("until")))


def _periods(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, rule in _mappings(tree, ()):
        period = _period(rule)
        if period.start and period.end and period.start >= period.end:
            yield Fault(
                "period_reversed",
                f"from {period.start} until {period.end}, which is no day at all",
                "an until later than from: it is the first day on which the rule no longer holds",
                place=parts.place(*path, "until"),
            )


def _mappings(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _mappings(each, (*path, key))


def _versions_overlap(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for section in VERSIONED:
        for path, versions in find(tree, f"{section}.*"):
            if isinstance(versions, list):
                placed = [((*path, n), each) for n, each in enumerate(versions)]
                yield from _overlaps(placed, f'versions of "{path[-1]}"', parts)


def _capitals_overlap(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, capitals in find(tree, "parties.*.capital"):
        if isinstance(capitals, list):
            placed = [((*path, n), each) for n, each in enumerate(capitals)]
            yield from _overlaps(placed, f"capitals of {path[1]}", parts)


def _rules_overlap(tree: Tree, parts: Parts) -> Iterator[Fault]:
    paths = list(find(tree, "paths.[]"))
    for status in sorted({str(mapping(each).get("status")) for _, each in paths}):
        same = [(path, each) for path, each in paths if mapping(each).get("status") == status]
        yield from _overlaps(same, f'paths to the status "{status}"', parts)
    yield from _overlaps(list(find(tree, "order_of_states.[]")), "orders of States", parts)


def _overlaps(placed: list[tuple[Path, Any]], what: str, parts: Parts) -> Iterator[Fault]:
    real = [(path, _period(each)) for path, each in placed if isinstance(each, dict)]
    for (_, earlier), (path, later) in combinations(real, 2):
        if earlier.overlaps(later):
            yield Fault(
                "versions_overlap",
                f"two {what} hold at once: {earlier} and {later}",
                "periods that share no day",
                "Give the older one an until: the day from which the newer one holds.",
                place=parts.place(*path),
            )


def _default_basis(tree: Tree, parts: Parts) -> Iterator[Fault]:
    bases = mapping(tree.get("bases"))
    defaults = [name for name, basis in bases.items() if mapping(basis).get("default") is True]
    if len(defaults) > 1 or (len(bases) > 1 and not defaults):
        found = ", ".join(defaults) or "none"
        yield Fault(
            "default_basis", f"default bases: {found}", "default: true on exactly one basis",
            place=parts.place("bases", *defaults[1:2]),
        )  # fmt: skip


def _facets_stay(tree: Tree, parts: Parts) -> Iterator[Fault]:
    main = next(iter(mapping(tree.get("facets"))), DEFAULT_ENTRY["facets"])
    for path, versions in find(tree, "statuses.*"):
        if not isinstance(versions, list):
            continue
        facets = [mapping(each).get("facet", main) for each in versions]
        for number, facet in enumerate(facets):
            if facet != facets[0]:
                yield Fault(
                    "facet_changes",
                    f'the status "{path[-1]}" is of the facet "{facets[0]}" and later of "{facet}"',
                    "one facet in all versions",
                    place=parts.place(*path, number, "facet"),
                )


def _codes_once(tree: Tree, parts: Parts) -> Iterator[Fault]:
    parties = mapping(tree.get("parties"))
    owner: dict[str, str] = {code: code for code in parties}
    for path, code in find(tree, "parties.*.former_codes.[]"):
        if not isinstance(code, str):
            continue
        party = str(path[1])
        if code in owner:
            yield Fault(
                "duplicate_code",
                f'the former code "{code}" of {party} is already a code of {owner[code]}',
                "every code, present or former, for one party only",
                place=parts.place(*path),
            )
        owner.setdefault(code, party)


def _stages_once(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, stages in find(tree, "paths.[].stages"):
        seen: set[str] = set()
        for below, name in find(stages, "[].id"):
            if isinstance(name, str) and name in seen:
                yield Fault(
                    "duplicate_stage", f'the stage "{name}" stands twice on the path',
                    "each stage once", place=parts.place(*path, *below),
                )  # fmt: skip
            seen.add(str(name))


def _stages_give(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, stages in find(tree, "paths.[].stages"):
        if isinstance(stages, list) and not any(
            value for _, value in find(stages, "[].gives_status_on")
        ):
            yield Fault(
                "path_without_effect", "no stage of the path begins the status",
                "gives_status_on at one stage at least", place=parts.place(*path),
            )  # fmt: skip


def _notices(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, notice in find(tree, "withdrawal.[].notice"):
        if not isinstance(notice, dict):
            continue
        period = [key for key in ("years", "months", "days") if key in notice]
        if not period and "cutoff" not in notice:
            yield Fault(
                "notice_empty", "a notice with no period and no cutoff",
                "years, months or days, or a cutoff",
                "Write days: 0 where withdrawal takes effect at once.", place=parts.place(*path),
            )  # fmt: skip
        if period and "cutoff" in notice:
            yield Fault(
                "notice_two_ways", f"a notice with {period[0]} and a cutoff", "one of the two",
                place=parts.place(*path, "cutoff"),
            )  # fmt: skip


def _seats(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, seat in find(tree, "bodies.*.~.composition.[]"):
        # An empty list names nobody: a seat with it has no holder.
        if isinstance(seat, dict) and bool(seat.get("status")) == bool(seat.get("parties")):
            both = "both status and parties" if seat.get("status") else "neither status nor parties"
            yield Fault(
                "seat_unclear", both, "a status whose holders sit in the body, or parties",
                place=parts.place(*path),
            )  # fmt: skip


def _conditions(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for path, grant in find(tree, "grants.[]"):
        if not isinstance(grant, dict):
            continue
        conditional = grant.get("answer", "yes") == "conditional"
        if conditional and "condition" not in grant:
            found, expected = "a conditional grant without its condition", "the key condition"
        elif not conditional and "condition" in grant:
            found, expected = "a condition on an answer that has none", "answer: conditional"
        else:
            continue
        yield Fault("condition_unclear", found, expected, place=parts.place(*path))


def _cycles(tree: Tree, parts: Parts) -> Iterator[Fault]:
    for section, key in (("bodies", "reports_to"), ("statuses", "merged_into")):
        rules = [(path, each) for path, each in find(tree, f"{section}.*.~") if mapping(each)]
        days = {_period(rule).start or date.min for _, rule in rules}
        told: set[str] = set()
        for day in sorted(days):
            above = {
                str(path[1]): (str(rule[key]), path)
                for path, rule in rules
                if key in rule and day in _period(rule)
            }
            for way in _circles(above):
                if not told & set(way):
                    told |= set(way)
                    yield Fault(
                        "circular_reference",
                        f"{key} goes round in a circle: {' → '.join(way)}",
                        "a chain that ends",
                        place=parts.place(*above[way[0]][1], key),
                    )


def _circles(above: dict[str, tuple[str, Path]]) -> Iterator[list[str]]:
    """Yield the way from each name that leads back to itself."""
    for start in above:
        way = [start]
        while way[-1] in above and (len(way) == 1 or way[-1] not in way[:-1]):
            way.append(above[way[-1]][0])
        if len(way) > 1 and way[-1] == start:
            yield way


def _languages_of_translations(tree: Tree, parts: Parts) -> Iterator[Fault]:
    """Whoever translates the acts has named the organisation in that language first."""
    known = mapping(mapping(tree.get("organisation")).get("names"))
    for language in mapping(tree.get(TRANSLATIONS)):
        if language not in known:
            place = parts.place(TRANSLATIONS, language)
            yield unknown("language", language, known, place=place)


CHECKS: tuple[Check, ...] = (
    _references,
    _reserved_names,
    _periods,
    _versions_overlap,
    _capitals_overlap,
    _rules_overlap,
    _default_basis,
    _facets_stay,
    _codes_once,
    _stages_once,
    _stages_give,
    _notices,
    _seats,
    _conditions,
    _cycles,
    _languages_of_translations,
)
