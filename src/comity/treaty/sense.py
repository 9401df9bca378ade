"""Check classes, tests and ways: each whole, and none that can never be met or always is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from comity.decision.numbers import Number, exact, plain, text_of
from comity.decision.tables import faults_of_weights
from comity.decision.tree import Tree, texts
from comity.kernel.errors import DataError, Fault
from comity.kernel.trees import Path, find, mapping
from comity.treaty.model import ALL, CONSENTS, TOTAL
from comity.treaty.references import ANYONE
from comity.treaty.tree import conditions, treaties

COMPARATORS = ("at_least", "more_than")
_TESTED = {
    "consents": {
        "without", "kinds", "weight", "of", "of_weight", "rounded", "plus", *COMPARATORS,
    },
    "every": {"without", "kinds"},
}  # fmt: skip
_KINDS = ("all", "any", "not", "consents", "every", "certified", "in_force")
_ALONE = ("parties_of", "members_of", "having", "largest", "size")
_LISTED = ("parties", "spells", "any_of")


def number(value: Any) -> Number | None:
    """Return the number that a value is, if it is one."""
    try:
        return exact(value) if isinstance(value, int | str) else None
    except DataError:
        return None


def together(keys: Sequence[str], where: str, nothing: str) -> str:
    """Say which keys stand together that should not, or that there is none."""
    return f"{' and '.join(keys)} in one {where}" if keys else nothing


def most(tree: Tree, name: str, seen: frozenset[str] = frozenset()) -> int | None:
    """Return how many can be in a class at the most, where its list or size says so."""
    found = mapping(tree.entries("classes").get(name))
    if name in seen or any(key in found for key in ("parties_of", "members_of", "having")):
        return None
    for value in (found.get("size"), mapping(found.get("largest")).get("number")):
        if isinstance(value, int):
            return value
    if not any(key in found for key in _LISTED):
        return None
    below = [most(tree, each, seen | {name}) for each in texts(found.get("any_of"))]
    if None in below:
        return None
    listed = {*texts(found.get("parties")), *mapping(found.get("spells"))}
    return len(listed) + sum(each for each in below if each is not None)


def _classes(tree: Tree) -> Iterator[Fault]:
    for name, found in tree.entries("classes").items():
        for what, expected, advice, *below in _unclear(mapping(found)):
            yield tree.wrong("class_unclear", what, expected, advice, "classes", name, *below)
        if isinstance(having := mapping(found).get("having"), dict):
            yield from _compared(tree, having, ("classes", name, "having"))


def _unclear(found: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield what is unclear about a class: found, expected, advice, and where."""
    keys = _definitions(found)
    alone = [key for key in keys if key in _ALONE]
    if alone and len(keys) > 1:
        yield together(keys, "class", ""), f'"{alone[0]}" alone', "any_of puts classes together."
    for key in ("without", "at"):
        if key in found and (not keys or keys == ["size"]):
            what = f'the key "{key}" in a class of nobody in particular'
            yield (
                what,
                f"one of {', '.join((*_LISTED, *_ALONE[:-1]))}",
                "Say who else is in it.",
                key,
            )
    twice = {*texts(found.get("parties"))} & {*mapping(found.get("spells"))}
    for who in sorted(twice):
        yield f"{who} under parties and under spells", "one of the two", "", "spells", who


def _definitions(found: dict[str, Any]) -> list[str]:
    return [key for key in (*_ALONE, *_LISTED) if key in found]


def _compared(tree: Tree, test: dict[str, Any], path: Path) -> Iterator[Fault]:
    yield from _one_of(tree, test, COMPARATORS, "a comparison with nothing", path)


def _one_of(
    tree: Tree, test: dict[str, Any], keys: Sequence[str], nothing: str, path: Path
) -> Iterator[Fault]:
    there = [key for key in keys if key in test]
    if len(there) != 1:
        yield tree.wrong(
            "test_unclear", together(there, "test", nothing), f"one of {', '.join(keys)}",
            "Put two tests together with all or any." if there else "", *path,
        )  # fmt: skip


def _whole(tree: Tree) -> Iterator[Fault]:
    for path, test, treaty in conditions(tree):
        yield from _one_of(tree, test, _KINDS, "a test that says nothing", path)
        kinds = [key for key in _KINDS if key in test]
        if len(kinds) != 1:
            continue
        for key in sorted(set(test) - {kinds[0], "article"} - _TESTED.get(kinds[0], set())):
            yield tree.wrong(
                "test_unclear", f'the key "{key}" beside "{kinds[0]}"', "a test without it",
                f"Move it into a test below {kinds[0]}." if kinds[0] in _KINDS[:3] else "",
                *path, key,
            )  # fmt: skip
        if kinds[0] == "consents":
            yield from _compared(tree, test, path)
            yield from _base(tree, test, path)
        if kinds[0] in _TESTED:
            yield from _nobody(tree, test, kinds[0], treaty, path)


def _base(tree: Tree, test: dict[str, Any], path: Path) -> Iterator[Fault]:
    """Check a share: that it has a base, and one of its own kind."""
    base = test.get("of")
    for key in COMPARATORS:
        value = number(test.get(key))
        if value is None:
            continue
        if base is None and _is_share(test[key], value, test):
            yield tree.wrong(
                "share_of_nothing", f"{key}: {test[key]}, without a base", "the key of",
                "Write of: total, or the class whose share it is.", *path, key,
            )  # fmt: skip
        elif base is not None and value > 1:
            yield tree.wrong(
                "out_of_range", f"{key}: {test[key]}, more than the whole of the base",
                "a share such as 2/3 or \"55 %\"", "", *path, key,
            )  # fmt: skip
    if base is None:
        for key in ("of_weight", "rounded"):
            if key in test:
                yield tree.wrong(
                    "share_of_nothing", f'the key "{key}" without a base', "the key of", "",
                    *path, key,
                )  # fmt: skip
    elif base == CONSENTS:
        if "of_weight" not in test or test.get("of_weight") == test.get("weight"):
            yield tree.wrong(
                "share_of_nothing", "a share of what is itself counted",
                "of_weight: another weight", "", *path, "of",
            )  # fmt: skip
        elif "weight" not in test:
            yield tree.wrong(
                "share_of_nothing", "a number of parties as a share of a weight",
                "the key weight", "", *path, "of_weight",
            )  # fmt: skip
    else:
        if "of_weight" in test:
            yield tree.wrong(
                "test_unclear", f'the key "of_weight" beside of: {base}', "of: consents",
                "Any other base is counted in the weight of the test.", *path, "of_weight",
            )  # fmt: skip
        if base == TOTAL and "weight" not in test:
            yield tree.wrong(
                "share_of_nothing", "the total of no weight", "the key weight",
                "A share of parties has a class as its base.", *path, "of",
            )  # fmt: skip


def _is_share(written: Any, value: Number, test: dict[str, Any]) -> bool:
    """Whether a number can only be a share: of parties there is no half, and it is so written."""
    if isinstance(written, str) and ("/" in written or "%" in written):
        return value.denominator != 1 or "%" in written
    return value.denominator != 1 and "weight" not in test


def _nobody(
    tree: Tree, test: dict[str, Any], kind: str, treaty: dict[str, Any], path: Path
) -> Iterator[Fault]:
    """Find a test that counts nobody, or more than there can be, or that asks for nothing."""
    among = test.get(kind)
    if among in texts(test.get("without")):
        yield _never(tree, f'"{among}" without itself', "another class", *path, "without")
    kinds = {each for _, each in find(test, "kinds.[]") if isinstance(each, str)}
    ways = [mapping(each) for _, each in find(treaty, "consents.[]")]
    before = {each for way in ways if way.get("from_entry") is not True for each in _kinds(way)}
    if ways and all(map(_kinds, ways)) and not (kinds or before) & before:
        found = f"no {', '.join(sorted(kinds)) or 'consent'} before entry into force"
        yield _never(tree, found, "a kind that the treaty provides", *path, "kinds")
    if kind != "consents":
        return
    limit = most(tree, str(among))
    for key in COMPARATORS:
        value = number(test.get(key))
        if value is None:
            continue
        least, strict = value + (number(test.get("plus")) or 0), key == "more_than"
        if least < 0 or (least == 0 and not strict):
            yield tree.wrong(
                "test_always_met", f"{key}: {test[key]}", "a number that makes a difference", "",
                *path, key,
            )  # fmt: skip
        whole = test.get("of") in (among, TOTAL) and "rounded" not in test
        if whole and value == 1 and (strict or least > value):
            yield _never(tree, "more than the whole", "a share that can be reached", *path, key)
        counted = "weight" not in test and "of" not in test and limit is not None
        if counted and limit is not None and (least > limit or (strict and least == limit)):
            found = f'{key}: {test[key]} of the class "{among}", in which {limit} can be'
            yield _never(tree, found, "a number that can be reached", *path, key)


def _kinds(way: dict[str, Any]) -> list[str]:
    return texts(way.get("kinds"))


def _never(tree: Tree, found: str, expected: str, *path: str | int) -> Fault:
    return tree.wrong("test_never_met", found, expected, "Nothing can meet this test.", *path)


def _known_members(tree: Tree) -> Iterator[Fault]:
    """Where it matters who belongs to a class, that must be known before they consent."""
    for path, test, _ in conditions(tree):
        if isinstance(name := test.get("every"), str):
            yield from _open(tree, name, (*path, "every"))
        if isinstance(name := test.get("of"), str) and name not in (TOTAL, CONSENTS):
            yield from _open(tree, name, (*path, "of"), by_name="weight" in test)
    for path, treaty in treaties(tree):
        for pattern in ("binds", "withdrawal.with", "consents.[].accepted_by.each"):
            for below, name in find(treaty, pattern):
                if isinstance(name, str):
                    yield from _open(tree, name, (*path, *below))
        for below, accepted in find(treaty, "consents.[].accepted_by"):
            yield from _accepted(tree, mapping(accepted), (*path, *below))


def _open(tree: Tree, name: str, path: Path, *, by_name: bool = True) -> Iterator[Fault]:
    found = tree.entries("classes").get(name)
    keys = _definitions(mapping(found))
    if name == ALL or (isinstance(found, dict) and not keys):
        what = f'"{name}", in which is whoever consents'
    elif by_name and keys == ["size"]:
        what = f'"{name}", of which only the size is known'
    else:
        return
    yield tree.wrong("class_open", what, "a class that says who is in it", "", *path)


def _accepted(tree: Tree, found: dict[str, Any], path: Path) -> Iterator[Fault]:
    if {*found} not in ({"each"}, {"among", "at_least"}):
        yield tree.wrong(
            "way_unclear", together([*found], "acceptance", "an acceptance by nobody"),
            "each: a class, or among: a class and at_least: a number", "", *path,
        )  # fmt: skip
    limit, least = most(tree, str(found.get("among"))), found.get("at_least")
    if isinstance(least, int) and limit is not None and least > limit:
        what = f'{least} of the class "{found["among"]}", in which {limit} can be'
        yield _never(tree, what, "a number that can be reached", *path, "at_least")


def _ways(tree: Tree) -> Iterator[Fault]:
    for path, treaty in treaties(tree):
        for pattern in ("signature.by", "consents.[].by"):
            for below, value in find(treaty, pattern):
                if ANYONE in texts(value) and len(texts(value)) > 1:
                    yield tree.wrong(
                        "way_unclear", '"anyone" among classes', '"anyone" alone', "",
                        *path, *below,
                    )  # fmt: skip
        yield from _ways_in_order(tree, treaty, path)
        rule = mapping(treaty.get("reservations"))
        if rule.get("allowed") is False and {"articles", "objection_within"} & {*rule}:
            yield tree.wrong(
                "reservations_unclear", "reservations prohibited, and yet described",
                "one of the two", "", *path, "reservations",
            )  # fmt: skip


def _ways_in_order(tree: Tree, treaty: dict[str, Any], path: Path) -> Iterator[Fault]:
    provided = {each for _, way in find(treaty, "consents.[]") for each in _kinds(mapping(way))}
    fits_all = False
    for below, way in find(treaty, "for_parties.[]"):
        kinds = {*_kinds(mapping(way))}
        if fits_all or (kinds and provided and not kinds & provided):
            found = f"a way for {', '.join(sorted(kinds))}, which the treaty does not provide for"
            found = "a way after one that fits everybody" if fits_all else found
            yield tree.wrong(
                "way_never_taken", found, "a way that somebody can be on",
                "The first way that fits is taken.", *path, *below,
            )  # fmt: skip
        conditions_of = {"kinds", "among", "without", "consented"} & {*mapping(way)}
        fits_all = fits_all or (isinstance(way, dict) and not conditions_of)


def _totals(tree: Tree) -> Iterator[Fault]:
    for path, table in find(tree.sections, "weights.*.tables.[]"):
        values = [number(each) for each in mapping(mapping(table).get("values")).values()]
        total = number(mapping(table).get("total"))
        known = [each for each in values if each is not None]
        if total is not None and total < sum(known):
            yield tree.wrong(
                "out_of_range", f"the total {table['total']}, less than the sum of the values",
                f"at least {text_of(plain(sum(known)))}", "Leave it out where it is their sum.",
                *path, "total",
            )  # fmt: skip


SENSE = (_classes, _whole, _known_members, _ways, _totals, faults_of_weights)
