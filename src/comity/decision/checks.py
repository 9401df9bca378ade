"""Check what the form of decision rules cannot say: references, whole tests, whole lists.

Every check passes over what has the wrong form, so that all faults are reported together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from comity.decision.election_checks import faults_of_elections
from comity.decision.model import (
    ALL,
    BASES,
    COMPARATORS,
    MEMBERS,
    NO_QUORUM,
    OUTCOMES,
    PARTICIPANTS,
)
from comity.decision.numbers import exact
from comity.decision.tree import Known, Tree, conditions, texts, versions
from comity.kernel.dates import Period, parse_day
from comity.kernel.errors import DataError, Fault
from comity.kernel.trees import Part, Path, find, mapping

KINDS_OF_CONDITION = ("all", "any", "not", "votes", "other_than")


Check = Callable[[Tree], Iterator[Fault]]


def faults_of_meaning(part: Part, known: Known) -> Iterator[Fault]:
    """Yield every fault that sections of the right form can still have."""
    tree = Tree(part, known)
    for check in CHECKS:
        yield from check(tree)


def _names(tree: Tree) -> Iterator[Fault]:
    rules, tables = tree.entries("decision_rules"), tree.entries("position_tables")
    bodies = tree.known.bodies
    groups = {*tree.entries("groups"), *tree.known.groups, ALL}
    for path, rule in versions(tree):
        if isinstance(name := rule.get("positions"), str) and name not in tables:
            yield tree.unknown("position table", name, tables, *path, "positions")
        elector = mapping(rule.get("electorate"))
        if isinstance(name := elector.get("among"), str) and name not in groups:
            yield tree.unknown("group", name, groups, *path, "electorate", "among")
        roles = {*tree.entries("roles"), *tree.known.roles}
        for name in texts(elector.get("without")):
            if name not in roles:
                yield tree.unknown("role", name, roles, *path, "electorate", "without")
        for below, name in _rules_named(rule):
            if isinstance(name, str) and name not in rules:
                yield tree.unknown("rule", name, rules, *path, *below)
        known_bodies = {*tree.entries("bodies"), *(bodies or ())}
        bodies_named = [*find(rule, "decide.[].then.body"), *find(rule, "without_quorum.body")]
        for below, name in bodies_named:
            if isinstance(name, str) and name not in known_bodies:
                yield tree.unknown("body", name, known_bodies, *path, *below)


def _rules_named(rule: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    for pattern in (
        "decide.[].then.rule",
        "without_quorum.rule",
        "chosen_by.rule",
        "chosen_by.outcomes.*",
        "chosen_by.otherwise",
    ):
        yield from find(rule, pattern)


def _articles(tree: Tree) -> Iterator[Fault]:
    """Where articles are defined, here or in a charter, every article named is one of them."""
    own = tree.entries("articles")
    if tree.known.articles is None and not own:
        return
    known = {*own, *(tree.known.articles or ())}
    places = [*find(tree.sections, "decision_rules.*.~.article")]
    places += [*find(tree.sections, "decision_rules.*.~.decide.[].article")]
    places += [*find(tree.sections, "position_tables.*.article")]
    places += [((*path, "article"), each.get("article")) for path, each, _ in conditions(tree)]
    for path, name in places:
        if isinstance(name, str) and name not in known:
            yield tree.unknown("article", name, known, *path)


def _outcomes(tree: Tree) -> Iterator[Fault]:
    known = {*OUTCOMES, *tree.entries("outcomes")}
    for name in tree.entries("outcomes"):
        if name in OUTCOMES:
            yield tree.wrong(
                "reserved_name", f'an outcome called "{name}"', "another name",
                "Every file has this outcome already.", "outcomes", name,
            )  # fmt: skip
    for path, rule in versions(tree):
        places = list(find(rule, "decide.[].outcome"))
        chosen = mapping(mapping(rule.get("chosen_by")).get("outcomes"))
        places += [(("chosen_by", "outcomes", name), name) for name in chosen]
        for below, name in places:
            if isinstance(name, str) and name not in known:
                yield tree.unknown("outcome", name, known, *path, *below)


def _tables(tree: Tree) -> Iterator[Fault]:
    for name, table in tree.entries("position_tables").items():
        positions = mapping(mapping(table).get("positions"))
        path = ("position_tables", name)
        for key in ("silent", "unlisted", "order"):
            for word in texts(mapping(table).get(key)):
                if word not in positions:
                    yield tree.unknown("position", word, positions, *path, key)
        classes: set[str] = {
            name for _, name in find(positions, "*.counts_as") if isinstance(name, str)
        }
        for below, counts_as in find(positions, "*.counts_as"):
            if counts_as in (*BASES, PARTICIPANTS):
                yield _reserved(tree, counts_as, *path, "positions", *below)
        for word in mapping(mapping(table).get("classes")):
            if word not in classes:
                yield tree.unknown("class", word, classes, *path, "classes", word)
    for section in ("groups", "weights"):
        if ALL in tree.entries(section):
            yield _reserved(tree, ALL, section, ALL)


def _reserved(tree: Tree, name: str, *path: str | int) -> Fault:
    return tree.wrong(
        "reserved_name", f'something called "{name}"', "another name",
        f'"{name}" has a meaning of its own in every test.', *path,
    )  # fmt: skip


def _classes(tree: Tree) -> Iterator[Fault]:
    weights = tree.entries("weights")
    groups = {*tree.entries("groups"), *tree.known.groups, ALL}
    for path, condition, rule in conditions(tree):
        table = tree.entries("position_tables").get(str(rule.get("positions")))
        classes = [name for _, name in find(table, "positions.*.counts_as")]
        known = {*(each for each in classes if isinstance(each, str)), *BASES}
        fewest = [
            (key, mapping(condition[key]).get("fewest_with"))
            for key in COMPARATORS
            if isinstance(condition.get(key), dict)
        ]
        places = [((), condition), *(((key, "fewest_with"), mapping(each)) for key, each in fewest)]
        for below, each in places:
            for key in ("votes", "other_than", "of"):
                for name in texts(each.get(key)):
                    if table is not None and name not in known:
                        yield tree.unknown("class", name, known, *path, *below, key)
                    elif name in BASES and len(texts(each[key])) > 1:
                        yield tree.wrong(
                            "test_unclear", f'"{name}" among classes', f'"{name}" alone',
                            "It holds members of several classes already.", *path, *below, key,
                        )  # fmt: skip
            for key in ("group", "of_group"):
                group = each.get(key)
                if isinstance(group, str) and group not in groups:
                    yield tree.unknown("group", group, groups, *path, *below, key)
            weight = each.get("weight")
            if isinstance(weight, str) and weight not in weights:
                yield tree.unknown("weight", weight, weights, *path, *below, "weight")


def _binds(tree: Tree) -> Iterator[Fault]:
    """A decision binds members, participants, or those of classes that the table has."""
    for path, rule in versions(tree):
        table = tree.entries("position_tables").get(str(rule.get("positions")))
        classes = {str(name) for _, name in find(table, "positions.*.counts_as")}
        for below, value in [(("binds",), rule.get("binds")), *find(rule, "decide.[].binds")]:
            for name in texts(value):
                if name in (MEMBERS, PARTICIPANTS):
                    if len(texts(value)) > 1:
                        yield tree.wrong(
                            "rule_unclear", f'"{name}" among classes', f'"{name}" alone',
                            "It holds members of several classes already.", *path, *below,
                        )  # fmt: skip
                elif table is not None and name not in classes:
                    known = {*classes, MEMBERS, PARTICIPANTS}
                    yield tree.unknown("class", name, known, *path, *below)


def _whole_tests(tree: Tree) -> Iterator[Fault]:
    for path, condition, _ in conditions(tree):
        kinds = [key for key in KINDS_OF_CONDITION if key in condition]
        compared = [key for key in COMPARATORS if key in condition]
        if len(kinds) != 1:
            yield tree.wrong(
                "test_unclear", _together(kinds), f"one of {', '.join(KINDS_OF_CONDITION)}",
                "Put two tests together with all or any.", *path,
            )  # fmt: skip
        elif kinds[0] in ("votes", "other_than"):
            if len(compared) != 1:
                yield tree.wrong(
                    "test_unclear", _together(compared), f"one of {', '.join(COMPARATORS)}",
                    "Put two tests together with all.", *path,
                )  # fmt: skip
            else:
                yield from _amount(tree, condition, compared[0], path)
        else:
            allowed = {kinds[0], "article"}
            if kinds[0] == "any":
                allowed.add("at_least")
                yield from _at_least(tree, condition, path)
            for key in sorted(set(condition) - allowed):
                yield tree.wrong(
                    "test_unclear", f'the key "{key}" beside "{kinds[0]}"', "no more than article",
                    f"Move it into a test below {kinds[0]}.", *path, key,
                )  # fmt: skip


def _at_least(tree: Tree, condition: dict[str, Any], path: Path) -> Iterator[Fault]:
    """Of the conditions in any a whole number may be needed, and no more than there are."""
    number, listed = condition.get("at_least", 1), condition["any"]
    if isinstance(listed, list) and not (isinstance(number, int) and 0 < number <= len(listed)):
        yield tree.wrong(
            "out_of_range", f"at_least: {number} beside any", f"a number from 1 to {len(listed)}",
            "It says how many of the conditions must hold.", *path, "at_least",
        )  # fmt: skip


def _together(keys: Sequence[str]) -> str:
    return f"{' and '.join(keys)} in one test" if keys else "a test that says nothing"


def _amount(tree: Tree, test: dict[str, Any], key: str, path: Path) -> Iterator[Fault]:
    value = test[key]
    if isinstance(value, dict):
        yield from _fewest(tree, mapping(value.get("fewest_with")), test, path, key)
        return
    try:
        number = exact(value)
    except DataError:
        return
    if "of" not in test:
        if number.denominator != 1 and "weight" not in test:
            yield tree.wrong(
                "share_of_nothing", f"{key}: {value}, without a base", "the key of",
                "Write of: electorate, or the classes whose votes are the base.", *path, key,
            )  # fmt: skip
        for other in ("of_group", "rounded"):
            if other in test:
                yield tree.wrong(
                    "share_of_nothing", f'the key "{other}" without a base', "the key of", "",
                    *path, other,
                )  # fmt: skip


def _fewest(
    tree: Tree, fewest: dict[str, Any], test: dict[str, Any], path: Path, key: str
) -> Iterator[Fault]:
    compared = [each for each in ("at_least", "more_than") if each in fewest]
    if len(compared) != 1:
        yield tree.wrong(
            "test_unclear", _together(compared), "one of at_least, more_than", "",
            *path, key, "fewest_with",
        )  # fmt: skip
    for other in ("of", "weight"):
        if other in test:
            yield tree.wrong(
                "test_unclear", f'the key "{other}" beside fewest_with', "members compared",
                "A number of members is compared with a number of members.", *path, other,
            )  # fmt: skip


def _whole_rules(tree: Tree) -> Iterator[Fault]:
    for path, rule in versions(tree):
        if ("decide" in rule) == ("chosen_by" in rule):
            both = "both decide and chosen_by" if "decide" in rule else "no decide and no chosen_by"
            yield tree.wrong("rule_unclear", both, "one of the two", "", *path)
        elif "decide" in rule and "positions" not in rule:
            yield tree.wrong(
                "missing_key", 'no key "positions"', 'the key "positions"',
                "The table of positions.", *path,
            )  # fmt: skip
        if "without_quorum" in rule and "quorum" not in rule:
            yield tree.wrong(
                "rule_unclear", "without_quorum, and no quorum", "the key quorum",
                "Say what must hold before anything is counted.", *path, "without_quorum",
            )  # fmt: skip
        entries = rule.get("decide")
        if not isinstance(entries, list):
            continue
        for number, entry in enumerate(entries):
            last = number == len(entries) - 1
            if isinstance(entry, dict) and ("when" in entry) == last:
                found = "the last outcome has a condition" if last else "an outcome always reached"
                yield tree.wrong(
                    "outcomes_incomplete", found, "a condition at every outcome but the last",
                    "What holds when no condition is met stands last, alone.",
                    *path, "decide", number,
                )  # fmt: skip


def _periods(tree: Tree) -> Iterator[Fault]:
    for pattern, what in (("decision_rules.*", "versions"), ("weights.*.tables", "tables")):
        for path, several in find(tree.sections, pattern):
            listed = several if isinstance(several, list) else [several]
            placed = [
                (((*path, n) if isinstance(several, list) else path), _period(each))
                for n, each in enumerate(listed)
                if isinstance(each, dict)
            ]
            for at, period in placed:
                if period.start and period.end and period.start >= period.end:
                    yield tree.wrong(
                        "period_reversed", f"from {period.start} until {period.end}",
                        "an until later than from", "", *at, "until",
                    )  # fmt: skip
            for (_, one), (at, other) in combinations(placed, 2):
                if one.overlaps(other):
                    yield tree.wrong(
                        "versions_overlap",
                        f'two {what} of "{path[1]}" hold at once: {one} and {other}',
                        "periods that share no day",
                        "Give the older one an until: the day from which the newer one holds.",
                        *at,
                    )  # fmt: skip


def _period(rule: dict[str, Any]) -> Period:
    return Period(_day(rule.get("from")), _day(rule.get("until")))


def _day(value: object) -> date | None:
    try:
        return parse_day(value) if isinstance(value, str) else None
    except DataError:
        return None


def _weights(tree: Tree) -> Iterator[Fault]:
    members = tree.known.members
    for path, value in find(tree.sections, "weights.*.tables.[].values.*"):
        if members is not None and path[-1] not in members:
            yield tree.unknown("member", str(path[-1]), members, *path)
        try:
            negative = exact(value) < 0
        except DataError:
            continue
        if negative:
            yield tree.wrong("out_of_range", f"the weight {value}", "at least 0", "", *path)


def _circles(tree: Tree) -> Iterator[Fault]:
    """A rule that is chosen by itself, however many rules lie between, is never found."""
    chosen: dict[str, set[str]] = {}
    places: dict[str, Path] = {}
    for path, rule in versions(tree):
        named = find(mapping(rule.get("chosen_by")), "rule")
        others = [*find(rule, "chosen_by.outcomes.*"), *find(rule, "chosen_by.otherwise"), *named]
        chosen.setdefault(str(path[1]), set()).update(str(name) for _, name in others)
        places[str(path[1])] = path
    for start in chosen:
        seen, front = set[str](), set(chosen[start])
        while front - seen:
            seen |= front
            front = {each for name in front for each in chosen.get(name, ())}
        if start in seen:
            yield tree.wrong(
                "circular_reference", f'chosen_by leads from "{start}" back to it',
                "a rule that is known in the end", "", *places[start], "chosen_by",
            )  # fmt: skip


def _chains(tree: Tree) -> Iterator[Fault]:
    """A decision selects a rule that can be put: one outcome says nothing of a second decision."""
    every = [(str(path[1]), _period(rule)) for path, rule in versions(tree) if "chosen_by" in rule]
    for path, rule in versions(tree):
        selects = [*find(rule, "chosen_by.outcomes.*"), *find(rule, "chosen_by.otherwise")]
        for below, name in selects:
            held = [period for other, period in every if other == name != path[1]]
            if any(period.overlaps(_period(rule)) for period in held):
                yield tree.wrong(
                    "rule_unclear", f'the rule "{name}", which another decision selects again',
                    "a rule with the key decide",
                    f'Give each of the rules that "{name}" leads to an outcome here.',
                    *path, *below,
                )  # fmt: skip


def _no_quorum(tree: Tree) -> Iterator[Fault]:
    """The outcome ``no_quorum`` belongs to the quorum."""
    for path, rule in versions(tree):
        for below, name in find(rule, "decide.[].outcome"):
            if name == NO_QUORUM:
                yield tree.wrong(
                    "reserved_name", 'the outcome "no_quorum" in decide', "the key quorum",
                    "State the quorum; it is tested first. What follows is without_quorum.",
                    *path, *below,
                )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    _names,
    _articles,
    _outcomes,
    _tables,
    _classes,
    _binds,
    _whole_tests,
    _whole_rules,
    _periods,
    _weights,
    _circles,
    _chains,
    _no_quorum,
    faults_of_elections,
)
